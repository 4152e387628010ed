"""A guess at a text's language from its script alone: announced by whoever uses it, never silent."""

from __future__ import annotations

from collections import Counter
from typing import Final

from fontTools.unicodedata import script

_LANGUAGES: Final = {
    "Latn": "en",
    "Grek": "el",
    "Hebr": "he",
    "Thai": "th",
    "Hang": "ko",
    "Hira": "ja",
    "Kana": "ja",
    "Armn": "hy",
    "Geor": "ka",
    "Ethi": "am",
    "Khmr": "km",
    "Laoo": "lo",
    "Mymr": "my",
    "Taml": "ta",
    "Telu": "te",
    "Knda": "kn",
    "Mlym": "ml",
    "Sinh": "si",
    "Guru": "pa",
    "Gujr": "gu",
    "Orya": "or",
    "Beng": "bn",
    "Tibt": "bo",
    "Thaa": "dv",
    "Deva": "hi",
    "Arab": "ar",
    "Cyrl": "ru",
    "Mong": "mn",
}
"""By script (ISO 15924) the language most of what is written in it is written in."""

_LETTERS: Final = {
    "Arab": (("ug", "ېۆۈەڭ"), ("ur", "ٹڈڑںے"), ("ckb", "ڕڵۆێ"), ("ps", "ټډړښځ"), ("fa", "پچژگک")),
    "Cyrl": (("uk", "ґєії"), ("be", "ўі"), ("kk", "әғқңөұүһ"), ("sr", "ђћџљњ"), ("mk", "ѓќѕ"), ("mn", "өү")),
}
"""Letters that tell a language from others of its script, the more telling first."""

_TRADITIONAL: Final = "這個們來說時國會對為與從開關長東車馬門見問間後樣學發經動點種過還進現應當電話體頭實區無"
_SIMPLIFIED: Final = "这个们来说时国会对为与从开关长东车马门见问间后样学发经动点种过还进现应当电话体头实区无"
_ENOUGH: Final = 0.01


def guess_language(text: str) -> str:
    """The BCP 47 tag of the language most texts in the main script of ``text`` have; "und" without letters.

    Of languages that share a script only those with letters of their own are told apart.
    """
    counts: Counter[str] = Counter()
    for character, count in Counter(filter(str.isalpha, text)).items():
        counts[script(character)] += count
    main = max(sorted(counts), key=counts.__getitem__, default="Zyyy")
    if counts["Hira"] + counts["Kana"] > 0.1 * counts.total():
        return "ja"
    match main:
        case "Hani":
            return _chinese(text)
        case "Arab" | "Cyrl":
            return _told_apart(text, main, counts[main])
        case _:
            return _LANGUAGES.get(main, "und")


def _chinese(text: str) -> str:
    traditional = sum(map(text.count, set(_TRADITIONAL) - set(_SIMPLIFIED)))
    simplified = sum(map(text.count, set(_SIMPLIFIED) - set(_TRADITIONAL)))
    return "zh-Hant" if traditional > simplified else "zh-Hans"


def _told_apart(text: str, main: str, letters: int) -> str:
    small = text.lower()
    for language, telling in _LETTERS[main]:
        if sum(map(small.count, telling)) >= _ENOUGH * letters and letters:
            return language
    return _LANGUAGES[main]
