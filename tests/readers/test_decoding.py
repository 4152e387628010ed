"""From bytes to text: what is read, what is refused, and what the refusal says."""

from __future__ import annotations

import codecs

import pytest

from exporter.characters import left_open
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
        ("\ufff9", "U+FFF9 INTERLINEAR ANNOTATION ANCHOR"),
        ("\ufffb", "U+FFFB INTERLINEAR ANNOTATION TERMINATOR"),
        ("\u206a", "U+206A INHIBIT SYMMETRIC SWAPPING"),
        ("\u206f", "U+206F NOMINAL DIGIT SHAPES"),
        ("\U000e0001", "U+E0001 LANGUAGE TAG"),
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
    ],
)
def test_what_unicode_permits_is_kept(character: str) -> None:
    assert decoded(f"a{character}b".encode()) == f"a{character}b"


def test_decomposed_letters_stay_decomposed() -> None:
    assert decoded("cafe\u0301".encode()) == "cafe\u0301"


def test_an_emoji_newer_than_pythons_tables_is_no_unassigned_character() -> None:
    assert decoded("\U0001fae9".encode()) == "\U0001fae9"  # FACE WITH BAGS UNDER EYES, Unicode 16


def test_the_tags_of_an_emoji_are_kept() -> None:
    wales = "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"
    assert decoded(wales.encode()) == wales


@pytest.mark.parametrize(
    "text", ["a\U000e0068\U000e0069\U000e007f", "\U0001f3f4\U000e0067", "\U0001f3f4a\U000e0067\U000e007f"]
)
def test_tags_outside_an_emoji_hide_words(text: str) -> None:
    assert "Tags belong to the flags of emoji" in str(refusal(text))


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        ("a \u202bb\u202c c", []),
        ("a \u2067b\u2069 c", []),
        ("a \u2067b \u202ec\u2069 d", []),  # closing the isolate closes what is open inside
        ("a \u202c\u2069 b", []),  # closing nothing has no effect (UAX #9)
        ("a \u2067b\u202c", [2]),  # an isolate is not closed by the mark that closes an embedding
        ("\u202aa\u202eb\u202c", [0]),
        ("a\u2066b\nc\u2069 \u202d", [1, 7]),
    ],
)
def test_directions_left_open_are_found_where_they_were_opened(text: str, opened: list[int]) -> None:
    assert [found.at for found in left_open(text)] == opened
