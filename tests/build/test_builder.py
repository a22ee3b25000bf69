"""Builds, with a stand-in for the pipeline: what goes in comes out, once, the same each time."""

import os
import random
import shutil
from contextlib import nullcontext
from dataclasses import replace

import pyarrow.parquet as pq
import pytest

from benchmarks import fakes
from kzdash.build import Analysis, Progress, build
from kzdash.build.parts import pieces
from kzdash.corpus import Rejection
from kzdash.errors import BuildError, ModelError, RegistryError
from kzdash.manifest import Manifest, check
from kzdash.publish import generations
from kzdash.schema import TABLES, arrow_schema

FAKE = Analysis(load=fakes.load)
BROKEN_FILE = Rejection("broken.txt", "the file is empty", "an article", "Remove it")


class Listener(Progress):
    def __init__(self):
        self.heard = []

    def skipped(self, place, earlier):
        self.heard.append(("skipped", place, earlier))

    def rejected(self, rejection):
        self.heard.append(("rejected", rejection.place))

    def analysed(self, done, total):
        self.heard.append(("analysed", done, total))


def make(items, out, **options):
    return build(items, out, **{"work": FAKE, **options})


def ids(out, table="articles"):
    return pq.read_table(out / f"{table}.parquet")["article_id"].to_pylist()


def test_every_article_is_in_every_table_in_key_order(tmp_path):
    summary = make(reversed(fakes.articles(150)), tmp_path / "out")
    expected = [f"a{n:05d}" for n in range(150)]
    assert (summary.accepted, summary.analysed, summary.exit_code) == (150, 150, 0)
    assert ids(tmp_path / "out") == expected
    assert ids(tmp_path / "out", "mentions") == expected


def test_a_build_is_whole_and_leaves_nothing_else(tmp_path):
    make(fakes.articles(3), tmp_path)
    check(tmp_path)
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {*(f"{table}.parquet" for table in TABLES), "manifest.json", "private"}


@pytest.mark.parametrize("table", TABLES)
def test_tables_have_the_types_of_the_schema(tmp_path, table):
    make(fakes.articles(3), tmp_path)
    schema = pq.read_schema(tmp_path / f"{table}.parquet")
    assert schema.remove_metadata() == arrow_schema(TABLES[table])


def test_texts_are_kept_beside_the_tables_unless_not_wanted(tmp_path):
    make(fakes.articles(3), tmp_path)
    texts = pq.read_table(tmp_path / "private/texts.parquet").to_pylist()
    assert texts == [{"article_id": a.article_id, "text": a.text} for a in fakes.articles(3)]
    make(fakes.articles(3), tmp_path, private=False)
    assert not (tmp_path / "private/texts.parquet").exists()


def test_the_order_of_the_articles_does_not_change_a_byte(tmp_path):
    shuffled = fakes.articles(200)
    random.Random(1).shuffle(shuffled)
    make(fakes.articles(200), tmp_path / "one")
    make(shuffled, tmp_path / "two")
    assert Manifest.read(tmp_path / "one") == Manifest.read(tmp_path / "two")


def test_the_manifest_says_what_went_in(tmp_path):
    items = [*fakes.articles(3), *fakes.articles(1), BROKEN_FILE]
    summary = make(items, tmp_path)
    manifest = Manifest.read(tmp_path)
    assert manifest.inputs == {"accepted": 3, "rejected": 1, "skipped": 1}
    assert manifest.content_hash == summary.content_hash
    assert [one["place"] for one in manifest.rejected] == ["broken.txt"]
    assert manifest.pipeline


def test_what_is_accepted_rejected_and_skipped_is_what_was_seen(tmp_path):
    items = [
        *fakes.articles(40),
        *fakes.articles(2),
        BROKEN_FILE,
        fakes.article(50, "RAISES here"),
        fakes.article(3, "Another text under the same id."),
    ]
    summary = make(items, tmp_path)
    assert (summary.accepted, len(summary.rejected), summary.skipped) == (40, 3, 2)
    assert summary.seen == len(items)
    assert summary.exit_code == 3


def test_an_article_given_twice_is_skipped_and_named(tmp_path):
    listener = Listener()
    again = fakes.article(1, place="copy.jsonl, line 1")
    make([fakes.article(1), again], tmp_path, progress=listener)
    assert ("skipped", "copy.jsonl, line 1", "steppe.jsonl, line 1") in listener.heard


def test_the_same_text_under_another_id_is_the_same_article(tmp_path):
    other = fakes.article(1, article_id="b1")
    assert make([fakes.article(1), other], tmp_path).skipped == 1


def test_the_same_text_in_another_outlet_is_kept(tmp_path):
    other = fakes.article(1, article_id="b1", outlet_id="lake-gazette")
    assert make([fakes.article(1), other], tmp_path).accepted == 2


def test_one_id_with_two_texts_keeps_the_first_and_rejects_the_second(tmp_path):
    items = [fakes.article(1), fakes.article(1, "Quite another text.", place="b.jsonl, line 9")]
    summary = make(items, tmp_path)
    [rejection] = summary.rejected
    assert rejection.place == "b.jsonl, line 9"
    assert "'a00001'" in rejection.finding
    assert "steppe.jsonl, line 1" in rejection.finding
    assert ids(tmp_path) == ["a00001"]


def test_an_article_that_fails_is_rejected_and_its_neighbours_kept(tmp_path):
    items = [*fakes.articles(5), fakes.article(9, "RAISES here")]
    summary = make(items, tmp_path)
    [rejection] = summary.rejected
    assert (rejection.place, rejection.finding) == (
        "steppe.jsonl, line 9",
        "cannot be analysed (ValueError): a fault of kzdash, not of the text",
    )
    assert len(ids(tmp_path)) == 5
    texts = pq.read_table(tmp_path / "private/texts.parquet")
    assert texts.num_rows == 5


def test_an_article_without_scores_is_noted_also_where_it_is_known(tmp_path):
    items = [fakes.article(1), fakes.article(2, "Қала көпірі ашылды.", language="kk")]
    for summary in (make(items, tmp_path), make(items, tmp_path)):
        [note] = summary.notes
        assert str(note) == "steppe.jsonl, line 2: not English, so it is not scored"


def test_notes_are_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr("kzdash.build.intake.MOST_NOTES", 2)
    items = [replace(one, notes=("read as windows-1252",)) for one in fakes.articles(3)]
    make(items, tmp_path)
    assert len(Manifest.read(tmp_path).noted) == 2


def test_nothing_taken_leaves_the_build_as_it_was(tmp_path):
    make(fakes.articles(2), tmp_path)
    before = Manifest.read(tmp_path)
    summary = make([BROKEN_FILE], tmp_path)
    assert (summary.exit_code, summary.content_hash) == (1, "")
    assert Manifest.read(tmp_path) == before
    assert not (tmp_path / ".work").exists()


def test_only_what_is_new_or_changed_is_analysed_again(tmp_path):
    make(fakes.articles(100), tmp_path / "out")
    changed = [*fakes.articles(99)[1:], fakes.article(0, "Aru Seitova left."), fakes.article(200)]
    summary = make(changed, tmp_path / "out")
    assert (summary.reused, summary.analysed) == (98, 2)
    assert summary.content_hash == make(changed, tmp_path / "full").content_hash
    assert Manifest.read(tmp_path / "out") == Manifest.read(tmp_path / "full")


def test_another_registry_means_that_all_is_analysed_again(tmp_path):
    make(fakes.articles(3), tmp_path / "out")
    folder = tmp_path / "registry"
    folder.mkdir()
    for name in ("outlets", "actors", "offices", "frames"):
        (folder / f"{name}.toml").write_text("")
    assert make(fakes.articles(3), tmp_path / "out", registry=folder).analysed == 3


def test_a_damaged_build_is_not_built_upon(tmp_path):
    first = make(fakes.articles(3), tmp_path)
    path = tmp_path / "terms.parquet"
    path.write_bytes(path.read_bytes()[:-9] + b"\0" * 9)
    summary = make(fakes.articles(3), tmp_path)
    assert (summary.analysed, summary.content_hash) == (3, first.content_hash)
    check(tmp_path)


def test_the_same_build_again_changes_no_file(tmp_path):
    make(fakes.articles(3), tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.*")}
    make(fakes.articles(3), tmp_path)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.*")} == before


def test_three_builds_stay(tmp_path):
    for count in range(1, 6):
        make(fakes.articles(count), tmp_path)
    counts = [len(ids(folder)) for folder in (tmp_path, *generations(tmp_path))]
    assert counts == [5, 4, 3]


def test_an_interrupted_build_goes_on_where_it_stopped(tmp_path):
    class StoppedError(Exception):
        pass

    class Stop(Progress):
        def analysed(self, done, total):
            if done > 100:
                raise StoppedError

    with pytest.raises(StoppedError):
        make(fakes.articles(300), tmp_path / "out", progress=Stop())
    listener = Listener()
    summary = make(fakes.articles(300), tmp_path / "out", progress=listener)
    first = next(done for what, done, _ in listener.heard if what == "analysed")
    assert first > 100
    assert summary.content_hash == make(fakes.articles(300), tmp_path / "new").content_hash
    assert not (tmp_path / "out/.work").exists()


class UnpublishedError(Exception):
    """A build is stopped when all is analysed and nothing is written."""


class Unpublished(Progress):
    def writing(self):
        raise UnpublishedError


def flipped(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 4
    path.write_bytes(data)


KEPT = [*(f"{table}.parquet" for table in TABLES), "failed.json", "part.json"]
DAMAGES = {
    "cut short": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "emptied": lambda path: path.write_bytes(b""),
    "deleted": lambda path: path.unlink(),
    "one bit": flipped,
}


@pytest.fixture(scope="module")
def unpublished(tmp_path_factory):
    """Articles, the folder of their interrupted build, and the hash of an undisturbed one."""
    folder = tmp_path_factory.mktemp("unpublished")
    items = [*fakes.articles(80), fakes.article(90, "RAISES here")]
    with pytest.raises(UnpublishedError):
        make(items, folder / "out", progress=Unpublished())
    return items, folder / "out", make(items, folder / "new").content_hash


@pytest.mark.parametrize("name", KEPT)
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_part_that_was_damaged_is_analysed_again(tmp_path, unpublished, name, damage):
    items, interrupted, expected = unpublished
    shutil.copytree(interrupted, tmp_path / "out")
    spoilt, *others = sorted((tmp_path / "out/.work/parts").iterdir())
    assert {path.name for path in spoilt.iterdir()} == set(KEPT)
    assert others
    DAMAGES[damage](spoilt / name)
    listener = Listener()
    summary = make(items, tmp_path / "out", progress=listener)
    first = next(heard[1] for heard in listener.heard if heard[0] == "analysed")
    assert 0 < first < len(items)
    assert (summary.content_hash, len(summary.rejected)) == (expected, 1)


def test_a_piece_that_an_interrupted_build_left_is_no_hindrance(tmp_path):
    class Cutting:
        def run(self, work, parts):
            for part in parts:
                yield from ((piece, work(piece.articles)) for piece in pieces(part))

    items = fakes.articles(3)
    for progress in (Unpublished(), None):
        with nullcontext() if progress is None else pytest.raises(UnpublishedError):
            made = make(items, tmp_path / "out", engine=Cutting(), progress=progress)
    assert made.content_hash == make(items, tmp_path / "new").content_hash


def test_a_second_build_of_the_same_folder_is_refused(tmp_path):
    def items():
        with pytest.raises(BuildError, match="another build is writing here"):
            make(fakes.articles(1), tmp_path)
        yield from fakes.articles(2)

    assert make(items(), tmp_path).accepted == 2


def test_a_read_only_folder_is_refused(tmp_path):
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(BuildError, match="read-only"):
            make(fakes.articles(1), tmp_path)
    finally:
        tmp_path.chmod(0o755)


def test_a_file_in_the_way_is_refused(tmp_path):
    file = tmp_path / "out"
    file.write_text("not a folder")
    with pytest.raises(BuildError, match="cannot be written"):
        make(fakes.articles(1), file)
    assert file.read_text() == "not a folder"


def test_a_missing_model_ends_the_build_and_rejects_nothing(tmp_path):
    listener = Listener()
    with pytest.raises(ModelError):
        build(
            fakes.articles(2), tmp_path, work=Analysis(load=fakes.load_no_model), progress=listener
        )
    assert [heard for heard in listener.heard if heard[0] == "rejected"] == []


def test_a_missing_registry_is_an_error_before_anything_is_read(tmp_path):
    with pytest.raises(RegistryError):
        build(iter(()), tmp_path / "out", registry=tmp_path / "none")
    assert not (tmp_path / "out").exists()


def test_a_full_disk_leaves_the_last_build_and_says_what_to_do(tmp_path, monkeypatch):
    make(fakes.articles(2), tmp_path)
    before = Manifest.read(tmp_path)

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BuildError, match=r"No space left on device.*Make room"):
        make(fakes.articles(9), tmp_path)
    monkeypatch.undo()
    assert check(tmp_path) == before
    assert make(fakes.articles(9), tmp_path).accepted == 9
    assert not list(tmp_path.rglob(".*"))


def test_wire_copy_is_kept_marked_and_counted(tmp_path):
    text = "{}\n\nAru Seitova opened a bridge over the Irtysh, and " + " ".join(
        f"engineer number {n} cheered" for n in range(20)
    )
    items = [
        fakes.article(1, text.format("One"), outlet_id="lake-gazette", published="2024-03-17"),
        fakes.article(2, text.format("Two"), published="2024-03-16"),
        fakes.article(3),
    ]
    summary = make(items, tmp_path)
    assert (summary.accepted, summary.duplicates) == (3, 1)
    table = pq.read_table(tmp_path / "articles.parquet")
    assert table["duplicate_of"].to_pylist() == ["a00002", None, None]
    assert make([*items, fakes.article(4)], tmp_path).duplicates == 1


def test_names_of_unknown_outlets_are_kept_as_most_articles_give_them(tmp_path):
    names = ["Steppe Herald", "STEPPE HERALD", "Steppe Herald"]
    given = [replace(fakes.article(n), outlet_name=name) for n, name in enumerate(names)]
    given.append(fakes.article(9, outlet_id="rt"))
    make(given, tmp_path)
    assert Manifest.read(tmp_path).outlets == {"steppe-herald": "Steppe Herald"}


def test_another_name_of_an_outlet_analyses_nothing_again(tmp_path):
    one = fakes.article(1)
    make([one], tmp_path)
    summary = make([replace(one, outlet_name="Steppe Herald")], tmp_path)
    assert (summary.reused, summary.analysed) == (1, 0)
    assert Manifest.read(tmp_path).outlets == {"steppe-herald": "Steppe Herald"}
