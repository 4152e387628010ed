"""Styles a publication needs and a house's document may lack: made like another, without a look of their own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from exporter.renderers.docx.elements import Element, w

_BASES: Final[Mapping[str, str]] = {
    "Cover Title": "Title",
    "Cover Subtitle": "Subtitle",
    "Cover Picture": "Figure",
    "Publisher": "Dateline",
    "TOC Heading": "Heading 1",
    "header": "Body Text",
}
_UNLISTED: Final = "Unlisted Heading"
_NUMBERED: Final = re.compile(rf"(?P<name>TOC|{_UNLISTED}) (?P<level>[1-9])")
_OF_NO_OUTLINE: Final = 9
"""The level of body text in the outline (``w:outlineLvl``)."""

_WORDS_OWN: Final = ("TOC", "header")
"""How names begin that Word has itself; others are the house's."""


def base(name: str) -> str | None:
    """The style that ``name`` is made like; None where it has to be the house's."""
    match _NUMBERED.fullmatch(name):
        case None:
            return _BASES.get(name)
        case found if found["name"] == "TOC":
            return "Body Text"
        case found:
            return f"Heading {found['level']}"


def is_lent(name: str) -> bool:
    """Whether the built-in document has ``name``, with a look that can be lent."""
    return not name.startswith(_UNLISTED)


def made(name: str, identifier: str, like: str) -> Element:
    """``w:style`` of paragraphs, that looks as the one whose id is ``like``."""
    named = name.replace("TOC ", "toc ") if name[-1].isdigit() else name
    style = w("style", w("name", val=named), w("basedOn", val=like), _outline(name), type="paragraph")
    if not name.startswith(_WORDS_OWN):
        style.set(style.tag.replace("}style", "}customStyle"), "1")
    style.set(style.tag.replace("}style", "}styleId"), identifier)
    return style


def _outline(name: str) -> Element | None:
    """The level in the outline, which the style below may not have, or not this one."""
    if name == "TOC Heading":
        return w("pPr", w("outlineLvl", val=_OF_NO_OUTLINE))
    return w("pPr", w("outlineLvl", val=int(name[-1]) - 1)) if name.startswith(_UNLISTED) else None
