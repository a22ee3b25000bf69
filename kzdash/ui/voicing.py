"""The choice of voice: own and quoted together, one of them, or both side by side."""

from dataclasses import replace

from kzdash.charts import theme
from kzdash.ui import address
from kzdash.ui.page import View

_NAMES = {
    "own": "own voice",
    "quoted": "quoted speech",
    "together": "both together",
    "apart": "side by side",
}
"""The outlet's own voice comes first: what an outlet quotes it need not mean."""


def choose(view: View, *, apart: bool = False) -> tuple[View, str]:
    """Draw the choice of voice, and return the view narrowed to it and what it shows.

    Where the filter has one voice already there is nothing to choose.

    Args:
        view: the page's view.
        apart: whether both voices side by side are offered.

    Returns:
        The view; a key of `kzdash.charts.marks.VOICED`.
    """
    if len(view.scope.voices) == 1:
        return view, voiced(view)
    options = [name for name in _NAMES if apart or name != "apart"]
    voice = address.choice("Voice", "voices", options, name=_NAMES.__getitem__, flat=True)
    return _of(view, voice) if voice in theme.VOICE_NAMES else view, voice


def own(view: View) -> View:
    """Return a view of the outlets' own voice, or the same where the filter has one voice."""
    return view if len(view.scope.voices) == 1 else _of(view, "own")


def _of(view: View, voice: str) -> View:
    return replace(view, scope=replace(view.scope, voices=(voice,)))


def voiced(view: View) -> str:
    """Return which voices a selection has: a key of `kzdash.charts.marks.VOICED`."""
    return view.scope.voices[0] if len(view.scope.voices) == 1 else "together"
