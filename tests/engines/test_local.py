"""Local workers: what they are given comes back, whatever happens to them."""

import signal

import pytest

from benchmarks import fakes
from kzdash.build.parts import Analysis, Part, failed
from kzdash.engines import named
from kzdash.engines.local import Local
from kzdash.errors import BuildError, InputError, ModelError


def parts(*articles):
    return [Part(f"key-{n}", tuple(held)) for n, held in enumerate(articles)]


def run(given, workers=2, load=fakes.load):
    return list(Local(workers).run(Analysis(load=load), given))


def taken(results):
    tables = [done.tables["articles"] for _, done in results]
    return sorted(i for table in tables for i in table["article_id"].to_pylist())


@pytest.mark.parametrize("workers", [1, 2])
def test_every_part_comes_back(workers):
    results = run(parts(fakes.articles(2), [fakes.article(7)], [fakes.article(8)]), workers)
    assert {part.key for part, _ in results} == {"key-0", "key-1", "key-2"}
    assert taken(results) == ["a00000", "a00001", "a00007", "a00008"]


def heard(articles):
    blocked = signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, [])
    return failed(articles[0], "hears no Ctrl-C" if blocked else "hears Ctrl-C")


def test_a_worker_never_hears_ctrl_c():
    [(_, done)] = Local(1).run(heard, parts([fakes.article(1)]))
    assert done.failed == (("a00001", "hears no Ctrl-C"),)


def test_no_parts_start_no_worker():
    assert run([], load=fakes.load_dying) == []


def test_a_killed_worker_costs_time_and_no_article(tmp_path):
    once = fakes.article(1, title="KILLS_ONCE", author=str(tmp_path / "flag"))
    results = run(parts([fakes.article(0), once], [fakes.article(2)]))
    assert taken(results) == ["a00000", "a00001", "a00002"]
    assert all(not done.failed for _, done in results)


def test_an_article_that_kills_every_worker_is_named_and_its_neighbours_kept():
    results = run(parts([fakes.article(0), fakes.article(1, "KILLS"), fakes.article(2)]))
    assert taken(results) == ["a00000", "a00002"]
    failures = [entry for _, done in results for entry in done.failed]
    assert failures == [("a00001", "cannot be analysed (it ended 3 worker processes)")]


@pytest.mark.parametrize(
    ("load", "error", "message"),
    [
        pytest.param(fakes.load_no_model, ModelError, "is missing", id="a model is missing"),
        pytest.param(fakes.load_broken, BuildError, "no such library", id="a library is broken"),
        pytest.param(fakes.load_dying, BuildError, "die before they can begin", id="no memory"),
    ],
)
def test_workers_that_cannot_begin_end_the_build(load, error, message):
    with pytest.raises(error, match=message):
        run(parts([fakes.article(0)]), load=load)


def test_an_engine_that_is_not_there_is_named():
    with pytest.raises(InputError, match="'cloud'"):
        named("cloud")
