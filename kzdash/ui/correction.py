"""A wrong label put right by a reader: the form, and the line that it makes for a label file."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from kzdash.charts import theme
from kzdash.schema import KINDS, STANCES, VOICES
from kzdash.ui.cards import value
from kzdash.ui.page import View
from kzdash.ui.text import plain

Row = Mapping[str, Any]

NOBODY = "no mention of an actor"
UNKNOWN = "not known"
NOT_JUDGED = "not judged"
_STANCES = {NOT_JUDGED: None, "negative": -1, "neutral": 0, "positive": 1}
_KIND_NAMES = {
    "name": "name",
    "metonym": "capital or seat",
    "title": "title or description",
    "pronoun": "pronoun",
}


def form(view: View, row: Row, mentions: pd.DataFrame) -> None:
    """Draw the form for one mention, with the line that the choices make.

    Args:
        view: the page's view.
        row: the mention, a row of `Store.article_mentions`.
        mentions: all mentions of its article.
    """
    beside = mentions[mentions["sentence_no"] == row["sentence_no"]]
    others = theme.records(beside[beside["mention_id"] != row["mention_id"]])
    with st.expander("Report a wrong label"):
        st.caption("Choose what is right. The line below is in the format of the label files.")
        right = _right(view, row)
        frames = _frames(view, row, others)
        line = label_line(row, right, others, frames=frames, paragraph=_paragraph(view, row))
        if value(row["sentence"]) is None:
            st.caption(
                "The line still needs the sentence, which is not on this machine: copy it from "
                "the publisher in the place of null. `start` and `end` count its characters."
            )
        st.code(line, language=None, wrap_lines=True)
        st.download_button(
            "Download the line",
            line + "\n",
            "kzdash-label.jsonl",
            "application/jsonl",
            key="label_line",
            on_click="ignore",
        )


def label_line(
    row: Row,
    right: Row | None,
    others: Sequence[Row] = (),
    *,
    frames: Sequence[str] | None = None,
    paragraph: int | None = None,
) -> str:
    """Return the line of a mention's sentence for a label file (JSON; `docs/labels.md`).

    It says only what the reader has confirmed: without ``frames``, the sentence's frames are
    null and its other mentions may be there or not.

    Args:
        row: the mention, a row of `Store.article_mentions`.
        right: its right ``actor, kind, stance, voice, speaker``; None if it is no mention.
        others: the rows of the sentence's other mentions.
        frames: the sentence's right frames, if its other mentions are right as well.
        paragraph: the number of the sentence's paragraph.
    """
    text = value(row["sentence"])
    found = [_mention(one, _as_measured(one) if frames is not None else None) for one in others]
    if right is not None:
        found.append(_mention(row, right))
    line = {
        "article": row["article_id"],
        "n": int(row["sentence_no"]),
        "paragraph": paragraph,
        "text": text,
        "outlet": row["outlet"],
        "date": value(row["published"]),
        "mentions": sorted(found, key=lambda m: (m["start"], m["end"])),
        "frames": None if frames is None else list(frames),
        "frames_optional": [],
    }
    if paragraph is None:
        del line["paragraph"]
    if text is None:
        line["url"] = value(row["url"])
    return json.dumps(line, ensure_ascii=False)


def _mention(row: Row, said: Row | None) -> dict[str, Any]:
    """Return a mention with its labels; one of which nobody said anything is optional."""
    begin = int(row["sentence_start"])
    labels = {
        "actor": row["actor"],
        "kind": row["kind"],
        "stance": None,
        "voice": None,
        "speaker": None,
        **(said or {}),
    }
    if labels["voice"] != "quoted":
        labels["speaker"] = None
    return {
        "actor": labels["actor"],
        "surface": row["surface"],
        "start": int(row["start"]) - begin,
        "end": int(row["end"]) - begin,
        "kind": labels["kind"],
        "stance": labels["stance"],
        "voice": labels["voice"],
        "speaker": labels["speaker"],
        "required": said is not None,
    }


def _as_measured(row: Row) -> Row:
    label = value(row["stance_label"])
    return {
        "stance": _STANCES.get(str(label)),
        "voice": row["voice"],
        "speaker": value(row["speaker"]),
    }


def _right(view: View, row: Row) -> Row | None:
    """Draw the choices for the mention and return what is right, None if it is none."""

    def choose(place: Any, name: str, options: Sequence[str], now: str, **more: Any) -> str:
        key = f"right_{name.lower()}_{row['mention_id']}"
        chosen = place.selectbox(name, options, options.index(now), key=key, **more)
        return str(chosen or now)

    def known(name: str) -> str:
        return name if name in (NOBODY, UNKNOWN) else plain(view.actor(name))

    one, two, three = st.columns(3)
    actors = sorted({row["actor"], *view.registry.actors}, key=view.actor)
    actor = choose(one, "Actor", [NOBODY, *actors], row["actor"], format_func=known)
    if actor == NOBODY:
        return None
    kind = choose(two, "Kind", KINDS, row["kind"], format_func=_KIND_NAMES.__getitem__)
    label = str(value(row["stance_label"]) or NOT_JUDGED)
    stance = choose(three, "Stance", [*STANCES, NOT_JUDGED], label)
    voice = choose(one, "Voice", VOICES, row["voice"])
    speaker = UNKNOWN
    if voice == "quoted":
        now = str(value(row["speaker"]) or UNKNOWN)
        options = list(dict.fromkeys([UNKNOWN, now, *actors]))
        speaker = choose(two, "Speaker", options, now, format_func=known, accept_new_options=True,
                         help="An actor, or any name: write it.")  # fmt: skip
    return {
        "actor": actor,
        "kind": kind,
        "stance": _STANCES[stance],
        "voice": voice,
        "speaker": None if speaker == UNKNOWN else speaker,
    }


def _frames(view: View, row: Row, others: Sequence[Row]) -> list[str] | None:
    """Draw what else the sentence has and return its frames, None if the reader judges none."""
    whole = st.checkbox(
        "I have judged the whole sentence",
        key=f"right_whole_{row['mention_id']}",
        help="Without it the line says nothing of the sentence's frames, and its other mentions "
        "may be there or not.",
    )
    if not whole:
        return None
    found = [
        f"{plain(view.actor(one['actor']))} (“{plain(one['surface'], 40)}”): "
        f"{value(one['stance_label']) or NOT_JUDGED}, {one['voice']}"
        for one in others
    ]
    st.text("Other mentions that the line calls right: " + ("; ".join(found) or "none") + ".")
    known = list(dict.fromkeys([*view.registry.frames, *row["frames"]]))
    return st.multiselect(
        "Frames of the sentence",
        known,
        [str(frame) for frame in row["frames"]],
        key=f"right_frames_{row['mention_id']}",
        format_func=lambda f: plain(view.frame(f)),
    )


def _paragraph(view: View, row: Row) -> int | None:
    sentences = view.store.article_sentences(row["article_id"])
    found = sentences.loc[sentences["sentence_no"] == row["sentence_no"], "paragraph_no"]
    return None if found.empty else int(found.iloc[0])
