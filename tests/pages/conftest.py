"""A small build drawn at random, and the pages opened on it as a visitor opens them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from benchmarks.generate import generate

ROOT = Path(__file__).resolve().parents[2]
TIMEOUT = 120

Open = Callable[..., AppTest]


@pytest.fixture(scope="session")
def small_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of about 1,500 mentions, without texts."""
    folder = tmp_path_factory.mktemp("build")
    generate(folder, 1_500, seed=3)
    return folder


@pytest.fixture
def open_page(small_build: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open a page cold, with address parameters, and run it."""
    monkeypatch.setenv("KZDASH_BUILD", str(small_build))

    def open_(script: str, **query: str | list[str]) -> AppTest:
        at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=TIMEOUT)
        if script != "app.py":
            at.switch_page(script)
        for name, value in query.items():
            at.query_params[name] = value
        return at.run()

    return open_
