"""Finished editions that say something else: each is caught, in every format, with the right code.

A mutant is an edition of a slightly different article, held by ``exporter verify`` to the original's
source: whatever a renderer, a template or a hand could have done to it afterwards.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image as Pillow

from exporter import fonts, images, labels, registry, templating
from exporter.article import Article, Block, Cell, Figure, Heading, Image, Link, Note, Paragraph, Row, Table, Text
from exporter.cli import main
from exporter.edition import RenderContext, Resource
from tests.articles import article, cells, paragraph

FORMATS = ("pdf", "docx", "epub", "txt", "html")


def picture(colour: str) -> bytes:
    """A small PNG of one colour."""
    target = io.BytesIO()
    Pillow.new("RGB", (60, 40), colour).save(target, "PNG")
    return target.getvalue()


def noted(words: str) -> Paragraph:
    """A paragraph that calls a note."""
    return Paragraph((Text("A text with a note"), Note((paragraph(words),), words), Text(" in it.")))


HEADING = Heading((Text("Résumé of the day"),), 2, "resume")
LINKED = Paragraph((Text("Read "), Link((Text("the page"),), "https://example.org/one"), Text(" today.")))
FIGURE = Figure(Image("red.png", "A red field"), (Text("The caption."),))
TABLE = Table((cells("Name", "Place", header=True),), (cells("Peru", "Lima"), cells("Chad", "Moundou")), (None, None))
ORIGINAL: tuple[Block, ...] = (
    paragraph("The first paragraph says one thing."),
    HEADING,
    paragraph("The second paragraph says another, naïvely."),
    noted("The note says this."),
    LINKED,
    FIGURE,
    TABLE,
    paragraph("The last paragraph ends it."),
)


def put(old: Block, *new: Block) -> Article:
    """The original with one block replaced by others."""
    at = ORIGINAL.index(old)
    return article(*ORIGINAL[:at], *new, *ORIGINAL[at + 1 :])


def swap(one: int, other: int) -> Article:
    """The original with two blocks exchanged."""
    blocks = list(ORIGINAL)
    blocks[one], blocks[other] = blocks[other], blocks[one]
    return article(*blocks)


def swapped_cells() -> Article:
    """The original with two cells of a row exchanged."""
    row = Row((Cell((Text("Lima"),)), Cell((Text("Peru"),))))
    return put(TABLE, replace(TABLE, body=(row, TABLE.body[1])))


MUTANTS: Mapping[str, tuple[str, Callable[[], Article]]] = {
    "a dropped word": ("V003", lambda: put(ORIGINAL[7], paragraph("The last paragraph ends."))),
    "two swapped blocks": ("V004", lambda: swap(0, 7)),
    "a dropped block": ("V001", lambda: put(ORIGINAL[2])),
    "a doubled note": ("V005", lambda: put(ORIGINAL[3], doubled())),
    "one lost accent": ("V003", lambda: put(HEADING, replace(HEADING, children=(Text("Resumé of the day"),)))),
    "lost alternative text": ("V006", lambda: put(FIGURE, replace(FIGURE, image=Image("red.png", "A field")))),
    "another href": ("V008", lambda: put(LINKED, linked("https://example.org/two"))),
    "another picture": ("V009", lambda: article(*ORIGINAL)),
    "a heading made a paragraph": ("V007", lambda: put(HEADING, Paragraph(HEADING.children))),
    "two swapped cells": ("V004", swapped_cells),
    "another title": ("V010", lambda: replace(article(*ORIGINAL, title="Another title"))),
}

UNSEEN = {("txt", "another picture")}
"""Plain text has no pictures: recorded as a loss, not compared."""


def doubled() -> Paragraph:
    """The paragraph that calls the note, calling it twice over."""
    first = noted("The note says this.").children
    twin = Note((paragraph("The note says this."),), "twin")
    return Paragraph((*first[:2], twin, first[2]))


def linked(target: str) -> Paragraph:
    """The linked paragraph, leading elsewhere."""
    return Paragraph(tuple(replace(i, target=target) if isinstance(i, Link) else i for i in LINKED.children))


@pytest.fixture(scope="module")
def library() -> Path:
    """The font library."""
    return fonts.library()


def rendered(name: str, subject: Article, library: Path, colour: str) -> bytes:
    """The edition of an article in a format, its picture in a colour."""
    content = picture(colour)
    resources = {"red.png": Resource("red.png", content, "image/png", 60, 40, images.pixel_digest(content))}
    folders = templating.search_path()
    context = RenderContext(labels=labels.load("en", folders), resources=resources, templates=folders, fonts=library)
    return registry.renderer(name).render(subject, context)


SOURCE = """---
title: A title
slug: a-title
language: en
---

The first paragraph says one thing.

## Résumé of the day

The second paragraph says another, naïvely.

A text with a note[^1] in it.

Read [the page](https://example.org/one) today.

![A red field](red.png "The caption.")

| Name | Place |
|---|---|
| Peru | Lima |
| Chad | Moundou |

The last paragraph ends it.

[^1]: The note says this.
"""


def verified(content: bytes, name: str, folder: Path) -> tuple[int, set[str]]:
    """Exit status and codes of ``exporter verify`` for an edition held against the original's source."""
    (folder / "original.md").write_text(SOURCE, encoding="utf-8")
    (folder / "red.png").write_bytes(picture("red"))
    (folder / "exporter.toml").write_text("[epub]\ncover = false\n", encoding="utf-8")  # these editions have none
    (folder / f"edition.{name}").write_bytes(content)
    command = ["verify", str(folder / "original.md"), str(folder / f"edition.{name}"), "--json"]
    result = CliRunner().invoke(main, command)
    (edition,) = json.loads(result.stdout)["editions"]
    return result.exit_code, {found["code"] for found in edition["discrepancies"]}


@pytest.mark.parametrize("name", FORMATS)
def test_the_original_verifies(name: str, library: Path, tmp_path: Path) -> None:
    assert verified(rendered(name, article(*ORIGINAL), library, "red"), name, tmp_path) == (0, set())


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_mutant_is_caught(name: str, mutant: str, library: Path, tmp_path: Path) -> None:
    code, make = MUTANTS[mutant]
    colour = "blue" if mutant == "another picture" else "red"
    status, codes = verified(rendered(name, make(), library, colour), name, tmp_path)
    expected = (0, False) if (name, mutant) in UNSEEN else (1, True)
    assert (status, code in codes) == expected


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_no_edition_at_all_is_no_edition_of_this_article(name: str, tmp_path: Path) -> None:
    status, codes = verified(b"not an edition", name, tmp_path)
    assert status == 1
    assert codes
