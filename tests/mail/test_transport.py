"""Octets on the wire, and replies: what holds of all of them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.mail import replies
from exporter.mail.replies import Reply
from exporter.mail.transport import blocks

LINES = st.lists(st.sampled_from([b".", b"..", b"words", b"", b".words", b"a.b"])).map(
    lambda lines: b"".join(line + b"\r\n" for line in lines)
)


def received(wire: bytes) -> bytes:
    """What a server makes of ``wire`` (RFC 5321, 4.5.2)."""
    lines = wire.split(b"\r\n")
    return b"\r\n".join(line[1:] if line.startswith(b".") else line for line in lines)


@given(LINES, st.lists(st.integers(0, 40)))
def test_whatever_parts_a_message_is_cut_into_it_arrives_as_it_is(message: bytes, cuts: list[int]) -> None:
    ends = [0, *sorted(min(cut, len(message)) for cut in cuts), len(message)]
    parts = [message[begin:end] for begin, end in pairwise(ends)]
    assert received(b"".join(blocks(parts))) == message or message == b""


@given(LINES)
def test_no_message_ends_before_its_end(message: bytes) -> None:
    wire = b"\r\n" + b"".join(blocks([message]))
    assert b"\r\n.\r\n" not in wire
    assert wire.endswith(b"\r\n")


def test_a_message_without_a_last_line_end_gets_one() -> None:
    assert b"".join(blocks([b"a", b"b"])) == b"ab\r\n"


def test_big_parts_are_not_copied() -> None:
    part = b"x" * 1_000_000
    views = [block for block in blocks([part]) if isinstance(block, memoryview)]
    assert {id(view.obj) for view in views} == {id(part)}


# --- Replies ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("greylisted, try again in 5 minutes", 300),
        ("Greylisted for 300 seconds", 300),
        ("retry after 2 hours", 7200),
        ("please wait 90s", 90),
        ("try again within 1 min", 60),
        ("too many messages", None),
        ("451 messages in 5 of 6 queues", None),
    ],
)
def test_a_server_that_says_when_to_try_again_is_understood(text: str, seconds: float | None) -> None:
    assert replies.wait_asked(Reply(451, "", text)) == seconds


def test_a_reply_of_several_lines_is_one_text() -> None:
    found = replies.reply(550, b"5.7.1 We do not\n5.7.1 want you")
    assert found == Reply(550, "5.7.1", "We do not want you")


def test_a_status_of_another_class_than_the_reply_is_none() -> None:
    assert replies.reply(450, b"5.1.1 odd").enhanced == ""


ADDRESSES = st.from_regex(r"[a-z][a-z0-9.+_-]{2,20}[a-z]@[a-z]{3,10}\.example\.com", fullmatch=True)


@given(ADDRESSES, st.sampled_from(["<{}>: unknown", "{} is unknown", "rcpt to:<{}>...", "user {}, no", "«{}»", "'{}'"]))
def test_no_reply_keeps_the_address_it_repeats(address: str, said: str) -> None:
    kept = replies.redacted(said.format(address.upper()), [address])
    assert (address in kept.lower(), address.partition("@")[0] in kept.lower(), "@" in kept) == (False, False, False)


@given(st.text(max_size=900))
def test_what_is_kept_of_a_reply_is_short_and_says_where_it_was_cut(text: str) -> None:
    kept = replies.redacted(text, [])
    assert len(kept) <= replies.LONGEST
    assert len(text) <= replies.LONGEST - 20 or "…" in kept or len(kept) == len(text)
