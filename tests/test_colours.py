"""Colours: whether ink can be read on its ground, and the nearest that can."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.colours import READABLE, contrast, is_colour, readable

COLOURS = st.from_regex(r"#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})", fullmatch=True)


@given(COLOURS, COLOURS)
def test_on_every_ground_there_is_a_shade_that_can_be_read(ink: str, ground: str) -> None:
    shade = readable(ink, ground)
    assert is_colour(shade)
    assert contrast(shade, ground) >= READABLE


@given(COLOURS, COLOURS)
def test_contrast_is_the_same_both_ways_and_from_1_to_21(one: str, other: str) -> None:
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21


@pytest.mark.parametrize(
    ("ink", "ground", "ratio"), [("#000", "#fff", 21), ("#777777", "#ffffff", 4.48), ("#f00", "#FFF", 4.0)]
)
def test_contrast_is_what_wcag_says(ink: str, ground: str, ratio: float) -> None:
    assert contrast(ink, ground) == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize("text", ["red", "#12", "#12345", "#1234567", "rgb(0,0,0)", "", "#ggg"])
def test_what_is_no_colour_in_hexadecimal_digits_is_none(text: str) -> None:
    assert not is_colour(text)
