"""Publications: sections in and beside one another, as no issue would have them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from exporter.article import Block, BlockQuote, Heading, Text
from tests.articles import paragraph
from tests.publications import section

_TITLES = ("1. City", "2.1. Water", "= = =", "===", "Water", "[1]", "1.2.3. A city of many words " * 4, "مدينة")


@st.composite
def of_sections(draw: Any) -> tuple[Block, ...]:
    """Blocks with sections of any levels, whose titles read like numbers of contents; two of them at least."""
    leaves = st.one_of(st.just(paragraph("Words.")), st.builds(_heading, _titles(), st.integers(2, 6)))
    children = st.recursive(leaves, lambda inside: st.one_of(_section(inside), _quote(inside)), max_leaves=6)
    found = draw(st.lists(st.one_of(children, _section(children)), min_size=1, max_size=4))
    return (section("First", level=2), *found, section("Last", paragraph("Words."), level=2))


def _titles() -> st.SearchStrategy[str]:
    return st.sampled_from(_TITLES)


def _heading(title: str, level: int) -> Heading:
    return Heading((Text(title),), level)


def _section(inside: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    return st.builds(_titled, _titles(), st.integers(2, 6), st.lists(inside, max_size=3))


def _titled(title: str, level: int, children: list[Block]) -> Block:
    from_right = title == _TITLES[-1]
    language, direction = ("ar", "rtl") if from_right else ("en", "ltr")
    return section(title, *children, level=level, language=language, direction=direction)  # type: ignore[arg-type]


def _quote(inside: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    return st.lists(inside, min_size=1, max_size=2).map(lambda children: BlockQuote(tuple(children)))
