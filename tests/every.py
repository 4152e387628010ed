"""Sets every character that the fonts have, in each kind of block and at the edges of passages, in both directions.

python -m tests.every --formats pdf --out build/found
What draws articles at random meets a character seldom, and at the end of a link hardly ever. Ideographs are alike: of
those every hundredth is set. What does not survive is halved to a small case folder, as by ``tests.fuzz``.
"""

from __future__ import annotations

import argparse
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from itertools import product
from pathlib import Path
from typing import NamedTuple

from fontTools.unicodedata import script

from exporter.article import (
    Article,
    Block,
    BulletList,
    Cell,
    Code,
    CodeBlock,
    DefinitionItem,
    DefinitionList,
    Emphasis,
    Heading,
    Inline,
    Link,
    ListItem,
    Metadata,
    Note,
    Paragraph,
    Row,
    Span,
    Strong,
    Subscript,
    Table,
    Text,
)
from exporter.readers.languages import direction_of
from tests.fuzz import keep, observe
from tests.strategies.characters import covered
from tests.survival import FORMATS

_LANGUAGES = ("en", "ar")
_SIZE = 60
"""Blocks of an article."""
_RARE = 100
"""Of so many ideographs and syllables one is set."""
_ALIKE = ("Hani", "Hang", "Tang", "Nshu", "Kits")


def _text(*inlines: str | Inline) -> Paragraph:
    return Paragraph(tuple(Text(each) if isinstance(each, str) else each for each in inlines))


def _strong(text: str) -> Strong:
    return Strong((Text(text),))


def _link(text: str) -> Link:
    return Link((Text(text),), "https://x.test/")


def _turned(text: str) -> Span:
    return Span((Text(text),), language="he", direction="rtl")


def _words(c: str, n: int) -> Block:
    return _text(f"x{c}y {c} ש{c}ب {c} क{c}ि {c}字{c} {c}1{c} \u00a0{c} {n}")


def _passages(c: str, n: int) -> Block:
    return _text(f"x{c}", Emphasis((Text(f"{c}y"),)), f" {c}", _link(f"{c}a"), _strong(f" {c}b"), f"{c}{n}")


def _passages_apart(c: str, n: int) -> Block:
    return _text(_strong(f"{n}{c}"), c, Emphasis((Text(c),)), f"{c} ", _turned(f"{c}a"), c, Subscript((Text(c),)))


def _lines(c: str, n: int) -> Block:
    return _text(f"{n} word{c}{c}wo word {c}word-{c}o{c} " * 8)


def _heading(c: str, n: int) -> Block:
    return Heading((Text(f"x{c} {c}y {n}{c}"),), 2)


def _code(c: str, n: int) -> Block:
    return CodeBlock(f"{c}x {c}{c} {n}\n {c}")


def _table(c: str, n: int) -> Block:
    cells = (Cell((Text(f"{c}{n}"),), True), Cell((Text(f"x{c}"),)), Cell((Text(c),)))
    return Table((), (Row(cells),), (None, None, None), (Text(f"{n} words{c}"),))


def _note(c: str, n: int) -> Block:
    return _text(f"{n}{c}", Note((_text(f"{c}{n} {c}"),), f"note-{n}"), f"{c}w")


def _list(c: str, n: int) -> Block:
    return BulletList((ListItem((_text(f"{c}{n}{c}"),)), ListItem((_text(Code(f"{c}{n}{c}"), c),))))


def _definition(c: str, n: int) -> Block:
    return DefinitionList((DefinitionItem(((Text(f"{c}t{n}"),),), ((_text(f"d{c} {c}"),),)),))


KINDS: Mapping[str, Callable[[str, int], Block]] = {
    "words": _words,
    "passages": _passages,
    "passages apart": _passages_apart,
    "lines": _lines,
    "headings": _heading,
    "code": _code,
    "tables": _table,
    "notes": _note,
    "lists": _list,
    "definitions": _definition,
}


class Task(NamedTuple):
    """Some characters in one kind of block of an article in one language, as one format."""

    format: str
    kind: str
    language: str
    characters: Sequence[str]
    out: Path


def article(kind: str, language: str, characters: Sequence[str]) -> Article:
    """A block of the ``kind`` for each of ``characters``, with a number that tells it from the others."""
    metadata = Metadata(title="A", slug="a", language=language, direction=direction_of(language))
    return Article(metadata, tuple(KINDS[kind](each, number) for number, each in enumerate(characters)))


def run(task: Task) -> tuple[str, ...]:
    """A line for each of the characters that does not survive, or of those that do not together."""
    return tuple(_failing(task, task.characters))


def _failing(task: Task, characters: Sequence[str]) -> Iterator[str]:
    made = article(task.kind, task.language, characters)
    found = observe(made, task.format)
    if not found:
        return
    half = len(characters) // 2
    parts = [line for part in (characters[:half], characters[half:]) if half for line in _failing(task, part)]
    if parts:
        yield from parts
    else:
        named = " ".join(f"U+{ord(each):04X}" for each in characters)
        yield f"{named} in {task.kind} ({task.language}): {keep(task.out, made, task.format, found)}"


def characters() -> tuple[str, ...]:
    """Those that are set, in code point order."""
    kept = (c for c in covered() if script(c) not in _ALIKE or ord(c) % _RARE == 0)
    return tuple(c for c in kept if unicodedata.category(c) != "Co")


def main() -> int:
    """Set them all; 1 where something did not survive."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--formats", default="pdf", help=f"of {', '.join(FORMATS)}")
    parser.add_argument("--kinds", default=",".join(KINDS), help="of blocks, parted by commas")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--out", type=Path, default=Path("build/found"))
    asked = parser.parse_args()
    every = characters()
    parts = [every[start : start + _SIZE] for start in range(0, len(every), _SIZE)]
    ways = product(asked.formats.split(","), asked.kinds.split(","), _LANGUAGES, parts)
    found = 0
    with ProcessPoolExecutor(asked.jobs) as pool:
        for done in as_completed([pool.submit(run, Task(*way, asked.out)) for way in ways]):
            found += len(done.result())
            for line in done.result():
                print(line, flush=True)
    print(f"{len(every)} characters in blocks of {asked.kinds}, {found} that do not survive")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
