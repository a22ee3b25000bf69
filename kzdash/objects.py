"""Object stores: addresses such as ``s3://bucket/folder``, reached through fsspec.

fsspec is optional, and so is the package of each kind of store. Only the stores that are
listed here are ever asked: every other address, and every chain of them, is refused.
"""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from kzdash.errors import InputError

PACKAGES = {
    "s3": "s3fs",
    "s3a": "s3fs",
    "gs": "gcsfs",
    "gcs": "gcsfs",
    "az": "adlfs",
    "abfs": "adlfs",
    "abfss": "adlfs",
    "memory": "fsspec",
}
"""The package that reaches each kind of store."""

LOCAL = "file"
_ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://(.*)", re.S)
_WEB = frozenset({"http", "https"})
_EXPECTED = "a folder or file, or an address that begins with file://, " + ", ".join(
    f"{scheme}://" for scheme in PACKAGES
)


@dataclass(frozen=True)
class Place:
    """A folder or file of an object store.

    Args:
        address: as it was given.
        files: the store's file system (fsspec's ``AbstractFileSystem``).
        path: within the store.
    """

    address: str
    files: Any
    path: str

    def below(self, name: str) -> "Place":
        """Return what lies below this folder under a relative name."""
        base = self.path.rstrip("/")
        return Place(f"{self.address.rstrip('/')}/{name}", self.files, f"{base}/{name}")

    def kind(self) -> str:
        """Return "file", "folder" or "nothing".

        Raises:
            OSError: the store cannot be asked.
        """
        with faults():
            self.files.invalidate_cache()
            if self.files.isfile(self.path):
                return "file"
            return "folder" if self.files.exists(self.path) else "nothing"

    def entries(self) -> list[tuple[str, str]]:
        """Return name and kind ("file" or "folder") of what lies in a folder, by name.

        Raises:
            OSError: the store cannot be asked.
        """
        with faults():
            found = self.files.ls(self.path, detail=True)
        own = self.path.rstrip("/")
        names = {
            (
                str(one["name"]).rstrip("/").rpartition("/")[2],
                "folder" if one["type"] == "directory" else "file",
            )
            for one in found
            if str(one["name"]).rstrip("/") != own
        }
        return sorted(names)

    def open(self) -> BinaryIO:
        """Open a file to read it from its start, at any position.

        Raises:
            OSError: it cannot be opened, or later, it cannot be read.
        """
        with faults():
            opened = self.files.open(self.path, "rb")
        return cast(BinaryIO, io.BufferedReader(_Stream(opened)))

    def read(self) -> bytes:
        """Return all bytes of a file.

        Raises:
            OSError: it cannot be read.
        """
        with faults():
            return bytes(self.files.cat_file(self.path))

    def write(self, data: bytes) -> None:
        """Write a file whole.

        Raises:
            OSError: it cannot be written.
        """
        with faults():
            self.files.pipe_file(self.path, data)

    def upload(self, file: Path) -> None:
        """Write a file of this machine.

        Raises:
            OSError: it cannot be written.
        """
        with faults():
            self.files.put_file(str(file), self.path)

    def download(self, file: Path) -> None:
        """Write to a file of this machine.

        Raises:
            OSError: it cannot be read or written.
        """
        with faults():
            self.files.get_file(self.path, str(file))

    def size(self) -> int | None:
        """Return the size of a file in bytes; None where there is no such file.

        Raises:
            OSError: the store cannot be asked.
        """
        try:
            with faults():
                size = self.files.info(self.path)["size"]
        except FileNotFoundError:
            return None
        return None if size is None else int(size)

    def remove(self) -> None:
        """Remove a folder with all that lies in it.

        Raises:
            OSError: it cannot be removed.
        """
        with faults():
            self.files.rm(self.path, recursive=True)


class _Stream(io.RawIOBase):
    """A file of a store; whatever goes wrong is an OSError."""

    def __init__(self, opened: Any) -> None:
        self._opened = opened

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        with faults():
            data = self._opened.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        with faults():
            return int(self._opened.seek(offset, whence))

    def tell(self) -> int:
        return int(self._opened.tell())

    def close(self) -> None:
        if not self.closed:
            self._opened.close()
        super().close()


def is_address(name: str) -> bool:
    """Return whether a name is an address (of a store, or of a kind that is refused)."""
    match = _ADDRESS.match(name)
    return match is not None and match[1].lower() not in _WEB


def local_path(name: str) -> str:
    """Return the path of a ``file://`` address; any other name as it is.

    Raises:
        InputError: the address is one of another machine.
    """
    match = _ADDRESS.match(name)
    if match is None or match[1].lower() != LOCAL:
        return name
    path = match[2].removeprefix("localhost") if match[2].startswith("localhost/") else match[2]
    if not path.startswith("/"):
        raise _refused(name, "no path that begins with /", "file:///folder/file")
    return path


def place(address: str) -> Place:
    """Return the place of an object store that an address names; nothing is asked yet.

    Raises:
        InputError: the address is refused, or the package for its store is not installed.
    """
    match = _ADDRESS.match(address)
    scheme = match[1].lower() if match else ""
    if scheme not in PACKAGES:
        raise _refused(address, f"an address of a kind that is not read ({scheme[:20]}://)")
    if "::" in address or "@" in address or not match or not match[2].strip("/"):
        raise _refused(address, "an address that chains stores, holds a key or names no folder")
    try:
        import fsspec

        files, path = fsspec.core.url_to_fs(address)
    except ImportError:
        package = PACKAGES[scheme]
        wanted = "'kzdash[store]'" if package == "fsspec" else f"'kzdash[store]' {package}"
        raise _refused(
            address,
            f"the package {package} is not installed",
            f"the package {package}",
            f"pip install {wanted}",
        ) from None
    except Exception as error:
        raise _refused(address, f"the store cannot be reached ({type(error).__name__})") from None
    return Place(address, files, path)


@contextmanager
def faults() -> Iterator[None]:
    """Turn whatever a store's package raises into an OSError that holds no secret."""
    try:
        yield
    except OSError:
        raise
    except Exception as error:
        raise OSError(0, type(error).__name__) from error


def _refused(
    address: str, finding: str, expectation: str = _EXPECTED, remedy: str = "Correct the address"
) -> InputError:
    shown = "".join(c if c.isprintable() else "?" for c in address[:100])
    return InputError(f"address '{shown}'", finding, expectation, remedy)
