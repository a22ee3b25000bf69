"""How a selection's stories are told: frames, voices, reporting verbs, relations."""

from collections.abc import Iterator
from dataclasses import replace

from kzdash.report.section import Section, noted, together
from kzdash.ui import framing, relations, voices
from kzdash.ui.page import View


def sections(view: View) -> Iterator[Section]:
    """Yield frames, speakers, reporting verbs, who speaks about whom, and relations."""
    frames = framing.by_outlet(view)
    yield frames
    if not frames.table.empty:
        yield _cues(view, framing.order(frames.table)[0])
    yield voices.speakers(view, view.store.speakers(view.scope))
    yield voices.verbs(view)
    yield voices.about(view)
    yield noted(relations.balance(view), *together(view))
    yield relations.kinds(view)


def _cues(view: View, frame: str) -> Section:
    section = noted(framing.cues(view, frame), "The most used frame.")
    return replace(section, question=f"Which words cue the frame “{view.frame(frame)}”?")
