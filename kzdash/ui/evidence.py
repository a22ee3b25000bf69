"""The Evidence page's parts: the cell asked for, order and paging, list, and reader."""

from dataclasses import dataclass, fields, replace

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kzdash.charts import theme
from kzdash.schema import STANCES
from kzdash.scope import Cell
from kzdash.store import ORDERS, PASSAGE_ORDERS
from kzdash.ui import address, cards, correction, navigation, passages
from kzdash.ui.empty import nothing_found
from kzdash.ui.page import View, finish
from kzdash.ui.text import escaped, literal, plain

PAGE_SIZE = 20
ORDER_NAMES = {
    "random": "Random",
    "stance": "Most negative stance first",
    "-stance": "Most positive stance first",
    "sentiment": "Lowest sentiment first",
    "-sentiment": "Highest sentiment first",
    "date": "Oldest first",
    "-date": "Newest first",
    "actor": "By actor",
    "outlet": "By outlet",
}


WHAT_NAMES = {
    "mentions": "Mentions",
    "sentences": "Sentences",
    "quotes": "Quotations",
    "relations": "Relations",
    "epithets": "Epithets",
    "cues": "Frame cues",
    "articles": "Articles",
}
ABOUT_FRAMES = (
    "A sentence may have a frame without a cue of its own: the frame model also reads the article "
    "around it. Each frame below names its cues, or says that it has none."
)
_ONE = {
    "sentences": "sentence",
    "quotes": "quotation",
    "relations": "relation",
    "epithets": "epithet",
    "cues": "cue",
    "articles": "article",
}
_PLACE = {"outlet", "article", "period"}
_NARROWING = {
    "mentions": _PLACE
    | {"actor", "voice", "kind", "role", "label", "frame", "speaker", "cue", "other", "scored"},
    "sentences": _PLACE | {"actor", "frame", "other"},
    "quotes": _PLACE | {"speaker", "verb_class"},
    "relations": _PLACE | {"actor", "target", "relation", "voice"},
    "epithets": _PLACE | {"actor", "text", "voice"},
    "cues": _PLACE | {"frame", "cue"},
    "articles": _PLACE | {"word", "pos"},
}
"""Which conditions of a mark narrow which evidence."""


@dataclass(frozen=True)
class Slice:
    """Which part of a long list is shown: its number (from 1), of how many, and its size."""

    number: int
    of: int
    size: int = PAGE_SIZE

    @property
    def first(self) -> int:
        """The place of its first row, from 0."""
        return (self.number - 1) * self.size


def chosen_cell(view: View) -> Cell:
    """Draw what the evidence is made of, and the mark that the address asks for, and return it."""
    what = address.choice(
        "Evidence",
        "cell_what",
        list(WHAT_NAMES),
        name=WHAT_NAMES.__getitem__,
        flat=True,
        help="A number counts one of these; each chart opens what it counts.",
    )
    cell = Cell.from_query(address.current())
    gone = st.session_state.pop("cell_removed", None)
    dropped = {f.name for f in fields(cell)} - _NARROWING[what] | ({gone} if gone else set())
    cell = replace(cell, **dict.fromkeys(dropped))
    address.put({f"cell_{f.name}": [] for f in fields(cell) if f.name != "what"})
    address.put(cell.to_query())
    shown = [f.name for f in fields(cell) if f.name != "label" and getattr(cell, f.name)]
    if shown:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.html('<span class="kz-note">From the chart:</span>')
            for name in shown:
                words = Cell(**{name: getattr(cell, name)}).describe(view.registry)
                st.button(
                    f"✕ {literal(words, 60)}",
                    key=f"cell_{name}",
                    on_click=_remove,
                    args=(name,),
                    help="Remove this condition",
                )
    return replace(cell, what=None if what == "mentions" else what)


def shown(page: Slice, total: int, articles: int, noun: str) -> str:
    """Return in words how much evidence there is and which part is shown."""
    where = "" if noun == "article" else f" in {theme.count(articles, 'article')}"
    last = min(page.first + page.size, total)
    return f"{theme.count(total, noun)}{where}; shown: {page.first + 1:,} to {last:,}."


def headline(view: View, cell: Cell, total: int, noun: str) -> str:
    """Return in words, as HTML, what a mark stands for: who, where, how much, how presented.

    It is empty where nothing but the selection narrows the evidence.

    Args:
        view: the page's view.
        cell: the mark.
        total: how much evidence it has.
        noun: what that is.
    """
    about = {
        "speaker": "{} speaking",
        "actor": "about {}" if cell.speaker else "{}",
        "target": "toward {}",
        "other": "with {}",
    }
    parts = [
        form.format(view.actor(getattr(cell, name)))
        for name, form in about.items()
        if getattr(cell, name)
    ]
    parts += [f"{view.frame(cell.frame)} frame"] if cell.frame else []
    parts += [f"in {view.outlet(cell.outlet)}"] if cell.outlet else []
    parts += [_in_article(view, cell.article)] if cell.article else []
    told = dict.fromkeys((*about, "what", "frame", "outlet", "article", "scored"))
    rest = replace(cell, **told).describe(view.registry)
    name = f"<b>{escaped(' '.join(parts))}</b>" if parts else ""
    if not (name or rest):
        return ""
    said = ", ".join(part for part in (name, escaped(rest)) if part)
    mean = None if cell.what else view.store.evidence_count(view.scope, cell)["stance"].iloc[0]
    stance = "" if pd.isna(mean) else f", mean stance {theme.signed(mean)}"
    return f"{said}: {theme.count(total, noun)}{stance}."


def _in_article(view: View, article_id: str) -> str:
    """Return an article by its title and outlet; by its id where the build does not have it."""
    found = theme.rows(view.store.article(article_id))
    if not found:
        return f"in {article_id}"
    return f"in “{plain(found[0].title, 90)}” ({view.outlet(found[0].outlet)})"


def for_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Return evidence without text of articles, cues of frames as words."""
    cues = [
        [f"{cue['frame']}: {cue['cue']} ({cue['start']}–{cue['end']})" for cue in found]
        for found in rows["frame_cues"]
    ]
    table = rows.drop(columns="sentence")
    table["frame_cues"] = pd.Series(cues, index=table.index, dtype="object")
    return table


def orders(cell: Cell) -> list[str]:
    """Return the ways in which the evidence of a cell can be ordered."""
    return list(PASSAGE_ORDERS if cell.what else ORDERS)


def count(view: View, cell: Cell) -> tuple[int, int, str]:
    """Return how many pieces of evidence a cell has, in how many articles, and what they are."""
    if cell.what is None:
        row = view.store.evidence_count(view.scope, cell).iloc[0]
        return int(row["mentions"]), int(row["articles"]), "mention"
    row = view.store.passage_count(view.scope, cell).iloc[0]
    return int(row["passages"]), int(row["articles"]), _ONE[cell.what]


def ask(view: View, cell: Cell, order: str, seed: int, offset: int, limit: int) -> pd.DataFrame:
    """Return the evidence of a cell, mentions or passages."""
    question = view.store.passages if cell.what else view.store.evidence
    return question(view.scope, cell, order=order, seed=seed, offset=offset, limit=limit)


def nothing(view: View, cell: Cell) -> None:
    """Say that a cell has no evidence and what to loosen, and stop the page."""
    if count(view, Cell(what=cell.what))[0]:
        head, advice = "Nothing fits all conditions.", "Remove one of those above"
    elif cell.what and view.store.glance(view.scope)["mentions"].iloc[0]:
        head, advice = f"No {_ONE[cell.what]} in this selection.", "Loosen a filter"
    else:
        nothing_found(view)
        return
    st.html(
        f'<div class="kz-empty" role="status"><b>{head}</b><br>{advice}, or choose another kind '
        "of evidence.</div>"
    )
    finish(view)
    st.stop()


def choose_label(cell: Cell) -> Cell:
    """Draw the choice of a stance label, which mentions have, and return the cell with it."""
    if cell.what:
        address.put({"cell_label": []})
        return cell
    names = {"all": "All", **{name: name.capitalize() for name in STANCES}}
    label = address.choice("Stance", "cell_label", list(names), name=names.__getitem__, flat=True)
    return replace(cell, label=None if label == "all" else label)


def shuffle(place: DeltaGenerator, order: str) -> int:
    """Return the seed of the random order, and draw the button that changes it."""
    seed = st.session_state.pop("seed_next", None) or address.whole("seed", 1, 1, 9999)
    if order != "random":
        return seed
    place.button(
        "Shuffle",
        key="shuffle",
        on_click=_shuffle,
        args=(seed,),
        width="stretch",
        help="Another random order; the address keeps it.",
    )
    address.put({"seed": [str(seed)] if seed != 1 else []})
    return seed


def pager(total: int) -> Slice:
    """Return which part of so many rows the address asks for; the first of another list."""
    pages = max(1, -(-total // PAGE_SIZE))
    asked = 1 if address.is_altered() else address.whole("page", 1, 1, pages)
    number = st.session_state.pop("page_next", None) or asked
    number = min(number, pages)
    address.put({"page": [str(number)] if number > 1 else []})
    return Slice(number, pages)


def page_buttons(page: Slice) -> None:
    """Draw the buttons to the parts before and after."""
    if page.of == 1:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Previous",
            key="page_before",
            disabled=page.number == 1,
            on_click=_turn,
            args=(page.number - 1,),
        )
        st.html(f'<span class="kz-note">Page {page.number:,} of {page.of:,}</span>')
        st.button(
            "Next",
            key="page_after",
            disabled=page.number == page.of,
            on_click=_turn,
            args=(page.number + 1,),
        )


def listing(view: View, rows: pd.DataFrame, cell: Cell) -> None:
    """Draw evidence as cards, mentions each with the way to read it in its article."""
    if cell.what:
        st.html("".join(passages.card(view, row, cell.what) for row in theme.records(rows)))
        return
    for number, row in enumerate(theme.records(rows)):
        with st.container(key=f"card_{number}", gap=None):
            st.html(cards.card(view, row))
            st.page_link(
                navigation.EVIDENCE.script,
                label="Open in the article, or report a wrong label",
                query_params={**_here(), "open": row["mention_id"]},
            )


def open_mention(view: View, mention_id: str) -> bool:
    """Draw one mention with its article and the form to correct it.

    Returns:
        False where the build has no such mention.
    """
    article_id = mention_id.rpartition(":")[0]
    mentions = view.store.article_mentions(article_id)
    found = mentions[mentions["mention_id"] == mention_id]
    article = view.store.article(article_id)
    if found.empty or article.empty:
        st.html(
            '<p class="kz-note" role="status">This build does not have the mention of the '
            "link; the list is shown instead.</p>"
        )
        return False
    row = theme.records(found)[0]
    address.put({**_here(), "open": [mention_id]})
    st.page_link(navigation.EVIDENCE.script, label="← Back to the list", query_params=_here())
    st.header("The mention")
    st.html(cards.card(view, row))
    correction.form(view, row, mentions)
    st.header("The article")
    about = theme.records(article)[0]
    st.html(cards.about(view, about, len(mentions)))
    if cards.value(about["text"]) is None:
        st.html(
            '<p class="kz-note">The text is not on this machine: articles belong to their '
            "publishers. <code>kzdash fetch</code> gets it to your own machine; below is what "
            "was measured in it, in the order of the text.</p>"
        )
        st.dataframe(
            _facts(view, mentions),
            hide_index=True,
            key="reader_facts",
            alt="All mentions of the article",
        )
    else:
        st.html(cards.article(view, about["text"], mentions, int(row["start"])))
    return True


def _facts(view: View, mentions: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "sentence": mentions["sentence_no"],
            "actor": [plain(view.actor(a)) for a in mentions["actor"]],
            "as": [plain(s) for s in mentions["surface"]],
            "stance": [theme.signed(s) for s in mentions["stance"]],
            "label": [
                plain(cards.value(name) or "not scored") for name in mentions["stance_label"]
            ],
            "sentiment": [theme.signed(s) for s in mentions["sentiment"]],
            "voice": [theme.VOICE_NAMES.get(v, plain(v)) for v in mentions["voice"]],
            "role": [theme.ROLE_NAMES.get(r, plain(r)) for r in mentions["role"]],
        }
    )


def _here() -> address.Query:
    """Return the list's parameters: those of a selection that was changed lead to its start."""
    query = address.merged()
    query.pop("open", None)
    if "page" not in address.wanted() and address.is_altered():
        query.pop("page", None)
    return query


def _remove(name: str) -> None:
    st.session_state["cell_removed"] = name
    address.changed()


def _shuffle(seed: int) -> None:
    st.session_state["seed_next"] = (seed * 7 + 13) % 9999 + 1
    address.changed()


def _turn(number: int) -> None:
    st.session_state["page_next"] = number
    address.changed()
