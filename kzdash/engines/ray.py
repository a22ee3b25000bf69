"""The Ray engine: the same work on a Ray cluster (optional extra ``kzdash[ray]``).

Articles travel to the cluster and rows come back, so its machines need kzdash installed and
nothing shared: no folder, no object store. Ray gives the work of a dead worker to another;
what still fails is tried article by article, as in the local engine.
"""

import logging
import os
from collections import deque
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from kzdash.build.parts import (
    KILLER,
    KILLS,
    Analysed,
    Part,
    Work,
    answered,
    failed,
    pieces,
)
from kzdash.errors import BuildError, InputError, KzdashError

os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
try:
    import ray
    import ray.exceptions
except ImportError:
    raise InputError(
        "--engine ray", "Ray is not installed", "the package ray", "pip install 'kzdash[ray]'"
    ) from None

_DEATHS = (
    ray.exceptions.WorkerCrashedError,
    ray.exceptions.OutOfMemoryError,
    ray.exceptions.ObjectLostError,
    ray.exceptions.NodeDiedError,
)


class Ray:
    """Runs the work on a Ray cluster: the one of ``RAY_ADDRESS``, or one on this machine.

    Args:
        workers: processors to use; all that the cluster has if None.
    """

    def __init__(self, workers: int | None = None) -> None:
        self.workers = workers

    def run(self, work: Work, parts: Iterable[Part]) -> Iterator[tuple[Part, Analysed]]:
        """Yield every part, or its articles one by one, with what came of it.

        Raises:
            KzdashError: no article can be analysed.
        """
        waiting = iter(parts)
        first = next(waiting, None)
        if first is None:
            return
        ours = self._connect()
        try:
            yield from self._run(work, deque([first]), waiting)
        finally:
            if ours:
                ray.shutdown()

    def _connect(self) -> bool:
        """Connect to the cluster; return whether it is ours to leave."""
        if ray.is_initialized():
            return False
        address = os.environ.get("RAY_ADDRESS")
        ray.init(
            address=address,
            num_cpus=None if address else self.workers,
            include_dashboard=None if address else False,
            log_to_driver=False,
            logging_level=logging.ERROR,
            configure_logging=True,
        )
        return True

    def _run(
        self, work: Work, again: deque[Part], waiting: Iterator[Part]
    ) -> Iterator[tuple[Part, Analysed]]:
        task = ray.remote(num_cpus=1, max_retries=KILLS - 1)(_do)
        shared = ray.put(work)
        at_once = 2 * (self.workers or _processors())
        running: dict[Any, Part] = {}
        while True:
            while len(running) < at_once:
                part = again.popleft() if again else next(waiting, None)
                if part is None:
                    break
                running[task.remote(shared, part.articles)] = part
            if not running:
                return
            [done], _ = ray.wait(list(running), num_returns=1)
            part = running.pop(done)
            answer = _result(done)
            if isinstance(answer, KzdashError):
                raise answer
            if answer is not None:
                yield part, answer
            elif len(part.articles) > 1:
                again.extend(pieces(part))
            else:
                yield part, failed(part.articles[0], KILLER)


def _processors() -> int:
    resources: Any = ray.cluster_resources  # not typed by Ray
    return int(resources().get("CPU", 1))


def _do(work: Work, articles: tuple[Any, ...]) -> Analysed | KzdashError | None:
    return answered(partial(work, articles))


def _result(reference: Any) -> Analysed | KzdashError | None:
    """Return what a task answered; None where all its workers died.

    Raises:
        BuildError: the workers cannot do the work, as where kzdash is not installed there.
    """
    try:
        answer: Analysed | KzdashError = ray.get(reference)
    except _DEATHS:
        return None
    except ray.exceptions.RayError as error:
        said = str(error).strip().splitlines()[-1:] or [type(error).__name__]
        raise BuildError(
            "Ray",
            f"its workers cannot work ({said[0]})",
            "kzdash on every machine of the cluster",
            "Install the same version there",
        ) from error
    return answer
