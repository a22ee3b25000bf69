"""A network small enough to train in a test, and rows for it."""

from collections.abc import Callable

import numpy as np
import pytest

from kzdash.nlp.marked_text import Marked

CONFIG = {
    "model_type": "bert",
    "hidden_size": 16,
    "num_attention_heads": 2,
    "num_hidden_layers": 2,
    "intermediate_size": 24,
    "layer_norm_eps": 1e-12,
    "vocab_size": 50,
    "max_position_embeddings": 32,
}


@pytest.fixture
def make_network() -> Callable:
    """Makes the same untrained network again and again, for one span and three labels."""
    torch = pytest.importorskip("torch", reason="needs training/requirements.txt")
    from training.encoder import Encoder, SpanClassifier

    def make(seed: int = 1, layers: int = 2):
        torch.manual_seed(seed)
        return SpanClassifier(Encoder(CONFIG, layers), 1, 3)

    return make


@pytest.fixture
def texts() -> list[Marked]:
    """Forty short texts of made-up tokens."""
    draw = np.random.default_rng(0)
    return [
        Marked(tuple(map(int, draw.integers(1, 49, n % 4 + 5))), ((2, 4),), ()) for n in range(40)
    ]
