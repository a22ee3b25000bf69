"""Lines for label files that readers make."""

import json

import pytest

from kzdash.evaluation.labels import read_labels
from kzdash.ui.correction import label_line

TEXT = "Tokayev spoke of Russia."
ROW = {
    "article_id": "a1", "sentence_no": 3, "actor": "tokayev", "surface": "Tokayev",
    "start": 20, "end": 27, "sentence_start": 20, "kind": "name",
    "stance_label": "positive", "voice": "quoted", "speaker": "his lawyer", "sentence": TEXT,
    "frames": ["diplomacy"], "outlet": "rt", "published": "2022-01", "url": "https://rt.example/1",
}  # fmt: skip
OTHER = {**ROW, "actor": "russia", "surface": "Russia", "start": 37, "end": 43}
RIGHT = {"actor": "tokayev", "kind": "name", "stance": -1, "voice": "own", "speaker": "his lawyer"}


def made(row=ROW, right=RIGHT, others=(OTHER,), **more):
    return json.loads(label_line(row, right, others, **more))


def test_a_line_has_the_fields_of_a_label_file_and_what_was_chosen():
    line = made(paragraph=2)
    assert [line[name] for name in ("article", "n", "paragraph", "text", "outlet", "date")] == [
        "a1",
        3,
        2,
        TEXT,
        "rt",
        "2022-01",
    ]
    assert line["mentions"][0] == {
        "actor": "tokayev", "surface": "Tokayev", "start": 0, "end": 7, "kind": "name",
        "stance": -1, "voice": "own", "speaker": None, "required": True,
    }  # fmt: skip


def test_what_nobody_confirmed_is_not_asserted():
    line = made()
    other = line["mentions"][1]
    assert line["frames"] is None
    assert (other["stance"], other["voice"], other["speaker"]) == (None, None, None)
    assert not other["required"]


def test_a_sentence_judged_whole_has_its_other_labels_and_frames():
    line = made(frames=["security"])
    other = line["mentions"][1]
    assert line["frames"] == ["security"]
    assert (other["stance"], other["voice"], other["speaker"]) == (1, "quoted", "his lawyer")
    assert other["required"]


def test_what_is_no_mention_is_left_out():
    assert [m["actor"] for m in made(right=None)["mentions"]] == ["russia"]


def test_without_the_text_the_line_says_where_the_sentence_stands():
    line = made(row={**ROW, "sentence": None})
    assert (line["text"], line["url"]) == (None, "https://rt.example/1")


@pytest.mark.parametrize("right", [RIGHT, None])
@pytest.mark.parametrize("frames", [None, [], ["security"]])
def test_lines_are_read_as_labels(tmp_path, right, frames):
    path = tmp_path / "labels.jsonl"
    path.write_text(label_line(ROW, right, [OTHER], frames=frames), encoding="utf-8")
    [article] = read_labels(path)
    found = [article.article.text[m.start : m.end] for m in article.mentions]
    assert found == (["Tokayev", "Russia"] if right else ["Russia"])
    assert (article.article.outlet_id, article.article.published) == ("rt", "2022-01")
