"""What of an article no edition carries: left out of what is read, each on record; or refused by name and line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from exporter.edition import Loss
from exporter.errors import SourceError
from exporter.readers.html.names import COMMENT
from exporter.readers.tree import Element, Node, elements, words
from exporter.walk import normalise

_LOST: Final = frozenset(
    {"script", "iframe", "video", "audio", "object", "embed", "applet", "frame", "frameset", "canvas", "dialog"}
    | {"form", "input", "select", "textarea", "button", "datalist", "output"}
)
"""What editions cannot do: play, run, be filled in."""
_UNSEEN: Final = frozenset({"style", "template", COMMENT, "noembed", "noframes"})
"""What no page shows."""
_HEAD: Final = frozenset({"head", "title"})
_PICTURE: Final = "Put a picture of it in its place."
_REFUSED: Final = {
    **dict.fromkeys(("svg", "math", "map", "area", "progress", "meter"), _PICTURE),
    **dict.fromkeys(("xmp", "plaintext", "listing"), "Use 'pre'."),
    "marquee": "Write its text as a paragraph.",
}
_SHOWN: Final = 40


@dataclass(slots=True)
class Omissions:
    """What was left out: ``losses`` (L004) by line, and sentences on the rest."""

    losses: list[Loss] = field(default_factory=list)
    unseen: Counter[str] = field(default_factory=Counter)
    quotes: int = 0
    notices: list[str] = field(default_factory=list)

    def sentences(self) -> Iterator[str]:
        """What nobody sees on the page either."""
        yield from self.notices
        if self.quotes:
            yield f"The quotation marks browsers set around 'q' ({self.quotes} ×) are not part of the text; write them."
        if self.unseen:
            counted = ", ".join(f"{count} × {name}" for name, count in sorted(self.unseen.items()))
            yield f"Left out, being no text: {counted}."


def omit(element: Element, file: str, omissions: Omissions) -> None:
    """Take out of ``element`` what editions cannot carry; raises SourceError (S003) for what the model cannot hold."""
    kept: list[Node] = []
    for child in element.children:
        if isinstance(child, Element) and _is_omitted(child, file, omissions):
            continue
        if isinstance(child, Element):
            omissions.quotes += child.name == "q"
            omit(child, file, omissions)
        kept.append(child)
    element.children = kept


def _is_omitted(element: Element, file: str, omissions: Omissions) -> bool:
    name = element.name
    if name in _UNSEEN:
        omissions.unseen[name.removeprefix("#")] += 1
    elif "hidden" in element.attributes and name != "input":
        omissions.notices.append(_sentence("the page hides", element))
    elif _is_data(element):
        omissions.unseen[f"{element.attributes['type']} {name}"] += 1
    elif (name in _LOST and not _is_box(element)) or _is_decoration(element) or _is_empty_custom(element):
        omissions.losses.append(_loss(element))
    elif name in _REFUSED:
        message = f"No edition can hold the element '{name}'. {_REFUSED[name]}"
        raise SourceError(message, file=file, line=element.first, code="S003")
    else:
        return name in _HEAD
    return True


def _is_box(element: Element) -> bool:
    """Whether it is a box to tick: the item of a task list, or refused where it is none."""
    return element.name == "input" and element.attributes.get("type", "").lower() == "checkbox"


def _is_data(element: Element) -> bool:
    """Whether it is a field nobody sees, or JSON-LD, which is looked for facts."""
    kind = (element.name, element.attributes.get("type", "").strip().lower())
    return kind in (("input", "hidden"), ("script", "application/ld+json"))


def _is_decoration(element: Element) -> bool:
    hidden = element.attributes.get("aria-hidden", "").lower() == "true"
    return element.name == "svg" and (hidden or element.attributes.get("role") in ("presentation", "none"))


def _is_empty_custom(element: Element) -> bool:
    """Whether it is an element of a page's own making that a script would fill; one with content is its content."""
    custom = "-" in element.name and not element.name.startswith("#")
    pictures = any(each.name == "img" for each in elements(element.children))
    return custom and not pictures and not words(element.children).strip()


def _loss(element: Element) -> Loss:
    return Loss("L004", _sentence("no edition carries", element), element.first)


def _sentence(why: str, element: Element) -> str:
    said = "" if element.name == "script" else normalise(words(_texts(element)))
    address = element.attributes.get("src") or element.attributes.get("data") or element.attributes.get("action") or ""
    shown = f" ('{said[:_SHOWN]}{'…' * (len(said) > _SHOWN)}')" if said else f" ({address[:80]})" if address else ""
    return f"Line {element.first}: {why} the element '{element.name}'{shown}; it is left out."


def _texts(element: Element) -> Iterable[Node]:
    return [
        child for child in element.children if not isinstance(child, Element) or child.name not in ("script", "style")
    ]
