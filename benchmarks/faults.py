"""Faults: builds are killed, interrupted, starved of disk, damaged, and read while replaced.

Run `python -m benchmarks.faults --kills 200 --signals 50 --disks 50 --errors 200 --damages 1000
--reads 5000`. Nothing is lost when all four hold: the last complete build opens and every file is
the one its manifest names; a rerun gives the content hash of an undisturbed build; accepted,
rejected and skipped are the inputs seen; no temporary file survives the rerun. The rows come from
a stand-in for the pipeline, so that hundreds of tries take minutes.
"""

import argparse
import errno
import io
import itertools
import multiprocessing
import os
import random
import resource
import shutil
import signal
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from benchmarks import fakes
from kzdash import interrupts, manifest, publish
from kzdash.build import Analysis, InProcess, Summary, build
from kzdash.engines.local import Local
from kzdash.errors import BuildError, KzdashError
from kzdash.schema import TABLES, Article
from kzdash.store import Store

CONTEXT = multiprocessing.get_context("forkserver")
EXPECTED = {*(f"{table}.parquet" for table in TABLES), "manifest.json", "private", "generations"}
PRELOADED = ["kzdash.build", "kzdash.engines.local", "benchmarks.fakes", "pandas"]
SIGNALS = (signal.SIGINT, signal.SIGTERM)
LONGEST_EXIT = 5.0
ARTICLES = 120
BREAKABLE: tuple[tuple[Any, str], ...] = (
    (os, "fsync rename replace link mkdir open unlink rmdir scandir stat"),
    (Path, "open read_bytes"),
    (pq.ParquetWriter, "write_table close"),
    (pq, "write_table"),
)
"""What the campaign of broken devices lets fail, one call at a time."""


def slow(given: Any) -> Iterator[Any]:
    """Analyse as the stand-in does, a millisecond an article."""
    for rows in fakes.analyse(given):
        time.sleep(0.001)
        yield rows


def load(registry: Path | None) -> Any:
    """Return the slow stand-in."""
    return slow


def given(which: str) -> list[Article]:
    """Return the articles of one of two builds that differ in half of them."""
    return [
        fakes.article(n, f"Title {n}\n\nAru Seitova opened school {n} in {which}.")
        if n % 2
        else fakes.article(n)
        for n in range(ARTICLES)
    ]


def make(out: Path, which: str, workers: int = 0) -> Summary:
    """Build in this process, or with workers."""
    engine = Local(workers) if workers else InProcess()
    return build(given(which), out, work=Analysis(load=load), engine=engine)


def break_call(number: int) -> None:
    """Let one call of those that read and write disks fail, as on a broken device."""
    calls = itertools.count()

    def breaking(call: Callable[..., Any]) -> Callable[..., Any]:
        def broken(*arguments: Any, **options: Any) -> Any:
            if next(calls) == number:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            return call(*arguments, **options)

        return broken

    for owner, names in BREAKABLE:
        for name in names.split():
            setattr(owner, name, breaking(getattr(owner, name)))


def disturbed(
    out: Path, which: str, workers: int, file_limit: int | None, said: str, broken: int | None
) -> None:
    """Build as a command does; the body of a process that is disturbed."""
    os.dup2(os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
    interrupts.leave_at_once()
    if file_limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_limit, resource.RLIM_INFINITY))
    if broken is not None:
        break_call(broken)
    try:
        make(out, which, workers)
    except Exception as error:
        kind = "" if isinstance(error, KzdashError) else f"internal error: {type(error).__name__}: "
        os.write(2, f"{kind}{error}\n".encode())
        os._exit(1)
    os._exit(0)


def tell(name: str, found: Counter[str]) -> None:
    """Print what a campaign has found so far, now and then."""
    if sum(found.values()) % 20 == 0:
        print(f"{name} so far: {dict(found)}", flush=True)


class Bench:
    """A folder with a build in it, and what undisturbed builds give."""

    def __init__(self, folder: Path, seed: int, workers: int) -> None:
        self.random = random.Random(seed)
        self.out = folder / "out"
        self.said = folder / "said"
        self.hashes = {which: make(folder / which, which).content_hash for which in "AB"}
        self.next = "A"
        self.start().join()
        self.next = "B"
        started = time.monotonic()
        self.start(workers).join()
        self.seconds = time.monotonic() - started
        self.next = "A"

    def start(
        self, workers: int = 0, file_limit: int | None = None, broken: int | None = None
    ) -> Any:
        """Start a build of the other articles."""
        arguments = (self.out, self.next, workers, file_limit, str(self.said), broken)
        process = CONTEXT.Process(target=disturbed, args=arguments)
        process.start()
        return process

    def learn(self, alive: bool) -> None:
        """Follow how long builds take now: the machine may be more or less busy."""
        self.seconds *= 1.03 if alive else 0.8

    def after(self) -> list[str]:
        """Rerun what was disturbed; return what is wrong."""
        wrong = []
        try:
            opened = publish.open_checked(self.out)
            if opened.warning or opened.manifest.content_hash not in self.hashes.values():
                wrong.append("the last build is damaged")
        except BuildError:
            wrong.append("no build opens")
        summary = make(self.out, self.next)
        if summary.content_hash != self.hashes[self.next]:
            wrong.append("another content hash")
        if summary.accepted + len(summary.rejected) + summary.skipped != ARTICLES:
            wrong.append("articles lost")
        left = {path.name for path in self.out.iterdir()} - EXPECTED
        if left or list(self.out.rglob(".*")):
            wrong.append(f"left: {sorted(left)}")
        self.next = "A" if self.next == "B" else "B"
        return wrong


def kills(bench: Bench, tries: int, workers: int) -> Counter[str]:
    """Kill builds at random moments."""
    found: Counter[str] = Counter()
    for _ in range(tries):
        process = bench.start(workers)
        process.join(bench.random.uniform(0, bench.seconds))
        alive = process.is_alive()
        process.kill()
        process.join()
        bench.learn(alive)
        found["killed" if alive else "already done"] += 1
        found.update(bench.after())
        tell("kill -9", found)
    return found


def signals(bench: Bench, tries: int, workers: int) -> Counter[str]:
    """Send SIGINT and SIGTERM at random moments."""
    found: Counter[str] = Counter()
    for number in range(tries):
        sent = SIGNALS[number % 2]
        bench.said.unlink(missing_ok=True)
        process = bench.start(workers)
        while not bench.said.exists():
            time.sleep(0.001)
        time.sleep(0.02)
        process.join(bench.random.uniform(0, bench.seconds))
        alive = process.is_alive()
        started = time.monotonic()
        if alive:
            os.kill(process.pid, sent)
        process.join()
        said = bench.said.read_text()
        if time.monotonic() - started > LONGEST_EXIT:
            found["late"] += 1
        if alive and (process.exitcode, said) != (128 + sent, interrupts.MESSAGE + "\n"):
            found[f"exit {process.exitcode}: {said!r}"] += process.exitcode != 0
        bench.learn(alive)
        found["interrupted" if alive else "already done"] += 1
        found.update(bench.after())
        tell("signals", found)
    return found


def disks(bench: Bench, tries: int) -> Counter[str]:
    """Let writing fail at random sizes."""
    found: Counter[str] = Counter()
    for _ in range(tries):
        process = bench.start(file_limit=bench.random.randrange(1, 60_000))
        process.join()
        lines = bench.said.read_text().splitlines()
        if process.exitcode == 1 and len(lines) == 1 and "cannot be" in lines[0]:
            found["refused"] += 1
        elif process.exitcode == 0:
            found["had room"] += 1
        else:
            found[f"exit {process.exitcode}: {lines[-1:]}"] += 1
        found.update(bench.after())
    return found


def errors(bench: Bench, tries: int) -> Counter[str]:
    """Let one call to the disk fail, a random one each time."""
    found: Counter[str] = Counter()
    calls = 1_500
    for _ in range(tries):
        process = bench.start(broken=bench.random.randrange(calls))
        process.join()
        lines = bench.said.read_text().splitlines()
        if process.exitcode == 1 and len(lines) == 1:
            found["an error of one line" if lines[0][0] == "i" else "refused"] += 1
        elif process.exitcode == 0:
            found["went on"] += 1
            calls = max(100, int(calls * 0.97))
        else:
            found[f"exit {process.exitcode}: {lines[-1:]}"] += 1
        found.update(bench.after())
    return found


def damages(bench: Bench, folder: Path, tries: int) -> Counter[str]:
    """Damage a build at random; the tables that are opened must be whole or refused."""
    found: Counter[str] = Counter()
    good = _numbers(Store.open(folder / "A"))
    for number in range(tries):
        copy = shutil.copytree(folder / "A", folder / "damaged")
        shutil.rmtree(copy / "generations", ignore_errors=True)
        names = [*manifest.Manifest.read(copy).files, "manifest.json"]
        name = bench.random.choice(names)
        how = DAMAGES[number % len(DAMAGES)]
        try:
            how(copy / name, folder / "B" / name, bench.random)
            try:
                store = Store.open(copy)
                numbers = _numbers(store)
                found["unharmed" if numbers == good else f"WRONG NUMBERS: {how.__name__}"] += 1
            except BuildError:
                found["detected"] += 1
        finally:
            shutil.rmtree(copy)
    return found


def _flip(path: Path, other: Path, rng: random.Random) -> None:
    data = bytearray(path.read_bytes())
    data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    path.write_bytes(data)


def _cut(path: Path, other: Path, rng: random.Random) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: rng.randrange(len(data))])


def _swap(path: Path, other: Path, rng: random.Random) -> None:
    if path.read_bytes() == other.read_bytes():
        path.unlink()  # a table that is the same in both builds
    else:
        shutil.copyfile(other, path)


def _exchange(path: Path, other: Path, rng: random.Random) -> None:
    neighbour = path.with_name(
        "mentions.parquet" if path.name != "mentions.parquet" else "sentences.parquet"
    )
    data = path.read_bytes()
    path.write_bytes(neighbour.read_bytes())
    neighbour.write_bytes(data)


def _older(path: Path, other: Path, rng: random.Random) -> None:
    file = path.with_name("manifest.json")
    version = rng.choice(["0", "2", "null", '"1"'])
    file.write_text(file.read_text().replace('"schema_version": 1', f'"schema_version": {version}'))


def _remove(path: Path, other: Path, rng: random.Random) -> None:
    path.unlink()


def _lengthen(path: Path, other: Path, rng: random.Random) -> None:
    path.write_bytes(path.read_bytes() + rng.randbytes(rng.randrange(1, 100)))


DAMAGES = (_flip, _cut, _swap, _exchange, _older, _remove, _lengthen)


def _numbers(store: Store) -> str:
    """Return what the store says of the corpus and its actors, as text."""
    return f"{store.outlets().to_json()} {store.actors().to_json()}"


def full_disk(bench: Bench, tries: int) -> Counter[str]:
    """Build on a file system that is too small; needs the right to mount one."""
    found: Counter[str] = Counter()
    for _ in range(tries):
        with tempfile.TemporaryDirectory() as place:
            size = bench.random.randrange(100, 1_500) * 1024
            mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place]
            if subprocess.run(mount, capture_output=True).returncode:
                return Counter({"no right to mount": 1})
            try:
                found[_on_small_disk(bench, Path(place) / "out")] += 1
            finally:
                subprocess.run(["umount", "--lazy", place], check=True)
    return found


def _on_small_disk(bench: Bench, out: Path) -> str:
    try:
        shutil.copytree(bench.out, out)
    except OSError:
        return "no room for the build before"
    try:
        make(out, bench.next)
    except BuildError as error:
        before = publish.open_checked(out)
        whole = before.warning is None and before.manifest.content_hash in bench.hashes.values()
        return "refused" if whole else f"torn: {error}"
    return "had room"


def publishing(out: Path, folder: Path, stop: Any) -> None:
    """Publish two builds in turn until told to stop; the body of a process."""
    while not stop.is_set():
        for which in "AB":
            staging = out / ".staging"
            shutil.copytree(folder / which, staging)
            publish.publish(out, staging)


def readings(bench: Bench, folder: Path, reads: int) -> Counter[str]:
    """Read a build again and again while others take its place."""

    def tables(base: Path, found: manifest.Manifest) -> list[bytes]:
        return [manifest.read_bytes(base, found, name) for name in sorted(found.files)]

    found: Counter[str] = Counter()
    whole = {}
    for which in "AB":
        opened = publish.open_build(folder / which, tables)
        whole[which] = opened.read
        shutil.rmtree(folder / which / "generations", ignore_errors=True)
    stop = CONTEXT.Event()
    process = CONTEXT.Process(target=publishing, args=(bench.out, folder, stop))
    process.start()
    last = ""
    for number in range(reads):
        try:
            opened = publish.open_build(bench.out, tables)
        except BuildError as error:
            found[f"error: {error}"] += 1
            continue
        kind = next((which for which, data in whole.items() if data == opened.read), "mixed")
        found[kind if opened.warning is None else "warned"] += 1
        found["changes seen"] += kind != last
        last = kind
        if number % 500 == 499:
            print(f"reads so far: {dict(found)}", flush=True)
        pq.read_table(io.BytesIO(opened.read[0]))
    stop.set()
    process.join()
    return found


def main() -> None:
    """Run what is asked for and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in (
        "kills", "signals", "disks", "mounts", "errors", "damages", "reads", "workers", "seed"
    ):  # fmt: skip
        parser.add_argument(f"--{name}", type=int, default=0)
    asked = parser.parse_args()
    CONTEXT.set_forkserver_preload(PRELOADED)
    with tempfile.TemporaryDirectory() as place:
        bench = Bench(Path(place), asked.seed, asked.workers)
        print(f"an undisturbed build: {bench.seconds:.2f} s")
        if asked.kills:
            print("kill -9:", dict(kills(bench, asked.kills, asked.workers)))
        if asked.signals:
            print("SIGINT, SIGTERM:", dict(signals(bench, asked.signals, asked.workers)))
        if asked.disks:
            print("file size limits:", dict(disks(bench, asked.disks)))
        if asked.mounts:
            print("full disks:", dict(full_disk(bench, asked.mounts)))
        if asked.errors:
            print("broken device:", dict(errors(bench, asked.errors)))
        if asked.damages:
            print("damaged files:", dict(damages(bench, Path(place), asked.damages)))
        if asked.reads:
            print("reads:", dict(readings(bench, Path(place), asked.reads)))


if __name__ == "__main__":
    main()
