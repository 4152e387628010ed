"""Where lines of plain text end, against another implementation of Unicode Standard Annex #14."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from uniseg.linebreak import line_break_boundaries

from exporter.renderers.text.wrapping import pieces, wrap

ALPHABET = "ab é校正のッーァ、。「」（）()“”«»!?％%$￥…―・々 \u00a0/-1,;:\u200b\u2060"


def ends(text: str) -> list[int]:
    """Where the pieces of ``text`` end, each as short as it can be."""
    found, at = [], 0
    for piece in pieces(text, 1):
        at += len(piece)
        found.append(at)
    return found


@given(st.text(ALPHABET, min_size=1, max_size=30).map(lambda text: " ".join(text.split(" "))))
def test_a_line_ends_only_where_the_annex_lets_it(text: str) -> None:
    allowed = {*line_break_boundaries(text), len(text)}
    assert [end for end in ends(text) if end not in allowed] == []


@given(st.text(ALPHABET, max_size=60), st.integers(1, 20))
def test_pieces_are_the_line_again(text: str, width: int) -> None:
    assert "".join(pieces(text, width)) == text


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Il dit « mot ! » et part", ["Il dit", "« mot ! »", "et part"]),
        ("see (the price) now", ["see (the", "price)", "now"]),
        ("東京都「千代田区」へ", ["東京都", "「千代田", "区」へ"]),
        ("ニューッヨーク", ["ニューッ", "ヨーク"]),
    ],
)
def test_punctuation_stays_with_its_word(text: str, lines: list[str]) -> None:
    assert wrap(text, 8, narrowest=1) == lines
