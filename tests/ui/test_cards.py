"""Evidence cards, marked articles."""

import pytest

from kzdash.ui import stance_figures
from kzdash.ui.cards import copies, mark, stance_words

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


def test_the_bar_of_probabilities_leaves_its_colours_to_the_style_sheet():
    p = {"p_negative": 0.2, "p_neutral": 0.7, "p_positive": 0.1}
    shown = stance_words({**ROW, **p, "stance": -0.1, "sentiment": 0.0, "cues": []})
    assert '<i class="negative" style="width:20%"></i>' in shown
    assert "background" not in shown


@pytest.mark.parametrize(
    ("code", "said"),
    [("it", "from Italian"), ("zh-CN", "from Chinese"), ("xx", "from xx"), ("<b>", "from &lt;b")],
)
def test_a_translation_names_its_language_in_words(code, said):
    assert f"translated {said}" in copies(None, {"translated_from": code})


@pytest.mark.parametrize(
    ("share", "least", "said"),
    [
        (0.496, 0.5, "49.6"),
        (0.49999, 0.5, "49.9"),
        (0.5, 0.5, "50"),
        (0.44, 0.5, "44"),
        (0.496, None, "50"),
    ],
)
def test_a_probability_does_not_round_up_to_the_threshold(share, least, said, monkeypatch):
    monkeypatch.setattr(stance_figures, "threshold", lambda: least)
    p = {"p_negative": share, "p_neutral": 0.4, "p_positive": 0.1}
    words = stance_words({**ROW, **p, "stance": 0.1, "sentiment": 0.0, "cues": []})
    assert f"negative {said}\u00a0%, neutral 40\u00a0%" in words


@pytest.mark.parametrize(
    ("shares", "least", "said"),
    [
        pytest.param((0.3, 0.25, 0.45), 0.5, True, id="below"),
        pytest.param((0.1, 0.55, 0.35), 0.5, True, id="below, another label above"),
        pytest.param((0.3, 0.2, 0.5), 0.5, False, id="at the threshold"),
        pytest.param((0.1, 0.1, 0.8), 0.5, False, id="above"),
        pytest.param((0.3, 0.25, 0.45), None, False, id="no threshold known"),
        pytest.param((None, None, None), 0.5, False, id="no probabilities"),
    ],
)
def test_a_label_below_the_threshold_is_called_unsure(shares, least, said, monkeypatch):
    monkeypatch.setattr(stance_figures, "threshold", lambda: least)
    p = dict(zip(("p_negative", "p_neutral", "p_positive"), shares, strict=True))
    row = {**ROW, **p, "stance": 0.1, "sentiment": 0.0, "cues": []}
    words = stance_words(row)
    assert ("unsure: below 50\u00a0%" in words) is said
    assert ("leave the label open" in words) is said
