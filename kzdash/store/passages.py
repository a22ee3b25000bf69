"""Questions about single sentences, quotations, relations, epithets, cues and articles.

What `kzdash.store.evidence` is for mentions: the rows behind a mark that does not count
mentions, so many as the mark says.
"""

from dataclasses import dataclass

import pandas as pd

from kzdash.scope import Cell, Scope
from kzdash.store.corpus import of_articles
from kzdash.store.discourse import related
from kzdash.store.evidence import ORDERS, SENTENCE, WITH_SENTENCE, page_values
from kzdash.store.frames import sentences_with
from kzdash.store.queries import Queries, Where, mentions, remembered, rows

PASSAGE_ORDERS = {name: ORDERS[name] for name in ("random", "date", "-date", "outlet")}
"""Ways to order passages; ties go by article and place."""


@dataclass(frozen=True)
class _Source:
    """Where passages of one kind are: a query, its own columns, and the fields of a cell."""

    rows: str
    columns: str
    cell: tuple[tuple[str, str], ...]
    ties: str = ""


_SOURCES = {
    "sentences": _Source(
        "(SELECT * FROM sentences WHERE article_no IN "
        "(SELECT article_no FROM articles WHERE counted))",
        "sentiment",
        (),
    ),
    "quotes": _Source(
        "quotes",
        "speaker, verb, verb_class, direct",
        (("speaker", "speaker"), ("verb_class", "verb_class")),
    ),
    "relations": _Source(
        "relations",
        "source, target, label, verb, score, voice",
        (("actor", "source"), ("target", "target"), ("relation", "label"), ("voice", "voice")),
        ", source::VARCHAR, target::VARCHAR, label",
    ),
    "epithets": _Source(
        "epithets",
        "actor, text, relation, valence, voice",
        (("actor", "actor"), ("text", "text"), ("voice", "voice")),
        ", actor::VARCHAR, relation",
    ),
    "cues": _Source(
        "frame_cues", "frame, cue", (("frame", "frame"), ("cue", "cue")), ", frame::VARCHAR"
    ),
    "articles": _Source(
        '(SELECT *, 0::SMALLINT AS sentence_no, 0 AS "start", 0 AS "end" FROM articles)',
        "words, sentences",
        (),
    ),
    "words": _Source(
        '(SELECT *, 0::SMALLINT AS sentence_no, 0 AS "start", 0 AS "end" FROM terms)',
        "lemma AS word, pos, count",
        (("word", "lemma"), ("pos", "pos")),
        ", pos",
    ),
}


class PassageQueries(Queries):
    """Questions about the evidence that is not a mention; `Cell.what` says which."""

    @remembered
    def passage_count(self, scope: Scope, cell: Cell) -> pd.DataFrame:
        """Return one row: passages and articles that `passages` would show in all."""
        source, where = _chosen(scope, cell)
        return self.ask(
            f"""SELECT count(*) AS passages, count(DISTINCT article_no) AS articles
            FROM {source.rows} {where}""",
            where.values,
        )

    @remembered
    def passages(
        self,
        scope: Scope,
        cell: Cell,
        order: str = "random",
        seed: int = 0,
        offset: int = 0,
        limit: int = 20,
    ) -> pd.DataFrame:
        """Return single passages.

        Args:
            scope: the selection, which narrows each kind as it narrows the chart of it.
            cell: the mark, with what its evidence is in ``what``.
            order: a key of `PASSAGE_ORDERS`.
            seed: for the random order; the same seed gives the same order.
            offset: how many to leave out before the first.
            limit: how many to return, at most `MAX_PAGE`.

        Returns:
            article_id, outlet, title, published, url, author, republished_by, translated_from,
            duplicate_of, sentence_no, start, end, sentence_start, sentence_end, sentence (text,
            NULL where the texts are not here), fragment_start, fragment_end, frames (list),
            frame_cues (list of structs: frame, cue, start, end), and the kind's own columns.
        """
        source, where = _chosen(scope, cell)
        return self.ask(
            f"""WITH page AS (SELECT row_number() OVER () AS place, * FROM (
                SELECT * FROM (SELECT article_no, outlet, first_day, sentence_no, "start", "end",
                    {source.columns} FROM {source.rows} {where}) m
                ORDER BY {PASSAGE_ORDERS[order]}, m.article_no, m."start", m."end"{source.ties}
                LIMIT $limit OFFSET $offset))
            SELECT a.article_id, a.outlet, title, published, url, author, republished_by,
                translated_from, duplicate_of,
                page.* EXCLUDE (place, article_no, outlet, first_day), {SENTENCE}
            FROM page JOIN articles a USING (article_no)
                {WITH_SENTENCE}
            ORDER BY place""",
            page_values(where, order, seed, offset, limit),
        )


def _chosen(scope: Scope, cell: Cell) -> tuple[_Source, Where]:
    """Return where the passages of a cell are, and which of them it means."""
    kind = "words" if cell.what == "articles" and cell.word else str(cell.what)
    source = _SOURCES[kind]
    where = related(scope) if kind == "relations" else rows(scope)
    if kind == "quotes":
        where.among("speaker_actor", "speaker_actor", scope.actors)
    elif kind == "epithets":
        where.among("actor", "actor", scope.actors).among("voice", "voice", scope.voices)
    elif kind in ("sentences", "cues"):
        _in_sentences(scope, cell if kind == "sentences" else Cell(), where)
    for name, column in source.cell:
        value = getattr(cell, name)
        if value is not None:
            where.add(f"{column}::VARCHAR = $cell_{name}", **{f"cell_{name}": value})
    if cell.outlet:
        where.add("outlet::VARCHAR = $cell_outlet", cell_outlet=cell.outlet)
    return source, of_articles(where, cell)


def _in_sentences(scope: Scope, cell: Cell, where: Where) -> None:
    """Narrow to sentences with the mentions that scope and cell ask for, and with the frame."""
    if cell.frame:
        where.add("list_contains(frames::VARCHAR[], $cell_frame)", cell_frame=cell.frame)
    if cell.other:
        for name in ("actor", "other"):
            named = mentions(scope, actors=False)
            named.add(f"actor::VARCHAR = $cell_{name}", **{f"cell_{name}": getattr(cell, name)})
            where.add(_HERE.format(named), **named.values)
    elif cell.actor:
        named = mentions(scope).add("actor::VARCHAR = $cell_actor", cell_actor=cell.actor)
        where.add(_HERE.format(named), **named.values)
    else:
        narrow, values = sentences_with(scope)
        if narrow:
            where.add(narrow.removeprefix("WHERE "), **values)


_HERE = "(article_no, sentence_no) IN (SELECT article_no, sentence_no FROM mentions {})"
