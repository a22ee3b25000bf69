"""The report as HTML. It holds its scripts and data itself, and a policy that forbids the rest."""

import html
from collections.abc import Iterable
from datetime import UTC, datetime

import pandas as pd
from plotly.offline import get_plotlyjs

from kzdash.charts import theme
from kzdash.errors import InputError
from kzdash.registry import Registry
from kzdash.report.contents import sections
from kzdash.report.numbers import numbers
from kzdash.scope import Scope
from kzdash.store import Store
from kzdash.ui import empty, navigation, validity
from kzdash.ui.methods import MEASURES
from kzdash.ui.page import View
from kzdash.ui.section import Section
from kzdash.ui.text import escaped

NOTES = (
    "The article is the unit: intervals (95 %) come from resampling articles, and the stance "
    "model's own doubt is part of them. Below five articles a mark is hollow and descriptive; "
    "with one article there is no interval.",
    "Where many pairs are compared, q is the false-discovery rate over all of them (Benjamini and "
    "Hochberg 1995); below 0.05 a difference is called unlikely to be chance.",
    "A share names its denominator; an undefined value is a dash, never 0.",
    "It measures wording in these articles, not truth, intent or an outlet's line. Choosing other "
    "articles gives other numbers.",
)
_STYLE = (
    theme.NARROW
    + """
body{font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;color:#1b1a17;
 background:#fff;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1,h2{font-family:Charter,'Bitstream Charter',Cambria,Georgia,serif;line-height:1.2}
h2{margin:2.6rem 0 .6rem}a{color:#00588a}ol{columns:2 17rem;column-gap:3rem}
table{border-collapse:collapse;font-size:.8rem;width:100%}
.wide{overflow-x:auto}td,th{border-bottom:1px solid #d8d3c8;padding:.2rem .4rem;text-align:left;
 vertical-align:top}
th{font-weight:600;color:#4f4b44}td{overflow-wrap:break-word}
.number{font-variant-numeric:tabular-nums;text-align:right}td.number{white-space:nowrap}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem}
dd{margin:0;overflow-wrap:anywhere}summary{cursor:pointer;margin:.5rem 0}
.note{font-size:.9rem;color:#4f4b44;margin:.4rem 0}.finding{font-size:1.05rem;margin:.5rem 0}
.weak{font-size:.85rem;border-left:3px solid #b35806;padding-left:.6rem;margin:.3rem 0}
@page{size:A4;margin:15mm}
@media print{
 html{font-size:13px}body{font-size:9.5pt;max-width:none;margin:0;padding:0}
 h1,h2,summary,.weak,.finding{break-after:avoid}.chart,tr,li,dd{break-inside:avoid}
 thead{display:table-header-group}table{font-size:6.5pt}td,th{padding:.1rem .15rem}
 .finding,.weak,.note{break-inside:avoid}.chart+.note{break-before:avoid}
 .wide{overflow:visible}h2{margin-top:1.6rem}
 details::details-content{content-visibility:visible;block-size:auto}
 a{color:inherit;text-decoration:none}.modebar{display:none!important}
}
"""
)
_PRINTING = """
const charts = () => document.querySelectorAll('.js-plotly-plot');
const tables = () => document.querySelectorAll('details');
addEventListener('beforeprint', () => {
  tables().forEach((d) => { d.dataset.open = d.open ? 'yes' : ''; d.open = true; });
  charts().forEach((c) => Plotly.relayout(c, {autosize: false, width: 660}));
});
addEventListener('afterprint', () => {
  tables().forEach((d) => { d.open = d.dataset.open === 'yes'; });
  charts().forEach((c) => Plotly.relayout(c, {autosize: true, width: null}));
});
"""
_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "img-src data: blob:; form-action 'none'; base-uri 'none'"
)
_CONFIG = {
    "displaylogo": False, "responsive": True, "showSendToCloud": False,
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "zoom2d", "pan2d", "zoomIn2d", "zoomOut2d",
                               "autoScale2d", "resetScale2d"],
}  # fmt: skip


TITLE = "How news outlets present the actors of Kazakhstan's politics"


def report(store: Store, registry: Registry, scope: Scope, title: str = TITLE) -> str:
    """Return a selection's charts, findings, numbers and method notes as one HTML page.

    Args:
        store: the build.
        registry: names outlets, actors and frames.
        scope: the selection.
        title: the page's title.

    Raises:
        InputError: the selection is empty.
    """
    view = View(navigation.OVERVIEW, store, registry, scope)
    if not store.glance(scope)["mentions"].iloc[0]:
        raise InputError(
            "selection",
            f"nothing in '{scope.describe(registry)}'",
            "at least one mention",
            empty.reason(store) or "Loosen a filter",
        )
    found = list(sections(view))
    body = "".join(_section(view, n, section) for n, section in enumerate(found))
    listed = "".join(
        f'<li><a href="#part-{n}">{escaped(s.question)}</a></li>' for n, s in enumerate(found)
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escaped(title)}</title><style>{_STYLE}</style>"
        f"<script>{get_plotlyjs()}</script><script>{_PRINTING}</script></head><body>"
        f"<h1>{escaped(title)}</h1>{_facts(view)}"
        "<noscript>The charts need JavaScript; the numbers below each are complete.</noscript>"
        f'<nav aria-label="Contents"><ol>{listed}<li><a href="#reading">How to read it</a></li>'
        f'</ol></nav>{body}<section id="reading"><h2>How to read it</h2>{_notes(found)}</section>'
        "</body></html>"
    )


def _facts(view: View) -> str:
    size = view.store.glance(view.scope).iloc[0]
    facts = {
        "Selection": view.scope.describe(view.registry),
        "Size": f"{theme.count(size['mentions'], 'mention')} in "
        f"{theme.count(size['naming'], 'article')}",
        "Articles": f"{_read(size)}; until {view.until} (outlets and dates narrow these, "
        "the other filters do not)",
        "Made on": f"{datetime.now(UTC).date().isoformat()} (UTC)",
        "Build": view.store.manifest.content_hash,
        "kzdash": view.store.manifest.code_version,
        "Stance method": view.store.manifest.stance_method or "not stated",
    }
    listed = "".join(f"<dt>{k}</dt><dd>{escaped(v, 400)}</dd>" for k, v in facts.items())
    remarks = "".join(
        f'<p class="note">{escaped(said, 400)}</p>'
        for said in [*view.remarks, view.untaken]
        if said
    )
    return f"<dl>{listed}</dl>{remarks}"


def _read(size: "pd.Series[int]") -> str:
    """Return how many articles were read and which of them count in part or not, in words."""
    parts = [
        f"{theme.count(size['articles'], 'article')} of {theme.count(size['outlets'], 'outlet')}",
        f"{theme.count(size['quotes'], 'quotation')}",
    ]
    remarks = {
        "unscored": "not in English, in no measure",
        "copies": "repeating another",
        "undated": "without a date",
    }
    return ", ".join(
        parts + [f"{size[name]:,} {said}" for name, said in remarks.items() if size[name]]
    )


def _section(view: View, number: int, section: Section) -> str:
    weak = "".join(f'<p class="weak">⚠ {text}</p>' for text in _weak(section.measures))
    findings = "".join(f'<p class="finding">{text}</p>' for text in section.findings)
    lines = [*section.help, *view.idle(section.ignores)]
    notes = f'<p class="note">{escaped(" ".join(lines), 1200)}</p>' if lines else ""
    return (
        f'<section id="part-{number}"><h2>{escaped(section.question, 160)}</h2>{weak}{findings}'
        f"{_chart(view, number, section)}{notes}{_numbers(view, section)}</section>"
    )


def _chart(view: View, number: int, section: Section) -> str:
    if section.figure is None:
        return ""
    shown = theme.presented(section.figure, view.ignoring(section.ignores).stamp, dark=False)
    options = {"format": "svg", "filename": f"kzdash-{number}-{view.build}"}
    chart = shown.to_html(
        full_html=False,
        include_plotlyjs=False,
        div_id=f"chart-{number}",
        config={**_CONFIG, "toImageButtonOptions": options},
    )
    alt = html.escape(section.alt, quote=True)
    return f'<div class="chart" role="img" aria-label="{alt}">{chart}</div>'


def _numbers(view: View, section: Section) -> str:
    if section.table.empty:
        return ""
    table = f'<div class="wide">{numbers(view, section.in_print)}</div>'
    if section.figure is None and not section.findings:
        return table
    return f"<details><summary>The numbers</summary>{table}</details>"


def _weak(measures: Iterable[str]) -> list[str]:
    return [escaped(badge.text, 300) for badge in validity.badges(*measures)]


def _notes(found: Iterable[Section]) -> str:
    """Return the notes on method, and which measures labels do not support."""
    notes = "".join(f'<p class="note">{html.escape(line)}</p>' for line in NOTES)
    methods = "".join(
        f'<p class="note"><b>{html.escape(name)}.</b> {html.escape(text)}</p>'
        for name, text in MEASURES.items()
    )
    used = dict.fromkeys(measure for section in found for measure in section.measures)
    weak = "".join(f"<li>{text}</li>" for text in _weak(used))
    listed = (
        f'<p class="note">Measures that labels do not support, or not yet:</p><ul>{weak}</ul>'
        if weak
        else '<p class="note">Every measure shown beats its baselines on labelled articles.</p>'
    )
    return f"{notes}{methods}{listed}"
