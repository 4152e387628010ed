"""The faces of the library, and the pip packages they are made from.

One file for each family, weight and style: two files that share all three are mixed up by
WeasyPrint without a word. Family names end neither in a digit nor in a word like Book or Light:
Pango reads them as a size or a weight.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from exporter.fonts import debian

Characters = Literal["all", "script", "symbols", "emoji", "letters"]
"""Which of a font's characters a face keeps; ``docs/fonts.md`` says why."""


@dataclass(frozen=True, slots=True)
class Package:
    """A pip package of fonts: ``folder`` is where they lie in its ``module``.

    One of the system's has a ``version`` it must be of, and no module.
    """

    name: str
    module: str
    folder: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Face:
    """A static face: instance ``axes`` of the font ``file``. ``scripts`` are ISO 15924 codes.

    ``sha256`` is the file's digest, where nobody else vouches for it.
    """

    family: str
    weight: int
    style: Literal["normal", "italic"]
    package: Package
    file: str
    axes: tuple[tuple[str, float], ...]
    scripts: tuple[str, ...] = ()
    characters: Characters = "all"
    sha256: str = ""

    @property
    def name(self) -> str:
        """The file's name in the library, without suffix."""
        return f"{self.family.replace(' ', '')}-{self.weight}{'i' if self.style == 'italic' else ''}"


WESTERN: Final = Package("justmytype-western-core", "justmytype_western_core", "fonts/ofl")
CJK: Final = Package("justmytype-intl-cjk", "justmytype_intl_cjk", "fonts/ofl")
NOTO: Final = Package("manimgx-fonts", "manimgx_fonts")
DEBIAN: Final = Package(debian.PACKAGE, "", debian.FOLDER, debian.VERSION)
VENDORED: Final = Package("article-exporter", "exporter.fonts", "vendored")
"""Scripts no font package has; ``docs/decisions/0002-fonts.md`` says where their files come from."""

SCRIPTS: Final[Mapping[str, str]] = {
    "Arab": "Arabic",
    "Armn": "Armenian",
    "Beng": "Bengali",
    "Deva": "Devanagari",
    "Ethi": "Ethiopic",
    "Geor": "Georgian",
    "Gujr": "Gujarati",
    "Guru": "Gurmukhi",
    "Hebr": "Hebrew",
    "Knda": "Kannada",
    "Khmr": "Khmer",
    "Laoo": "Lao",
    "Mlym": "Malayalam",
    "Mymr": "Myanmar",
    "Orya": "Oriya",
    "Sinh": "Sinhala",
    "Taml": "Tamil",
    "Telu": "Telugu",
    "Thai": "Thai",
}
"""Scripts a pip package has a font of its own for, by ISO 15924 code."""

NOTO_CORE: Final[Mapping[str, str]] = {
    "Adlm": "NotoSansAdlam",
    "Bali": "NotoSansBalinese",
    "Bamu": "NotoSansBamum",
    "Bass": "NotoSansBassaVah",
    "Batk": "NotoSansBatak",
    "Bugi": "NotoSansBuginese",
    "Buhd": "NotoSansBuhid",
    "Cakm": "NotoSansChakma",
    "Cans": "NotoSansCanadianAboriginal",
    "Cham": "NotoSansCham",
    "Cher": "NotoSansCherokee",
    "Copt": "NotoSansCoptic",
    "Dsrt": "NotoSansDeseret",
    "Glag": "NotoSansGlagolitic",
    "Gong": "NotoSansGunjalaGondi",
    "Gonm": "NotoSansMasaramGondi",
    "Goth": "NotoSansGothic",
    "Hano": "NotoSansHanunoo",
    "Hmng": "NotoSansPahawhHmong",
    "Hmnp": "NotoSerifNyiakengPuachueHmong",
    "Ital": "NotoSansOldItalic",
    "Java": "NotoSansJavanese",
    "Kali": "NotoSansKayahLi",
    "Lana": "NotoSansTaiTham",
    "Lepc": "NotoSansLepcha",
    "Limb": "NotoSansLimbu",
    "Lisu": "NotoSansLisu",
    "Mand": "NotoSansMandaic",
    "Medf": "NotoSansMedefaidrin",
    "Mend": "NotoSansMendeKikakui",
    "Mong": "NotoSansMongolian",
    "Mroo": "NotoSansMro",
    "Mtei": "NotoSansMeeteiMayek",
    "Newa": "NotoSansNewa",
    "Nkoo": "NotoSansNKo",
    "Ogam": "NotoSansOgham",
    "Olck": "NotoSansOlChiki",
    "Osge": "NotoSansOsage",
    "Osma": "NotoSansOsmanya",
    "Pauc": "NotoSansPauCinHau",
    "Phag": "NotoSansPhagsPa",
    "Plrd": "NotoSansMiao",
    "Rjng": "NotoSansRejang",
    "Rohg": "NotoSansHanifiRohingya",
    "Runr": "NotoSansRunic",
    "Samr": "NotoSansSamaritan",
    "Saur": "NotoSansSaurashtra",
    "Shaw": "NotoSansShavian",
    "Sora": "NotoSansSoraSompeng",
    "Sund": "NotoSansSundanese",
    "Sylo": "NotoSansSylotiNagri",
    "Syrc": "NotoSansSyriac",
    "Tagb": "NotoSansTagbanwa",
    "Tale": "NotoSansTaiLe",
    "Talu": "NotoSansNewTaiLue",
    "Tavt": "NotoSansTaiViet",
    "Tfng": "NotoSansTifinagh",
    "Tglg": "NotoSansTagalog",
    "Vaii": "NotoSansVai",
    "Wara": "NotoSansWarangCiti",
    "Wcho": "NotoSansWancho",
    "Yezi": "NotoSerifYezidi",
    "Yiii": "NotoSansYi",
    "Zsym": "NotoMusic",
}
"""Vendored faces of Noto by ISO 15924 code, for scripts no pip package has; ``Zsym`` is for musical symbols."""

REGIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "SC": ("Hani", "Bopo"),
    "TC": ("Hani", "Bopo"),
    "JP": ("Hani", "Hira", "Kana"),
    "KR": ("Hani", "Hang"),
}
"""The regional forms of Chinese characters, each a font of its own."""


def _bare(stem: str) -> str:
    return stem.removeprefix("NotoSans").removeprefix("NotoSerif")


FAMILIES: Final[Mapping[str, str]] = {
    **{code: f"Ed {name}" for code, name in SCRIPTS.items()},
    **{code: f"Ed {_bare(stem)}" for code, stem in NOTO_CORE.items()},
    "Thaa": "Ed Thaana",
    "Tibt": "Ed Tibetan",
    "Zsym": "Ed Music",
    **{code: f"Ed {_bare(font.file.removesuffix('-Regular.ttf'))}" for code, font in debian.pinned().items()},
}
"""The family that each script with a font of its own is set in."""

EUROPEAN: Final = ("Latn", "Grek", "Cyrl")


def faces() -> tuple[Face, ...]:
    """Every face of the library, in the order they are built."""
    return (*_european(), *_scripts(), *_historic(), *_regions(), *_symbols())


def _european() -> Iterator[Face]:
    wide = (("wdth", 100.0),)
    serif, italic = "notoserif/NotoSerif[wdth,wght].ttf", "notoserif/NotoSerif-Italic[wdth,wght].ttf"
    text, text_italic = "sourceserif4/SourceSerif4[opsz,wght].ttf", "sourceserif4/SourceSerif4-Italic[opsz,wght].ttf"
    yield from _weights("Ed Serif", WESTERN, serif, wide, EUROPEAN)
    yield from _weights("Ed Serif", WESTERN, italic, wide, EUROPEAN, style="italic")
    yield from _weights("Ed Text", WESTERN, text, (("opsz", 11.0),), EUROPEAN)
    yield from _weights("Ed Text", WESTERN, text_italic, (("opsz", 11.0),), EUROPEAN, style="italic")
    yield from _weights("Ed Sans", NOTO, "NotoSans[wght].ttf", (), EUROPEAN)
    yield from _weights("Ed Sans", NOTO, "NotoSans-Italic[wght].ttf", (), EUROPEAN, style="italic")
    yield from _weights("Ed Mono", WESTERN, "notosansmono/NotoSansMono[wdth,wght].ttf", wide, EUROPEAN)
    yield from _weights("Ed Alnum", WESTERN, serif, wide, characters="letters")
    yield from _weights("Ed Alnum", WESTERN, italic, wide, style="italic", characters="letters")


def _scripts() -> Iterator[Face]:
    for code, name in SCRIPTS.items():
        yield from _weights(FAMILIES[code], NOTO, f"NotoSans{name}[wght].ttf", (), (code,), characters="script")
    for weight, file in ((400, "NotoSansThaana-Regular.ttf"), (700, "NotoSansThaana-Bold.ttf")):
        yield Face("Ed Thaana", weight, "normal", VENDORED, file, (), ("Thaa",), "script")
    yield Face("Ed Tibetan", 400, "normal", VENDORED, "NotoSerifTibetan-Regular.ttf", (), ("Tibt",), "script")
    for code, stem in NOTO_CORE.items():
        if code != "Zsym":
            yield Face(FAMILIES[code], 400, "normal", VENDORED, f"{stem}.woff2", (), (code,), "script")


def _historic() -> Iterator[Face]:
    """Those of the scripts whose fonts this system happens to have."""
    for code, font in debian.pinned().items():
        if font.installed:
            yield Face(FAMILIES[code], 400, "normal", DEBIAN, font.file, (), (code,), "script", font.sha256)


def _regions() -> Iterator[Face]:
    for region, scripts in REGIONS.items():
        file = f"notosans{region.lower()}/NotoSans{region}[wght].ttf"
        yield from _weights(f"Ed CJK {region}", CJK, file, (), scripts)


def _symbols() -> Iterator[Face]:
    regular = (("wght", 400.0),)
    symbols, more = "NotoSansSymbols[wght].ttf", "notosanssymbols2/NotoSansSymbols2-Regular.ttf"
    yield Face("Ed Symbols", 400, "normal", NOTO, symbols, regular, characters="symbols")
    yield Face("Ed Signs", 400, "normal", WESTERN, more, (), characters="symbols")
    yield Face("Ed Math", 400, "normal", WESTERN, "stixtwomath/STIXTwoMath-Regular.ttf", (), characters="symbols")
    yield Face(FAMILIES["Zsym"], 400, "normal", VENDORED, f"{NOTO_CORE['Zsym']}.woff2", ())
    yield Face("Ed Emoji", 400, "normal", NOTO, "NotoEmoji[wght].ttf", regular, characters="emoji")


def _weights(
    family: str,
    package: Package,
    file: str,
    axes: tuple[tuple[str, float], ...],
    scripts: tuple[str, ...] = (),
    *,
    style: Literal["normal", "italic"] = "normal",
    characters: Characters = "all",
) -> Iterator[Face]:
    yield Face(family, 400, style, package, file, (*axes, ("wght", 400.0)), scripts, characters)
    yield Face(family, 700, style, package, file, (*axes, ("wght", 700.0)), scripts, characters)
