"""Components: what each measure costs beside the bare parse of the same articles.

    python -m benchmarks.components [INPUT ...]

One run, one processor, ``--repeats`` rounds: in each round every article is parsed, then
measured component by component, and each component's seconds are divided by the parse's
(seconds of the processor, so that other work on the machine hardly counts).
The median over the rounds is printed, and the sum without and with the stance model. Without
an input the articles are those of `benchmarks.articles`.
"""

import argparse
import os
import statistics
import time

from benchmarks.articles import articles
from kzdash.corpus.reading import read
from kzdash.nlp import pipeline
from kzdash.registry import Registry
from kzdash.schema import Article

MODELS = ("stance",)


def rounds(given: list[Article], repeats: int, without: list[str]) -> list[dict[str, float]]:
    """Return, for each round, the seconds of the parse and of every component."""
    nlp = pipeline.load(leave_out=without)
    found = []
    for number in range(repeats + 1):
        start = time.process_time()
        docs = list(pipeline.parse(nlp, given))
        seconds = {"parse": time.process_time() - start}
        for name, component in nlp.pipeline:
            if name in pipeline.MEASURES:
                start = time.process_time()
                docs = [component(doc) for doc in docs]
                seconds[name] = time.process_time() - start
        if number:  # the first round loads models
            found.append(seconds)
    return found


def show(found: list[dict[str, float]]) -> None:
    """Print the ratios to the parse."""
    names = [name for name in found[0] if name != "parse"]
    for name in names:
        print(f"{name:12} {ratio(found, [name]):6.2f}")
    print(f"{'all but stance':12} {ratio(found, [n for n in names if n not in MODELS]):6.2f}")
    print(f"{'all':12} {ratio(found, names):6.2f}")


def ratio(found: list[dict[str, float]], names: list[str]) -> float:
    """Return the median over rounds of some components' seconds to the parse's."""
    return statistics.median(sum(r[name] for name in names) / r["parse"] for r in found)


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("inputs", nargs="*")
    parser.add_argument("--count", type=int, default=20, help="articles made where none is given")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--without", nargs="*", default=[], help="components left out")
    options = parser.parse_args()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    given = (
        [a for a in read(options.inputs, Registry.load()) if isinstance(a, Article)]
        if options.inputs
        else list(articles(options.count))
    )
    show(rounds(given, options.repeats, options.without))


if __name__ == "__main__":
    main()
