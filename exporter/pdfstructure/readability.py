"""Which drawn text can be read by ToUnicode: one glyph for one character, in the order of the text.

Scripts written right to left are drawn in visual order. In scripts whose letters join, stack or
change places, a glyph has no one text, and a ToUnicode map, which gives it one, misleads.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from exporter.pdfstructure.fonts import Font
from exporter.pdfstructure.lines import Fragment

# First code point of Unicode blocks (Blocks.txt), with the ISO 15924 code where reading needs a proof.
_BLOCKS: tuple[tuple[int, str], ...] = (
    (0x0000, ""),
    (0x0590, "Hebr"),
    (0x0600, "Arab"),
    (0x0700, "Syrc"),
    (0x0750, "Arab"),
    (0x0780, "Thaa"),
    (0x07C0, "Nkoo"),
    (0x0800, "Samr"),
    (0x0840, "Mand"),
    (0x0860, "Syrc"),
    (0x0870, "Arab"),
    (0x0900, "Deva"),
    (0x0980, "Beng"),
    (0x0A00, "Guru"),
    (0x0A80, "Gujr"),
    (0x0B00, "Orya"),
    (0x0B80, "Taml"),
    (0x0C00, "Telu"),
    (0x0C80, "Knda"),
    (0x0D00, "Mlym"),
    (0x0D80, "Sinh"),
    (0x0E00, "Thai"),
    (0x0E80, "Laoo"),
    (0x0F00, "Tibt"),
    (0x1000, "Mymr"),
    (0x10A0, ""),
    (0x1100, "Hang"),
    (0x1200, ""),
    (0x1700, "Tglg"),
    (0x1780, "Khmr"),
    (0x1800, "Mong"),
    (0x18B0, ""),
    (0x1900, "Limb"),
    (0x1950, ""),
    (0x1980, "Talu"),
    (0x19E0, "Khmr"),
    (0x1A00, "Bugi"),
    (0x1A20, "Lana"),
    (0x1AB0, "Zinh"),
    (0x1B00, "Bali"),
    (0x1B80, "Sund"),
    (0x1BC0, "Batk"),
    (0x1C00, "Lepc"),
    (0x1C50, ""),
    (0x1CD0, "Deva"),
    (0x1D00, ""),
    (0x1DC0, "Zinh"),
    (0x1E00, ""),
    (0xA800, "Sylo"),
    (0xA830, ""),
    (0xA880, "Saur"),
    (0xA8E0, "Deva"),
    (0xA900, ""),
    (0xA980, "Java"),
    (0xA9E0, "Mymr"),
    (0xAA00, "Cham"),
    (0xAA60, "Mymr"),
    (0xAA80, "Tavt"),
    (0xAAE0, "Mtei"),
    (0xAB00, ""),
    (0xABC0, "Mtei"),
    (0xAC00, ""),
    (0xD7B0, "Hang"),
    (0xE000, ""),
    (0xFB1D, "Hebr"),
    (0xFB50, "Arab"),
    (0xFE00, ""),
    (0xFE70, "Arab"),
    (0xFF00, ""),
    (0x10800, "Zyyy"),
    (0x12000, ""),
    (0x1E000, "Zyyy"),
    (0x1F000, ""),
)
_STARTS = [start for start, _ in _BLOCKS]

_HYPHENS = ("-", "\u2010", "\u2011", "\u00ad")


_RIGHT_TO_LEFT = {
    "Arab": (
        *("ar", "arb", "arz", "ary", "apc", "acm", "azb", "bal", "bqi", "ckb", "fa", "glk", "ks", "lrc"),
        *("mzn", "pnb", "prs", "ps", "pes", "sd", "skr", "ug", "ur"),
    ),
    "Hebr": ("he", "iw", "yi", "ji", "lad"),
    "Syrc": ("arc", "syr", "aii"),
    "Thaa": ("dv",),
    "Nkoo": ("nqo",),
}
"""Languages (BCP 47 primary subtags) written right to left, by script."""
_SCRIPT_OF = {language: script for script, languages in _RIGHT_TO_LEFT.items() for language in languages}
_RIGHT_TO_LEFT_SCRIPTS = (*_RIGHT_TO_LEFT, "Samr", "Mand", "Adlm", "Rohg")


def unreadable_script(fragments: Iterable[Fragment]) -> str:
    """The ISO 15924 code of what cannot be read in ``fragments``; "" where all can.

    Text that runs right to left, or is in a language written so, counts whatever its letters:
    punctuation of Latin words, too, is drawn where a paragraph that runs right to left puts it.

    "Zinh" stands for marks set apart from their letters, "Zsye" for sequences, "Zyyy" for text set
    right to left and for hyphens of a font that may draw several kinds alike, "Zzzz" for glyphs the
    file does not explain.
    """
    unnamed = ""
    for script in (script for fragment in fragments for script in _scripts(fragment) if script):
        if not script.startswith("Z"):
            return script
        unnamed = unnamed or script
    return unnamed


def _scripts(fragment: Fragment) -> Iterator[str]:
    yield "Zyyy" if fragment.right_to_left else ""
    yield "Zinh" if _sets_marks_apart(fragment) else ""
    for run in fragment.runs:
        unreadable = _unreadable(run.look.font)
        if not unreadable.keys().isdisjoint(run.texts):
            yield from (unreadable[text] for text in dict.fromkeys(run.texts) if text in unreadable)
    yield _written(fragment.language)


@lru_cache(maxsize=64)
def _unreadable(font: Font) -> Mapping[str | None, str]:
    """Those of all texts ``font`` may show that cannot be read, each with its script."""
    scripts = {text: _script(text) for text in (None, *font.characters.values())}
    apart = {} if _tells_hyphens_apart(font) else dict.fromkeys(_HYPHENS, "Zyyy")
    return {text: script for text, script in (scripts | apart).items() if script}


@lru_cache(maxsize=1024)
def _written(language: str) -> str:
    """The script of ``language`` where it is written right to left, else ""."""
    primary, *subtags = language.split("-")
    script = next((tag.title() for tag in subtags if len(tag) == 4), _SCRIPT_OF.get(primary.lower(), ""))
    return script if script in _RIGHT_TO_LEFT_SCRIPTS else ""


def _sets_marks_apart(fragment: Fragment) -> bool:
    """Whether a mark may be mapped to its whole letter (ị drawn as i and a dot), with the word beside it."""
    return not unicodedata.is_normalized("NFD", fragment.text) and fragment.read != fragment.text


@lru_cache(maxsize=65536)
def _script(text: str | None) -> str:
    if not text:
        return "Zzzz"
    composed = unicodedata.normalize("NFC", text)
    for character in composed:
        if script := _BLOCKS[bisect_right(_STARTS, ord(character)) - 1][1]:
            return script
        if unicodedata.combining(character):
            return "Zinh"
    return "" if len(composed) == 1 or (composed.isascii() and composed.isalpha()) else "Zsye"


def _tells_hyphens_apart(font: Font) -> bool:
    """Whether the file shows that hyphen-minus and hyphen, which ends a hyphenated line, are two glyphs."""
    glyphs = {text: font.gid(code) for code, text in font.characters.items() if text in ("-", "\u2010")}
    return len(set(glyphs.values())) == 2
