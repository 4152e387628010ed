"""Letters that their fonts set far apart stand where they should, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.articles import article, paragraph
from tests.extractors.pdfs import codes, redrawn, rendered

SAMARITAN = article(paragraph("\u083e\u082a\u0828\u0823\u0838"))
"""A stop, two marks that stand side by side where a letter is missing, and a dash."""

Redraw = Callable[[bytes], bytes]
MOVED: dict[str, Redraw] = {
    "the first mark, up": lambda stream: stream.replace(b"-0.975 Ts", b"4 Ts"),
    "the first mark, to the right": lambda stream: stream.replace(b"[-300.0<0025>", b"[-900.0<0025> 600"),
    "what follows it, to the right": lambda stream: stream.replace(b"[ 300 -300.0<", b"[ 300 -400.0<"),
    "the dash, to the right": lambda stream: stream.replace(b"<002c003e>", b"<002c>-400<003e>"),
}


def test_letters_stand_as_far_apart_as_their_font_sets_them() -> None:
    assert codes(SAMARITAN, rendered(SAMARITAN)) == set()


@pytest.mark.parametrize("what", MOVED)
def test_a_letter_moved_from_where_its_font_sets_it_is_found(what: str) -> None:
    assert codes(SAMARITAN, redrawn(rendered(SAMARITAN), MOVED[what])) == {"P008"}
