"""Reading: kinds of input, folders, the standard input, order."""

import json
import os
import socket
from pathlib import Path

import pytest
from samples import BODY, HEAD, Take

from kzdash.corpus import Limits, Rejection, read, reading
from kzdash.errors import RegistryError

FIELDS = {"outlet": "Steppe Post", "title": "Rail line opens", "date": "2023-05-04", "text": BODY}
TEXT = f"Rail line opens\n\n{BODY}"
TABLE = f'outlet,title,date,text\nSteppe Post,Rail line opens,2023-05-04,"{BODY}"\n'
PAGE = (
    '<html><head><meta property="og:title" content="Rail line opens">'
    '<meta property="og:site_name" content="Steppe Post">'
    '<meta property="article:published_time" content="2023-05-04T10:00:00Z"></head>'
    f"<body><article><h1>Rail line opens</h1><p>{BODY}</p></article></body></html>"
)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("a.md", HEAD + BODY, id="markdown"),
        pytest.param("a.txt", HEAD + BODY, id="text with front matter"),
        pytest.param("a.jsonl", json.dumps(FIELDS), id="JSONL"),
        pytest.param("a.json", json.dumps([FIELDS], indent=1), id="JSON list"),
        pytest.param("a.json", json.dumps(FIELDS, indent=1), id="JSON object"),
        pytest.param("a.csv", TABLE, id="CSV"),
        pytest.param("a.tsv", TABLE.replace(",", "\t"), id="TSV"),
        pytest.param("a.html", PAGE, id="HTML"),
    ],
)
def test_reading_takes_each_kind(take_file: Take, name: str, content: str) -> None:
    taken = take_file(name, content)
    assert taken.reasons == []
    [article] = taken.articles
    assert (article.outlet_id, article.published) == ("steppe-post", "2023-05-04")
    assert article.text == TEXT


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(HEAD + BODY, id="front matter"),
        pytest.param(json.dumps(FIELDS), id="JSONL"),
        pytest.param(json.dumps([FIELDS]), id="JSON list"),
        pytest.param(TABLE, id="CSV"),
        pytest.param("\ufeff" + TABLE.replace(",", ";"), id="CSV with semicolons and a mark"),
        pytest.param("\n " + PAGE, id="HTML"),
    ],
)
def test_reading_sniffs_the_standard_input(take: Take, content: str) -> None:
    taken = take(content.encode())
    assert (taken.texts, taken.reasons) == ([TEXT], [])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0", "PNG", id="picture"),
        pytest.param(b"just some words", "no column", id="neither of the kinds"),
    ],
)
def test_reading_refuses_other_standard_input(take: Take, content: bytes, reason: str) -> None:
    taken = take(content)
    assert taken.articles == []
    assert reason in taken.reasons[0]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("nothing.md", id="no such file"),
        pytest.param("", id="no name"),
        pytest.param("a\0b", id="zero byte"),
        pytest.param("x" * 5_000, id="a name too long"),
        pytest.param("file:///nothing/here.md", id="no such file address"),
    ],
)
def test_reading_names_an_input_that_does_not_exist(take: Take, tmp_path: Path, name: str) -> None:
    (tmp_path / "a.md").write_text(HEAD + BODY)
    taken = take(tmp_path / "a.md", name)
    assert taken.texts == [TEXT]
    assert len(taken.reasons) == 1


@pytest.mark.parametrize(("name", "content"), [("a.docx", "PK"), ("a.pdf", "%PDF"), ("a.odt", "a")])
def test_reading_names_a_document_given_alone_once(
    take_file: Take, name: str, content: str
) -> None:
    [reason] = take_file(name, content).reasons
    assert "of a kind that is not read" in reason


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("a.jsonl", "", id="empty JSONL"),
        pytest.param("a.jsonl", "\n \n", id="blank lines"),
        pytest.param("a.json", "[]", id="empty list"),
        pytest.param("a.csv", "outlet,title,date,text\n", id="header alone"),
    ],
)
def test_reading_names_a_file_without_articles(take_file: Take, name: str, content: str) -> None:
    [reason] = take_file(name, content).reasons
    assert "holds no article" in reason


def test_reading_takes_an_input_that_is_given_twice_twice(take: Take, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(HEAD + BODY)
    first, again = take(tmp_path / "a.md", tmp_path / "a.md").articles
    assert first == again


def test_reading_keeps_one_order_whatever_the_arguments(take: Take, tmp_path: Path) -> None:
    paths = []
    for name in ("b", "a", "c"):
        path = tmp_path / f"{name}.md"
        path.write_text(HEAD.replace("Rail", name) + BODY)
        paths.append(path)
    forth = [a.place for a in take(*paths).articles]
    assert forth == [a.place for a in take(*reversed(paths)).articles]
    assert forth == sorted(forth)


def test_reading_is_lazy(registry, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps(FIELDS) + "\n{broken")
    found = read([str(tmp_path)], registry)
    assert next(found).text == TEXT
    assert isinstance(next(found), Rejection)


def test_folder_takes_the_good_and_names_the_bad(take: Take, tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "deep" / "er" / "good.md").write_text(HEAD + BODY)
    (tmp_path / "bad.md").write_text("no head")
    (tmp_path / "picture.jpg").write_bytes(b"\xff\xd8\xff")
    (tmp_path / "README.md").write_text("What is here")
    (tmp_path / ".hidden.md").write_text("no head")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config.txt").write_text("no head")
    taken = take(tmp_path)
    assert taken.texts == [TEXT]
    assert [Path(r.place).name for r in taken.rejections] == ["bad.md", "picture.jpg"]


def test_folder_refuses_what_is_no_regular_file(take: Take, tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text(HEAD + BODY)
    (tmp_path / "link.md").symlink_to(tmp_path / "good.md")
    (tmp_path / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe.md")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket.md"))
        taken = take(tmp_path)
    assert taken.texts == [TEXT]
    assert [r.finding for r in taken.rejections] == ["a link", "a link", "a pipe", "a socket"]


def test_pipe_given_as_input_is_refused_without_waiting(take: Take, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    assert take(tmp_path / "pipe.md").rejections[0].finding == "a pipe"


def test_folder_with_an_unreadable_file_goes_on(
    take: Take, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.md").write_text(HEAD + BODY)
    (tmp_path / "b.md").write_text(HEAD + BODY)
    real = os.open

    def denied(path, *rest):
        if str(path).endswith("a.md"):
            raise PermissionError(13, "Permission denied")
        return real(path, *rest)

    monkeypatch.setattr("kzdash.corpus.folders.os.open", denied)
    taken = take(tmp_path)
    assert (taken.texts, len(taken.rejections)) == ([TEXT], 1)
    assert "permission denied" in taken.reasons[0]


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param("pages.read", id="a file"),
        pytest.param("records.article", id="an article"),
        pytest.param("folders.kind_of", id="an input"),
    ],
)
def test_what_nobody_foresaw_costs_one_input_alone(
    take: Take, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    for name in ("a.md", "c.md"):
        (tmp_path / name).write_text(HEAD + BODY)
    (tmp_path / "b.html").write_text(PAGE)
    module, _, function = broken.partition(".")
    real = getattr(getattr(reading, module), function)

    def trips(given, *rest):
        if "b.html" in str(getattr(given, "place", given)) or function == "read":
            raise IndexError("string index out of range")
        return real(given, *rest)

    monkeypatch.setattr(f"kzdash.corpus.{module}.{function}", trips)
    taken = take(tmp_path / "a.md", tmp_path / "b.html", tmp_path / "c.md")
    assert taken.texts == [TEXT, TEXT]
    [rejection] = taken.rejections
    assert rejection.place.endswith("b.html")
    assert rejection.finding == "cannot be read (IndexError)"


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, RegistryError("x", "is bad")])
def test_what_must_end_a_build_is_no_rejection(
    take_file: Take, monkeypatch: pytest.MonkeyPatch, error: type[BaseException] | BaseException
) -> None:
    def ends(*given):
        raise error

    monkeypatch.setattr("kzdash.corpus.records.article", ends)
    with pytest.raises((KeyboardInterrupt, SystemExit, RegistryError)):
        take_file("a.md", HEAD + BODY)


@pytest.mark.parametrize("name", [b"\xff\xfe.md", b"a\nb.md", "\u202egpj.md".encode()])
def test_folder_shows_strange_names_safely(take: Take, tmp_path: Path, name: bytes) -> None:
    (tmp_path / os.fsdecode(name)).write_text(HEAD + BODY)
    [article] = take(tmp_path).articles
    assert article.place.isprintable()
    assert article.text == TEXT


@pytest.mark.parametrize("names", [[], [".hidden.md"], ["README.md"]])
def test_empty_folder_is_named(take: Take, tmp_path: Path, names: list[str]) -> None:
    for name in names:
        (tmp_path / name).write_text(HEAD + BODY)
    assert "nothing to read" in take(tmp_path).reasons[0]


def test_folders_deeper_than_the_limit_are_named(take: Take, tmp_path: Path) -> None:
    (tmp_path / "1" / "2" / "3").mkdir(parents=True)
    (tmp_path / "1" / "2" / "3" / "a.md").write_text(HEAD + BODY)
    taken = take(tmp_path, limits=Limits(depth=2))
    assert taken.rejections[0].finding == "a folder too deep"


def test_list_of_addresses_in_a_folder_is_no_article_table(take: Take, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(HEAD + BODY)
    (tmp_path / "reading_list.csv").write_text("outlet,url\ndala,https://dala.example/1\n")
    taken = take(tmp_path)
    assert (taken.texts, taken.reasons) == ([TEXT], [])


CATALOGUE = "file,outlet,title,published,language\n"


def test_catalogue_gives_the_fields_of_plain_text(take: Take, tmp_path: Path) -> None:
    (tmp_path / "catalogue.csv").write_text(CATALOGUE + "0.txt,dala,Rail line opens,2023-05,en\n")
    (tmp_path / "0.txt").write_text(f"Rail line opens\n\n{BODY}")
    for given in (tmp_path, tmp_path / "0.txt", tmp_path / "catalogue.csv"):
        taken = take(given)
        assert taken.reasons == []
        [article] = taken.articles
        assert (article.outlet_id, article.published, article.text) == ("dala", "2023-05", TEXT)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param("0.txt,dala,T,2023,en", "listed twice", id="a file listed twice"),
        pytest.param("1.txt,dala,T,2023,en", "there is no file '1.txt'", id="no such file"),
        pytest.param("../0.txt,dala,T,2023,en", "leaves the folder", id="a path out of it"),
        pytest.param(",dala,T,2023,en", "'file' is missing", id="no file name"),
        pytest.param("0.txt,dala", "2 cells", id="a ragged line"),
    ],
)
def test_catalogue_line_that_is_wrong_is_named(
    take: Take, tmp_path: Path, line: str, reason: str
) -> None:
    good = "0.txt,dala,Rail line opens,2023,en\n"
    (tmp_path / "catalogue.csv").write_text(CATALOGUE + good + line + "\n")
    (tmp_path / "0.txt").write_text(BODY)
    taken = take(tmp_path)
    assert taken.texts == [TEXT]
    assert len(taken.rejections) == 1
    assert reason in taken.reasons[0]


def test_text_without_head_or_catalogue_is_refused(take_file: Take) -> None:
    assert "no front matter" in take_file("a.txt", BODY).reasons[0]


def test_five_real_articles_come_without_boilerplate(take: Take, shared: Path) -> None:
    taken = take(shared / "corpus")
    assert (len(taken.articles), taken.reasons) == (5, [])
    text = "\n".join(taken.texts)
    marks = ("Add comment", "0 comments", "No comments", "e-mail", "©", "FILE PHOTO",
             "Get short URL", "appeared first", "machine translation", "newsletter",
             "Support Eurasianet", "is a journalist", "Galaxy")  # fmt: skip
    assert [mark for mark in marks if mark in text] == []


def test_labelled_sentences_stand_in_the_real_articles(take: Take, shared: Path) -> None:
    text = "\n".join(take(shared / "corpus").texts)
    lines = (shared / "gold_dev" / "gold.jsonl").read_text("utf-8").splitlines()
    sentences = [json.loads(line)["text"] for line in lines]
    assert [s for s in sentences if s not in text] == []
