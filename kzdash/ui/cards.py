"""Evidence as HTML: a mention as a card and an article with its mentions marked."""

import html
import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from kzdash.charts import theme
from kzdash.schema import STANCES
from kzdash.ui import language, stance_figures
from kzdash.ui.page import View
from kzdash.ui.text import at_sentence, escaped, web_address


def card(view: View, row: Mapping[str, Any]) -> str:
    """Return a mention as HTML: who, where, when, how presented, by whom, and where to read.

    Args:
        view: the page's view.
        row: a row of `Store.evidence`; ``sentence`` is NULL where the texts are not here.
    """
    stance = _stance_class(row)
    facts = [
        _voice(view, row),
        f"role: {escaped(theme.ROLE_NAMES.get(row['role'], row['role']))}",
        f"named by {escaped(_KINDS.get(row['kind'], row['kind']))}",
    ]
    framed = frames(view, row)
    if framed:
        facts.append(f"frames of the sentence: {framed}")
    return (
        f'<article class="kz-mention {stance}">'
        f'<p class="kz-head"><b>{escaped(view.actor(row["actor"]))}</b>, as '
        f"“{escaped(row['surface'])}” · {escaped(view.outlet(row['outlet']))} · "
        f"{escaped(value(row['published']) or 'no date')} · "
        f"<i>{escaped(row['title'], 160)}</i></p>"
        f"{_quote(row, stance)}"
        f'<p class="kz-facts">{stance_words(row)}</p>'
        f'<p class="kz-facts">{"; ".join(facts)}.</p>'
        f'<p class="kz-facts">{place(row)} {publisher(row)}{copies(view, row)}</p></article>'
    )


_KINDS = {
    "name": "name",
    "metonym": "a capital or seat",
    "title": "a title",
    "pronoun": "a pronoun",
}


def stance_words(row: Mapping[str, Any]) -> str:
    """Return stance, its probabilities, sentiment and cues of a mention as HTML."""
    if value(row["stance"]) is None:
        reason = escaped(value(row.get("stance_reason")) or "no reason given")
        head = f"Stance: not scored ({reason})"
    else:
        head = (
            f"Stance: <b>{escaped(row['stance_label'])}</b>{unsure(row)} "
            f"{theme.signed(row['stance'])} {_bar(row)} "
            + ", ".join(f"{name} {_probability(row[f'p_{name}'])}" for name in STANCES)
        )
    sentiment = value(row["sentiment"])
    words = ", ".join(f"“{escaped(c, 40)}”" for c in _list(row.get("cues"))[:12])
    tail = f" · Sentiment of the clause: {theme.signed(sentiment)}"
    return head + tail + (f" · Cues: {words}" if words else " · No cue words")


def _probability(share: float | None) -> str:
    """Return a probability in percent: below the threshold it does not round up to it.

    "49.6 %" stands where "50 %" would contradict that no label has 50 %.
    """
    least = stance_figures.threshold()
    if share is None or least is None or not share < least:
        return theme.percent(share)
    rounds_up = round(100 * share) >= round(100 * least)
    return theme.percent(math.floor(1000 * share) / 1000, 1) if rounds_up else theme.percent(share)


def unsure(row: Mapping[str, Any]) -> str:
    """Return as HTML that a stance label is to be left open; empty where it is not.

    It is left open where its probability is below the model's threshold.

    Args:
        row: with ``stance_label`` and ``p_negative, p_neutral, p_positive`` (0..1, or NULL).
    """
    least = stance_figures.threshold()
    share = value(row.get(f"p_{value(row.get('stance_label'))}"))
    if least is None or share is None or float(share) >= least:
        return ""
    below = f"below {theme.percent(least)}"
    tip = (
        f"The label's probability is below {theme.percent(least)}: leave the label open. "
        "Means and shares use the probabilities. See Methods."
    )
    return f' <span class="kz-badge" title="{html.escape(tip, quote=True)}">unsure: {below}</span>'


def _bar(row: Mapping[str, Any]) -> str:
    parts = "".join(
        f'<i class="{name}" style="width:{100 * float(row[f"p_{name}"]):.0f}%"></i>'
        for name in STANCES
        if value(row[f"p_{name}"]) is not None
    )
    return f'<span class="kz-bar" aria-hidden="true">{parts}</span>'


def _voice(view: View, row: Mapping[str, Any]) -> str:
    if row["voice"] != "quoted":
        return "in the outlet's own voice"
    speaker, verb = value(row.get("speaker")), value(row.get("quote_verb"))
    why = f" (“{escaped(verb, 40)}”)" if verb else ""
    name = escaped(view.actor(speaker)) if speaker else "not known"
    return f"in quoted speech{why}, speaker: {name}"


def _quote(row: Mapping[str, Any], stance: str) -> str:
    text = value(row.get("sentence"))
    if text is None:
        return ""
    begin = int(row["sentence_start"])
    marked = mark(text, [(int(row["start"]) - begin, int(row["end"]) - begin, stance, "")])
    return f"<blockquote>{marked}</blockquote>"


def mark(text: str, spans: Sequence[tuple[int, int, str, str]], here: int | None = None) -> str:
    """Return text as HTML with spans marked; whatever it holds stays text.

    Args:
        text: any text.
        spans: start, end, class (a stance), tooltip; overlapping ones after the first are
            left out.
        here: the start of the span to point out.
    """
    parts: list[str] = []
    place = 0
    for start, end, name, tip in sorted(spans):
        if start < place or end > len(text) or start >= end:
            continue
        classes = f"kz {name if name in STANCES else 'neutral'}{' here' if start == here else ''}"
        title = f' title="{html.escape(tip, quote=True)}"' if tip else ""
        anchor = ' id="kz-here"' if start == here else ""
        parts.append(html.escape(text[place:start]))
        parts.append(
            f'<mark class="{classes}"{title}{anchor}>{html.escape(text[start:end])}</mark>'
        )
        place = end
    parts.append(html.escape(text[place:]))
    return "".join(parts)


def article(view: View, text: str, mentions: pd.DataFrame, here: int | None = None) -> str:
    """Return an article as HTML with all its mentions marked.

    Args:
        view: the page's view.
        text: the cleaned article: title, blank line, paragraphs.
        mentions: columns ``actor, start, end, stance_label, stance, voice``.
        here: the start of the mention to point out.
    """
    spans = [
        (
            int(m.start),
            int(m.end),
            value(m.stance_label) or "neutral",
            f"{view.actor(m.actor)}: {value(m.stance_label) or 'not scored'} "
            f"{theme.signed(m.stance)}, {theme.VOICE_NAMES.get(m.voice, m.voice)}",
        )
        for m in theme.rows(mentions)
    ]
    marked = mark(text, spans, here)
    paragraphs = marked.split("\n\n")
    body = "".join(f"<p>{p}</p>" for p in paragraphs[1:])
    return f'<div class="kz-article"><h3>{paragraphs[0]}</h3>{body}</div>'


def about(view: View, row: Mapping[str, Any], mentions: int) -> str:
    """Return what is known of an article as HTML.

    Args:
        view: the page's view.
        row: a row of `Store.article`.
        mentions: how many it has.
    """
    url = web_address(row["url"])
    link = (
        f'<a href="{html.escape(url, quote=True)}" target="_blank" '
        f'rel="noopener noreferrer nofollow">at the publisher</a>'
        if url
        else "no address known"
    )
    author = escaped(value(row["author"]) or "no author named", 120)
    return (
        f"<p><b>{escaped(row['title'], 300)}</b><br>{escaped(view.outlet(row['outlet']))}, "
        f"{escaped(value(row['published']) or 'no date')}, {author}; "
        f"{theme.count(row['words'], 'word')}, {theme.count(mentions, 'mention')}; {link}."
        f"{copies(view, row)}</p>"
    )


def publisher(row: Mapping[str, Any], *, whole: bool = False) -> str:
    """Return the link to the publisher's page as HTML: at the sentence, or at the article."""
    ends = (None, None) if whole else (value(row["fragment_start"]), value(row["fragment_end"]))
    url = at_sentence(row["url"], *ends)
    if url is None:
        return "No address of this article is known."
    if whole:
        where = ""
    elif "#:~:text=" in url:
        where = "at this sentence"
    else:
        where = "(the article; the sentence is too short to point at)"
    return (
        f'<a href="{html.escape(url, quote=True)}" target="_blank" '
        f'rel="noopener noreferrer nofollow">Read at the publisher</a> {where}.'
    )


def copies(view: View, row: Mapping[str, Any]) -> str:
    """Return as HTML whose text an article repeats or translates."""
    parts = []
    if value(row.get("duplicate_of")):
        parts.append("wire copy or duplicate of another article")
    if value(row.get("republished_by")):
        parts.append(f"republished by {escaped(row['republished_by'], 60)}")
    if value(row.get("translated_from")):
        parts.append(f"translated from {escaped(language.named(row['translated_from']), 30)}")
    return "".join(f' <span class="kz-badge">{part}</span>' for part in parts)


def place(row: Mapping[str, Any]) -> str:
    """Return in words where in its article something stands."""
    number = int(row["sentence_no"])
    sentence = "In the title" if number == 0 else f"Sentence {number}"
    return f"{sentence}, characters {int(row['start']):,} to {int(row['end']):,}."


def frames(view: View, row: Mapping[str, Any]) -> str:
    """Return a sentence's frames as HTML, each with the cues that speak for it.

    Args:
        view: the page's view.
        row: with ``frames`` and ``frame_cues`` of the store's evidence.
    """
    said = []
    for frame in _list(row.get("frames")):
        words = [f"“{escaped(c['cue'], 40)}”" for c in cues(row) if c["frame"] == frame]
        why = f"cued by {', '.join(words)}" if words else _WITHOUT_CUE
        said.append(f"{escaped(view.frame(frame))} ({why})")
    return ", ".join(said)


_WITHOUT_CUE = "no cue here: from the sentence's meaning or the article around it"


def cues(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the frame cues of a sentence: frame, cue, start, end."""
    found = row.get("frame_cues")
    return [] if found is None or isinstance(found, float) else [dict(cue) for cue in found]


def _stance_class(row: Mapping[str, Any]) -> str:
    label = value(row["stance_label"])
    return label if label in STANCES else "neutral"


def _list(value: object) -> list[str]:
    if value is None or isinstance(value, (float, str)):
        return []
    return [str(part) for part in value]  # type: ignore[attr-defined]


def value(thing: Any) -> Any:
    """Return a table's value, None where it is undefined."""
    return None if thing is None or thing is pd.NA or thing != thing else thing
