"""The process's memory: what is free goes back to the system.

A server runs each session in threads of its own, and glibc gives threads arenas that keep what
they once had. Other C libraries know none of these calls; there nothing happens. (Arrow takes its
memory from the system, see `kzdash/__init__.py`.)
"""

import ctypes
import sys
import time
from functools import cache

_ARENA_MAX = -8
_ARENAS = 2


@cache
def be_thrifty() -> None:
    """Let all threads share two arenas."""
    if (library := _glibc()) is not None:
        library.mallopt(_ARENA_MAX, _ARENAS)


_EVERY = 1.0
_last = [0.0]


def release() -> None:
    """Give free memory back to the system, at most once a second."""
    if time.monotonic() - _last[0] < _EVERY:
        return
    _last[0] = time.monotonic()
    if (library := _glibc()) is not None:
        library.malloc_trim(0)


@cache
def _glibc() -> ctypes.CDLL | None:
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)
    known = hasattr(library, "mallopt") and hasattr(library, "malloc_trim")
    return library if known else None
