"""Values in the slots of a body change nothing around them: shown by what reads bodies, not by what fills them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from exporter.extractors.html import parsed
from exporter.extractors.xhtml import Node, tree
from exporter.mail.letters import Addressee, filled
from exporter.mail.parts import Body
from exporter.slots import Slot, cut


def is_plain(addressee: Addressee) -> bool:
    """Whether the values of ``addressee`` are words and addresses like anybody's, which no reader takes for more."""
    return all(map(_PLAIN.fullmatch, addressee.values.values()))


_PLAIN: Final = re.compile(r"(https://|mailto:)?[\w .,'@:;?=+/-]*")


def stays(body: Body, addressee: Addressee) -> bool:
    """Whether a reader of ``body`` finds every element, attribute and line as without the values of ``addressee``."""
    read, values = filled(body, addressee), addressee.values
    if body.kind == "text":
        return read.count("\n") == body.content.count("\n")
    return list(_said(tree(parsed(body.content)), lambda text: _with(text, values))) == list(_said(tree(parsed(read))))


def _with(text: str, values: Mapping[str, str]) -> str:
    return "".join(values.get(each.name, str(each)) if isinstance(each, Slot) else each for each in cut(text))


def _as_it_is(text: str) -> str:
    return text


def _said(content: Node | str, fill: Callable[[str], str] = _as_it_is) -> Iterator[object]:
    """Elements, attributes and texts as they come; ``fill`` puts values there after they were parsed."""
    match content:
        case str():
            yield fill(content)
        case Node():
            yield content.name, {name: fill(value) for name, value in content.attributes.items()}
            for each in content.children:
                yield from _said(each, fill)
            yield None
