"""Questions about single mentions and articles: the evidence behind every number."""

from typing import Any

import pandas as pd

from kzdash.scope import EVERYTHING, Cell, Scope
from kzdash.store.corpus import of_articles
from kzdash.store.queries import Queries, Where, mentions, remembered

MAX_PAGE = 500
SHUFFLED = '((m.article_no::BIGINT * 7919 + m."start" + $seed) * 2654435761) % 4294967296'
ORDERS = {
    "random": SHUFFLED,
    "stance": "stance NULLS LAST",
    "-stance": "stance DESC NULLS LAST",
    "sentiment": "m.sentiment NULLS LAST",
    "-sentiment": "m.sentiment DESC NULLS LAST",
    "date": "first_day NULLS LAST",
    "-date": "first_day DESC NULLS LAST",
    "actor": "actor::VARCHAR",
    "outlet": "m.outlet::VARCHAR",
}
"""Ways to order evidence; a minus turns an order round. Ties go by article and place."""


class EvidenceQueries(Queries):
    """Questions about single mentions and articles."""

    @property
    def has_texts(self) -> bool:
        """Whether this machine has the articles' texts."""
        return self.number("SELECT count(*) FROM texts") > 0

    @remembered
    def evidence_count(self, scope: Scope, cell: Cell = EVERYTHING) -> pd.DataFrame:
        """Return one row of what `evidence` would show in all: mentions, articles, mean stance."""
        where = _evidence(scope, cell)
        return self.ask(
            f"""SELECT count(*) AS mentions, count(DISTINCT article_no) AS articles,
                avg(stance) AS stance
            FROM mentions {where}""",
            where.values,
        )

    @remembered
    def evidence(
        self,
        scope: Scope,
        cell: Cell = EVERYTHING,
        order: str = "random",
        seed: int = 0,
        offset: int = 0,
        limit: int = 20,
    ) -> pd.DataFrame:
        """Return single mentions.

        Args:
            scope: the selection.
            cell: the mark of a chart whose evidence is wanted.
            order: a key of `ORDERS`.
            seed: for the random order; the same seed gives the same order.
            offset: how many to leave out before the first.
            limit: how many to return, at most `MAX_PAGE`.

        Returns:
            mention_id, article_id, outlet, title, published, url, duplicate_of, actor, surface,
            kind, sentence_no, start, end, voice, speaker, role, stance, stance_label,
            p_negative, p_neutral, p_positive, stance_reason, sentiment, cues (list),
            quote_verb, quote_start, quote_end (of the quotation around it, NULL in own voice),
            frames (list), frame_cues (list of structs: frame, cue, start, end), sentence_start,
            sentence_end, sentence (text, NULL where the texts are not here), fragment_start,
            fragment_end.
        """
        where = _evidence(scope, cell)
        page = self.ask(
            f"""SELECT m.article_no, m."start", m."end" FROM (SELECT * FROM mentions {where}) m
            ORDER BY {ORDERS[order]}, m.article_no, m."start", m."end"
            LIMIT $limit OFFSET $offset""",
            page_values(where, order, seed, offset, limit),
        )
        return self._found(page)

    @remembered
    def article(self, article_id: str) -> pd.DataFrame:
        """Return one row of an article, or none.

        Columns: those of the table `articles`, with ``outlet`` for outlet_id, and ``text``
        (NULL where the texts are not here).
        """
        return self.ask(
            """SELECT a.* EXCLUDE (article_no, counted, first_day, last_day), t.text
            FROM articles a LEFT JOIN texts t USING (article_no) WHERE article_id = $id""",
            {"id": article_id},
        )

    @remembered
    def article_sentences(self, article_id: str) -> pd.DataFrame:
        """Return an article's sentences in order.

        Columns: sentence_no (0 is the title), paragraph_no, start, end, words, sentiment,
        frames (list), sentence (text or NULL), fragment_start, fragment_end.
        """
        return self.ask(
            """SELECT sentence_no, paragraph_no, s."start", s."end", s.words, s.sentiment,
                coalesce(frames::VARCHAR[], []) AS frames,
                substring(t.text, s."start" + 1, s."end" - s."start") AS sentence,
                fragment_start, fragment_end
            FROM sentences s JOIN articles a USING (article_no) LEFT JOIN texts t USING (article_no)
            WHERE article_id = $id ORDER BY sentence_no""",
            {"id": article_id},
        )

    @remembered
    def article_mentions(self, article_id: str) -> pd.DataFrame:
        """Return an article's mentions in order, with the columns of `evidence`."""
        page = self.ask(
            """SELECT article_no, "start", "end" FROM mentions WHERE article_no IN
                (SELECT article_no FROM articles WHERE article_id = $id)
            ORDER BY "start", "end" """,
            {"id": article_id},
        )
        return self._found(page)

    def _found(self, page: pd.DataFrame) -> pd.DataFrame:
        """Return all that is known of mentions: article_no, start, end, in the order wanted."""
        names = {name: page[name].tolist() for name in ("article_no", "start", "end")}
        listed = ", ".join(f'unnest(${name}) AS "{name}"' for name in names)
        return self.ask(
            f"""WITH page AS (SELECT unnest($place) AS place, {listed})
            {_FOUND}""",
            {**names, "place": list(range(len(page)))},
        )


def page_values(where: Where, order: str, seed: int, offset: int, limit: int) -> dict[str, Any]:
    """Return the values of a query for one page of evidence.

    Args:
        where: which evidence there is.
        order: a key of `ORDERS`.
        seed: for the random order.
        offset: how many rows to leave out before the first.
        limit: how many to return, at most `MAX_PAGE`.
    """
    values = {**where.values, "limit": max(0, min(limit, MAX_PAGE)), "offset": max(0, offset)}
    return {**values, "seed": seed % 2**31} if order == "random" else values


SENTENCE = """coalesce(s.frames::VARCHAR[], []) AS frames, s."start" AS sentence_start,
    s."end" AS sentence_end, coalesce(c.frame_cues, []) AS frame_cues,
    substring(t.text, s."start" + 1, s."end" - s."start") AS sentence,
    fragment_start, fragment_end"""


_HERE = "article_no IN (SELECT article_no FROM page)"
WITH_SENTENCE = f"""LEFT JOIN (SELECT * FROM sentences WHERE {_HERE}) s
        USING (article_no, sentence_no)
    LEFT JOIN (SELECT * FROM texts WHERE {_HERE}) t USING (article_no)
    LEFT JOIN (SELECT article_no, sentence_no, list({{'frame': frame::VARCHAR,
            'cue': cue::VARCHAR, 'start': "start", 'end': "end"}}
            ORDER BY "start", frame::VARCHAR) AS frame_cues
        FROM frame_cues WHERE {_HERE}
        GROUP BY ALL) c USING (article_no, sentence_no)"""
"""The joins that `SENTENCE` needs, for rows ``page``."""

_MENTION = """article_id || ':' || m."start" || '-' || m."end" AS mention_id, article_id, actor,
    surface, kind, m.sentence_no, m."start", m."end", voice, speaker, role, stance, stance_label,
    p_negative, p_neutral, p_positive, stance_reason, m.sentiment, coalesce(cues, []) AS cues"""
_FOUND = f"""SELECT {_MENTION}, a.outlet, title, published, url, duplicate_of, republished_by,
        translated_from, quote_verb, quote_start, quote_end, {SENTENCE}
    FROM page JOIN (SELECT * FROM mentions WHERE {_HERE}) m
            USING (article_no, "start", "end")
        JOIN (SELECT * FROM articles WHERE {_HERE}) a USING (article_no)
        LEFT JOIN (SELECT p.place, arg_min(q.verb, q."start") AS quote_verb,
                min(q."start") AS quote_start, arg_min(q."end", q."start") AS quote_end
            FROM page p JOIN (SELECT * FROM quotes WHERE {_HERE}) q
                ON q.article_no = p.article_no
                AND q."start" <= p."start" AND q."end" >= p."end"
            GROUP BY p.place) USING (place)
        {WITH_SENTENCE}
    ORDER BY place"""
"""The mentions of the rows of ``page``, with all that is known of them."""


def _evidence(scope: Scope, cell: Cell) -> Where:
    where = mentions(scope)
    columns = {
        "outlet": cell.outlet,
        "actor": cell.actor,
        "voice": cell.voice,
        "kind": cell.kind,
        "role": cell.role,
        "stance_label": cell.label,
        "speaker": cell.speaker,
    }
    for column, value in columns.items():
        if value is not None:
            where.add(f"{column}::VARCHAR = $cell_{column}", **{f"cell_{column}": value})
    if cell.frame:
        where.add(
            "(article_no, sentence_no) IN (SELECT article_no, sentence_no FROM frames "
            "WHERE frame::VARCHAR = $cell_frame)",
            cell_frame=cell.frame,
        )
    if cell.other:
        where.add(
            "(article_no, sentence_no) IN (SELECT article_no, sentence_no FROM mentions "
            "WHERE actor::VARCHAR = $cell_other)",
            cell_other=cell.other,
        )
    if cell.scored:
        where.add(f"{cell.scored} IS NOT NULL")
    if cell.cue:
        where.add("list_contains(cues, $cell_cue)", cell_cue=cell.cue)
    return of_articles(where, cell)
