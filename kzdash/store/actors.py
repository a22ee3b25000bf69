"""Questions about mentions: who gets attention, and how actors are presented.

The frames named units are made for `kzdash.measures`: sums per article, or per random group
of articles where a cell has more than `GROUPS` of them, which a bootstrap resamples.
"""

from collections.abc import Collection, Sequence

import pandas as pd

from kzdash.scope import Scope
from kzdash.store.corpus import PERIODS
from kzdash.store.queries import Queries, Where, mentions, remembered, rows, unit
from kzdash.store.sums import MENTIONS, Source, source

EXACT = 1_500
"""Selections of at most so many mentions are given mention by mention, not summed, so that
the measures can draw their labels exactly."""

BY = ("outlet", "actor", "voice", "kind", "role", "speaker", *PERIODS)
"""What mentions can be grouped by. Months and quarters hold YYYY for articles that say only their
year."""


class ActorQueries(Queries):
    """Questions about mentions and the actors they mean."""

    @remembered
    def mention_units(
        self, scope: Scope, by: tuple[str, ...] = ("outlet", "actor"), family: str | None = None
    ) -> pd.DataFrame:
        """Return what the measures of stance, sentiment, role and kind resample.

        Args:
            scope: which mentions.
            by: some of `BY`; each combination that occurs is a cell.
            family: a key of `kzdash.store.FAMILIES` (see `kzdash.measures.family`), to get its
                columns alone; all of them if None.

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
        few = f"SELECT 1 FROM mentions {where} LIMIT {EXACT + 1}"
        exact = self.number(f"SELECT count(*) FROM ({few})", where.values) <= EXACT
        query = _by_mention(by, family) if exact else _by_unit(scope, by, family)
        return self.ask(query.format(where=where), where.values)

    @remembered
    def attention_units(self, scope: Scope) -> pd.DataFrame:
        """Return mentions per outlet, actor and unit, to share out each outlet's attention.

        Returns:
            outlet, actor, unit, articles, count. Rows without an actor hold all of the unit's
            mentions, of whichever actor: the scope's actors narrow the other rows alone.
            ``articles`` is, in rows with an actor, how many of the unit's articles mention it.
        """
        where, chosen, held = mentions(scope, actors=False), mentions(scope), source(scope)
        return self.ask(
            f"""WITH per_article AS MATERIALIZED (SELECT outlet, article_no, grp,
                    {held.count}::INTEGER AS count FROM {held.table} {where} GROUP BY ALL),
            sizes AS (SELECT outlet, count(*) AS size FROM per_article GROUP BY outlet),
            counted AS (SELECT outlet, actor, {unit()} AS unit,
                    {_articles(held, scope, ("actor",))} AS articles,
                    {held.count}::INTEGER AS count
                FROM (SELECT * FROM {held.table} {chosen}) JOIN sizes USING (outlet)
                GROUP BY ALL),
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
        where, held = mentions(scope), source(scope)
        return self.ask(
            f"""SELECT actor, {held.count} AS mentions,
                {_articles(held, scope, ("actor",))} AS articles
            FROM {held.table} {where} GROUP BY actor
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
        """Return who is mentioned together with an actor.

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
        own = Where().add("actor = $actor")
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
        held = source(scope)
        where = mentions(scope, Where().add(held.valued["stance"]))
        return self.ask(
            f"""SELECT outlet, {PERIODS["month"]} AS period, count(*) AS articles
            FROM articles SEMI JOIN (SELECT article_no FROM {held.table} {where}) USING (article_no)
            WHERE published IS NOT NULL GROUP BY ALL ORDER BY period, outlet""",
            where.values,
        )


def _articles(held: Source, scope: Scope, by: Collection[str], family: str | None = None) -> str:
    """Return the cheapest expression that counts a cell's articles, of a family with a value."""
    valued = held.valued.get(family or "")
    one_actor = "actor" in by or len(scope.actors) == 1
    one_voice = "voice" in by or len(set(scope.voices)) == 1
    counted, filled = "DISTINCT article_no", valued
    if held.added and one_actor and one_voice:
        counted = "*"
    elif held.added and one_actor and family != "sentiment":
        counted, filled = "*", "scored_in_article" if valued else "new_in_article"
    return f"(count({counted}){f' FILTER ({filled})' if filled else ''})::INTEGER"


def _chosen(held: Source, by: Sequence[str]) -> str:
    periods = "".join(f", {PERIODS[key]} AS {key}" for key in by if key in PERIODS)
    dated = f"JOIN (SELECT article_no{periods} FROM articles) USING (article_no)"
    keys = "".join(f", {key} AS by_{key}" for key in by)
    return f"(SELECT *{keys} FROM {held.table} {dated if periods else ''} {{where}})"


def _by_mention(by: Sequence[str], family: str | None) -> str:
    named = "".join(f"by_{key} AS {key}, " for key in by)
    keys = "".join(f"by_{key}, " for key in by)
    return f"""SELECT {named}article_no AS unit, 1 AS articles, {MENTIONS.sums(family)}
        FROM {_chosen(MENTIONS, by)} GROUP BY {keys}article_no, "start", "end"
        ORDER BY {keys}article_no, "start", "end" """


def _by_unit(scope: Scope, by: Sequence[str], family: str | None) -> str:
    held = source(scope, by)
    articles = _articles(held, scope, by, family)
    named = "".join(f"c.by_{key} AS {key}, " for key in by)
    keys = "".join(f"c.by_{key}, " for key in by)
    # Voices share their articles, so that they must be resampled in the same units.
    shared = [key for key in by if key != "voice"]
    sized, size = [f"by_{key}" for key in shared], _articles(held, scope, shared, family)
    size_keys = "".join(f"{key}, " for key in sized)
    same = " AND ".join(f"c.{key} IS NOT DISTINCT FROM s.{key}" for key in sized) or "true"
    return f"""WITH chosen AS NOT MATERIALIZED {_chosen(held, by)},
        sizes AS (SELECT {size_keys}{size} AS size FROM chosen GROUP BY ALL)
        SELECT {named}{unit()} AS unit, {articles} AS articles, {held.sums(family)}
        FROM chosen c JOIN sizes s ON {same}
        GROUP BY {keys}{unit()}
        ORDER BY {keys}unit"""
