"""Word by word: where words end in every script, what changed between two texts, and never in quadratic time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.verifier import Change, changes
from exporter.verifier.words import words


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Don't stop, 3.14!", ["Don't", " ", "stop", ",", " ", "3.14", "!"]),
        ("cafe\u0301 au lait", ["cafe\u0301", " ", "au", " ", "lait"]),
        ("日本語です。", ["日", "本", "語", "で", "す", "。"]),
        ("กำลังไป", ["กำ", "ลั", "ง", "ไ", "ป"]),
        ("ភាសាខ្មែរ", ["ភា", "សា", "ខ្មែ", "រ"]),
        ("한국어 단어", ["한국어", " ", "단어"]),
        ("हिन्दी में", ["हिन्दी", " ", "में"]),
        ("می\u200cخواهم", ["می\u200cخواهم"]),
        ("👨\u200d👩\u200d👧🇩🇪🇫🇷", ["👨\u200d👩\u200d👧", "🇩🇪", "🇫🇷"]),
    ],
)
def test_words_end_where_unicode_says_and_no_cluster_is_cut(text: str, parts: list[str]) -> None:
    assert list(words(text)) == parts


def marked(source: str, edition: str) -> str:
    """The changes, as wdiff marks them."""
    signs = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(signs[change.operation].format(change.text) for change in changes(source, edition))


@pytest.mark.parametrize(
    ("source", "edition", "shown"),
    [
        ("The quick brown fox.", "The slow brown fox.", "The [-quick-]{+slow+} brown fox."),
        ("One two three.", "One three.", "One[- two-] three."),
        ("One three.", "One two three.", "One{+ two+} three."),
        ("one two", "eins zwei", "[-one two-]{+eins zwei+}"),
        ("読者は見る", "記者は見る", "[-読-]{+記+}者は見る"),
        ("10 km", "10\u00a0km", "10[- -]{+\u00a0+}km"),
        ("", "new", "{+new+}"),
        ("old", "", "[-old-]"),
        ("the same", "the same", "the same"),
    ],
)
def test_what_changed_is_told_by_words(source: str, edition: str, shown: str) -> None:
    assert marked(source, edition) == shown


TEXTS = st.text(
    st.sampled_from([*"abc1 .-\n", "\u0301", "\u0e01", "\u0e33", "\u4e2d", "\u200d", "\u00a0"]), max_size=30
)


@given(TEXTS, TEXTS, TEXTS)
def test_property_both_texts_are_in_the_changes(before: str, one: str, other: str) -> None:
    source, edition = before + one, before + other
    found = changes(source, edition)
    assert "".join(change.text for change in found if change.operation != "added") == source
    assert "".join(change.text for change in found if change.operation != "removed") == edition


@given(TEXTS)
def test_property_words_are_all_of_the_text(text: str) -> None:
    assert "".join(words(text)) == text


NOVEL = " ".join(f"word{number * number % 977}" for number in range(200_000))


def test_one_word_changed_in_a_text_as_long_as_a_novel_is_one_change() -> None:
    edition = NOVEL.replace("word16 ", "phrase ", 1)
    assert [change for change in changes(NOVEL, edition) if change.operation != "same"] == [
        Change("removed", "word16"),
        Change("added", "phrase"),
    ]


def test_a_long_text_of_the_same_few_words_in_another_order_is_compared_as_well() -> None:
    source, edition = "a b " * 100_000, "b a " * 60_000
    found = changes(source, edition)
    assert "".join(change.text for change in found if change.operation != "removed") == edition
