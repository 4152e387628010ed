"""From bytes to text: what is read, what is refused, and what the refusal says."""

from __future__ import annotations

import codecs

import pytest

from exporter.edition import Source
from exporter.errors import SourceError
from exporter.readers.decoding import decode, refuse_characters


def decoded(content: bytes) -> str:
    return decode(Source("story.txt", content))


def refusal(text: str) -> SourceError:
    with pytest.raises(SourceError) as caught:
        decoded(text.encode("utf-8"))
    return caught.value


@pytest.mark.parametrize(
    "content",
    [
        "Ça va".encode(),
        codecs.BOM_UTF8 + "Ça va".encode(),
        codecs.BOM_UTF16_LE + "Ça va".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + "Ça va".encode("utf-16-be"),
    ],
)
def test_utf_8_and_marked_utf_16_are_read(content: bytes) -> None:
    assert decoded(content) == "Ça va"


def test_every_line_end_is_one_line_feed() -> None:
    assert decoded(b"a\r\nb\rc\nd\r\n\r\ne") == "a\nb\nc\nd\n\ne"


def test_an_empty_file_is_an_empty_text() -> None:
    assert decoded(b"") == ""


def test_latin_1_is_refused_with_the_offset_and_the_line_of_the_byte() -> None:
    with pytest.raises(SourceError) as caught:
        decoded("Titre\nUn café".encode("latin-1"))
    assert (caught.value.code, caught.value.line) == ("S006", 2)
    assert "Byte 0xE9 at offset 12" in str(caught.value)
    assert "Save the file as UTF-8." in str(caught.value)


def test_offsets_count_the_byte_order_mark() -> None:
    with pytest.raises(SourceError, match="offset 4 "):
        decoded(codecs.BOM_UTF8 + b"a\xff")


@pytest.mark.parametrize("content", ["Text".encode("utf-32"), b"\xff\xfe\x00\xd8", b"\xed\xa0\x80"])
def test_other_encodings_and_halves_of_characters_are_refused(content: bytes) -> None:
    with pytest.raises(SourceError) as caught:
        decoded(content)
    assert caught.value.code == "S006"


def test_utf_16_without_a_mark_is_told_from_stray_nulls() -> None:
    with pytest.raises(SourceError, match="UTF-16 without a byte order mark"):
        decoded("Text".encode("utf-16-be"))


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\x00", "U+0000 <control-0000>"),
        ("\x0b", "U+000B <control-000B>"),
        ("\x0c", "U+000C <control-000C>"),
        ("\x1b", "U+001B <control-001B>"),
        ("\x7f", "U+007F <control-007F>"),
        ("\x85", "U+0085 <control-0085>"),
        ("\x92", "U+0092 <control-0092>"),
        ("\u2028", "U+2028 LINE SEPARATOR"),
        ("\u2029", "U+2029 PARAGRAPH SEPARATOR"),
        ("\ue000", "U+E000 <private-use-E000>"),
        ("\U0010fffd", "U+10FFFD <private-use-10FFFD>"),
        ("\ufffc", "U+FFFC OBJECT REPLACEMENT CHARACTER"),
        ("\ufffd", "U+FFFD REPLACEMENT CHARACTER"),
        ("\ufffe", "U+FFFE <noncharacter-FFFE>"),
        ("\uffff", "U+FFFF <noncharacter-FFFF>"),
        ("\ufdd0", "U+FDD0 <noncharacter-FDD0>"),
        ("\u0378", "U+0378 <reserved-0378>"),
    ],
)
def test_a_character_no_edition_can_carry_is_refused_by_place_and_name(character: str, name: str) -> None:
    error = refusal(f"Title\n\nab{character}c")
    assert (error.code, error.line) == ("S002", 3)
    assert f"Column 3: {name} cannot stand." in str(error)


def test_a_lone_surrogate_is_refused() -> None:
    with pytest.raises(SourceError, match=r"U\+D800 <surrogate-D800>"):
        refuse_characters("a\ud800", "story.txt")


def test_the_first_of_several_is_named() -> None:
    assert "Column 2: U+FFFD" in str(refusal("a\ufffd\x00"))


@pytest.mark.parametrize(
    "character",
    [
        "\t",
        "\u00a0",
        "\u00ad",
        "\u200b",
        "\u200c",
        "\u200d",
        "\u200e",
        "\u200f",
        "\u061c",
        "\u2060",
        "\ufeff",
        "\ufe0f",
        "\u0301",
        "\U000e0067",
    ],
)
def test_what_unicode_permits_is_kept(character: str) -> None:
    assert decoded(f"a{character}b".encode()) == f"a{character}b"


def test_decomposed_letters_stay_decomposed() -> None:
    assert decoded("cafe\u0301".encode()) == "cafe\u0301"


def test_an_emoji_newer_than_pythons_tables_is_no_unassigned_character() -> None:
    assert decoded("\U0001fae9".encode()) == "\U0001fae9"  # FACE WITH BAGS UNDER EYES, Unicode 16


@pytest.mark.parametrize("opening", ["\u202a", "\u202b", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068"])
def test_a_direction_still_open_where_its_line_ends_is_refused(opening: str) -> None:
    error = refusal(f"Title\na {opening}b\nc")
    assert (error.code, error.line) == ("S002", 2)
    assert "Column 3" in str(error)


@pytest.mark.parametrize(
    "text",
    [
        "a \u202bb\u202c c",
        "a \u2067b\u2069 c",
        "a \u2067b \u202ec\u2069 d",  # closing the isolate closes what is open inside
        "a \u202c\u2069 b",  # closing nothing has no effect (UAX #9)
    ],
)
def test_a_direction_closed_in_its_line_is_kept(text: str) -> None:
    assert decoded(text.encode()) == text


def test_an_isolate_is_not_closed_by_the_mark_that_closes_an_embedding() -> None:
    assert "U+2067" in str(refusal("a \u2067b\u202c"))
