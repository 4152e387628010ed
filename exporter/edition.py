"""Editions, what they are made from, and the four seams a format plugs into.

A format is a ``Renderer`` and an ``Extractor`` of one name, registered as entry points in the
groups ``exporter.renderers`` and ``exporter.extractors``; optionally a ``Prover``. A source format
is a ``Reader`` in ``exporter.readers``, optionally with a ``Witness`` in ``exporter.witnesses``.
``docs/adding-a-format.md`` walks through one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Protocol, TypeAlias, runtime_checkable

if TYPE_CHECKING:
    from exporter.article import Article
    from exporter.labels import Labels
    from exporter.text import Said
    from exporter.themes import Theme

EPOCH = datetime(1980, 1, 1, tzinfo=UTC)
"""The date an edition gets where its format demands one and nothing is known (the first a zip can hold)."""


@dataclass(frozen=True, slots=True)
class Resource:
    """A picture ready to be set.

    ``digest`` is of its pixels (``exporter.images.pixel_digest``), "" where none is needed: a drawn cover's.
    """

    source: str
    content: bytes
    media_type: str
    width: int
    height: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """The house's picture, for a light ground and for a dark one, each None without it.

    It decorates; ``name``, the publisher's, stands for it where a picture needs words.
    """

    light: Resource | None = None
    dark: Resource | None = None
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that goes along in an edition: something the edition was made of. ``name`` has no folder."""

    name: str
    content: bytes
    media_type: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderContext:
    """Everything a rendering depends on that is not the article; same inputs, same bytes.

    ``resources`` are the article's pictures by ``Image.source``; ``templates`` the folders searched
    for templates, first match first; ``theme`` the values of
    their style sheets, None for the default ones; ``fonts`` the folder of the font library, for formats that set
    type; ``date`` the edition's date, UTC; ``options`` the format's own options; ``attachments`` what is to
    go along, in formats that can hold files; ``cover`` a picture to stand before the article, for formats that
    have one; ``logo`` the house's, whose pictures are among the ``resources`` in formats that open them by name.
    """

    labels: Labels
    resources: Mapping[str, Resource] = field(default_factory=dict)
    templates: tuple[Path, ...] = ()
    theme: Theme | None = None
    fonts: Path | None = None
    date: datetime = EPOCH
    options: Mapping[str, object] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
    cover: Resource | None = None
    logo: Logo | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """One article in one format."""

    format: str
    slug: str
    content: bytes


Form: TypeAlias = Literal["exact", "lines", "text"]
"""Normal form in which texts are compared: ``exporter.comparison``."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a finished edition says, read from its bytes alone.

    ``entries`` are in reading order and include furniture, labelled so. ``carries`` names the
    attributes this format can hold; others are not compared. ``metadata`` has a key for each field
    of ``text.said_metadata`` the format can hold, "" where the edition lacks it. ``form`` is
    "exact", or "lines" where an end of a line (``\\n`` in a text) may stand for a space, for nothing
    or for a hyphen put there by hyphenation, and code points without ink cannot be seen; or "text" where the
    entries are lines of pages that say nothing of what they belong to. ``producer`` is the program that, by
    what the file says itself, saved it last; "" where it names none but this project's own. ``attachments`` has, by
    name, the SHA-256 of each file that goes along. ``decorations`` are the digests of pictures the edition shows
    without a word, "" for one that is not shown as it is; None where the format cannot tell. ``covers`` are the files
    of the pictures on its covers, as they are in it, by SHA-256. ``losses`` are what those who get the edition will not
    see of it, though it is all there.
    """

    entries: tuple[Said, ...]
    carries: frozenset[str]
    metadata: Mapping[str, str]
    form: Form = "exact"
    producer: str = ""
    attachments: Mapping[str, str] = field(default_factory=dict)
    decorations: tuple[str, ...] | None = None
    covers: Mapping[str, bytes] = field(default_factory=dict)
    losses: tuple[Loss, ...] = ()


UNREADABLE = "unreadable"
"""Attribute of an extracted entry whose text the extractor cannot read (value: ISO 15924 code).

Only a format with a prover may use it: its prover must prove that entry or report it."""


Level: TypeAlias = Literal["text", "form"]


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """A finding: a code of ``docs/verification.md``, a sentence for a person, and where.

    ``expected`` and ``found`` are the two texts (or attribute values) where there are two. ``level`` is "text"
    where a reader is told something else, "form" where only looks, metadata or languages differ.
    """

    code: str
    message: str
    line: int = 0
    path: str = ""
    expected: str = ""
    found: str = ""
    level: Level = "text"


@dataclass(frozen=True, slots=True)
class Loss:
    """What an edition cannot carry, recorded: an L0xx code, what happened, at which source line.

    ``column`` is known where a character was lost, else 0.
    """

    code: str
    message: str
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A source file as read from disk. ``sidecar`` is its ``NAME.meta.toml``, parsed; {} without one.

    ``options`` are what was asked of the reader: "smart", where true, asks for typographic quotation marks; "select"
    is a list of CSS selectors for what is read of a page, "" or missing for the default.
    """

    name: str
    content: bytes
    sidecar: Mapping[str, Any] = field(default_factory=dict)
    options: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Account:
    """What a source has and its article has not, on purpose: ``losses`` (L0xx), and sentences on what says nothing."""

    losses: tuple[Loss, ...] = ()
    notices: tuple[str, ...] = ()


class Reader(Protocol):
    """Reads one source format. Registered in ``exporter.readers`` under its suffix, without the dot."""

    def read(self, source: Source) -> Article:
        """The article ``source`` holds; every character that is not syntax lies in a node's span.

        Raises SourceError, naming the line, for what it does not understand.
        """
        ...


@runtime_checkable
class AccountingReader(Reader, Protocol):
    """A reader of a format that holds what no edition carries, like HTML's forms."""

    def account(self, source: Source) -> Account:
        """What ``read`` leaves out of ``source``; raises what it raises."""
        ...


class Witness(Protocol):
    """A second, independent reading of a source format, to show that the reader dropped nothing."""

    def testify(self, source: Source) -> str:
        """The characters the body of ``source`` says, in order, white space removed."""
        ...


class Renderer(Protocol):
    """Writes one format. Registered in ``exporter.renderers`` under the format's name."""

    suffix: ClassVar[str]
    media_type: ClassVar[str]

    def render(self, article: Article, context: RenderContext) -> bytes:
        """The edition's bytes; raises RenderError rather than leave anything out."""
        ...


class Extractor(Protocol):
    """Reads one format back. Shares no code with the renderer."""

    def extract(self, content: bytes) -> Extraction:
        """What the edition says; raises ExtractionError where ``content`` is not that format."""
        ...


class Prover(Protocol):
    """Proves of one format what reading back cannot show."""

    def prove(self, content: bytes, expected: tuple[Said, ...], fonts: Path | None) -> tuple[Discrepancy, ...]:
        """What is wrong with the edition ``content``; nothing means proved."""
        ...
