"""Markup to text: HTML tags, entities and Markdown signs, in linear time.

No parser is involved, so nesting has no limit and nothing is fetched or run. `pages.py`
extracts articles from whole pages; this module cleans fields that hold some markup.
"""

import html
import re

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]{0,30})(?=[\s/>])[^<>]*>")
_ELEMENTS = frozenset(
    "a abbr acronym address applet area article aside audio b base bdi bdo big blockquote body br "
    "button canvas center cite code col colgroup data dd del details dfn dialog dir div dl dt em "
    "embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head "
    "header hr html i iframe img input ins kbd label legend li link main map mark marquee math "
    "menu meta meter nav nobr noembed noframes noscript object ol optgroup option output p param "
    "picture "
    "plaintext pre progress q rb rp rt ruby s samp script search section select slot small source "
    "span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead "
    "time title tr track tt u ul var video wbr xmp".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html li main menu nav ol p pre "
    "section table tbody td tfoot th thead title tr ul".split()
)
_HIDDEN = frozenset(
    "script style template noscript iframe object svg math canvas textarea select head noembed "
    "noframes xmp audio video".split()
)
_PARAGRAPH_TAG = re.compile(r"<(?:p|br|div|h[1-6]|li|blockquote|article|section)(?=[\s/>])", re.I)
_DECLARATION = re.compile(r"<!(?:DOCTYPE[^<>]{0,1000}>|\[CDATA\[)|<\?[^<>]{0,1000}>|\]\]>", re.I)

_IMAGE = re.compile(r"!\[[^\[\]\n]{0,500}\](?:\([^()\n]{0,2000}\)|\[[^\[\]\n]{0,100}\])")
_LINK = re.compile(
    r"\[([^\[\]\n]{1,500})\]\([^()\s]{0,2000}(?:\([^()\s]{0,500}\)[^()\s]{0,500})?"
    r"(?:\s\"[^\"\n]{0,300}\")?\)"
)
_REFERENCE = re.compile(r"\[([^\[\]\n^]{1,500})\]\[[^\[\]\n]{0,100}\]")
_DEFINITION = re.compile(r"^ {0,3}\[[^\[\]\n]{1,100}\]: ?\S.*$", re.M)
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]{1,50}\]")
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]#*)?$", re.M)
_RULE = re.compile(r"^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|={3,})$", re.M)
_FENCE = re.compile(r"^ {0,3}(?:`{3,}|~{3,})[^`\n]*$", re.M)
_QUOTED = re.compile(r"^(?: {0,3}> ?)+", re.M)
_BULLET = re.compile(r"^[ \t]*[-*+][ \t]+", re.M)
_STRONG = re.compile(
    r"(?<![\w*])\*\*(?=\S)([^*\n]+)(?<=\S)\*\*(?![\w*])"
    r"|(?<![\w_])__(?=\S)([^_\n]+)(?<=\S)__(?![\w_])"
)
_EMPHASIS = re.compile(
    r"(?<![\w*])\*(?=\S)([^*\n]+)(?<=\S)\*(?![\w*])"
    r"|(?<![\w_])_(?=\S)([^_\n]+)(?<=\S)_(?![\w_])"
)
_STRUCK = re.compile(r"~~(?=\S)([^~\n]+)(?<=\S)~~")
_CODE = re.compile(r"`([^`\n]+)`")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!~>|])")
_ESCAPED = "\ue000{}\ue001"
_PROTECTED = re.compile("\ue000([0-9]{1,3})\ue001")


def holds_html(text: str) -> bool:
    """Return whether a text is laid out with HTML tags, so that its line ends mean nothing."""
    return _PARAGRAPH_TAG.search(text) is not None


def from_html(text: str, also_hidden: frozenset[str] = frozenset()) -> str:
    """Return the text of an HTML fragment; blocks stand on their own, separated by blank lines.

    Scripts, styles and other content that a reader does not see are dropped. Entities are
    resolved once. A text without layout tags keeps its lines.

    Args:
        text: the fragment.
        also_hidden: further elements that are dropped with their content.
    """
    laid_out = holds_html(text)
    text = _DECLARATION.sub("", _without_comments(text))
    pieces = []
    unclosed: set[str] = set()
    at = 0
    for start, end, closing, name in _tags(text):
        if start < at:
            continue
        pieces.append(_chunk(text[at:start], laid_out))
        at = end
        if (name in _HIDDEN or name in also_hidden) and not closing:
            at = _after(text, name, end, unclosed)
        pieces.append("\n" if name == "br" else "\n\n" if name in _BLOCKS else "")
    pieces.append(_chunk(text[at:], laid_out))
    return "".join(pieces)


def plain(text: str) -> str:
    """Return a short field (title, name) without tags and entities.

    Tags are removed before and after entities are resolved, so that markup that was escaped
    twice does not come back to life.
    """
    if "<" not in text and "&" not in text:
        return text
    return from_html(html.unescape(from_html(text)).replace("\n", " "))


def from_markdown(text: str) -> str:
    """Return a Markdown text without its signs; headings and list items stand on their own."""
    text = _ESCAPE.sub(lambda m: _ESCAPED.format(ord(m[1])), text)
    text = _FENCE.sub("", text)
    text = _RULE.sub("\n", text)
    text = _DEFINITION.sub("", text)
    text = _QUOTED.sub("", text)
    text = _HEADING.sub(r"\n\1\n", text)
    text = _BULLET.sub("\n", text)
    text = _IMAGE.sub("", text)
    text = _LINK.sub(r"\1", text)
    text = _REFERENCE.sub(r"\1", text)
    text = _FOOTNOTE.sub("", text)
    for pattern in (_STRONG, _EMPHASIS):
        text = pattern.sub(lambda m: m[1] or m[2], text)
    text = _CODE.sub(r"\1", _STRUCK.sub(r"\1", text))
    if "<" in text or "&" in text:
        text = from_html(text)
    return _PROTECTED.sub(lambda m: chr(int(m[1])), text)


def flattened(page: str, deepest: int) -> str:
    """Return an HTML page in which no element is nested deeper than a number of levels.

    Tags beyond that depth are dropped and their text is kept (blocks as line breaks), because
    the HTML parser would otherwise lose the text and all that follows without an error.
    """
    pieces = []
    open_tags: list[str] = []
    at = dropped = 0
    for start, end, closing, name in _tags(page):
        if name in _UNCOUNTED or name in _HIDDEN:
            continue
        if not closing:
            open_tags.append(name)
        too_deep = len(open_tags) > deepest
        if closing and name in open_tags[-deepest * 4 :]:
            while open_tags and open_tags.pop() != name:
                pass
        if too_deep:
            pieces.append(page[at:start] + ("<br>" if name in _BLOCKS else " "))
            at = end
            dropped += 1
    return "".join(pieces) + page[at:] if dropped else page


_UNCOUNTED = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li dt dd option "
    "html body".split()
)


def _tags(text: str) -> "list[tuple[int, int, bool, str]]":
    return [
        (m.start(), m.end(), bool(m[1]), name)
        for m in _TAG.finditer(text)
        if (name := m[2].lower()) in _ELEMENTS
    ]


def _after(text: str, name: str, at: int, unclosed: set[str]) -> int:
    """Return where the text goes on after a hidden element, or `at` if it never closes."""
    match = None if name in unclosed else re.compile(rf"</{name}\s*>", re.I).search(text, at)
    if match:
        return match.end()
    unclosed.add(name)
    return at


def _without_comments(text: str) -> str:
    pieces = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 2)) >= 0:
        pieces.append(text[at:start])
        at = end + 3
    return "".join(pieces) + text[at:]


def _chunk(text: str, laid_out: bool) -> str:
    text = html.unescape(text)
    return text.replace("\n", " ").replace("\r", " ") if laid_out else text
