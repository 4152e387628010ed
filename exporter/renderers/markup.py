"""Elements, attributes, character data and anchors: markup that is both HTML and well-formed XML."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from itertools import chain

from exporter.article import Article, Block, Heading, Metadata, Section, Span, ThematicBreak
from exporter.renderers.xml import checked
from exporter.walk import blocks, notes

_NAME = re.compile(r"[^\W\d][\w.-]*")
_RESERVED = re.compile(r"(note|call|heading)-\d+|notes-heading")
_SPACES = str.maketrans("\f\v", "  ")
_DATA = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_VALUE = {**_DATA, **str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})}

Attributes = dict[str, str]


def text(characters: str) -> str:
    """Character data; form feeds and line tabulations, which XML cannot hold, become the white space they are."""
    return checked(characters.translate(_SPACES)).translate(_DATA)


def verbatim(characters: str) -> str:
    """Character data in which white space counts; raises RenderError for a form feed or line tabulation."""
    return checked(characters).translate(_DATA)


def element(name: str, content: str = "", **attributes: str | None) -> str:
    """``<name …>content</name>``; attributes that are None are left out, ``_`` in names is ``-``."""
    return f"<{name}{_written(attributes)}>{content}</{name}>"


def void(name: str, **attributes: str | None) -> str:
    """``<name …/>``, for elements that hold nothing."""
    return f"<{name}{_written(attributes)}/>"


def _written(attributes: dict[str, str | None]) -> str:
    return "".join(
        f' {key.rstrip("_").replace("_", "-")}="{checked(value.translate(_SPACES)).translate(_VALUE)}"'
        for key, value in attributes.items()
        if value is not None
    )


def furniture(words: str, more: str = "", **attributes: str | None) -> str:
    """``words`` as something the edition adds; ``more`` are classes beside ``furniture``."""
    return element("span", text(words), class_=f"furniture {more}".strip(), **attributes)


def where(node: Block | Span | Metadata) -> Attributes:
    """``lang`` and ``dir`` of a node that sets them; XML needs ``xml:lang`` beside ``lang``."""
    match node:
        case ThematicBreak():
            return {}
        case _:
            languages = {"lang": node.language, "xml:lang": node.language} if node.language else {}
            return {**languages, **({"dir": node.direction} if node.direction else {})}


# --- Anchors ----------------------------------------------------------------------------------


def anchors(article: Article) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ``id`` of each heading (sections with metadata too) in reading order: those of the body, those of the notes.

    A heading keeps its identifier where that is an XML name no other element has.
    """
    in_body = _headed(article.blocks)
    taken: dict[str, None] = {}
    for heading in (*in_body, *_headed_in_notes(article)):
        taken[_anchor(_identifier(heading), taken)] = None
    found = tuple(taken)
    return found[: len(in_body)], found[len(in_body) :]


def targets(article: Article) -> dict[str, str]:
    """The ``id`` of a heading by its identifier; of two that share one, the first is meant."""
    headed = (*_headed(article.blocks), *_headed_in_notes(article))
    pairs = zip(map(_identifier, headed), chain(*anchors(article)), strict=True)
    return dict(reversed([pair for pair in pairs if pair[0]]))


def _headed(children: Iterable[Block]) -> tuple[Block, ...]:
    return tuple(block for block in blocks(children) if is_headed(block))


def _headed_in_notes(article: Article) -> tuple[Block, ...]:
    return _headed(block for note in notes(article) for block in note.children)


def is_headed(block: Block) -> bool:
    """Whether ``block`` is shown as, or under, a heading of its own."""
    return isinstance(block, Heading) or (isinstance(block, Section) and block.metadata is not None)


def _identifier(block: Block) -> str:
    return (block.identifier or "") if isinstance(block, Heading | Section) else ""


def _anchor(identifier: str, taken: Collection[str]) -> str:
    fit = _NAME.fullmatch(identifier) and not _RESERVED.fullmatch(identifier) and identifier not in taken
    return identifier if fit else f"heading-{len(taken) + 1}"
