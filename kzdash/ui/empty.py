"""An empty page: why nothing is in the selection, and which filter to loosen."""

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NoReturn

import streamlit as st

from kzdash.charts import theme
from kzdash.scope import Scope
from kzdash.store import Store
from kzdash.ui import filters
from kzdash.ui.page import FILTER_NAMES, View, finish, loosened


@dataclass(frozen=True)
class Missing:
    """What a page has none of: how one and several are called, and how many a selection has."""

    one: str
    many: str
    count: Callable[[Store, Scope], int]

    def said(self, number: int) -> str:
        """Return so many of it in words."""
        return theme.count(number, self.one, self.many)


def nothing_found(
    view: View, chosen: Sequence[str] = (), missing: Missing | None = None
) -> NoReturn:
    """Say that nothing is in the selection and which filter to loosen, and stop the page.

    Args:
        view: the page's view.
        chosen: what looks like a filter and is a choice of the page.
        missing: what the page shows; None for mentions.
    """
    missing = missing or _MENTIONS
    found = _without_each(view, chosen, missing)
    best = max(found.values(), default=0)
    if said := reason(view.store):
        advice = said
    elif not found:
        advice = "No filter is set: this build has none of it."
    elif best:
        top = max(found, key=lambda name: found[name])
        advice = f"{missing.said(best)} without {FILTER_NAMES[top]}."
    else:
        advice = "No single filter does it: clear all of them."
    none = "Nothing" if missing is _MENTIONS else f"No {missing.one}"
    st.html(
        f'<div class="kz-empty" role="status"><b>{none} in this selection.</b><br>'
        f"{html.escape(advice)}</div>"
    )
    with st.container(horizontal=True):
        for name, number in found.items():
            if number:
                st.button(
                    f"Clear {FILTER_NAMES[name]} ({missing.said(number)})",
                    on_click=filters.clear,
                    args=(name,),
                    key=f"loosen_{name}",
                )
        if found:
            st.button("Clear all filters", on_click=filters.clear, key="loosen_all")
    finish(view)
    st.stop()


def reason(store: Store) -> str:
    """Return why a build has nothing to count, as a sentence; empty where it has mentions."""
    whole = store.glance(Scope()).iloc[0]
    articles = theme.count(whole["articles"], "article")
    if whole["mentions"]:
        return ""
    if whole["unscored"] == whole["articles"]:
        return f"This build has {articles}, none in English, the one language that kzdash reads."
    return (
        f"This build has {articles} without a mention of an actor that kzdash knows. "
        "docs/registry.md says how to add actors."
    )


def _without_each(view: View, chosen: Sequence[str], missing: Missing) -> dict[str, int]:
    """Return how much there is when one filter is cleared, for each filter set."""
    return {
        name: missing.count(view.store, loosened(view.scope, [name]))
        for name in FILTER_NAMES
        if getattr(view.scope, name) and name not in chosen
    }


_MENTIONS = Missing(
    "mention", "mentions", lambda store, scope: int(store.glance(scope)["mentions"].iloc[0])
)
