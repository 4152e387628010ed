"""Whether the list of contents an edition has is the article's, and running heads say what stands below them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from exporter.article import Article
from exporter.comparison import CONTENTS
from exporter.edition import Discrepancy, Extraction
from exporter.text import FURNITURE, Said
from exporter.verifier.passages import passages
from exporter.walk import contents_numbers, contents_ordinals

OVER = "over"
"""Attribute of a running head: the titles of the headings on its pages, one a line."""


def misled(article: Article, expected: Sequence[Said], extraction: Extraction) -> Iterator[Discrepancy]:
    """Every difference between the contents of an edition and the article's (``walk.contents``), by the usual codes.

    Nothing in formats that have no lists of contents. A list that is missing as a whole is one finding, of form. What
    no entry of a list tells beside its title (its number, where it leads) the format does not tell of entries.
    """
    if CONTENTS not in extraction.carries:
        return
    wanted = _listed(article, expected)
    found = [entry for entry in extraction.entries if entry.kind == CONTENTS]
    if wanted and not found:
        yield Discrepancy("V001", "The edition lacks its list of contents.", path=CONTENTS, level="form")
        return
    told = frozenset(name for entry in found for name in entry.attributes)
    for passage in passages(wanted, found, replace(extraction, carries=extraction.carries & told)):
        yield from (replace(finding, path=finding.path or CONTENTS) for finding in passage.findings)


def misheaded(entries: Sequence[Said], expected: Sequence[Said], house: Collection[str]) -> Iterator[Discrepancy]:
    """Every running head that is the title of another text than those on its pages; ``house`` may say anything."""
    titles = {entry.text for entry in expected if entry.kind == "heading"}
    for entry in entries:
        over = entry.attributes.get(OVER)
        if entry.kind != FURNITURE or over is None or entry.text not in titles or entry.text in house:
            continue
        if entry.text not in over.split("\n"):
            message = f"{entry.path}: the running head says '{entry.text}', and nothing of that title is on its pages."
            yield Discrepancy("V003", message, 0, entry.path, over, entry.text)


def _listed(article: Article, expected: Sequence[Said]) -> list[Said]:
    """The entries an edition's list has, as its extractor is to find them."""
    headings = [entry for entry in expected if entry.kind == "heading"]
    places = zip(contents_ordinals(article), contents_numbers(article), strict=True)
    return [_listed_as(headings[ordinal - 1], ordinal, number) for ordinal, number in places]


def _listed_as(heading: Said, ordinal: int, number: str) -> Said:
    kept = {name: heading.attributes[name] for name in ("level", "language", "direction")}
    return Said(heading.path, CONTENTS, heading.text, heading.line, {**kept, "links": f"#{ordinal}", "list": number})
