"""What stands at the head and foot of each page: words, links and pictures, all of it beside the article."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from exporter.comparison import ALTERED
from exporter.extractors.docx.archive import Archive, Part, R
from exporter.extractors.docx.content import Anchor
from exporter.extractors.docx.leaves import Titles
from exporter.extractors.docx.story import Found
from exporter.text import FURNITURE

_RUNNING: Final[Mapping[str, str]] = {"place": "running"}


def beside(entries: Iterable[Found], part: Part, archive: Archive, titles: Titles) -> Iterator[Found]:
    """``entries`` of a header or footer as furniture, and each link and picture of it as words that name it.

    A picture is named by the digest of its file: one that is decoration has words on it as well. ``titles`` are those
    on the pages it stands on.
    """
    shown = {**_RUNNING, "over": "\n".join(sorted({text for _, text in titles}))}
    for each in entries:
        yield each if each.kind == ALTERED else Found(FURNITURE, each.text, shown)
        yield from (Found(FURNITURE, f"a link to {_target(link)} is there", _RUNNING) for link in each.links)
    for blip in part.root.iter("{*}blip"):
        relationship = part.relationships.get(blip.get(f"{R}embed", ""))
        if relationship and not relationship.external:
            digest = hashlib.sha256(archive.content(relationship.target)).hexdigest()
            yield Found(FURNITURE, f"the picture {digest} is there", _RUNNING)


def _target(link: str | Anchor) -> str:
    return link if isinstance(link, str) else f"#{link.name}"
