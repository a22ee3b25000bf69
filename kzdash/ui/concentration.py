"""Outlets most of whose mentions stand in one article, on which their numbers then rest."""

from collections.abc import Callable

from kzdash.charts import theme
from kzdash.scope import Scope, listing
from kzdash.store import Store

MOST = 0.5
"""From this share of an outlet's mentions on, its numbers rest mostly on that article."""
_LEAST = 3
"""Of two articles, one always holds half."""
_NAMED = 3
"""At most so many outlets are named."""


def said(store: Store, scope: Scope, outlet_name: Callable[[str], str]) -> str:
    """Return in which outlets one article holds most mentions, as plain text; empty if in none.

    Args:
        store: the build.
        scope: the selection whose mentions count.
        outlet_name: an outlet in words.
    """
    found = [
        (row.fullest / row.mentions, outlet_name(row.outlet))
        for row in theme.rows(store.fullest_articles(scope))
        if row.articles >= _LEAST and row.fullest >= MOST * row.mentions
    ]
    if not found:
        return ""
    found.sort(key=lambda pair: -pair[0])
    parts = [
        f"{theme.percent(share)} of {'those' if n else 'the mentions'} in {name}"
        for n, (share, name) in enumerate(found[:_NAMED])
    ]
    if more := len(found) - len(parts):
        parts.append(f"half or more in {theme.count(more, 'other outlet')}")
    head, whose, which = (
        ("One article", "its", "that article")
        if len(found) == 1
        else ("One article each", "their", "it")
    )
    return f"{head} holds {listing(parts)}: {whose} shares and means rest mostly on {which}."
