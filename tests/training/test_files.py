"""Files that are there whole or not at all."""

import io
import zipfile

import numpy as np
import pytest

from training import weights
from training.files import save_array, whole


def stopped_writing(path):
    with whole(path) as part:
        part.write_text("ne", encoding="utf-8")
        raise KeyboardInterrupt


def test_whole_keeps_the_old_file_when_the_writing_stops(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt):
        stopped_writing(path)
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_save_array_leaves_nothing_when_it_is_stopped(tmp_path, monkeypatch):
    def stopped(file, values):
        file.write(b"half")
        raise KeyboardInterrupt

    monkeypatch.setattr(np, "save", stopped)
    with pytest.raises(KeyboardInterrupt):
        save_array(tmp_path / "values.npy", np.ones(3))
    assert not list(tmp_path.iterdir())


def test_save_array_gives_back_what_was_saved(tmp_path):
    save_array(tmp_path / "values.npy", np.arange(6).reshape(2, 3))
    assert np.load(tmp_path / "values.npy").tolist() == [[0, 1, 2], [3, 4, 5]]


def archive(**files: bytes) -> zipfile.ZipFile:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as out:
        for name, content in files.items():
            out.writestr(name.replace("__", "."), content)
    return zipfile.ZipFile(held)


def test_weights_unpacks_only_the_files_that_are_needed(tmp_path):
    weights.unpack(archive(config__json=b"{}", model__safetensors=b"1", notes__txt=b""), tmp_path)
    assert {p.name for p in tmp_path.iterdir()} == {"config.json", "model.safetensors"}


def test_weights_do_not_take_a_cut_file_for_a_whole_one(tmp_path, monkeypatch):
    broken = archive(model__safetensors=b"0123456789")
    original = type(tmp_path).write_bytes

    def cut(path, content):
        original(path, content[:4])
        raise KeyboardInterrupt

    monkeypatch.setattr(type(tmp_path), "write_bytes", cut)
    with pytest.raises(KeyboardInterrupt):
        weights.unpack(broken, tmp_path)
    assert not (tmp_path / "model.safetensors").exists()


def test_weights_join_the_parts_of_an_archive_in_their_order():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as out:
        out.writestr("config.json", "{}")
    content = held.getvalue()
    parts = [archive(b__002=content[50:]), archive(b__001=content[:50])]
    assert weights.joined(parts).namelist() == ["config.json"]
