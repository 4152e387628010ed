"""Whether all that a PDF shows is tagged, or marked as an artifact: what no tag holds, nobody hears.

PDF/UA-1 asks for it (ISO 14289-1, 7.1), and validators of tags see the tags alone. This looks at the pages: text that
is shown outside of all marks, and marks no structure element refers to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pikepdf

from exporter.judges.judge import Finding, Findings, Tools

_SHOWING: Final = frozenset({"Tj", "TJ", "'", '"'})
_DEPTH: Final = 20
"""Forms in forms; a deeper nest is one that goes round."""


class Tagging:
    """Our own look at the pages: every text stands under a mark that the structure tree knows, or is an artifact."""

    name = "tagging"
    standard = "Tagged PDF (ISO 32000-1, 14.8; ISO 14289-1, 7.1)"
    formats = ("pdf",)
    get = "pip install article-exporter"

    def lacks(self, tools: Tools) -> str:
        """Nothing: it is part of this package."""
        return ""

    def examine(self, files: Sequence[Path], tools: Tools) -> Findings:
        """A finding for each page with text that is nobody's."""
        return {file: tuple(_of_file(file)) for file in files}


def _of_file(file: Path) -> Iterator[Finding]:
    try:
        with pikepdf.open(file) as pdf:
            known = _referred(pdf)
            for number, page in enumerate(pdf.pages, 1):
                seen = _Seen()
                _read(page.obj, page.get("/Resources"), seen)
                yield from _of_page(number, seen, known.get(page.obj.objgen, frozenset()))
    except pikepdf.PdfError as error:
        yield _finding("unreadable", " ".join(str(error).split()), "")


def _of_page(number: int, seen: _Seen, known: frozenset[int]) -> Iterator[Finding]:
    if seen.loose:
        yield _finding("untagged", f"{seen.loose} pieces of text are neither tagged nor artifacts.", f"page {number}")
    if orphans := seen.marks - known:
        yield _finding("orphaned", f"{len(orphans)} marks with text belong to no structure element.", f"page {number}")


def _finding(code: str, message: str, place: str) -> Finding:
    mend = "A screen reader leaves it out. Tag it, or mark it as an artifact."
    return Finding(judge=Tagging.name, code=code, message=message, place=place, mend=mend)


# --- What pages show --------------------------------------------------------------------------


@dataclass(slots=True)
class _Seen:
    """What was shown on a page: ``loose`` pieces of text outside of all marks, and the ``marks`` with text."""

    loose: int = 0
    marks: set[int] = field(default_factory=set)


def _read(holder: Any, resources: Any, seen: _Seen, around: tuple[int | None, ...] = (), depth: int = 0) -> None:
    """Follow the content of a page or form; ``around`` are the marks it stands in, None for an artifact's."""
    stack: list[int | bool | None] = []
    for instruction in pikepdf.parse_content_stream(holder):
        operands = instruction.operands
        match str(instruction.operator):
            case "BDC" | "BMC":
                stack.append(_mark(operands, resources))
            case "EMC" if stack:
                stack.pop()
            case "Do":
                _enter(operands[0], resources, seen, (*around, *_marks(stack)), depth)
            case name if name in _SHOWING:
                _show(seen, (*around, *_marks(stack)))


def _marks(stack: Sequence[int | bool | None]) -> tuple[int | None, ...]:
    return tuple(each for each in stack if each is not False)


def _mark(operands: Any, resources: Any) -> int | bool | None:
    """The MCID of marked content, None of an artifact, False of what is neither."""
    if operands[0] == "/Artifact":
        return None
    facts = operands[1] if len(operands) > 1 else {}
    if isinstance(facts, pikepdf.Name):
        facts = (resources or {}).get("/Properties", {}).get(facts, {})
    return int(facts["/MCID"]) if "/MCID" in facts else False


def _show(seen: _Seen, around: tuple[int | None, ...]) -> None:
    if not around:
        seen.loose += 1
    elif around[-1] is not None:
        seen.marks.add(around[-1])


def _enter(name: Any, resources: Any, seen: _Seen, around: tuple[int | None, ...], depth: int) -> None:
    drawn = (resources or {}).get("/XObject", {}).get(str(name))
    if drawn is not None and drawn.get("/Subtype") == "/Form" and depth < _DEPTH:
        _read(drawn, drawn.get("/Resources", resources), seen, around, depth + 1)


# --- What tags refer to -----------------------------------------------------------------------


def _referred(pdf: pikepdf.Pdf) -> dict[tuple[int, int], frozenset[int]]:
    """The marks structure elements refer to, by the page they stand on."""
    found: dict[tuple[int, int], set[int]] = {}
    root: Any = pdf.Root.get("/StructTreeRoot", {})
    waiting: list[tuple[Any, Any]] = [(kid, None) for kid in _kids(root)]
    while waiting:
        kid, page = waiting.pop()
        if isinstance(kid, int):
            found.setdefault(page.objgen if page is not None else (0, 0), set()).add(kid)
        elif isinstance(kid, pikepdf.Dictionary):
            page = kid.get("/Pg", page)
            waiting += [(kid.MCID, page)] if kid.get("/Type") == "/MCR" else [(each, page) for each in _kids(kid)]
    return {page: frozenset(marks) for page, marks in found.items()}


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K")
    return [] if kids is None else list(kids) if isinstance(kids, pikepdf.Array) else [kids]
