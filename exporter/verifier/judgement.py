"""What is to be said of a text of the article and the one in the edition that belongs to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from exporter.characters import INKLESS
from exporter.comparison import CONTENTS, Form, agree, signature, turned
from exporter.edition import UNREADABLE, Discrepancy, Extraction, Level
from exporter.text import Said

_ANOTHER_WAY: Final = "link to the same place is written in another way"

_CODES: Final[Mapping[str, str]] = {
    "links": "V008",
    "picture": "V009",
    "language": "V011",
    "direction": "V011",
    "foreign": "V011",
}
_LOOKS: Final = frozenset({"level", "depth", "header", "syntax", "date", "language", "direction", "foreign"})
"""Attributes a reader is told nothing else by, when they differ."""

_GO_ALONG: Final = frozenset({"links", "picture", "task", "syntax", "date", "foreign"})
"""Attributes a text has wherever it stands."""


def differences(expected: Said, found: Said, extraction: Extraction, *, moved: bool = False) -> Iterator[Discrepancy]:
    """The differences within one pair; of one that ``moved``, those that do not come of its place."""
    if not _same_text(expected, found, extraction):
        if expected.kind == found.kind == "image":
            yield finding("V006", expected, expected.text, found.text, "alternative text")
        else:
            yield finding("V003", expected, expected.text, found.text, expected.kind)
    if expected.kind != found.kind and not moved and extraction.form != "text":
        yield finding("V007", expected, expected.kind, found.kind, "kind of block", "form")
    for name in sorted(extraction.carries & _GO_ALONG if moved else extraction.carries - {"whitespace"}):
        wanted, value = expected.attributes.get(name, ""), found.attributes.get(name, "")
        if wanted != value and not (name == "foreign" and _foreign_agrees(wanted, found, extraction.form)):
            yield _attribute(name, expected, wanted, value)


def _attribute(name: str, expected: Said, wanted: str, value: str) -> Discrepancy:
    if name == "links" and list(map(_canonical, wanted.split("\n"))) == list(map(_canonical, value.split("\n"))):
        return finding("V008", expected, wanted, value, _ANOTHER_WAY, "form")
    level: Level = "form" if name in _LOOKS else "text"
    return finding(_CODES.get(name, "V007"), expected, wanted, value, _NAMES.get(name, name), level)


def _same_text(expected: Said, found: Said, extraction: Extraction) -> bool:
    if UNREADABLE in found.attributes:
        return True
    if expected.kind == "code" and "whitespace" in extraction.carries:
        return expected.text == found.text
    is_turned = extraction.form == "lines" and turned(expected.text, found.text)
    return is_turned or agree(expected.text, found.text, extraction.form)


def _foreign_agrees(wanted: str, found: Said, form: Form) -> bool:
    """Passages in other languages are quoted text; of text that cannot be read, only the languages are compared."""
    value = found.attributes.get("foreign", "")
    both = ((wanted, value), (_seen(wanted), _seen(value))) if form == "lines" else ((wanted, value),)
    if UNREADABLE in found.attributes:
        return any(_languages(one) == _languages(other) for one, other in both)
    return any(signature(one, form) == signature(other, form) for one, other in both)


def _seen(foreign: str) -> str:
    """The passages a page can show: not those of blanks, or of what leaves no ink."""
    passages = (passage for passage in foreign.split("\n") if INKLESS.sub("", passage.partition(" ")[2]).strip())
    return "\n".join(passages)


def _languages(foreign: str) -> list[str]:
    return [passage.partition(" ")[0] for passage in foreign.split("\n")]


def _canonical(target: str) -> str:
    """``target`` so that two that lead to the same place are equal (RFC 3986, section 6.2)."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return target
    if not parts.netloc:
        return target
    rest = (_ESCAPES.sub(_read, part) for part in (parts.path or "/", parts.query, parts.fragment))
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), *rest))


_ESCAPES: Final = re.compile("(?:%[0-9A-Fa-f]{2})+")


def _read(escapes: re.Match[str]) -> str:
    """The characters escaped, but for those that would part an address in another way."""
    return "".join(quote(sign, safe="") if sign in "/?#%&=+" else sign for sign in unquote(escapes[0]))


_NAMES: Mapping[str, str] = {
    "level": "level of the heading",
    "list": "marker of the list item",
    "task": "box of the task",
    "depth": "depth in lists",
    "quote": "depth in quotations",
    "note": "number of the note",
    "calls": "number of a note called",
    "foreign": "passage in another language",
    "row": "row of the cell",
    "column": "column of the cell",
    "header": "heading role of the cell",
    "syntax": "language of the code",
}
"""Attributes as a person reads of them, where their own name would not do."""

_SENTENCES: Mapping[str, str] = {
    "V001": "the edition lacks this {what}",
    "V002": "the edition has a {what} the source does not",
    "V003": "the text of this {what} differs",
    "V004": "this {what} stands elsewhere in the edition",
    "V005": "the edition has this {what} more than once",
    "V006": "the alternative text differs",
    "V007": "the {what} differs",
    "V008": "a link leads elsewhere",
    "V009": "another picture stands under this alternative text",
    "V011": "the {what} differs",
    "V012": "the edition parts this {what}",
    "V013": "the edition joins this {what} with what follows it",
}


def finding(code: str, entry: Said, expected: str, found: str, what: str, level: Level = "text") -> Discrepancy:
    """The discrepancy ``code``, in words and with its place; what has no text has looks alone."""
    place = f"Line {entry.line}" if entry.line and code not in ("V002", "V005") else entry.path
    named = "entry of the contents" if what == CONTENTS else what
    sentence = _SENTENCES[code].format(what=named) if what != _ANOTHER_WAY else f"a {what}"
    shown: Level = level if entry.text or code not in ("V001", "V002") else "form"
    return Discrepancy(code, f"{place}: {sentence}.", entry.line, entry.path, expected, found, shown)
