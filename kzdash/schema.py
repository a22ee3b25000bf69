"""The row types of every table; each gives its Arrow schema.

A row type is a frozen dataclass. The Arrow type follows from the annotation: ``str``,
``int`` (32 bit), ``float`` (32 bit), ``bool``, ``list[str]``; a ``Literal`` is a string;
``X | None`` is nullable.
Fields named in ``CATEGORICAL`` are written as dictionaries. Undefined is NULL, never 0.
Offsets count characters of the cleaned article text, ``end`` exclusive.
"""

from dataclasses import dataclass, field, fields
from types import UnionType
from typing import Any, ClassVar, Literal, get_args, get_origin, get_type_hints

import pyarrow as pa

from kzdash.labels import STANCES as STANCES

SCHEMA_VERSION = 1

GROUPS = 200
"""Cells with more articles than this are resampled in so many random groups of articles."""

Kind = Literal["name", "metonym", "title", "pronoun"]
Voice = Literal["own", "quoted"]
Role = Literal["agent", "patient", "other"]
EpithetRelation = Literal["adjective", "apposition", "predicate"]

KINDS: tuple[str, ...] = get_args(Kind)
VOICES: tuple[str, ...] = get_args(Voice)
ROLES: tuple[str, ...] = get_args(Role)
EPITHET_RELATIONS: tuple[str, ...] = get_args(EpithetRelation)
RELATION_LABELS = ("praises", "supports", "blames", "attacks")
VERB_CLASSES = ("neutral", "doubting", "supporting")


@dataclass(frozen=True)
class Article:
    """One cleaned article, as `kzdash.corpus` hands it to the pipeline.

    ``text`` is title, blank line, paragraphs joined by blank lines; offsets in all tables
    refer to it. ``place`` says where it was read (for messages; never stored).
    ``published`` is an ISO date of the given precision: YYYY, YYYY-MM or YYYY-MM-DD.
    ``outlet_name`` is the outlet as given, where the registry does not know it. ``notes`` say
    what was noticed while it was read.
    """

    article_id: str
    outlet_id: str
    title: str
    text: str
    published: str | None = None
    author: str | None = None
    url: str | None = None
    republished_by: str | None = None
    language: str | None = None
    translated_from: str | None = None
    place: str = ""
    outlet_name: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ArticleRow:
    """One article.

    ``duplicate_of`` names the article whose text it repeats (wire copy); ``input_hash`` stands
    for all that was read of it, so that a later build knows what has changed.
    """

    table: ClassVar[str] = "articles"
    key: ClassVar[tuple[str, ...]] = ("article_id",)

    article_id: str
    outlet_id: str
    title: str
    author: str | None
    published: str | None
    published_precision: str | None
    url: str | None
    republished_by: str | None
    language: str
    translated_from: str | None
    words: int
    sentences: int
    text_hash: str
    duplicate_of: str | None = None
    scored: bool = True
    input_hash: str = ""


@dataclass(frozen=True)
class SentenceRow:
    """One sentence; number 0 is the title. Sentiment is VADER's compound (-1..1)."""

    table: ClassVar[str] = "sentences"
    key: ClassVar[tuple[str, ...]] = ("article_id", "sentence_no")

    article_id: str
    sentence_no: int
    paragraph_no: int
    start: int
    end: int
    words: int
    fingerprint: str
    sentiment: float | None
    frames: list[str]
    fragment_start: str | None
    fragment_end: str | None


@dataclass(frozen=True)
class MentionRow:
    """One mention of an actor. ``stance`` = p_positive - p_negative, in -1..1."""

    table: ClassVar[str] = "mentions"
    key: ClassVar[tuple[str, ...]] = ("article_id", "start", "end")

    mention_id: str
    article_id: str
    sentence_no: int
    actor_id: str
    surface: str
    kind: Kind
    start: int
    end: int
    sentiment: float | None
    stance: float | None
    stance_label: str | None
    p_negative: float | None
    p_neutral: float | None
    p_positive: float | None
    stance_reason: str | None
    voice: Voice
    speaker: str | None
    role: Role
    cues: list[str]


@dataclass(frozen=True)
class QuoteRow:
    """One stretch of direct or indirect speech with its speaker and reporting verb."""

    table: ClassVar[str] = "quotes"
    key: ClassVar[tuple[str, ...]] = ("article_id", "start", "end")

    article_id: str
    start: int
    end: int
    sentence_no: int
    speaker_actor: str | None
    speaker_surface: str | None
    verb: str | None
    verb_class: str | None
    direct: bool


@dataclass(frozen=True)
class EpithetRow:
    """A word or short phrase that characterises an actor. Valence is in -1..1."""

    table: ClassVar[str] = "epithets"
    key: ClassVar[tuple[str, ...]] = ("article_id", "start", "end", "actor_id", "relation")

    article_id: str
    sentence_no: int
    actor_id: str
    text: str
    relation: EpithetRelation
    valence: float | None
    voice: Voice
    start: int
    end: int


@dataclass(frozen=True)
class RelationRow:
    """Source actor praises, supports, blames or attacks target actor, in one sentence."""

    table: ClassVar[str] = "relations"
    key: ClassVar[tuple[str, ...]] = (
        "article_id",
        "sentence_no",
        "source_actor",
        "target_actor",
        "start",
        "label",
    )

    article_id: str
    sentence_no: int
    source_actor: str
    target_actor: str
    verb: str | None
    label: str
    score: float
    voice: Voice
    start: int
    end: int


@dataclass(frozen=True)
class FrameCueRow:
    """One word or phrase that cued a frame in a sentence: the evidence of its frames."""

    table: ClassVar[str] = "frame_cues"
    key: ClassVar[tuple[str, ...]] = ("article_id", "start", "end", "frame")

    article_id: str
    sentence_no: int
    frame: str
    cue: str
    start: int
    end: int


@dataclass(frozen=True)
class TermRow:
    """How often a content lemma stands in an article (bag of words, no order)."""

    table: ClassVar[str] = "terms"
    key: ClassVar[tuple[str, ...]] = ("article_id", "lemma", "pos")

    article_id: str
    lemma: str
    pos: str
    count: int


Row = (
    ArticleRow
    | SentenceRow
    | MentionRow
    | QuoteRow
    | EpithetRow
    | RelationRow
    | FrameCueRow
    | TermRow
)
ROW_TYPES: tuple[type[Row], ...] = get_args(Row)
TABLES: dict[str, type[Row]] = {row.table: row for row in ROW_TYPES}

CATEGORICAL = frozenset(
    "article_id outlet_id language translated_from published_precision actor_id surface kind "
    "stance_label stance_reason voice speaker role speaker_actor speaker_surface verb verb_class "
    "relation source_actor target_actor label frame cue pos lemma text".split()
)


@dataclass(frozen=True)
class ArticleRows:
    """All rows of one article, by table."""

    article: ArticleRow
    sentences: list[SentenceRow] = field(default_factory=list)
    mentions: list[MentionRow] = field(default_factory=list)
    quotes: list[QuoteRow] = field(default_factory=list)
    epithets: list[EpithetRow] = field(default_factory=list)
    relations: list[RelationRow] = field(default_factory=list)
    frame_cues: list[FrameCueRow] = field(default_factory=list)
    terms: list[TermRow] = field(default_factory=list)

    def tables(self) -> dict[str, list[Any]]:
        """Return every table's rows under its name."""
        return {"articles": [self.article]} | {
            name: getattr(self, name) for name in TABLES if name != "articles"
        }


_ARROW: dict[Any, pa.DataType] = {
    str: pa.string(),
    int: pa.int32(),
    float: pa.float32(),
    bool: pa.bool_(),
    list[str]: pa.list_(pa.string()),
}


def _arrow_field(name: str, hint: Any) -> pa.Field:
    nullable = get_origin(hint) is UnionType
    plain = next(a for a in get_args(hint) if a is not type(None)) if nullable else hint
    plain = str if get_origin(plain) is Literal else plain
    kind = _ARROW[plain]
    if name in CATEGORICAL and plain is str:
        kind = pa.dictionary(pa.int32(), pa.string())
    return pa.field(name, kind, nullable=nullable)


def arrow_schema(row: type[Row]) -> pa.Schema:
    """Return the Arrow schema of a row type."""
    hints = get_type_hints(row)
    return pa.schema([_arrow_field(f.name, hints[f.name]) for f in fields(row)])


TEXT_SCHEMA = pa.schema([("article_id", pa.string()), ("text", pa.string())])
"""Of the private texts, which are no table of a build."""


def to_table(row: type[Row], rows: list[Any]) -> pa.Table:
    """Return rows (instances of the row type) as an Arrow table of its schema."""
    names = [f.name for f in fields(row)]
    columns = {name: [getattr(r, name) for r in rows] for name in names}
    return pa.table(columns, schema=arrow_schema(row))
