"""Questions about how stories are told: speakers and verbs, relations, vocabulary."""

import pandas as pd

from kzdash.schema import RELATION_LABELS
from kzdash.scope import Scope
from kzdash.store.queries import Queries, Where, mentions, remembered, rows, unit
from kzdash.store.sums import MENTIONS


class DiscourseQueries(Queries):
    """Questions about quotes, relations and terms."""

    @remembered
    def speakers(self, scope: Scope) -> pd.DataFrame:
        """Return who is quoted in each outlet.

        Returns:
            outlet, speaker (actor id or name; NULL where none was found), known (whether it is
            an actor), quotes, direct, indirect, articles, neutral, doubting, supporting
            (quotes by class of the reporting verb), of (all quotes of the outlet), share
            (quotes / of). The scope's actors narrow the speakers, not ``of``.
        """
        where = rows(scope)
        chosen = Where().among("speaker_actor", "speaker_actor", scope.actors)
        return self.ask(
            f"""WITH here AS (SELECT * FROM quotes {where}),
            totals AS (SELECT outlet, count(*) AS "of" FROM here GROUP BY outlet)
            SELECT outlet, speaker, bool_or(speaker_actor IS NOT NULL) AS known,
                count(*) AS quotes, count(*) FILTER (direct) AS direct,
                count(*) FILTER (NOT direct) AS indirect, count(DISTINCT article_no) AS articles,
                count(*) FILTER (verb_class = 'neutral') AS neutral,
                count(*) FILTER (verb_class = 'doubting') AS doubting,
                count(*) FILTER (verb_class = 'supporting') AS supporting,
                any_value("of") AS "of", count(*) / any_value("of") AS share
            FROM here JOIN totals USING (outlet) {chosen} GROUP BY outlet, speaker
            ORDER BY quotes DESC, outlet, speaker""",
            {**where.values, **chosen.values},
        )

    def speaker_units(self, scope: Scope, limit: int = 200) -> pd.DataFrame:
        """Return quotes per outlet, speaker and unit, to share out each outlet's quotes.

        Too large to be remembered; the shares made from it are.

        Args:
            scope: its actors narrow the speakers, not the totals.
            limit: so many speakers of each outlet, by quotes.

        Returns:
            outlet, speaker, unit, articles, count. Rows without a speaker hold all quotes of
            the unit, those without a known speaker too.
        """
        where = rows(scope)
        chosen = Where().among("speaker_actor", "speaker_actor", scope.actors)
        return self.ask(
            f"""WITH here AS (SELECT * FROM quotes {where}),
            sizes AS (SELECT outlet, count(DISTINCT article_no) AS size FROM here GROUP BY outlet),
            units AS (SELECT *, {unit()} AS unit FROM here JOIN sizes USING (outlet)),
            top AS (SELECT outlet, speaker FROM (SELECT * FROM here {chosen})
                WHERE speaker IS NOT NULL GROUP BY outlet, speaker
                QUALIFY row_number() OVER (PARTITION BY outlet ORDER BY count(*) DESC, speaker)
                    <= {int(limit)}),
            spoken AS (SELECT outlet, speaker, unit,
                    count(DISTINCT article_no)::INTEGER AS articles, count(*)::INTEGER AS count
                FROM (SELECT * FROM units {chosen}) JOIN top USING (outlet, speaker) GROUP BY ALL),
            totals AS (SELECT outlet, NULL AS speaker, unit,
                    count(DISTINCT article_no)::INTEGER AS articles, count(*)::INTEGER AS count
                FROM units GROUP BY ALL)
            SELECT * FROM (SELECT * FROM spoken UNION ALL SELECT * FROM totals)
            ORDER BY outlet, speaker NULLS FIRST, unit""",
            {**where.values, **chosen.values},
        )

    def said_about_units(self, scope: Scope, limit: int = 60) -> pd.DataFrame:
        """Return what the measures of stance resample, of who is quoted about whom.

        Mentions inside quoted speech with a known speaker count. Not remembered: the means made
        from it are.

        Args:
            scope: which mentions.
            limit: so many outlets, speakers and actors spoken about, by mentions.

        Returns:
            outlet, speaker, actor, unit, articles, and the family of sums named stance.
        """
        where = mentions(scope, Where().add("voice = 'quoted' AND speaker IS NOT NULL"))
        keys = "outlet, speaker, actor"
        return self.ask(
            f"""WITH cells AS (SELECT {keys} FROM mentions {where}
                GROUP BY ALL ORDER BY count(*) DESC, {keys} LIMIT {int(limit)}),
            here AS (SELECT * FROM (SELECT * FROM mentions {where}) JOIN cells USING ({keys})),
            sizes AS (SELECT {keys}, count(DISTINCT article_no) FILTER (stance IS NOT NULL) AS size
                FROM here GROUP BY ALL)
            SELECT {keys}, {unit()} AS unit,
                (count(DISTINCT article_no) FILTER (stance IS NOT NULL))::INTEGER AS articles,
                {MENTIONS.sums("stance")}
            FROM here JOIN sizes USING ({keys}) GROUP BY ALL ORDER BY {keys}, unit""",
            where.values,
        )

    @remembered
    def verbs(self, scope: Scope, limit: int | None = None) -> pd.DataFrame:
        """Return the verbs that report speech.

        Args:
            scope: its actors narrow the speakers.
            limit: at most so many rows; all of them if None.

        Returns:
            outlet, speaker, verb, verb_class (neutral, doubting, supporting), count, direct,
            articles. The most frequent come first.
        """
        where = rows(scope, Where().add("verb IS NOT NULL"))
        where.among("speaker_actor", "speaker_actor", scope.actors)
        return self.ask(
            f"""SELECT outlet, speaker, verb, verb_class, count(*) AS count,
                count(*) FILTER (direct) AS direct, count(DISTINCT article_no) AS articles
            FROM quotes {where} GROUP BY ALL
            ORDER BY count DESC, outlet, speaker, verb, verb_class
            {f"LIMIT {int(limit)}" if limit is not None else ""}""",
            where.values,
        )

    @remembered
    def verb_units(self, scope: Scope) -> pd.DataFrame:
        """Return quotations by class of their verb, per outlet and unit, as shares of all.

        Returns:
            outlet, verb_class, unit, articles, count. Rows without a class hold all quotations
            of the unit that have a reporting verb. The scope's actors narrow the speakers.
        """
        where = rows(scope, Where().add("verb_class IS NOT NULL"))
        where.among("speaker_actor", "speaker_actor", scope.actors)
        return self._units(f"SELECT * FROM quotes {where}", "verb_class", where)

    @remembered
    def relation_units(self, scope: Scope) -> pd.DataFrame:
        """Return relations by label, per outlet and unit, as shares of all.

        Returns:
            outlet, label, unit, articles, count. Rows without a label hold all relations of
            the unit.
        """
        where = related(scope)
        return self._units(
            f"""SELECT * FROM (SELECT * FROM relations {where})
            JOIN (SELECT article_no, grp FROM places) USING (article_no)""",
            "label",
            where,
        )

    def _units(self, counted: str, item: str, where: Where) -> pd.DataFrame:
        """Return how many of a query's rows each item has, per outlet and unit, with totals."""
        return self.ask(
            f"""WITH here AS (SELECT outlet, {item}, article_no, grp, count(*)::INTEGER AS count
                FROM ({counted}) GROUP BY ALL),
            articles AS (SELECT outlet, NULL AS {item}, article_no, grp, sum(count) AS count
                FROM here GROUP BY ALL),
            sizes AS (SELECT outlet, count(*) AS size FROM articles GROUP BY outlet)
            SELECT outlet, {item}, {unit()} AS unit, count(*)::INTEGER AS articles,
                sum(count)::INTEGER AS count
            FROM (SELECT * FROM here UNION ALL SELECT * FROM articles) JOIN sizes USING (outlet)
            GROUP BY ALL ORDER BY outlet, {item} NULLS FIRST, unit""",
            where.values,
        )

    @remembered
    def relation_voices(self, scope: Scope) -> pd.DataFrame:
        """Return in whose voice each outlet tells relations: outlet, count, own (numbers)."""
        where = related(scope)
        return self.ask(
            f"""SELECT outlet, count(*) AS count, count(*) FILTER (voice = 'own') AS own
            FROM relations {where} GROUP BY outlet ORDER BY outlet::VARCHAR""",
            where.values,
        )

    @remembered
    def relation_pairs(self, scope: Scope) -> pd.DataFrame:
        """Return how often each actor is told for and against each other, over all outlets.

        Returns:
            source, target, praises, supports, blames, attacks (numbers), articles. The pairs
            with most relations come first.
        """
        where = related(scope)
        labels = ", ".join(
            f"count(*) FILTER (label = '{label}') AS {label}" for label in RELATION_LABELS
        )
        return self.ask(
            f"""SELECT source, target, {labels}, count(DISTINCT article_no) AS articles
            FROM relations {where} GROUP BY source, target
            ORDER BY count(*) DESC, source, target""",
            where.values,
        )

    @remembered
    def relation_evidence(
        self,
        scope: Scope,
        source: str | None = None,
        target: str | None = None,
        label: str | None = None,
        limit: int = 200,
    ) -> pd.DataFrame:
        """Return single relations, with the sentence where the texts are there.

        Returns:
            article_id, outlet, title, published, url, source, target, label, verb, score,
            voice, sentence_no, start, end (of the evidence), sentence_start, sentence_end,
            sentence (text or NULL), fragment_start, fragment_end, republished_by,
            translated_from, duplicate_of.
        """
        where = related(scope)
        for name, value in (("source", source), ("target", target), ("label", label)):
            if value:
                where.add(f"{name} = $only_{name}", **{f"only_{name}": value})
        return self.ask(
            f"""WITH page AS MATERIALIZED (SELECT * FROM relations {where}
                ORDER BY score DESC, article_no, "start", label, source, target
                LIMIT {int(limit)})
            SELECT a.article_id, r.outlet, title, published, url, source, target, label, verb,
                score, voice, r.sentence_no, r."start", r."end", s."start" AS sentence_start,
                s."end" AS sentence_end,
                substring(t.text, s."start" + 1, s."end" - s."start") AS sentence,
                fragment_start, fragment_end, republished_by, translated_from, duplicate_of
            FROM page r JOIN articles a USING (article_no)
                LEFT JOIN (SELECT * FROM sentences
                    WHERE article_no IN (SELECT article_no FROM page)) s
                    USING (article_no, sentence_no)
                LEFT JOIN texts t USING (article_no)
            ORDER BY score DESC, a.article_id, r."start", r.label, r.source, r.target""",
            where.values,
        )

    def terms(self, scope: Scope) -> pd.DataFrame:
        """Return how often each outlet uses each content word; too large to be remembered.

        Returns:
            outlet, term (lemma), pos, count, documents (articles with the term). Outlets and
            dates of the scope count, its actors do not.
        """
        where = rows(scope)
        if scope.first or scope.last:
            counted = f"""SELECT outlet, lemma, pos, sum(count)::BIGINT AS count,
                count(*) AS documents FROM terms {where} GROUP BY ALL"""
        else:
            counted = f"SELECT outlet, lemma, pos, count, documents FROM term_totals {where}"
        return self.ask(
            f"""SELECT outlet, lemma AS term, pos, count, documents FROM ({counted})
            ORDER BY count DESC, lemma, pos, outlet""",
            where.values,
        )


def related(scope: Scope) -> Where:
    """Select relations by the scope: those with one of its actors on either side."""
    where = rows(scope)
    if scope.actors:
        one = Where().among("source", "actor", scope.actors)
        two = Where().among("target", "actor", scope.actors)
        where.add(f"({one.conditions[0]} OR {two.conditions[0]})", **one.values)
    return where.among("voice", "voice", scope.voices)
