"""Pages: the article and its facts in an HTML page.

trafilatura finds the article's text; title, date, author and outlet come from what the page
declares (Open Graph, schema.org, meta elements). Nothing that a page names is fetched or run.
Facts that are not declared are not guessed.
"""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import lxml.etree
import lxml.html
import trafilatura

from kzdash.corpus import dates, markup
from kzdash.corpus.characters import has_lone_surrogate, one_line, shown
from kzdash.corpus.decoding import decode
from kzdash.corpus.records import Record
from kzdash.errors import InputError
from kzdash.registry import Registry

_DEEPEST = 100
_CHARSET = re.compile(rb"""<meta[^<>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.I)
_XML_CHARSET = re.compile(rb"""<\?xml[^<>]{0,100}encoding\s*=\s*["']([A-Za-z0-9_.-]{2,40})""")
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_DOCTYPE = re.compile(r"^\s*<!DOCTYPE[^<>\[]{0,500}(?:\[.{0,100000}?\]\s*)?>", re.S | re.I)
_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "dc.date",
    "dc.date.issued", "dcterms.date", "dcterms.created", "dcterms.issued", "pubdate",
    "publishdate", "publish-date", "publish_date", "publication_date", "parsely-pub-date",
    "sailthru.date", "article.published",
)  # fmt: skip
_TITLES = ("og:title", "twitter:title", "dc.title", "headline", "title")
_AUTHORS = ("author", "article:author", "dc.creator", "parsely-author", "byl")
_OUTLETS = ("og:site_name", "publisher", "dc.publisher", "application-name")
_MOST_ELEMENTS = 10_000
_AROUND = frozenset({"nav", "header", "footer", "aside", "form", "title", "button"})
_LONGEST_JSON = 500_000
_MOST_NODES = 2_000
_LIST_ITEM = re.compile(r"^- ", re.M)

Facts = dict[str, list[str]]


def read(
    data: bytes,
    place: str,
    registry: Registry,
    *,
    url: str | None = None,
    charset: str | None = None,
) -> Record:
    """Return the record of a page.

    Args:
        data: the page's bytes.
        place: for messages.
        registry: whose outlets' addresses name the outlet.
        url: where the page was fetched; without it the page's own canonical address counts.
        charset: as its sender declares it.

    Raises:
        InputError: the bytes are no page, or it holds no article.
    """
    declared = charset or _declared(data)
    decoded = decode(data, place, declared)
    page = _DOCTYPE.sub("", _XML_DECLARATION.sub("", decoded.text)).replace("\0", "")
    tree = _tree(page, place)
    facts = _facts(tree)
    notes = [decoded.note] if decoded.note else []
    text = _article_text(tree, page, place, notes)
    address = url or _first(facts.get("url", []))
    title = _title(facts)
    fields: dict[str, object] = {
        "outlet": _outlet(facts, address, registry),
        "title": title or None,
        "date": _date(facts, place, notes),
        "text": text,
        "url": address,
        "author": _first([a for a in facts.get("author", []) if not a.startswith("http")]),
        "lang": _language(facts),
    }
    return Record(fields, place, form="plain", undated=True, notes=tuple(notes))


def _declared(data: bytes) -> str | None:
    head = data[:4096]
    match = _CHARSET.search(head) or _XML_CHARSET.search(head)
    return match[1].decode("ascii") if match else None


def _tree(page: str, place: str) -> Any:
    parser = lxml.html.HTMLParser(huge_tree=True, no_network=True, remove_pis=True)
    try:
        flat = markup.flattened(page, _DEEPEST)
        tree = lxml.html.document_fromstring(flat, parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError) as error:
        raise InputError(
            place,
            f"no HTML that can be read ({type(error).__name__})",
            "an HTML page",
            "Save the page again",
        ) from None
    return tree


def _article_text(tree: Any, page: str, place: str, notes: list[str]) -> str:
    """Return the article's paragraphs; a page of too many elements is read without layout.

    The extraction looks at all pairs of some elements, so that hostile pages would take hours.
    """
    if sum(1 for _ in tree.iter()) > _MOST_ELEMENTS:
        notes.append("read without its layout: too many elements")
        text: str | None = markup.from_html(page, also_hidden=_AROUND)
    else:
        text = _extracted(tree)
    if not text or not text.strip():
        raise InputError(
            place,
            "no article text was found in the page",
            "a page with paragraphs",
            "Copy the text into a file of its own",
        )
    return _LIST_ITEM.sub("", text).replace("\n", "\n\n")


def _extracted(tree: Any) -> str | None:
    for element in list(tree.iter("template", "noscript")):
        element.drop_tree()
    try:
        text: str | None = trafilatura.extract(
            tree,
            include_comments=False,
            include_tables=True,
            include_images=False,
            favor_recall=True,
            deduplicate=False,
        )
    except (RecursionError, ValueError, TypeError, AttributeError, lxml.etree.LxmlError):
        return None
    return text


def _facts(tree: Any) -> Facts:
    """Return what the page declares of itself: title, date, author, outlet, url, language."""
    metas: Facts = {}
    for meta in tree.iter("meta"):
        content = (meta.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop"):
            name = (meta.get(attribute) or "").strip().casefold()
            if name and content and len(content) <= 5_000:
                metas.setdefault(name, []).append(content)
    facts = {
        "title": _values(metas, _TITLES),
        "date": _values(metas, _DATES),
        "author": _values(metas, _AUTHORS),
        "outlet": _values(metas, _OUTLETS),
        "url": _values(metas, ("og:url",)),
        "language": _values(metas, ("language",)),
    }
    _add_structured(tree, facts)
    _add_elements(tree, facts)
    return facts


def _values(metas: Facts, names: tuple[str, ...]) -> list[str]:
    return [value for name in names for value in metas.get(name, [])]


def _add_structured(tree: Any, facts: Facts) -> None:
    """Add what schema.org JSON says of the article."""
    for node in _structured(tree):
        if "headline" not in node and "datePublished" not in node:
            continue
        facts["title"] += _texts(node.get("headline"))
        facts["date"] += _texts(node.get("datePublished"))
        facts["author"] += _names(node.get("author"))
        facts["outlet"] += _names(node.get("publisher"))
        facts["language"] += _texts(node.get("inLanguage"))


def _structured(tree: Any) -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        text = script.text or ""
        if script.get("type", "").casefold() != "application/ld+json" or len(text) > _LONGEST_JSON:
            continue
        try:
            waiting = [json.loads(text, strict=False)]
        except (ValueError, RecursionError):
            continue
        for _ in range(_MOST_NODES):
            if not waiting:
                break
            node = waiting.pop(0)
            if isinstance(node, dict):
                yield node
                waiting += [v for v in node.values() if isinstance(v, dict | list)]
            elif isinstance(node, list):
                waiting += node[:_MOST_NODES]


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [v for v in values[:20] if isinstance(v, str) and not has_lone_surrogate(v)]


def _names(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [
        name for v in values[:20] for name in _texts(v.get("name") if isinstance(v, dict) else v)
    ]


def _add_elements(tree: Any, facts: Facts) -> None:
    """Add what the page's elements say: headings, times, links, the language."""
    headings = [" ".join(h.itertext()) for h in tree.iter("h1")]
    facts["heading"] = [one_line(h) for h in headings if h.strip()]
    facts["page title"] = [
        one_line(" ".join(t.itertext()))
        for t in tree.iter("title")
        if t.getparent() is not None and t.getparent().tag == "head"
    ]
    times = [t for t in tree.iter("time") if t.get("datetime")]
    declared = [t for t in times if t.get("itemprop") == "datePublished" or "pubdate" in t.attrib]
    facts["date"] += [t.get("datetime") for t in [*declared, *times[:1]]]
    facts["url"] += [
        link.get("href")
        for link in tree.iter("link")
        if (link.get("rel") or "").casefold() == "canonical" and link.get("href")
    ]
    facts["language"] += [v for v in (tree.get("lang"), tree.get("xml:lang")) if v]


def _title(facts: Facts) -> str:
    """Return the page's title; a heading that begins it is the title without the site's name."""
    declared = [one_line(markup.plain(t)) for t in facts["title"] + facts["page title"]]
    declared = [t for t in declared if t]
    if len(facts["heading"]) == 1:
        heading = facts["heading"][0]
        if not declared or any(t.startswith(heading) for t in declared):
            return heading
    return _first(declared) or _first(facts["heading"]) or ""


def _date(facts: Facts, place: str, notes: list[str]) -> str | None:
    for value in facts["date"]:
        try:
            found = dates.parse(value, place)
        except InputError:
            continue
        if found:
            return found
    if facts["date"]:
        notes.append(f"undated: '{shown(facts['date'][0], 40)}' is no date that can be")
    return None


def _language(facts: Facts) -> str | None:
    for value in facts["language"]:
        match = re.match(r"([A-Za-z]{2,3})(?:[-_]|$)", value.strip())
        if match:
            return match[1].lower()
    return None


def _outlet(facts: Facts, address: str | None, registry: Registry) -> str | None:
    """Return the outlet: by the address if the registry knows it, by name, or the host."""
    host = _host(address)
    known = outlet_of_host(host, registry)
    return known or _first(facts["outlet"]) or host or None


def outlet_of_host(host: str, registry: Registry) -> str | None:
    """Return the id of the outlet whose registered address has this host, or None."""
    for outlet in registry.outlets.values():
        own = _host(outlet.url)
        if own and (host == own or host.endswith(f".{own}")):
            return outlet.id
    return None


def _host(address: str | None) -> str:
    try:
        host = urlsplit(address or "").hostname or ""
    except ValueError:
        return ""
    return host.casefold().removeprefix("www.")


def _first(values: list[str]) -> str | None:
    return next((v for v in values if v and v.strip()), None)
