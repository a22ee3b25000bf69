"""The selection and its address: filters that stand in the URL and follow the visitor.

The address is the one place where a selection lives: a page reads it when it opens, widgets
write it when they change, every link carries it. It uses the parameters of
`kzdash.scope.Scope` (ids, so that a link outlives a changed name); pages add their own.
Anything in it may have been written by anyone: what is not valid is dropped.

A run of a page goes ``begin`` (is the address news, or did a widget change?), then widgets
``put`` their values, then ``end`` writes the address once.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from kzdash.ui import navigation

Query = dict[str, list[str]]

MAX_LENGTH = 400
"""Longest value that is read from an address."""

_SEEN, _NEXT, _NEWS, _CHANGED = "address_seen", "address_next", "address_news", "address_changed"
_LINKED = "address_linked"
_STALE_SECONDS = 0.5


def current() -> Query:
    """Return the address's parameters, each with its values; long ones are left out."""
    found = {key: st.query_params.get_all(key)[:80] for key in list(st.query_params)[:40]}
    return {k: [v for v in values if len(v) <= MAX_LENGTH] for k, values in found.items()}


def begin(page: str) -> None:
    """Start a run: decide whether the address leads (`is_news`) or the widgets do.

    The address leads on a fresh visit, on another page, and after going back in history. A
    quick second change of a widget may still carry the address from before the first; then
    the widgets lead.
    """
    state = st.session_state
    state[_NEXT] = {}
    changed = state.pop(_CHANGED, False)
    seen = state.get(_SEEN)
    now = current()
    if seen is None or seen["page"] != page:
        state[_NEWS] = True
    elif changed or now == seen["query"]:
        state[_NEWS] = False
    else:
        age = time.monotonic() - seen["time"]
        state[_NEWS] = not (now == seen["before"] and age < _STALE_SECONDS)
    state[_LINKED] = state[_NEWS] and seen is not None and seen["page"] == page
    if state[_NEWS]:
        state[_SEEN] = {"query": now, "before": None, "time": 0.0, "page": page}


def wanted() -> Query:
    """Return the parameters that were put in this run."""
    return {key: values for key, values in st.session_state[_NEXT].items() if values}


def end() -> None:
    """Finish a run: write what was put, if the address does not say it already.

    A link to the page that is open changes the parameters here but not the browser's address,
    so news on the same page is always written; the browser ignores what it has already.
    """
    seen = st.session_state[_SEEN]
    query = wanted()
    said = {key: st.query_params.get_all(key) for key in st.query_params}
    if st.session_state[_LINKED] or query != said:
        st.query_params.from_dict(query)
        seen.update(query=query, before=seen["query"], time=time.monotonic())
    else:
        seen["query"] = current()


def is_news() -> bool:
    """Return whether widgets must take their values from the address in this run."""
    return bool(st.session_state.get(_NEWS, True))


def merged() -> Query:
    """Return the address's parameters as they are with what was put in this run."""
    query = {**current(), **st.session_state[_NEXT]}
    return {key: values for key, values in query.items() if values}


def is_altered() -> bool:
    """Return whether a widget was changed: what was put is not what the address says."""
    return not is_news() and any(
        values != st.query_params.get_all(key) for key, values in st.session_state[_NEXT].items()
    )


def put(query: Mapping[str, Sequence[str]]) -> None:
    """Have these parameters in the address at the end of the run."""
    st.session_state[_NEXT].update({key: list(values) for key, values in query.items()})


def changed() -> None:
    """Note that a widget was changed by hand (the callback of every bound widget)."""
    st.session_state[_CHANGED] = True


def one(key: str, default: str = "") -> str:
    """Return the first value of a parameter, or the default."""
    return next(iter(current().get(key, [])), default)


def choice(
    label: str,
    param: str,
    options: Sequence[str],
    *,
    default: str | None = None,
    name: Callable[[str], str] = str,
    flat: bool = False,
    help: str | None = None,
) -> str:
    """Draw a choice of one option that stands in the address, and return it.

    Args:
        label: what is chosen.
        param: the address's parameter.
        options: the values; at least one.
        default: the option that needs no parameter; the first if None.
        name: an option in words.
        flat: whether to show all options side by side.
        help: a tooltip.
    """
    first = options[0] if default is None or default not in options else default
    key = f"choice_{param}"
    state = st.session_state
    if is_news() or state.get(key) not in options:
        value = one(param, first) if is_news() else first
        state[key] = value if value in options else first
    draw: Any = st.segmented_control if flat else st.selectbox
    more = {"required": True} if flat else {}
    value = (
        draw(label, options, key=key, format_func=name, on_change=changed, help=help, **more)
        or first
    )
    put({param: [] if value == first else [value]})
    return str(value)


def whole(param: str, default: int, low: int, high: int) -> int:
    """Return a whole number from the address, or the default where there is no such number."""
    text = one(param)
    value = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default
    return value if low <= value <= high else default


def link(path: str, query: Mapping[str, Sequence[str]]) -> str:
    """Return the whole address of a page of this server with these parameters."""
    here = str(st.context.url or "").split("?")[0].split("#")[0].rstrip("/")
    scheme, _, rest = here.partition("://")
    folders = rest.split("/")
    known = {page.path for page in navigation.PAGES if page.path}
    base = "/".join(folders[:-1] if folders[-1] in known else folders)
    text = urlencode(query, doseq=True)
    return f"{scheme}://{base}/{path}" + (f"?{text}" if text else "")
