"""Charts of the Relations page: who praises, supports, blames or attacks whom."""

from collections.abc import Sequence

import pandas as pd

from kzdash.charts import marks, theme
from kzdash.charts.draft import Drawn
from kzdash.charts.marks import Name
from kzdash.charts.theme import label

LABELS = {
    "attacks": ("attacks", theme.PUOR[1]),
    "blames": ("blames", theme.PUOR[3]),
    "supports": ("supports", theme.PUOR[7]),
    "praises": ("praises", theme.PUOR[9]),
}
_INWARD = ("blames", "attacks", "supports", "praises")


def pairs(table: pd.DataFrame, *, actor_name: Name) -> Drawn:
    """Draw how often each actor is shown against another (left) or for it (right).

    Args:
        table: columns ``source, target, praises, supports, blames, attacks`` (numbers of
            relations), ``articles``, ordered as to be drawn, top first.
        actor_name: an actor in words.
    """
    found = theme.rows(table)
    names = [f"{actor_name(r.source)} → {actor_name(r.target)}" for r in found]
    figure = theme.figure(
        "Against and for",
        "Number of relations found; left against, right for",
        marks.tall(names, 36, 160),
    )
    for part in _INWARD:
        name, colour = LABELS[part]
        sign = -1 if part in ("blames", "attacks") else 1
        here = [(i, r, int(getattr(r, part))) for i, r in enumerate(found) if getattr(r, part)]
        figure.add_bar(
            y=[i for i, _, _ in here],
            x=[sign * n for _, _, n in here],
            orientation="h",
            name=name,
            width=0.62,
            marker=marks.bar(colour, [r.articles for _, r, _ in here]),
            text=[f"{n:,}" for _, _, n in here],
            textposition="inside",
            textangle=0,
            insidetextanchor="middle",
            textfont=marks.inside(colour, [r.articles for _, r, _ in here]),
            hovertext=[
                f"<b>{label(actor_name(r.source))} {name} {label(actor_name(r.target))}</b><br>"
                f"{theme.count(n, 'time')}; the pair: {theme.sample(r.articles)}"
                for _, r, n in here
            ],
            customdata=[
                marks.query(what="relations", actor=r.source, target=r.target, relation=part)
                for _, r, _ in here
            ],
            **marks.OPENS,
        )
    reach = max(
        [1, *(r.praises + r.supports for r in found), *(r.blames + r.attacks for r in found)]
    )
    figure.update_layout(barmode="relative", bargap=0.3)
    step = max(1, round(reach / 3))
    ticks = [step * i for i in range(-3, 4) if abs(step * i) <= reach]
    figure.update_xaxes(
        range=[-1.05 * reach, 1.05 * reach],
        zeroline=True,
        zerolinewidth=1.5,
        tickvals=ticks,
        ticktext=[f"{abs(t):,}" for t in ticks],
        title={"text": "Relations: ◂ against · for ▸"},
    )
    return marks.named_rows(figure, names).figure()


def by_outlet(
    table: pd.DataFrame,
    *,
    outlets: Sequence[str],
    outlet_name: Name,
) -> Drawn:
    """Draw which kinds of relation each outlet tells, as shares of all its relations.

    Args:
        table: columns ``outlet, praises, supports, blames, attacks`` (shares 0..1), their
            intervals (as ``praises_low, praises_high``), ``articles, mentions`` (relations).
        outlets: the outlets to draw, top first.
        outlet_name: an outlet in words.
    """
    return marks.outlet_shares(
        table,
        title="Kinds of relation by outlet",
        subtitle="Share of the outlet's relations",
        outlets=outlets,
        outlet_name=outlet_name,
        parts=LABELS,
        what="relations",
        field="relation",
        noun="relation",
    )
