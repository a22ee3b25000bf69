"""A server on this machine with a small build, and Debian's chromium to visit it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.generate import generate
from benchmarks.server import running

CHROMIUM = Path("/usr/bin/chromium")


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
    folder = tmp_path_factory.mktemp("build")
    generate(folder, 1_500, seed=3)
    return folder


@pytest.fixture(scope="module")
def server(shown_build: Path) -> Iterator[str]:
    """Start the dashboard on a free port and give its address."""
    if not CHROMIUM.exists():
        pytest.skip(f"needs a chromium at {CHROMIUM}")
    with running(shown_build) as started:
        yield f"http://{started.address}"
