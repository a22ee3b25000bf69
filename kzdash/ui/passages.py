"""Evidence that is no mention, as HTML: what it is, why it counts, and where to read it."""

from collections.abc import Callable, Mapping
from typing import Any

from kzdash.charts import theme
from kzdash.ui.cards import copies, cues, frames, mark, place, publisher, value
from kzdash.ui.page import View
from kzdash.ui.text import escaped

Row = Mapping[str, Any]


def card(view: View, row: Row, what: str) -> str:
    """Return a sentence, quotation, relation, epithet, cue or article as HTML.

    Args:
        view: the page's view.
        row: a row of `Store.passages` or `Store.relation_evidence`.
        what: one of `kzdash.scope.EVIDENCE`.
    """
    head, facts, tone = _WORDS[what](view, row)
    said = "; ".join(fact for fact in facts if fact)
    whole = what == "articles"
    return (
        f'<article class="kz-mention {tone}"><p class="kz-head"><b>{head}</b> · '
        f"{escaped(view.outlet(row['outlet']))} · "
        f"{escaped(value(row['published']) or 'no date')} · "
        f"<i>{escaped(row['title'], 160)}</i></p>{_quote(row, what, tone)}"
        + (f'<p class="kz-facts">{said}.</p>' if said else "")
        + f'<p class="kz-facts">{"" if whole else place(row)} {publisher(row, whole=whole)}'
        f"{copies(view, row)}</p></article>"
    )


def _sentence(view: View, row: Row) -> tuple[str, list[str], str]:
    said = f"sentiment of the sentence {theme.signed(value(row['sentiment']))}"
    return frames(view, row) or "No frame", [said], "neutral"


def _quotation(view: View, row: Row) -> tuple[str, list[str], str]:
    speaker, verb, kind = (value(row[name]) for name in ("speaker", "verb", "verb_class"))
    name = escaped(view.actor(speaker)) if speaker else "Speaker not known"
    facts = [
        "direct speech" if row["direct"] else "indirect speech",
        f"introduced by “{escaped(verb, 40)}”" if verb else "no reporting verb",
        f"a {escaped(kind)} verb" if kind else "",
    ]
    return name, facts, "neutral"


def _relation(view: View, row: Row) -> tuple[str, list[str], str]:
    verb = value(row["verb"])
    source, target = (escaped(view.actor(str(row[side]))) for side in ("source", "target"))
    read = f"read by the model as “{escaped(row['label'])}” ({theme.percent(float(row['score']))})"
    facts = [read, f"at the word “{escaped(verb, 40)}”" if verb else "", _voice(row)]
    friendly = row["label"] in ("praises", "supports")
    head = f"{source} → {target}: {'for' if friendly else 'against'}"
    return head, facts, "positive" if friendly else "negative"


def _epithet(view: View, row: Row) -> tuple[str, list[str], str]:
    valence = value(row["valence"])
    facts = [
        escaped(row["relation"]),
        _voice(row),
        f"valence of the words {theme.signed(valence)}",
    ]
    tone = "neutral" if not valence else "positive" if valence > 0 else "negative"
    return f"{escaped(view.actor(str(row['actor'])))}: “{escaped(row['text'], 80)}”", facts, tone


def _cue(view: View, row: Row) -> tuple[str, list[str], str]:
    taken = row["frame"] in list(row["frames"])
    fact = "the sentence has the frame" if taken else "the sentence has not the frame: too weak"
    return f"“{escaped(row['cue'], 60)}” for {escaped(view.frame(row['frame']))}", [fact], "neutral"


def _article(view: View, row: Row) -> tuple[str, list[str], str]:
    word = value(row.get("word"))
    if word:
        return f"“{escaped(word, 60)}” {theme.count(row['count'], 'time')}", [], "neutral"
    author = escaped(value(row["author"]) or "No author named", 80)
    size = f"{theme.count(row['words'], 'word')} in {theme.count(row['sentences'], 'sentence')}"
    return author, [size], "neutral"


_WORDS: Mapping[str, Callable[[View, Row], tuple[str, list[str], str]]] = {
    "sentences": _sentence,
    "quotes": _quotation,
    "relations": _relation,
    "epithets": _epithet,
    "cues": _cue,
    "articles": _article,
}


def _voice(row: Row) -> str:
    return escaped(theme.VOICE_NAMES.get(str(row["voice"]), row["voice"]))


def _quote(row: Row, what: str, tone: str) -> str:
    text = value(row.get("sentence"))
    if text is None or what == "articles":
        return ""
    begin = int(row["sentence_start"])
    found = cues(row) if what == "sentences" else [row]
    spans = [
        (max(0, int(c["start"]) - begin), min(len(text), int(c["end"]) - begin), tone, "")
        for c in found
    ]
    return f"<blockquote>{mark(text, spans)}</blockquote>"
