"""Object stores as inputs: the same articles as from a folder, and clear refusals."""

import builtins
import io
import zipfile
from pathlib import Path

import pytest
from samples import BODY, HEAD, Take

from kzdash import objects

fsspec = pytest.importorskip("fsspec")

FILES = {
    "catalogue.csv": b"file,outlet,title,published\nplain.txt,dala,Opening,2023-05-04\n",
    "plain.txt": BODY.encode(),
    "deep/er/article.md": (HEAD + BODY).encode(),
    "broken.md": b"no head",
    ".hidden/article.md": (HEAD + BODY).encode(),
    "README.md": b"What is here",
}


@pytest.fixture
def store():
    """An empty store in memory, with a folder of files under memory://shelf."""
    files = fsspec.filesystem("memory")
    files.store.clear()
    files.pseudo_dirs[:] = [""]
    for name, data in FILES.items():
        files.pipe_file(f"/shelf/{name}", data)
    yield files
    files.store.clear()


def test_a_store_gives_what_a_folder_gives(store, take: Take, tmp_path: Path) -> None:
    for name, data in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    here, there = take(tmp_path), take("memory://shelf")
    assert there.texts == here.texts
    assert len(there.texts) == 2
    assert [r.replace("memory://shelf", str(tmp_path)) for r in there.reasons] == here.reasons


def test_a_zip_in_a_store_is_read(store, take: Take) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.md", HEAD + BODY)
    store.pipe_file("/shelf.zip", packed.getvalue())
    assert len(take("memory://shelf.zip").articles) == 1


def test_a_file_address_is_a_path(take: Take, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(HEAD + BODY)
    assert len(take(f"file://{tmp_path}").articles) == 1


@pytest.mark.parametrize(
    ("address", "finding"),
    [
        pytest.param("memory://nowhere", "no such file or folder", id="nothing there"),
        pytest.param("ftp://files.steppepost.kz/a.md", "of a kind that is not read", id="ftp"),
        pytest.param("gopher://127.0.0.1/1", "of a kind that is not read", id="gopher"),
        pytest.param("s3://k:secret@bucket/a", "holds a key", id="key in the address"),
        pytest.param("memory://a::http://127.0.0.1/", "chains stores", id="chain"),
        pytest.param("s3:///", "names no folder", id="no bucket"),
        pytest.param("file://server/share", "no path that begins with /", id="other machine"),
    ],
)
def test_addresses_are_refused(store, take: Take, address: str, finding: str) -> None:
    [reason] = take(address).reasons
    assert finding in reason


def test_a_missing_package_is_named(monkeypatch, take: Take) -> None:
    real = builtins.__import__

    def without(name, *rest):
        if name == "fsspec":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    [reason] = take("s3://bucket/articles").reasons
    assert "pip install 'kzdash[store]' s3fs" in reason


def test_faults_of_a_store_name_the_file_and_no_secret(store, monkeypatch, take: Take) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("key=SECRET")

    monkeypatch.setattr(type(store), "open", fail)
    taken = take("memory://shelf")
    assert taken.articles == []
    assert all("cannot be read (runtimeerror)" in r for r in taken.reasons if "lists" not in r)
    assert "SECRET" not in "".join(taken.reasons)


def test_only_listed_stores_are_addresses_of_a_store() -> None:
    assert not objects.is_address("http://steppepost.kz/a")
    assert not objects.is_address("C:/articles")
    assert objects.is_address("s3://bucket/a")
