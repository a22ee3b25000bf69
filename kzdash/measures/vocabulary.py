"""Which words set one outlet apart: log-odds with an informative Dirichlet prior."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

PRIOR_WORDS = 500.0
"""How many words the prior counts for: it pulls rare words toward the corpus."""


def log_odds(
    terms: pd.DataFrame,
    first: str | Sequence[str],
    second: str | Sequence[str] | None = None,
    prior: float = PRIOR_WORDS,
    documents: int = 1,
) -> pd.DataFrame:
    """Contrast the vocabularies of two outlets (or groups of outlets).

    The score of a term is the difference of its log-odds in both, with a Dirichlet prior in
    proportion to its frequency in all outlets of ``terms``, divided by its standard deviation
    (Monroe, Colaresi and Quinn 2008, equations 15, 16, 20 and 22). It ranks words; it is no
    test, for the words of one article are not independent: look at the numbers of articles.

    Args:
        terms: columns outlet, term, pos, count, documents, as from `Store.terms`.
        first: outlet id or ids.
        second: the outlets to contrast with; all others if None.
        prior: how many words the prior counts for.
        documents: leave out terms that stand in fewer articles of both together.

    Returns:
        term, pos, z (positive: more of the first), log_odds, low, high (its 95 % interval),
        count_first, count_second, articles_first, articles_second, rate_first, rate_second
        (per 1,000 words), by falling z. Empty when a side has no words.
    """
    one = [first] if isinstance(first, str) else list(first)
    others = [o for o in terms["outlet"].unique() if o not in one]
    two = others if second is None else [second] if isinstance(second, str) else list(second)
    sides = {**_side(terms, one, "first"), **_side(terms, two, "second")}
    table = terms.assign(**sides).groupby(["term", "pos"])[[*sides, "count"]].sum()
    overall = table["count"].sum()
    table = table[table["count_first"] + table["count_second"] > 0].copy()
    n_first, n_second = table["count_first"].sum(), table["count_second"].sum()
    if not n_first or not n_second:
        return pd.DataFrame(columns=["term", "pos", "z", "log_odds", "low", "high", *_COUNTS])
    alpha = prior * table["count"] / overall
    odds = [
        np.log((y + alpha) / (n + prior - y - alpha))
        for y, n in ((table["count_first"], n_first), (table["count_second"], n_second))
    ]
    deviation = np.sqrt(1 / (table["count_first"] + alpha) + 1 / (table["count_second"] + alpha))
    table["log_odds"] = odds[0] - odds[1]
    table["z"] = table["log_odds"] / deviation
    table["low"] = table["log_odds"] - 1.96 * deviation
    table["high"] = table["log_odds"] + 1.96 * deviation
    table["rate_first"] = table["count_first"] / n_first * 1000
    table["rate_second"] = table["count_second"] / n_second * 1000
    kept = table[table["articles_first"] + table["articles_second"] >= documents].reset_index()
    kept = kept.sort_values(["z", "term", "pos"], ascending=[False, True, True])
    columns = ["term", "pos", "z", "log_odds", "low", "high", *_COUNTS]
    return kept[columns].reset_index(drop=True)


def distinctive(contrast: pd.DataFrame, each: int = 15) -> pd.DataFrame:
    """Return the most distinctive words of both sides of a contrast.

    A word that was used once sets nothing apart. Of words alike in z all are kept or none, so
    that the alphabet does not choose, unless nothing else would be left of a side.

    Args:
        contrast: as from `log_odds`.
        each: so many words of each side at most.

    Returns:
        The rows with the largest and the smallest z, by falling z.
    """
    used = contrast[contrast["count_first"] + contrast["count_second"] > 1]
    above = _strongest(used[used["z"] > 0], each)
    below = _strongest(used[used["z"] < 0][::-1], each)[::-1]
    return pd.concat([above, below]).reset_index(drop=True)


def _strongest(side: pd.DataFrame, each: int) -> pd.DataFrame:
    """Return the first rows of one side, without those that are alike in z with the next one."""
    if len(side) <= each:
        return side
    first, cut = side.head(each), abs(side["z"].iloc[each])
    apart = first[first["z"].abs() > cut + _ALIKE]
    return apart if len(apart) else first


_ALIKE = 1e-9


_COUNTS = [
    "count_first",
    "count_second",
    "articles_first",
    "articles_second",
    "rate_first",
    "rate_second",
]


def _side(terms: pd.DataFrame, outlets: Sequence[str], name: str) -> dict[str, pd.Series]:
    """Return the counts of some outlets beside those of all, 0 in the rows of others."""
    here = terms["outlet"].isin(list(outlets))
    return {
        f"count_{name}": terms["count"].where(here, 0),
        f"articles_{name}": terms["documents"].where(here, 0),
    }
