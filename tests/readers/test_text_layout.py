"""Which line ends of a plain text mean something."""

from __future__ import annotations

import textwrap

import pytest

from exporter.article import HardBreak, Heading, Paragraph
from exporter.edition import Source
from exporter.readers.text import TextReader
from exporter.walk import plain

FIRST = (
    "Call me Ishmael. Some years ago, never mind how long precisely, having little or no money in my purse, and "
    "nothing particular to interest me on shore, I thought I would sail about a little."
)
SECOND = (
    "It is a way I have of driving off the spleen and regulating the circulation. Whenever I find myself growing "
    "grim about the mouth, I account it high time to get to sea as soon as I can."
)


def paragraphs(text: str) -> list[str]:
    article = TextReader().read(Source("novel.txt", text.encode(), {"standfirst": False, "headings": []}))
    return [plain(block.children) for block in article.blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize("column", [50, 65, 72, 80])
def test_lines_wrapped_at_a_column_are_joined(column: int) -> None:
    text = "\n\n".join(("Loomings", textwrap.fill(FIRST, column), textwrap.fill(SECOND, column)))
    assert paragraphs(text) == [FIRST, SECOND]


def test_a_paragraph_a_line_stays_so_without_blank_lines() -> None:
    assert paragraphs(f"Loomings\n{FIRST}\n{SECOND}") == [FIRST, SECOND]


def test_a_paragraph_a_line_stays_so_with_blank_lines_here_and_there() -> None:
    assert paragraphs(f"Loomings\n\n{FIRST}\n{SECOND}\n\n{FIRST}") == [FIRST, SECOND, FIRST]


def test_short_sentences_on_lines_of_their_own_are_not_joined() -> None:
    lines = ["The rain had stopped by dawn.", "Nobody was hurt, the mayor said.", "The dam held through the night."]
    assert paragraphs("Title\n\n" + "\n".join(lines) + "\n\n" + "\n".join(lines)) == lines * 2


def test_lines_that_end_early_in_a_wrapped_text_keep_their_ends() -> None:
    verse = "The tide goes out,\nthe boats lie down,\nand no one comes"
    text = "\n\n".join(("Loomings", textwrap.fill(FIRST, 60), verse, textwrap.fill(SECOND, 60)))
    article = TextReader().read(Source("novel.txt", text.encode(), {"standfirst": False, "headings": []}))
    middle = article.blocks[1]
    assert isinstance(middle, Paragraph)
    assert [type(inline) is HardBreak for inline in middle.children] == [False, True, False, True, False]


def test_marks_stand_on_lines_of_their_own_in_a_wrapped_text() -> None:
    text = "\n\n".join(("Loomings", textwrap.fill(FIRST, 60), f"## At sea\n{textwrap.fill(SECOND, 60)}"))
    blocks = TextReader().read(Source("novel.txt", text.encode())).blocks
    assert [(type(b).__name__, plain(b.children)) for b in blocks if isinstance(b, Paragraph | Heading)] == [
        ("Paragraph", FIRST),
        ("Heading", "At sea"),
        ("Paragraph", SECOND),
    ]


def test_wrapped_chinese_is_joined_without_spaces() -> None:
    first = "市交通局星期一宣布连接机场和老城的地铁新线将于下月初开通全程只需二十六分钟票价为八元乘客可以免费换乘。"
    wrapped = "\n".join(first[at : at + 20] for at in range(0, len(first), 20))
    assert paragraphs(f"地铁新线\n\n{wrapped}\n\n{wrapped}") == [first, first]


def test_wrapped_korean_is_joined_with_spaces() -> None:
    first = "시는 삼 년 동안 공사로 닫혀 있던 시청 앞 광장을 다음 달 초에 다시 연다고 화요일 기자 회견에서 밝혔다."
    assert paragraphs(f"광장\n\n{textwrap.fill(first, 24)}\n\n{textwrap.fill(first, 24)}") == [first, first]


def test_a_title_wrapped_over_two_lines_is_one_title() -> None:
    text = "\n\n".join(("Loomings, in which a man\ngoes to sea", textwrap.fill(FIRST, 30), textwrap.fill(SECOND, 30)))
    article = TextReader().read(Source("novel.txt", text.encode()))
    assert article.metadata.title == "Loomings, in which a man goes to sea"
