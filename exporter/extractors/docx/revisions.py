"""What is not settled in a document: comments, and changes that are tracked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from exporter.extractors.docx.archive import Archive, Part, W

_TRACKED: Final = {
    "ins": "inserted",
    "del": "deleted",
    "moveFrom": "moved away",
    "moveTo": "moved here",
    "cellIns": "cells inserted",
}
"""Elements that record a change of text (ISO/IEC 29500-1, 17.13.5), and what the change is; looks are left out."""


def revisions(archive: Archive, main: Part, parts: Iterable[Part]) -> Iterator[str]:
    """What is open in the document, a phrase each; ``parts`` are those that show text."""
    comments = archive.related(main, "comments")
    if comments is not None and len(comments.root):
        names = ", ".join(dict.fromkeys(filter(None, (each.get(f"{W}author") for each in comments.root))))
        by = f" by {names}" if names else ""
        yield f"comments{by}, not compared: {len(comments.root)}"
    tracked: Counter[tuple[str, str]] = Counter()
    for part in parts:
        for name in _TRACKED:
            tracked.update((name, each.get(f"{W}author", "")) for each in part.root.iter(f"{W}{name}"))
    for (name, author), count in sorted(tracked.items()):
        by = f" by {author}" if author else ""
        yield f"tracked changes{by}, read as if accepted: {count} {_TRACKED[name]}"
