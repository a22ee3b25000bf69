"""The pages and the links between them. Every link carries the present filters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st


@dataclass(frozen=True)
class Page:
    """A page: its script, its address, its name and the question that it answers."""

    script: str
    path: str
    name: str
    question: str


OVERVIEW = Page("app.py", "", "Overview", "What is in the corpus, and where do outlets differ?")
ACTOR = Page("pages/actor.py", "actor", "Actor", "How is one actor presented?")
OUTLETS = Page("pages/outlets.py", "outlets", "Outlets", "How do two or more outlets differ?")
FRAMING = Page("pages/framing.py", "framing", "Framing", "Which frames does each outlet use?")
VOICES = Page("pages/voices.py", "voices", "Voices", "Who speaks, and about whom?")
RELATIONS = Page("pages/relations.py", "relations", "Relations", "Who praises or blames whom?")
EVIDENCE = Page("pages/evidence.py", "evidence", "Evidence", "Which mentions are behind it?")
METHODS = Page("pages/methods.py", "methods", "Methods", "How is it measured, how well?")

GROUPS: dict[str, tuple[Page, ...]] = {
    "Look": (OVERVIEW, ACTOR, OUTLETS),
    "Compare": (FRAMING, VOICES, RELATIONS),
    "Check": (EVIDENCE, METHODS),
}
PAGES = tuple(page for group in GROUPS.values() for page in group)


NARROW = 768
"""Up to so many pixels of width the sidebar lies over the page."""
_FOLDING = f"""<span></span><script>
if (!window.kzdashFolds) {{
  window.kzdashFolds = true;
  document.addEventListener('click', (event) => {{
    if (innerWidth > {NARROW} || !event.target.closest('.st-key-navigation a')) return;
    document.querySelector('[data-testid=stSidebarCollapseButton] button')?.click();
  }});
}}
</script>"""
"""Folds a narrow screen's sidebar once a page is chosen there; `st.page_link` leaves it open."""


def find(name: str) -> Page:
    """Return the page of that name.

    Raises:
        KeyError: no page has it.
    """
    return {page.name: page for page in PAGES}[name]


def draw(query: Mapping[str, Sequence[str]], here: Page) -> None:
    """Draw the links to all pages in the sidebar, in groups."""
    with st.container(key="navigation", gap=None):
        for group, pages in GROUPS.items():
            st.html(f'<p class="kz-group">{group}</p>')
            for page in pages:
                label = f"**{page.name}**" if page is here else page.name
                st.page_link(page.script, label=label, help=page.question, query_params=query)
        st.html(_FOLDING, unsafe_allow_javascript=True)


def brand() -> None:
    """Draw the product's name and what it is."""
    st.html(
        '<p class="kz-brand">kzdash<small>How news outlets present the actors of '
        "Kazakhstan's politics</small></p>"
    )
