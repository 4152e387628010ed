"""The reference document: the empty one whose styles, page and numbering an edition takes over."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, cast

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.package import Unmarshaller
from docx.opc.part import PartFactory
from docx.opc.pkgreader import PackageReader
from docx.oxml.ns import qn
from docx.package import Package
from lxml import etree

from exporter import templating
from exporter.errors import RenderError
from exporter.folders import file_in
from exporter.renderers.docx import derived, house, package, styling
from exporter.renderers.docx.elements import Element, w
from exporter.renderers.docx.partner import LEVELLED, OURS_ALONE, Partner
from exporter.themes import DEFAULT, Theme, load

NAME = "reference.docx"
"""A house's own reference document for every theme, and the built-in one of the default theme on A4."""

STYLES = (
    *("Title", "Subtitle", "Byline", "Dateline", "Heading 1", "Heading 2", "Heading 3", "Heading 4", "Heading 5"),
    *("Body Text", "Quote", "List Bullet", "List Number", "List Continue", "List Task", "Source Code", "Verbatim"),
    *("Definition Term", "Definition", "Figure", "Caption", "Credit", "Article Table", "Table Heading", "Table Text"),
    *("Table End", "Thematic Break", "Footnote Text", "Footnote Reference", "Emphasis", "Strong", "Hyperlink"),
    *("Furniture", "Ruby"),
)
"""What a reference document has, deeper levels of lists and quotations aside."""

_OF_PUBLICATIONS = (
    *("Publisher", "Cover Title", "Cover Subtitle", "Cover Picture", "TOC Heading"),
    *(f"TOC {level}" for level in range(1, 6)),
)
"""What articles that hold others have beside these; made like others where a document has none."""


def mappable() -> tuple[str, ...]:
    """Our styles that a partner's may stand for, those of deeper levels too."""
    deeper = (f"{name} {level}" for name in LEVELLED for level in range(2, 10))
    return (*(name for name in STYLES if name not in OURS_ALONE), *_OF_PUBLICATIONS, *deeper)


_IDEOGRAPHIC = ("ja", "zh")

_SIDES = [qn(f"w:{side}") for side in ("top", "left", "bottom", "right", "between", "bar")]
"""The order of the schema (CT_PBdr)."""


@dataclass(frozen=True, slots=True)
class Measures:
    """The text area of a page, in twentieths of a point (dxa)."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class _Emptied:
    """A reference document without its text: its parts, still to be parsed, and the ids of its styles by name."""

    parts: Any
    ids: Mapping[str, str]

    def copy(self) -> Any:
        """A document of its own, python-docx's."""
        made = Package()
        cast(Any, Unmarshaller).unmarshal(self.parts, made, PartFactory)
        return cast(Any, made.main_document_part).document


@lru_cache(maxsize=4)
def _emptied(path: Path, content: bytes) -> _Emptied:
    """The document ``content`` of the file ``path``, taken apart once for all editions; raises RenderError."""
    try:
        document: Any = docx.Document(io.BytesIO(content))
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        raise RenderError(f"{path}: not a Word document ({error}). Save it anew as .docx.") from error
    ids = {_name(style): str(style.get(qn("w:styleId"))) for style in document.styles.element.iter(qn("w:style"))}
    house.strip(document)
    return _Emptied(cast(Any, PackageReader).from_file(io.BytesIO(package.packed(document))), ids)


class Reference:
    """A copy of the reference document, emptied, to be filled.

    A partner's own has ``styles``: which of ours, and which of theirs stands for it. What such a document lacks it is
    lent.
    """

    def __init__(
        self, path: Path, styles: Iterable[tuple[str, str]] | None = None, content: bytes | None = None
    ) -> None:
        emptied = _emptied(path, _content(path) if content is None else content)
        self.document: Any = emptied.copy()
        self._path = path
        self._ids = dict(emptied.ids)
        self.partner = Partner(self.document, self._ids, styles or ())
        self.lends = styles is not None

    @property
    def part(self) -> Any:
        """The main document part."""
        return self.document.part

    @property
    def body(self) -> Element:
        """``w:body``, holding nothing but the section's page."""
        return self.document.element.body

    @property
    def section(self) -> Element:
        """``w:sectPr``."""
        return self.body.get_or_add_sectPr()

    @cached_property
    def _styles(self) -> Element:
        return self.document.styles.element

    def style(self, name: str) -> str:
        """The id of the style ``name``, or of the partner's that stands for it; raises RenderError.

        Word writes its own names in either case. What a partner's document lacks it is lent; what only publications
        need is made like another style where a house's lacks it.
        """
        try:
            return self.partner.style(name) or str(self._ids[name.lower()])
        except KeyError:
            like = derived.base(name)
            if like and not (self.lends and derived.is_lent(name)):
                return self._derive(name, self.style(like))
            if self.lends:
                return self.partner.lent(name)
            missing = dict.fromkeys(each for each in (name, *STYLES) if each.lower() not in self._ids)
            names = ", ".join(f"'{each}'" for each in missing)
            own = templating.builtin_templates() / NAME
            raise RenderError(
                f"{self._path}: no style {names}. Add what is missing in Word, or start from {own}."
            ) from None

    def numbering(self, style: str) -> int | None:
        """The ``w:numId`` a list style is tied to; None in a partner's document, else RenderError, where it is not."""
        element = self._style(style).find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
        if element is None and self.lends:
            return None
        if element is None:
            raise RenderError(f"{self._path}: the style '{style}' has no numbering. Tie it to a list level in Word.")
        return int(element.get(qn("w:val")))

    def half_points(self, style: str, name: str, otherwise: int | None = None) -> int:
        """A measure of a character style, such as ``sz``; else of the document's defaults, else ``otherwise``."""
        for run in (self._style(style).find(qn("w:rPr")), self._defaults("rPr")):
            if run is not None and (element := run.find(qn(f"w:{name}"))) is not None:
                return int(element.get(qn("w:val")))
        if otherwise is not None:
            return otherwise
        raise RenderError(f"{self._path}: the style '{style}' sets no {name}.")

    def measures(self) -> Measures:
        """The text area of the reference document's page."""
        page, margins = self.section.find(qn("w:pgSz")), self.section.find(qn("w:pgMar"))
        if page is None or margins is None:
            raise RenderError(f"{self._path}: no page size or margins. Set them in Word.")
        size = {name: int(page.get(qn(f"w:{name}"))) for name in ("w", "h")}
        edge = {name: int(margins.get(qn(f"w:{name}"))) for name in ("left", "right", "top", "bottom")}
        return Measures(size["w"] - edge["left"] - edge["right"], size["h"] - edge["top"] - edge["bottom"])

    def speak(self, language: str) -> None:
        """Make ``language`` the document's own, for text of every script.

        Marks that Latin and East Asian fonts have alike, “ ” — …, are of the latter in Chinese and Japanese.
        """
        for element in self._styles.iterfind(f"{qn('w:style')}/{qn('w:rPr')}/{qn('w:lang')}"):
            element.getparent().remove(element)
        run = self._defaults("rPr")
        if run is None:
            raise RenderError(f"{self._path}: no document defaults. Save it anew in Word.")
        fonts = run.find(qn("w:rFonts"))
        if fonts is not None and language.partition("-")[0] in _IDEOGRAPHIC:
            fonts.set(qn("w:hint"), "eastAsia")
        for lang in (_lang(run), self.document.settings.element.find(qn("w:themeFontLang"))):
            if lang is not None:
                for slot in ("val", "eastAsia", "bidi"):
                    lang.set(qn(f"w:{slot}"), language)

    def mirror(self) -> None:
        """Put the rules left and right of paragraphs on the other side, as pages that run from the right want them.

        Word mirrors the indentation and the alignment of such paragraphs, but not these (ISO/IEC 29500-1, §17.3.1.17).
        """
        for borders in self._styles.iterfind(f"{qn('w:style')}/{qn('w:pPr')}/{qn('w:pBdr')}"):
            _turn(borders)

    def mirrored(self, style: str) -> Element | None:
        """The rules of a paragraph ``style`` on the other side; None where it has none at its sides.

        For paragraphs that run against the document, which ``mirror`` has not turned, or has.
        """
        borders = self._style(style).find(f"{qn('w:pPr')}/{qn('w:pBdr')}")
        if borders is None or all(borders.find(qn(f"w:{side}")) is None for side in ("left", "right")):
            return None
        turned = deepcopy(borders)
        _turn(turned)
        for side in ("left", "right"):
            if turned.find(qn(f"w:{side}")) is None:  # else the style's own would stand there as well
                turned.append(w(side, val="nil"))
        turned[:] = sorted(turned, key=lambda border: _SIDES.index(border.tag))
        return turned

    def error(self, message: str) -> RenderError:
        """An error about this document; ``message`` says what, and what to do."""
        return RenderError(f"{self._path}: {message}.")

    def _derive(self, name: str, like: str) -> str:
        identifier = name.title().replace(" ", "")
        while identifier in self._ids.values():
            identifier += "1"
        self._styles.append(derived.made(name, identifier, like))
        self._ids[name.lower()] = identifier
        return identifier

    def _style(self, name: str) -> Element:
        identifier = self.style(name)
        return next(s for s in self._styles.iter(qn("w:style")) if s.get(qn("w:styleId")) == identifier)

    def _defaults(self, name: str) -> Element | None:
        return self._styles.find(f"{qn('w:docDefaults')}/{qn(f'w:{name}Default')}/{qn(f'w:{name}')}")


def _turn(borders: Element) -> None:
    """Let the rules of a ``w:pBdr`` left and right change sides."""
    sides = {side: borders.find(qn(f"w:{side}")) for side in ("left", "right")}
    for side, border in sides.items():
        if border is not None:
            border.tag = qn("w:right" if side == "left" else "w:left")
    borders[:] = sorted(borders, key=lambda border: _SIDES.index(border.tag))


def of_theme(theme: Theme, folders: tuple[Path, ...]) -> Reference:
    """The reference document of ``theme``: a house's own for it, or for every theme; else one that is made of it."""
    built_in = templating.builtin_templates()
    own = f"reference-{theme.name}-{theme.page}.docx"
    houses = (folder for folder in folders if folder != built_in)
    found = next(filter(None, (file_in(folder, name) for folder in houses for name in (own, NAME))), None)
    if found:
        return Reference(found)
    kept = file_in(built_in, NAME if (theme.name, theme.page) == (DEFAULT, "A4") else own)
    if kept and theme.values == load(theme.name, theme.page, (built_in,)).values:
        return Reference(kept)
    return Reference(Path(own), content=styling.document(theme))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise RenderError(f"{path}: cannot be read ({error.strerror}). Name another reference document.") from error


def _name(style: Element) -> str:
    return str(style.find(qn("w:name")).get(qn("w:val"))).lower()


def _lang(run: Element) -> Element:
    """``w:lang`` of a ``w:rPr``, made at its end where it is missing."""
    found = run.find(qn("w:lang"))
    if found is None:
        found = w("lang")
        run.append(found)
    return found
