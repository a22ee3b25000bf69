"""Leaving at once on Ctrl-C or SIGTERM, with one line and no traceback.

Whatever a command has on disk outlasts kill -9, so nothing needs to be unwound: waiting for
libraries to pass an exception on would only be slower. This module imports little, so that
it can be in force before anything heavy is imported.
"""

import os
import signal
import sys
import threading

MESSAGE = "Interrupted. Run the same command again: it goes on where it stopped."
SHOW_CURSOR = "\x1b[?25h\x1b[0m\n"


def leave_at_once() -> None:
    """End this process on SIGINT and SIGTERM, with exit code 130 and 143.

    A thread does it, so that it happens even while the main thread is deep in a library.
    """
    read, write = os.pipe()
    os.set_blocking(write, False)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _hear)
    signal.set_wakeup_fd(write, warn_on_full_buffer=False)
    threading.Thread(target=_wait, args=(read,), daemon=True).start()


def _hear(number: int, frame: object) -> None:
    """Do nothing: the thread that waits at the pipe has heard it, too."""


def _wait(read: int) -> None:
    heard = {signal.SIGINT, signal.SIGTERM}
    while (number := os.read(read, 1)[0]) not in heard:
        pass
    _kill_children()
    line = (SHOW_CURSOR if sys.stderr.isatty() else "") + MESSAGE + "\n"
    os.write(2, line.encode())
    os._exit(128 + number)


def _kill_children() -> None:
    children = sys.modules.get("multiprocessing.process")
    for child in children.active_children() if children else ():
        child.kill()
