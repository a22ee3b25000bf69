import pytest

from kzdash.nlp.cue_words import cue_words


def words(text, *names):
    places = [(text.index(name), text.index(name) + len(name)) for name in names]
    return [word for word, _ in cue_words(text, (0, len(text)), places)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("But only since then has he been out against it.", [], id="function words"),
        pytest.param(
            "He never, hardly or not helped.", ["never", "hardly", "not", "helped"], id="negations"
        ),
        pytest.param("The president and prime minister said it.", [], id="offices and saying"),
        pytest.param("The president’s greed grew.", ["greed", "grew"], id="an office’s"),
        pytest.param("It cost 300 million in 2019.", ["cost"], id="figures"),
        pytest.param("Honest people left Almaty.", ["Honest", "people", "left"], id="names"),
        pytest.param(
            "He left. Greedy sons stayed.",
            ["left", "Greedy", "sons", "stayed"],
            id="a second sentence",
        ),
        pytest.param(
            "Greedy Sons Ruin Valley", ["Greedy", "Sons", "Ruin", "Valley"], id="a headline"
        ),
    ],
)
def test_words_that_evaluate_may_be_cues(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Special Envoy Aru Sat lied.", ["lied"], id="two words at the start"),
        pytest.param("President Aru Sat lied.", ["lied"], id="an office"),
        pytest.param("The Kazakh Leader Aru Sat lied.", ["lied"], id="inside"),
        pytest.param("Corrupt Aru Sat lied.", ["Corrupt", "lied"], id="an adjective"),
    ],
)
def test_titles_and_names_of_an_actor_are_none(text, expected):
    assert words(text, "Aru Sat") == expected


def test_words_outside_or_across_the_window_are_left_out():
    text = "greedy lazy vain"
    assert [word for word, _ in cue_words(text, (2, 13), [])] == ["lazy"]


def test_places_are_those_of_the_words():
    text = "a lazy, vain man"
    assert [text[a:b] for _, (a, b) in cue_words(text, (0, len(text)), [])] == [
        "lazy",
        "vain",
        "man",
    ]
