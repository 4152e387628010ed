"""What can make Word show other than the text that is read: found by its names, in every part that shows.

Most of it is never in an edition of this project; all of it is reported, none of it interpreted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from lxml import etree

from exporter.extractors.docx import room
from exporter.extractors.docx.archive import Archive, Part, W, value
from exporter.extractors.docx.inks import Inks
from exporter.extractors.docx.typefaces import foreign, is_of_symbols

_MARKUP: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OFFICE: Final = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/")
_MEANS: Final[Mapping[str, str]] = {
    "altChunk": "another document is taken in",
    "subDoc": "another document is taken in",
    "object": "an object of another program is shown",
    "control": "a control of another program is shown",
    "pict": "a drawing in the old markup is shown",
    "framePr": "a paragraph is set in a frame",
    "dataBinding": "a control shows what is stored elsewhere",
    "bdo": "text is turned round",
    "dir": "text is turned round",
    "specVanish": "the end of a paragraph is hidden",
    "webHidden": "text is hidden from the web view",
    "cellDel": "a cell is deleted",
    "cellMerge": "cells are merged",
    "endnoteReference": "an endnote is called",
    "linkStyles": "the styles are taken from another file",
    "mailMerge": "the text is merged with data",
    "fitText": "text is pressed into a width",
    "tcFitText": "text is pressed into a cell",
    "eastAsianLayout": "text is turned or set in two lines",
    "tblpPr": "a table is moved from its place",
    "lvlPicBulletId": "a marker is a picture",
    "frameset": "other documents are shown in frames",
    "showingPlcHdr": "a control shows words that go when it is clicked",
}
_OFFICE_2010: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_OFFICE_2012: Final = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_NEWER: Final[Mapping[str, str]] = {
    f"{_OFFICE_2010}textFill": "text is filled in a way of its own",
    f"{_OFFICE_2010}props3d": "text is made of bodies",
    f"{_OFFICE_2010}scene3d": "text is turned in space",
    f"{_OFFICE_2012}dataBinding": "a control shows what is stored elsewhere",
}
"""Elements of Word's own, later than the standard."""
_NOTE_MARKS: Final = ("footnoteRef", "endnoteRef", "annotationRef", "separator", "continuationSeparator")
"""What shows something in notes and comments alone."""
_PACKAGE: Final = ("officeDocument", "core-properties", "extended-properties", "custom-properties", "thumbnail")
"""What a package refers to that does nothing when it is opened."""
_LEAST: Final = {"sz": 6, "szCs": 6, "w": 30}
"""Half points, and percent of a character's width, below which nobody reads."""

_JUDGED: Final = (
    *("position", "ind", "spacing", "background", "rFonts", "lvlRestart", "sym", "vanish", "del", "footnoteReference"),
    *("footnotePr", "footnote"),
)
"""What else ``_of_element`` looks at: a document has a thousand elements that cannot alter anything."""

_TAGS: Final = (
    *(f"{W}{name}" for name in (*_MEANS, *_LEAST, *_JUDGED, *room.NAMES)),
    *_NEWER,
    f"{_OFFICE_2010}textOutline",
    f"{_MARKUP}AlternateContent",
)

_STRAYS: Final = tuple(f"{W}{name}" for name in _NOTE_MARKS)

_BULLETS: Final = frozenset("\u2022\u25e6\u25aa\u25cf\u25cb\u25a0\u2013\u2014-o\uf02d\uf0b7\uf0a7\uf0d8\uf076\uf0a8")
"""Round and square bullets and dashes; the last six where Symbol and Wingdings have them."""

_FLAT: Final = 160
"""Twentieths of a point; lines set closer cut each other."""

_FAR: Final = 7000
"""Twentieths of a point that move a text off the page."""


def alterations(archive: Archive, main: Part, running: Iterator[Part]) -> Iterator[str]:
    """Everything in the document that can alter what is shown, a phrase each."""
    house = [part for kind in ("styles", "numbering", "settings") if (part := archive.related(main, kind))]
    notes = archive.related(main, "footnotes")
    related = [*house, *([notes] if notes else [])]
    web = archive.related(main, "webSettings")
    theme, settings, fonts = (_root_of(archive, main, kind) for kind in ("theme", "settings", "fontTable"))
    for part in (main, *related, *([web] if web else []), *running):
        found = _of_house(part.root) if part in house else _of_root(part.root)
        yield from (
            f"{part.name}: {what}" for what in (*found, *dict.fromkeys(room.dark(part.root, Inks(theme, settings))))
        )
    yield from (f"{main.name}: a mark of a note stands in the text" for _ in main.root.iter(*_STRAYS))
    yield from foreign(fonts, theme)
    yield from _from_elsewhere(archive)
    yield from _doubles(main, {part.name: part for part in related})


def _root_of(archive: Archive, main: Part, kind: str) -> etree._Element | None:
    part = archive.related(main, kind)
    return part.root if part else None


def _of_root(root: etree._Element) -> tuple[str, ...]:
    return tuple(what for element in root.iter(*_TAGS) for what in _of_element(element))


_of_house = lru_cache(maxsize=12)(_of_root)
"""For parts whose root is the same in all documents of a house (``archive``)."""


def _of_element(element: etree._Element) -> Iterator[str]:
    name = element.tag.removeprefix(W)
    if name == "webHidden" and _is_of_entry(element):
        return  # so Word writes the page of an entry, which a view without pages has no use for
    if name in _MEANS or name in _NEWER:
        yield _MEANS.get(name) or _NEWER[name]
    elif name in room.NAMES and (fault := room.pressed(element)):
        yield fault
    elif name in _LEAST and _number(element, "val", _LEAST[name]) < _LEAST[name]:
        yield "text is too small to be read"
    elif name == "position" and abs(_number(element, "val", 0)) > 60:
        yield "text is moved away from its line"
    match name:
        case "ind":
            sides = ("left", "right", "start", "end", "firstLine", "hanging")
            yield from ("text is moved off the page" for side in sides if abs(_number(element, side, 0)) > _FAR)
        case "spacing" if _number(element, "val", 0) < -60 or _is_flat(element, "lineRule", "line"):
            yield "text is pressed together"
        case "background" if len(element) or element.get(f"{W}color", "auto").lower() not in ("auto", "ffffff"):
            yield "something lies behind all pages"
        case "lvlRestart" if element.get(f"{W}val") == "0":
            yield "a list goes on counting"
        case "rFonts":
            fonts = map(str, element.attrib.values())
            if not _is_of_bullet(element):
                yield from (f"a font of symbols is used: {font}" for font in fonts if is_of_symbols(font))
        case "sym":
            yield "a character is a symbol of a font"
        case "vanish" if any(True for _ in element.iterancestors(f"{W}style", f"{W}pPr")):
            yield from _of_hidden(element)
        case "del" if element.getparent() is not None and _below_mark(element):
            yield "the end of a paragraph is deleted"
        case "footnoteReference" if element.get(f"{W}customMarkFollows"):
            yield "a note has a mark of its own"
        case "footnotePr":
            yield from _of_note_numbers(element)
        case "footnote" if element.find(f"{W}p") is not None:
            yield from _of_note(element)
        case _:
            yield from _of_newer(element)


def _of_newer(element: etree._Element) -> Iterator[str]:
    """What later versions of Word brought."""
    if element.tag == f"{_OFFICE_2010}textOutline" and element.find(f"{_OFFICE_2010}noFill") is None:
        yield "text has an outline of its own"
    if element.tag == f"{_MARKUP}AlternateContent":
        yield from _of_choice(element)


def _of_hidden(element: etree._Element) -> Iterator[str]:
    """``w:vanish`` where no run has it: on a paragraph's mark, or in a style of tables."""
    if _below_mark(element):
        yield "the end of a paragraph is hidden"
    style = next(element.iterancestors(f"{W}style"), None)
    if style is not None and style.get(f"{W}type") == "table":
        yield "a style of tables hides text"


def _below_mark(element: etree._Element) -> bool:
    around = [each.tag for each in element.iterancestors()][:2]
    return around == [f"{W}rPr", f"{W}pPr"]


def _of_note_numbers(element: etree._Element) -> Iterator[str]:
    usual = {"numFmt": "decimal", "numStart": "1", "numRestart": "continuous"}
    for name, common in usual.items():
        if (value(element, name) or common) != common:
            yield f"notes are numbered in another way ({name} {value(element, name)})"


def _of_note(note: etree._Element) -> Iterator[str]:
    if note.get(f"{W}type", "normal") != "normal":
        yield from ("a line above the notes has text" for _ in note.iter(f"{W}t"))
    elif note.find(f".//{W}footnoteRef") is None:
        yield f"note {note.get(f'{W}id')} does not show its number"


def _of_choice(element: etree._Element) -> Iterator[str]:
    for choice in element.findall(f"{_MARKUP}Choice"):
        for prefix in choice.get("Requires", "").split():
            if not (choice.nsmap.get(prefix) or "").startswith(_OFFICE):
                yield "some programs show one text, others another"
    said = {_said(branch) for branch in element}
    if len(said) > 1:
        yield "some programs show one text, others another"


def _said(branch: etree._Element) -> str:
    return "".join(text.text or "" for text in branch.iter(f"{W}t"))


def _from_elsewhere(archive: Archive) -> Iterator[str]:
    """What Word fetches or starts when it opens the file; a template on the reader's own disk is none of it."""
    for name, relation in archive.everywhere():
        if relation.external and relation.kind != "hyperlink" and not relation.target.startswith("file:///"):
            yield f"{name}: the {relation.kind} is taken from '{relation.target}'"
        elif not name and relation.kind not in _PACKAGE:
            yield f"the package has something that is opened with it ({relation.kind})"


def _doubles(main: Part, related: Mapping[str, Part]) -> Iterator[str]:
    """Names given twice: programs differ in which they follow."""
    yield from _twice("bookmark", main.root, "bookmarkStart", "name")
    yield from _twice("call of a note", main.root, "footnoteReference", "id")
    for part in related.values():
        for name, attribute in (("style", "styleId"), ("num", "numId"), ("footnote", "id")):
            if etree.QName(part.root).localname in (f"{name}s", "numbering", "footnotes"):
                yield from _twice(name, part.root, name, attribute)


def _twice(what: str, root: etree._Element, name: str, attribute: str) -> Iterator[str]:
    found = Counter(element.get(f"{W}{attribute}", "") for element in root.iter(f"{W}{name}"))
    yield from (f"there is more than one {what} '{each}'" for each, count in found.items() if count > 1)


def _number(element: etree._Element, name: str, otherwise: int) -> int:
    text = element.get(f"{W}{name}", str(otherwise))
    return int(text) if text.lstrip("-").isdecimal() else otherwise


def _is_flat(element: etree._Element, rule: str, height: str) -> bool:
    return element.get(f"{W}{rule}") == "exact" and _number(element, height, 240) < _FLAT


def _is_of_entry(hidden: etree._Element) -> bool:
    """Whether what is hidden from the web view stands in a line of contents, known by its reference to a page."""
    paragraph = next(hidden.iterancestors(f"{W}p"), None)
    asked = () if paragraph is None else paragraph.iter(f"{W}instrText")
    return any((each.text or "").split()[:1] == ["PAGEREF"] for each in asked)


def _is_of_bullet(fonts: etree._Element) -> bool:
    """Whether a font is that of a bullet that is one of the usual shapes: Word and LibreOffice draw them so."""
    level = next(fonts.iterancestors(f"{W}lvl"), None)
    return level is not None and value(level, "numFmt") == "bullet" and value(level, "lvlText") in _BULLETS
