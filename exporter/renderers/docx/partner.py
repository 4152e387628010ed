"""A partner's own document: its styles in the place of ours, and what it lacks, lent by the built-in document.

An edition names nothing but the partner's styles where they stand for ours. What a paragraph is to readers of the file
is then no longer told by its style's name, so a hidden bookmark around it tells (``_style12_Byline``), and a heading
has its level in the outline itself.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final, cast

import docx
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.packuri import PackURI
from docx.oxml.ns import nsmap, qn
from docx.parts.numbering import NumberingPart
from lxml import etree

from exporter import templating
from exporter.errors import RenderError
from exporter.renderers.docx.elements import Element, bookmarked, w

BUILT_IN: Final = "reference.docx"
OURS_ALONE: Final = ("Furniture", "Ruby")
"""What an edition adds is told by the one, the size of ruby by the other: no style of a partner's stands for these."""

LEVELLED: Final = ("List Bullet", "List Number", "List Continue", "List Task", "Quote")
"""Styles that have others for deeper levels, "List Bullet 2" to "List Bullet 9"."""

_LEVEL: Final = re.compile(r"(.+) ([2-9])")
_HEADING: Final = re.compile(r"Heading ([1-9])")
_LIKE: Final[Mapping[str, str]] = {"Cover Title": "Title", "Cover Subtitle": "Subtitle"}
"""Styles made like another, whose names tell nothing: where that one is a partner's, its name is told for them."""
_PLAIN: Final = ("Body Text", "Footnote Text")
_TELLING: Final = frozenset(
    (
        *("title", "subtitle", "byline", "dateline", "caption", "credit", "source code", "html preformatted", "quote"),
        *("definition term", "definition", "thematic break", "figure", "table heading", "table text", "intense quote"),
        *(f"heading {level}" for level in range(1, 10)),
        *(f"quote {level}" for level in range(2, 10)),
    )
)
"""Names that tell readers of a file what a paragraph is, in small letters."""


@dataclass(frozen=True, slots=True)
class _Lender:
    """The built-in document: its styles by name, in small letters, their names by id, and its numbering."""

    styles: Mapping[str, Element]
    names: Mapping[str, str]
    numbering: Element


class Partner:
    """Styles of one ``document``, python-docx's, whose ids by name are ``ids``; ``styles`` is theirs by ours."""

    def __init__(self, document: Any, ids: dict[str, str], styles: Iterable[tuple[str, str]]) -> None:
        self._document = document
        self._ids = ids
        self._theirs = {ours.lower(): theirs.lower() for ours, theirs in styles}
        self._told: dict[str, bool] = {}

    def style(self, name: str) -> str | None:
        """The id of the partner's style that stands for ours; None where none does."""
        theirs = self._named(name)
        return self._ids.get(theirs) if theirs else None

    def lent(self, name: str) -> str:
        """The id of our own style ``name``, added in the partner's typeface and colours; raises KeyError."""
        style = deepcopy(_lender().styles[name.lower()])
        identifier = _free(f"{style.get(qn('w:styleId'))}", set(self._ids.values()))
        style.set(qn("w:styleId"), identifier)
        self._ids[name.lower()] = identifier
        self._settle(style, name)
        self._document.styles.element.append(style)
        return identifier

    def marked(self, name: str, content: Iterable[Element], number: Callable[[], int]) -> Iterable[Element]:
        """``content`` of a paragraph in our style ``name``, in a bookmark that names it where its style does not."""
        if name not in self._told:
            self._told[name] = self._is_to_be_told(name)
        if not self._told[name]:
            return content
        found, told = number(), _LIKE.get(name, name)
        return bookmarked(content, f"_style{found}_{told.replace(' ', '_')}", found)

    def outline(self, name: str) -> Element | None:
        """``w:outlineLvl`` of a heading that is in a partner's style; None for anything else."""
        match = _HEADING.fullmatch(name)
        return w("outlineLvl", val=int(match[1]) - 1) if match and self._named(name) else None

    def _named(self, name: str) -> str | None:
        """The name of the partner's style for ours, or for the first level of ours."""
        level = _LEVEL.fullmatch(name)
        base = level[1].lower() if level and level[1] in LEVELLED else ""
        return self._theirs.get(name.lower()) or self._theirs.get(base)

    def _is_to_be_told(self, name: str) -> bool:
        theirs = self._named(name) or self._named(_LIKE.get(name, name))
        if theirs is None:
            return False
        level = _LEVEL.fullmatch(name)
        plain = (level[1] if level else name) in (*_PLAIN, *LEVELLED)
        chain = set(_chain(self._document.styles.element, self._ids.get(theirs, "")))
        return not plain or bool(chain & _TELLING)

    def _settle(self, style: Element, name: str) -> None:
        """Let ``style`` rest on the partner's, and take from it what is the built-in document's own look."""
        for tag in ("next", "link"):
            for element in style.findall(qn(f"w:{tag}")):
                style.remove(element)
        based = style.find(qn("w:basedOn"))
        if based is not None:
            kind = str(style.get(qn("w:type")))
            based.set(qn("w:val"), self._foundation(_lender().names[based.get(qn("w:val"))], kind))
        for element in style.findall(f"{qn('w:pPr')}/{qn('w:numPr')}"):
            element.getparent().remove(element)
        run = style.find(qn("w:rPr"))
        for element in list(run) if run is not None and name not in OURS_ALONE else ():
            if element.tag in _LOOKS and element.get(qn("w:ascii")) is None:
                run.remove(element)

    def _foundation(self, name: str, kind: str) -> str:
        """The id of what a style of ours, of a ``kind``, that is based on ``name`` is based on here."""
        text = self.style("Body Text") if name == "Normal" else None  # the partner's typeface is its text's
        known = text or self.style(name) or self._ids.get(name.lower())
        return known or (self._default(kind) if name in _GROUND else self.lent(name))

    def _default(self, kind: str) -> str:
        styles = self._document.styles.element.findall(qn("w:style"))
        found = [s for s in styles if s.get(qn("w:type")) == kind and s.get(qn("w:default")) == "1"]
        return str(found[0].get(qn("w:styleId"))) if found else ""

    # Lists

    def lend_list(self, name: str, free: Iterator[int]) -> int:
        """The ``w:numId``, the next ``free`` one, of our own list for the style ``name``, added to the partner's."""
        ours, theirs = _lender().numbering, self.lists
        style = _lender().styles[name.lower()]
        num = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}").get(qn("w:val"))
        definition = ours.find(f"{qn('w:num')}[@{qn('w:numId')}='{num}']/{qn('w:abstractNumId')}").get(qn("w:val"))
        found = ours.find(f"{qn('w:abstractNum')}[@{qn('w:abstractNumId')}='{definition}']")
        abstract = deepcopy(found)
        for tied in abstract.findall(f"{qn('w:lvl')}/{qn('w:pStyle')}"):
            tied.getparent().remove(tied)
        number = 1 + max(_numbers(theirs, "abstractNum", "abstractNumId"), default=-1)
        abstract.set(qn("w:abstractNumId"), str(number))
        nums = theirs.findall(qn("w:num"))
        theirs.insert(list(theirs).index(nums[0]) if nums else len(theirs), abstract)
        taken = next(free)
        new = w("num", w("abstractNumId", val=number), numId=taken)
        (nums[-1] if nums else abstract).addnext(new)
        return taken

    @cached_property
    def lists(self) -> Element:
        """``w:numbering``, added where the partner's document has no list."""
        part = self._document.part
        try:
            return part.numbering_part.element
        except NotImplementedError:  # python-docx's, where a document has never had a list
            empty = f'<w:numbering xmlns:w="{nsmap["w"]}"/>'.encode()
            name = PackURI("/word/numbering.xml")
            new = cast(Any, NumberingPart).load(name, CONTENT_TYPE.WML_NUMBERING, empty, part.package)
            part.relate_to(new, RELATIONSHIP_TYPE.NUMBERING)
            return new.element


_GROUND: Final = ("Normal", "Default Paragraph Font", "Normal Table")
_LOOKS: Final = (qn("w:rFonts"), qn("w:color"), qn("w:sz"), qn("w:szCs"))
"""What a lent style leaves to the partner's; a typeface of its own, code's, it keeps."""


@lru_cache(maxsize=1)
def _lender() -> _Lender:
    document: Any = docx.Document(str(templating.builtin_templates() / BUILT_IN))
    styles = {_name(style): style for style in document.styles.element.findall(qn("w:style"))}
    names = {style.get(qn("w:styleId")): style.find(qn("w:name")).get(qn("w:val")) for style in styles.values()}
    return _Lender(styles, names, document.part.numbering_part.element)


def _name(style: Element) -> str:
    return str(style.find(qn("w:name")).get(qn("w:val"))).lower()


def _chain(styles: Element, identifier: str) -> Iterator[str]:
    """The names of a style and of all it is based on, in small letters."""
    known = {style.get(qn("w:styleId")): style for style in styles.findall(qn("w:style"))}
    seen: set[str] = set()
    while identifier in known and identifier not in seen:
        seen.add(identifier)
        yield _name(known[identifier])
        based = known[identifier].find(qn("w:basedOn"))
        identifier = "" if based is None else str(based.get(qn("w:val")))


def _numbers(root: Element, tag: str, name: str) -> Iterator[int]:
    return (int(each.get(qn(f"w:{name}"))) for each in root.findall(qn(f"w:{tag}")))


def _free(identifier: str, taken: set[str]) -> str:
    while identifier in taken:
        identifier += "1"
    return identifier


# --- What may be named ------------------------------------------------------------------------


def kinds(path: Path) -> Mapping[str, str]:
    """The styles of the document ``path`` by name, each with its kind: "paragraph", "character", "table", "numbering".

    Raises RenderError where it is no Word document.
    """
    try:
        document: Any = docx.Document(str(path))
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        raise RenderError(f"{path}: not a Word document ({error}). Save it anew as .docx.") from error
    styles = document.styles.element.findall(qn("w:style"))
    return {str(s.find(qn("w:name")).get(qn("w:val"))): str(s.get(qn("w:type"))) for s in styles}


def kind(ours: str) -> str:
    """The kind of our own style ``ours``; raises KeyError."""
    return str(_lender().styles[ours.lower()].get(qn("w:type")))
