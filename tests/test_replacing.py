"""A file is replaced whole or not at all."""

import pytest

from kzdash.replacing import replace_bytes, replacing


@pytest.mark.parametrize("before", [None, b"old"])
def test_a_file_gets_its_new_content(tmp_path, before):
    path = tmp_path / "a.json"
    if before is not None:
        path.write_bytes(before)
    replace_bytes(path, b"new")
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"a.json": b"new"}


@pytest.mark.parametrize("fault", [OSError, KeyboardInterrupt])
def test_after_a_fault_it_is_as_it_was_and_nothing_is_left(tmp_path, fault):
    path = tmp_path / "a.json"
    path.write_bytes(b"old")

    def write():
        with replacing(path) as file:
            file.write(b"ne")
            raise fault

    with pytest.raises(fault):
        write()
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"a.json": b"old"}
