"""Columns are as wide as their texts ask, whatever those look like."""

from __future__ import annotations

from exporter.article import Cell, Row, Strikethrough, Table, Text
from tests.articles import article
from tests.survival import survives


def test_words_struck_through_in_a_table_are_set() -> None:
    gone = Row((Cell((Strikethrough((Text("withdrawn"),)),), False), Cell((Text("in force"),), False)))
    assert survives(article(Table((), (gone,), (None, None))), "pdf") == ()
