"""Zip files: their entries as sources, with every lie about names and sizes refused.

Entries are inflated here, piece by piece, because the standard reader stops at the size that
the zip claims and would cut an entry in silence.
"""

import io
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from kzdash.corpus.characters import shown
from kzdash.corpus.limits import Limits
from kzdash.corpus.rejection import Rejection
from kzdash.corpus.sources import CATALOGUES, Source, unreadable
from kzdash.errors import InputError

_CHUNK = 1 << 18
_IN_MEMORY = 4 << 20
_LOCAL_HEADER = 30


def sources(source: Source, limits: Limits) -> Iterator[Source | Rejection]:
    """Yield the entries of a zip as sources, sorted by name, and a rejection for each bad one.

    Raises:
        InputError: the zip cannot be read at all, or has too many entries.
    """
    try:
        with source.open() as stream:
            yield from _sources(stream, source.place, limits)
    except OSError as error:
        raise unreadable(source.place, error) from None


def _sources(stream: BinaryIO, place: str, limits: Limits) -> Iterator[Source | Rejection]:
    if not stream.seekable():
        stream = cast(BinaryIO, io.BytesIO(stream.read()))
    infos = _infos(stream, place)
    if len(infos) > limits.entries:
        raise InputError(
            place,
            f"{len(infos):,} entries",
            f"at most {limits.entries:,}",
            "Unpack the zip and give the folder",
        )
    budget = limits.unpacked
    seen: set[str] = set()
    for info in sorted(infos, key=_order):
        if info.filename.endswith("/"):
            continue
        where = f"{place}, entry {shown(info.filename) or '(no name)'}"
        try:
            _check_entry(info, where, seen)
            largest = min(limits.entry, budget)
            unpacked = _unpacked(stream, info, where, largest, whole=budget < limits.entry)
        except InputError as error:
            yield Rejection.of(error)
            continue
        budget -= unpacked.tell()
        with unpacked:
            yield Source(where, info.filename, lambda file=unpacked: again(file))  # type: ignore[misc]


def _order(info: zipfile.ZipInfo) -> tuple[str, bool, str, int]:
    """Sort entries by folder, catalogue first."""
    folder, _, name = info.filename.rpartition("/")
    return folder, name.casefold() not in CATALOGUES, name, info.header_offset


def _infos(stream: BinaryIO, place: str) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(stream) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OverflowError) as error:
        raise InputError(place, f"no whole zip ({error})", "a zip file", "Pack it again") from None
    except (UnicodeError, MemoryError, IndexError, KeyError) as error:
        raise InputError(
            place, f"a damaged zip ({type(error).__name__})", "a zip file", "Pack it again"
        ) from None


def _check_entry(info: zipfile.ZipInfo, where: str, seen: set[str]) -> None:
    name = info.filename.replace("\\", "/")
    parts = name.split("/")
    mode = info.external_attr >> 16
    faults = (
        (not name, "an entry without a name"),
        (
            name.startswith("/") or ".." in parts or name[1:2] == ":",
            "a path that leaves the folder",
        ),
        ("\0" in info.orig_filename, "a name with a zero byte"),
        (stat.S_ISLNK(mode), "a link"),
        (
            bool(stat.S_IFMT(mode)) and not stat.S_ISREG(mode) and not stat.S_ISLNK(mode),
            "no regular file",
        ),
        (bool(info.flag_bits & 0x1), "an encrypted entry"),
        (
            info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED),
            "a compression method that is not read",
        ),
        (info.filename in seen, "a second entry of that name"),
    )
    seen.add(info.filename)
    for present, finding in faults:
        if present:
            raise InputError(where, finding, "plain files, stored or deflated", "Pack it again")


def _unpacked(
    stream: BinaryIO, info: zipfile.ZipInfo, where: str, largest: int, *, whole: bool
) -> "tempfile.SpooledTemporaryFile[bytes]":
    """Return an entry's bytes in a temporary file, standing at its end."""
    file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 (the caller closes it)
    checksum = size = 0
    try:
        for piece in _pieces(stream, info, where):
            size += len(piece)
            if size > largest:
                what = "the zip unpacks" if whole else "unpacks"
                raise InputError(
                    where,
                    f"{what} to more than is read",
                    f"at most {largest:,} bytes",
                    "Unpack it yourself and give the folder",
                )
            checksum = zlib.crc32(piece, checksum)
            file.write(piece)
        if size != info.file_size:
            raise InputError(
                where,
                f"{size:,} bytes where the zip claims {info.file_size:,}",
                "a true size",
                "Pack it again",
            )
        if checksum != info.CRC:
            raise InputError(
                where, "damaged (its checksum is wrong)", "a whole entry", "Pack it again"
            )
    except InputError:
        file.close()
        raise
    except OSError as error:
        file.close()
        raise unreadable(where, error) from None
    return file


def _pieces(stream: BinaryIO, info: zipfile.ZipInfo, where: str) -> Iterator[bytes]:
    """Yield the inflated bytes of an entry, a bounded piece at a time."""
    raw = _raw(stream, info, where)
    if info.compress_type == zipfile.ZIP_STORED:
        yield from raw
        return
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for piece in raw:
            data = piece
            while data and not inflater.eof:
                yield inflater.decompress(data, _CHUNK)
                data = inflater.unconsumed_tail
        yield inflater.flush()
    except zlib.error:
        raise _damaged(where) from None
    if not inflater.eof:
        raise _damaged(where)


def _raw(stream: BinaryIO, info: zipfile.ZipInfo, where: str) -> Iterator[bytes]:
    try:
        stream.seek(info.header_offset)
    except (ValueError, OSError):
        raise _damaged(where) from None
    header = stream.read(_LOCAL_HEADER)
    if len(header) < _LOCAL_HEADER or not header.startswith(b"PK\x03\x04"):
        raise _damaged(where)
    skip = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    stream.seek(skip, io.SEEK_CUR)
    left = info.compress_size
    while left > 0:
        piece = stream.read(min(_CHUNK, left))
        if not piece:
            raise _damaged(where)
        left -= len(piece)
        yield piece


def _damaged(where: str) -> InputError:
    return InputError(where, "damaged or cut short", "a whole entry", "Pack it again")


def again(file: "tempfile.SpooledTemporaryFile[bytes]") -> BinaryIO:
    """Return a stream over a temporary file that can be closed and opened again."""
    file.seek(0)
    return cast(BinaryIO, _Kept(file))


class _Kept(io.RawIOBase):
    """A view of a temporary file that does not close it."""

    def __init__(self, file: "tempfile.SpooledTemporaryFile[bytes]") -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def read(self, size: int = -1, /) -> bytes:
        return self._file.read(size)

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        self._file.seek(offset, whence)
        return self._file.tell()

    def tell(self) -> int:
        return self._file.tell()
