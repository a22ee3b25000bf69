"""A dashboard on a free port of this machine, for measurements and for tests in a browser."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kzdash.paths import ROOT

PATIENCE = 120.0


@dataclass(frozen=True)
class Server:
    """A running dashboard: its address (``127.0.0.1:PORT``) and its process."""

    address: str
    process: "subprocess.Popen[bytes]"


@contextmanager
def running(build: Path) -> Iterator[Server]:
    """Start a dashboard that shows a build, and end it.

    Raises:
        RuntimeError: it did not start; the message holds the end of its log.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "streamlit", "run", "app.py", "--server.address", "127.0.0.1",
        "--server.port", str(port), "--server.headless", "true",
        "--server.fileWatcherType", "none",
    ]  # fmt: skip
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "KZDASH_BUILD": str(build.resolve())},
            stdout=log,
            stderr=log,
        )
        try:
            server = Server(f"127.0.0.1:{port}", process)
            if not _answers(server):
                log.seek(0)
                raise RuntimeError(log.read()[-2000:].decode(errors="replace"))
            yield server
        finally:
            process.terminate()
            process.wait(20)


def _answers(server: Server) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://{server.address}/_stcore/health", timeout=2):
                return True
        except OSError:
            time.sleep(0.2)
    return False
