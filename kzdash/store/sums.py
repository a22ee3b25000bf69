"""Sums of mentions: what the measures need of them, over single mentions or over articles.

The table `mentions` has a row a mention. `article_actors` has a row for each article, actor in it
and voice, with the same sums over fewer rows: it answers where neither kinds nor single mentions
are asked for.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kzdash.scope import Scope

FAMILIES: Mapping[str, Mapping[str, str]] = {
    "stance": {
        "mentions": "count(*)::INTEGER",
        "n": "count(stance)::INTEGER",
        "negative": "sum(p_negative)",
        "neutral": "sum(p_neutral)",
        "positive": "sum(p_positive)",
        "negative_var": "sum(p_negative * (1 - p_negative))",
        "neutral_var": "sum(p_neutral * (1 - p_neutral))",
        "positive_var": "sum(p_positive * (1 - p_positive))",
        "stance_var": "sum(p_positive + p_negative "
        "- (p_positive - p_negative) * (p_positive - p_negative))",
    },
    "labels": {
        "labelled_negative": "count(*) FILTER (stance_label = 'negative')::INTEGER",
        "labelled_neutral": "count(*) FILTER (stance_label = 'neutral')::INTEGER",
        "labelled_positive": "count(*) FILTER (stance_label = 'positive')::INTEGER",
    },
    "sentiment": {"sentiment_n": "count(sentiment)::INTEGER", "sentiment": "sum(sentiment)"},
    "counts": {
        "mentions": "count(*)::INTEGER",
        "agent": "count(*) FILTER (role = 'agent')::INTEGER",
        "patient": "count(*) FILTER (role = 'patient')::INTEGER",
        "other": "count(*) FILTER (role = 'other')::INTEGER",
        "name": "count(*) FILTER (kind = 'name')::INTEGER",
        "metonym": "count(*) FILTER (kind = 'metonym')::INTEGER",
        "title": "count(*) FILTER (kind = 'title')::INTEGER",
        "pronoun": "count(*) FILTER (kind = 'pronoun')::INTEGER",
        "quoted": "count(*) FILTER (voice = 'quoted')::INTEGER",
    },
}
"""Sums that are asked for together, over mentions; asking for one family is quicker than for
all."""


@dataclass(frozen=True)
class Source:
    """A table with what mentions sum up to.

    Attributes:
        table: its name.
        count: how many mentions rows of it stand for.
        valued: which rows have a value, for families in which only those count.
        added: whether its rows are sums already.
    """

    table: str
    count: str
    valued: Mapping[str, str]
    added: bool

    def sums(self, family: str | None = None) -> str:
        """Return the columns of a family, or of all of them."""
        families = [FAMILIES[family]] if family is not None else FAMILIES.values()
        columns = {name: query for found in families for name, query in found.items()}
        return ", ".join(f"{self._sum(name, query)} AS {name}" for name, query in columns.items())

    def _sum(self, name: str, query: str) -> str:
        if not self.added:
            return query
        return f"sum({name})::INTEGER" if query.endswith("::INTEGER") else f"sum({name})"


def _valued(stance: str, sentiment: str) -> dict[str, str]:
    return {"stance": stance, "labels": stance, "sentiment": sentiment}


MENTIONS = Source(
    "mentions",
    "count(*)",
    _valued("stance IS NOT NULL", "sentiment IS NOT NULL"),
    added=False,
)
ARTICLE_ACTORS = Source(
    "article_actors",
    "sum(mentions)::BIGINT",
    _valued("n > 0", "sentiment_n > 0"),
    added=True,
)

SUMMED = f"""SELECT article_no, outlet, first_day, last_day, grp, actor, voice, {MENTIONS.sums()},
        bool_or(new_in_article) AS new_in_article, bool_or(scored_in_article) AS scored_in_article
    FROM mentions GROUP BY ALL ORDER BY article_no, actor, voice"""
"""The query that makes `article_actors`."""


def source(scope: Scope, by: Collection[str] = ()) -> Source:
    """Return the smallest table that can answer for a scope, mentions grouped by some columns."""
    single = scope.kinds or {"kind", "role", "speaker"} & set(by)
    return MENTIONS if single else ARTICLE_ACTORS
