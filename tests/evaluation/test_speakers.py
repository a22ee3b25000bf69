import pytest

from kzdash.evaluation.speakers import same_speaker


@pytest.mark.parametrize(
    ("labelled", "predicted", "same"),
    [
        pytest.param("abenov", "abenov", True, id="same id"),
        pytest.param("abenov", None, False, id="nobody"),
        pytest.param("family_lawyer", "his lawyer", True, id="a word in common"),
        pytest.param("observers", "observer", True, id="plural"),
        pytest.param("the press", "the police", False, id="articles do not count"),
        pytest.param("foreign_ministry", "defence_ministry", False, id="two known actors"),
    ],
)
def test_same_speaker(labelled, predicted, same):
    assert same_speaker(labelled, predicted, {"foreign_ministry", "defence_ministry"}) is same
