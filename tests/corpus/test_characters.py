"""Characters: what is removed, what stays, what a message may show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzdash.corpus.characters import cleaned, has_lone_surrogate, likeness, one_line, shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a\r\nb\rc\u2028d\x0be\x0cf", "a\nb\nc\nd\ne\nf", id="line ends"),
        pytest.param("a\u2029b", "a\n\nb", id="paragraph separator"),
        pytest.param("To\u200bka\u00adyev\u2060", "Tokayev", id="zero width and soft hyphen"),
        pytest.param("\u202eveyakoT\u202c \u2066x\u2069", "veyakoT x", id="bidirectional"),
        pytest.param("a\x00b\x07c\x1b[31md\x1b[0m", "abcd", id="controls and colours"),
        pytest.param("\x93Yes\x94 \x96 \x85", "“Yes” – …", id="C1 as windows-1252"),
        pytest.param("Nur\u00a0Sultan\u2009city\u3000x\ty", "Nur Sultan city x y", id="spaces"),
        pytest.param("Azattyk\ufe0f\U000e0041", "Azattyk", id="selectors and tags"),
        pytest.param("cafe\u0301", "café", id="composed"),
        pytest.param("T\u0336o\u0336k", "Tok", id="strike-through marks"),
        pytest.param("T\u0316\u0317\u0318\u0319ok", "Tok", id="a pile"),
        pytest.param("é\u0316\u0317\u0318n", "en", id="a pile on a composed letter"),
        pytest.param("\u0301\u0302x", "x", id="a pile on nothing"),
        pytest.param("Ｔokayev", "Ｔokayev", id="full width stays"),
        pytest.param("Тokayev", "Тokayev", id="look-alikes stay"),
        pytest.param("O’Neil ʻOq", "O’Neil ʻOq", id="apostrophes stay"),
        pytest.param("สวัสดี नमस्ते مَرحبا", "สวัสดี नमस्ते مَرحبا", id="marks of other scripts"),
        pytest.param("\ufffe\uffff\ufdd0", "", id="noncharacters"),
    ],
)
def test_cleaned(text: str, expected: str) -> None:
    assert cleaned(text) == expected


@given(st.text())
def test_cleaned_text_is_clean(text: str) -> None:
    once = cleaned(text)
    assert cleaned(once) == once
    assert not set(once) & set("\r\x00\x1b\u200b\u202e\u00ad\ufeff\u00a0")


@pytest.mark.usefixtures("soon")
def test_cleaned_is_linear_in_a_pile() -> None:
    assert cleaned("a" + "\u0301" * 1_000_000 + "b") == "ab"


def test_one_line() -> None:
    assert one_line("  a \n\n b\u00a0c ") == "a b c"


@pytest.mark.parametrize(
    ("text", "expected"), [("\ud800", True), ("a\udcffb", True), ("😀", False)]
)
def test_has_lone_surrogate(text: str, expected: bool) -> None:
    assert has_lone_surrogate(text) is expected


def test_likeness_ignores_look_alikes_case_and_punctuation() -> None:
    assert likeness("Visit to the USА: “why”?") == likeness("visit to the USA – why")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.md", "a.md"),
        ("a\nb", "a\\nb"),
        ("\u202egpj", "\\u202egpj"),
        ("\udcff", "\\udcff"),
        ("әңгіме.md", "әңгіме.md"),
    ],
)
def test_shown_escapes_what_could_mislead(name: str, expected: str) -> None:
    assert shown(name) == expected


def test_shown_is_short() -> None:
    assert len(shown("x" * 1_000_000)) <= 121
