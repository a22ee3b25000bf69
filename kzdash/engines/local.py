"""The local engine: worker processes of this machine, each with its own pipeline.

Each worker has its own pipe, so it is known which part a dead worker held. A part whose
worker dies is given to a new one; after three deaths its articles are tried one by one, and
an article that kills its worker by itself is reported as failed. Workers write no file: an
interrupted build leaves nothing of theirs behind. They are copies of one process that has
imported what they need and nothing else has happened in, so a new one costs little.
"""

import ctypes
import logging
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from kzdash.build.parts import KILLER, KILLS, Analysed, Part, Work, answered, failed, pieces
from kzdash.errors import BuildError, KzdashError

STILLBORN = 3
"""Workers in a row that may die before they are ready."""

SINGLE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")

PRELOADED = ["kzdash.build.parts", "kzdash.nlp.pipeline", "pandas"]
"""Imported once, by the process that all workers are copies of."""

log = logging.getLogger(__name__)


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Local:
    """Runs the work in processes of this machine.

    Args:
        workers: how many processes; as many as there are processors if None.
    """

    def __init__(self, workers: int | None = None) -> None:
        self.workers = workers or cores()

    def run(self, work: Work, parts: Iterable[Part]) -> Iterator[tuple[Part, Analysed]]:
        """Yield every part, or its articles one by one, with what came of it.

        Raises:
            KzdashError: a worker says that no article can be analysed.
            BuildError: workers die before they can begin.
        """
        team = _Team(work, iter(parts), self.workers)
        try:
            yield from team.run()
        finally:
            team.end()


@dataclass
class _Worker:
    """A process, the pipe to it, and the part it holds (or will, once it is ready)."""

    process: BaseProcess
    pipe: Connection
    part: Part | None
    ready: bool = False

    def send(self) -> None:
        """Hand the part over. A worker that is dead by now is found so when next heard."""
        if self.part and self.ready:
            with suppress(OSError):
                self.pipe.send(self.part.articles)


@dataclass
class _Team:
    """The workers and what they have still to do."""

    work: Work
    parts: Iterator[Part]
    size: int
    again: deque[Part] = field(default_factory=deque)
    kills: dict[str, int] = field(default_factory=dict)
    workers: list[_Worker] = field(default_factory=list)
    stillborn: int = 0

    def run(self) -> Iterator[tuple[Part, Analysed]]:
        while self._hand_out():
            for worker in self._heard():
                try:
                    answer = worker.pipe.recv()
                except (EOFError, OSError):
                    yield from self._bury(worker)
                else:
                    yield from self._take(worker, answer)

    def end(self) -> None:
        """Stop all workers; nothing of theirs is worth waiting for."""
        for worker in self.workers:
            worker.process.kill()
        for worker in self.workers:
            worker.process.join()
            worker.pipe.close()

    def _hand_out(self) -> bool:
        """Give every idle worker a part; return whether any is at work."""
        for worker in [w for w in self.workers if w.part is None]:
            worker.part = self._next()
            worker.send()
        while len(self.workers) < self.size and (part := self._next()):
            self.workers.append(_start(self.work, part))
        return any(worker.part for worker in self.workers)

    def _next(self) -> Part | None:
        return self.again.popleft() if self.again else next(self.parts, None)

    def _heard(self) -> list[_Worker]:
        busy = {worker.pipe: worker for worker in self.workers if worker.part}
        return [busy[pipe] for pipe in wait(list(busy)) if isinstance(pipe, Connection)]

    def _take(
        self, worker: _Worker, answer: Analysed | KzdashError | None
    ) -> Iterator[tuple[Part, Analysed]]:
        if isinstance(answer, KzdashError):
            raise answer
        if answer is None:
            worker.ready = True
            worker.send()
            self.stillborn = 0
        elif worker.part:
            part, worker.part = worker.part, None
            yield part, answer

    def _bury(self, worker: _Worker) -> Iterator[tuple[Part, Analysed]]:
        """Replace a dead worker; do its part again, cut it up, or give its article up."""
        self.workers.remove(worker)
        worker.process.join()
        worker.pipe.close()
        part = worker.part
        if part is None:
            return
        log.warning("A worker ended (%s); its articles are done again.", worker.process.exitcode)
        if not worker.ready:
            self._count_stillborn()
            self.again.append(part)
            return
        kills = self.kills[part.key] = self.kills.get(part.key, 0) + 1
        if kills < KILLS:
            self.again.append(part)
        elif len(part.articles) > 1:
            self.again.extend(pieces(part))
        else:
            yield part, failed(part.articles[0], KILLER)

    def _count_stillborn(self) -> None:
        self.stillborn += 1
        if self.stillborn >= STILLBORN:
            raise BuildError(
                "workers",
                "die before they can begin",
                "processes that stay",
                "Take fewer --workers, or make memory free",
            )


def _start(work: Work, part: Part) -> _Worker:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, work), daemon=True)
    kept = {name: os.environ.get(name) for name in SINGLE_THREAD}
    os.environ.update(dict.fromkeys(SINGLE_THREAD, "1"))
    # The tracker is started first, since it clears this mask.
    resource_tracker.ensure_running()
    # A worker never hears Ctrl-C, not even while it starts: its mask is ours.
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        for name, value in kept.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})
    theirs.close()
    return _Worker(process, ours, part)


def _serve(pipe: Connection, work: Work) -> None:
    """Do what is sent until the pipe ends. The life of a worker."""
    _die_with_parent()
    with suppress(EOFError, OSError):
        pipe.send(answered(getattr(work, "prepare", _nothing)))
        while True:
            articles = pipe.recv()
            pipe.send(answered(partial(work, articles)))


def _nothing() -> None:
    pass


def _die_with_parent() -> None:
    """End this process when the one that started it does, however that ends."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    if sys.platform == "linux":
        death_signal = 1
        ctypes.CDLL(None).prctl(death_signal, signal.SIGKILL)
    sentinel = parent.sentinel

    def watch() -> None:
        wait([sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
