"""The way of a build: read, analyse, merge, publish."""

import time
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from kzdash.build.intake import Intake
from kzdash.build.merge import Merge
from kzdash.build.parts import Analysis, Engine, InProcess, Work, whole
from kzdash.build.places import Places
from kzdash.build.provenance import Provenance
from kzdash.build.summary import Summary
from kzdash.build.workplace import Workplace, only_build, storage
from kzdash.content import content_hash
from kzdash.corpus.rejection import Rejection
from kzdash.errors import BuildError
from kzdash.manifest import Manifest, check, describe_files
from kzdash.progress import Progress
from kzdash.publish import publish, recover
from kzdash.registry import Registry
from kzdash.schema import Article

MOST_NAMED = 10_000
"""Rejected inputs that the manifest names; all are counted."""


def build(
    items: Iterable[Article | Rejection],
    out: Path,
    *,
    registry: Path | None = None,
    engine: Engine | None = None,
    work: Work | None = None,
    private: bool = True,
    progress: Progress | None = None,
    places: Places | None = None,
) -> Summary:
    """Make the tables of articles and publish them in a folder.

    The tables depend on the articles, the registry and the code alone: never on the order of
    the inputs, the engine, the machine or what was built before.

    Args:
        items: articles and what could not be read, as `kzdash.corpus.read` yields them.
        out: the folder of the build; made if it is not there.
        registry: a registry folder; the shipped one if None.
        engine: where the work runs; in this process if None.
        work: what is done with the articles of a part; `Analysis` if None.
        private: whether to keep the articles' texts beside the tables.
        progress: hears how it goes on.
        places: makes the places relative that the manifest names.

    Returns:
        What was done. Where nothing was taken, the folder is as it was.

    Raises:
        BuildError: the folder cannot be written, or another build is writing it.
        RegistryError, ModelError: what the analysis needs is not in order.
    """
    progress = progress or Progress()
    provenance = Provenance.of(Registry.load(registry))
    with only_build(out), storage(out):
        one = _Build(out, provenance, engine or InProcess(), private, progress, places or Places())
        return one.run(items, work or Analysis(registry))


@dataclass(frozen=True)
class _Build:
    """One build of one folder that nobody else is writing."""

    out: Path
    provenance: Provenance
    engine: Engine
    private: bool
    progress: Progress
    places: Places

    def run(self, items: Iterable[Article | Rejection], work: Work) -> Summary:
        started = time.monotonic()
        place = Workplace(self.out)
        recover(self.out)
        place.prepare()
        before = self._before()
        articles = before.get("articles")
        with closing(
            Intake(place, self.provenance.digest, articles, self.progress, self.places)
        ) as intake:
            intake.read(items)
            keys = self._analyse(place, intake, work)
            counts, hashed = {"duplicates": 0, "not_scored": 0}, ""
            if intake.known + intake.new:
                self.progress.writing()
                merge = Merge(place, intake, before if intake.known else {})
                counts = merge.write(keys, self.private)
                intake.note_unscored(merge.unscored())
                hashed = self._publish(place, intake, counts)
            place.remove()
        return Summary(
            accepted=intake.known + intake.new,
            rejected=tuple(intake.rejected),
            skipped=intake.skipped,
            reused=intake.known,
            analysed=intake.new,
            duplicates=counts["duplicates"],
            not_scored=counts["not_scored"],
            content_hash=hashed,
            seconds=round(time.monotonic() - started, 3),
            notes=tuple(intake.notes),
        )

    def _before(self) -> dict[str, Path]:
        """Return the tables of the build before, if they are whole and measured the same way."""
        try:
            manifest = check(self.out)
        except BuildError:
            return {}
        if manifest.pipeline != self.provenance.digest:
            return {}
        return {
            name.removesuffix(".parquet"): path
            for name, path in manifest.paths(self.out).items()
            if name in manifest.files
        }

    def _analyse(self, place: Workplace, intake: Intake, work: Work) -> list[str]:
        """Analyse what waits; return the keys of all parts, in the order of their articles."""
        keys: dict[str, list[str]] = {key: [] for key in intake.parts}
        done = 0
        for key, count in intake.parts.items():
            if place.has(key):
                done += count
                keys[key].append(self._noted(place, intake, key))
        total = sum(intake.parts.values())
        self.progress.analysed(done, total)
        for part, analysed in self.engine.run(work, intake.waiting()):
            place.write(part.key, analysed)
            done += len(part.articles)
            keys[whole(part.key)].append(self._noted(place, intake, part.key))
            self.progress.analysed(done, total)
        return [key for found in keys.values() for key in sorted(found)]

    def _noted(self, place: Workplace, intake: Intake, key: str) -> str:
        """Note the articles of a part that cannot be analysed; return its key."""
        for article_id, finding in place.failed(key):
            intake.fail(article_id, finding)
        return key

    def _publish(self, place: Workplace, intake: Intake, counts: dict[str, int]) -> str:
        files, texts = describe_files(place.staging)
        hashed = content_hash(place.staging)
        Manifest(
            content_hash=hashed,
            files=files,
            texts=texts,
            code_version=self.provenance.code_version,
            registry_hash=self.provenance.registry_hash,
            model_hashes=self.provenance.models,
            pipeline=self.provenance.digest,
            stance_method=self.provenance.stance_method,
            inputs={
                "accepted": counts["articles"],
                "rejected": len(intake.rejected),
                "skipped": intake.skipped,
            },
            counts=counts,
            outlets=intake.outlets(),
            rejected=tuple(
                {"place": one.place, "reason": one.reason}
                for one in sorted(intake.rejected, key=str)[:MOST_NAMED]
            ),
            noted=tuple(
                {"place": one.place, "note": one.finding} for one in sorted(intake.notes, key=str)
            ),
        ).write(place.staging)
        publish(self.out, place.staging)
        return hashed
