"""How wide the columns of a table are: no word is torn where there is room for it.

A seam of WeasyPrint's (70.0): by ``overflow-wrap: anywhere`` it takes a column for as narrow as one letter, so that a
column of short texts beside long ones has its words torn; and it tears no word that stands right behind another box,
so that a table may be wider than the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias

from weasyprint.layout import preferred
from weasyprint.layout import table as weasyprint_tables

# WeasyPrint's own objects: it ships no types.
Context: TypeAlias = Any
Box: TypeAlias = Any
Style: TypeAlias = Any
Outcome: TypeAlias = Any

_MOST = 0.5
"""Of a table's width, what one column may claim for a long word that others have text for."""
_PICTURE, _LEAST_PICTURE = 64.0, 18.0
"""CSS pixels: how wide a picture is, if it has so many, where there is room, and where there is none."""
_share_out, _preferred = weasyprint_tables.auto_table_layout, preferred.table_and_columns_preferred_widths
_split, _least_picture = preferred.split_first_line, preferred.replaced_min_content_width


@contextmanager
def by_words() -> Iterator[None]:
    """Let columns be as wide as their longest words, where they can: stands in for WeasyPrint's own widths."""
    weasyprint_tables.auto_table_layout = _lay_out
    try:
        yield
    finally:
        weasyprint_tables.auto_table_layout = _share_out


def _lay_out(context: Context, wrapper: Box, containing_block: Any) -> None:
    """Set the widths of a table and its columns, as ``weasyprint.layout.table.auto_table_layout`` does."""
    table = wrapper.get_wrapped_table()
    whole = _measured(context, wrapper, False)
    room = _room(wrapper, table, containing_block) - whole[6]
    least, most = whole[2], whole[3]
    claims = _claims(least, most, room)
    if sum(claims) > room:
        claims = _lowered(claims, _measured(context, wrapper, True)[2], room)
    context.tables[table] = {False: (sum(claims) + whole[6], whole[1], claims, *whole[3:])}
    try:
        _share_out(context, wrapper, containing_block)
    finally:
        del context.tables[table]


def _room(wrapper: Box, table: Box, containing_block: Any) -> float:
    """How wide ``table`` may be, in CSS pixels."""
    if table.width != "auto":
        return float(table.width)
    margins = sum(margin for margin in (wrapper.margin_left, wrapper.margin_right) if margin != "auto")
    edges = table.padding_left + table.padding_right + table.border_left_width + table.border_right_width
    return float(containing_block[0] - margins - edges)


def _claims(least: Sequence[float], most: Sequence[float], room: float) -> list[float]:
    """What each column needs so that no word is torn; a long word leaves others half of the room, if they need it."""
    return [min(own, max(room * _MOST, room - (sum(most) - text))) for own, text in zip(least, most, strict=True)]


def _lowered(claims: Sequence[float], floors: Sequence[float], room: float) -> list[float]:
    """``claims`` with the widest lowered to one width, so that they fit the ``room``; none is lower than its floor."""
    low, high = 0.0, max(claims)
    while high - low > 0.1:
        level = (low + high) / 2
        if sum(_under(level, claims, floors)) > room:
            high = level
        else:
            low = level
    return _under(low, claims, floors)


def _under(level: float, claims: Sequence[float], floors: Sequence[float]) -> list[float]:
    return [max(floor, min(claim, level)) for claim, floor in zip(claims, floors, strict=True)]


# --- What words need ----------------------------------------------------------------------------


def _measured(context: Context, wrapper: Box, torn: bool) -> Outcome:
    """What ``table_and_columns_preferred_widths`` gives, where words may be torn, or neither torn nor divided.

    It is measured once, however many pages the table runs over.
    """
    table = wrapper.get_wrapped_table()
    if (table, torn) not in context.tables:
        preferred.split_first_line, preferred.replaced_min_content_width = _splitting(torn), _showing(torn)
        try:
            _preferred(context, wrapper, outer=False)
        finally:
            preferred.split_first_line, preferred.replaced_min_content_width = _split, _least_picture
        context.tables[table, torn] = context.tables.pop(table)[False]
    return context.tables[table, torn]


def _splitting(torn: bool) -> Callable[..., Outcome]:
    """What stands in for ``split_first_line`` while widths are measured."""

    def split(text: str, style: Style, context: Context, max_width: float | None, *more: Any, **options: Any) -> Any:
        if max_width is None:
            return _split(text, style, context, max_width, *more, **options)
        options["is_line_start"] = torn
        return _split(text, style if torn else _undivided(style), context, max_width, *more, **options)

    return split


def _showing(torn: bool) -> Callable[..., float]:
    """What stands in for ``replaced_min_content_width``, which lets a picture that may shrink vanish."""

    def show(box: Box, outer: bool = True) -> float:
        natural = preferred.replaced_max_content_width(box, outer)
        return float(max(_least_picture(box, outer), min(natural, _LEAST_PICTURE if torn else _PICTURE)))

    return show


def _undivided(style: Style) -> Style:
    """``style`` without hyphens; kept by it."""
    try:
        return style.undivided
    except AttributeError:
        undivided = style.undivided = style.copy()
        undivided["hyphens"] = "none"
        return undivided
