"""The Methods page's parts: validation, how each measure works, limits, provenance."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from kzdash.charts import methods as charts
from kzdash.charts import theme
from kzdash.scope import listing
from kzdash.ui import address, stance, validity
from kzdash.ui.chart import chart, finding, note, table_with_downloads
from kzdash.ui.outlets import outlet_card
from kzdash.ui.page import View
from kzdash.ui.text import escaped, plain
from kzdash.ui.verdict import Pipeline

PARTS = {
    "agreement": "How well do the measures agree with labels?",
    "measures": "How does each measure work?",
    "statistics": "How are the numbers made?",
    "limits": "What can the numbers not say?",
    "outlets": "Who are the outlets?",
    "provenance": "Where are the tables from?",
}
"""What the page has, by the anchors that the links at its top lead to."""
MEASURES = {
    "Mentions": "Every name, capital that stands for its government, title and pronoun that means "
    "one actor of the registry. “The president of Kazakhstan” is whoever held the office on the "
    "article's date.",
    "Stance": "How the sentence presents the actor to a reader: negative, neutral or positive, "
    "with calibrated probabilities from a small language model. The number is the probability of "
    "positive minus that of negative, from −1 to +1. The model reads the sentence behind the "
    "article's title and the sentence before. Mentions of one actor in one sentence and one "
    "voice share the mean of their probabilities. The label of a single mention weighs the rarer "
    "negative and positive more, so that they are found.",
    "Sentiment": "How pleasant the words of the clause are, whoever they are about: VADER's "
    "compound score (Hutto and Gilbert 2014), −1 to +1. A sad event gives low sentiment and may "
    "leave the stance toward everybody neutral.",
    "Voice": "Own: the outlet says it. Quoted: it stands in quotation marks or in reported "
    "speech, and then it has a speaker where one could be found. The two are never averaged "
    "without saying so.",
    "Role": "Acts: subject of an active verb, or the “by” of a passive. Is acted on: object, or "
    "subject of a passive. Other: everything else.",
    "Epithets": "Words that characterise an actor: adjectives on its name, appositions, "
    "predicates (“is a technocrat”).",
    "Frames": "Cue words of the registry, the actors named, how the stance network reads the "
    "sentence, and the article around it decide which frames it uses (two steps of logistic "
    "regression). So a sentence may have a frame without a cue of its own; Evidence says where "
    "that is so. A frame is a topic's angle, not a standpoint.",
    "Relations": "One actor praises, supports, blames or attacks another in a sentence, as the "
    "outlet tells it. Read are pairs of which one is the subject of a verb that links them; those "
    "of at least 0.7 probability are shown.",
    "Words": "Which words set two outlets apart: log-odds with an informative Dirichlet prior "
    "(Monroe, Colaresi and Quinn 2008). Raw counts stand beside it.",
}


_BADGES = {"Mentions": "mentions", "Stance": "stance", "Sentiment": "sentiment",
           "Voice": "voice", "Role": "role", "Epithets": "epithets", "Frames": "frames",
           "Relations": "relations"}  # fmt: skip


_WHO = (
    "No label on a whole article comes from a person: two language models labelled articles "
    "by kzdash's codebook. People labelled NewsMTSC (stance) and DSE (relations), both mostly "
    "American news; a language model coded the stance in sentences of DSE."
)
_DATA = {"five articles": "five labelled articles"}
_METHODS = {"annotators": "the two annotators"}
"""Names of data and methods in words."""
_NO_SCORES = ("failures", "expected calibration error")
"""Metrics of which less is better."""
_NAMED = 5
"""So many outlets are named, the others counted."""


def contents() -> None:
    """Link to the parts of the page."""
    st.markdown(" · ".join(f"[{name}](#{anchor})" for anchor, name in PARTS.items()))


def heading(part: str) -> None:
    """Begin a part of the page, a key of `PARTS`."""
    st.header(PARTS[part], anchor=part)


def validation(view: View) -> None:
    """Draw the figures of one measure at a time, and say what has none."""
    table = validity.all_figures()
    if table.empty:
        note(
            "Not yet validated: this copy has no validation figures. Take every number as a "
            "first look. `kzdash evaluate` makes them from labelled articles."
        )
        return
    _labelled(view, Pipeline(table[table["measure"] == "stance"]))
    names = [name for name in dict.fromkeys(table["measure"]) if name != validity.ARTICLES]
    measure = address.choice(
        "Measure", "measure", names, default="stance", name=lambda m: plain(m).capitalize()
    )
    part = table[table["measure"] == measure]
    if measure == "stance":
        found = validity.build_figures()
        stance.validation(view, found[found["measure"] == measure])
        with st.expander("All figures of the measure"):
            table_with_downloads(view.of_labels, part, "validation")
    else:
        _against_labels(view, part)


def _labelled(view: View, stance: Pipeline) -> None:
    """Say who labelled what, what is checked against labels, and what is not."""
    finding(_WHO)
    kappa = stance.kappa()
    if kappa is not None:
        note(
            f"The two annotators agree with each other on stance with kappa {kappa:.2f} (beyond "
            "chance; 1 is perfect): that is consistency of the codebook, not agreement of people. "
            "The stance model learned from invented articles, too, which language models wrote "
            "and labelled."
        )
    if stance.articles():
        note(
            "“Right” means here: as labelled. "
            f"{theme.count(stance.articles(), 'labelled article').capitalize()}"
            f"{_of(view, validity.labelled_outlets())} are few, so intervals over them are too "
            "narrow; and they were in sight while kzdash was made, so they are no test: expect "
            "less elsewhere."
        )
    if strange := unlabelled(view, validity.labelled_outlets()):
        note(
            f"No article of {strange} is labelled: what holds there, nobody has checked. Label "
            "some of your own and hold the measures against them: docs/labels.md."
        )
    weak = {name: badge.text for name in validity.NAMES for badge in validity.badges(name)}
    good = [validity.reached(name) for name in validity.NAMES if name not in weak]
    if good:
        note(
            f"Above simple baselines on these articles: {', '.join(good)}. Not so, or not "
            "checked there:"
        )
    st.html("".join(_badge(text) for text in weak.values()))


def _of(view: View, outlets: Sequence[str]) -> str:
    """Return of which outlets the labelled articles are, in words; empty where unknown."""
    named = [view.outlet(o) for o in outlets]
    return f" of {listing(named)}" if named else ""


def unlabelled(view: View, outlets: Sequence[str]) -> str:
    """Return the build's outlets of which no article is labelled, in words.

    Args:
        view: the page's view.
        outlets: those of which articles are labelled; where none are known, nothing is said.
    """
    strange = [view.outlet(o) for o in view.store.outlets()["outlet"] if o not in outlets]
    named = strange[:_NAMED]
    if len(strange) > _NAMED:
        named.append(f"{len(strange) - _NAMED:,} more")
    return listing(named) if outlets else ""


def _badge(text: str) -> str:
    return f'<span class="kz-badge">{escaped(text, 160)}</span>'


def _against_labels(view: View, part: pd.DataFrame) -> None:
    view = view.of_labels
    drawn = part[part["value"].between(-1, 1) & ~part["metric"].isin(_NO_SCORES)]
    drawn = drawn.assign(
        data=drawn["data"].replace(_DATA), method=drawn["method"].replace(_METHODS)
    )
    chart(
        view,
        charts.validation(drawn),
        part,
        key="validation",
        alt="Validation figures of the measure, beside simple baselines",
        help=[
            "F1 and accuracy: 1 is perfect. The baselines show what a simple method reaches; "
            "the two annotators, where given, how far one language model agrees with the other. "
            "Errors, of which 0 is best, are in the table alone."
        ],
    )


def measures(view: View) -> None:
    """Say how each measure works, with its badge where it is not validated."""
    cards = []
    for name, words in MEASURES.items():
        key = _BADGES.get(name)
        weak = validity.badges(key) if key else []
        badge = "".join(_badge(b.text) for b in weak)
        if name == "Stance":
            method = escaped(view.store.manifest.stance_method or "not stated", 200)
            badge += f'<span class="kz-badge">method: {method}</span>'
        said = f"{words} {_as_shown()}" if name == "Relations" else words
        cards.append(
            f'<div class="kz-card"><h3>{name}</h3>{badge}<p>{escaped(said, 900)}</p></div>'
        )
    st.html(f'<div class="kz-cards">{"".join(cards)}</div>')


def _as_shown() -> str:
    """Return how many of the relations that a build takes are right, and how many it finds."""
    table = validity.all_figures()
    found = table[table["measure"] == "relations"].set_index("metric")["value"].to_dict()
    right, share = (found.get(f"{name}, as shown") for name in ("precision", "recall"))
    if right is None or share is None:
        return ""
    return (
        f"In the benchmark's sentences {theme.percent(right)} of these are right, and they are "
        f"{theme.percent(share)} of the relations there."
    )


def statistics() -> None:
    """Say how intervals and tests are made."""
    for line in (
        "The article is the unit: one article is one observation, however many mentions it has. "
        "Intervals come from resampling articles (bootstrap), never mentions.",
        "The stance model's own doubt is part of the interval: in every resample each mention's "
        "label is drawn from its probabilities.",
        "Below five articles a mark is hollow and called descriptive; with one article there is "
        "no interval at all.",
        "Where one article holds half of an outlet's mentions or more, its shares and means rest "
        "mostly on that article: each page says so below its title.",
        "Where a chart compares many pairs, the false-discovery rate is controlled over all of "
        "them (Benjamini and Hochberg 1995); q below 0.05 is called unlikely to be chance.",
        "A share names its denominator; an undefined value is left out, never counted as 0.",
    ):
        note(line)


def limits() -> None:
    """Say what the numbers do not mean."""
    for line in (
        "They measure wording in these articles, not truth, intent or an outlet's line.",
        "A handful of articles describes itself. Choosing other articles gives other numbers.",
        "A translated article is measured in its translation. Articles that are not in English are "
        "listed and in no measure; of one text an outlet counts one article.",
        "A sentence is judged with the title and the sentence before it, no more; irony and what "
        "stands between the lines are often missed.",
        "Frames and words follow the topics of the articles as much as their standpoint.",
    ):
        note(line)


def outlets(view: View) -> None:
    """Show the registry's facts about each outlet, with their sources."""
    cards = [
        outlet_card(view.registry.outlets.get(o), view.outlet(o), sources=True) for o in view.styles
    ]
    st.html(f'<div class="kz-cards">{"".join(cards)}</div>')


def provenance(view: View) -> None:
    """Show what the build was made from."""
    manifest = view.store.manifest
    facts = {
        "Content hash": manifest.content_hash,
        "kzdash": manifest.code_version,
        "Schema version": str(manifest.schema_version),
        "Registry": manifest.registry_hash,
        "Stance method": manifest.stance_method,
        **{f"Model: {name}": digest for name, digest in manifest.model_hashes.items()},
        **{f"Inputs {name}": f"{n:,}" for name, n in manifest.inputs.items()},
        **{f"Rows, {name}": f"{file.rows:,}" for name, file in manifest.files.items()},
    }
    table = pd.DataFrame(
        [(plain(k, 60), plain(v or "not stated", 90)) for k, v in facts.items()],
        columns=["What", "Value"],
    )
    table_with_downloads(view, table, "provenance")
    _inputs("rejected", manifest.rejected, "could not be taken")
    _inputs("noted", manifest.noted, "were taken with a remark")


def _inputs(key: str, named: Sequence[Mapping[str, str]], said: str) -> None:
    """List the inputs of which the build has something to say, the first two hundred."""
    if not named:
        return
    note(f"{theme.count(len(named), 'input')} {said}:")
    rows = [{k: plain(v, 200) for k, v in item.items()} for item in named[:200]]
    st.dataframe(pd.DataFrame(rows), hide_index=True, key=key, alt=f"Inputs that {said}")
