"""The shared start of every page: set-up, navigation, filters, build check, errors."""

import html
import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

import pandas as pd
import streamlit as st

from kzdash.charts import theme
from kzdash.errors import KzdashError
from kzdash.registry import Registry
from kzdash.scope import Scope
from kzdash.store import Store
from kzdash.ui import address, arrival, concentration, filters, heap, navigation, opening
from kzdash.ui.style import CSS
from kzdash.ui.text import escaped, plain

_LOG = logging.getLogger(__name__)
_LINK = "copy_link"
OF_MENTIONS = ("actors", "voices", "kinds")
"""Filters of mentions, which do not narrow articles and their words."""
SIDE_BY_SIDE = 6
"""So many outlets a chart can have side by side and still be read on a phone."""
SAID = "badges_said"
"""Under this name a run of a page keeps which badges it has drawn."""


@dataclass(frozen=True)
class View:
    """What a page needs: the store, the selection, and the names of things.

    Args:
        page: the page that is drawn.
        store: the build.
        registry: the names of outlets, actors and frames.
        scope: the selection.
        sample: what the numbers are of where that is not the selection.
    """

    page: navigation.Page
    store: Store
    registry: Registry
    scope: Scope
    sample: str = ""

    @cached_property
    def outlets(self) -> list[str]:
        """The outlets of the selection, those with most articles first."""
        found = self.store.outlets()["outlet"].tolist()
        return [o for o in found if not self.scope.outlets or o in self.scope.outlets]

    @cached_property
    def present(self) -> list[str]:
        """Those of `outlets` with an article in the selection that is scored."""
        read = set(self.store.outlet_sizes(self.scope)["outlet"])
        return [outlet for outlet in self.outlets if outlet in read]

    @cached_property
    def drawn(self) -> dict[str, theme.Style]:
        """The styles of the outlets that a chart has side by side: the first few of `present`."""
        return {outlet: self.styles[outlet] for outlet in self.present[:SIDE_BY_SIDE]}

    @property
    def undrawn(self) -> list[str]:
        """The remark that such a chart leaves outlets out; empty where it has them all."""
        if len(self.present) <= SIDE_BY_SIDE:
            return []
        return [
            f"Drawn: {len(self.drawn)} of {len(self.present)} outlets, those with most "
            "articles; the outlet filter draws others, the table has all."
        ]

    @cached_property
    def styles(self) -> dict[str, theme.Style]:
        """The colour and symbol of every outlet of the build, in the order of `outlets`."""
        outlets = self.store.outlets()["outlet"].tolist()
        styles = theme.outlet_styles(outlets)
        return {outlet: styles[outlet] for outlet in outlets}

    def outlet(self, outlet_id: str) -> str:
        """Return an outlet's display name."""
        return self.registry.outlet_name(outlet_id)

    def actor(self, actor_id: str) -> str:
        """Return an actor's display name."""
        return self.registry.actor_name(actor_id)

    def short(self, actor_id: str) -> str:
        """Return an actor's name for an axis: short where it is unmistakable."""
        return self.registry.short_names.get(actor_id) or self.actor(actor_id)

    def frame(self, frame_id: str) -> str:
        """Return a frame's display name."""
        frame = self.registry.frames.get(frame_id)
        return frame.name if frame else frame_id

    @property
    def build(self) -> str:
        """The build's short name: the first digits of its content hash."""
        return self.store.manifest.content_hash.removeprefix("sha256:")[:10]

    def named(self, key: str) -> str:
        """Return the name of a file that a chart or table is saved to, without its ending."""
        return f"kzdash-{self.page.name.lower()}-{key}-{self.build}"

    @property
    def of_labels(self) -> "View":
        """This view for numbers of labelled data, which are not of the selection."""
        return replace(self, scope=Scope(), sample="labelled data, whatever the filters")

    def ignoring(self, filters: Sequence[str]) -> "View":
        """Return this view without some filters, for numbers that they do not narrow."""
        return replace(self, scope=loosened(self.scope, filters))

    def idle(self, filters: Sequence[str]) -> list[str]:
        """Return the remark that some filters narrow nothing; empty where none of them is set."""
        named = [FILTER_NAMES[name] for name in filters if getattr(self.scope, name)]
        return [f"Not narrowed by {' and '.join(named)}."] if named else []

    @property
    def concentration(self) -> str:
        """The remark that outlets rest on one article each; empty where none does."""
        return concentration.said(self.store, self.scope, self.outlet)

    @property
    def remarks(self) -> list[str]:
        """What a reader must know of the selection as a whole: that it is small, or leans."""
        found = self.store.glance(self.scope).iloc[0]
        largest = self.store.fullest_articles(self.scope)["articles"].max()
        small = _small(int(found["naming"]), 0 if pd.isna(largest) else int(largest))
        remarks = small, self.concentration, _repeats(int(found["repeats"]))
        return [said for said in (*remarks, *self._on_dates()) if said]

    @property
    def untaken(self) -> str:
        """The remark that some inputs of the build could not be taken; empty where all were."""
        rejected = int(self.store.manifest.inputs.get("rejected", 0))
        if not rejected:
            return ""
        return f"{theme.count(rejected, 'input')} could not be taken: Methods says which and why."

    def _on_dates(self) -> list[str]:
        """Return what the dates chosen leave out or may take in wrongly."""
        if not (self.scope.start or self.scope.end):
            return []
        found = self.store.uncertain_dates(self.scope).iloc[0]
        said = []
        if found["undated"]:
            said.append(f"{theme.count(found['undated'], 'article')} without a date left out.")
        if found["partly"]:
            known = (
                f"{theme.count(found['partly'], 'article')} of which only month or year is known"
            )
            said.append(f"Among them: {known}, perhaps of other days.")
        return said

    @property
    def stamp(self) -> tuple[str, str]:
        """What every picture states of itself: filters and size, then build and date."""
        size = self.store.glance(self.scope).iloc[0]
        counted = theme.count(size["mentions"], "mention")
        articles = theme.count(size["naming"], "article")
        said = f"{self.scope.describe(self.registry)}: {counted} in {articles}"
        return self.sample or said, f"kzdash, build {self.build}, {_today()}"

    @property
    def until(self) -> str:
        """The date of the last article of the outlets and dates, as exact as it is known.

        "2022-03-06", or "2022-03 (at most 2022-03-31)" where no article is sure to be that late.
        """
        found = self.store.glance(self.scope).iloc[0]
        if pd.isna(found["last"]):
            return "not known"
        text, day = plain(found["latest"], 10), plain(found["last"], 10)
        return text if text == day else f"{text} (at most {day})"

    @property
    def header(self) -> dict[str, str]:
        """What every download states of itself."""
        return {
            "kzdash": f"{self.page.name}; {self.store.manifest.code_version}",
            "date": _today(),
            "filters": self.sample or self.scope.describe(self.registry),
            "build": self.store.manifest.content_hash,
            "articles until": self.until,
            "stance method": self.store.manifest.stance_method or "not stated",
        }


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


#: Pages drawn at a time, for all visitors together; others wait. One interpreter draws them all,
#: and dozens of threads that contend for its lock and Streamlit's take several times as long.
AT_ONCE = 2
_TURN = threading.BoundedSemaphore(AT_ONCE)


@contextmanager
def page(title: str, question: str) -> Iterator[View]:
    """Set a page up and give its view; an error inside becomes a plain box.

    Args:
        title: the page's name, one of `kzdash.ui.navigation`.
        question: what the page answers, in a sentence, with the measure's unit.

    Example:
        >>> with ui.page("Framing", "Share of sentences with a cue of the frame.") as view:
        ...     ui.show(view, ui.framing.by_outlet(view))
    """
    with _TURN:
        yield from _page(title, question)


def _page(title: str, question: str) -> Iterator[View]:
    here = navigation.find(title)
    st.set_page_config(
        page_title=f"{title} · kzdash",
        page_icon="📰",
        layout="wide",
        initial_sidebar_state="auto",
        menu_items={"About": "kzdash measures wording, not truth or intent."},
    )
    st.html(CSS)
    view: View | None = None
    with _errors(title):
        view = _open(here, question)
    if view is None:
        st.stop()
    with _errors(title):
        yield view
        finish(view)


@contextmanager
def _errors(title: str) -> Iterator[None]:
    try:
        yield
    except KzdashError as error:
        _show(error)
    except Exception:
        _LOG.exception("page %s failed", title)
        _box(
            "This page could not be drawn.",
            "The server's log says why. Clear the filters, or open another page.",
        )


FILTER_NAMES = {
    "outlets": "the outlet filter",
    "actors": "the actor filter",
    "start": "the first date",
    "end": "the last date",
    "voices": "the voice filter",
    "kinds": "the kind filter",
}


def loosened(scope: Scope, filters: Sequence[str]) -> Scope:
    """Return a scope without some of its filters."""
    empty: dict[str, Any] = {n: None if n in ("start", "end") else () for n in filters}
    return replace(scope, **empty)


def finish(view: View) -> None:
    """Write the address and the link to copy: the last step of a page."""
    address.end()
    heap.release()
    with st.session_state[_LINK]:
        st.caption("This address restores the view: page, filters and choices.")
        st.code(address.link(view.page.path, address.wanted()), language=None, wrap_lines=True)


def _open(here: navigation.Page, question: str) -> View:
    address.begin(here.name)
    st.session_state[SAID] = set()
    warning = st.empty()
    arrival.draw()
    st.title(here.name)
    st.html(f'<p class="kz-question">{html.escape(question)}</p>')
    with st.sidebar:
        navigation.brand()
        links = st.container()
    with st.spinner("Opening the tables …"):
        build = opening.current()
    store, registry = build.opened()
    scope = filters.draw(
        store.outlets()["outlet"].tolist(),
        store.actors()["actor"].tolist(),
        registry.outlet_name,
        registry.actor_name,
    )
    with links:
        navigation.draw(scope.to_query(), here)
    view = View(here, store, registry, scope)
    if build.complaint or store.warning:
        said = escaped(store.warning or str(build.complaint), 300)
        warning.html(
            f'<div class="kz-empty" role="alert">{said} The last good build is shown.</div>'
        )
    _scope_line(view)
    _foot(view)
    return view


def _scope_line(view: View) -> None:
    size = view.store.glance(view.scope).iloc[0]
    text = escaped(view.scope.describe(view.registry), 400)
    with st.container(key="scope"):
        left, right = st.columns([5, 1], vertical_alignment="center", gap="small")
    left.html(
        f'<p class="kz-scope"><b>Shown:</b> {text}. {theme.count(size["mentions"], "mention")} '
        f"in {theme.count(size['naming'], 'article')}.</p>"
        + "".join(f'<p class="kz-note">{escaped(said, 400)}</p>' for said in view.remarks)
        + _dropped()
    )
    st.session_state[_LINK] = right.popover("Copy link", width="stretch")


def _small(articles: int, largest: int) -> str:
    """Return the remark that a selection has few articles.

    Args:
        articles: of the selection.
        largest: of the outlet that has most.
    """
    if not 0 < largest < theme.FEW:
        return ""
    if articles == 1:
        why = "one article is one observation, so no interval can be given"
    else:
        why = f"no outlet has more than {theme.count(largest, 'article')}"
    return f"Descriptive only: {why}. The numbers tell of these texts, not of the outlets."


def _repeats(articles: int) -> str:
    if not articles:
        return ""
    verb = "repeats" if articles == 1 else "repeat"
    return (
        f"{theme.count(articles, 'article')} {verb} a text that stands elsewhere in this "
        "collection, and count for the outlet, too."
    )


def _dropped() -> str:
    names = st.session_state.get("filters_dropped") or []
    if not names:
        return ""
    listed = ", ".join(html.escape(name) for name in names)
    return f'<p class="kz-note">The link names what is not known here: {listed}.</p>'


def _foot(view: View) -> None:
    manifest = view.store.manifest
    with st.sidebar:
        st.html(
            f'<p class="kz-note">Build {html.escape(view.build)}, kzdash '
            f"{escaped(manifest.code_version, 20)}. It measures wording, not truth or intent: "
            f"read <i>Methods</i> before you cite a number.</p>"
        )


def _show(error: KzdashError) -> None:
    expected = f" Expected: {plain(error.expectation, 300)}." if error.expectation else ""
    place = plain(error.place, 300).replace("\\", "/").rsplit("/", 1)[-1]
    _box(f"{place}: {plain(error.finding, 300)}.{expected}", plain(error.remedy, 300))


def _box(finding: str, remedy: str) -> None:
    st.html(
        f'<div class="kz-empty" role="alert"><b>{html.escape(finding)}</b><br>'
        f"{html.escape(remedy)}</div>"
    )
