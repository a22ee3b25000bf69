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
    "text",
    [
        "Наша Газета", "МИД", "США", "Жизнь", "Объём", "Почему бы и нет?", "ЕАЭС и ОДКБ",
        "КазТАГ: рост ВВП", "ЛокоТех", "ЛЭП 500 кВ, насос на 10 кВт", "Подъезд № 5: вход закрыт",
        "ПРЕЗИДЕНТ ОМАРОВ ВЫСТУПИЛ В СЕМЕЕ", "«Коммерсантъ» – газета", "Её брат живёт в Ёлкине.",
        "Рыбаки нашли старую лодку у берега озера, и о ней рассказал «Степной вестник».",
        "Казак тілі туралы зан жобасы жарияланды.", "Егемен дала",
        "Найстаріші ґудзики знайшли в долині ріки.", "Прэзідэнт сустрэўся з міністрамі.",
        "Председник се састао са министрима у понедељак. Џон и Ђорђе су дошли.",
        "The agency (КазТАГ) said on Friday that “по ту сторону” was its motto.",
    ],
)  # fmt: skip
def test_decode_takes_windows_1251(text: str) -> None:
    decoded = decode(text.encode("cp1251"), "a.txt")
    assert (decoded.text, decoded.encoding) == (text, "windows-1251")


@pytest.mark.parametrize(
    "text",
    [
        "L’École des Mines, à Sèvres, près de l’Élysée.", "Un bel été, même au cœur de l’île.",
        "été", "à", "El señor Peña dijo: «¡Mañana, no!» ¿Y tú?", "ESPAÑA Y CATALUÑA", "Núñez",
        "Straße, Größe, „Süddeutsche“ – Übung", "MÜNCHEN. GRÜSSE", "São Paulo, ações, irmãs",
        "Bjørn aß smørrebrød in Ålesund", "Päätös: hää, älä, jäädä, hyvä, tämä, kyllä", "Caffè è",
        "100 km² and 5 m³ at 20 °C, ½ cup, £5m, a £bn deal, ¥bn", "Mª Ángeles, nº 5",
        "Poblacht na hÉireann", "It´s l´homme", "“…but” well…so", "Kazakhstan™ Corp® © Reuters",
        "A claim.² ²The source",
    ],
)  # fmt: skip
def test_decode_takes_windows_1252(text: str) -> None:
    decoded = decode(text.encode("cp1252"), "a.txt")
    assert (decoded.text, decoded.encoding) == (text, "windows-1252")


GREEK = "Ο πρόεδρος συναντήθηκε με τους υπουργούς."
HEBREW = "הנשיא נפגש עם השרים ביום שני ודיבר על מים"
ARABIC = "التقى الرئيس بالوزراء يوم الاثنين وتحدث عن المياه"
CHINESE = "总统星期一会见了部长们。他们讨论了水和贸易问题。"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((RUSSIAN, name) for name in ("koi8-r", "iso8859-5", "mac_cyrillic", "cp866")),
        *(("ПРЕЗИДЕНТ ОМАРОВ ВЫСТУПИЛ", name) for name in ("koi8-r", "iso8859-5", "cp866")),
        ("Да, нет, наверное!", "koi8-r"), ("Казак тілі туралы зан жобасы", "koi8-u"),
        (GREEK, "cp1253"), (GREEK, "iso8859-7"), ("Καλημέρα Αθήνα", "cp1253"),
        (HEBREW, "cp1255"), (ARABIC, "cp1256"), (ARABIC, "iso8859-6"), (CHINESE, "gbk"),
        *(("Lech Wałęsa came.", name) for name in ("cp1250", "iso8859-2")),
        *(("Omarov met Kaczyński in Łódź.", name) for name in ("cp1250", "iso8859-2")),
        ("Książka pod lupą", "iso8859-2"), ("Vučić", "cp1250"), ("Dvořák", "cp1250"),
        ("Bucureşti", "cp1250"), ("Erdoğan met Omarov.", "iso8859-9"),
        ("Yıldırım", "cp1254"), ("Şimşek", "cp1254"), ("Omarov’s “plan” – so", "mac_roman"),
        ("A café owner", "cp850"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["{}", "The weekly wrote on Friday: {} Nobody was late."])
def test_decode_refuses_other_alphabets(text: str, encoding: str, form: str) -> None:
    with pytest.raises(InputError, match="is not UTF-8"):
        decode(form.format(text).encode(encoding), "a.txt")


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


def test_other_encoding_is_noted(take_file: Take) -> None:
    [article] = take_file("a.md", (HEAD + "A café in Almaty was “full”.").encode("cp1252")).articles
    assert article.text.endswith("A café in Almaty was “full”.")
    assert article.notes == ("read as windows-1252",)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", '{"outlet": "O", "title": "T", "date": "2024", "text": "A café of Almaty."}\n'),
        ("a.json", '[{"outlet": "O", "title": "T", "date": "2024", "text": "A café of Almaty."}]'),
        ("a.csv", "outlet,title,date,text\nO,T,2024,A café of Almaty.\n"),
    ],
)
def test_other_encoding_of_a_table_is_noted(take_file: Take, name: str, content: str) -> None:
    [article] = take_file(name, content.encode("cp1252")).articles
    assert article.notes == ("read as windows-1252",)


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
        (b"\0\0\n\0", "the file holds nothing but null bytes"),
        (b"\xef\xbb\xbf", "front matter"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
    ],
)
def test_empty_and_binary_files_are_named(take_file: Take, content: bytes, reason: str) -> None:
    assert reason in take_file("a.md", content).reasons[0]
