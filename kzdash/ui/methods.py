"""The Methods page's parts: validation, how each measure works, limits, provenance."""

import json
from functools import cache
from pathlib import Path

import pandas as pd
import streamlit as st

from kzdash.charts import methods as charts
from kzdash.charts import theme
from kzdash.paths import DATA, MODELS
from kzdash.ui import address
from kzdash.ui.chart import chart, note, table_with_downloads
from kzdash.ui.outlets import outlet_card
from kzdash.ui.page import View
from kzdash.ui.text import escaped, plain

VALIDATION = DATA / "validation.parquet"
STANCE = MODELS / "stance" / "figures.json"
_COLUMNS = ["measure", "data", "method", "metric", "value", "low", "high", "n", "note"]
_SETS = {
    "mt": "NewsMTSC dev, several targets", "rw": "NewsMTSC dev, real world",
    "own": "held-out own corpus", "gold": "labelled articles of our outlets",
}  # fmt: skip

MEASURES = {
    "Mentions": "Every name, capital that stands for its government, title and pronoun that means "
    "one actor of the registry. “The president of Kazakhstan” is whoever held the office on the "
    "article's date.",
    "Stance": "How the sentence presents the actor to a reader: negative, neutral or positive, "
    "with calibrated probabilities from a small language model. The number is the probability of "
    "positive minus that of negative, from −1 to +1.",
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
    "Frames": "A sentence has a frame when it holds a cue word of the registry. A cue is evidence "
    "of a topic, not of a standpoint.",
    "Relations": "One actor praises, supports, blames or attacks another in a sentence, as the "
    "outlet tells it.",
    "Words": "Which words set two outlets apart: log-odds with an informative Dirichlet prior "
    "(Monroe, Colaresi and Quinn 2008). Raw counts stand beside it.",
}


@cache
def figures(path: Path, changed: float) -> pd.DataFrame:
    """Return the validation figures; empty where there are none or they cannot be read.

    Args:
        path: a Parquet file with the columns measure, data, method, metric, value, low, high,
            n, note.
        changed: the file's time of change, so that a new file is read.
    """
    try:
        table = pd.read_parquet(path)
    except (OSError, ValueError):
        return pd.DataFrame(columns=_COLUMNS)
    return table if set(_COLUMNS) <= set(table.columns) else pd.DataFrame(columns=_COLUMNS)


@cache
def stance_figures(path: Path, changed: float) -> pd.DataFrame:
    """Return the stance model's own figures in the same columns."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        rows = [
            ("stance", _SETS.get(name, name), method, "macro-F1", found["macro_f1"],
             *((figure.get("interval") or (None, None)) if method == "stance model"
               else (None, None)), found["n"], "")
            for name, figure in content["data"].items()
            for method, found in (("stance model", figure), ("VADER", figure.get("vader")),
                                  ("always neutral", figure.get("always_neutral")))
            if found
        ]  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        rows = []
    return pd.DataFrame(rows, columns=_COLUMNS)


def all_figures() -> pd.DataFrame:
    """Return every validation figure there is, the build's and the model's."""
    read = [(figures, VALIDATION), (stance_figures, STANCE)]
    tables = [ask(p, p.stat().st_mtime) for ask, p in read if p.is_file()]
    tables = [t for t in tables if not t.empty]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=_COLUMNS)


def validated(measure: str) -> bool:
    """Return whether a measure has figures against labels and no note that it fails them."""
    table = all_figures()
    found = table[table["measure"].str.lower() == measure.lower()]
    return not found.empty and not found["note"].fillna("").str.contains("not validated").any()


def validation(view: View) -> None:
    """Draw the figures of one measure at a time, and say what has none."""
    table = all_figures()
    if table.empty:
        note("Not yet validated: this copy has no validation figures. Take every number as a "
             "first look. `kzdash evaluate` makes them from labelled articles.")  # fmt: skip
        return
    names = list(dict.fromkeys(table["measure"]))
    measure = address.choice("Measure", "measure", names, name=lambda m: plain(m).capitalize())
    part = table[(table["measure"] == measure) & table["value"].between(0, 1)]
    chart(
        view, charts.validation(part), part, key="validation", wide=True,
        alt="Validation figures of the measure, beside simple baselines",
        help=["F1 and accuracy: 1 is perfect. The baselines show what a simple method reaches; "
              "annotators, where given, what people reach."],
    )  # fmt: skip
    missing = [m for m in ("Role", "Epithets", "Relations", "Sentiment")
               if m.lower() not in {n.lower() for n in names}]  # fmt: skip
    if missing:
        st.html("".join(f'<span class="kz-badge">{m}: not validated</span>' for m in missing))


def measures(view: View) -> None:
    """Say how each measure works, with its badge where it is not validated."""
    cards = []
    for name, words in MEASURES.items():
        known = validated(name) or name in ("Words", "Sentiment")
        badge = "" if known else '<span class="kz-badge">not validated</span>'
        if name == "Stance":
            method = escaped(view.store.manifest.stance_method or "not stated", 200)
            badge += f'<span class="kz-badge">method: {method}</span>'
        cards.append(
            f'<div class="kz-card"><h3>{name}</h3>{badge}<p>{escaped(words, 900)}</p></div>'
        )
    st.html(f'<div class="kz-cards">{"".join(cards)}</div>')


def statistics() -> None:
    """Say how intervals and tests are made."""
    for line in (
        "The article is the unit: one article is one observation, however many mentions it has. "
        "Intervals come from resampling articles (bootstrap), never mentions.",
        "The stance model's own doubt is part of the interval: in every resample each mention's "
        "label is drawn from its probabilities.",
        "Below five articles a mark is hollow and called descriptive; with one article there is "
        "no interval at all.",
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
        "A translated article is measured in its translation.",
        "Sentences are judged one by one; irony and what stands between the lines are often "
        "missed.",
        "Frames and words follow the topics of the articles as much as their standpoint.",
    ):
        note(line)


def outlets(view: View) -> None:
    """Show the registry's facts about each outlet, with their sources."""
    cards = [
        outlet_card(view.registry.outlets.get(o), view.outlet(o), sources=True)
        for o in view.styles
    ]  # fmt: skip
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
    if manifest.rejected:
        note(f"{theme.count(len(manifest.rejected), 'input')} could not be taken:")
        rejected = [{k: plain(v, 200) for k, v in item.items()} for item in manifest.rejected[:200]]
        st.dataframe(pd.DataFrame(rejected), hide_index=True, key="rejected",
                     alt="Inputs that could not be taken, with the reason")  # fmt: skip
