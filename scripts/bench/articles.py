"""Articles nobody wrote: the same seed gives the same bytes, in Markdown that exporter and pandoc both read whole.

Each is some 400 words of a local newspaper's English with what newsletters have: a standfirst, headings, emphasis,
links, a list, a table, a quotation and a note. Names and words are coined, so that no two articles have the same ones:
what remembers words must not look faster here than it is with real texts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Final

SEED: Final = 5
WORDS: Final = 400
NOVEL: Final = 1_200_000
"""Bytes of a generated novel."""


def _words(text: str, sign: str | None = None) -> tuple[str, ...]:
    """The words ``text`` lists, or the phrases, where a ``sign`` stands between them."""
    return tuple(part.strip() for part in text.split(sign))


_WHO: Final = _words(
    "the harbour board, the city council, a group of parents, the night shift, the museum, the library, "
    "a retired surveyor, the bus company, the water works, the orchestra, one of the engineers, the school, the mayor, "
    "the reading club, the market hall, a class of twelve, the observatory, the printing house",
    ",",
)
_DID: Final = _words(
    "has asked for, put off, paid for, counted, opened, measured again, promised, found, gave up, repaired, described, "
    "is waiting for, voted for, wrote about, turned down, mapped, brought back, lost sight of, defended, drew up",
    ",",
)
_WHAT: Final = _words(
    "the new footbridge, forty years of records, a second opinion, the winter timetable, a smaller budget, the old "
    "lighthouse, three hundred saplings, an honest answer, the eastern quay, a list of names, cheaper tickets, "
    "the glass roof, a quieter pump, the last ferry, half of the archive, the flood plan, a set of drawings, "
    "its own figures, the café by the river, a better map",
    ",",
)
_WHEN: Final = _words(
    "on Monday, before the storm, without much noise, in front of a full hall, for the third time, since spring, "
    "at the request of its neighbours, after a long night, with two votes to spare, by the end of the year, "
    "to everybody’s surprise, in less than an hour, against all advice, as it had to",
    ",",
)
_WHY: Final = _words(
    "because the river rises earlier every year, although nobody had asked, so that the work can begin, while prices "
    "doubled, which is what the law demands, as the minutes show, until the money runs out, and it was not alone, "
    "but the doors stayed shut, where the tram used to turn",
    ",",
)
_ROOTS: Final = _words(
    "paint count draw build plant print sail read weigh mark turn fold lift guard light cross hold match sort trade "
    "bind carve float mend pack press seal stamp watch wind",
)
_SYLLABLES: Final = _words("al bra cor dún el fan gri hol ís jo kar lów mar nez or pé quin ros söl tam ul ver wen zo")
_TOWNS: Final = ("Aldermouth", "Bräunau", "Corvo", "Dún Mór", "Eastwick", "Fjellby", "Gran Cala", "Hollin")


def article(number: int, seed: int = SEED) -> str:
    """The article of this number: the same for the same two, whatever else is made."""
    chance = Random(f"{seed}:{number}")
    parts = [*_opening(chance), *_lists(chance), *_figures(chance), *_ending(chance)]
    while len(" ".join(parts).split()) < WORDS:
        parts.insert(-1, paragraph(chance))
    return "\n\n".join((_front_matter(chance, number), *parts)) + "\n"


def write(folder: Path, count: int, seed: int = SEED) -> None:
    """Write ``count`` articles into ``folder``, which is made."""
    folder.mkdir(parents=True)
    for number in range(1, count + 1):
        (folder / f"article-{number:04}.md").write_text(article(number, seed), encoding="utf-8")


def novel(size: int = NOVEL, seed: int = SEED) -> str:
    """A long article of ``size`` bytes, less than a chapter over it: chapters of headings and paragraphs."""
    chance = Random(f"{seed}:novel")
    parts, length = [_front_matter(chance, 0)], 0
    while length < size:
        chapter = [f"## {sentence(chance)[:-1]}", *(paragraph(chance, 8) for _ in range(12))]
        length += sum(len(part.encode()) + 2 for part in chapter)
        parts += chapter
    return "\n\n".join(parts) + "\n"


def sentence(chance: Random) -> str:
    """A sentence, with its full stop."""
    who = chance.choice(_WHO) if chance.random() < 0.6 else f"{name(chance)} {name(chance)}"
    why = f", {chance.choice(_WHY)}" if chance.random() < 0.4 else ""
    what = f"{chance.choice(_WHAT)} and {chance.randint(2, 999)} {word(chance)}"
    text = " ".join((who, chance.choice(_DID), what, chance.choice(_WHEN)))
    return f"{text[0].upper()}{text[1:]}{why}."


def word(chance: Random) -> str:
    """A coined noun, in the plural."""
    before, after = chance.choice(("", "re", "out", "over", "under", "half-")), chance.choice(("er", "ing", "ment", ""))
    return f"{before}{chance.choice(_ROOTS)}{after}s"


def name(chance: Random) -> str:
    """A coined name of two or three syllables."""
    return "".join(chance.sample(_SYLLABLES, chance.randint(2, 3))).capitalize()


def paragraph(chance: Random, sentences: int = 3) -> str:
    """Some sentences."""
    return " ".join(sentence(chance) for _ in range(sentences))


def _front_matter(chance: Random, number: int) -> str:
    facts = {
        "title": f"{chance.choice(_TOWNS)}: {chance.choice(_WHO)} {chance.choice(_DID)} {chance.choice(_WHAT)}",
        "subtitle": sentence(chance),
        "author": "The desk of Aldermouth",
        "date": f"2026-{number % 12 + 1:02}-{number % 28 + 1:02}",
        "lang": "en",
    }
    # A string of JSON is one of YAML.
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in facts.items())
    return "\n".join(("---", *lines, "---"))


def _opening(chance: Random) -> Iterator[str]:
    yield f"**{chance.choice(_TOWNS)}** – {paragraph(chance)} [The minutes]({_address(chance)}) tell more."
    yield paragraph(chance)


def _lists(chance: Random) -> Iterator[str]:
    yield _heading(chance)
    yield f"{paragraph(chance, 2)} *{sentence(chance)[:-1]}*, it says.[^1]"
    mark: Callable[[int], str] = chance.choice((lambda _: "-", lambda number: f"{number}."))
    yield "\n".join(f"{mark(number)} {sentence(chance)}" for number in range(1, chance.randint(4, 6)))


def _figures(chance: Random) -> Iterator[str]:
    yield _heading(chance)
    yield paragraph(chance)
    rows = "\n".join(
        f"| {town} | {chance.randint(100, 999)} | {chance.randint(100, 999)} | {chance.randint(-9, 9):+}% |"
        for town in chance.sample(_TOWNS, chance.randint(3, 6))
    )
    yield f"| Place | 2025 | 2026 | Change |\n|:------|-----:|-----:|-------:|\n{rows}"


def _ending(chance: Random) -> Iterator[str]:
    yield _heading(chance)
    yield "\n".join((f"> “{sentence(chance)}", f"> {sentence(chance)}”"))
    form = f"`form {chance.randint(1, 99)}`"
    yield f"{paragraph(chance, 2)} See [{chance.choice(_WHAT)}]({_address(chance)}), and {form}."
    yield f"[^1]: {sentence(chance)}"


def _heading(chance: Random) -> str:
    return f"## {chance.choice(_WHAT).capitalize()}"


def _address(chance: Random) -> str:
    return f"https://example.org/{chance.randint(1000, 9999)}"
