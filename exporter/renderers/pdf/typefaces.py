"""The fonts an article is set in, as the values of its style sheet's variables."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from exporter import fonts
from exporter.article import Article, Span
from exporter.errors import RenderError
from exporter.text import said, said_metadata
from exporter.walk import OBJECT, all_inlines, parts, plain


@dataclass(frozen=True, slots=True)
class Typefaces:
    """Font families as CSS lists, for all of the article or for its passages in ``language``."""

    language: str | None
    text: str
    sans: str
    mono: str


def require(article: Article, folder: Path) -> None:
    """Raise RenderError for characters of what is to be set that no font of the library ``folder`` has."""
    texts = [entry for entry in said(article) if entry.kind != "image"]
    missing = fonts.coverage("".join(entry.text for entry in texts).replace(OBJECT, ""), folder)
    if missing:
        first, line = min(
            ((c, entry.line) for c in missing for entry in texts if c in entry.text), key=lambda found: found[1] or 1e9
        )
        raise RenderError(refusal((first, *(c for c in missing if c != first)), line), code="P001")


def refusal(missing: Sequence[str], line: int) -> str:
    """The sentence on characters no font has, of which the first stands on ``line`` (0 where it is not known)."""
    named = [_named(character) for character in missing[:5]] + (["and more"] if len(missing) > 5 else [])
    place = f"Line {line}: no font has" if line else "No font has"
    return f"{place} {', '.join(named)}. Write it another way."


def _named(character: str) -> str:
    return f"'{character}' (U+{ord(character):04X} {unicodedata.name(character, 'without a name')})"


def choose(article: Article, folder: Path) -> tuple[Typefaces, ...]:
    """The article's own typefaces, then those for each other language in it."""
    own = article.metadata.language
    texts: dict[str, list[str]] = {own: [" ".join(said_metadata(article.metadata).values())]}
    for language, text in _passages(article):
        texts.setdefault(language, []).append(text)
    everything = " ".join(" ".join(parts) for parts in texts.values())
    first = _typefaces(None, everything, own, folder)
    rest = (_typefaces(each, " ".join(parts), each, folder) for each, parts in sorted(texts.items()) if each != own)
    return (first, *rest)


def _passages(article: Article) -> Iterator[tuple[str, str]]:
    """Each text with its language, the passages in other languages in it once more."""
    for entry in said(article):
        yield entry.attributes["language"], entry.text
    for blocks in parts(article):
        for inline in all_inlines(blocks):
            if isinstance(inline, Span) and inline.language:
                yield inline.language, plain(inline.children)


def _typefaces(language: str | None, text: str, of: str, folder: Path) -> Typefaces:
    text_, sans, mono = (_list(fonts.families(text, of, style, folder)) for style in ("serif", "sans", "mono"))
    return Typefaces(language, text_, sans, mono)


def _list(families: tuple[str, ...]) -> str:
    return ", ".join(f'"{family}"' for family in families)
