"""The Ray engine gives what this process gives, also when its workers are killed."""

import pytest

from benchmarks import fakes

pytest.importorskip("ray", reason="needs the optional package ray")

from kzdash.build import Analysis, InProcess, build
from kzdash.engines import named
from kzdash.errors import BuildError
from kzdash.paths import ROOT


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_killed_workers_cost_time_and_no_row(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    good = [
        *fakes.articles(60),
        fakes.article(100, title="KILLS_ONCE", author=str(tmp_path / "flag")),
    ]
    (tmp_path / "flag").touch()
    expected = build(good, tmp_path / "here", work=Analysis(load=fakes.load), engine=InProcess())
    (tmp_path / "flag").unlink()
    summary = build(
        [*good, fakes.article(200, "KILLS every worker.")],
        tmp_path / "ray",
        work=Analysis(load=fakes.load),
        engine=named("ray", 2),
    )
    assert summary.content_hash == expected.content_hash
    assert [one.place for one in summary.rejected] == ["steppe.jsonl, line 200"]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_workers_that_cannot_work_end_the_build_and_reject_nothing(tmp_path, monkeypatch):
    monkeypatch.delenv("PYTHONPATH", raising=False)
    with pytest.raises(BuildError, match="cannot work"):
        build(fakes.articles(2), tmp_path, work=Analysis(load=fakes.load), engine=named("ray", 1))
