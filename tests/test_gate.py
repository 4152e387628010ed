"""The source gate: what no edition can carry is refused by place, or replaced and recorded, wherever it stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from exporter import characters
from exporter.cli import main
from exporter.edition import Loss
from exporter.errors import SourceError
from exporter.loading import Loaded, load, loader
from exporter.settings import Settings
from exporter.text import said

MANY = 20_000
REPLACE = Settings().with_defaults(unfit_characters="replace")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def source(body: str, head: str = "title: T\nlanguage: en", name: str = "a.md") -> Path:
    """An article in Markdown; its body begins on line 6 where ``head`` has two lines."""
    Path(name).write_bytes(f"---\n{head}\n---\n\n{body}\n".encode())
    return Path(name)


def refused(path: Path) -> tuple[int, str]:
    """The line of the refusal, and what it says up to the name of the character."""
    with pytest.raises(SourceError) as caught:
        loader.read(path, Settings())
    assert caught.value.code == "S002"
    return caught.value.line, caught.value.message.partition(" <")[0].partition(" cannot")[0]


def replaced(path: Path) -> tuple[list[str], list[Loss]]:
    """The texts of the article at ``path`` but for its title, and the characters recorded as lost."""
    loaded: Loaded = load(path, REPLACE)
    assert loaded.findings == ()
    return [entry.text for entry in said(loaded.article)][1:], [loss for loss in loaded.losses if loss.code == "L005"]


CHARACTERS = st.text(
    st.characters() | st.sampled_from("\u202a\u202c\u202e\u2066\u2067\u2069\n\U0001f3f4\U000e0067\U000e007f")
)


@given(CHARACTERS)
def test_property_what_is_replaced_can_stand_and_nothing_else_is_touched(text: str) -> None:
    found = [*characters.unfit(text), *characters.left_open(text)]
    fitted = characters.replace(text, found)
    assert len(fitted) == len(text)
    assert {at for at, (old, new) in enumerate(zip(text, fitted, strict=True)) if old != new} <= {f.at for f in found}
    assert {each.character for each in characters.unfit(fitted)} <= {characters.REPLACEMENT}
    assert list(characters.left_open(fitted)) == []


# --- Wherever text comes in -------------------------------------------------------------------

EVERYWHERE = {
    "paragraph": "one {}",
    "heading": "## one {}\n\ntext",
    "item": "- one {}",
    "cell": "| a | one {} |\n|---|---|\n| b | c |",
    "code span": "a `one {}` b",
    "code block": "```\none {}\n```",
    "info string": "```one{}\ntext\n```",
    "note": "a[^1]\n\n[^1]: one {}",
    "term": "one {}\n: what it is",
    "alternative text": "a ![one {}](no.png)",
    "title of a picture": 'a ![one](no.png "one {}")',
    "title of a link": '[a](https://example.org/ "one {}")',
    "address": "[a](https://example.org/one{})",
    "caption": "<figure><img src='no.png' alt='a'><figcaption>one {}</figcaption></figure>",
    "ruby": "<ruby>one<rt>{}</rt></ruby>",
    "html": "<p>one {}</p>",
    "quotation": "> one {}",
}


@pytest.mark.parametrize("written", EVERYWHERE.values(), ids=list(EVERYWHERE))
@pytest.mark.parametrize("character", ["\x01", "\ue000", "\U000e0068"])
def test_a_character_that_cannot_stand_is_refused_wherever_it_stands(written: str, character: str) -> None:
    line, told = refused(source(written.replace("{}", character)))
    before = written.partition("{}")[0]
    assert (line, told) == (
        6 + before.count("\n"),
        f"Column {len(before.rpartition(chr(10))[2]) + 1}: U+{ord(character):04X}"
        + (" TAG LATIN SMALL LETTER H" if ord(character) > 0xFFFF else ""),
    )


NO_REFERENCES = {"code span", "code block", "info string", "address"}
"""In code a reference is text; in addresses what it stands for is percent-encoded."""
WITH_REFERENCES = {name: written for name, written in EVERYWHERE.items() if name not in NO_REFERENCES}


@pytest.mark.parametrize("written", WITH_REFERENCES.values(), ids=list(WITH_REFERENCES))
@pytest.mark.parametrize("reference", ["&#xE000;", "&#57344;"])
def test_a_reference_to_it_is_refused_by_line_and_column(written: str, reference: str) -> None:
    line, told = refused(source(written.replace("{}", reference)))
    before = written.partition("{}")[0]
    assert (line, told) == (6 + before.count("\n"), f"Column {len(before.rpartition(chr(10))[2]) + 1}: U+E000")


@pytest.mark.parametrize("reference", ["&#1;", "&#x1;", "<b>&#x0001;</b>"])
def test_no_reference_to_a_control_is_dropped(reference: str) -> None:
    line, told = refused(source(f"a {reference}"))
    assert (line, told.partition(": ")[2]) == (6, "U+0001")


def test_a_reference_in_code_is_text() -> None:
    article = loader.read(source("`&#1;`\n\n```\n&#xE000;\n```"), Settings()).article
    assert [entry.text for entry in said(article)][1:] == ["&#1;", "&#xE000;"]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (r'title: "a\0b"', r"Column 10: U+0000"),
        (r'authors: ["\uFFFD"]', "Column 12: U+FFFD REPLACEMENT CHARACTER"),
        (r'summary: "\u202Eback"', "Column 11: U+202E RIGHT-TO-LEFT OVERRIDE"),
        (r'tags: "a, \uE000"', "Column 11: U+E000"),
        (r'cover: {path: "\x07"}', "Column 16: U+0007"),
    ],
)
def test_an_escape_in_front_matter_is_refused_by_line_and_column(written: str, told: str) -> None:
    path = source("Words.", f"date: 2026-10-05\n{written}\n{'' if written.startswith('title') else 'title: T'}")
    assert refused(path) == (3, told)


def test_an_escape_in_a_sidecar_is_refused_by_its_file_line_and_column() -> None:
    path = source("Words.")
    Path("a.meta.toml").write_text('section = "World"\npublisher = "The \\u0007"\n', encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        loader.read(path, Settings())
    assert str(caught.value).startswith("a.meta.toml:2: Column 18: U+0007 ")


def test_a_setting_is_refused_by_file_and_line() -> None:
    source("Words.")
    Path("exporter.toml").write_text('[publisher]\nname = "The \\u202E"\n', encoding="utf-8")
    result = CliRunner().invoke(main, ["build", "a.md", "--to", "txt"])
    assert result.exit_code == 2
    assert "exporter.toml:2: 'name': U+202E RIGHT-TO-LEFT OVERRIDE cannot stand." in result.stderr


# --- Directions -------------------------------------------------------------------------------


@pytest.mark.parametrize("opening", ["\u202a", "\u202b", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068"])
@pytest.mark.parametrize("written", ["| a | one {} |\n|---|---|\n| b \u2069\u202c | c |", "- {}a\n- b \u202c\u2069"])
def test_a_direction_left_open_in_its_block_is_refused_whatever_the_next_one_closes(opening: str, written: str) -> None:
    line, told = refused(source(written.replace("{}", opening)))
    assert (line, f"U+{ord(opening):04X}" in told) == (6, True)


def test_an_override_left_open_in_a_line_of_code_is_refused() -> None:
    assert refused(source("```\nif a: # \u202e\nb\u202c\n```")) == (7, "Column 9: U+202E RIGHT-TO-LEFT OVERRIDE")


def test_the_one_that_is_open_is_named_not_the_one_before_it() -> None:
    assert refused(source("a \u202eb\u202c c \u202ed")) == (6, "Column 9: U+202E RIGHT-TO-LEFT OVERRIDE")


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_a_direction_that_is_closed_in_its_block_is_kept_over_line_ends_and_emphasis(name: str) -> None:
    text = "\u2067one\ntwo\u2069 *\u202bthree* four\u202c"
    path = source(text) if name == "a.md" else Path(name)
    if name == "a.txt":
        path.write_text("Title\n\n\u2067one two\u2069 \u202bthree\u202c\n", encoding="utf-8")
    assert "\u2069" in [entry.text for entry in said(loader.read(path, Settings()).article)][1]


def test_plain_text_is_held_to_the_same() -> None:
    Path("a.txt").write_text("Title\n\nA line \u202e\n\nand the next \u202c\n", encoding="utf-8")
    assert refused(Path("a.txt")) == (3, "Column 8: U+202E RIGHT-TO-LEFT OVERRIDE")


def test_directions_opened_without_end_are_looked_at_once() -> None:
    assert refused(source("\u202a" * MANY))[0] == 6


# --- Replaced ---------------------------------------------------------------------------------


def test_each_is_replaced_one_for_one_and_recorded_by_line_and_column() -> None:
    texts, losses = replaced(source("a\x01b \ue000 &#xFFFF; c\n\n- d \u202e"))
    assert texts == ["a\ufffdb \ufffd \ufffd c", "d \ufffd"]
    assert [(loss.line, loss.column) for loss in losses] == [(6, 2), (6, 5), (6, 7), (8, 5)]
    assert losses[0].message == (
        "Line 6, column 2: U+0001 <control-0001> cannot stand; U+FFFD REPLACEMENT CHARACTER stands for it."
    )


def test_what_can_stand_is_left_alone() -> None:
    text = "no\u00a0break soft\u00adhyphen \u0646\u0645\u06cc\u200c\u062f\u0627\u0646\u0645 e\u0301 \u2764\ufe0f \u200e"
    assert replaced(source(text)) == ([text], [])


def test_a_replacement_character_of_an_earlier_conversion_stays_and_is_recorded() -> None:
    texts, losses = replaced(source("a \ufffd"))
    assert (texts, [(loss.line, loss.column) for loss in losses]) == (["a \ufffd"], [(6, 3)])


def test_many_are_replaced_in_one_reading() -> None:
    assert len(replaced(source("&#1; " * MANY))[1]) == MANY


@pytest.mark.parametrize("written", EVERYWHERE.values(), ids=list(EVERYWHERE))
def test_whatever_is_replaced_is_recorded_wherever_it_stood(written: str) -> None:
    settings = REPLACE.with_defaults(missing_images="placeholder")
    loaded = load(source(written.replace("{}", "\ue000")), settings)
    assert [loss.line for loss in loaded.losses if loss.code == "L005"] == [6 + written.partition("{}")[0].count("\n")]


def test_every_edition_says_so_in_the_manifest_and_the_build_in_its_output() -> None:
    source("Words \x07 here.")
    result = CliRunner().invoke(main, ["build", "a.md", "--unfit-characters", "replace"])
    assert result.exit_code == 0
    assert "Line 6, column 7: U+0007 <control-0007> cannot stand;" in result.stderr
    manifest = json.loads(Path("dist/a/manifest.json").read_bytes())
    assert manifest["options"]["unfit_characters"] == "replace"
    assert {edition["format"] for edition in manifest["editions"]} == {"pdf", "docx", "epub", "txt"}
    for edition in manifest["editions"]:
        assert [(each["line"], each["column"]) for each in edition["losses"] if each["code"] == "L005"] == [(6, 7)]


def test_the_settings_file_can_ask_for_it() -> None:
    source("Words \x07 here.")
    Path("exporter.toml").write_text('[defaults]\nunfit_characters = "replace"\n', encoding="utf-8")
    assert CliRunner().invoke(main, ["build", "a.md", "--to", "txt"]).exit_code == 0
    assert "Words \ufffd here." in Path("dist/a/a.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "written", ['title: "A \\x07"', 'title: A\nsummary: "\\u202Eback"', "title: A\nsection: W\ue000rld"]
)
def test_metadata_are_replaced_and_recorded_too(written: str) -> None:
    loaded = load(source("Words.", f"language: en\n{written}"), REPLACE)
    metadata = loaded.article.metadata
    assert "\ufffd" in f"{metadata.title}{metadata.summary}{metadata.section}"
    assert [(loss.code, loss.line) for loss in loaded.losses] == [("L005", 3 + written.count("\n"))]


def test_plain_text_is_replaced_and_recorded_too() -> None:
    Path("a.txt").write_text("Title\n\nWords\x0c and \u202eback\n", encoding="utf-8")
    texts, losses = replaced(Path("a.txt"))
    assert (texts, [(loss.line, loss.column) for loss in losses]) == (
        ["Words\ufffd and \ufffdback"],
        [(3, 6), (3, 12)],
    )


def test_a_sidecar_is_replaced_and_recorded_too() -> None:
    path = source("Words.")
    Path("a.meta.toml").write_text('publisher = "The \\u0007"\n', encoding="utf-8")
    loaded = load(path, REPLACE)
    assert (loaded.article.metadata.publisher, len(loaded.losses)) == ("The \ufffd", 1)


def test_bytes_that_are_no_text_are_refused_all_the_same() -> None:
    Path("a.md").write_bytes("# Café".encode("latin-1"))
    with pytest.raises(SourceError) as caught:
        loader.read(Path("a.md"), REPLACE)
    assert caught.value.code == "S006"


def test_verify_and_show_take_the_option_of_the_build() -> None:
    source("Words \x07 here.")
    run = CliRunner().invoke
    assert run(main, ["build", "a.md", "--to", "txt", "--unfit-characters", "replace"]).exit_code == 0
    assert run(main, ["verify", "a.md", "dist/a/a.txt"]).exit_code == 1
    assert run(main, ["verify", "a.md", "dist/a/a.txt", "--unfit-characters", "replace"]).exit_code == 0
    assert "Words \ufffd here." in run(main, ["show", "a.md", "--unfit-characters", "replace"]).stdout
