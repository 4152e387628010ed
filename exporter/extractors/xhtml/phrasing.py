"""What a run of phrasing content says: its characters, calls, links, passages in other languages and pictures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from exporter.extractors.xhtml.node import Content, Node
from exporter.walk import OBJECT, normalise

_BLOCK_NAMES = """
address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form
h1 h2 h3 h4 h5 h6 header hgroup hr html li main menu nav ol p pre search section summary table ul
caption tbody thead tfoot tr td th
"""
BLOCKS = frozenset(_BLOCK_NAMES.split())
"""What stands on lines of its own (HTML standard, section 15.3, "Rendering")."""

_CALLS = frozenset({"noteref", "doc-noteref"})


Place: TypeAlias = Literal["text", "task", "head"]
"""Where a run stands: in a line of the header furniture is expected, in a task its box."""

BOXES: Final = {"\u2610": "unchecked", "\u2611": "checked", "\u2612": "checked"}


@dataclass(slots=True)
class Phrase:
    """One run of text as read; ``calls`` are pairs of the number shown and the address it leads to."""

    place: Place = "text"

    parts: list[str] = field(default_factory=list)
    calls: list[tuple[str, str]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    pictures: list[Node] = field(default_factory=list)
    furniture: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The characters in the exact form."""
        return normalise("".join(self.parts))

    def expects(self, node: Node) -> bool:
        """Whether furniture is in its place here; elsewhere it would be read as a part of the text."""
        match self.place:
            case "head":
                return node.furniture
            case "task" if not self.text and is_box(node):
                return True
            case _:
                return node.furniture and "doc-backlink" in node.words


def read(contents: Iterable[Content], place: Place = "text") -> Phrase:
    """What ``contents`` say."""
    phrase = Phrase(place)
    _read(contents, phrase)
    return phrase


def is_box(node: Node) -> bool:
    """Whether ``node`` is the box of a task, called furniture or, where classes were lost, nothing at all."""
    return node.text().strip() in BOXES and (node.furniture or node.name == "span")


def is_block(node: Node) -> bool:
    """Whether ``node`` is, or holds, what is no phrasing content."""
    return node.name in BLOCKS or any(is_block(child) for child in node.elements)


def _read(contents: Iterable[Content], phrase: Phrase) -> None:
    for content in contents:
        match content:
            case str():
                phrase.parts.append(content)
            case Node() if content.hidden:
                pass
            case Node() if phrase.expects(content):
                phrase.furniture.append(normalise(content.text()))
            case Node() if is_call(content):
                _call(content, phrase)
            case Node():
                _element(content, phrase)


def is_call(node: Node) -> bool:
    """Whether ``node`` calls a note. By its class alone only with an element in it: programs share classes out anew."""
    return bool(node.words & _CALLS) and bool(node.elements or node.name == "a")


def _element(node: Node, phrase: Phrase) -> None:
    match node.name:
        case "br":
            phrase.parts.append("\n")
        case "img":
            _picture(node, phrase)
        case "rp":
            pass
        case "rt":
            phrase.parts += ("(", normalise(read(node.children).text), ")")
        case "a" if "href" in node.attributes:
            phrase.links.append(node.get("href"))
            _passage(node, phrase)
        case _:
            _passage(node, phrase)


def _passage(node: Node, phrase: Phrase) -> None:
    """The content, set off by white space where it is a block, and noted where it is in another language."""
    edge = ["\n"] if node.name in BLOCKS else []
    place, start = len(phrase.foreign), len(phrase.parts)
    if node.language:
        phrase.foreign.append("")
    phrase.parts += edge
    _read(node.children, phrase)
    phrase.parts += edge
    if node.language:
        phrase.foreign[place] = f"{node.language} {normalise(''.join(phrase.parts[start:]))}"


def _picture(node: Node, phrase: Phrase) -> None:
    if normalise(node.get("alt")):
        phrase.parts.append(OBJECT)
        phrase.pictures.append(node)


def _call(node: Node, phrase: Phrase) -> None:
    address = node.get("href") or next((link.get("href") for link in node.below("a")), "")
    phrase.parts.append(OBJECT)
    phrase.calls.append((normalise(node.text()), address))
