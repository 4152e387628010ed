"""The articles that are mutated: the hard one by its sections, the samples, and those of a folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_HARD = _ROOT / "tests" / "cases" / "hard" / "hard.md"
_NOTE = re.compile(r"^\[\^([^\]]+)\]: ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Source:
    """An article to mutate: its file's name and text, and the folder its pictures are in."""

    name: str
    suffix: str
    text: str
    folder: Path


def sources(corpora: Path | None = None) -> tuple[Source, ...]:
    """The project's own articles; with ``corpora``, the news texts in it too."""
    samples = sorted((_ROOT / "source").glob("*.md"))
    news = sorted((corpora / "news-ntrex").glob("*.txt")) if corpora else []
    return (*_sections(_HARD), *map(_whole, (*samples, *news)))


def _whole(path: Path) -> Source:
    return Source(path.stem, path.suffix, path.read_text(encoding="utf-8"), path.parent)


def _sections(path: Path) -> Iterator[Source]:
    """An article for each section, with the notes it calls: a change is then held to a page, not to a dozen."""
    front, body = re.split(r"(?<=\n---\n)", path.read_text(encoding="utf-8"), maxsplit=1)
    starts = [match.start() for match in _NOTE.finditer(body)]
    notes = [body[start:end].rstrip() for start, end in zip(starts, [*starts[1:], len(body)], strict=True)]
    for number, section in enumerate(re.split(r"\n(?=## )", body[: starts[0]])):
        called = [note for note in notes if f"[^{_NOTE.match(note)[1]}]" in section]  # type: ignore[index]
        text = front + "\n" + section.strip() + "\n\n" + "\n\n".join(called) + "\n"
        yield Source(f"{path.stem}-{number}", path.suffix, text, path.parent)
