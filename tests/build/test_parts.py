"""Parts: what their keys stand for, and where they end."""

from dataclasses import replace

import pytest

from benchmarks import fakes
from kzdash.build.parts import (
    LARGEST,
    Analysis,
    Part,
    ends_part,
    input_hash,
    part_key,
    pieces,
    whole,
)


@pytest.mark.parametrize(
    "field", ["article_id", "outlet_id", "title", "text", "published", "author", "url", "language"]
)
def test_the_input_hash_changes_with_every_field(field):
    article = fakes.article(1)
    assert input_hash(article) != input_hash(replace(article, **{field: "changed"}))


def test_the_input_hash_does_not_depend_on_where_an_article_was_read():
    assert input_hash(fakes.article(1)) == input_hash(fakes.article(1, place="elsewhere"))


def test_the_key_of_a_part_stands_for_articles_and_pipeline():
    keys = {part_key("p", ["a", "b"]), part_key("p", ["b", "a"]), part_key("q", ["a", "b"])}
    assert len(keys) == 3


def test_an_article_more_changes_few_parts():
    def ends(hashes):
        count, found = 0, []
        for hashed in hashes:
            count += 1
            if ends_part(count, hashed):
                found.append(hashed)
                count = 0
        return set(found)

    hashes = [input_hash(article) for article in fakes.articles(2_000)]
    before, after = ends(hashes), ends([input_hash(fakes.article(9_999)), *hashes])
    assert len(before) >= 2_000 / LARGEST
    assert len(before ^ after) <= 4


def test_an_article_that_fails_costs_none_of_its_neighbours():
    articles = [fakes.article(1), fakes.article(2, "RAISES"), fakes.article(3)]
    done = Analysis(load=fakes.load)(articles)
    assert done.tables["articles"]["article_id"].to_pylist() == ["a00001", "a00003"]
    assert done.failed == (("a00002", "cannot be analysed (ValueError)"),)


def test_rows_carry_the_input_hash():
    done = Analysis(load=fakes.load)([fakes.article(1)])
    assert done.tables["articles"]["input_hash"].to_pylist() == [input_hash(fakes.article(1))]


def test_pieces_hold_every_article_once_under_keys_of_their_own():
    part = Part("key", tuple(fakes.articles(3)))
    cut = pieces(part)
    assert [piece.articles for piece in cut] == [(article,) for article in part.articles]
    assert {whole(piece.key) for piece in cut} == {"key"}
    assert len({piece.key for piece in cut} | {part.key}) == 4
