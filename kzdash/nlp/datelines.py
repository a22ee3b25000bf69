"""Datelines: the place, date and agency that open a report ("MOSCOW, January 5 /Agency/.")."""

from spacy.tokens import Doc

from kzdash.nlp.spelling import letters

_DASHES = frozenset({"–", "—", "-", "--", "―"})
_LONGEST = 16


def is_dateline_place(doc: Doc, start: int, end: int) -> bool:
    """Return whether a place's name opens a paragraph as a dateline.

    Args:
        doc: a Doc with entities.
        start: first token of the name.
        end: token after its last.
    """
    while start > 1 and doc[start - 1].text == "/" and doc[start - 2].is_upper:
        start -= 2
    if start and not _breaks(doc, start - 1):
        return False
    if end >= len(doc):
        return False
    after = doc[end]
    if after.text in _DASHES and after.whitespace_:
        return True
    if after.text in ("(", "/"):
        return True
    if after.text == "." and doc[start].is_upper and len(doc[start]) > 2:
        return True
    return after.text in (",", ".") and _place_and_date(doc, end + 1)


def is_dateline_agency(doc: Doc, start: int, end: int) -> bool:
    """Return whether an agency's name stands in a dateline, as the source of the report.

    It does in slashes or brackets or before a dash, after nothing but a place and a date
    ("ASTANA, January 5 (Agency) –"), and where it opens a paragraph before a date.
    """
    if start == 0 or _breaks(doc, start - 1):
        return end + 1 < len(doc) and doc[end].text == "," and doc[end + 1].ent_type_ == "DATE"
    first = _first(doc, start)
    if not _leads(doc, first, start):
        return False
    if doc[start].text.startswith("/") or doc[start - 1].text == "/":
        return "/" in doc[start : end + 2].text[1:]
    if doc[start - 1].text == "(":
        return doc[end : end + 1].text == ")" and doc[end + 1 : end + 2].text in _DASHES
    place = doc[first].is_upper or doc[first].ent_type_ == "GPE"
    return place and doc[end : end + 1].text in _DASHES


def _first(doc: Doc, index: int) -> int:
    """Return the first token of a paragraph; of a long one, a token far before its own."""
    first = index
    while first and index - first < _LONGEST and not _breaks(doc, first - 1):
        first -= 1
    return first


def _leads(doc: Doc, first: int, end: int) -> bool:
    """Return whether tokens can be a place and a date: capitals and figures, no body's name."""
    return end - first < _LONGEST and all(
        not (word := letters(token.text))
        or token.like_num
        or (word[:1].isupper() and not token.is_stop and token.ent_type_ != "ORG")
        for token in doc[first:end]
    )


def _breaks(doc: Doc, index: int) -> bool:
    return doc[index].is_space and "\n" in doc[index].text


def _place_and_date(doc: Doc, start: int) -> bool:
    """Return whether what follows is a date, or leads in capitals and figures to a dash."""
    for index in range(start, min(start + _LONGEST, len(doc))):
        token = doc[index]
        if index == start and token.ent_type_ == "DATE":
            return True
        if token.text in _DASHES and token.whitespace_:
            return True
        if token.text[:1] in ("(", "/") or (token.like_num and index > start):
            return index > start
        if token.like_num:
            continue
        if token.is_space or not (token.is_punct or token.text[:1].isupper()):
            return False
    return False
