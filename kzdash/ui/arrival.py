"""The way from a mark to its evidence and to a mention, and the top as where to arrive."""

from collections.abc import Mapping, Sequence

import streamlit as st

from kzdash.ui import address

_CAME, _OPENED = "came_by_a_mark", "mention_opened"
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
    """Scroll to the top where the visitor has just come by a mark, or opened a mention.

    It is always the same one element.
    """
    place = st.empty()
    opened = address.one("open")
    before = st.session_state.get(_OPENED, opened)
    st.session_state[_OPENED] = opened
    if st.session_state.pop(_CAME, False) or (opened and opened != before):
        place.html(_TO_THE_TOP, unsafe_allow_javascript=True)
