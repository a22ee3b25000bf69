"""One method per question over a build's tables; each documents the columns it returns.

    store = Store.open(Path("data/analysis"))
    store.glance(Scope(outlets=("rt",)))

Ids come as ids (the registry has the names), undefined values as NULL. Rows come in a fixed
order. A store holds the build that it opened, whatever is published afterwards.
"""

from pathlib import Path

import duckdb

from kzdash.errors import InputError
from kzdash.manifest import Manifest
from kzdash.paths import ANALYSIS
from kzdash.publish import open_build
from kzdash.scope import Scope
from kzdash.store.actors import BY, EXACT, ActorQueries
from kzdash.store.corpus import PERIODS, CorpusQueries
from kzdash.store.discourse import DiscourseQueries
from kzdash.store.evidence import MAX_PAGE, ORDERS, EvidenceQueries
from kzdash.store.frames import FrameQueries
from kzdash.store.loading import load
from kzdash.store.passages import PASSAGE_ORDERS, PassageQueries
from kzdash.store.sums import FAMILIES


class Store(
    CorpusQueries, ActorQueries, FrameQueries, DiscourseQueries, EvidenceQueries, PassageQueries
):
    """The questions that the pages ask of one build. May be used from many threads.

    Attributes:
        manifest: of the build.
        warning: what to say where the newest build is damaged and an earlier one is shown.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        manifest: Manifest,
        warning: str | None = None,
    ) -> None:
        super().__init__(connection)
        self.manifest = manifest
        self.warning = warning

    def check(self, scope: Scope) -> None:
        """Refuse a scope that names what this build does not have.

        Raises:
            InputError: names the outlet or actor, and those that there are.
        """
        held = {"outlet": (scope.outlets, self.outlets()), "actor": (scope.actors, self.actors())}
        for name, (asked, found) in held.items():
            known = found[name].tolist()
            for value in asked:
                if value not in known:
                    listed = ", ".join(known[:12]) + (" …" if len(known) > 12 else "")
                    raise InputError(
                        f"--{name}", f"'{value}' is not in this build", f"one of {listed}"
                    )

    @classmethod
    def open(cls, folder: Path = ANALYSIS) -> "Store":
        """Check a build and load it, or the last good one where it is damaged.

        Raises:
            BuildError: names the file that is missing, damaged or of another schema.
        """
        opened = open_build(folder, load)
        return cls(opened.read, opened.manifest, opened.warning)


__all__ = [
    "BY",
    "EXACT",
    "FAMILIES",
    "MAX_PAGE",
    "ORDERS",
    "PASSAGE_ORDERS",
    "PERIODS",
    "Store",
]
