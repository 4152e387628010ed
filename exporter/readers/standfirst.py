"""Whether the paragraph below the title is a standfirst or already the text.

Most newspapers print one, so a paragraph of the right length is a standfirst unless more speaks
against it than for it. Its own form may tell: half of all papers leave its full stop away. Else what
follows tells: below a standfirst the text begins anew and says again what the title said; below a
lead it goes on. Each cue has a name and a weight; cues that add up to ``THRESHOLD`` make a standfirst.
The author overrules it (``docs/source-format.md``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from exporter.readers.bylines import begins_anew, is_beside, is_credited, is_front_matter
from exporter.readers.reports import is_attributed, refers_back, tells_the_day
from exporter.readers.sentences import begins_small, ending, is_unbalanced, opens_quotation, sentence_ends_inside, width
from exporter.readers.subheadings import is_punctuated, subheadings

THRESHOLD: Final = 3
WIDEST: Final = 400
"""No standfirst is wider (in Latin letters)."""

_ITEM: Final = re.compile(r"[-–—•·*‣▪●○◦>+]\s*\S")
_FAR: Final = 40
_WIDE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


@dataclass(frozen=True, slots=True)
class Opening:
    """The title of an article, ``first``, the paragraph below it, and the ``rest`` of the paragraphs.

    ``wrapped`` says that paragraphs run over several lines, as in books and letters.
    """

    title: str
    first: str
    rest: Sequence[str]
    wrapped: bool = False

    @property
    def following(self) -> str:
        """The paragraph below ``first``."""
        return self.rest[0]


@dataclass(frozen=True, slots=True)
class Cue:
    """A reason for or against a standfirst."""

    name: str
    weight: int
    holds: Callable[[Opening], bool]


CUES: Final = (
    Cue("not closed, where the others are", 8, lambda o: ending(o.first) == "none" and is_punctuated(o.rest)),
    Cue("asks or calls at length", 6, lambda o: ending(o.first) in ("question", "exclamation")),
    Cue("short and closed", -6, lambda o: ending(o.first) != "none" and width(o.first) <= 42),
    Cue("a few sentences", 1, lambda o: sentence_ends_inside(o.first)),
    Cue("a few sentences, shorter than the paragraph below", 3, lambda o: _is_summary(o)),
    Cue("shorter than the paragraph below", 1, lambda o: width(o.first) < 0.85 * width(o.following)),
    Cue("much longer than the paragraph below", -2, lambda o: width(o.first) > 1.5 * width(o.following)),
    Cue("as long as the paragraphs are", -1, lambda o: width(o.first) > _typical(o.rest)),
    Cue("longer than standfirsts are", -2, lambda o: width(o.first) > 260),
    Cue("paragraphs of several sentences follow", 3, lambda o: _layered(o.rest) >= 0.33),
    Cue("sub-headings follow", 2, lambda o: bool(subheadings(o.rest[:_FAR]))),
    Cue("the file is wrapped", -3, lambda o: o.wrapped),
    Cue("single sentences follow", -3, lambda o: _layered(o.rest) < 0.12),
    Cue(
        "the text opens with a dateline or a byline", 6, lambda o: begins_anew(o.following) or is_credited(o.following)
    ),
    Cue("the text says it again", 6, lambda o: _says_again(o)),
    Cue("the text introduces the same person again", 6, lambda o: _introduces_again(o)),
    Cue("leaves the title's words to the paragraph below", 2, lambda o: _balance(o) > 0),
    Cue("takes the title's words up", -1, lambda o: _balance(o) < 0),
    Cue("takes several of the title's words up", -1, lambda o: _balance(o) < -1),
    Cue("tells the day", -2, lambda o: tells_the_day(o.first)),
    Cue("the paragraph below tells the day", 1, lambda o: tells_the_day(o.following)),
    Cue("names a source", -1, lambda o: is_attributed(o.first)),
    Cue("begins with a pronoun", -1, lambda o: refers_back(o.first)),
    Cue("the paragraph below refers back", -2, lambda o: refers_back(o.following)),
    Cue("the paragraph below is speech", -2, lambda o: opens_quotation(o.following)),
)
"""Every cue. Weights are small whole numbers on purpose: anyone can add them up."""


def is_standfirst(opening: Opening) -> bool:
    """Whether the paragraph below the title introduces the text rather than begins it."""
    return len(opening.rest) >= 2 and score(opening) >= THRESHOLD


def score(opening: Opening) -> int:
    """The sum of the weights of the cues that hold; 0 for a paragraph that can be no standfirst."""
    if _is_barred(opening.first):
        return 0
    return sum(cue.weight for cue in CUES if cue.holds(opening))


def explain(opening: Opening) -> tuple[str, ...]:
    """The names of all cues that hold."""
    return tuple(cue.name for cue in CUES if cue.holds(opening))


def _is_barred(text: str) -> bool:
    return (
        width(text) > WIDEST
        or ending(text) in ("colon", "open")
        or begins_anew(text)
        or is_front_matter(text)
        or begins_small(text)
        or is_unbalanced(text)
        or _ITEM.match(text) is not None
        or is_beside(text)
    )


# --- What the cues look at --------------------------------------------------------------------


def _layered(texts: Sequence[str]) -> float:
    """The share of paragraphs with more than one sentence."""
    return sum(map(sentence_ends_inside, texts)) / len(texts)


def _typical(texts: Sequence[str]) -> float:
    """The median width of the paragraphs that are not short lines."""
    return median([width(text) for text in texts if width(text) > 62] or [0.0])


def _is_summary(opening: Opening) -> bool:
    """Whether ``first`` is a few sentences shorter than the one paragraph below: a lead is one, and longer."""
    return sentence_ends_inside(opening.first) and width(opening.first) <= min(230, width(opening.following))


def _balance(opening: Opening) -> int:
    """How many more of the title's words the paragraph below has than ``first``."""
    title = _stems(opening.title)
    return len(title & _stems(opening.following)) - len(title & _stems(opening.first))


def _says_again(opening: Opening) -> bool:
    """Whether the paragraph below repeats much of ``first``."""
    known = _stems(opening.first)
    return len(known) >= 4 and len(known & _stems(opening.following)) >= 0.55 * len(known)


def _introduces_again(opening: Opening) -> bool:
    return any(name in text for name in _introductions(opening.first) for text in opening.rest[:8])


def _stems(text: str) -> set[str]:
    """The beginnings of the longer words, enough to know a word again in another inflection; of Han and kana, pairs."""
    if _WIDE.search(text):
        return {text[at : at + 2] for at in range(len(text) - 1) if text[at : at + 2].isalpha()}
    words = (re.sub(r"^\W+|\W+$", "", word) for word in re.split(r"[\s\-–—/]+", text))
    return {word[:5].casefold() for word in words if len(word) >= 4 and not word.isdecimal()}


def _introductions(text: str) -> list[str]:
    """Runs of three and more capitalised words, a person with their office as a rule: a text says it once."""
    words = text.split()
    runs: list[list[str]] = [[]]
    for word in words:
        if word[:1].isupper():
            runs[-1].append(word.rstrip(",.;:"))
        else:
            runs.append([])
    return [" ".join(run) for run in runs if len(run) >= 3]
