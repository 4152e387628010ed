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
    everything = "".join(text for _, text in drawn)
    unknown = frozenset(fonts.coverage(everything, library))
    flags = tuple(fonts.plain_flags(everything, library))
    if not (unknown or flags):
        return ()
    places = Places(written)
    return (*_findings(drawn, unknown, places), *_flags(drawn, flags, places))


def _findings(drawn: list[tuple[int, str]], unknown: frozenset[str], places: Places) -> Iterator[Discrepancy]:
    told: set[str] = set()
    for line, text in drawn:
        for character in text:
            if character in unknown and character not in told:
                told.add(character)
                yield _finding(character, *places.find(character, line))


def _flags(drawn: list[tuple[int, str]], flags: tuple[str, ...], places: Places) -> Iterator[Discrepancy]:
    for flag in flags:
        line, text = next(entry for entry in drawn if flag in entry[1])
        line, column = places.find(flag[0], line, text.count(flag[0], 0, text.index(flag)))
        tags = "".join(chr(ord(tag) - 0xE0000) for tag in flag[1:-1])
        message = f"Line {line}, column {column}: no font has the flag '{tags}' ({characters.name(flag[0])} with tags)"
        yield Discrepancy("P001", f"{message}. Write its name.", line)


def _finding(character: str, line: int, column: int) -> Discrepancy:
    where = f"Line {line}, column {column}: no font" if column else f"Line {line}: no font" if line else "No font"
    remedy = fonts.remedy(character)
    cure = f"Run: {remedy}; or write it another way" if remedy else "Write it another way"
    return Discrepancy("P001", f"{where} has '{character}' ({characters.name(character)}). {cure}.", line)
