"""Boxes to tick that are written as characters."""

from __future__ import annotations

from typing import Final

from exporter.readers.html.names import has_class
from exporter.readers.tree import Element, Words, blank, elements, words

_CLASSES: Final = ("task", "task-list-item")
_OPEN, _TICKED = "\u2610", "\u2611\u2612"


def show_boxes(root: Element) -> None:
    """Make the ballot box (U+2610 to U+2612) an item of a task list begins with one to tick."""
    for element in elements([root]):
        if element.name == "li" and has_class(element, _CLASSES):
            _show_box(element)


def _show_box(element: Element) -> None:
    for at, node in enumerate(element.children):
        match node:
            case Words() if (text := node.text.lstrip(" \t\n\f\r")) and text[0] in _OPEN + _TICKED:
                ticked = {"checked": ""} if text[0] in _TICKED else {}
                box = Element("input", {"type": "checkbox", **ticked}, [], node.first, node.first)
                element.children[at : at + 1] = [box, Words(text[1:], node.first, node.last)]
                return
            case Element(name="span") if words(node.children).strip(" \t\n\f\r") in (*_OPEN, *_TICKED):
                ticked = {"checked": ""} if words(node.children).strip(" \t\n\f\r") in _TICKED else {}
                element.children[at] = Element("input", {"type": "checkbox", **ticked}, [], node.first, node.last)
                return
            case Element(name="p" | "label"):
                _show_box(node)
                return
            case _ if not blank(node):
                return
