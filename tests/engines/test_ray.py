"""The Ray engine gives what the local one gives, also when a worker is killed."""

import fakes
import pytest

pytest.importorskip("ray", reason="needs the optional package ray")

from kzdash.build.parts import Analysis, Part
from kzdash.engines import named


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_killed_worker_costs_time_and_no_article(tmp_path):
    once = fakes.article(1, title="KILLS_ONCE", author=str(tmp_path / "flag"))
    given = [
        Part("key-0", (fakes.article(0), once)),
        Part("key-1", (fakes.article(2), fakes.article(3, "KILLS"))),
    ]
    results = list(named("ray", 2).run(Analysis(load=fakes.load), given))
    taken = [i for _, done in results for i in done.tables["articles"]["article_id"].to_pylist()]
    assert sorted(taken) == ["a00000", "a00001", "a00002"]
    assert [entry[0] for _, done in results for entry in done.failed] == ["a00003"]
