"""The repository's data, and what is said where it is missing."""

import pytest

from kzdash import paths
from kzdash.build.provenance import Provenance
from kzdash.cli import run
from kzdash.errors import KzdashError
from kzdash.nlp.frame_model import FrameModel
from kzdash.nlp.mentions import MentionFinder
from kzdash.nlp.relation_model import RelationModel
from kzdash.nlp.stance_model import StanceModel
from kzdash.registry import Registry

NONE = Registry([], [], [], [])


@pytest.fixture
def wheel(monkeypatch, tmp_path):
    """Paths as in an installed wheel: nothing lies beside the code."""
    monkeypatch.setattr(paths, "DATA", tmp_path / "data")
    monkeypatch.setattr(paths, "REGISTRY", tmp_path / "data" / "registry")


def test_shipped_gives_the_path_where_there_is_data():
    assert paths.shipped(paths.MODELS) == paths.MODELS


@pytest.mark.usefixtures("wheel")
@pytest.mark.parametrize(
    "first_use",
    [
        pytest.param(Registry.load, id="registry"),
        pytest.param(StanceModel.load, id="stance"),
        pytest.param(RelationModel.load, id="relation"),
        pytest.param(FrameModel.load, id="frames"),
        pytest.param(lambda: MentionFinder(NONE), id="mentions"),
        pytest.param(lambda: Provenance.of(NONE), id="provenance"),
    ],
)
def test_first_use_of_missing_data_names_place_and_remedy(first_use, tmp_path):
    with pytest.raises(KzdashError) as caught:
        first_use()
    assert caught.value.place == str(tmp_path / "data")
    assert "pip install -e ." in caught.value.remedy


@pytest.mark.usefixtures("wheel")
@pytest.mark.parametrize("command", [["report"], ["serve"], ["stance", "-"]])
def test_commands_say_so_in_one_line(command, capsys):
    assert run(command) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "an editable install of a clone" in said
