"""Numbers of captions: Word's own sequences (``SEQ`` fields), held to what Word would count."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from exporter.extractors.docx.content import Content

_SEQUENCE = re.compile(r"\s*SEQ (Figure|Table)( \\\* (ARABIC|MERGEFORMAT))*\s*")


def sequence(instruction: str) -> str | None:
    """The sequence a field counts in; None where it is no such field, or one that starts anew or hides its number."""
    match = _SEQUENCE.fullmatch(instruction)
    return match[1] if match else None


@dataclass(frozen=True, slots=True)
class Captions:
    """Counts the captions of the body; ask it in the document's order, once a caption."""

    _counts: Counter[str] = field(default_factory=Counter)

    def faults(self, content: Content, places: Collection[str]) -> Iterator[str]:
        """What is wrong with what stands before a caption's text; a caption may stand without a number.

        ``places`` are the sequences a caption that stands here may count in.
        """
        shown = " ".join(content.furniture())
        if not shown and not content.sequences:
            return
        name = content.sequences[0][0] if content.sequences else ""
        self._counts[name] += 1
        counted = str(self._counts[name])
        if name not in places:
            yield f"a caption is numbered '{shown}', which is no number of {name or 'a sequence'} here"
        elif content.sequences != [(name, counted)] or re.findall(r"\d+", shown) != [counted]:
            yield f"a caption is numbered '{shown}' where Word counts {name} {counted}"
