"""Which paragraphs of a plain text are sub-headings: a guess from form, in any script.

A newspaper's sub-heading is short among long paragraphs, does not end as its neighbours end, and
has text of the article below it. Each cue has a name and a weight; a paragraph whose cues add up to
``THRESHOLD`` is a sub-heading. Some things bar a paragraph whatever its cues: it is long, it is the
last, nothing it could head follows, it is speech, it belongs to a run of short lines (a list, a
poem, results). The author overrules all of it with marks (``docs/source-format.md``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final, TypeAlias

from exporter.readers.bylines import is_beside, is_front_matter
from exporter.readers.reports import asks
from exporter.readers.sentences import (
    QUOTES,
    begins_small,
    capitals,
    ending,
    is_closed,
    is_quoted_sentence,
    is_unbalanced,
    opens_quotation,
    sentence_ends_inside,
    width,
)

THRESHOLD: Final = 4
WIDEST: Final = 100
"""No sub-heading is wider (in Latin letters, ``sentences.width``)."""

_NUMBERED: Final = re.compile(r"(?:[^\W\d_]+ )?(?:\d{1,3}|[IVXLC]+)[.):]\s+(?=\S)")
_ITEM: Final = re.compile(r"[-–—•·*‣▪●○◦>+]\s*\S")
_SPEAKER: Final = re.compile(r"(?:[^\W\d_]{1,2}\s?[:：]|[^\W\d_]\.)\s")
_RESULT: Final = re.compile(r"(?<!\d)\d{1,3}\s?[-–:]\s?\d{1,3}(?!\d)")


@dataclass(frozen=True, slots=True)
class Setting:
    """A paragraph among its neighbours; ``before`` and ``after`` are "" at the ends of the body.

    ``punctuated`` says whether this text ends its sentences with a mark at all (Thai and Lao do
    not), ``typical`` is the median width of its paragraphs, ``extra_gap`` whether more blank lines
    stand above than is usual in the file, ``leading`` whether no finished sentence stands above,
    ``quoted`` whether a quotation is open, ``repeated`` whether another paragraph has the same words.
    """

    text: str
    before: str
    after: str
    punctuated: bool
    typical: float
    extra_gap: bool = False
    leading: bool = False
    quoted: bool = False
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Cue:
    """A reason for or against a sub-heading."""

    name: str
    weight: int
    holds: Callable[[Setting], bool]


def _within(low: float, high: float) -> Callable[[Setting], bool]:
    return lambda setting: low < width(setting.text) <= high


def _ends(*endings: str) -> Callable[[Setting], bool]:
    return lambda setting: ending(setting.text) in endings


CUES: Final = (
    Cue("very short", 2, _within(0, 42)),
    Cue("short", 1, _within(42, 62)),
    Cue("long", -1, _within(84, WIDEST)),
    Cue("not closed, where the others are", 2, lambda s: s.punctuated and ending(s.text) == "none"),
    Cue("closed by a full stop", -2, _ends("stop")),
    Cue("asks or calls", 1, _ends("question", "exclamation")),
    Cue("asks without the mark", 2, lambda s: ending(s.text) == "stop" and asks(s.text)),
    Cue("leads in with a colon", -2, _ends("colon")),
    Cue("below a lead-in", -2, lambda s: ending(s.before) in ("colon", "open")),
    Cue("stands above a longer paragraph", 1, lambda s: width(s.after) >= 1.5 * width(s.text)),
    Cue("stands below a finished paragraph", 1, lambda s: not s.before or is_closed(s.before) or not s.punctuated),
    Cue("set off by blank lines", 2, lambda s: s.extra_gap),
    Cue("numbered", 2, lambda s: _NUMBERED.match(s.text) is not None),
    Cue("in capitals", 1, lambda s: capitals(s.text) > 0.9 and len(s.text.split()) > 2),
    Cue("begins small", -3, lambda s: begins_small(s.text)),
    Cue("several sentences", -3, lambda s: sentence_ends_inside(_NUMBERED.sub("", s.text, count=1))),
    Cue("mostly figures", -3, lambda s: sum(map(str.isdigit, s.text)) > 0.25 * len(s.text)),
    Cue("a result", -4, lambda s: _RESULT.search(s.text) is not None and len(s.text.split()) <= 5),
    Cue("no mark tells, and the contrast is weak", -2, lambda s: not s.punctuated and not _contrasts(s, 0.25)),
)
"""Every cue. Weights are small whole numbers on purpose: anyone can add them up."""

BARS: Final = (
    Cue("wider than any", 0, lambda s: width(s.text) > WIDEST),
    Cue("nothing to head", 0, lambda s: not s.after),
    Cue("goes on", 0, _ends("open")),
    Cue("speech", 0, lambda s: is_quoted_sentence(s.text) or is_unbalanced(s.text)),
    Cue("a list item", 0, lambda s: _ITEM.match(s.text) is not None),
    Cue("a speaker's turn", 0, lambda s: _SPEAKER.match(s.text) is not None),
    Cue("an address, a credit or a call", 0, lambda s: is_beside(s.text)),
    Cue("front matter", 0, lambda s: s.leading and is_front_matter(s.text)),
    Cue("inside a quotation", 0, lambda s: s.quoted),
    Cue("said elsewhere in the text", 0, lambda s: s.repeated),
    Cue("no letters", 0, lambda s: not any(map(str.isalpha, s.text))),
)
"""What is never a sub-heading."""


def subheadings(texts: Sequence[str], gaps: Sequence[int] = ()) -> tuple[int, ...]:
    """Which of a body's paragraphs ``texts`` are sub-headings, by index.

    ``gaps`` says how many blank lines stand above each; without it none are known.
    """
    around = settings(texts, gaps)
    points = [score(setting) for setting in around]
    sure = {at for at, sum_ in enumerate(points) if sum_ >= THRESHOLD}
    kinds = {ending(texts[at]) for at in sure}
    near = {at for at, sum_ in enumerate(points) if sum_ == THRESHOLD - 1 and ending(texts[at]) in kinds}
    listed = {at for at, setting in enumerate(around) if _is_like_an_item(setting)}
    return tuple(at for at in sorted(sure | near) if _heads(at, sure | near | listed))


def score(setting: Setting) -> int:
    """The sum of the weights of the cues that hold; 0 for a barred paragraph."""
    if any(bar.holds(setting) for bar in BARS):
        return 0
    return sum(cue.weight for cue in CUES if cue.holds(setting))


def explain(setting: Setting) -> tuple[str, ...]:
    """The names of all cues and bars that hold."""
    return tuple(cue.name for cue in (*BARS, *CUES) if cue.holds(setting))


def _is_like_an_item(setting: Setting) -> bool:
    """Whether a paragraph is short and unfinished: alone a heading, in a run an item of a list or a line of a poem."""
    short = width(setting.text) <= min(WIDEST, 0.7 * setting.typical)
    return short and not is_closed(setting.text) and not is_beside(setting.text)


def _heads(at: int, short: set[int]) -> bool:
    """Whether text follows: of two short lines the lower one heads it, in a run of three and more none does."""
    return at + 1 not in short and not {at - 1, at - 2} <= short


# --- Neighbours -------------------------------------------------------------------------------


def settings(texts: Sequence[str], gaps: Sequence[int] = ()) -> list[Setting]:
    """Each of ``texts`` among its neighbours."""
    typical = median(map(width, texts)) if texts else 0.0
    punctuated = is_punctuated(texts)
    usual = median(gaps) if gaps else 0
    first = next((at for at, text in enumerate(texts) if ending(text) == "stop"), 0)
    quoted = _quoted(texts)
    repeated = _repeated(texts)
    return [
        Setting(
            text,
            before=texts[at - 1] if at else "",
            after=texts[at + 1] if at + 1 < len(texts) else "",
            punctuated=punctuated,
            typical=typical,
            extra_gap=bool(gaps) and gaps[at] > usual,
            leading=at < first,
            quoted=quoted[at],
            repeated=repeated[at],
        )
        for at, text in enumerate(texts)
    ]


_LONGEST_QUOTATION: Final = 6


def _quoted(texts: Sequence[str]) -> list[bool]:
    """For each paragraph, whether a quotation that an earlier one opened is still open above it.

    Each paragraph of a long quotation may open it again, as English has it; after six it is forgotten.
    """
    opened: int | None = None
    inside: list[bool] = []
    for at, text in enumerate(texts):
        inside.append(opened is not None and at - opened <= _LONGEST_QUOTATION)
        if is_unbalanced(text):
            opened = at if not inside[-1] or opens_quotation(text) else None
    return inside


def _repeated(texts: Sequence[str]) -> list[bool]:
    """For each paragraph, whether it stands twice, or, from five words on, within another one (a pull quote)."""
    counts = Counter(texts)
    short = {text: text.strip(QUOTES) for text in counts if width(text) <= WIDEST}
    holding = _holding({_inside(bare) for bare in short.values()}, counts)

    def is_repeated(text: str) -> bool:
        if counts[text] > 1:
            return not _NUMBERED.match(text)  # a table of contents names chapters, too
        return any(short[text] in other for other in holding[_inside(short[text])] if other != text)

    return [text in short and is_repeated(text) for text in texts]


_Words: TypeAlias = tuple[str, ...]


def _inside(text: str) -> _Words:
    """Three words from inside ``text``, which stand whole wherever it is quoted; none where it has less than five."""
    words = text.split()
    return tuple(words[1:4]) if len(words) >= 5 else ()


def _holding(wanted: Collection[_Words], texts: Iterable[str]) -> Mapping[_Words, Sequence[str]]:
    """The texts that each of ``wanted`` stands in: so that a book is looked through once, not once for each line."""
    found: dict[_Words, list[str]] = {words: [] for words in wanted}
    for text in texts:
        words = text.split()
        for three in set(zip(words, words[1:], words[2:], strict=False)) & found.keys():
            found[three].append(text)
    return found


def is_punctuated(texts: Sequence[str]) -> bool:
    """Whether the longer half of ``texts`` mostly ends with the marks that end sentences."""
    long = sorted(texts, key=width)[len(texts) // 2 :]
    return sum(map(is_closed, long)) > 0.5 * len(long)


def _contrasts(setting: Setting, share: float) -> bool:
    """Whether both neighbours are much wider."""
    around = [width(text) for text in (setting.before, setting.after) if text]
    return bool(around) and width(setting.text) <= share * min(around)
