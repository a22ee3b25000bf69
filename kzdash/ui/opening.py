"""Which build the dashboard shows: opened once, checked, and replaced only by a good one."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

import streamlit as st

from kzdash.errors import BuildError, KzdashError
from kzdash.manifest import Manifest
from kzdash.paths import ANALYSIS
from kzdash.registry import Registry
from kzdash.store import Store
from kzdash.ui import heap

VARIABLE = "KZDASH_BUILD"
"""The environment variable that names another folder to show; the address never can."""


REGISTRY = "KZDASH_REGISTRY"
"""The environment variable that names another registry folder, for the names of things."""


@dataclass
class Holder:
    """The build in use, and the complaint about a newer one that cannot be opened."""

    store: Store | None = None
    registry: Registry | None = None
    complaint: KzdashError | None = None
    seen: str = ""
    lock: Lock = field(default_factory=Lock)

    def opened(self) -> tuple[Store, Registry]:
        """Return the store and the registry that names what it holds.

        Raises:
            BuildError: no build could be opened yet.
        """
        if self.store is None or self.registry is None:
            raise self.complaint or BuildError("build", "there is none")
        return self.store, self.registry


def folder() -> Path:
    """Return the build's folder: the shipped tables unless the environment names another."""
    return Path(os.environ.get(VARIABLE) or ANALYSIS)


def current() -> Holder:
    """Return the holder of the build to show; it is opened anew when its manifest changed.

    One whole build is shown at a time: a damaged or half written one is named in
    ``complaint``, and the last good one stays.

    Raises:
        BuildError: there is no build that can be opened.
    """
    place = folder()
    holder = _holder(str(place))
    with holder.lock:
        mark = _mark(place)
        if mark != holder.seen:
            _open(holder, place)
            holder.seen = mark
    holder.opened()
    return holder


def _open(holder: Holder, place: Path) -> None:
    heap.be_thrifty()
    try:
        named = os.environ.get(REGISTRY)
        registry, store = Registry.load(Path(named) if named else None), Store.open(place)
        heap.release()
        holder.registry = registry.naming(store.manifest.outlets)
        holder.store, holder.complaint = store, None
    except KzdashError as error:
        holder.complaint = error


def _mark(place: Path) -> str:
    try:
        return Manifest.read(place).content_hash
    except BuildError as error:
        return str(error)


@st.cache_resource(show_spinner=False, max_entries=4)
def _holder(place: str) -> Holder:
    return Holder()
