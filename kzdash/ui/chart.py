"""A chart on a page: title, finding, figure, and behind it its evidence, table, downloads."""

import html
import re
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import parse_qs

import pandas as pd
import streamlit as st

from kzdash.charts import theme
from kzdash.charts.draft import Drawn
from kzdash.ui import address, arrival, download, navigation, readable, validity
from kzdash.ui import picture as save
from kzdash.ui.page import SAID, View
from kzdash.ui.text import literal, plain

ROWS = 1_000
"""At most so many rows of a table are sent to a page."""

_MARKUP = re.compile(r"</?b>")


def chart(
    view: View,
    figure: Drawn,
    table: pd.DataFrame,
    *,
    key: str,
    alt: str,
    help: Sequence[str] = (),
    measures: Sequence[str] = (),
    ignores: Sequence[str] = (),
) -> None:
    """Draw a figure with its table, downloads and the way to its evidence.

    A mark whose ``customdata`` is a query (as "outlet=rt&actor=putin") opens the evidence
    behind it, by a click or, from the keyboard, through the list below the chart.

    Args:
        view: the page's view.
        figure: as from `kzdash.charts`.
        table: the numbers that the figure shows.
        key: the chart's name on the page: lower case, unique.
        alt: what the chart shows, for those who do not see it.
        help: how to read it, one sentence each.
        measures: what it measures (keys of `kzdash.ui.validity.NAMES`); those that labels do
            not support get a badge.
        ignores: filters that do not narrow these numbers (fields of `kzdash.scope.Scope`); the
            chart and its downloads then do not claim them.
    """
    said = view.ignoring(ignores)
    help = [*help, *view.idle(ignores)]
    doubts = [f"{badge.brief}, see Methods" for badge in validity.badges(*measures) if badge.brief]
    shown = theme.presented(figure, [*doubts, *said.stamp], is_dark())
    badges(view, key, measures)
    state = st.plotly_chart(
        shown,
        key=f"chart_{key}",
        theme=None,
        alt=alt,
        on_select="rerun",
        selection_mode="points",
        config=_config(view.named(key)),
    )
    points = marks(figure)
    chosen = _clicked(state)
    if chosen:
        arrival.go(navigation.EVIDENCE.script, _query(view, chosen))
    if help:
        st.html(f'<p class="kz-note">{" ".join(html.escape(line) for line in help)}</p>')
    with st.expander("Table, downloads, evidence"):
        about = _about(figure, table, measures)
        table_with_downloads(said, table, key, picture=True, about=about)
        if points:
            _list_of_marks(view, points, key)


def finding(text: str) -> None:
    """Show a chart's main finding; ``text`` is HTML made of escaped parts."""
    st.html(f'<p class="kz-finding">{text}</p>')


def badges(view: View, key: str, measures: Sequence[str]) -> None:
    """Say of which of these measures labels do not show that they work: once a page in full.

    Args:
        view: the page's view.
        key: the chart's name on the page.
        measures: keys of `kzdash.ui.validity.NAMES`.
    """
    found = validity.badges(*measures)
    if not found:
        return
    said = st.session_state[SAID]
    with st.container(key=f"badges_{key}", gap=None):
        for badge in found:
            text = badge.brief if badge.text in said else badge.text
            said.add(badge.text)
            query = {**view.scope.to_query(), "measure": [badge.measure] if badge.measure else []}
            st.page_link(
                navigation.METHODS.script,
                label=f"{literal(text, 300)} · *Methods*",
                icon="⚠️",
                query_params=query,
                help=None if text == badge.text else literal(badge.text, 200),
            )


def note(text: str) -> None:
    """Show a remark in small print (plain text)."""
    st.html(f'<p class="kz-note">{html.escape(text)}</p>')


def is_dark() -> bool:
    """Return whether the visitor's page is dark."""
    return st.context.theme.type == "dark"


def marks(figure: Drawn) -> dict[str, str]:
    """Return the marks that open evidence: what they are in words, and their query."""
    found: dict[str, str] = {}
    for trace in figure.to_dict()["data"]:
        queries, texts = trace.get("customdata"), trace.get("hovertext")
        if queries is None or texts is None:
            continue
        for query, text in zip(queries, texts, strict=False):
            if isinstance(query, str) and query:
                name = html.unescape(str(text).replace("<b>", "").replace("</b>", ""))
                lines = name.split("<br>")
                short = ", ".join(lines[:2])
                found.setdefault(short if short not in found else ", ".join(lines), query)
    return found


def table_with_downloads(
    view: View,
    table: pd.DataFrame,
    key: str,
    *,
    picture: bool = False,
    about: Mapping[str, str] | None = None,
    whole: Callable[[], pd.DataFrame] | None = None,
) -> None:
    """Show a table with buttons that download it as CSV and Parquet, there with ids, unrounded.

    Args:
        view: the page's view; its header stands in both files.
        table: any columns.
        key: the table's name on the page.
        picture: whether the chart of that name is there, to save as SVG and PNG.
        about: further lines of that header.
        whole: gives what to download instead, asked for only then.
    """
    saved = whole or (lambda: table)
    shown = table.head(ROWS)
    st.dataframe(
        readable.on_page(view, shown),
        hide_index=True,
        key=f"table_{key}",
        height="auto",
        alt="The numbers",
        placeholder="–",
        column_config=readable.columns(shown),
    )
    if len(table) > ROWS:
        of = "" if whole else f" of {len(table):,}"
        note(f"The first {ROWS:,}{of} rows; the downloads hold all.")
    header = {**view.header, "table": key, **(about or {})}
    left, right, pictures = st.columns([1, 1, 2])
    if picture:
        with pictures:
            save.buttons(f"chart_{key}", view.named(key))
    left.download_button(
        "CSV",
        lambda: download.as_csv(saved(), header),
        f"{view.named(key)}.csv",
        "text/csv",
        key=f"csv_{key}",
        on_click="ignore",
        width="stretch",
    )
    right.download_button(
        "Parquet",
        lambda: download.as_parquet(saved(), header),
        f"{view.named(key)}.parquet",
        "application/vnd.apache.parquet",
        key=f"parquet_{key}",
        on_click="ignore",
        width="stretch",
    )


def _about(figure: Drawn, table: pd.DataFrame, measures: Sequence[str]) -> dict[str, str]:
    """Return what a chart's downloads say of its numbers: their name, unit, interval, doubts."""
    title = figure.to_dict()["layout"]["title"]
    names = {"chart": title["text"], "unit": title["subtitle"]["text"]}
    if any(str(column).endswith("low") for column in table.columns):
        names["intervals"] = "low and high bound 95 %; bootstrap over articles; see Methods"
    if "mentions" in table.columns:
        names["column mentions"] = "how many of what the chart counts"
    names["validation"] = "; ".join(badge.text for badge in validity.badges(*measures))
    return {
        name: _MARKUP.sub("", html.unescape(text.replace("<br>", " ")))
        for name, text in names.items()
        if text
    }


def _list_of_marks(view: View, points: Mapping[str, str], key: str) -> None:
    name = st.selectbox(
        "Evidence behind one mark",
        list(points)[:400],
        key=f"marks_{key}",
        format_func=plain,
        help="The same as a click on the mark.",
    )
    query = _query(view, points.get(name, ""))
    st.page_link(navigation.EVIDENCE.script, label="Read the evidence", query_params=query)


def _query(view: View, mark: str) -> address.Query:
    return {**view.scope.to_query(), **parse_qs(mark, max_num_fields=20)}


def _clicked(state: object) -> str | None:
    try:
        points = state["selection"]["points"]  # type: ignore[index]
    except (TypeError, KeyError):
        return None
    for point in points:
        data = point.get("customdata")
        data = data[0] if isinstance(data, (list, tuple)) and data else data
        if isinstance(data, str) and data:
            return data
    return None


def _config(name: str) -> dict[str, object]:
    return {
        "displaylogo": False,
        "scrollZoom": False,
        "toImageButtonOptions": {"format": "svg", "filename": name},
        "modeBarButtonsToRemove": ["select2d", "lasso2d", "zoom2d", "pan2d", "zoomIn2d",
                                   "zoomOut2d", "autoScale2d", "resetScale2d"],
    }  # fmt: skip
