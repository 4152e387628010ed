"""The hard article: what is known to go wrong between a source and an edition, each in a block of its own.

Every block is proved in PDF, set in one column and in two, and identical in the other editions.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

import pytest
from fontTools.unicodedata import script

from exporter import Plan, library, load, registry
from exporter.building import production
from exporter.edition import Edition
from exporter.loading import Loaded
from exporter.pdfstructure import Block, read
from exporter.settings import Pdf, Settings
from exporter.text import said

SOURCE = Path(__file__).parent / "cases" / "hard" / "hard.md"
EDITIONS = (("pdf", 1), ("pdf", 2), ("docx", 1), ("epub", 1), ("txt", 1), ("html", 1))


@lru_cache(maxsize=1)
def hard() -> Loaded:
    return load(SOURCE, Settings())


@lru_cache(maxsize=1)
def words() -> str:
    return "\n".join(entry.text for entry in said(hard().article))


def plan(columns: int) -> Plan:
    return Plan(base=SOURCE.parent, settings=Settings(pdf=Pdf(columns=columns)), fonts=library(), debug=True)  # type: ignore[arg-type]


@lru_cache(maxsize=8)
def edition(name: str, columns: int) -> bytes:
    return registry.renderer(name).render(hard().article, production.context(hard(), plan(columns), name))


@lru_cache(maxsize=2)
def blocks(columns: int) -> tuple[Block, ...]:
    return read(edition("pdf", columns)).blocks


@pytest.mark.parametrize(("name", "columns"), EDITIONS)
def test_every_block_of_it_is_proved_or_identical(name: str, columns: int) -> None:
    found = production.inspect(hard(), Edition(name, "hard", edition(name, columns)), plan(columns))
    assert found.discrepancies == ()
    assert (found.proof, found.compared) == ("drawn" if name == "pdf" else "read", len(said(hard().article)))


# --- That it is hard --------------------------------------------------------------------------

EUROPEAN = ("Latn", "Grek", "Cyrl", "Armn", "Geor")
EASTERN = ("Ethi", "Arab", "Hebr", "Deva", "Beng", "Taml", "Telu", "Mlym", "Thai", "Khmr", "Mymr")
WIDE = ("Hani", "Hira", "Kana", "Hang")

TRAPS = {
    "ligatures of the author": "ﬁﬂﬃﬄﬀﬅﬆ",
    "canonical singletons": "\u212b\u2126\u212a\u037e\u0387",
    "look-alikes": "µμАΑſĲĳǄ",
    "spaces": "\u00a0\u202f\u2007\u2009",
    "without ink": "\u00ad\u200b\u2060\u200c\u200d\u200e\u3099",
    "hyphens and dashes": "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212",
    "variation selectors": "\ufe0e\ufe0f\U000e0100",
    "tags": "\U000e0067\U000e007f",
    "keycap": "\u20e3",
    "half and full width": "ﾊＡ１",
    "raised and lowered": "²ⁿ₂ᵃˢ",
    "mathematical alphanumerics": "𝐄𝑚𝔸𝒜𝔄𝚊𝟙",
    "points of vowels": "\u0651\u05b8",
    "marks without a composed form": "\u0310\u0332\u0361",
    "digits of others": "١۱१১๑១၁౧",
}


@pytest.mark.parametrize("code", [*EUROPEAN, *EASTERN, *WIDE])
def test_it_has_words_in_this_script(code: str) -> None:
    assert re.search(r"\w{2}", "".join(c if script(c) == code else " " for c in words()))


@pytest.mark.parametrize("name", TRAPS)
def test_it_has_this_trap(name: str) -> None:
    assert [c for c in TRAPS[name] if c not in words()] == []


def test_it_says_the_same_composed_and_decomposed() -> None:
    composed, decomposed = (
        next(entry.text.removeprefix(word) for entry in said(hard().article) if entry.text.startswith(word))
        for word in ("Composed: ", "Decomposed: ")
    )
    assert composed != decomposed == unicodedata.normalize("NFD", composed)


def test_it_has_every_kind_of_block() -> None:
    kinds = {entry.kind for entry in said(hard().article)}
    assert {"heading", "note", "code", "cell", "caption", "term", "definition", "byline"} <= kinds
    attributes = [entry.attributes for entry in said(hard().article)]
    assert {each.get("depth") for each in attributes} >= {"1", "2", "3"}
    assert {each.get("quote") for each in attributes} >= {"1", "2"}
    assert "\n\n\n" in next(entry.text for entry in said(hard().article) if entry.kind == "code")
    assert any(entry.kind == "cell" and not entry.text for entry in said(hard().article))


def test_texts_run_over_pages_in_one_column() -> None:
    over = [block for block in blocks(1) if len({piece.page for piece in block.pieces}) > 1]
    assert len({block.attributes["language"] for block in over}) > 1


def test_texts_run_over_columns_and_pages_in_two() -> None:
    long = [block for block in blocks(2) if block.kind == "paragraph" and len(block.fragments) > 8]
    over = [block for block in long if max(f.box.left for f in block.fragments) > 300 > _first(block)]
    assert {block.attributes["language"] for block in over} >= {"en", "ar"}


def _first(block: Block) -> float:
    return min(fragment.box.left for fragment in block.fragments)


@pytest.mark.parametrize("columns", [1, 2])
def test_the_head_of_a_table_is_set_again(columns: int) -> None:
    beside = [block.text for block in blocks(columns) if block.kind == "furniture"]
    assert sum(text.count("Read back") for text in beside) >= 1
