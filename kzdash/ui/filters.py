"""The filters in the sidebar: outlet, actor, dates, voice, kind of mention."""

from collections.abc import Callable, Sequence

import streamlit as st

from kzdash.schema import KINDS
from kzdash.scope import Scope
from kzdash.ui import address
from kzdash.ui.text import plain

_KEYS = {
    "outlets": "filter_outlet",
    "actors": "filter_actor",
    "start": "filter_from",
    "end": "filter_to",
    "voice": "filter_voice",
    "kinds": "filter_kind",
}
_VOICES = {"all": "Both", "own": "Own", "quoted": "Quoted"}
_KIND_NAMES = {"name": "Name", "metonym": "Capital or seat", "title": "Title", "pronoun": "Pronoun"}


def draw(
    outlets: Sequence[str],
    actors: Sequence[str],
    outlet_name: Callable[[str], str],
    actor_name: Callable[[str], str],
) -> Scope:
    """Draw the filters and return the selection; the address leads where it is news.

    Args:
        outlets: ids of the outlets in the build, in the order to offer them.
        actors: ids of the actors in the build, likewise.
        outlet_name: an outlet's display name.
        actor_name: an actor's display name.
    """
    state = st.session_state
    if address.is_news() or _KEYS["outlets"] not in state:
        _seed(Scope.from_query(address.current()), outlets, actors)
    with st.sidebar.container(key="filters", gap="small"):
        st.html('<h2 class="kz-side">Filters</h2>')
        st.multiselect(
            "Outlets",
            outlets,
            key=_KEYS["outlets"],
            format_func=lambda o: plain(outlet_name(o)),
            placeholder="All outlets",
            on_change=address.changed,
        )
        st.multiselect(
            "Actors",
            actors,
            key=_KEYS["actors"],
            format_func=lambda a: plain(actor_name(a)),
            placeholder="All actors",
            on_change=address.changed,
            filter_mode="contains",
        )
        _draw_dates()
        st.segmented_control(
            "Voice",
            list(_VOICES),
            key=_KEYS["voice"],
            format_func=_VOICES.__getitem__,
            required=True,
            on_change=address.changed,
            width="stretch",
            help="Own: the outlet speaks. Quoted: somebody whom it quotes or reports.",
        )
        st.pills(
            "Kinds of mention",
            KINDS,
            key=_KEYS["kinds"],
            format_func=_KIND_NAMES.__getitem__,
            selection_mode="multi",
            on_change=address.changed,
            help="How the text refers to the actor: by name, by a capital that stands for a "
            "government, by a title or description, by a pronoun. None chosen means all.",
        )
        st.button(
            "Clear all filters",
            on_click=clear,
            key="clear_filters",
            width="stretch",
            disabled=_scope() == Scope(),
        )
    scope = _scope()
    address.put({"outlet": [], "actor": [], "from": [], "to": [], "voice": [], "kind": []})
    address.put(scope.to_query())
    return scope


def clear(*names: str) -> None:
    """Clear the named filters (fields of a scope), or all of them."""
    for name in names or ("outlets", "actors", "start", "end", "voices", "kinds"):
        key = _KEYS["voice" if name == "voices" else name]
        st.session_state[key] = {"voices": "all", "start": "", "end": ""}.get(name, [])
    address.changed()


def _draw_dates() -> None:
    left, right = st.columns(2, gap="small")
    for column, label, key in ((left, "From", "start"), (right, "To", "end")):
        column.text_input(
            label,
            key=_KEYS[key],
            placeholder="YYYY-MM",
            max_chars=10,
            on_change=address.changed,
            help="A year, a month or a day, as 2022, 2022-01 or 2022-01-05.",
        )
    start, end = (str(st.session_state[_KEYS[key]]).strip() for key in ("start", "end"))
    scope = _scope()
    if (start and not scope.start) or (end and not scope.end):
        st.caption("Not used: write a date as 2022, 2022-01 or 2022-01-05, the earlier one first.")


def _seed(scope: Scope, outlets: Sequence[str], actors: Sequence[str]) -> None:
    state = st.session_state
    state[_KEYS["outlets"]] = [o for o in scope.outlets if o in outlets]
    state[_KEYS["actors"]] = [a for a in scope.actors if a in actors]
    state[_KEYS["start"]] = scope.start or ""
    state[_KEYS["end"]] = scope.end or ""
    state[_KEYS["voice"]] = scope.voices[0] if scope.voices else "all"
    state[_KEYS["kinds"]] = list(scope.kinds)
    state["filters_dropped"] = [plain(name, 40) for name in _lost(scope, outlets, actors)][:5]


def _lost(scope: Scope, outlets: Sequence[str], actors: Sequence[str]) -> list[str]:
    """Return what the address selects and the build or kzdash does not have."""
    unknown = (set(scope.outlets) - set(outlets)) | (set(scope.actors) - set(actors))
    return sorted(unknown) + Scope.not_read(address.current())


def _scope() -> Scope:
    state = st.session_state
    voice = state.get(_KEYS["voice"])
    return Scope.from_query(
        {
            "outlet": list(state[_KEYS["outlets"]]),
            "actor": list(state[_KEYS["actors"]]),
            "from": str(state[_KEYS["start"]] or "").strip(),
            "to": str(state[_KEYS["end"]] or "").strip(),
            "voice": [voice] if voice in ("own", "quoted") else [],
            "kind": list(state[_KEYS["kinds"]] or []),
        }
    )
