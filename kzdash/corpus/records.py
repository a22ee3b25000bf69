"""Records: the fields of one article as given, and the cleaned Article made of them."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from kzdash.corpus import boilerplate, dates, markup, paragraphs
from kzdash.corpus.characters import cleaned, has_lone_surrogate, one_line, shown
from kzdash.corpus.limits import LOCAL, Limits
from kzdash.corpus.slugs import slug, unmistakable
from kzdash.errors import InputError
from kzdash.registry import Registry
from kzdash.schema import Article

SYNONYMS: dict[str, tuple[str, ...]] = {
    "outlet": ("outlet", "source", "publisher", "publication", "site", "site_name", "sitename",
               "newspaper", "media"),
    "title": ("title", "headline"),
    "date": ("date", "published", "published_at", "date_published", "datepublished", "pubdate",
             "publish_date", "publication_date", "published_time"),
    "text": ("text", "body", "content", "article", "fulltext", "full_text", "articlebody",
             "article_body", "article_text", "maintext"),
    "id": ("id", "article_id", "uid", "guid"),
    "url": ("url", "link", "address", "permalink", "href"),
    "author": ("author", "authors", "byline", "creator"),
    "lang": ("lang", "language"),
    "translated_from": ("translated_from", "original_language"),
    "republished_by": ("republished_by",),
}  # fmt: skip
"""The names under which each field is taken, best first."""

REQUIRED = ("outlet", "title", "date", "text")

_LANGUAGES = {
    "arabic": "ar", "chinese": "zh", "english": "en", "french": "fr", "german": "de",
    "italian": "it", "kazakh": "kk", "kyrgyz": "ky", "portuguese": "pt", "russian": "ru",
    "spanish": "es", "turkish": "tr", "ukrainian": "uk", "uzbek": "uz",
}  # fmt: skip
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_][A-Za-z0-9]{1,8}){0,3}")
_UNSAFE_IN_ID = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST_ID = 100
_LONGEST_FIELD = 500
_LONGEST_URL = 2_000


class Number(str):
    """A number as it was written, so that 012 and 1e999 stay what they are."""

    __slots__ = ()


@dataclass(frozen=True)
class Record:
    """One article's fields as given.

    Args:
        fields: canonical field names (`SYNONYMS`) with their values.
        place: where it was read.
        form: what the text is: "text" (may hold some HTML), "markdown", or "plain" (clean).
        undated: whether a missing date is no fault (pages often name none).
        notes: what was noticed while reading.
    """

    fields: Mapping[str, object]
    place: str
    form: str = "text"
    undated: bool = False
    notes: tuple[str, ...] = field(default=())


def canonical(pairs: Iterable[tuple[str, object]], place: str) -> dict[str, object]:
    """Return fields under their canonical names; unknown fields are left out.

    Where several synonyms are given, the best one counts.

    Raises:
        InputError: the same field is given twice.
    """
    given: dict[str, object] = {}
    for raw, value in pairs:
        name = re.sub(r"[\s-]+", "_", one_line(raw).casefold())
        if name in given and name in _ALL_NAMES:
            raise InputError(
                place,
                f"field '{shown(name)}' is given twice",
                "each field once",
                "Delete one of them",
            )
        given[name] = value
    return {
        field_name: given[next(n for n in names if _is_given(given.get(n)))]
        for field_name, names in SYNONYMS.items()
        if any(_is_given(given.get(n)) for n in names)
    }


_ALL_NAMES = frozenset(name for names in SYNONYMS.values() for name in names)


def article(record: Record, registry: Registry, limits: Limits = LOCAL) -> Article:
    """Return the cleaned article of a record.

    Raises:
        InputError: a field is missing, of the wrong type, too long or not what it must be.
    """
    place = record.place
    required = [f for f in REQUIRED if not (f == "date" and record.undated)]
    for name in required:
        if not _is_given(record.fields.get(name)):
            raise InputError(
                place,
                f"'{name}' is missing",
                "the fields outlet, title, date and text",
                f"Give '{name}'" + (" (or 'undated')" if name == "date" else ""),
            )
    notes = list(record.notes)
    outlet_name = _text(record, "outlet")
    outlet_id = _outlet(record, outlet_name, registry)
    author = _optional_text(record, "author")
    title, text = _title_and_text(record, author, outlet_id, registry, limits)
    published = _published(record, limits)
    url = _url(_optional_text(record, "url", 10 * _LONGEST_URL), notes)
    return Article(
        article_id=_article_id(record, outlet_id, published, title, text),
        outlet_id=outlet_id,
        title=title,
        text=text,
        published=published,
        author=author,
        url=url,
        republished_by=_optional_text(record, "republished_by"),
        language=_language(record, "lang"),
        translated_from=_language(record, "translated_from"),
        place=place,
        outlet_name=None if outlet_id in registry.outlets else outlet_name,
        notes=tuple(notes),
    )


def outlet_id(name: str, registry: Registry) -> str:
    """Return the registry's id of an outlet's name, else a slug of the name ("" if none)."""
    known = registry.outlet_names.get(name.casefold())
    if known:
        return known
    made = unmistakable(name, 64)
    return registry.outlet_names.get(made, made)


def _outlet(record: Record, name: str, registry: Registry) -> str:
    found = outlet_id(name, registry)
    if not found:
        given = shown(str(record.fields["outlet"]), 60)
        raise InputError(
            record.place,
            f"outlet '{given}' has no letter or digit",
            "an outlet's name",
            "Correct the outlet",
        )
    return found


def _is_given(value: object) -> bool:
    return value is not None and not (isinstance(value, str) and not value.strip())


def _text(record: Record, name: str, longest: int = _LONGEST_FIELD) -> str:
    """Return a short field: plain text on one line."""
    value = record.fields[name]
    if name == "author" and isinstance(value, list) and all(type(v) is str for v in value):
        value = ", ".join(value)
    if not isinstance(value, str) or (isinstance(value, Number) and name not in ("id", "date")):
        raise InputError(
            record.place, f"'{name}' is {_kind(value)}", "text", f"Write '{name}' as text"
        )
    _check_text(value, name, record.place)
    if len(value) > 20 * longest:
        raise _too_long(record.place, name, len(value), longest)
    line = one_line(markup.plain(cleaned(value)))
    if len(line) > longest:
        raise _too_long(record.place, name, len(line), longest)
    return line


def _optional_text(record: Record, name: str, longest: int = _LONGEST_FIELD) -> str | None:
    return (_text(record, name, longest) or None) if _is_given(record.fields.get(name)) else None


def _kind(value: object) -> str:
    kinds = {bool: "true or false", list: "a list", dict: "an object", Number: "a number"}
    return kinds.get(type(value), "no text")


def _too_long(place: str, name: str, length: int, longest: int) -> InputError:
    return InputError(
        place, f"'{name}' has {length:,} characters", f"at most {longest:,}", f"Shorten '{name}'"
    )


def _check_text(value: str, name: str, place: str) -> None:
    if has_lone_surrogate(value):
        raise InputError(
            place,
            f"'{name}' holds half a character (a lone surrogate)",
            "whole characters",
            "Export it again",
        )


def _title_and_text(
    record: Record, author: str | None, outlet: str, registry: Registry, limits: Limits
) -> tuple[str, str]:
    """Return the title and the whole text (title, blank line, paragraphs)."""
    title = _text(record, "title")
    raw = record.fields["text"]
    if not isinstance(raw, str) or isinstance(raw, Number):
        raise InputError(record.place, f"'text' is {_kind(raw)}", "text", "Write 'text' as text")
    _check_text(raw, "text", record.place)
    if len(raw) > 2 * limits.text:
        raise _too_long(record.place, "text", len(raw), limits.text)
    known = registry.outlets[outlet].boilerplate if outlet in registry.outlets else ()
    body = boilerplate.strip(_paragraphs(raw, record.form), title, author, known)
    title = body.title or title
    if not title or not body.paragraphs:
        missing = "text" if title else "title"
        raise InputError(
            record.place,
            f"nothing is left of '{missing}' once it is cleaned",
            "an article",
            "Look at the file",
        )
    _check_sizes(body.paragraphs, record.place, limits)
    return title, "\n\n".join([title, *body.paragraphs])


def _paragraphs(raw: str, form: str) -> list[str]:
    text = cleaned(raw)
    if form == "markdown":
        text = cleaned(markup.from_markdown(text))
    elif form == "text" and ("<" in text or "&" in text):
        text = cleaned(markup.from_html(text))
    return paragraphs.split(text, boilerplate.stands_alone, boilerplate.ends_caption)


def _check_sizes(body: Sequence[str], place: str, limits: Limits) -> None:
    length = sum(map(len, body)) + 2 * len(body)
    if length > limits.text:
        raise _too_long(place, "text", length, limits.text)
    longest = max((len(w) for p in body if len(p) > limits.word for w in p.split(" ")), default=0)
    if longest > limits.word:
        raise InputError(
            place,
            f"a word of {longest:,} letters",
            f"words of at most {limits.word:,} letters",
            "Delete what is no text (embedded data, for example)",
        )


def _published(record: Record, limits: Limits) -> str | None:
    value = _optional_text(record, "date")
    return dates.parse(value, record.place, future=limits.future) if value else None


def _url(value: str | None, notes: list[str]) -> str | None:
    """Return an http(s) address; anything else is left out with a note."""
    if not value:
        return None
    try:
        parts = urlsplit(value)
        good = parts.scheme in ("http", "https") and bool(parts.hostname)
        good = good and parts.username is None and not re.search(r"[\s\"'<>\\`{}|^]", value)
    except ValueError:
        good = False
    if good and len(value) <= _LONGEST_URL:
        return value
    notes.append(f"address left out: '{shown(value, 60)}' is no http or https address")
    return None


def _language(record: Record, name: str) -> str | None:
    value = _optional_text(record, name)
    if value is None:
        return None
    folded = value.casefold()
    match = _LANGUAGE.fullmatch(folded)
    code = _LANGUAGES.get(folded) or (match[1] if match else None)
    if code is None:
        raise InputError(
            record.place,
            f"'{name}' is '{shown(value, 40)}'",
            "a language code such as en or kk",
            f"Correct or delete '{name}'",
        )
    return code


def _article_id(record: Record, outlet: str, published: str | None, title: str, text: str) -> str:
    given = _optional_text(record, "id", 20_000)
    if given:
        return _safe_id(given)
    digest = hashlib.sha256(text.encode()).hexdigest()[:6]
    return f"{outlet}-{published or 'undated'}-{slug(title, 40) or 'untitled'}-{digest}"


def _safe_id(given: str) -> str:
    """Return an id as given if it is safe and short, else a safe form with a hash of it."""
    safe = _UNSAFE_IN_ID.sub("-", given).strip("-.") or "article"
    if safe == given and len(given) <= _LONGEST_ID:
        return given
    return f"{safe[: _LONGEST_ID - 20]}-{hashlib.sha256(given.encode()).hexdigest()[:6]}"
