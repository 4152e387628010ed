"""Personal slots of email bodies."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter import slots
from exporter.slots import Slot, cut, guarded, slot

PIECES = st.one_of(
    st.text().filter(lambda text: slots.OPENING not in text),
    st.sampled_from([Slot("unsubscribe-url"), Slot("recipient-name"), Slot("field-city")]),
    st.sampled_from(["{{ name }}", "{% if %}", "[[", "]]", "[[exporter", "%s", "$name"]),
)


@given(st.lists(PIECES))
def test_cutting_a_body_loses_nothing(pieces: list[str | Slot]) -> None:
    body = "".join(map(str, pieces))
    try:
        found = cut(body)
    except ValueError:
        return
    assert "".join(map(str, found)) == body
    assert [each for each in found if isinstance(each, Slot)] == [each for each in pieces if isinstance(each, Slot)]


def test_what_only_begins_like_a_slot_is_refused() -> None:
    with pytest.raises(ValueError, match=r"'\[\[exporter:nome\]\] you' begins like a slot and is none"):
        cut("Dear [[exporter:nome]] you")


def test_there_is_no_slot_of_any_other_name() -> None:
    with pytest.raises(ValueError, match="'address' is no slot"):
        slot("address")


@given(st.text())
def test_what_a_source_says_is_no_slot_in_html(text: str) -> None:
    markup = guarded(html.escape(f"{text}{slot('recipient-name')}{text}"))
    assert cut(markup) == (markup,)
    assert html.unescape(markup) == f"{text}{slot('recipient-name')}{text}"
