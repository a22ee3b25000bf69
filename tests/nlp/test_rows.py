import dataclasses
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzdash.nlp import pipeline
from kzdash.nlp.pipeline import CHUNK, _pieces, analyse, load
from kzdash.schema import TABLES, Article, arrow_schema, to_table

TEXT = (
    "Mamin leaves Astana\n\n"
    "President Tokayev praised the loyal Askar Mamin on Monday, although many critics of the "
    "government had long called him a failure. “He served Kazakhstan well,” Tokayev said.\n\n"
    "Russia welcomed the decision. Il governo non ha commentato la decisione del presidente, "
    "che era attesa da tempo.\n\n"
    "Сегодня президент подписал указ об отставке правительства и назначил нового премьера."
)


@pytest.fixture(scope="module")
def nlp():
    return load()


@pytest.fixture(scope="module")
def rows(nlp):
    article = Article("a-1", "steppe-courier", "Mamin leaves Astana", TEXT, "2022-01-05")
    return next(analyse(nlp, [article]))


def test_every_mention_quotes_its_text(rows):
    assert rows.mentions
    assert [TEXT[m.start : m.end] for m in rows.mentions] == [m.surface for m in rows.mentions]


def test_the_known_actors_are_found(rows):
    assert {"tokayev", "mamin", "kazakhstan", "russia"} <= {m.actor_id for m in rows.mentions}


def test_mentions_never_overlap(rows):
    spans = [(m.start, m.end) for m in rows.mentions]
    assert all(one[1] <= two[0] for one, two in itertools.pairwise(spans))


def test_the_title_is_sentence_0_of_paragraph_0(rows):
    first = rows.sentences[0]
    assert (first.sentence_no, first.paragraph_no) == (0, 0)
    assert TEXT[first.start : first.end] == "Mamin leaves Astana"


def test_sentences_quote_their_text_without_white_space(rows):
    quoted = [TEXT[s.start : s.end] for s in rows.sentences]
    assert all(text and text == text.strip() for text in quoted)
    assert [s.sentence_no for s in rows.sentences] == list(range(len(quoted)))


def test_paragraphs_are_numbered_as_they_stand(rows):
    number = {TEXT[s.start : s.end]: s.paragraph_no for s in rows.sentences}
    assert number["Russia welcomed the decision."] == 2


def test_a_mention_stands_in_its_sentence(rows):
    places = {s.sentence_no: (s.start, s.end) for s in rows.sentences}
    for mention in rows.mentions:
        start, end = places[mention.sentence_no]
        assert start <= mention.start < mention.end <= end


def test_probabilities_sum_to_one_and_give_the_stance(rows):
    scored = [m for m in rows.mentions if m.stance is not None]
    assert scored
    for m in scored:
        assert m.p_negative + m.p_neutral + m.p_positive == pytest.approx(1, abs=2e-4)
        assert m.stance == pytest.approx(m.p_positive - m.p_negative, abs=2e-4)


def test_what_is_not_scored_has_a_reason(rows):
    assert all((m.stance is None) == (m.stance_reason is not None) for m in rows.mentions)


def test_a_foreign_paragraph_has_no_sentiment(rows):
    last = rows.sentences[-1]
    assert last.sentiment is None


def test_only_long_sentences_have_fragments(rows):
    for s in rows.sentences:
        assert s.fragment_start is None or s.words >= 18
        assert (s.fragment_start is None) == (s.fragment_end is None)


def test_a_fragment_is_a_small_part_of_its_sentence(rows):
    long = [s for s in rows.sentences if s.fragment_start]
    assert long
    for s in long:
        words = len(s.fragment_start.split()) + len(s.fragment_end.split())
        assert words <= s.words / 3


@pytest.mark.parametrize("table", TABLES)
def test_rows_fit_their_arrow_schema(rows, table):
    made = to_table(TABLES[table], rows.tables()[table])
    assert made.schema.equals(arrow_schema(TABLES[table]))
    assert made.num_rows == len(rows.tables()[table])


@pytest.mark.parametrize("table", TABLES)
def test_keys_are_unique(rows, table):
    keys = [tuple(getattr(row, k) for k in TABLES[table].key) for row in rows.tables()[table]]
    assert len(set(keys)) == len(keys)


def test_an_article_is_analysed_alike_in_any_company(nlp, rows):
    article = Article("a-1", "steppe-courier", "Mamin leaves Astana", TEXT, "2022-01-05")
    others = [dataclasses.replace(article, article_id=f"b-{n}") for n in range(9)]
    again = list(analyse(nlp, [*others, article]))[-1]
    assert again == rows


def test_an_article_without_a_date_has_no_precision(nlp):
    row = next(analyse(nlp, [Article("b", "o", "Title", "Title\n\nNothing happened.")])).article
    assert (row.published, row.published_precision) == (None, None)


@pytest.mark.parametrize("text", ["One", "One\n\nx", "1\n\n2", "…"])
def test_tiny_articles_give_rows(nlp, text):
    assert next(analyse(nlp, [Article("b", "o", text, text)])).article.sentences >= 1


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(["word ", "a\n\n", "x" * 999, " ", "end. "]), max_size=300))
def test_pieces_joined_are_the_text(parts):
    text = "".join(parts)
    pieces = list(_pieces(text))
    assert "".join(pieces) == text
    assert all(len(piece) <= CHUNK for piece in pieces)


@pytest.mark.parametrize("heading", ["The trial", "Who rules in Karakent?", "January: a timeline"])
@pytest.mark.parametrize("lead", ["Karim Masimov lied.", "Russia sent troops to Kazakhstan."])
def test_a_heading_changes_nothing_in_the_sentence_after_it(nlp, heading, lead):
    text = f"{heading}\n\n{lead}\n\nNobody slept.\n\nThe next day\n\n{lead}"
    rows = next(analyse(nlp, [Article("a", "o", heading, text, "2022-02-10")]))
    assert [text[s.start : s.end] for s in rows.sentences[1::3]] == [lead, lead]
    first, second = ([m for m in rows.mentions if m.sentence_no == n] for n in (1, 4))
    assert [m.surface for m in first] == [m.surface for m in second] != []
    assert [m.role for m in first] == [m.role for m in second]


def test_a_pronoun_still_sees_the_title(nlp):
    text = "Masimov on trial\n\nHe denied everything."
    rows = next(analyse(nlp, [Article("a", "o", "Masimov on trial", text, "2022-02-10")]))
    assert [(m.surface, m.actor_id) for m in rows.mentions][-1] == ("He", "masimov")


def test_a_long_article_is_measured_whole(nlp, monkeypatch):
    monkeypatch.setattr(pipeline, "CHUNK", 1_000)
    body = "\n\n".join(["Tokayev met Putin in Moscow."] * 80)
    assert len(list(pipeline._chunks(body))) > 1
    rows = next(analyse(nlp, [Article("long", "o", "Long", f"Long\n\n{body}", "2022-02-10")]))
    text = f"Long\n\n{body}"
    assert {text[m.start : m.end] for m in rows.mentions} == {"Tokayev", "Putin"}
    assert len(rows.mentions) == 2 * body.count("Tokayev")
