"""What stands in the report: the sections of the dashboard's pages, for one selection.

The pages' modules build the sections; here they are chosen, ordered, and given what print needs:
headings that stand without their page, and which numbers hold both voices.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pandas as pd

from kzdash.charts import theme
from kzdash.ui import (
    actor,
    answers,
    framing,
    outlets,
    overview,
    relations,
    voices,
    voicing,
    words,
)
from kzdash.ui.page import View
from kzdash.ui.section import Section
from kzdash.ui.text import escaped
from kzdash.ui.voicing import voiced


def sections(view: View) -> Iterator[Section]:
    """Yield the parts of the report on a view; what makes no sense for it is left out, said so."""
    actors = answers.top_actors(view)
    yield from _overview(view, actors)
    yield from _presented(view)
    if voiced(view) == "together":
        yield voices.own_and_quoted(view)
    if len(view.outlets) == 2:
        yield from _pair(view, (view.outlets[0], view.outlets[1]), actors)
    yield _noted(outlets.left_out(view, view.outlets, actors), *_together(view))
    if len(view.scope.actors) == 1:
        yield from _portrait(view, view.scope.actors[0])
    yield from _frames(view)
    yield voices.speakers(view, view.store.speakers(view.scope))
    yield voices.verbs(view)
    yield voices.about(view)
    yield _noted(relations.balance(view), *_together(view))
    yield relations.kinds(view)
    yield overview.outlets(view)
    yield overview.articles(view)
    copies = overview.copies(view)
    if not copies.table.empty:
        yield copies
    yield from _not_here(view)


def _overview(view: View, actors: Sequence[str]) -> Iterator[Section]:
    yield _largest(view, actors)
    own = voicing.own(view)
    yield overview.presented(own, actors, voiced(own))
    if voiced(view) == "together":
        apart = overview.presented(view, actors, "apart")
        yield replace(apart, question="Does own voice differ from what is quoted?")
    yield _noted(overview.attention(view, actors), *_together(view))


def _largest(view: View, actors: Sequence[str]) -> Section:
    """Return the largest differences between the outlets, with the size of their effects."""
    section = overview.differences(view, actors)
    found = zip(section.findings, theme.rows(section.table), strict=True)
    return _noted(
        replace(
            section,
            question="Where do the outlets differ most?",
            findings=tuple(f"{said}{_effect(row)}" for said, row in found),
        ),
        "The false-discovery rate q is controlled over the differences of all actors drawn below, "
        "of stance and attention together.",
        _SIZES,
    )


_SIZES = (
    "Cohen's h and d give the size of a difference without its unit: about 0.2 is small, 0.5 "
    "middling, 0.8 large (Cohen 1988)."
)


def _effect(row: object) -> str:
    size, name = getattr(row, "effect", None), getattr(row, "effect_name", "")
    return "" if size is None or pd.isna(size) else f" {escaped(name)} {abs(size):.2f}."


def _presented(view: View) -> Iterator[Section]:
    """Yield stance beside sentiment, the neutral shares and the roles, by outlet."""
    question = "Is the wording pleasant, and is the presentation favourable?"
    yield replace(actor.presented(view), question=question)
    yield actor.labels(view)
    roles = replace(actor.roles(view), question="Who acts, and who is acted on?")
    yield _noted(roles, *_together(view))


def _pair(view: View, pair: words.Pair, actors: Sequence[str]) -> Iterator[Section]:
    """Yield the gaps between two outlets and the words that set them apart."""
    stance = outlets.stance_gap(view, pair, actors, voicing.own(view))
    yield _gap(stance, view, pair, "Whom do the two outlets present differently?")
    attention = outlets.attention_gap(view, pair, actors)
    attention = _gap(attention, view, pair, "To whom does one of them attend more?")
    yield _noted(attention, *_together(view))
    yield outlets.vocabulary(view, pair)


def _gap(section: Section, view: View, pair: words.Pair, question: str) -> Section:
    section = replace(section, question=question)
    if section.table.empty:
        return section
    return _noted(
        section,
        f"{view.outlet(pair[0])} minus {view.outlet(pair[1])}.",
        f"Effect: {section.table['effect_name'].iloc[0]}.",
    )


def _portrait(view: View, one: str) -> Iterator[Section]:
    """Yield what is told of one actor alone."""
    epithets = actor.epithets(view)
    yield _noted(
        replace(epithets, question="With which words is the actor characterised?"),
        f"The commonest of each outlet; {len(epithets.table):,} in all. Valence: how pleasant the "
        "word is (−1 to +1; – where the word has none).",
    )
    in_time = actor.over_time(voicing.own(view), one)
    yield replace(in_time, question="How does the presentation change over time?")
    yield actor.companions(view, one)


def _frames(view: View) -> Iterator[Section]:
    """Yield the frames of each outlet, and the words that cue the most used one."""
    frames = framing.by_outlet(view)
    yield frames
    if not frames.table.empty:
        frame = framing.order(frames.table)[0]
        cues = _noted(framing.cues(view, frame), "The most used frame.")
        yield replace(cues, question=f"Which words cue the frame “{view.frame(frame)}”?")


def _not_here(view: View) -> Iterator[Section]:
    said = []
    if len(view.outlets) != 2:
        said.append(
            "Gaps of stance and attention and the distinctive words: they compare two outlets. "
            "Name two with --outlet."
        )
    if len(view.scope.actors) != 1:
        said.append(
            "Epithets, stance over time and company of an actor: they are about one actor. Name "
            "one with --actor."
        )
    if voiced(view) != "together":
        said.append("Own voice beside quoted speech: the selection has one voice only.")
    if said:
        yield Section("What is not in this report?", help=tuple(said))


def _noted(section: Section, *lines: str) -> Section:
    """Return a section with further lines of help; one without numbers as it is."""
    return section if section.table.empty else replace(section, help=(*section.help, *lines))


def _together(view: View) -> tuple[str, ...]:
    """Return the remark that both voices are in some numbers; empty where the filter has one."""
    if voiced(view) != "together":
        return ()
    return ("Own and quoted voice together; other charts show them apart.",)
