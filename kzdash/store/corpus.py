"""Questions about the corpus: what was read, from whom, when, and what repeats what."""

from dataclasses import replace
from datetime import date

import pandas as pd

from kzdash.scope import Cell, Scope
from kzdash.store.queries import Queries, Where, mentions, remembered, rows
from kzdash.store.sums import source

PERIODS = {
    "month": "CASE WHEN published_precision = 'year' THEN left(published, 4) "
    "ELSE left(published, 7) END",
    "quarter": "CASE WHEN published_precision = 'year' THEN left(published, 4) "
    "ELSE left(published, 4) || '-Q' || quarter(first_day) END",
    "year": "left(published, 4)",
}
"""How a published date becomes a period. A date that says only its year stays a year (YYYY)
among months (YYYY-MM) and quarters (YYYY-Qn); an article without a date has no period (NULL)."""


def _published(period: str) -> str:
    """Return the condition for articles of a period, which is bound as ``$cell_period``.

    Args:
        period: as `kzdash.periods.evidence` gives it.
    """
    if period.endswith("-XX"):
        return "published_precision = 'year' AND left(published, 4) = left($cell_period, 4)"
    unit = "quarter" if "Q" in period else "year" if len(period) == len("YYYY") else "month"
    return f"{PERIODS[unit]} = $cell_period"


def of_articles(where: Where, cell: Cell) -> Where:
    """Narrow rows of any table to the article and the period of a cell."""
    if cell.article:
        where.add(
            "article_no IN (SELECT article_no FROM articles WHERE article_id = $cell_article)",
            cell_article=cell.article,
        )
    if cell.period:
        where.add(
            f"article_no IN (SELECT article_no FROM articles WHERE {_published(cell.period)})",
            cell_period=cell.period,
        )
    return where


class CorpusQueries(Queries):
    """Questions about articles, by outlets and dates alone (actors narrow only mentions)."""

    @remembered
    def outlets(self) -> pd.DataFrame:
        """Return every outlet of the build: outlet, articles, mentions, first, last (ISO).

        Outlets with most articles come first.
        """
        return self.ask(
            """SELECT a.outlet, count(*) AS articles,
                coalesce(any_value(m.mentions), 0) AS mentions,
                min(first_day)::VARCHAR AS first, max(last_day)::VARCHAR AS last
            FROM articles a LEFT JOIN
                (SELECT outlet, sum(mentions)::BIGINT AS mentions FROM article_actors
                    GROUP BY outlet) m USING (outlet)
            GROUP BY a.outlet ORDER BY articles DESC, a.outlet"""
        )

    @remembered
    def actors(self) -> pd.DataFrame:
        """Return every actor mentioned in the build: actor, mentions, articles, outlets.

        Actors with most mentions come first.
        """
        return self.ask(
            """SELECT actor, sum(mentions)::BIGINT AS mentions,
                count(*) FILTER (new_in_article) AS articles, count(DISTINCT outlet) AS outlets
            FROM article_actors GROUP BY actor ORDER BY mentions DESC, actor"""
        )

    @remembered
    def glance(self, scope: Scope) -> pd.DataFrame:
        """Return one row of counts for the scope.

        Columns: articles, outlets, words, sentences, unscored (articles not in English),
        copies (articles that repeat another), repeats (those of them that count), undated, first,
        last (ISO days that published dates span), latest (the date that means the last day, the
        most exact one), mentions, actors, naming (articles with these mentions; all three by the
        whole scope), quotes.
        """
        where = rows(scope)
        found = self.ask(
            f"""SELECT count(*) AS articles, count(DISTINCT outlet) AS outlets,
                coalesce(sum(words), 0)::BIGINT AS words,
                coalesce(sum(sentences), 0)::BIGINT AS sentences,
                count(*) FILTER (NOT scored) AS unscored,
                count(duplicate_of) AS copies, count(duplicate_of) FILTER (counted) AS repeats,
                count(*) FILTER (published IS NULL) AS undated,
                min(first_day)::VARCHAR AS first, max(last_day)::VARCHAR AS last,
                max_by(published, epoch(last_day) + length(published)) AS latest
            FROM articles {where}""",
            where.values,
        )
        chosen = mentions(scope)
        actors = f"SELECT count(DISTINCT actor) FROM {source(scope).table} {chosen}"
        told = self.fullest_articles(scope)
        counted = {
            "mentions": told["mentions"].sum(),
            "actors": self.number(actors, chosen.values),
            "naming": told["articles"].sum(),
        }
        quotes = self.number(f"SELECT count(*) FROM quotes {where}", where.values)
        return found.assign(**counted, quotes=quotes)

    @remembered
    def uncertain_dates(self, scope: Scope) -> pd.DataFrame:
        """Return one row: undated, partly.

        ``undated`` are articles of the scope's outlets that its dates leave out since they have
        none; ``partly`` those in scope of which only the month or the year is known, and that
        may lie outside its dates.
        """
        outlets = rows(replace(scope, start=None, end=None), Where().add("published IS NULL"))
        beyond = Where().add("(first_day < $first OR last_day > $last)")
        where = rows(scope, beyond)
        ends = {"first": scope.first or date.min, "last": scope.last or date.max}
        return self.ask(
            f"""SELECT (SELECT count(*) FROM articles {outlets}) AS undated,
                (SELECT count(*) FROM articles {where}) AS partly""",
            {**outlets.values, **where.values, **ends},
        )

    @remembered
    def outlet_sizes(self, scope: Scope) -> pd.DataFrame:
        """Return the outlets of the scope with articles in it, those with most mentions first.

        Columns: outlet, articles (those scored, without repeats within an outlet), their words,
        earliest and latest (ISO days that their dates span), all of the scope's outlets and
        dates; mentions, of the whole scope.
        """
        where, chosen = rows(scope, Where().add("counted")), mentions(scope)
        held = source(scope)
        return self.ask(
            f"""SELECT outlet, articles, words, earliest, latest,
                coalesce(m.mentions, 0) AS mentions
            FROM (SELECT outlet, count(*) AS articles, sum(words)::BIGINT AS words,
                    min(first_day)::VARCHAR AS earliest, max(last_day)::VARCHAR AS latest
                FROM articles {where} GROUP BY outlet)
                LEFT JOIN (SELECT outlet, {held.count} AS mentions FROM {held.table} {chosen}
                    GROUP BY outlet) m USING (outlet)
            ORDER BY mentions DESC, articles DESC, outlet""",
            {**where.values, **chosen.values},
        )

    @remembered
    def fullest_articles(self, scope: Scope) -> pd.DataFrame:
        """Return how far an outlet's mentions stand in one article of it.

        Columns: outlet, articles (with mentions of the scope), mentions, fullest (how many of
        them the article with most of them has); no outlet without mentions.
        """
        chosen, held = mentions(scope), source(scope)
        return self.ask(
            f"""SELECT outlet, count(*) AS articles, sum(n)::BIGINT AS mentions, max(n) AS fullest
            FROM (SELECT outlet, article_no, {held.count} AS n FROM {held.table} {chosen}
                GROUP BY ALL)
            GROUP BY outlet ORDER BY outlet""",
            chosen.values,
        )

    @remembered
    def articles_over_time(self, scope: Scope, period: str = "month") -> pd.DataFrame:
        """Return articles per outlet and period: outlet, period, articles, words.

        Args:
            scope: outlets and dates count, actors do not.
            period: a key of `PERIODS`; NULL in the column `period` means undated.
        """
        where = rows(scope)
        return self.ask(
            f"""SELECT outlet, {PERIODS[period]} AS period, count(*) AS articles,
                sum(words)::BIGINT AS words
            FROM articles {where} GROUP BY ALL ORDER BY period NULLS LAST, outlet""",
            where.values,
        )

    @remembered
    def articles(self, scope: Scope) -> pd.DataFrame:
        """Return the articles of the scope that mention its actors, the newest first.

        Columns: article_id, outlet, title, author, published, published_precision, url,
        republished_by, language, translated_from, words, sentences, duplicate_of, scored,
        mentions (by the whole scope).
        """
        where, chosen, held = rows(scope), mentions(scope), source(scope)
        narrow = "JOIN" if scope.actors or scope.voices or scope.kinds else "LEFT JOIN"
        return self.ask(
            f"""SELECT article_id, outlet, title, author, published, published_precision, url,
                republished_by, language, translated_from, words, sentences, duplicate_of, scored,
                coalesce(m.mentions, 0) AS mentions
            FROM (SELECT * FROM articles {where}) a {narrow}
                (SELECT article_no, {held.count} AS mentions FROM {held.table} {chosen}
                    GROUP BY article_no) m USING (article_no)
            ORDER BY last_day DESC NULLS LAST, article_id""",
            {**where.values, **chosen.values},
        )

    @remembered
    def copies(self, scope: Scope) -> pd.DataFrame:
        """Return articles whose text another article of the build already has (wire copy).

        Columns: article_id, outlet, title, published, url, duplicate_of, original_outlet
        (NULL where the original is not in the build), original_title, counted (False where
        the outlet has the same text already, or the article is not in English: such a repeat
        is in no measure).
        """
        where = rows(scope, Where().add("duplicate_of IS NOT NULL"))
        return self.ask(
            f"""SELECT c.article_id, c.outlet, c.title, c.published, c.url, c.duplicate_of,
                o.outlet AS original_outlet, o.title AS original_title,
                c.counted
            FROM (SELECT * FROM articles {where}) c
                LEFT JOIN articles o ON o.article_id = c.duplicate_of
            ORDER BY c.outlet, c.article_id""",
            where.values,
        )
