"""Zip files: entries, and every way to lie in one."""

import io
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from samples import BODY, HEAD, Take

from kzdash.corpus import Limits

TEXT = f"Rail line opens\n\n{BODY}"
GOOD = HEAD + BODY


def zipped(*entries: tuple[str | zipfile.ZipInfo, str | bytes], method: int = 8) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return stream.getvalue()


def info(name: str, mode: int) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)
    made.external_attr = mode << 16
    return made


def called(name: str) -> zipfile.ZipInfo:
    """Return an entry under a name that is written as it is."""
    made = zipfile.ZipInfo("a")
    made.filename = name
    return made


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_zip_holds_what_a_folder_holds(take_file: Take, method: int) -> None:
    content = zipped(
        ("z/catalogue.csv", "file,outlet,title,published\n0.txt,dala,Rail line opens,2023\n"),
        ("z/0.txt", BODY),
        ("a.md", GOOD),
        ("README.md", "What is here"),
        ("__MACOSX/a.md", "x"),
        (".hidden.md", "x"),
        method=method,
    )
    taken = take_file("a.zip", content)
    assert (taken.texts, taken.reasons) == ([TEXT, TEXT], [])


def test_zip_from_the_standard_input(take: Take) -> None:
    assert take(zipped(("a.md", GOOD))).texts == [TEXT]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        pytest.param("../evil.md", GOOD, "leaves the folder", id="parent"),
        pytest.param("/etc/evil.md", GOOD, "leaves the folder", id="absolute"),
        pytest.param("..\\evil.md", GOOD, "leaves the folder", id="backslash"),
        pytest.param("C:\\evil.md", GOOD, "leaves the folder", id="drive"),
        pytest.param(info("l.md", stat.S_IFLNK | 0o777), "/etc/passwd", "a link", id="link"),
        pytest.param(info("p.md", stat.S_IFIFO | 0o644), "", "no regular file", id="pipe"),
        pytest.param(called(""), GOOD, "an entry without a name", id="no name"),
        pytest.param(called("\0.md"), GOOD, "an entry without a name", id="zero byte first"),
        pytest.param("in.zip", zipped(("a.md", GOOD)), "zip inside a zip", id="zip in a zip"),
        pytest.param("x.exe", b"MZ", "kind that is not read", id="program"),
        pytest.param("bad.md", "no head", "no front matter", id="bad article"),
        pytest.param("big.md", "x" * 3_000_000, "unpacks to more", id="bomb"),
    ],
)
def test_bad_entry_costs_itself_alone(
    take_file: Take, name: str | zipfile.ZipInfo, content: str | bytes, reason: str
) -> None:
    taken = take_file(
        "a.zip", zipped((name, content), ("good.md", GOOD)), limits=Limits(entry=2_000_000)
    )
    assert taken.texts == [TEXT]
    assert len(taken.rejections) == 1
    assert reason in taken.reasons[0]


def lie_about(offset: int, form: str, value: int) -> Callable[[bytes], bytes]:
    """Return a change of the first entry's line in the zip's directory."""

    def lie(data: bytes) -> bytes:
        changed = bytearray(data)
        struct.pack_into(form, changed, data.index(b"PK\x01\x02") + offset, value)
        return bytes(changed)

    return lie


@pytest.mark.parametrize(
    ("lie", "reason"),
    [
        pytest.param(lie_about(24, "<I", 10), "where the zip claims 10", id="smaller than it is"),
        pytest.param(lie_about(24, "<I", 10**9), "where the zip claims", id="larger than it is"),
        pytest.param(lie_about(20, "<I", 5), "damaged or cut short", id="packed size too small"),
        pytest.param(lie_about(20, "<I", 10**9), "damaged or cut", id="packed size too large"),
        pytest.param(lie_about(16, "<I", 0), "checksum", id="wrong checksum"),
        pytest.param(lie_about(42, "<I", 9), "damaged or cut short", id="wrong place"),
        pytest.param(lie_about(8, "<H", 1), "encrypted", id="encrypted"),
        pytest.param(lie_about(10, "<H", 14), "compression method", id="LZMA"),
        pytest.param(lie_about(10, "<H", 99), "compression method", id="unknown method"),
    ],
)
def test_lying_entry_costs_itself_alone(
    take_file: Take, lie: Callable[[bytes], bytes], reason: str
) -> None:
    data = lie(zipped(("a.md", GOOD), ("b.md", GOOD)))
    taken = take_file("a.zip", data)
    assert taken.texts == [TEXT]
    assert reason in taken.reasons[0]


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.95])
def test_truncated_zip_is_refused(take_file: Take, keep: float) -> None:
    data = zipped(("a.md", GOOD), ("b.md", GOOD))
    taken = take_file("a.zip", data[: int(len(data) * keep)])
    assert taken.articles == []
    assert "no whole zip" in taken.reasons[0]


@pytest.mark.parametrize("data", [b"PK", b"PK\x03\x04", b"PK\x05\x06" + bytes(18), b"\x00" * 50])
def test_what_is_no_zip_is_refused(take_file: Take, data: bytes) -> None:
    taken = take_file("a.zip", data)
    assert (taken.articles, len(taken.rejections)) == ([], 1)


def test_zip_bomb_as_a_whole_is_stopped(take_file: Take) -> None:
    entries = [(f"{n}.md", "x" * 900_000) for n in range(1, 6)]
    taken = take_file(
        "a.zip",
        zipped(("0.md", GOOD), *entries),
        limits=Limits(entry=1_000_000, unpacked=2_000_000),
    )
    assert taken.texts == [TEXT]
    assert "the zip unpacks to more" in "".join(taken.reasons)


def test_too_many_entries_are_refused_at_once(take_file: Take) -> None:
    data = zipped(*((f"{n}.md", GOOD) for n in range(21)))
    taken = take_file("a.zip", data, limits=Limits(entries=20))
    assert "21 entries, expected at most 20" in taken.reasons[0]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_second_entry_of_one_name_is_refused(take_file: Take) -> None:
    taken = take_file("a.zip", zipped(("a.md", GOOD), ("a.md", GOOD.replace("Rail", "Bus"))))
    assert len(taken.articles) == 1
    assert "a second entry of that name" in taken.reasons[0]


def test_nothing_is_written_beside_the_zip(take_file: Take, tmp_path: Path) -> None:
    take_file("a.zip", zipped(("sub/a.md", GOOD)))
    assert [p.name for p in tmp_path.iterdir()] == ["a.zip"]


def test_empty_zip_is_named(take_file: Take) -> None:
    assert "nothing to read" in take_file("a.zip", zipped()).reasons[0]


@pytest.mark.parametrize("name", ["\u202egpj.md", "a\nb.md", "x" * 5_000 + ".md", "dalа.md"])
def test_strange_names_are_shown_safely(take_file: Take, name: str) -> None:
    [article] = take_file("a.zip", zipped((name, GOOD))).articles
    assert article.place.isprintable()
    assert len(article.place) < 500
