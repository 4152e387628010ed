"""Articles in little whose lines are labelled: T title, S standfirst, P paragraph, H sub-heading."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

from exporter.edition import Source
from exporter.readers.text import TextReader
from exporter.text import said

Labelled: TypeAlias = list[tuple[str, str]]

LETTERS = {"title": "T", "subtitle": "S", "heading": "H", "paragraph": "P"}


def articles(file: str) -> dict[str, Labelled]:
    """The labelled lines of each article of ``file`` by its name."""
    found = {}
    for block in (Path(__file__).parent / file).read_text(encoding="utf-8").split("\n\n"):
        name, *lines = block.strip("\n").split("\n")
        if name.startswith("= "):
            found[name[2:]] = [(line[0], line[2:]) for line in lines]
    return found


def read(text: str) -> Labelled:
    """Each entry of the plain text ``text`` with the letter of its kind."""
    return [(LETTERS[entry.kind], entry.text) for entry in said(TextReader().read(Source("story.txt", text.encode())))]


def plain(labelled: Labelled, gap: str = "\n") -> str:
    return gap.join(text for _, text in labelled)
