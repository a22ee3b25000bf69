"""Builds in an object store: uploaded whole, downloaded whole, never mixed."""

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "build"))

from benchmarks import fakes
from kzdash.build import Analysis, InProcess, build_inputs
from kzdash.errors import BuildError
from kzdash.manifest import NAME, Manifest, check
from kzdash.objects import Place
from kzdash.publish import KEPT, open_checked
from kzdash.replica import Replica, local

fsspec = pytest.importorskip("fsspec")
OUT = "memory://shelf/build"


@pytest.fixture
def store(tmp_path, monkeypatch):
    """An empty store in memory, and an empty cache of this machine."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(
        "kzdash.build.builder.Analysis", lambda registry: Analysis(registry, fakes.load)
    )
    files = fsspec.filesystem("memory")
    files.store.clear()
    files.pseudo_dirs[:] = [""]
    yield files
    files.store.clear()
    files.pseudo_dirs[:] = [""]


@pytest.fixture
def lines(tmp_path):
    """Write some articles and return their file's path."""

    def write(count):
        fields = {"outlet": "Steppe Herald", "date": "2024-03-15"}
        rows = [
            {**fields, "title": f"Title {n}", "text": f"Aru Seitova opened school {n}."}
            for n in range(count)
        ]
        path = tmp_path / "in.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return str(path)

    return write


def made(given, out=OUT):
    return build_inputs([given], out, engine=InProcess())


def another_machine(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "another"))


def test_a_build_in_a_store_is_the_build_of_a_folder(store, lines, tmp_path, monkeypatch):
    given = lines(3)
    here = made(given, tmp_path / "here")
    there = made(given)
    assert there.content_hash == here.content_hash
    another_machine(tmp_path, monkeypatch)
    folder = local(OUT)
    assert check(folder).content_hash == here.content_hash


def test_texts_stay_on_this_machine(store, lines):
    made(lines(3))
    assert not [name for name in store.store if "private" in name]


def test_another_machine_analyses_only_what_is_new(store, lines, tmp_path, monkeypatch):
    made(lines(3))
    another_machine(tmp_path, monkeypatch)
    summary = made(lines(5))
    assert (summary.reused, summary.analysed) == (3, 2)


def test_an_equal_build_changes_nothing(store, lines):
    made(lines(3))
    before = {name: file.modified for name, file in store.store.items()}
    made(lines(3))
    assert {name: file.modified for name, file in store.store.items()} == before


def test_the_last_builds_stay(store, lines):
    for count in range(1, KEPT + 3):
        made(lines(count))
    kept = {Path(name).parts[4] for name in store.store if "generations" in name}
    assert kept == {name for name in kept if int(name[:6]) > 2}
    assert len(kept) == KEPT


def test_the_manifest_is_written_last(store, lines, monkeypatch):
    made(lines(2))
    before = Manifest.of_bytes(store.cat_file("/shelf/build/manifest.json"))
    write = Place.write

    def fail(place, data):
        if place.address == f"{OUT}/{NAME}":
            raise OSError(28, "No space left on device")
        write(place, data)

    monkeypatch.setattr(Place, "write", fail)
    with pytest.raises(BuildError, match="cannot be written"):
        made(lines(4))
    assert Manifest.of_bytes(store.cat_file("/shelf/build/manifest.json")) == before
    monkeypatch.undo()


def test_an_interrupted_upload_is_finished_by_a_rerun(store, lines, tmp_path, monkeypatch):
    made(lines(2))
    with monkeypatch.context() as patch:
        patch.setattr(Place, "upload", lambda *_: (_ for _ in ()).throw(OSError(5, "broken")))
        with pytest.raises(BuildError):
            made(lines(4))
    summary = made(lines(4))
    another_machine(tmp_path, monkeypatch)
    assert check(local(OUT)).content_hash == summary.content_hash


@pytest.mark.parametrize("damage", ["flip", "truncate", "missing"])
def test_a_damaged_build_is_found_and_the_last_good_one_taken(
    store, lines, tmp_path, monkeypatch, caplog, damage
):
    good = made(lines(2)).content_hash
    made(lines(4))
    [name] = [n for n in store.store if "000002" in n and n.endswith("mentions.parquet")]
    data = store.cat_file(name)
    if damage == "missing":
        store.rm(name)
    else:
        store.pipe_file(name, data[:-1] if damage == "truncate" else b"x" + data[1:])
    another_machine(tmp_path, monkeypatch)
    assert check(local(OUT)).content_hash == good
    assert "mentions.parquet" in caplog.text


def test_a_copy_of_the_store_opens_as_it_is(store, lines, tmp_path):
    summary = made(lines(3))
    store.get("/shelf/build", str(tmp_path / "copy"), recursive=True)
    opened = open_checked(tmp_path / "copy")
    assert opened.manifest.content_hash == summary.content_hash
    assert opened.warning is None


def test_a_copy_of_the_store_can_be_built_on(store, lines, tmp_path):
    made(lines(3))
    store.get("/shelf/build", str(tmp_path / "copy"), recursive=True)
    summary = made(lines(4), tmp_path / "copy")
    assert summary.reused == 3
    assert check(tmp_path / "copy").content_hash == summary.content_hash


def test_an_address_without_a_build_is_told(store):
    with pytest.raises(BuildError, match="no such file"):
        local("memory://shelf/nothing")


def test_a_path_stays_a_path(tmp_path):
    assert local(str(tmp_path)) == tmp_path
    assert local(f"file://{tmp_path}") == tmp_path


def test_one_build_at_a_time(store, lines):
    with Replica.of(OUT).alone(), pytest.raises(BuildError, match="another build"):
        made(lines(2))


def test_nothing_is_left_in_the_replica(store, lines):
    made(lines(2))
    made(lines(3))
    assert not list(Replica.of(OUT).folder.rglob(".*"))
