"""Which drawn block belongs to which entry of the source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from exporter.characters import INKLESS
from exporter.comparison import COVER, signature
from exporter.pdfstructure import Block
from exporter.text import FURNITURE, Said

Pair = tuple[Said | None, Block]


def pairs(expected: Sequence[Said], blocks: Sequence[Block]) -> Iterator[Pair]:
    """Every block that is not furniture with its entry; None where none can be its own.

    The verifier reports what is missing, added or moved; here only text is to be judged.
    """
    drawn = [block for block in blocks if block.kind not in (FURNITURE, COVER)]
    if len(drawn) != len(expected):
        expected = [entry for entry in expected if _leaves_a_trace(entry)]
    if len(drawn) == len(expected):
        yield from zip(expected, drawn, strict=True)
        return
    matcher = SequenceMatcher(None, [_shape(e) for e in expected], [_shape(b) for b in drawn], autojunk=False)
    for operation, i1, i2, j1, j2 in matcher.get_opcodes():
        if operation == "insert" or (operation == "replace" and i2 - i1 != j2 - j1):
            yield from ((None, block) for block in drawn[j1:j2])
        elif operation != "delete":
            yield from zip(expected[i1:i2], drawn[j1:j2], strict=True)


def _leaves_a_trace(entry: Said) -> bool:
    """Whether a page shows that ``entry`` is there: a paragraph of no-break spaces leaves nothing to find."""
    is_kept = entry.kind in ("cell", "code", "image") or "list" in entry.attributes
    return is_kept or not entry.text or bool(INKLESS.sub("", entry.text).strip())


def _shape(entry: Said | Block) -> tuple[str, ...]:
    """What tells entries apart however they are read: kind, place in a table or list, ASCII letters and digits."""
    places = [entry.attributes.get(name, "") for name in ("level", "row", "column", "list", "note")]
    plain = "".join(c for c in signature(entry.text, "lines") if c.isascii() and c.isalnum())
    return entry.kind, *places, plain
