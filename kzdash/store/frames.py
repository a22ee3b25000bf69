"""Questions about frames: how often sentences have them, around whom, by which words."""

import pandas as pd

from kzdash.scope import Scope
from kzdash.store.queries import Queries, mentions, remembered, rows, unit

_ARTICLE = "article_no, outlet, first_day, last_day, grp"

FRAMES = """SELECT s.article_no, s.outlet, s.first_day, s.last_day, p.grp, s.sentence_no,
        unnest(s.frames) AS frame
    FROM sentences s JOIN places p USING (article_no)
    WHERE p.counted AND s.frames IS NOT NULL"""
"""The query that makes the table `frames`: a row for a sentence and a frame of it."""

ARTICLE_FRAMES = f"""SELECT {_ARTICLE}, NULL::frame_t AS frame, sentences
    FROM articles JOIN (SELECT article_no, grp FROM places) USING (article_no)
    WHERE counted AND sentences > 0
    UNION ALL SELECT {_ARTICLE}, frame, count(*)::INTEGER FROM frames GROUP BY ALL
    ORDER BY frame NULLS FIRST, article_no"""
"""The query that makes the table `article_frames`: how many sentences of an article have a frame;
without a frame, all of its sentences."""

_AROUND = f"""WITH here AS MATERIALIZED (
        SELECT {_ARTICLE}, sentence_no, actor, bool_or(voice = 'own') AS own,
            bool_or(voice = 'quoted') AS quoted
        FROM {{mentions}} GROUP BY ALL),
    counted AS (SELECT *, NULL::frame_t AS frame FROM here UNION ALL
        SELECT here.*, frame FROM here JOIN frames USING (article_no, sentence_no))
    SELECT {_ARTICLE}, actor, frame, count(*)::INTEGER AS sentences,
        count(*) FILTER (own)::INTEGER AS own, count(*) FILTER (quoted)::INTEGER AS quoted
    FROM counted GROUP BY ALL"""
ACTOR_FRAMES = f"""{_AROUND.format(mentions="mentions")}
    ORDER BY frame NULLS FIRST, article_no, actor"""
"""The query that makes the table `actor_frames`: how many sentences of an article have an actor
and a frame, and in how many of them the actor is in own voice or in quoted speech; without a
frame, all sentences with the actor."""


class FrameQueries(Queries):
    """Questions about frames."""

    @remembered
    def frame_units(self, scope: Scope) -> pd.DataFrame:
        """Return sentences with a frame per outlet and unit.

        Where the scope selects actors, voices or kinds, only sentences with such a mention
        count, in the numerator and in the denominator.

        Returns:
            outlet, frame, unit, articles, count. Rows without a frame hold all of the unit's
            sentences; ``articles`` is how many of the unit's articles have such sentences.
        """
        counted, values = _counted(scope)
        return self.ask(
            f"""WITH counted AS ({counted}),
            sizes AS (SELECT outlet, count(*) AS size FROM counted WHERE frame IS NULL
                GROUP BY outlet)
            SELECT outlet, frame, {unit()} AS unit, count(*)::INTEGER AS articles,
                sum(sentences)::INTEGER AS count
            FROM counted JOIN sizes USING (outlet) GROUP BY ALL
            ORDER BY outlet, frame NULLS FIRST, unit""",
            values,
        )

    @remembered
    def frame_actors(self, scope: Scope) -> pd.DataFrame:
        """Return how often each actor stands in sentences of each frame.

        Returns:
            outlet, actor, frame, sentences (with actor and frame), articles, of (sentences of
            the outlet with the actor), share (sentences / of, 0..1),
            everywhere (sentences of all outlets with the actor).
        """
        held, values = "actor_frames", {}
        if scope.kinds:
            chosen = mentions(scope)
            held = f"({_AROUND.format(mentions=f'(SELECT * FROM mentions {chosen})')})"
            values = chosen.values
        where, sentences = rows(scope).among("actor", "actor", scope.actors), _voiced(scope)
        where.add(f"{sentences} > 0")
        return self.ask(
            f"""WITH counted AS (SELECT outlet, actor, frame, count(*) AS articles,
                    sum({sentences})::BIGINT AS sentences
                FROM {held} {where} GROUP BY outlet, actor, frame),
            totals AS (SELECT outlet, actor, sentences AS "of",
                    sum(sentences) OVER (PARTITION BY actor)::BIGINT AS everywhere
                FROM counted WHERE frame IS NULL)
            SELECT outlet, actor, frame, sentences, articles, "of", sentences / "of" AS share,
                everywhere
            FROM counted JOIN totals USING (outlet, actor) WHERE frame IS NOT NULL
            ORDER BY sentences DESC, outlet, actor, frame""",
            {**values, **where.values},
        )

    @remembered
    def frame_cues(self, scope: Scope, frame: str | None = None, limit: int = 500) -> pd.DataFrame:
        """Return the words that cued frames: outlet, frame, cue, count, articles.

        The most frequent come first; at most ``limit`` rows.
        """
        where = rows(scope)
        narrow, values = sentences_with(scope)
        if frame:
            where.add("frame = $frame", frame=frame)
        return self.ask(
            f"""SELECT outlet, frame, cue, sum(n)::BIGINT AS count, count(*) AS articles
            FROM (SELECT outlet, frame, cue, article_no, count(*) AS n
                FROM (SELECT * FROM frame_cues {where}) {narrow} GROUP BY ALL)
            GROUP BY outlet, frame, cue
            ORDER BY count DESC, outlet, frame, cue
            LIMIT {int(limit)}""",
            {**where.values, **values},
        )


def sentences_with(scope: Scope) -> tuple[str, dict[str, object]]:
    """Return a condition on rows with sentences: a mention that the scope selects is there."""
    if not (scope.actors or scope.voices or scope.kinds):
        return "", {}
    where = mentions(scope)
    inner = f"SELECT article_no, sentence_no FROM mentions {where}"
    return f"WHERE (article_no, sentence_no) IN ({inner})", where.values


def _counted(scope: Scope) -> tuple[str, dict[str, object]]:
    """Return a query of how many sentences of each article have a frame, with its values.

    Columns: article_no, outlet, grp, frame (NULL for all that count), sentences.
    """
    where = rows(scope)
    chosen = "SELECT article_no, outlet, grp, frame, {} AS sentences FROM {} {}"
    if not (scope.actors or scope.voices or scope.kinds):
        return chosen.format("sentences", "article_frames", where), where.values
    if len(scope.actors) == 1 and not scope.kinds:
        sentences = _voiced(scope)
        where.among("actor", "actor", scope.actors).add(f"{sentences} > 0")
        return chosen.format(sentences, "actor_frames", where), where.values
    narrow, values = sentences_with(scope)
    query = f"""SELECT article_no, outlet, grp, NULL::frame_t AS frame, count(*) AS sentences
        FROM (SELECT * FROM sentences {where}) JOIN places USING (article_no, outlet)
        {narrow} GROUP BY ALL
        UNION ALL SELECT article_no, outlet, grp, frame, count(*)
        FROM (SELECT * FROM frames {where}) {narrow} GROUP BY ALL"""
    return query, {**where.values, **values}


def _voiced(scope: Scope) -> str:
    """Return the column of `actor_frames` that counts sentences in the scope's voices."""
    return scope.voices[0] if len(set(scope.voices)) == 1 else "sentences"
