"""Provenance: the card of the stance model, whole, damaged or not there."""

import pytest

from kzdash.build.provenance import Provenance
from kzdash.errors import ModelError


@pytest.fixture
def card(tmp_path):
    """Where the stance model's card stands in an otherwise empty folder of models."""
    (tmp_path / "stance").mkdir()
    return tmp_path / "stance/manifest.json"


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b'{"x": 1}', b'{"name": 5}', b"\xff", b"5", b'{"name": "a"', b"[" * 200_000],
    ids=lambda content: repr(content[:12]),
)
def test_a_damaged_card_is_named(card, registry, content):
    card.write_bytes(content)
    with pytest.raises(ModelError, match="is damaged") as error:
        Provenance.of(registry, card.parent.parent)
    assert error.value.place == str(card)
    assert error.value.remedy


def test_the_stance_method_is_the_name_on_the_card(card, registry):
    card.write_text('{"name": "a network of six layers"}')
    assert Provenance.of(registry, card.parent.parent).stance_method == "a network of six layers"


def test_no_card_means_no_name(card, registry):
    assert Provenance.of(registry, card.parent.parent).stance_method == ""
