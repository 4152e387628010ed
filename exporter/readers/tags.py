"""Raw HTML as CommonMark lets it through, cut into tags, comments and text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from exporter.errors import SourceError
from exporter.readers.references import unescape

_ATTRIBUTE = r"""[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?"""
_MARKUP = re.compile(
    r"(?P<comment><!-->|<!--->|<!--.*?-->)"
    r"|(?P<declaration><![A-Za-z][^>]*>)"
    r"|(?P<instruction><\?[^>]*>)"
    rf"|<(?P<start>[A-Za-z][^\s/>]*)(?P<attributes>(?:[\s/]+{_ATTRIBUTE})*)[\s/]*>"
    r"|</(?P<end>[A-Za-z][^\s/>]*)[^>]*>"
    r"|(?P<refused><\?|<!\[CDATA\[|</?[A-Za-z]|<!--|<![A-Za-z])",
    re.DOTALL,
)
_ATTRIBUTES = re.compile(
    r"""(?P<name>[^\s"'<>/=]+)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'=<>`]+)))?"""
)


@dataclass(frozen=True, slots=True)
class StartTag:
    """A start tag; names are in lower case, values have their character references resolved."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    line: int = 0


@dataclass(frozen=True, slots=True)
class EndTag:
    """An end tag."""

    name: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Characters:
    """Text between tags, character references resolved and as ``written``, and the lines it stands on."""

    text: str
    written: str
    line: int = 0
    last: int = 0


Piece: TypeAlias = StartTag | EndTag | Characters


def pieces(text: str, *, line: int, file: str) -> Iterator[Piece]:
    """``text``, which begins on ``line``, cut up; comments, declarations and processing instructions are left out.

    Raises SourceError (S003) for a tag or comment without its end, and for a CDATA section.
    """
    at = 0
    for found in _MARKUP.finditer(text):
        if found.start() > at:
            yield _characters(text[at : found.start()], line)
            line += text.count("\n", at, found.start())
        if found["refused"]:
            raise SourceError(_refusal(found["refused"], text[found.start() :]), file=file, line=line, code="S003")
        if found["start"]:
            yield StartTag(found["start"].lower(), _attributes(found["attributes"]), line)
        line += found[0].count("\n")
        if found["end"]:
            yield EndTag(found["end"].lower(), line)
        at = found.end()
    if at < len(text):
        yield _characters(text[at:], line)


def _characters(text: str, line: int) -> Characters:
    return Characters(unescape(text), text, line, line + text.rstrip().count("\n"))


def _attributes(written: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ATTRIBUTES.finditer(written):
        value = match["double"] or match["single"] or match["bare"] or ""
        found.setdefault(match["name"].lower(), unescape(value))
    return found


def _refusal(opening: str, rest: str) -> str:
    shown = " ".join(rest[:30].split())
    match opening:
        case "<![CDATA[":
            return f"A CDATA section ('{shown}') has no meaning in HTML. Write the text itself."
        case _:
            return f"The tag '{shown}' has no end. Add its '>', or write '&lt;' for a plain '<'."
