"""In plain words: how well stance is measured, and where it is not."""

from collections.abc import Iterator

import pandas as pd

from kzdash.charts import theme
from kzdash.ui import stance_figures as figures
from kzdash.ui import validity
from kzdash.ui.stance_figures import Content, part

WHOLE = "labelled articles, mentions given"
_OURS = "kzdash"
_DATA = {
    "NewsMTSC dev_mt": figures.SETS["mt"],
    "NewsMTSC dev_rw": figures.SETS["rw"],
    "NewsMTSC test_mt (another split)": figures.PUBLISHED_ON["test_mt"],
    "NewsMTSC test_rw (another split)": figures.PUBLISHED_ON["test_rw"],
}
_FOUND = ", mentions found"
"""What the metrics end with that are of the mentions which a build finds itself."""
_ENOUGH = 20
"""Mentions of a kind below which nothing is said of it."""


class Pipeline:
    """Validation figures of stance as a build measures it, as from `kzdash evaluate`.

    Args:
        table: validation figures of the measure stance, with `kzdash.ui.validity.COLUMNS`.
    """

    def __init__(self, table: pd.DataFrame) -> None:
        self._rows = [r for r in theme.known(theme.rows(table), "value")]

    def at_home(self, metric: str, method: str = _OURS) -> tuple[float, int] | None:
        """Return a figure on labelled articles and its number of mentions."""
        found = (
            r
            for r in self._rows
            if r.method == method and r.metric == metric and validity.is_home(r.data)
        )
        return next(((float(r.value), int(r.n)) for r in found), None)

    def bounds(self, metric: str) -> tuple[float, float] | None:
        """Return the interval of our figure on labelled articles, None where it has none."""
        found = (
            (float(r.low), float(r.high))
            for r in theme.known(self._rows, "low")
            if r.method == _OURS and r.metric == metric and validity.is_home(r.data)
        )
        return next(found, None)

    def articles(self) -> int:
        """Return how many labelled articles there are."""
        counts = [getattr(r, "articles", 0) for r in self._rows if validity.is_home(r.data)]
        return max((int(n) for n in counts if pd.notna(n)), default=0)

    def kappa(self) -> float | None:
        """Return how far the two annotators agree with each other beyond chance."""
        found = (float(r.value) for r in self._rows if r.metric == "kappa")
        return next(found, None)

    def scores(self) -> pd.DataFrame:
        """Return macro-F1 and accuracy, with the columns of `stance_figures.scores`."""
        right = {(r.data, r.method): r.value for r in self._rows if r.metric == "accuracy"}
        rows = [
            {
                "data": WHOLE if validity.is_home(r.data) else _DATA.get(r.data, r.data),
                "method": _method(r.method),
                "macro_f1": float(r.value),
                "accuracy": right.get((r.data, r.method)),
                "low": r.low,
                "high": r.high,
                "n": r.n or None,
            }
            for r in self._rows
            if r.metric == "macro-F1"
        ]
        return pd.DataFrame(rows, columns=figures.COLUMNS)


def _method(name: str) -> str:
    if name == _OURS:
        return figures.MODEL
    return figures.PUBLISHED if name.startswith(figures.PUBLISHED) else name


def verdict(content: Content, pipeline: Pipeline) -> list[str]:
    """Return how good stance is and where it is bad, a line each, the main one first."""
    return [
        *_at_home(pipeline),
        *_found(pipeline),
        *_elsewhere(content),
        *_worst(content, pipeline),
    ]


def _at_home(pipeline: Pipeline) -> Iterator[str]:
    right, f1 = pipeline.at_home("accuracy"), pipeline.at_home("macro-F1")
    if right is None or f1 is None:
        return
    where = theme.count(pipeline.articles(), "labelled article")
    said = (
        f"On {where}, {theme.count(right[1], 'mention')}, kzdash gives "
        f"{theme.percent(right[0])} of them the annotators' label"
    )
    plain, even = (pipeline.at_home(m, figures.NEUTRAL) for m in ("accuracy", "macro-F1"))
    if plain is None or even is None:
        yield f"{said}; macro-F1 is {f1[0]:.2f}."
        return
    more = "more" if plain[0] > right[0] else "less"
    yield (
        f"{said}. To call every mention neutral, which agrees {more} often "
        f"({theme.percent(plain[0])}), would find no criticism and no praise: with the three "
        f"labels weighed evenly (macro-F1, 1 is perfect) it reaches "
        f"{even[0]:.2f}, the model {f1[0]:.2f}{_vader(pipeline)}."
    )


def _found(pipeline: Pipeline) -> Iterator[str]:
    right, f1 = pipeline.at_home(f"accuracy{_FOUND}"), pipeline.at_home(f"macro-F1{_FOUND}")
    if right is not None and f1 is not None:
        yield (
            f"These mentions were given. A build has to find them first: of the {right[1]:,} that "
            f"it does, {theme.percent(right[0])} get the annotators' label, and macro-F1 is "
            f"{f1[0]:.2f}."
        )


def _vader(pipeline: Pipeline) -> str:
    found = pipeline.at_home("macro-F1", figures.VADER)
    return f", VADER's judgement of the sentence {found[0]:.2f}" if found else ""


def _elsewhere(content: Content) -> Iterator[str]:
    news = [figures.entry(content, name).get("macro_f1") for name in ("mt", "rw")]
    known = [f"{value:.2f}" for value in news if value is not None]
    invented = figures.entry(content, "folds")
    said = []
    if known:
        said.append(
            f"on sentences of mostly American news that people labelled (NewsMTSC, the "
            f"part by which the model was chosen) {' and '.join(known)}"
        )
    said += _coded(figures.entry(content, "news"))
    if invented:
        said.append(
            "on invented articles in the styles of news outlets, labelled by a language "
            f"model and held out in turn, {invented['macro_f1']:.2f}"
            f"{_second(invented)}"
        )
    if said:
        yield f"Macro-F1 elsewhere: {'; '.join(said)}."


def _coded(news: Content) -> Iterator[str]:
    right, plain = news.get("accuracy"), part(news, "always_neutral").get("accuracy")
    if right is not None and plain is not None:
        yield (
            f"on held-out sentences of real news (DSE) that a language model coded one by one "
            f"{news['macro_f1']:.2f}, {theme.percent(right)} of them right, where always "
            f"neutral has {theme.percent(plain)}{_second(news)}"
        )


def _second(found: Content) -> str:
    other = part(found, "second_coder").get("macro_f1")
    return f" (a second language model {other:.2f})" if other is not None else ""


def _worst(content: Content, pipeline: Pipeline) -> Iterator[str]:
    said = [*_worst_label(content), *_worst_kind(pipeline), *_actors(pipeline)]
    if said:
        yield f"Where it is bad, on the labelled articles: {'; '.join(said)}."
        yield (
            "So a single label is no finding, nor is the mean of an actor in one article: "
            "compare means over many articles, and read the sentences behind them."
        )


def _worst_label(content: Content) -> Iterator[str]:
    table = figures.matrix(content, "gold")
    found = [r for r in theme.known(theme.rows(table), "share") if r.label == r.predicted]
    if found:
        row = min(found, key=lambda r: r.share)
        total = sum(r.n for r in theme.rows(table) if r.label == row.label)
        given = f"of {theme.count(total, row.label + ' mention')}, each asked about alone,"
        yield f"{given} it finds {row.n:,}"


def _worst_kind(pipeline: Pipeline) -> Iterator[str]:
    for kind, words in (
        ("titles", "titles such as “the ex-president”"),
        ("pronouns", "pronouns"),
        ("names", "names"),
        ("metonyms", "capitals and seats"),
    ):
        found = pipeline.at_home(f"macro-F1, {kind}")
        if found and found[1] >= _ENOUGH and (kind == "titles" or found[0] < 0.5):
            yield f"{words} get a macro-F1 of {found[0]:.2f} (n = {found[1]:,})"


def _actors(pipeline: Pipeline) -> Iterator[str]:
    metric = f"Pearson r{_FOUND}"
    if pipeline.at_home(metric) is None:
        metric = "Pearson r"
    found = pipeline.at_home(metric)
    if found:
        follows = "hardly follows" if found[0] < 0.3 else "follows in part"
        follows = "follows" if found[0] >= 0.7 else follows
        ends = pipeline.bounds(metric)
        spread = f", {theme.interval(*ends, theme.signed)}" if ends else ""
        yield (
            f"the mean stance of an actor in an article {follows} the labels "
            f"(correlation {theme.signed(found[0])} over {found[1]:,} actors{spread}; 1 is "
            "perfect)"
        )


def calibration(content: Content, pipeline: Pipeline) -> str:
    """Return in words how far probabilities are from the share of right labels."""
    found = pipeline.at_home("expected calibration error")
    alone = part(content, "data", "gold").get("ece")
    if found is None and alone is None:
        return ""
    meaning = (
        "Expected calibration error is the mean gap between the highest probability and "
        "the share of right labels; 0 is best."
    )
    if found is None:
        return f"{meaning} For single mentions of the labelled articles it is {alone:.3f}."
    whole = (
        f"On {theme.count(pipeline.articles(), 'labelled article')}, measured as in a build, "
        f"it is {found[0]:.3f}"
    )
    if alone is None:
        return f"{meaning} {whole}."
    than = "worse" if found[0] > alone else "no worse"
    return (
        f"{meaning} {whole}, {than} than {alone:.3f} where the model is asked about each mention "
        "alone: in a build those of one actor in a sentence and voice share their mean."
    )
