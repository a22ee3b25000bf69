import os
import threading

import pytest

from kzdash.errors import KzdashError
from kzdash.writing import writing


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("old", [None, b"old"])
def test_a_file_gets_its_content_and_nothing_else_is_left(tmp_path, old):
    path = tmp_path / "out.jsonl"
    if old:
        path.write_bytes(old)
    with writing(path) as file:
        file.write(b"new")
    assert path.read_bytes() == b"new"
    assert names(tmp_path) == ["out.jsonl"]


def test_until_the_end_the_old_content_stands(tmp_path):
    path = tmp_path / "out.jsonl"
    path.write_bytes(b"old")
    with writing(path) as file:
        file.write(b"new")
        file.flush()
        assert path.read_bytes() == b"old"
        assert names(tmp_path) == ["out.jsonl"]


def test_after_a_fault_the_old_content_stands(tmp_path):
    path = tmp_path / "out.jsonl"
    path.write_bytes(b"old")

    def stop():
        with writing(path) as file:
            file.write(b"new")
            raise ArithmeticError

    with pytest.raises(ArithmeticError):
        stop()
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["out.jsonl"]


def test_the_mode_of_a_file_stays(tmp_path):
    path = tmp_path / "out.jsonl"
    path.touch(0o600)
    with writing(path) as file:
        file.write(b"new")
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_link_stays_and_its_file_gets_the_content(tmp_path):
    (tmp_path / "real").mkdir()
    link, file = tmp_path / "link", tmp_path / "real" / "out"
    link.symlink_to(file)
    with writing(link) as target:
        target.write(b"new")
    assert link.is_symlink()
    assert file.read_bytes() == b"new"


def test_a_pipe_is_written_as_it_comes(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    with writing(pipe) as file:
        file.write(b"new")
    reader.join()
    assert got == [b"new"]
    assert pipe.is_fifo()


@pytest.mark.parametrize("name", ["-", "/dev/stdout", None])
def test_standard_output_has_three_names(name, capfdbinary, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    with writing(name and type(tmp_path)(name)) as file:
        file.write(b"new")
        file.flush()
    assert capfdbinary.readouterr().out == b"new"
    assert names(tmp_path) == []


@pytest.mark.parametrize("place", ["no/out", "."])
def test_a_place_that_cannot_be_written_is_named_before_any_work(tmp_path, place):
    with pytest.raises(KzdashError, match="cannot be written"), writing(tmp_path / place):
        pytest.fail("the work was begun")
