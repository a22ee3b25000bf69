"""How well stance is measured: the Methods page's part on the model behind most numbers."""

import html

import pandas as pd
import streamlit as st

from kzdash.charts import reliability as charts
from kzdash.charts import theme
from kzdash.ui import address
from kzdash.ui import stance_figures as figures
from kzdash.ui.chart import chart, finding, note, table_with_downloads
from kzdash.ui.page import View
from kzdash.ui.stance_figures import Content
from kzdash.ui.text import plain
from kzdash.ui.verdict import WHOLE, Pipeline, calibration, verdict

_F1 = (
    "F1 of a label weighs how many of its mentions are found, and how many that get it should; "
    "macro-F1 is its mean over negative, neutral and positive, so that the many neutral mentions "
    "do not hide the others. 1 is perfect."
)
_METHODS = (
    "Sentence alone: the model without the title and the sentence before. VADER judges the words "
    "of the sentence, whoever they are about. The published figures (a larger network) have lines "
    "of their own: they are of sentences that kzdash was not measured on, so they do not say which "
    "is better."
)


def validation(view: View, table: pd.DataFrame) -> None:
    """Draw how well the stance model agrees with labels, and where it does not.

    Args:
        view: the page's view.
        table: the build's validation figures of stance, with `kzdash.ui.validity.COLUMNS`.
    """
    content, pipeline, view = figures.read(), Pipeline(table), view.of_labels
    first, *others = verdict(content, pipeline) or ["There is no verdict: too few figures."]
    finding(html.escape(first))
    for line in others:
        note(line)
    _scores(view, content, pipeline)
    names = figures.names(content)
    if names:
        name = address.choice(
            "Labelled data",
            "labelled",
            names,
            name=_said,
            help="For the kinds of mention, the labels, the probabilities and the threshold.",
        )
        _kinds(view, content, name)
        left, right = st.columns(2, gap="medium")
        with left:
            _matrix(view, content, name)
        with right:
            _curve(view, content, name, pipeline)
        _shares(view, content, name)
        _threshold(view, content, name)
    _styles(view, content)
    _name_swap(view, content)
    _runs(content)
    if content:
        note(f"Data, licences, training and limits: the model card, {figures.CARD} in kzdash.")


def together(pipeline: Pipeline, content: Content) -> pd.DataFrame:
    """Return the figures of the pipeline and of the model, labelled articles first.

    Where both have a method on the same data, the pipeline's stand: they have an interval.
    """
    tables = [table for table in (pipeline.scores(), figures.scores(content)) if len(table)]
    if not tables:
        return figures.scores({})
    table = pd.concat(tables, ignore_index=True).drop_duplicates(["data", "method"])
    order = [WHOLE, *figures.SETS.values(), *figures.PUBLISHED_ON.values()]
    place = table["data"].map(lambda data: order.index(data) if data in order else len(order))
    return table.iloc[place.argsort(kind="stable")].reset_index(drop=True)


def _said(name: str) -> str:
    return plain(figures.SETS.get(name, name)).capitalize()


def _scores(view: View, content: Content, pipeline: Pipeline) -> None:
    table = together(pipeline, content)
    if table.empty:
        return
    chart(
        view,
        charts.scores(table, title="Agreement with labels", subtitle="Macro-F1 by labelled data"),
        table,
        key="stance_scores",
        alt="Macro-F1 of the stance model on each labelled data set, beside the same model with "
        "the sentence alone, VADER, always neutral, a second language model and the best "
        "published method",
        help=[_F1, _METHODS],
    )


def _kinds(view: View, content: Content, name: str) -> None:
    kinds = figures.groups(content, name, "by_kind", figures.KINDS)
    voices = figures.groups(content, name, "by_voice", figures.VOICES)
    table = pd.concat([t for t in (kinds, voices) if len(t)] or [kinds], ignore_index=True)
    _by_group(
        view,
        table.drop_duplicates(["data", "method"]),
        "stance_kinds",
        "By kind of mention and voice",
        _said(name),
    )


def _styles(view: View, content: Content) -> None:
    for name in ("folds", "own"):
        table = figures.groups(content, name, "by_style", {})
        if len(table):
            _by_group(view, table, "stance_styles", "By style of article", _said(name))
            return


def _by_group(view: View, table: pd.DataFrame, key: str, title: str, data: str) -> None:
    if table.empty:
        return
    lines = [
        f"{row.data} (n={theme.count(row.n)})" if pd.notna(row.n) else row.data
        for row in theme.rows(table)
    ]
    chart(
        view,
        charts.scores(table.assign(data=lines), title=title, subtitle=data),
        table.rename(columns={"data": "group"}),
        key=key,
        alt=f"Macro-F1 of the stance model, {title.lower()}: {data}",
        help=[f"n: labelled mentions. Hollow: fewer than {charts.ROUGH}, a rough figure."],
    )


def _matrix(view: View, content: Content, name: str) -> None:
    table = figures.matrix(content, name)
    if table.empty:
        return
    chart(
        view,
        charts.matrix(table),
        table,
        key="stance_matrix",
        alt=f"Labels of the data against labels by the model: {_said(name)}",
        help=[
            "A line is a label of the data, a column the model's. Squares agree, diamonds do "
            "not; the larger, the more of its line."
        ],
    )


def _curve(view: View, content: Content, name: str, pipeline: Pipeline) -> None:
    table = figures.reliability(content, name)
    if table.empty:
        return
    chart(
        view,
        charts.curve(table),
        table,
        key="stance_reliability",
        alt=f"How often the most probable label is right against its probability: {_said(name)}",
        help=[
            f"The number at a mark: mentions. Hollow: fewer than {charts.FEW_IN_BIN}, hardly a "
            "share, and not joined to the line. Above the dashed line the model is right more "
            "often than it says, below less often.",
            calibration(content, pipeline),
        ],
    )


def _shares(view: View, content: Content, name: str) -> None:
    table = figures.shares(content, name)
    if table.empty:
        return
    st.subheader("Are shares right?")
    said = "; ".join(
        f"{row.label} {theme.percent(row.expected)}, where the labels have "
        f"{theme.percent(row.labelled)}"
        for row in theme.rows(table)
    )
    note(
        "Every share and mean stance in kzdash is made of probabilities, not of labels. "
        f"{_said(name)}: {said}."
    )
    words = {"labelled": "share of the labels", "expected": "share by the probabilities"}
    table_with_downloads(view, table.rename(columns=words), "stance_shares")


def _threshold(view: View, content: Content, name: str) -> None:
    least, table = figures.threshold(), figures.abstention(content, name)
    if least is None:
        return
    st.subheader("When is a label left open?")
    note(
        "Praise and blame are rare, so by the highest probability alone too little of them "
        "would be found: a label is given where its probability is high for that label, which "
        "is not always the highest of the three. Where it is below "
        f"{theme.percent(least)}, Evidence calls the label unsure. Means and shares use the "
        "probabilities, not the label, and keep every mention."
        f"{_keeps(table, least)}"
    )
    if not table.empty:
        words = {
            "threshold": "least probability of the label",
            "kept": "share of mentions kept",
            "accuracy": "share of these that is right",
        }
        table_with_downloads(view, table.rename(columns=words), "stance_threshold")


def _keeps(table: pd.DataFrame, least: float) -> str:
    found = [row for row in theme.rows(table) if abs(row.threshold - least) < 1e-9]
    return "".join(
        f" Here {theme.percent(row.kept)} of the mentions keep their label, and "
        f"{theme.percent(row.accuracy)} of these labels are right."
        for row in found
    )


def _name_swap(view: View, content: Content) -> None:
    table = figures.name_swap(content)
    if table.empty:
        return
    st.subheader("Does the name alone change the stance?")
    worst = max(theme.rows(table), key=lambda row: row.mean_change)
    note(
        "It should not: the same invented sentences were read with one name in the place of "
        f"another. Most change {plain(worst.group)}: by {worst.mean_change:.2f} on average, on "
        "the scale from −1 to +1. A smaller difference between two of them means "
        f"nothing.{_darkest(content, worst.group)}"
    )
    words = {
        "mean_change": "mean change",
        "greatest_change": "greatest change",
        "label_changes": "share with another label",
        "opposed": "share with the opposite",
        "limit": "limit",
        "kept": "kept",
    }
    table_with_downloads(view, table.rename(columns=words), "stance_names")


def _darkest(content: Content, group: str) -> str:
    means = figures.name_means(content, group)
    low, high = min(means, key=lambda k: means[k]), max(means, key=lambda k: means[k])
    return (
        f" Read most darkly is {plain(low, 40)} ({theme.signed(means[low])} on average), most "
        f"brightly {plain(high, 40)} ({theme.signed(means[high])})."
    )


def _runs(content: Content) -> None:
    seeds, folds = figures.seeds(content), figures.folds(content)
    if seeds.empty and folds.empty:
        return
    st.subheader("Is it luck?")
    for runs, rows in theme.grouped(theme.rows(seeds), "runs").items():
        listed = "; ".join(f"{plain(r.data)} {r.mean:.3f} ± {r.sd:.3f}" for r in rows)
        note(
            f"Macro-F1 over {theme.count(runs, 'training')} that differ in their seed "
            f"(mean ± standard deviation, not calibrated): {listed}."
        )
    if len(folds):
        found = folds["macro_f1"]
        note(
            f"Invented articles in {theme.count(len(folds), 'fold')}, each held out in turn from "
            f"a training of its own: macro-F1 {found.mean():.3f} on average, {found.min():.3f} to "
            f"{found.max():.3f}."
        )
