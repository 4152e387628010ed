"""The font library: what is in it, that it is the same wherever it is built, and what it chooses."""

from __future__ import annotations

import hashlib
import re
import shutil
import unicodedata
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
import uharfbuzz
from fontTools.ttLib import TTFont
from fontTools.unicodedata import script

from exporter import fonts
from exporter.errors import ToolError
from exporter.fonts import debian
from exporter.fonts.faces import NOTO_CORE, Package, faces

FEW = tuple(face for face in faces() if face.family in ("Ed Text", "Ed Signs", "Ed Thaana"))
PANGO_WORDS = {"thin", "light", "book", "regular", "medium", "bold", "heavy", "black", "italic", "oblique", "roman"}


@pytest.fixture(scope="session")
def library() -> Path:
    """The library in the user's cache."""
    return fonts.library()


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of few faces."""
    return fonts.library(tmp_path_factory.mktemp("few"), wanted=FEW)


def contents(folder: Path) -> dict[str, bytes]:
    """Every font of a library, by name."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in (".ttf", ".otf")}


def glyph(folder: Path, family: str, character: str) -> int:
    """The glyph a family's regular face draws ``character`` with, 0 for none."""
    (entry,) = (e for e in fonts.entries(folder) if (e.family, e.weight, e.style) == (family, 400, "normal"))
    font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(folder / entry.file))))
    return font.get_nominal_glyph(ord(character)) or 0


# What is in it


def test_the_manifest_tells_each_file_by_its_digest(library: Path) -> None:
    listed = fonts.entries(library)
    assert len(faces()) == len(listed)
    for entry in listed:
        assert entry.sha256 == hashlib.sha256((library / entry.file).read_bytes()).hexdigest()


def test_there_is_one_file_for_each_family_weight_and_style(library: Path) -> None:
    keys = Counter((entry.family, entry.weight, entry.style) for entry in fonts.entries(library))
    assert {1} == set(keys.values())


def test_the_files_carry_the_names_weights_and_styles_of_the_manifest(library: Path) -> None:
    for entry in fonts.entries(library):
        font = TTFont(library / entry.file, lazy=True)
        italic = bool(font["OS/2"].fsSelection & 1)
        found = (font["name"].getDebugName(1), font["OS/2"].usWeightClass, "italic" if italic else "normal")
        assert (entry.family, entry.weight, entry.style) == found


def test_no_face_is_variable(library: Path) -> None:
    assert [e.file for e in fonts.entries(library) if "fvar" in TTFont(library / e.file, lazy=True)] == []


def test_pango_reads_no_size_or_weight_at_the_end_of_a_family_name() -> None:
    last_words = {face.family.split()[-1].lower() for face in faces()}
    assert set() == last_words & PANGO_WORDS
    assert not any(word[-1].isdigit() for word in last_words)


def test_only_its_own_folder_is_configured(library: Path) -> None:
    configuration = (library / "fonts.conf").read_text(encoding="utf-8")
    assert "<reset-dirs/>" in configuration
    assert [str(library)] == re.findall(r"<dir>(.*?)</dir>", configuration)


def test_every_face_can_set_a_space(library: Path) -> None:
    assert [e.file for e in fonts.entries(library) if not any(a <= 0x20 <= b for a, b in e.characters)] == []


def test_the_hyphen_of_hyphenation_has_a_glyph_of_its_own(library: Path) -> None:
    for family in ("Ed Text", "Ed Serif", "Ed Sans", "Ed Mono"):
        assert glyph(library, family, "\u2010") not in (0, glyph(library, family, "-"))


def test_characters_given_a_glyph_of_their_own_look_and_measure_as_before(library: Path) -> None:
    font = TTFont(library / "EdText-400.ttf")
    names = font.getBestCmap()
    hyphen, own = names[ord("-")], names[0x2010]
    assert font["hmtx"][hyphen] == font["hmtx"][own]
    assert font["glyf"][hyphen] == font["glyf"][own]


def test_private_use_characters_are_left_out_of_symbols(library: Path) -> None:
    (entry,) = (e for e in fonts.entries(library) if e.family == "Ed Math")
    assert not any(a <= 0xE000 <= b or a <= 0xF000 <= b for a, b in entry.characters)


def test_the_vendored_fonts_stand_beside_their_licences() -> None:
    folder = Path(fonts.__file__).parent / "vendored"
    families = {path.stem.partition("-")[0] for path in folder.glob("*.ttf")}
    assert families | {"Noto"} == {path.stem.partition("-")[2] for path in folder.glob("OFL-*.txt")}
    assert all("SIL OPEN FONT LICENSE" in path.read_text(encoding="utf-8") for path in folder.glob("OFL-*.txt"))


def test_the_faces_from_debian_are_those_of_the_list() -> None:
    folder = Path(fonts.__file__).parent / "vendored"
    listed = dict(
        reversed(line.split("  ")) for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    )
    assert listed == {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.glob("*.woff2")}
    assert set(listed) == {f"{stem}.woff2" for stem in NOTO_CORE.values()}


NEWER = (
    *(0x1B4C, 0x1B4E, 0x1B4F, 0x1B7D, 0x1B7E, 0x1B7F, 0x11147, *range(0x11AB0, 0x11AC0), 0x2C2F, 0x2C5F, 0x11FB0),
    *(*range(0x860, 0x86B), 0x170D, 0x1715, 0x171F, 0x180F),
)
"""What Unicode has given the scripts of the vendored faces since these were drawn, and what Syriac's leaves out."""


def test_every_letter_of_the_vendored_scripts_has_a_glyph_but_newer_ones(library: Path) -> None:
    letters = "".join(chr(code) for code in range(0x300, 0x1F000) if script(chr(code)) in NOTO_CORE)
    assert sorted(NEWER) == list(map(ord, fonts.coverage(letters, library)))


def test_format_characters_that_are_drawn_need_a_glyph(library: Path) -> None:
    assert fonts.coverage("\u0600\u06dd\u00ad\u200d\u2066\u2069", library) == ()
    assert fonts.coverage("\U00013430", library) == ("\U00013430",)


def test_the_faces_of_historic_scripts_are_pinned_by_digest() -> None:
    assert len(debian.pinned()) == 55
    assert not set(debian.pinned()) & set(NOTO_CORE)
    assert all(re.fullmatch("[0-9a-f]{64}", each.sha256) for each in debian.pinned().values())


def test_a_character_of_a_historic_script_names_the_package_that_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian.Pinned, "installed", property(lambda _: False))
    assert fonts.remedy("\U00013000") == "sudo apt-get install fonts-noto-core=20201225-1"
    assert fonts.remedy("a") == fonts.remedy("\ue000") == ""


def test_a_font_of_the_systems_must_be_the_very_file(tmp_path: Path) -> None:
    vendored = Path(fonts.__file__).parent / "vendored"
    package, file = Package("some-fonts", "", str(vendored), "1.0"), "NotoSansThaana-Regular.ttf"
    digest = hashlib.sha256((vendored / file).read_bytes()).hexdigest()
    face = replace(next(each for each in FEW if each.family == "Ed Thaana"), package=package, file=file, sha256=digest)
    assert fonts.entries(fonts.library(tmp_path, wanted=(face,)))[0].family == "Ed Thaana"
    with pytest.raises(ToolError, match=r"is not the file of some-fonts 1\.0"):
        fonts.library(tmp_path, wanted=(replace(face, sha256="0" * 64),))


# Building


def test_two_builds_give_the_same_bytes(few: Path, tmp_path: Path) -> None:
    again = fonts.library(tmp_path, wanted=FEW)
    assert few.name == again.name
    assert contents(few) == contents(again)
    assert (few / "manifest.json").read_bytes() == (again / "manifest.json").read_bytes()


def test_other_faces_make_another_library(few: Path, tmp_path: Path) -> None:
    assert few.name != fonts.library(tmp_path, wanted=FEW[:1]).name


def test_progress_is_told_of_each_face(tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    fonts.library(tmp_path, lambda *facts: told.append(facts), wanted=FEW[:2])
    assert told == [(1, 2, "Ed Text"), (2, 2, "Ed Text")]


def test_a_whole_library_is_not_built_again(few: Path) -> None:
    told: list[int] = []
    fonts.library(few.parent, lambda number, *_: told.append(number), wanted=FEW)
    assert told == []


@pytest.mark.parametrize("damage", ["a file is gone", "a file is cut", "no manifest", "a broken manifest", "no conf"])
def test_a_damaged_library_is_built_again(damage: str, few: Path, tmp_path: Path) -> None:
    folder = tmp_path / few.name
    shutil.copytree(few, folder)
    match damage:
        case "a file is gone":
            (folder / "EdText-400.ttf").unlink()
        case "a file is cut":
            (folder / "EdText-400.ttf").write_bytes(b"short")
        case "no manifest":
            (folder / "manifest.json").unlink()
        case "a broken manifest":
            (folder / "manifest.json").write_text("[{", encoding="utf-8")
        case _:
            (folder / "fonts.conf").unlink()
    assert contents(few) == contents(fonts.library(tmp_path, wanted=FEW))


def test_nothing_unfinished_is_left_behind(few: Path) -> None:
    assert {few.name, ".lock"} == {path.name for path in few.parent.iterdir()}


def test_a_missing_package_is_named(tmp_path: Path) -> None:
    missing = replace(FEW[0], package=Package("no-such-fonts", "no_such_fonts"))
    with pytest.raises(ToolError, match="pip install no-such-fonts"):
        fonts.library(tmp_path, wanted=(missing,))


def test_a_package_without_the_font_is_named(tmp_path: Path) -> None:
    with pytest.raises(ToolError, match=r"has no font 'gone\.ttf'"):
        fonts.library(tmp_path, wanted=(replace(FEW[0], file="gone.ttf"),))


def test_the_cache_is_where_xdg_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert fonts.library(wanted=FEW[:1]).parent == tmp_path / "article-exporter" / "fonts"


# Choosing


def test_european_text_is_set_in_the_text_face_where_that_has_every_letter(library: Path) -> None:
    assert fonts.families("Łódź, København, Αθήνα, Київ", "en", "serif", library)[0] == "Ed Text"


def test_one_letter_it_lacks_changes_the_face_of_the_whole_text(library: Path) -> None:
    chosen = fonts.families("Eʋegbe, ɖekakpui", "ee", "serif", library)
    assert chosen[0] == "Ed Serif"
    assert "Ed Text" not in chosen


@pytest.mark.parametrize(
    ("text", "language", "first"),
    [
        ("اللغة العربية in English", "ar", "Ed Arabic"),
        ("हिन्दी", "hi", "Ed Devanagari"),
        ("བོད་སྐད", "bo", "Ed Tibetan"),
        ("ދިވެހި", "dv", "Ed Thaana"),
        ("123", "en", "Ed Text"),
    ],
)
def test_the_main_script_leads(text: str, language: str, first: str, library: Path) -> None:
    assert first == fonts.families(text, language, "serif", library)[0]


@pytest.mark.parametrize(
    ("language", "region"),
    [("zh-Hans", "SC"), ("zh-TW", "TC"), ("yue", "TC"), ("ja", "JP"), ("ko", "KR"), ("en", "SC")],
)
def test_chinese_characters_take_the_form_of_the_language(language: str, region: str, library: Path) -> None:
    chosen = fonts.families("漢字漢字", language, "serif", library)
    assert ("Ed Alnum", f"Ed CJK {region}") == chosen[:2]


def test_kana_in_a_text_of_another_language_ask_for_japanese_forms(library: Path) -> None:
    chosen = fonts.families("A word, 漢字 (かんじ), explained", "en", "serif", library)
    assert next(family for family in chosen if family.startswith("Ed CJK")) == "Ed CJK JP"


def test_quotation_marks_and_dots_in_chinese_come_from_the_chinese_font(few: Path, library: Path) -> None:
    assert 0 == glyph(library, "Ed Alnum", "“") == glyph(library, "Ed Alnum", "…")
    assert glyph(library, "Ed CJK SC", "“") != 0


def test_a_script_that_occurs_is_listed_before_symbols(library: Path) -> None:
    chosen = fonts.families("Mostly English, with שלום", "en", "sans", library)
    assert chosen[0] == "Ed Sans"
    assert chosen.index("Ed Hebrew") < chosen.index("Ed Symbols")


@pytest.mark.parametrize("style", ["serif", "sans", "mono"])
def test_every_family_chosen_is_in_the_library(style: fonts.Style, library: Path) -> None:
    text = "".join(chr(code) for code in range(0x20, 0x3100) if unicodedata.category(chr(code)) != "Cn")
    known = {entry.family for entry in fonts.entries(library)}
    assert set() == set(fonts.families(text, "en", style, library)) - known


def test_characters_no_font_has_are_named_in_order(library: Path) -> None:
    assert fonts.coverage("A \u00ad\u200d\ue000 café ☑ 漢 \u1800 \U00012ff0 😀", library) == ("\ue000", "\U00012ff0")


@pytest.mark.parametrize("sign", "฿㎞؋༄՝۞㋀ー゛︵࿕₾")
def test_a_sign_without_letters_of_its_script_gets_a_font_that_has_it(library: Path, sign: str) -> None:
    faces = [entry for entry in fonts.entries(library) if (entry.weight, entry.style) == (400, "normal")]
    having = {each.family for each in faces if any(first <= ord(sign) <= last for first, last in each.characters)}
    assert having & set(fonts.families(f"a {sign}", "en", folder=library))


def test_an_ideographic_variant_and_a_tag_need_no_glyph_of_their_own() -> None:
    assert fonts.coverage("葛\U000e0100 🏴\U000e0067\U000e0062\U000e007f") == ()


@pytest.mark.parametrize(("character", "script"), [("\U000110bd", "Kthi"), ("\U0001bca0", "Dupl"), ("\ufff9", "")])
def test_a_format_character_that_leaves_ink_needs_one(character: str, script: str) -> None:
    has_font = bool(script) and debian.pinned()[script].installed  # fonts-noto-core need not be here
    assert fonts.coverage(character) == (() if has_font else (character,))
