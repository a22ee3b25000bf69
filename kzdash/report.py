"""A selection as one printable HTML page that needs nothing from outside.

The same charts and numbers as the dashboard's, with their tables and notes on method. The
page holds its scripts and data itself, and a policy that forbids it to load or send anything.
"""

import html
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pandas as pd
from plotly.offline import get_plotlyjs

from kzdash import measures
from kzdash.charts import actor as actor_charts
from kzdash.charts import framing, overview, theme, voices
from kzdash.charts.draft import Drawn
from kzdash.errors import InputError
from kzdash.registry import Registry
from kzdash.scope import Scope
from kzdash.store import Store

ACTORS = 12
"""So many actors are drawn, those with most mentions."""

NOTES = (
    "The article is the unit: intervals (95 %) come from resampling articles, and the stance "
    "model's own doubt is part of them. Below five articles a mark is hollow and descriptive; "
    "with one article there is no interval.",
    "Stance: how a sentence presents the actor, from −1 to +1. Sentiment: how pleasant the words "
    "are (VADER). They are two measures. Own voice and quoted speech are kept apart.",
    "It measures wording in these articles, not truth, intent or an outlet's line.",
)
_STYLE = """
body{font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;color:#1b1a17;
 background:#fff;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1,h2{font-family:Charter,'Bitstream Charter',Cambria,Georgia,serif;line-height:1.2}
h2{margin-top:2.4rem}table{border-collapse:collapse;font-size:.8rem;width:100%}
td,th{border-bottom:1px solid #d8d3c8;padding:.2rem .5rem;text-align:left}
td{overflow-wrap:anywhere}dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem}
dd{margin:0;overflow-wrap:anywhere}summary{cursor:pointer;margin:.5rem 0}
.note{font-size:.9rem;color:#4f4b44}
@media print{section{break-inside:avoid}.modebar{display:none!important}}
"""
_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "img-src data: blob:; form-action 'none'; base-uri 'none'"
)


@dataclass(frozen=True)
class Section:
    """A chart of the report: what it asks, the figure, its table, and what it is in words."""

    question: str
    figure: Drawn
    table: pd.DataFrame
    alt: str


def report(store: Store, registry: Registry, scope: Scope, title: str = "kzdash report") -> str:
    """Return a selection's charts, numbers and method notes as one HTML page.

    Args:
        store: the build.
        registry: names outlets, actors and frames.
        scope: the selection.
        title: the page's title.

    Raises:
        InputError: the selection is empty.
    """
    glance = store.glance(scope).iloc[0]
    if not glance["mentions"]:
        raise InputError(
            "selection", f"nothing in '{scope.describe(registry)}'", "at least one mention",
            "Loosen a filter",
        )  # fmt: skip
    body = "".join(_section(n, s) for n, s in enumerate(sections(store, registry, scope)))
    facts = {
        "Selection": scope.describe(registry),
        "Size": f"{theme.count(glance['mentions'], 'mention')} in "
        f"{theme.count(glance['naming'], 'article')}",
        "Build": store.manifest.content_hash,
        "Articles until": _text(glance["last"]),
        "kzdash": store.manifest.code_version,
        "Stance method": store.manifest.stance_method or "not stated",
    }
    listed = "".join(f"<dt>{k}</dt><dd>{_escaped(v, 400)}</dd>" for k, v in facts.items())
    notes = "".join(f'<p class="note">{line}</p>' for line in NOTES)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{_escaped(title)}</title><style>{_STYLE}</style>"
        f"<script>{get_plotlyjs()}</script></head><body>"
        f"<h1>{_escaped(title)}</h1><dl>{listed}</dl>{body}<h2>How to read it</h2>{notes}"
        "</body></html>"
    )


def sections(store: Store, registry: Registry, scope: Scope) -> Iterator[Section]:
    """Yield the charts of a selection, those without data left out."""
    actors = store.top_actors(scope, ACTORS)["actor"].tolist()
    narrow = replace(scope, actors=tuple(sorted(actors)))
    styles = theme.outlet_styles(store.outlets()["outlet"])
    outlets = [o for o in store.outlets()["outlet"] if not scope.outlets or o in scope.outlets]
    named = {"actor_name": registry.actor_name, "outlet_name": registry.outlet_name}

    stance = measures.means(store.mention_units(narrow)).table
    if not stance.empty:
        figure = overview.stance(stance, actors=actors, outlets=outlets, **named)
        yield Section("How is each actor presented?", figure, stance,
                      "Mean stance toward each actor, a panel for each outlet")  # fmt: skip
    attention = measures.shares(store.attention_units(narrow)).table
    if not attention.empty:
        figure = overview.attention(attention, actors=actors, styles=styles, **named)
        yield Section("Who gets the attention?", figure, attention,
                      "Share of each outlet's mentions that goes to each actor")  # fmt: skip
    by = ("actor", "voice")
    voice = measures.means(store.mention_units(narrow, by), by, paired="voice").table
    if not voice.empty:
        figure = voices.own_and_quoted(voice, actors=actors, actor_name=registry.actor_name)
        yield Section("Do the quoted say what the outlets say?", figure, voice,
                      "Mean stance toward each actor, own voice beside quoted")  # fmt: skip
    labels = _labels(store, scope)
    if not labels.empty:
        pairs = set(zip(labels["outlet"], labels["voice"], strict=True))
        rows = [(o, v) for o in outlets for v in ("own", "quoted") if (o, v) in pairs]
        figure = actor_charts.labels(labels, rows=rows, outlet_name=registry.outlet_name)
        yield Section("How many mentions are neutral?", figure, labels,
                      "Shares of negative, neutral and positive mentions")  # fmt: skip
    frames = measures.shares(store.frame_units(scope), "frame").table
    if not frames.empty:
        order = theme.ordered(frames["frame"].tolist(), frames["estimate"].tolist())
        figure = framing.by_outlet(
            frames, frames=order, styles=styles, outlet_name=registry.outlet_name,
            frame_name=lambda f: registry.frames[f].name if f in registry.frames else f,
        )  # fmt: skip
        yield Section("Which frames does each outlet use?", figure, frames,
                      "Share of each outlet's sentences with each frame")  # fmt: skip
    in_time = store.articles_over_time(scope)
    figure = overview.articles_in_time(in_time, outlet_name=registry.outlet_name, styles=styles)
    yield Section("When did the articles appear?", figure, in_time,
                  "Number of articles of each outlet by month")  # fmt: skip


def _labels(store: Store, scope: Scope) -> pd.DataFrame:
    by = ("outlet", "voice")
    units = store.mention_units(scope, by)
    parts = ("negative", "neutral", "positive")
    return measures.side_by_side({p: measures.means(units, by, p).table for p in parts}, by)


def _section(number: int, section: Section) -> str:
    chart = section.figure.to_html(
        full_html=False, include_plotlyjs=False, div_id=f"chart-{number}",
        config={"displaylogo": False, "responsive": True,
                "toImageButtonOptions": {"format": "svg", "filename": f"kzdash-{number}"}},
    )  # fmt: skip
    return (
        f'<section><h2>{section.question}</h2><div role="img" aria-label="{section.alt}">{chart}'
        f"</div></section><details><summary>The numbers</summary>{_table(section.table)}</details>"
    )


def _table(table: pd.DataFrame) -> str:
    head = "".join(f'<th scope="col">{_escaped(name)}</th>' for name in table.columns)
    rows = "".join(
        "<tr>" + "".join(f"<td>{_escaped(_text(v), 300)}</td>" for v in row) + "</tr>"
        for row in table.head(400).itertuples(index=False, name=None)
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _text(value: object) -> str:
    if value is None or value is pd.NA or value != value:
        return "–"
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _escaped(text: object, limit: int = 120) -> str:
    shown = "".join(c for c in str(text) if c.isprintable() and unicodedata.category(c) != "Cf")
    return html.escape(shown[:limit])
