"""Questions about mentions: who gets attention, and how actors are presented.

The frames named units are made for `kzdash.measures`: sums per article, or per random group
of articles where a cell has more than `GROUPS` of them, which a bootstrap resamples.
"""

from collections.abc import Sequence

import pandas as pd

from kzdash.scope import Scope
from kzdash.store.corpus import PERIODS
from kzdash.store.queries import Queries, Where, mentions, remembered, rows, unit

EXACT = 1_500
"""Selections of at most so many mentions are given mention by mention, not summed, so that
the measures can draw their labels exactly."""

BY = {
    "outlet": "outlet",
    "actor": "actor",
    "voice": "voice",
    "kind": "kind",
    "role": "role",
    "speaker": "speaker",
    **PERIODS,
}
"""What mentions can be grouped by. Months and quarters hold YYYY for articles that say only their
year."""

FAMILIES = {
    "stance": """
        count(*)::INTEGER AS mentions, count(stance)::INTEGER AS n,
        sum(p_negative) AS negative, sum(p_neutral) AS neutral, sum(p_positive) AS positive,
        sum(p_negative * (1 - p_negative)) AS negative_var,
        sum(p_neutral * (1 - p_neutral)) AS neutral_var,
        sum(p_positive * (1 - p_positive)) AS positive_var,
        sum(p_positive + p_negative - (p_positive - p_negative) * (p_positive - p_negative))
            AS stance_var""",
    "labels": """
        count(*) FILTER (stance_label = 'negative')::INTEGER AS labelled_negative,
        count(*) FILTER (stance_label = 'neutral')::INTEGER AS labelled_neutral,
        count(*) FILTER (stance_label = 'positive')::INTEGER AS labelled_positive""",
    "sentiment": "count(sentiment)::INTEGER AS sentiment_n, sum(sentiment) AS sentiment",
    "counts": """
        count(*)::INTEGER AS mentions,
        count(*) FILTER (role = 'agent')::INTEGER AS agent,
        count(*) FILTER (role = 'patient')::INTEGER AS patient,
        count(*) FILTER (role = 'other')::INTEGER AS other,
        count(*) FILTER (kind = 'name')::INTEGER AS name,
        count(*) FILTER (kind = 'metonym')::INTEGER AS metonym,
        count(*) FILTER (kind = 'title')::INTEGER AS title,
        count(*) FILTER (kind = 'pronoun')::INTEGER AS pronoun,
        count(*) FILTER (voice = 'quoted')::INTEGER AS quoted""",
}
"""Sums that are asked for together; asking for one family is quicker than for all."""


def _sums(family: str | None) -> str:
    if family is not None:
        return FAMILIES[family]
    counted = "count(*)::INTEGER AS mentions,"
    parts = [part.strip().removeprefix(counted) for part in FAMILIES.values()]
    return ", ".join([counted.removesuffix(","), *parts])


class ActorQueries(Queries):
    """Questions about mentions and the actors they mean."""

    @remembered
    def mention_units(
        self, scope: Scope, by: tuple[str, ...] = ("outlet", "actor"), family: str | None = None
    ) -> pd.DataFrame:
        """Return what the measures of stance, sentiment, role and kind resample.

        Args:
            scope: which mentions.
            by: keys of `BY`; each combination that occurs is a cell.
            family: a key of `FAMILIES` (see `kzdash.measures.family`), to get its columns
                alone; all of them if None.

        Returns:
            The columns of ``by``, then ``unit`` (an article, or a group of articles), ``articles``
            (in the unit; those with a value, in the families of stance and sentiment), and sums
            over the mentions of a row: ``mentions``; ``n`` (with a stance), ``negative, neutral,
            positive`` (sums of probabilities), the variances of drawn labels ``negative_var,
            neutral_var, positive_var, stance_var``; ``labelled_negative, labelled_neutral,
            labelled_positive`` (numbers of labels); ``sentiment_n, sentiment`` (number and sum of
            VADER scores); ``agent, patient, other``; ``name, metonym, title, pronoun``; ``quoted``.
            Several rows may belong to one unit of a cell: in small selections a row is a
            mention.
        """
        where = mentions(scope)
        total = self.number(f"SELECT count(*) FROM mentions {where}", where.values)
        sums = _sums(family)
        exact = total <= EXACT
        query = _by_mention(by, sums) if exact else _by_unit(scope, by, sums, family)
        return self.ask(query.format(where=where), where.values)

    @remembered
    def attention_units(self, scope: Scope) -> pd.DataFrame:
        """Return mentions per outlet, actor and unit, to share out each outlet's attention.

        Returns:
            outlet, actor, unit, articles, count. Rows without an actor hold all of the unit's
            mentions, of whichever actor: the scope's actors narrow the other rows alone.
            ``articles`` is, in rows with an actor, how many of the unit's articles mention it.
        """
        where, chosen = mentions(scope, actors=False), mentions(scope)
        return self.ask(
            f"""WITH per_article AS MATERIALIZED (SELECT outlet, article_no, grp,
                    count(*)::INTEGER AS count FROM mentions {where} GROUP BY ALL),
            sizes AS (SELECT outlet, count(*) AS size FROM per_article GROUP BY outlet),
            counted AS (SELECT outlet, actor, {unit()} AS unit,
                    {_articles(scope, ("actor",))} AS articles, count(*)::INTEGER AS count
                FROM (SELECT * FROM mentions {chosen}) JOIN sizes USING (outlet) GROUP BY ALL),
            totals AS (SELECT outlet, NULL AS actor, {unit()} AS unit,
                    count(*)::INTEGER AS articles, sum(count)::INTEGER AS count
                FROM per_article JOIN sizes USING (outlet) GROUP BY ALL)
            SELECT * FROM (SELECT * FROM counted UNION ALL SELECT * FROM totals)
            ORDER BY outlet, actor NULLS FIRST, unit""",
            {**where.values, **chosen.values},
        )

    @remembered
    def top_actors(self, scope: Scope, limit: int = 15) -> pd.DataFrame:
        """Return the actors with most mentions in the scope: actor, mentions, articles."""
        where = mentions(scope)
        return self.ask(
            f"""SELECT actor, count(*) AS mentions, {_articles(scope, ("actor",))} AS articles
            FROM mentions {where} GROUP BY actor
            ORDER BY mentions DESC, actor LIMIT {int(limit)}""",
            where.values,
        )

    @remembered
    def epithets(self, scope: Scope) -> pd.DataFrame:
        """Return the words that characterise actors.

        Returns:
            outlet, actor, text, relation (how it stands to the actor; several joined by commas),
            voice, count, articles, valence (mean, -1..1; NULL where the word has none). The most
            frequent come first.
        """
        where = rows(scope).among("actor", "actor", scope.actors)
        where.among("voice", "voice", scope.voices)
        return self.ask(
            f"""SELECT outlet, actor, text,
                string_agg(DISTINCT relation, ', ' ORDER BY relation) AS relation, voice,
                count(*) AS count, count(DISTINCT article_no) AS articles, avg(valence) AS valence
            FROM epithets {where} GROUP BY outlet, actor, text, voice
            ORDER BY count DESC, outlet, actor, text, voice""",
            where.values,
        )

    @remembered
    def co_mentions(self, scope: Scope, actor: str, within: str = "sentence") -> pd.DataFrame:
        """Return who is mentioned together with an actor, in articles in English.

        Args:
            scope: outlets, dates, voices and kinds count; the actors do not.
            actor: id.
            within: `sentence` or `article`.

        Returns:
            outlet, other (actor id), together (sentences or articles with both), articles
            (with both together), of (sentences or articles of the outlet with the actor).
        """
        place = {"sentence": "article_no, sentence_no", "article": "article_no"}[within]
        where = mentions(scope, actors=False)
        own = Where().add(
            "actor = $actor AND article_no IN (SELECT article_no FROM articles WHERE scored)"
        )
        return self.ask(
            f"""WITH here AS (SELECT DISTINCT outlet, {place} FROM mentions
                {mentions(scope, own, actors=False)}),
            totals AS (SELECT outlet, count(*) AS "of" FROM here GROUP BY outlet),
            pairs AS (SELECT DISTINCT outlet, actor AS other, {place}
                FROM (SELECT * FROM mentions {where}) JOIN here USING (outlet, {place})
                WHERE actor <> $actor)
            SELECT outlet, other, count(*) AS together,
                count(DISTINCT article_no) AS articles, any_value("of") AS "of"
            FROM pairs JOIN totals USING (outlet)
            GROUP BY outlet, other
            ORDER BY together DESC, outlet, other""",
            {**where.values, "actor": actor},
        )

    @remembered
    def stance_in_time(self, scope: Scope) -> pd.DataFrame:
        """Return the mean stance of the scope's mentions in each article, for a time line.

        Returns:
            outlet, article_id, title, published, first, last (the days that the date may
            mean; NULL without a date), estimate (mean stance, -1..1; NULL where none is
            scored), mentions (scored ones), neutral (the expected share of neutral ones, 0..1).
            The oldest come first.
        """
        where = mentions(scope)
        return self.ask(
            f"""SELECT a.outlet, article_id, title, published, first_day::VARCHAR AS first,
                last_day::VARCHAR AS last, estimate, m.mentions, neutral
            FROM (SELECT article_no, avg(stance) AS estimate, count(stance) AS mentions,
                    avg(p_neutral) AS neutral
                FROM mentions {where} GROUP BY article_no) m JOIN articles a USING (article_no)
            ORDER BY first_day NULLS LAST, article_id""",
            where.values,
        )

    @remembered
    def scored_over_time(self, scope: Scope) -> pd.DataFrame:
        """Return how many articles with a stance there are: outlet, period (a month), articles.

        What a period is says `kzdash.store.corpus.PERIODS`; undated articles are left out.
        """
        where = mentions(scope, Where().add("stance IS NOT NULL"))
        return self.ask(
            f"""SELECT outlet, {PERIODS["month"]} AS period, count(*) AS articles
            FROM (SELECT DISTINCT article_no FROM mentions {where}) JOIN articles USING (article_no)
            WHERE published IS NOT NULL GROUP BY ALL ORDER BY period, outlet""",
            where.values,
        )


_VALUES = {"stance": "stance", "labels": "stance", "sentiment": "sentiment"}
"""Families of which only mentions with a value count, and the column that has it."""


def _articles(scope: Scope, by: Sequence[str], family: str | None = None) -> str:
    """Return the cheapest expression that counts a cell's articles, of a family with a value."""
    value = _VALUES.get(family or "")
    one = "actor" in by or len(scope.actors) == 1
    simple = one and not scope.kinds and not {"kind", "role", "speaker"} & set(by)
    if not simple or value == "sentiment":
        filled = f" FILTER ({value} IS NOT NULL)" if value else ""
        return f"(count(DISTINCT article_no){filled})::INTEGER"
    voiced = "voice" in by or len(set(scope.voices)) == 1
    first = "scored" if value else "new"
    return f"sum({first}_in_{'voice' if voiced else 'article'}::INT)::INTEGER"


def _chosen(by: Sequence[str]) -> str:
    keys = "".join(f", {BY[key]} AS by_{key}" for key in by)
    dated = (
        "JOIN (SELECT article_no, published, published_precision FROM articles) USING (article_no)"
        if PERIODS.keys() & set(by)
        else ""
    )
    return f"(SELECT *{keys} FROM mentions {dated} {{where}})"


def _by_mention(by: Sequence[str], sums: str) -> str:
    named = "".join(f"by_{key} AS {key}, " for key in by)
    keys = "".join(f"by_{key}, " for key in by)
    order = "".join(f"by_{key}, " for key in by)
    return f"""SELECT {named}article_no AS unit, 1 AS articles, {sums}
        FROM {_chosen(by)} GROUP BY {keys}article_no, "start", "end"
        ORDER BY {order}article_no, "start", "end" """


def _by_unit(scope: Scope, by: Sequence[str], sums: str, family: str | None) -> str:
    articles = _articles(scope, by, family)
    named = "".join(f"c.by_{key} AS {key}, " for key in by)
    keys = "".join(f"c.by_{key}, " for key in by)
    # Voices share their articles, so that they must be resampled in the same units.
    shared = [key for key in by if key != "voice"]
    sized, size = [f"by_{key}" for key in shared], _articles(scope, shared, family)
    size_keys = "".join(f"{key}, " for key in sized)
    same = " AND ".join(f"c.{key} IS NOT DISTINCT FROM s.{key}" for key in sized) or "true"
    return f"""WITH chosen AS NOT MATERIALIZED {_chosen(by)},
        sizes AS (SELECT {size_keys}{size} AS size FROM chosen GROUP BY ALL)
        SELECT {named}{unit()} AS unit, {articles} AS articles, {sums}
        FROM chosen c JOIN sizes s ON {same}
        GROUP BY {keys}{unit()}
        ORDER BY {keys}unit"""
