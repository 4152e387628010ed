"""Whether a font has each character, before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from exporter import characters, fonts
from exporter.article import Article
from exporter.edition import Discrepancy
from exporter.loading.places import Places
from exporter.text import said


def missing(article: Article, written: str, library: Path | None) -> tuple[Discrepancy, ...]:
    """Each character of ``article`` that no font has (P001), by its first place in the source ``written``.

    Alternative texts are not drawn. ``library`` is the folder of the font library, the user's unless told.
    """
    drawn = [(entry.line, entry.text) for entry in said(article) if entry.kind != "image"]
    unknown = frozenset(fonts.coverage("".join(text for _, text in drawn), library))
    return tuple(_findings(drawn, unknown, Places(written))) if unknown else ()


def _findings(drawn: list[tuple[int, str]], unknown: frozenset[str], places: Places) -> Iterator[Discrepancy]:
    told: set[str] = set()
    for line, text in drawn:
        for character in text:
            if character in unknown and character not in told:
                told.add(character)
                yield _finding(character, *places.find(character, line))


def _finding(character: str, line: int, column: int) -> Discrepancy:
    where = f"Line {line}, column {column}: no font" if column else f"Line {line}: no font" if line else "No font"
    remedy = fonts.remedy(character)
    cure = f"Run: {remedy}; or write it another way" if remedy else "Write it another way"
    return Discrepancy("P001", f"{where} has '{character}' ({characters.name(character)}). {cure}.", line)
