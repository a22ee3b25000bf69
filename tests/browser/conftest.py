"""A server on this machine with a small build, and Debian's chromium to visit it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = Path("/usr/bin/chromium")
PATIENCE = 120_000


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Start the system's chromium, quietly."""
    if not CHROMIUM.exists():
        pytest.skip(f"needs a chromium at {CHROMIUM}")
    flags = (
        "no-sandbox disable-gpu disable-quic no-first-run disable-background-networking "
        "disable-component-update disable-sync"
    )
    arguments = [f"--{flag}" for flag in flags.split()]
    return {"executable_path": str(CHROMIUM), "args": arguments}


@pytest.fixture(scope="session")
def shown_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The build that the server shows; a file of tests may have another."""
    from benchmarks.generate import generate

    folder = tmp_path_factory.mktemp("build")
    generate(folder, 1_500, seed=3)
    return folder


@pytest.fixture(scope="module")
def server(shown_build: Path) -> Iterator[str]:
    """Start the dashboard on a free port and give its address."""
    if not CHROMIUM.exists():
        pytest.skip(f"needs a chromium at {CHROMIUM}")
    folder = shown_build
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "streamlit", "run", "app.py", "--server.address", "127.0.0.1",
        "--server.port", str(port), "--server.headless", "true",
        "--server.fileWatcherType", "none",
    ]  # fmt: skip
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "KZDASH_BUILD": str(folder)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def _wait(address: str, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail("the server did not start")
