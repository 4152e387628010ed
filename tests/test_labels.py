"""The words editions add, in each language there is a file for."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from babel import Locale

from exporter import labels
from exporter.errors import SettingsError
from exporter.templating import builtin_templates

FOLDER = builtin_templates() / "labels"
FILES = sorted(FOLDER.glob("*.toml"))
ENGLISH = tomllib.loads((FOLDER / "en.toml").read_text(encoding="utf-8"))
PAIRS_MAY_AGREE = {"notes", "note"}


def words(path: Path) -> dict[str, str]:
    """The labels of a file as written."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def test_there_are_labels_for_more_than_fifty_languages() -> None:
    assert len(FILES) > 50


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_has_the_keys_of_the_english_one(path: Path) -> None:
    assert list(words(path)) == list(ENGLISH)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_label_is_empty_or_has_space_at_its_ends(path: Path) -> None:
    assert [word for word in words(path).values() if not word or word != word.strip()] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_labels_that_mean_different_things_differ(path: Path) -> None:
    distinct = [word for name, word in words(path).items() if name not in PAIRS_MAY_AGREE]
    assert len(set(distinct)) == len(distinct)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_named_by_a_language_babel_knows_or_its_dates_are_iso(path: Path) -> None:
    assert path.stem == "dv" or Locale.parse(path.stem, sep="-")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_greeting_has_words_on_one_side_of_the_name_alone(path: Path) -> None:
    sides = words(path)["greeting"].split("#")
    assert sum(any(map(str.isalnum, side)) for side in sides) == 1


@pytest.mark.parametrize(
    ("language", "used"),
    [
        ("de-AT", "de"),
        ("pt-BR", "pt"),
        ("no", "no"),
        ("zh", "zh"),
        ("zh-Hans-SG", "zh-Hans"),
        ("zh-Hant-TW", "zh-Hant"),
        ("zh-TW", "zh-TW"),
        ("cy", "en"),
        ("und", "en"),
    ],
)
def test_a_language_without_a_file_uses_its_parents(language: str, used: str) -> None:
    assert labels.load(language, (FOLDER.parent,)).language == used


@pytest.mark.parametrize("language", ["zh-TW", "zh-HK", "zh-MO"])
def test_where_traditional_characters_are_written_labels_are_too(language: str) -> None:
    assert words(FOLDER / f"{language}.toml") == words(FOLDER / "zh-Hant.toml")


def test_templates_without_labels_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"No labels/en\.toml"):
        labels.load("en", (tmp_path,))


def test_a_file_that_lacks_a_label_is_refused(tmp_path: Path) -> None:
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "en.toml").write_text('by = "By"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match="missing or unknown label"):
        labels.load("en", (tmp_path,))


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        (b'by = "By', r"en\.toml:1: "),
        (b'by = "\xff"', r"en\.toml:1: "),
        (b"by = [1]", "no text in quotation marks: by"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, written: bytes, problem: str) -> None:
    (tmp_path / "labels").mkdir()
    others = "\n".join(f'{name} = "x"' for name in ENGLISH if name != "by").encode()
    (tmp_path / "labels" / "en.toml").write_bytes(written + b"\n" + others)
    with pytest.raises(SettingsError, match=problem):
        labels.load("en", (tmp_path,))


@pytest.mark.parametrize("written", ["Figure", "Figure # of #"])
def test_a_caption_s_label_has_one_place_for_its_number(tmp_path: Path, written: str) -> None:
    (tmp_path / "labels").mkdir()
    lines = [f'{name} = "{written if name == "figure" else word}"' for name, word in ENGLISH.items()]
    (tmp_path / "labels" / "en.toml").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(SettingsError, match="not one '#' for the number or the name in: figure"):
        labels.load("en", (tmp_path,))
