"""``exporter show``: the tree as understood."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from exporter import tree
from exporter.article import Metadata, Paragraph, Section, Text
from exporter.cli import main
from tests.articles import EVERYTHING, with_picture
from tests.articles import article as an_article
from tests.cli import article

SCHEMA = Path(__file__).parent.parent.parent / "docs" / "show.schema.json"
TYPES = {
    "section",
    "heading",
    "paragraph",
    "bullet_list",
    "ordered_list",
    "block_quote",
    "code_block",
    "table",
    "figure",
    "definition_list",
    "thematic_break",
}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["show", *arguments])


def test_each_entry_stands_with_its_source_line() -> None:
    article("a.md", "Some words.\n\n## A heading\n\n- one\n- two")
    assert run("a.md").stdout.splitlines()[-5:] == [
        "    3  title           A title".replace("3", "2"),
        "    6  paragraph       Some words.",
        "    8  heading 2       A heading",
        "   10  paragraph bullet    one",
        "   11  paragraph bullet    two",
    ]


def test_json_has_metadata_and_blocks() -> None:
    article("a.md", "Some words.\n\n## A heading")
    document = json.loads(run("a.md", "--json").stdout)
    assert document == {
        "metadata": {"title": "A title", "slug": "a", "language": "en", "direction": "ltr", "title_line": 2},
        "blocks": [
            {"type": "paragraph", "line": 6, "text": "Some words."},
            {"type": "heading", "level": 2, "line": 8, "text": "A heading", "identifier": "a-heading"},
        ],
    }


def test_an_article_whose_pictures_are_missing_can_be_shown() -> None:
    article("a.md", "![A square](no.png)")
    assert run("a.md").exit_code == 0


def test_a_guess_is_announced_beside_the_document() -> None:
    Path("a.txt").write_text("A title\n\nSome words in a line.\n", encoding="utf-8")
    result = run("a.txt", "--json")
    assert result.stderr.startswith("a.txt: Language guessed from the script: en.")
    assert json.loads(result.stdout)["metadata"]["language"] == "en"


def test_what_cannot_be_read_is_one_line_and_status_1() -> None:
    Path("a.md").write_bytes(b"\x80\x81")
    result = run("a.md")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    assert result.stderr.startswith("exporter: a.md:1: ")


def test_a_line_of_code_stays_below_its_first() -> None:
    article("a.md", "```\none\n  two\n```")
    assert run("a.md").stdout.endswith("code            one\n                         two\n")


# --- The document and its schema --------------------------------------------------------------


def nodes(value: object) -> list[dict[str, object]]:
    """Every object with a type in ``value``."""
    match value:
        case dict():
            own = [value] if "type" in value else []
            return own + [node for each in value.values() for node in nodes(each)]
        case list():
            return [node for each in value for node in nodes(each)]
        case _:
            return []


def everything() -> dict[str, object]:
    """A document with a node of each type."""
    section = Section((Paragraph((Text("Words."),)),), Metadata(title="A part"))
    whole = replace(EVERYTHING, blocks=(*EVERYTHING.blocks, *with_picture("a.png").blocks, section))
    found: dict[str, object] = json.loads(json.dumps(tree.tree(whole)))
    return found


def test_every_type_of_block_is_named_in_snake_case() -> None:
    assert {str(node["type"]) for node in nodes(everything())} >= TYPES


def test_the_schema_knows_every_node_and_every_key() -> None:
    definitions = json.loads(SCHEMA.read_text(encoding="utf-8"))["$defs"]
    unknown = [
        f"{node['type']}.{key}"
        for node in nodes(everything())
        for key in node
        if key not in definitions[str(node["type"])]["properties"]
    ]
    assert unknown == []


def test_every_key_the_schema_requires_is_there() -> None:
    definitions = json.loads(SCHEMA.read_text(encoding="utf-8"))["$defs"]
    lacking = [
        f"{node['type']}.{key}"
        for node in nodes(everything())
        for key in definitions[str(node["type"])]["required"]
        if key not in node
    ]
    assert lacking == []


@pytest.mark.parametrize("block", EVERYTHING.blocks, ids=lambda block: type(block).__name__)
def test_no_word_is_missing_from_the_tree(block: object) -> None:
    from exporter.text import said

    shown = json.dumps(tree.tree(an_article(block)), ensure_ascii=False)  # type: ignore[arg-type]
    words = [word for entry in said(an_article(block)) for word in entry.text.split()]  # type: ignore[arg-type]
    assert [word for word in words if json.dumps(word, ensure_ascii=False)[1:-1] not in shown] == []
