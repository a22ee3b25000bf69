"""The way from a mark to its evidence, and the top of the page as the place to arrive at."""

from collections.abc import Mapping, Sequence

import streamlit as st

_CAME = "came_by_a_mark"
_TO_THE_TOP = (
    '<span class="kz-arrival"></span><script>'
    "document.querySelector('[data-testid=stMain]')?.scrollTo(0, 0);</script>"
)


def go(script: str, query: Mapping[str, Sequence[str]]) -> None:
    """Open a page for somebody who clicked a mark: Streamlit keeps how far they had scrolled.

    Args:
        script: the page's.
        query: its parameters.
    """
    st.session_state[_CAME] = True
    st.switch_page(script, query_params=query)


def draw() -> None:
    """Scroll to the top where the visitor has just come by a mark; always the same one element."""
    place = st.empty()
    if st.session_state.pop(_CAME, False):
        place.html(_TO_THE_TOP, unsafe_allow_javascript=True)
