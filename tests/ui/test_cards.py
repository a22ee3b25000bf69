"""Evidence cards, marked articles, corrected labels."""

import json

import pytest

from kzdash.ui.cards import label_line, mark

ROW = {
    "article_id": "a1", "sentence_no": 3, "actor": "tokayev", "surface": "Tokayev",
    "start": 20, "end": 27, "sentence_start": 20, "kind": "name",
    "stance_label": "positive", "voice": "quoted",
    "speaker": None, "sentence": "Tokayev spoke.", "frames": ["diplomacy"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "spans", "shown"),
    [
        pytest.param("a <b>", [(0, 1, "negative", "")],
                     '<mark class="kz negative">a</mark> &lt;b&gt;', id="text is escaped"),
        pytest.param("<b>", [(0, 3, 'x" onload="y', '"><script>')],
                     '<mark class="kz neutral" title="&quot;&gt;&lt;script&gt;">&lt;b&gt;</mark>',
                     id="classes and tooltips are safe"),
        pytest.param("abcd", [(0, 3, "neutral", ""), (1, 4, "neutral", "")],
                     '<mark class="kz neutral">abc</mark>d', id="overlap"),
        pytest.param("ab", [(1, 9, "neutral", "")], "ab", id="span beyond the text"),
        pytest.param("", [], "", id="no text"),
    ],
)  # fmt: skip
def test_mark(text, spans, shown):
    assert mark(text, spans) == shown


def test_label_line_has_the_fields_of_a_label_file():
    line = json.loads(label_line(ROW, stance=-1))
    assert line["mentions"] == [
        {"actor": "tokayev", "surface": "Tokayev", "start": 0, "end": 7, "kind": "name",
         "stance": -1, "voice": "quoted", "speaker": None, "required": True},
    ]  # fmt: skip
    assert (line["article"], line["n"], line["text"]) == ("a1", 3, "Tokayev spoke.")


def test_label_line_without_the_text_names_the_sentence_by_its_fingerprint():
    line = json.loads(label_line({**ROW, "sentence": None, "fingerprint": "f00"}))
    assert (line["text"], line["fingerprint"]) == (None, "f00")
