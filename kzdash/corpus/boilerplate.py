"""Boilerplate: what stands around an article and is not its text.

All rules are general: they look at form (a photo credit, a comment form, a line above the
repeated title), not at one outlet. Lines that only one outlet prints stand in the registry
(`Outlet.boilerplate`). A paragraph is dropped whole or kept whole.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kzdash.corpus.characters import likeness

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? |(?:mon|tue|wed|thu|fri|sat|sun),? )?"
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = (
    rf"{_WEEKDAY}(?:{_ORDINAL} {_MONTH},? \d{{4}}|{_MONTH} {_ORDINAL},? \d{{4}}"
    r"|\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4})"
)
_CLOCK = (
    r"(?:[ ,|–-]*(?:at )?\d{1,2}:\d{2}(?: ?[ap]\.?m\.?)?"
    r"(?: ?(?:[A-Z]{2,4}|[+-]\d{2}:?\d{2}))?)?"
)
_CREDIT = (
    r"©\s*(?!\d{4})[\w.'’ -]{2,60}(?:\s*/\s*[\w.,'’() -]{1,80}){0,3}"
    r"|\((?:photo|image|picture)(?: by| credit)?:? [^()]{2,80}\)"
)
_COMMENT_LINES = (
    r"(?:no|\d{1,6}) comments?:?",
    r"add (?:a |your )?comments?",
    r"leave a (?:reply|comment).{0,40}",
    r"post (?:a )?comment",
    r"comments?(?: \(\d{1,6}\))?:?",
    r"(?:join|view) (?:the )?(?:discussion|comments).{0,30}",
    r"your e-?mail(?: address)? will not be published.{0,80}",
    r"required fields are marked.{0,20}",
    r"note: only .{1,20} of this blog may .{1,20}",
    r"save my name.{0,120}",
    r"you must be logged in to .{0,60}",
)
_LINES = (
    *_COMMENT_LINES,
    r"(?:(?:published|posted|updated|last (?:updated|modified))(?: on| at)?:? )?"
    rf"{_DATE}{_CLOCK}(?:\s*get short url)?",
    r"get short url|short(?:ened)? (?:url|link):? ?\S*|permalink|copy link",
    r"(?:share|tweet|print|e-?mail|pin it|like)(?: (?:this|on|via|to|by|with)\b.{0,60})?",
    r"(?:share|follow|like) (?:us|this).{0,80}",
    r"\[?(?:advertisement|advertising|ad|sponsored(?: content)?|promoted)\]?",
    r"(?:story|article) continues (?:below|after).{0,40}",
    r"(?:read (?:more|also|next|on)|also read|see also|dig deeper|most read"
    r"|you (?:may|might) (?:also )?(?:be interested in|like|enjoy|want to read)"
    r"|related(?: (?:articles?|stories|posts|news))?|more on (?:this|the) (?:topic|story)"
    r"|recommended(?: for you)?)(?:\s*:.{0,200}|\s*[>»→]*)",
    r"(?:loading|please wait)(?:\.{3}|…)?",
    r"(?:view|open) in (?:app|browser)|skip to (?:main )?content",
)
_PARAGRAPHS = (
    r"the post\b.{1,400}\bappeared first on\b.{1,120}",
    r"this (?:is an?|(?:article|text|page|post) (?:is|was))\s+(?:a )?"
    r"(?:machine|automatic(?:ally)?|computer)[ -]?(?:generated )?translat(?:ion|ed)\b.{0,500}",
    r"(?:machine|automatically) translated (?:from|by|with)\b.{0,200}",
    r"translated (?:automatically|with (?:deepl|google)).{0,150}",
    r"(?:sign up (?:for|to)|subscribe (?:to|for|now|today)|register (?:for|to receive))\b.{0,160}"
    r"(?:newsletter|bulletin|e-?mails?|updates?|digest|channel|notifications?|podcast)\b.{0,400}",
    r"(?:(?:follow|like|join|find) (?:us|our (?:page|channel))|follow [\w.]{2,30} on)\b.{0,40}"
    r"(?:twitter|facebook|telegram|youtube|instagram|x|whatsapp|vk|odysee|rumble)\b.{0,120}",
    r"you can (?:share|follow) (?:this|us|the) .{0,40}social media.{0,80}",
    r"(?:think|know) your friends would be interested\?.{0,60}",
    r"support [\w .'’-]{2,60}[:!]\s(?:help|donate|become|join|give|make|your)\b.{0,400}",
    r"(?:please )?(?:donate|become a (?:member|patron|subscriber)"
    r"|support (?:us|our (?:work|journalism)))\b.{0,300}",
    r"help (?:us )?keep our (?:journalism|reporting)\b.{0,200}",
    r"(?:©|\(c\)|copyright)\s*(?:©\s*)?(?:19|20)\d{2}\b.{0,200}|all rights reserved\b.{0,200}",
    r"the (?:statements|views|opinions)(?:,? (?:views|opinions))?(?: and opinions)? expressed "
    r"(?:in|by|here)\b.{0,300}(?:do not|are (?:those|solely)|not necessarily)\b.{0,200}",
    r"(?:we|this (?:web)?site) uses? cookies\b.{0,300}",
)


def _any(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.I)


_LINE = _any(_LINES)
_PARAGRAPH = _any(_PARAGRAPHS)
_COMMENTS = _any(_COMMENT_LINES)
_CREDITED = re.compile(rf".{{0,400}}?(?:{_CREDIT})\.?", re.I)
_PICTURE = r"(?:photo(?:graph)?|image|picture)s?(?: credit| by)?"
_CAPTION = _any(
    (
        r"file photo\b.{0,400}",
        r"(?:cover|opening|featured|main|top) (?:photo(?:graph)?|image|picture)(?: by)?: .{1,400}",
        rf"(?:.{{1,400}}[.!?)…] )?{_PICTURE}: \S+(?: \S+){{0,5}}",
        rf"{_PICTURE}: .{{1,400}}(?:©|\(|/ ?)[\w.'’ -]{{2,60}}\)?",
    )
)
_BYLINE = re.compile(
    r"(?:by|text:|author:|written by|story by)\s+(?:[^\W\d_][\w.'’-]*,?\s+){0,6}[^\W\d_][\w.'’-]*",
    re.I,
)
_OCCUPATION = (
    r"journalist|reporter|correspondent|editor|writer|analyst|contributor|columnist|fellow|"
    r"professor|researcher|author|blogger|commentator|historian|lecturer|specialist|scholar"
)
_BIO = re.compile(
    r"((?:[^\W\d_a-z][\w.'’-]*\s+){1,4})"
    r"(?:is|was|writes|works|has (?:been|reported|written|covered))\b"
    r".{0,700}"
)
_HAS_OCCUPATION = re.compile(
    rf"\b(?:is|was|has been) (?:an?|the|our)\b[^,;.]{{0,80}}?\b(?:{_OCCUPATION})\b", re.I
)
_NAME = r"(?-i:[^\W\d_a-z])[\w.'’-]*"
_CONTRIBUTION = r"(?:(?:additional|further) )?(?:reporting|writing|editing|research|translation) by"
_CREDITS = re.compile(
    rf"\(?{_CONTRIBUTION} {_NAME}(?:,? {_NAME}|,? (?:and|in|for)|[;,]? {_CONTRIBUTION})*\.?\)?",
    re.IGNORECASE,
)
_EMBED = re.compile(r"\s*(?:https?://)?\b(?:t\.co|pic\.(?:twitter|x)\.com)/[A-Za-z0-9]{1,40}\b…?")
_MASTHEAD_WORDS = 14
_TITLE_WITHIN = 15
_LEAD = 6
_MOST_BIOS = 3


@dataclass(frozen=True)
class Body:
    """An article without its boilerplate: the title as printed (if it was) and paragraphs."""

    title: str | None
    paragraphs: list[str]


def stands_alone(line: str) -> bool:
    """Return whether a line is boilerplate by itself."""
    return len(line) <= 300 and bool(_LINE.fullmatch(line))


def ends_caption(line: str) -> bool:
    """Return whether a line ends in a photo credit, so that a caption ends with it."""
    return len(line) <= 300 and _credit_end(line)


def strip(
    paragraphs: Sequence[str], title: str, author: str | None = None, known: Sequence[str] = ()
) -> Body:
    """Return an article's title line and paragraphs without what stands around them.

    Args:
        paragraphs: as from `paragraphs.split`.
        title: the title that was given; the line that repeats it is taken out.
        author: whose line of biography may stand at the end.
        known: lines of the outlet that are boilerplate wherever they stand.
    """
    rest = [p for p in map(_without_embeds, paragraphs) if p]
    printed, rest = _after_title(rest, title)
    rest = _before_comments(rest)
    lines = {likeness(line) for line in known}
    kept = [
        p
        for number, p in enumerate(rest)
        if not _is_boilerplate(p, number, author) and not (lines and likeness(p) in lines)
    ]
    return Body(printed, _without_bio(kept, author))


def _without_embeds(paragraph: str) -> str:
    """Return a paragraph without the links that stand at the end of an embedded post."""
    if "t.co/" in paragraph or "pic." in paragraph:
        return _EMBED.sub("", paragraph).strip()
    return paragraph


def _after_title(paragraphs: list[str], title: str) -> tuple[str | None, list[str]]:
    """Return the printed title and what follows it; above it only mastheads are dropped."""
    wanted = likeness(title)
    printed = None
    if not wanted:
        return None, paragraphs
    for number in range(min(len(paragraphs), _TITLE_WITHIN)):
        for length in (1, 2):
            line = " ".join(paragraphs[number : number + length])
            if len(line) <= 4 * len(title) + 40 and likeness(line) == wanted:
                printed = printed or line
                above = [p for p in paragraphs[:number] if not _is_masthead(p)]
                return printed, above + _without_repeat(paragraphs[number + length :], wanted)
    return None, paragraphs


def _without_repeat(paragraphs: list[str], wanted: str) -> list[str]:
    head = [p for p in paragraphs[:_LEAD] if likeness(p) != wanted]
    return head + paragraphs[_LEAD:]


def _is_masthead(paragraph: str) -> bool:
    words = paragraph.split()
    return len(words) <= _MASTHEAD_WORDS and not re.search(r"[.!?]$", paragraph)


def _before_comments(paragraphs: list[str]) -> list[str]:
    """Return what stands before a comment form or thread in the second half of a text."""
    after = sum(map(len, paragraphs))
    before = 0
    for number, paragraph in enumerate(paragraphs):
        after -= len(paragraph)
        late = 0 < after <= before or number == len(paragraphs) - 1
        if late and len(paragraph) <= 200 and _COMMENTS.fullmatch(paragraph):
            return paragraphs[:number]
        before += len(paragraph)
    return paragraphs


def _is_boilerplate(paragraph: str, number: int, author: str | None) -> bool:
    if len(paragraph) > 800:
        return False
    if _LINE.fullmatch(paragraph) or _PARAGRAPH.fullmatch(paragraph):
        return True
    if _CAPTION.fullmatch(paragraph) or _credit_end(paragraph) or _CREDITS.fullmatch(paragraph):
        return True
    return number < _LEAD and _is_byline(paragraph, author)


def _credit_end(paragraph: str) -> bool:
    return ("©" in paragraph or paragraph.endswith(")")) and bool(_CREDITED.fullmatch(paragraph))


def _is_byline(paragraph: str, author: str | None) -> bool:
    if len(paragraph) > 120:
        return False
    if author and likeness(paragraph) in (likeness(author), likeness(f"by {author}")):
        return True
    return (
        bool(_BYLINE.fullmatch(paragraph))
        and paragraph[-1] not in ".!?"
        and all(
            w[0].isupper() or w in {"and", "for", "de", "von", "van", "in"}
            for w in paragraph.split()[1:]
        )
    )


def _without_bio(paragraphs: list[str], author: str | None) -> list[str]:
    """Return paragraphs without the biographies at the end."""
    end = len(paragraphs)
    while end > max(1, len(paragraphs) - _MOST_BIOS) and _is_bio(
        paragraphs[end - 1], paragraphs[: end - 1], author
    ):
        end -= 1
    return paragraphs[:end]


def _is_bio(paragraph: str, before: list[str], author: str | None) -> bool:
    match = _BIO.fullmatch(paragraph) if len(paragraph) <= 700 else None
    if not match:
        return False
    name = match[1].strip()
    if author and likeness(author) == likeness(name):
        return True
    family = name.split()[-1]
    return bool(_HAS_OCCUPATION.search(paragraph)) and not any(family in p for p in before)
