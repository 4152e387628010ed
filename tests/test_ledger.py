"""The ledger of losses: whatever an article says, each format carries it or records that it does not."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import fields, replace
from functools import lru_cache
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner, Result
from PIL import Image as Pillow

from exporter import article as model
from exporter import images, labels, registry, templating
from exporter.article import Article, Code, CodeBlock, Figure, Image, Metadata, Paragraph, Span, Text
from exporter.building import limits
from exporter.cli import main
from exporter.edition import Extraction, Loss, RenderContext
from exporter.text import said, said_metadata
from tests.articles import EVERYTHING, paragraph
from tests.cli import article as source

FORMATS = ("docx", "epub", "html", "pdf", "txt")
VERIFICATION = (Path(__file__).parent.parent / "docs" / "verification.md").read_text(encoding="utf-8")
SET = {
    "subtitle": "A standfirst",
    "summary": "What it says.",
    "section": "World",
    "tags": ("one", "two"),
    "rights": "CC BY 4.0",
    "publisher": "The Sample",
    "canonical_url": "https://example.org/a",
    "identifier": "urn:isbn:1",
    "cover": "a.png",
    "translation_of": "https://example.org/b",
}


def whole() -> Article:
    """An article with every construct, every attribute and every field of metadata."""
    more = (
        Figure(Image("a.png", "A square"), (Text("The caption."),)),
        Paragraph((Span((Text("واژه‌ها"),), "fa", "rtl"), Text(" in "), Image("a.png", "a square", "A title"))),
        Paragraph((Text("سلام"),), language="fa", direction="rtl"),
        Paragraph((Text("turned"),), direction="rtl"),
        CodeBlock("a  b\n\tc"),
    )
    return replace(EVERYTHING, blocks=(*EVERYTHING.blocks, *more), metadata=replace(EVERYTHING.metadata, **SET))  # type: ignore[arg-type]


@lru_cache(maxsize=None)
def extraction(format_: str) -> Extraction:
    """What the edition of the whole article was found to carry."""
    made = whole()
    picture = images.prepare("a.png", _png()).resource
    context = RenderContext(labels=labels.load("en", templating.search_path()), resources={"a.png": picture})
    return registry.extractor(format_).extract(registry.renderer(format_).render(made, context))


def _png() -> bytes:
    from io import BytesIO

    target = BytesIO()
    Pillow.new("RGB", (8, 8), "red").save(target, "PNG")
    return target.getvalue()


def attributes() -> set[str]:
    """Every attribute the whole article's entries have."""
    return {name for entry in said(whole(), {"a.png": "0"}) for name in entry.attributes}


ALL = frozenset(attributes()) | {"whitespace", "looks", "titles"}


def recorded(carries: frozenset[str], metadata: Mapping[str, str]) -> tuple[Loss, ...]:
    return limits.losses(whole(), Extraction((), carries, metadata))


# --- Attributes -------------------------------------------------------------------------------


def test_the_whole_article_has_every_attribute_of_the_contract() -> None:
    table = VERIFICATION.partition("| attribute | on | value |")[2].partition("\n\n")[0]
    listed = {
        name for row in table.split("\n") for name in re.findall(r"`([a-z]+)`", row.partition("|")[2].partition("|")[0])
    }
    assert attributes() == listed


def test_where_everything_is_carried_nothing_is_lost() -> None:
    assert recorded(ALL, said_metadata(whole().metadata)) == ()


@pytest.mark.parametrize("name", sorted(ALL))
def test_an_attribute_that_is_not_carried_is_a_loss(name: str) -> None:
    held = {field: value for field, value in said_metadata(whole().metadata).items() if field not in SHOWN}
    assert recorded(ALL, held) == ()
    assert recorded(ALL - {name}, held) != ()


@pytest.mark.parametrize("format_", FORMATS)
def test_each_format_carries_an_attribute_or_records_its_loss(format_: str) -> None:
    read = extraction(format_)
    lost = limits.losses(whole(), read)
    for name in ALL - read.carries:
        assert len(limits.losses(whole(), replace(read, carries=read.carries | {name}))) < len(lost), name


def test_an_attribute_nobody_has_decided_on_is_a_loss_by_its_name() -> None:
    (loss,) = recorded(ALL - {"calls"}, said_metadata(whole().metadata))[:1]
    assert (loss.code, "the calls of this paragraph" in loss.message) == ("L019", True)


# --- Metadata ---------------------------------------------------------------------------------

SHOWN = {"published", "updated"}
"""Dates the text shows; metadata that hold them as well make good for words."""

FOR_THE_BUILD = {"slug", "embargo", "draft", "title_position", "subtitle_position"}
"""They say what is to be done, or where a thing stands, and nothing to readers."""


def test_every_field_of_metadata_is_said_or_is_for_the_build() -> None:
    assert {field.name for field in fields(Metadata)} == set(said_metadata(whole().metadata)) | FOR_THE_BUILD


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("name", sorted(SET.keys() - {"subtitle"}))
def test_each_format_has_a_place_for_a_field_or_records_its_loss(format_: str, name: str) -> None:
    read = extraction(format_)
    losses = [loss for loss in limits.losses(whole(), read) if f"The metadata's '{name}' (" in loss.message]
    assert [loss.code for loss in losses] == ([] if name in read.metadata else ["L020"])


def test_what_is_shown_as_text_needs_no_place_in_the_metadata() -> None:
    messages = [loss.message for loss in recorded(ALL, {})]
    assert [m for m in messages if re.match("The metadata's '(title|subtitle|authors|published|updated)'", m)] == []


def test_an_identifier_nobody_gave_is_not_missed() -> None:
    assert limits.losses(Article(Metadata(title="T", language="en"), ()), Extraction((), ALL, {})) == ()


# --- The model --------------------------------------------------------------------------------

TEXT, PLACE, THEME = "text", "place", "theme"
FATE = {
    "children": TEXT, "text": TEXT, "alt": TEXT, "base": TEXT, "annotation": TEXT, "caption": TEXT, "credit": TEXT,
    "terms": TEXT, "definitions": TEXT, "items": "list", "cells": "row", "head": "header", "body": "row", "image": TEXT,
    "header": "header", "level": "level", "start": "list", "checked": "task", "syntax": "syntax", "target": "links",
    "identifier": "links", "source": "picture", "title": "titles", "language": "language", "direction": "direction",
    "metadata": TEXT, "position": PLACE, "tight": THEME, "alignments": THEME,
}  # fmt: skip
"""What becomes of each field of a node: text, an attribute, a place in the source, or the theme's business."""


def test_every_field_of_the_model_has_its_fate_decided() -> None:
    kinds = (
        *get_args(model.Block),
        *get_args(model.Inline),
        model.ListItem,
        model.Row,
        model.Cell,
        model.DefinitionItem,
    )
    assert {field.name for kind in kinds for field in fields(kind)} == set(FATE)
    assert set(FATE.values()) <= ALL | {TEXT, PLACE, THEME}


def test_every_look_is_a_loss_where_looks_are_not_carried() -> None:
    losses = recorded(ALL - {"looks"}, said_metadata(whole().metadata))
    looks = {loss.message.rpartition(" as ")[2] for loss in losses}
    assert looks == {"emphasis.", "strong.", "struck out.", "raised.", "lowered.", "code."}
    assert {loss.code for loss in losses} == {"L014"}


def test_a_long_text_is_quoted_by_its_beginning() -> None:
    made = Article(Metadata(title="T", language="en"), (Paragraph((Code("x" * 100),)), paragraph("a")))
    (loss,) = limits.losses(made, Extraction((), ALL - {"looks"}, {}))
    assert loss.message == f"'{'x' * 39}…' is not set apart as code."


# --- At the command line ----------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


def build(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["build", "a.md", *arguments])


LOSSY = "See [a page](/page), *at once*.\n\n" + "\n\n".join(f"Words, *word {n}*" for n in range(5))


@pytest.mark.usefixtures("folder")
def test_a_build_tells_each_loss_by_edition_and_line_and_sums_up_many() -> None:
    source("a.md", LOSSY)
    result = build("--to", "html,txt")
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        "a.md: html, txt: Line 6: the link to '/page' leads nowhere outside its site; its text stays. [L003]",
        "a.md: txt: This format does not mark the article's language, en. [L011]",
        "a.md: txt: Line 6: 'at once' is not set apart as emphasis. 5 more of its kind. [L014]",
        "a.md: html, txt in dist/a, verified.",
    ]
    manifest = json.loads(Path("dist/a/manifest.json").read_bytes())
    counted = {edition["format"]: [loss["code"] for loss in edition["losses"]] for edition in manifest["editions"]}
    assert counted == {"html": ["L003"], "txt": ["L003", "L011", *["L014"] * 6]}


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("ask", ["option", "environment", "settings"])
def test_strict_writes_no_edition_that_loses_anything(ask: str, monkeypatch: pytest.MonkeyPatch) -> None:
    source("a.md", "Words, *at once*.")
    if ask == "environment":
        monkeypatch.setenv("EXPORTER_STRICT", "1")
    if ask == "settings":
        Path("exporter.toml").write_text("[defaults]\nstrict = true\n", encoding="utf-8")
    result = build("--to", "html,txt", *(["--strict"] if ask == "option" else []))
    assert (result.exit_code, sorted(path.name for path in Path("dist/a").iterdir())) == (
        1,
        ["a.html", "manifest.json"],
    )
    assert result.stderr.splitlines() == [
        "a.md: txt: This format does not mark the article's language, en. [L011]",
        "a.md: txt: Line 6: 'at once' is not set apart as emphasis. [L014]",
        "a.md: html in dist/a, verified.",
    ]


@pytest.mark.usefixtures("folder")
def test_losses_that_are_accepted_are_neither_errors_nor_told_and_stand_in_the_manifest() -> None:
    source("a.md", "Words, *at once*.")
    result = build("--to", "txt", "--strict", "--accept-losses", "L011,L014")
    assert (result.exit_code, result.stderr) == (0, "a.md: txt in dist/a, verified.\n")
    (edition,) = json.loads(Path("dist/a/manifest.json").read_bytes())["editions"]
    assert [loss["code"] for loss in edition["losses"]] == ["L011", "L014"]


@pytest.mark.usefixtures("folder")
def test_the_settings_can_accept_losses() -> None:
    source("a.md")
    Path("exporter.toml").write_text('[defaults]\nstrict = true\naccept_losses = ["L011"]\n', encoding="utf-8")
    assert build("--to", "txt").exit_code == 0
    assert build("--to", "txt", "--no-strict").exit_code == 0


@pytest.mark.usefixtures("folder")
def test_what_is_no_code_of_a_loss_is_refused() -> None:
    source("a.md")
    result = build("--to", "txt", "--accept-losses", "V001")
    assert (result.exit_code, "'V001' is no code of a loss." in result.stderr) == (2, True)


@pytest.mark.usefixtures("folder")
def test_an_earlier_edition_that_loses_something_does_not_stay_beside_strict_ones() -> None:
    source("a.md")
    assert build("--to", "txt").exit_code == 0
    assert build("--to", "html", "--strict").exit_code == 0
    assert sorted(path.name for path in Path("dist/a").iterdir()) == ["a.html", "manifest.json"]


@pytest.mark.usefixtures("folder")
def test_losses_are_recorded_without_verification_too() -> None:
    source("a.md", "Words, *at once*.")
    assert build("--to", "txt", "--no-verify").exit_code == 0
    (edition,) = json.loads(Path("dist/a/manifest.json").read_bytes())["editions"]
    assert (edition["verified"], [loss["code"] for loss in edition["losses"]]) == (False, ["L011", "L014"])
