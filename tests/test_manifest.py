"""Manifests, content hashes, publishing and opening of builds."""

import contextlib
import errno
import json
import os
import shutil
import threading
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from benchmarks.generate import generate
from kzdash.content import content_hash
from kzdash.errors import BuildError
from kzdash.manifest import NAME, TEXTS, Manifest, check, describe_files, read_bytes
from kzdash.publish import KEPT, generations, open_build, open_checked, publish, recover
from kzdash.registry import Registry
from kzdash.schema import TABLES


@pytest.fixture(scope="module")
def builds(tmp_path_factory):
    """Five small builds, each of its own content."""
    folder = tmp_path_factory.mktemp("builds")
    registry = Registry.load()
    for seed in range(5):
        generate(folder / str(seed), 60, seed, registry)
    return folder


@pytest.fixture
def build(builds, tmp_path):
    """A copy of a build, to be damaged."""
    return shutil.copytree(builds / "0", tmp_path / "build")


def stage(builds, number, folder):
    """Copy a build into a folder, as `kzdash build` leaves it to be published."""
    return shutil.copytree(builds / str(number), folder / f"staging-{number}")


def hash_of(folder):
    return open_checked(folder).manifest.content_hash


def test_a_manifest_survives_writing(build):
    manifest = replace(
        Manifest.read(build), rejected=({"place": "a\ud800.txt", "reason": "empty"},)
    )
    manifest.write(build)
    assert Manifest.read(build) == manifest


def test_a_whole_build_is_accepted(build):
    assert check(build).files["mentions.parquet"].rows == 60


@pytest.mark.parametrize("table", TABLES)
def test_every_flipped_bit_is_found(build, table):
    path = build / f"{table}.parquet"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 4
    path.write_bytes(data)
    with pytest.raises(BuildError, match=rf"^{table}\.parquet: is damaged"):
        check(build)


@pytest.mark.parametrize(
    ("damage", "name"),
    [
        pytest.param(lambda b: os.truncate(b / "terms.parquet", 100), "terms.parquet", id="cut"),
        pytest.param(lambda b: (b / "quotes.parquet").unlink(), "quotes.parquet", id="missing"),
        pytest.param(
            lambda b: shutil.copy(b / "quotes.parquet", b / "terms.parquet"),
            "terms.parquet",
            id="swapped",
        ),
        pytest.param(lambda b: (b / NAME).unlink(), NAME, id="no manifest"),
        pytest.param(lambda b: (b / NAME).write_bytes(b"\xff\xfe{"), NAME, id="not text"),
        pytest.param(lambda b: (b / NAME).write_text("[" * 99_999), NAME, id="deep"),
        pytest.param(lambda b: (b / NAME).write_text("[]"), NAME, id="not an object"),
        pytest.param(lambda b: change(b, schema_version=0), NAME, id="old schema"),
        pytest.param(lambda b: change(b, counts={"articles": 9}), NAME, id="a changed number"),
        pytest.param(lambda b: change(b, folder="../elsewhere"), NAME, id="leads elsewhere"),
    ],
)
def test_damage_is_named(build, damage, name):
    damage(build)
    with pytest.raises(BuildError) as error:
        check(build)
    assert error.value.place == name
    assert error.value.remedy


def change(build, **values):
    content = json.loads((build / NAME).read_bytes())
    (build / NAME).write_text(json.dumps(content | values))


def test_read_bytes_gives_only_what_the_manifest_names(build):
    manifest = Manifest.read(build)
    assert read_bytes(build, manifest, "terms.parquet") == (build / "terms.parquet").read_bytes()
    (build / "terms.parquet").write_bytes(b"PAR1")
    with pytest.raises(BuildError, match="damaged"):
        read_bytes(build, manifest, "terms.parquet")


def test_texts_may_be_missing_but_not_others(build):
    (build / "private").mkdir()
    shutil.copy(build / "terms.parquet", build / TEXTS)
    files, texts = describe_files(build)
    replace(Manifest.read(build), files=files, texts=texts).write(build)
    assert TEXTS in check(build).paths(build)
    (build / TEXTS).write_bytes(b"other")
    with pytest.raises(BuildError, match="texts"):
        check(build)
    (build / TEXTS).unlink()
    assert TEXTS not in check(build).paths(build)


@pytest.mark.parametrize("table", TABLES)
def test_content_hash_ignores_order_and_encoding(build, table):
    before = content_hash(build)
    path = build / f"{table}.parquet"
    rows = pq.read_table(path)
    backwards = rows.take(list(range(len(rows)))[::-1])
    pq.write_table(backwards, path, compression="none", row_group_size=7, use_dictionary=False)
    assert content_hash(build) == before


@pytest.mark.parametrize("table", TABLES)
def test_content_hash_sees_every_table(build, table):
    before = content_hash(build)
    path = build / f"{table}.parquet"
    pq.write_table(pq.read_table(path).slice(1), path)
    assert content_hash(build) != before


@pytest.mark.parametrize(
    ("column", "old", "new"),
    [("author", "Author 1", "Author 2"), ("author", None, ""), ("title", "ab", "ba")],
)
def test_content_hash_sees_every_value(build, column, old, new):
    path = build / "articles.parquet"
    table = pq.read_table(path)
    place = table.schema.get_field_index(column)
    hashes = []
    for value in (old, new):
        values = [value, *table[column].to_pylist()[1:]]
        column_type = table.schema.field(column)
        pq.write_table(table.set_column(place, column_type, [values]), path)
        hashes.append(content_hash(build))
    assert hashes[0] != hashes[1]


def test_publishing_replaces_the_build_and_keeps_those_before(builds, tmp_path):
    folder = tmp_path / "out"
    for number in range(5):
        publish(folder, stage(builds, number, tmp_path))
        assert hash_of(folder) == hash_of(builds / str(number))
        assert check(folder).folder == ""
    kept = [hash_of(path) for path in generations(folder)]
    assert kept == [hash_of(builds / n) for n in "32"]
    assert len(kept) == KEPT - 1
    left = {path.name for path in folder.iterdir()}
    assert left == {NAME, "generations", *(f"{table}.parquet" for table in TABLES)}


def test_a_first_build_leaves_one_copy_of_each_table(builds, tmp_path):
    folder = tmp_path / "out"
    publish(folder, stage(builds, 1, tmp_path))
    assert len(list(folder.rglob("*.parquet"))) == len(TABLES)


def test_publishing_the_same_again_changes_nothing(builds, tmp_path):
    folder = tmp_path / "out"
    publish(folder, stage(builds, 1, tmp_path))
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    publish(folder, stage(builds, 1, tmp_path))
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_a_damaged_staging_folder_is_not_published(builds, tmp_path):
    folder = tmp_path / "out"
    publish(folder, stage(builds, 1, tmp_path))
    staging = stage(builds, 2, tmp_path)
    (staging / "terms.parquet").write_bytes(b"PAR1")
    with pytest.raises(BuildError, match="terms"):
        publish(folder, staging)
    assert hash_of(folder) == hash_of(builds / "1")


class Killed(BaseException):
    """Stands for a process that ends at once."""


@pytest.mark.parametrize("step", range(40))
def test_interrupted_publishing_leaves_a_whole_build(builds, tmp_path, monkeypatch, step):
    folder = tmp_path / "out"
    publish(folder, stage(builds, 1, tmp_path))
    publish(folder, stage(builds, 2, tmp_path))
    left = [step]

    def guard(function):
        def wrapped(*args, **kwargs):
            if left[0] == 0:
                raise Killed
            left[0] -= 1
            return function(*args, **kwargs)

        return wrapped

    with monkeypatch.context() as patched:
        for name in ("replace", "rename", "hardlink_to", "write_bytes", "unlink", "mkdir"):
            patched.setattr(Path, name, guard(getattr(Path, name)))
        patched.setattr(shutil, "rmtree", guard(shutil.rmtree))
        with contextlib.suppress(Killed):
            publish(folder, stage(builds, 3, tmp_path))
    opened = open_checked(folder)
    assert opened.manifest.content_hash in {hash_of(builds / n) for n in "23"}
    assert opened.warning is None
    shutil.rmtree(tmp_path / "staging-3", ignore_errors=True)
    publish(folder, stage(builds, 3, tmp_path))
    assert hash_of(folder) == hash_of(builds / "3")
    assert not [path for path in folder.rglob("*") if path.name.startswith(".")]
    assert check(folder).folder == ""


@pytest.mark.parametrize("step", range(60))
def test_a_disk_error_while_publishing_leaves_a_whole_build(builds, tmp_path, monkeypatch, step):
    folder = tmp_path / "out"
    publish(folder, stage(builds, 1, tmp_path))
    staging = stage(builds, 2, tmp_path)
    left = [step]

    def guard(function):
        def wrapped(*args, **kwargs):
            left[0] -= 1
            if left[0] == -1:
                raise OSError(errno.EIO, "broken")
            return function(*args, **kwargs)

        return wrapped

    with monkeypatch.context() as patched:
        for name in ("read_bytes", "open", "replace", "rename", "hardlink_to", "unlink", "mkdir"):
            patched.setattr(Path, name, guard(getattr(Path, name)))
        with contextlib.suppress(OSError, BuildError):
            publish(folder, staging)
    opened = open_checked(folder)
    assert opened.manifest.content_hash in {hash_of(builds / n) for n in "12"}
    assert opened.warning is None
    shutil.rmtree(staging, ignore_errors=True)
    publish(folder, stage(builds, 2, tmp_path))
    assert hash_of(folder) == hash_of(builds / "2")
    assert check(folder).folder == ""


def test_a_manifest_that_names_lost_files_is_no_hindrance(builds, tmp_path):
    publish(tmp_path / "out", stage(builds, 1, tmp_path))
    manifest = Manifest.read(tmp_path / "out")
    replace(manifest, folder="generations/incoming").write(tmp_path / "out")
    publish(tmp_path / "out", stage(builds, 2, tmp_path))
    assert hash_of(tmp_path / "out") == hash_of(builds / "2")


def test_readers_meanwhile_never_mix_builds(builds, tmp_path):
    folder = tmp_path / "out"
    publish(folder, stage(builds, 0, tmp_path))
    whole = {
        hash_of(builds / n): {
            name: (builds / n / name).read_bytes() for name in Manifest.read(builds / n).files
        }
        for n in "01234"
    }
    done = threading.Event()
    bad, reads = [], []

    def read(base, manifest):
        return {name: read_bytes(base, manifest, name) for name in manifest.files}

    def keep_reading():
        while not done.is_set():
            opened = open_build(folder, read)
            reads.append(1)
            if opened.warning or opened.read != whole[opened.manifest.content_hash]:
                bad.append(opened.manifest)

    readers = [threading.Thread(target=keep_reading) for _ in range(2)]
    for reader in readers:
        reader.start()
    for number in [1, 2, 3, 4, 0] * 4:
        publish(folder, stage(builds, number, tmp_path))
    done.set()
    for reader in readers:
        reader.join()
    assert reads
    assert not bad


def test_a_damaged_build_gives_way_to_the_last_good_one(builds, tmp_path):
    folder = tmp_path / "out"
    for number in range(3):
        publish(folder, stage(builds, number, tmp_path))
    (folder / "mentions.parquet").unlink()
    (folder / "mentions.parquet").write_bytes(b"PAR1")
    opened = open_checked(folder)
    assert opened.manifest.content_hash == hash_of(builds / "1")
    assert "mentions.parquet" in opened.warning
    shutil.rmtree(folder / "generations")
    with pytest.raises(BuildError, match="mentions"):
        open_checked(folder)


def test_recover_leaves_a_whole_build_alone(build):
    before = sorted(path.name for path in build.iterdir())
    recover(build)
    assert sorted(path.name for path in build.iterdir()) == before


def test_equal_builds_that_follow_each_other_are_no_damage(builds, tmp_path):
    publish(tmp_path, stage(builds, 0, tmp_path))
    tries = []

    def read(base, manifest):
        tries.append(manifest)
        if len(tries) < 4:
            manifest.write(base)  # as where the same build is published again and again
            raise BuildError("mentions.parquet", "no such file")
        return "whole"

    opened = open_build(tmp_path, read)
    assert (opened.read, opened.warning) == ("whole", None)
