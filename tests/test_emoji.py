"""Emoji: each sequence recommended for general interchange (RGI) is drawn and proved, or refused before drawing."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import emoji
import pytest
import uharfbuzz
from click.testing import CliRunner

from exporter import fonts
from exporter.cli import main

RGI = tuple(
    sequence
    for sequence, facts in emoji.EMOJI_DATA.items()
    if facts["status"] in (emoji.STATUS["fully_qualified"], emoji.STATUS["component"])
)
"""Unicode's list (UTS #51, ED-27): ZWJ sequences, skin tones, flags, keycaps, tag sequences, and single characters."""

DRAWN = tuple(sequence for sequence in RGI if not fonts.coverage(sequence))
NEWER = tuple(sequence for sequence in RGI if fonts.coverage(sequence))
"""Those with a character newer than the fonts."""

TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


def build(*paragraphs: str) -> tuple[int, list[Mapping[str, object]]]:
    head = "---\ntitle: Emoji\nlanguage: en\n---\n\n"
    Path("a.md").write_text(head + "\n\n".join(paragraphs) + "\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["build", "a.md", "--json"])
    return result.exit_code, json.loads(result.stdout)["articles"][0]["failures"]


@lru_cache(maxsize=1)
def face() -> uharfbuzz.Font:
    library = fonts.library()
    (entry,) = (each for each in fonts.entries(library) if each.family == "Ed Emoji")
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(library / entry.file))))


def drawing(sequence: str) -> tuple[int, ...]:
    """The glyphs with ink that the emoji face draws ``sequence`` with."""
    buffer = uharfbuzz.Buffer()
    buffer.add_str(sequence)
    buffer.guess_segment_properties()
    buffer.flags = uharfbuzz.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    uharfbuzz.shape(face(), buffer)
    return tuple(info.codepoint for info in buffer.glyph_infos)


def shows(sequence: str) -> str:
    """``sequence`` without what leaves no ink."""
    return "".join(character for character in sequence if character not in "\u200d\ufe0e\ufe0f")


def test_there_are_sequences_of_every_kind() -> None:
    assert len(RGI) > 3900
    assert len(DRAWN) > 3850
    assert {"1\ufe0f\u20e3", "\U0001f1e9\U0001f1ea", "\U0001f9d1\u200d\U0001f680"} <= set(DRAWN)
    assert any("\U000e007f" in sequence for sequence in DRAWN)


def test_every_sequence_the_fonts_have_is_drawn_and_proved_in_four_editions() -> None:
    lines = [" ".join(DRAWN[start : start + 60]) for start in range(0, len(DRAWN), 60)]
    assert build(*lines) == (0, [])


def test_every_other_is_refused_by_the_name_of_its_character() -> None:
    status, failures = build(" ".join(NEWER))
    unknown = {character for sequence in NEWER for character in fonts.coverage(sequence)}
    assert (status, {failure["code"] for failure in failures}) == (1, {"P001"})
    assert {f"U+{ord(character):04X}" for character in unknown} == {
        str(failure["message"]).partition("(")[2].partition(" ")[0] for failure in failures
    }


def test_no_two_sequences_are_drawn_alike() -> None:
    """Those the emoji face has; the others' characters (a copyright sign) are the text faces'."""
    alike: dict[tuple[int, ...], set[str]] = defaultdict(set)
    for sequence in DRAWN:
        if 0 not in drawing(sequence):
            alike[drawing(sequence)].add(shows(sequence))
    assert len(alike) > 3800
    assert [group for group in alike.values() if len(group) > 1] == []


@pytest.mark.parametrize("tone", TONES)
def test_a_skin_tone_is_seen(tone: str) -> None:
    assert len({drawing("\U0001f476"), drawing(f"\U0001f476{tone}")}) == 2


@pytest.mark.parametrize("key", "0123456789#*")
def test_a_keycap_is_one_picture(key: str) -> None:
    assert len(drawing(f"{key}\ufe0f\u20e3")) == 1


def test_a_flag_is_one_picture_and_an_unknown_one_its_letters() -> None:
    assert len(drawing("\U0001f1eb\U0001f1f7")) == 1
    assert len(drawing("\U0001f1fd\U0001f1fe")) == 2


def test_a_flag_that_only_its_tags_tell_is_refused() -> None:
    """A reader would see a black flag and no more."""
    texas = "\U0001f3f4" + "".join(chr(0xE0000 + ord(letter)) for letter in "ustx") + "\U000e007f"
    wales = "\U0001f3f4" + "".join(chr(0xE0000 + ord(letter)) for letter in "gbwls") + "\U000e007f"
    status, (failure,) = build(f"{wales} and \U0001f3f4", f"then \U0001f3f4 and {texas}")
    assert (status, failure["code"], failure["message"]) == (
        1,
        "P001",
        "Line 8, column 12: no font has the flag 'ustx' (U+1F3F4 WAVING BLACK FLAG with tags). Write its name.",
    )


def test_a_digit_in_a_text_is_the_texts_own() -> None:
    assert fonts.families("Route 66", "en")[0] == "Ed Text"
    assert build("Route 66, # and *.", "1\ufe0f\u20e3 and 1, \u2764\ufe0f and \u2764\ufe0e and \u2764") == (0, [])
