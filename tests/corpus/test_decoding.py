"""Decoding: the encoding that the bytes are in, whatever they claim."""

import pytest
from samples import BODY, HEAD, Take

from kzdash.corpus.decoding import decode
from kzdash.errors import InputError

ENGLISH = "The minister’s “plan” – a café talk – was déjà vu for Zürich.\n"
RUSSIAN = "Президент Токаев выступил в Астане. Правительство подготовило доклад.\n"
MIXED = "The weekly Наша Газета wrote about it on Friday.\n"


@pytest.mark.parametrize(
    ("text", "encoding", "expected"),
    [
        pytest.param(ENGLISH, "utf-8", "utf-8", id="UTF-8"),
        pytest.param(ENGLISH, "utf-8-sig", "utf-8", id="UTF-8 with mark"),
        pytest.param(ENGLISH, "utf-16", "utf-16-le", id="UTF-16 with mark"),
        pytest.param(ENGLISH, "utf-16-le", "utf-16-le", id="UTF-16 little endian, no mark"),
        pytest.param(ENGLISH, "utf-16-be", "utf-16-be", id="UTF-16 big endian, no mark"),
        pytest.param(ENGLISH, "utf-32", "utf-32-le", id="UTF-32 with mark"),
        pytest.param(ENGLISH, "cp1252", "windows-1252", id="windows-1252"),
        pytest.param(RUSSIAN, "cp1251", "windows-1251", id="windows-1251"),
        pytest.param(MIXED, "cp1251", "windows-1251", id="windows-1251, mostly English"),
        pytest.param("“Quoted” – only marks", "cp1252", "windows-1252", id="marks only"),
        pytest.param("", "utf-8", "utf-8", id="nothing"),
    ],
)
def test_decode_finds_the_encoding(text: str, encoding: str, expected: str) -> None:
    decoded = decode(text.encode(encoding), "a.txt")
    assert (decoded.text, decoded.encoding) == (text, expected)


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        pytest.param("windows-1251", "utf-8", id="says 1251, is UTF-8"),
        pytest.param("utf-8", "cp1251", id="says UTF-8, is 1251"),
        pytest.param("iso-8859-1", "cp1251", id="says Latin 1, is 1251"),
        pytest.param("no-such-charset", "cp1251", id="says nonsense"),
        pytest.param("rot13", "cp1251", id="says what is no charset"),
        pytest.param("koi8-r", "koi8-r", id="says the truth"),
    ],
)
def test_decode_believes_the_bytes(declared: str, encoding: str) -> None:
    assert decode(RUSSIAN.encode(encoding), "a.html", declared).text == RUSSIAN


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"Plain words and \xff\xfe\xfd in the middle.", id="bytes of no encoding"),
        pytest.param("Caf\u00e9 and ".encode() + b"\xe9 broken.", id="UTF-8 with one bad byte"),
        pytest.param("Қазақстан туралы".encode()[:-1] + b".", id="UTF-8 cut inside a letter"),
        pytest.param(RUSSIAN.encode("koi8-r"), id="KOI8-R that does not say so"),
        pytest.param(RUSSIAN.encode("cp866"), id="cp866"),
        pytest.param("日本語の文章です。".encode("shift_jis"), id="Shift JIS"),
        pytest.param("a\ud800".encode("utf-16-le", "surrogatepass") * 9, id="UTF-16, halved"),
        pytest.param(b"\xff\xfea", id="UTF-16, odd"),
        pytest.param(bytes(range(256)) * 4, id="all bytes"),
        pytest.param(b"\x00" * 500, id="zeros"),
        pytest.param(b"%PDF-1.7 \n words", id="PDF"),
        pytest.param(b"PK\x03\x04 words", id="zip"),
        pytest.param(b"Words \x01\x02\x03\x04\x05\x06\x07\x00\x01 here", id="controls"),
        pytest.param("Words \ufffd\ufffd\ufffd\ufffd here".encode(), id="letters lost before"),
    ],
)
def test_decode_refuses_what_it_would_have_to_guess(data: bytes) -> None:
    with pytest.raises(InputError) as error:
        decode(data, "a.txt")
    assert error.value.place == "a.txt"
    assert error.value.remedy


def test_other_encoding_is_noted_with_the_place(take_file: Take) -> None:
    [article] = take_file("a.md", (HEAD + "A café in Almaty was “full”.").encode("cp1252")).articles
    assert article.text.endswith("A café in Almaty was “full”.")
    assert article.place.endswith("a.md (read as windows-1252)")


@pytest.mark.parametrize("end", ["\r", "\r\n", "\u2028"])
def test_front_matter_with_other_line_ends(take_file: Take, end: str) -> None:
    [article] = take_file("a.md", (HEAD + BODY).replace("\n", end)).articles
    assert article.text.endswith(BODY)


def test_single_zero_byte_does_not_cost_the_article(take_file: Take) -> None:
    [article] = take_file("a.md", HEAD + BODY.replace("train", "tra\0in")).articles
    assert article.text.endswith(BODY)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty"),
        (b" \n\n", "the file is empty"),
        (b"\xef\xbb\xbf", "front matter"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
    ],
)
def test_empty_and_binary_files_are_named(take_file: Take, content: bytes, reason: str) -> None:
    assert reason in take_file("a.md", content).reasons[0]
