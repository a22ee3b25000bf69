"""How a selection's stories are told: frames, voices, reporting verbs, relations."""

from collections.abc import Iterator

from kzdash.charts import framing, theme
from kzdash.report.section import Section, noted, together
from kzdash.ui import answers, relations, voices
from kzdash.ui import framing as frame_words
from kzdash.ui.chart import HOLLOW
from kzdash.ui.page import View

_CUES = 14


def sections(view: View) -> Iterator[Section]:
    """Yield frames, speakers, reporting verbs, who speaks about whom, and relations."""
    yield from _frames(view)
    yield voices.speakers(view, view.store.speakers(view.scope))
    yield voices.verbs(view)
    yield voices.about(view)
    yield noted(relations.balance(view), *together(view))
    yield relations.kinds(view)


def _frames(view: View) -> Iterator[Section]:
    table = answers.shares(view, "frame")
    question = "Which frames does each outlet use?"
    if table.empty:
        yield Section(question, help=("No sentence has a frame.",))
        return
    frames = frame_words.order(table)
    actors = view.scope.actors
    narrow = bool(actors or view.scope.voices or view.scope.kinds)
    figure = framing.by_outlet(
        table, frames=frames, frame_name=view.frame, outlet_name=view.outlet, styles=view.styles,
        actor=actors[0] if len(actors) == 1 else None,
        title=f"Frames around {view.short(actors[0])}" if len(actors) == 1 else "Frames by outlet",
    )  # fmt: skip
    yield Section(
        question, table, figure, "Share of each outlet's sentences with each frame",
        findings=(frame_words.leading(view, table),),
        help=(*(("Of the outlet's sentences with a mention of the selection.",) if narrow else ()),
              "A sentence may have several frames or none, so shares do not add up to 100 %.",
              HOLLOW),
        measures=("frames",),
    )  # fmt: skip
    yield _cues(view, frames[0])


def _cues(view: View, frame: str) -> Section:
    question = f"Which words cue the frame “{view.frame(frame)}”?"
    table = view.store.frame_cues(view.scope, frame)
    most = theme.ordered(table["cue"].tolist(), table["count"].tolist())[:_CUES]
    table = table[table["cue"].isin(most)]
    table = table.sort_values("cue", key=lambda cues: cues.map(most.index), kind="stable")
    if table.empty:
        return Section(question, help=("No word of the selection cues this frame.",))
    return Section(
        question, table,
        framing.cues(table, frame=frame, outlet_name=view.outlet, styles=view.styles),
        "The words that cue the frame, by outlet",
        help=("The most used frame; counts of words. A sentence may also have the frame from the "
              "article around it, without a cue. Hatched: fewer than five articles, descriptive.",),
        measures=("frames",),
    )  # fmt: skip
