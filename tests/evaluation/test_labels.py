import json

import pytest

from kzdash.errors import InputError
from kzdash.evaluation.labels import read_labels

LINES = [
    {"article": "a", "n": 0, "text": "Mamin goes", "mentions": [
        {"actor": "mamin", "surface": "Mamin", "start": 0, "end": 5, "kind": "name", "stance": 0,
         "voice": "own", "speaker": None, "required": True}], "frames": ["diplomacy"]},
    {"article": "a", "n": 1, "text": "He left.", "mentions": [
        {"actor": "mamin", "surface": "He", "start": 0, "end": 2, "kind": "pronoun",
         "stance": None, "voice": "own", "speaker": None, "required": False}], "frames": []},
    {"article": "a", "n": 2, "text": "Nobody wept.", "mentions": [], "frames": []},
    {"article": "a", "n": 3, "text": "A heading", "mentions": [], "frames": []},
    {"article": "b", "n": 0, "text": "Other", "mentions": [], "frames": []},
]  # fmt: skip


@pytest.fixture
def labels(tmp_path):
    path = tmp_path / "labels.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in LINES), encoding="utf-8")
    return path


def test_articles_are_told_apart(labels):
    assert [one.article.article_id for one in read_labels(labels)] == ["a", "b"]


def test_offsets_quote_the_joined_text(labels):
    article = read_labels(labels)[0]
    text = article.article.text
    assert [text[m.start : m.end] for m in article.mentions] == ["Mamin", "He"]
    assert [text[s.start : s.end] for s in article.sentences] == [
        line["text"] for line in LINES[:4]
    ]


def test_title_and_headings_are_paragraphs_of_their_own(labels):
    text = read_labels(labels)[0].article.text
    assert text == "Mamin goes\n\nHe left. Nobody wept.\n\nA heading"


def test_paragraph_numbers_cut_paragraphs(tmp_path):
    path = tmp_path / "labels.jsonl"
    lines = [{**line, "paragraph": line["n"]} for line in LINES[:3]]
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    assert read_labels(path)[0].article.text == "Mamin goes\n\nHe left.\n\nNobody wept."


def test_a_catalogue_gives_outlet_and_date_by_a_like_title(labels, tmp_path):
    catalogue = tmp_path / "catalogue.csv"
    catalogue.write_text("title,outlet,published\nMamin goeѕ,wire,2022-01\n", encoding="utf-8")
    one, other = read_labels(labels, catalogue)
    assert (one.article.outlet_id, one.article.published) == ("wire", "2022-01")
    assert (other.article.outlet_id, other.article.published) == ("unknown", None)


def mention(**changes):
    return {"mentions": [{**LINES[1]["mentions"][0], **changes}]}


@pytest.mark.parametrize(
    "line",
    [
        "{", "[]", '{"article": "a", "n": 0}', "null",
        *(json.dumps({**LINES[1], **changes}) for changes in (
            {"text": 1}, {"n": "1"}, {"mentions": None}, {"mentions": [None]},
            {"mentions": [{}]}, {"frames": 3}, {"frames": [["a"]]},
            mention(start=-1), mention(end=0), mention(end=99), mention(start="0"),
            mention(actor=None), mention(kind="nickname"), mention(stance=2),
            mention(stance=[]), mention(voice="loud"),
        )),
    ],
)  # fmt: skip
def test_a_bad_line_is_named(tmp_path, line):
    path = tmp_path / "labels.jsonl"
    path.write_text(f"{json.dumps(LINES[0])}\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 2"):
        read_labels(path)


def test_a_line_without_its_text_says_what_to_copy(tmp_path):
    path = tmp_path / "labels.jsonl"
    path.write_text(json.dumps({**LINES[1], "text": None}), encoding="utf-8")
    with pytest.raises(InputError) as raised:
        read_labels(path)
    assert (raised.value.place, raised.value.finding) == (
        "labels.jsonl, line 1, text",
        "null: the line does not hold its sentence",
    )


def test_all_bad_lines_are_reported_and_the_good_ones_taken(tmp_path, registry):
    other = {**LINES[1], **mention(actor="tokaev")}
    strange = {**LINES[2], "frames_optional": ["gossip"]}
    path = tmp_path / "labels.jsonl"
    lines = [json.dumps(line) for line in (other, strange, LINES[0], LINES[0])]
    path.write_bytes("\n".join(lines).encode() + b"\n\xff{\n")
    errors: list[InputError] = []
    [article] = read_labels(path, registry=registry, report=errors.append)
    assert len(article.sentences) == 1
    assert len(errors) == 4
    assert [error.place[-1] for error in errors] == ["1", "2", "4", "5"]
    assert str(errors[0]) == (
        "labels.jsonl, line 1: actor tokaev is not in the registry, expected an id of "
        "actors.toml. Correct it or give --registry."
    )
    assert "frame gossip is not in the registry" in str(errors[1])


def test_lines_of_an_article_stand_in_any_order(labels, tmp_path):
    path = tmp_path / "mixed.jsonl"
    mixed = [LINES[n] for n in (3, 4, 0, 2, 1)]
    path.write_text("\n".join(json.dumps(line) for line in mixed), encoding="utf-8")
    texts = {one.article.article_id: one.article.text for one in read_labels(path)}
    assert texts == {one.article.article_id: one.article.text for one in read_labels(labels)}


def test_two_lines_of_one_sentence_are_refused(tmp_path):
    path = tmp_path / "labels.jsonl"
    path.write_text("\n".join(json.dumps(LINES[n]) for n in (0, 1, 4, 1)), encoding="utf-8")
    with pytest.raises(InputError, match="line 4: its sentence stands in an earlier line"):
        read_labels(path)


def test_what_is_null_was_not_judged(tmp_path):
    path = tmp_path / "labels.jsonl"
    line = {**LINES[1], **mention(voice=None), "frames": None}
    path.write_text(json.dumps(line), encoding="utf-8")
    [sentence] = read_labels(path)[0].sentences
    assert (sentence.frames, sentence.mentions[0].voice) == (None, None)
