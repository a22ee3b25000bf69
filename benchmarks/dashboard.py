"""The dashboard's targets, as ratios within one run.

    python -m benchmarks.dashboard [--mentions 1000000] [--pages]

1. Resampling row by row / the product of weights, at 100,000 rows: at least 10 times, and the
   same to 1e-9.
2. A filtered aggregate through the store / the same query on a bare DuckDB connection: at most
   1.3. The mentions: at most 20 MB per million.
3. With --pages: a page run anew by AppTest after a filter changed / run anew as it was, when all
   of its answers are remembered and only the drawing is left: at most 1.5. The first time that
   a selection is asked for is given beside it. In seconds of the processor, so that other
   programs count little.
4. Neither spaCy nor onnxruntime is loaded by any of this.
"""

import argparse
import gc
import itertools
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.generate import generate
from kzdash.manifest import Manifest
from kzdash.measures.resampling import ratios, weights
from kzdash.paths import ROOT
from kzdash.scope import Scope
from kzdash.store import FAMILIES, Store

REPEATS = 5
ROWS, ARTICLES, REPLICATES = 100_000, 1_000, 200
PAGES = ("app.py", "actor", "outlets", "framing", "voices", "relations", "evidence", "methods")
CHANGES = ("2019", "2020", "2021", "2019-06", "2020-06")

Answer = dict[str, float | bool | str]


def main() -> None:
    """Run from the command line: a JSON object of figures."""
    parser = argparse.ArgumentParser(description="Measure the dashboard's targets.")
    parser.add_argument("--mentions", type=int, default=1_000_000)
    parser.add_argument("--build", type=Path, help="a build to use instead of a generated one")
    parser.add_argument("--pages", action="store_true", help="run every page as well")
    given = parser.parse_args()
    with _build(given.build, given.mentions) as folder:
        found: dict[str, object] = {"bootstrap": bootstrap(), "store": store(folder)}
        if given.pages:
            found["pages"] = run_pages(folder)
    found["imports"] = {name: name in sys.modules for name in ("spacy", "onnxruntime")}
    sys.stdout.write(json.dumps(found, indent=1) + "\n")


def bootstrap() -> Answer:
    """Compare resampling row by row with the product of weights, for the same draws."""
    rng = np.random.default_rng(0)
    article = np.sort(rng.integers(0, ARTICLES, ROWS))
    values = rng.normal(size=ROWS)
    drawn = weights(ARTICLES, "benchmark", REPLICATES)
    starts = np.searchsorted(article, np.arange(ARTICLES + 1))

    def naive() -> np.ndarray:
        parts = [values[a:b] for a, b in itertools.pairwise(starts)]
        chosen = [np.repeat(np.arange(ARTICLES), row) for row in drawn]
        return np.array([np.concatenate([parts[i] for i in row]).mean() for row in chosen])

    def weighted() -> np.ndarray:
        above = np.bincount(article, values, ARTICLES).astype(np.float64)[:, None]
        below = np.bincount(article, minlength=ARTICLES).astype(np.float64)[:, None]
        found: np.ndarray = ratios(drawn, above, below)[:, 0]
        return found

    slow, quick = paired(naive, weighted)
    return {
        "naive_seconds": slow,
        "weights_seconds": quick,
        "ratio": slow / quick,
        "largest_difference": float(np.abs(naive() - weighted()).max()),
    }


def store(folder: Path) -> Answer:
    """Compare a question to the store with its query on the bare connection; weigh the files."""
    begun = time.perf_counter()
    opened = Store.open(folder)
    seconds = time.perf_counter() - begun
    scope = Scope(outlets=("rt", "eurasianet"), start="2019", end="2021", voices=("own",))
    asked: list[tuple[str, dict[str, object]]] = []
    ask = opened.ask
    opened.ask = lambda query, values=None: (
        asked.append((query, dict(values or {})))
        or ask(  # type: ignore[method-assign,func-returns-value]
            query, values
        )
    )
    opened.top_actors(scope)
    opened.ask = ask  # type: ignore[method-assign]
    query, values = asked[0]

    def bare() -> object:
        return opened._connection.cursor().execute(query, values).df()

    def question() -> object:
        opened._answers.clear()
        return opened.top_actors(scope)

    base, ours = paired(bare, question)
    rows = Manifest.read(folder).files["mentions.parquet"].rows
    size = (folder / "mentions.parquet").stat().st_size
    units = {f"units_{f}_seconds": timed(partial(_units, opened, f)) for f in FAMILIES}
    opened.close()
    return {
        "open_seconds": seconds,
        "bare_seconds": base,
        "store_seconds": ours,
        "ratio": ours / base,
        "megabytes_per_million": size / rows,
        **units,
    }


def _units(opened: Store, family: str) -> object:
    opened._answers.clear()
    actors = tuple(opened.top_actors(Scope())["actor"])
    return opened.mention_units(replace(Scope(), actors=actors), family=family)


def run_pages(folder: Path) -> dict[str, Answer]:
    """Measure every page in one AppTest, on one opening of the build."""
    from streamlit.testing.v1 import AppTest

    os.environ["KZDASH_BUILD"] = str(folder)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=600).run()
    found = {}
    for page in PAGES:
        app.switch_page(page if page.endswith(".py") else f"pages/{page}.py").run()
        found[page] = run_page(app)
    return found


def run_page(app: Any) -> Answer:
    """Compare a page after a change of filter with the same page drawn from what is remembered."""
    first, again, drawn = [], [], []
    for change in CHANGES:
        app.query_params["from"] = change
        first.append(timed(lambda: app.run(), 1, time.process_time))
    for change in CHANGES:
        app.query_params["from"] = change
        again.append(timed(lambda: app.run(), 1, time.process_time))
        drawn.append(timed(lambda: app.run(), 1, time.process_time))
    middle = [statistics.median(times) for times in (first, again, drawn)]
    return {
        "first_seconds": middle[0],
        "changed_seconds": middle[1],
        "drawn_seconds": middle[2],
        "ratio": middle[1] / middle[2],
        "first_ratio": middle[0] / middle[2],
        "charts": len(app.get("plotly_chart")),
        "errors": "; ".join(error.message for error in app.exception),
    }


def paired(one: Callable[[], object], other: Callable[[], object]) -> tuple[float, float]:
    """Return the median seconds of two functions, run in turn."""
    times = [(timed(one, 1), timed(other, 1)) for _ in range(REPEATS)]
    return statistics.median(t for t, _ in times), statistics.median(t for _, t in times)


def timed(
    function: Callable[[], object],
    repeats: int = REPEATS,
    clock: Callable[[], float] = time.perf_counter,
) -> float:
    """Return the median seconds that a function takes, by a clock."""
    times = []
    for _ in range(repeats):
        gc.collect()
        begun = clock()
        function()
        times.append(clock() - begun)
    return statistics.median(times)


@contextmanager
def _build(folder: Path | None, mentions: int) -> Iterator[Path]:
    if folder is not None:
        yield folder
        return
    with tempfile.TemporaryDirectory() as place:
        generate(Path(place) / "build", mentions)
        yield Path(place) / "build"


if __name__ == "__main__":
    main()
