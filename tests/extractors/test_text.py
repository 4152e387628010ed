"""Plain text read back: whatever an article says is found again, and whatever was changed is reported."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exporter import labels, registry, templating
from exporter.article import (
    Article,
    Block,
    BlockQuote,
    BulletList,
    CodeBlock,
    DefinitionItem,
    DefinitionList,
    Figure,
    HardBreak,
    Heading,
    Image,
    Link,
    ListItem,
    Note,
    OrderedList,
    Paragraph,
    Row,
    Section,
    Table,
    Text,
)
from exporter.article import Metadata as Facts
from exporter.edition import Discrepancy, Edition, RenderContext
from exporter.errors import ExtractionError
from exporter.extractors.text import TextExtractor
from exporter.labels import Labels
from exporter.text import FURNITURE, Said, said, said_metadata
from exporter.verifier import compare, verify
from exporter.walk import OBJECT
from tests.articles import EVERYTHING, article, cells, item, paragraph, with_picture
from tests.strategies import LOOK_ALIKES, articles

ENGLISH = labels.load("en", templating.search_path())


def rendered(made: Article, width: int = 72, words: Labels = ENGLISH) -> bytes:
    return registry.renderer("txt").render(made, RenderContext(labels=words, options={"width": width}))


def differences(made: Article, content: bytes) -> tuple[Discrepancy, ...]:
    return verify(made, Edition("txt", "a-title", content)).discrepancies


def entries(content: str) -> tuple[Said, ...]:
    """What is said under a title."""
    found = TextExtractor().extract(f"# A title\n\n{content}".encode()).entries[1:]
    return tuple(entry for entry in found if entry.kind != FURNITURE)


class TestAnyArticle:
    @settings(suppress_health_check=list(HealthCheck))
    @given(articles(), st.integers(30, 100))
    def test_is_read_back_as_it_was(self, made: Article, width: int) -> None:
        words = labels.load(made.metadata.language, templating.search_path())
        assert differences(made, rendered(made, width, words)) == ()


def quoted(*blocks: Block) -> BlockQuote:
    return BlockQuote(blocks)


def bullets(*blocks: Block) -> BulletList:
    return BulletList((ListItem(blocks),))


CODE = CodeBlock("\n  a  \n\n \n```\n- x")
HEADING = Heading((Text("Heading"),), 3)
TABLE = Table((cells("a", "b", header=True),), (cells("1", ""), cells("", "2")), (None, "right"), (Text("Caption"),))
LISTED = Table((cells("a", "", header=True),), (cells("1|", "x"), cells("", "")), (None, None))
DEFINED = DefinitionList((DefinitionItem(((Text("Term"),),), ((CODE, paragraph("What.")), (bullets(HEADING),))),))
NESTED = {
    "an empty item": bullets(),
    "an item that begins with code": bullets(CODE, paragraph("x")),
    "an item that begins with a heading": bullets(HEADING, paragraph("x")),
    "an item that begins with a quote": bullets(quoted(paragraph("x"))),
    "an item that begins with a list": bullets(bullets(bullets(paragraph("x")))),
    "an item that begins with a table": bullets(TABLE),
    "an item whose first paragraph is empty": bullets(Paragraph(()), paragraph("x")),
    "a quote that begins with a heading": quoted(HEADING, paragraph("x")),
    "a quote with everything": quoted(CODE, TABLE, LISTED, bullets(CODE, quoted(HEADING, CODE)), DEFINED),
    "code after a list": quoted(bullets(paragraph("x")), CODE),
    "definitions with everything": DEFINED,
    "lists of one kind after another": quoted(
        OrderedList((item(paragraph("one")),)), OrderedList((item(paragraph("one")),)), bullets(), bullets()
    ),
    "a note with everything": Paragraph((Text("x"), Note((HEADING, CODE, TABLE, bullets(CODE), quoted(CODE)), "n"))),
    "a section with authors": Section(
        (paragraph("x"),), Facts(title="T", subtitle="By\u00a0no one", authors=("A", "B")), language="fr"
    ),
    "pictures without text in cells": Table(
        (), (Row((*cells("x").cells, *cells("").cells)),), (None, None), (Image("a.png", "alt"),)
    ),
    "a numbered task": OrderedList((item(paragraph("[x] x"), checked=False), item(CODE, checked=True)), 9),
    "empty code": quoted(CodeBlock(""), CodeBlock("\n\nx")),
    "figures without pictures": Figure(Image("a.png", ""), (Text("- x"),), (Text(") x"),)),
    "breaks between East Asian lines": Paragraph((Text("漢"), HardBreak(), Text("字 漢"))),
    "one description for two pictures": Paragraph((Image("a.png", "alt"), Text(" "), Image("b.png", "alt"))),
}


class TestNesting:
    @pytest.mark.parametrize("width", [30, 72])
    @pytest.mark.parametrize("block", NESTED.values(), ids=NESTED.keys())
    def test_is_read_back(self, block: Block, width: int) -> None:
        made = article(paragraph("Before."), block, paragraph("After."), block)
        words = labels.load(made.metadata.language, templating.search_path())
        assert differences(made, rendered(made, width, words)) == ()

    def test_every_construct_at_every_width(self) -> None:
        widths = [width for width in range(20, 120) if differences(EVERYTHING, rendered(EVERYTHING, width))]
        assert widths == []


class TestLookAlikes:
    @pytest.mark.parametrize("text", LOOK_ALIKES)
    def test_a_text_that_looks_like_a_mark_stays_a_text(self, text: str) -> None:
        words = (Text(text),)
        link = Link(words, "https://example.org/")
        made = article(
            Paragraph(words),
            bullets(Paragraph(words), Paragraph(words)),
            Heading(words, 2),
            Table((cells(text, text, header=True),), (cells(text, ""),), (None, None), words),
            DefinitionList((DefinitionItem((words,), ((Paragraph(words),),)),)),
            Figure(Image("a.png", text), words, words),
            Paragraph((link, Text(" "), *words, Note((Paragraph(words),), "n"), Image("a.png", text))),
            title=text,
            subtitle=text,
            authors=(text, text),
        )
        assert [differences(made, rendered(made, width)) for width in (30, 72)] == [(), ()]

    def test_labels_of_other_languages_are_not_needed_to_read(self) -> None:
        words = Labels("zh", **{n: f"{n} 文:" for n in Labels.__slots__ if n != "language"})
        found = TextExtractor().extract(rendered(EVERYTHING, words=words))
        assert list(compare(said(EVERYTHING), said_metadata(EVERYTHING.metadata), found)) == []


class TestMutants:
    """What a careless hand could do to a finished edition."""

    def codes(self, old: str, new: str, made: Article = EVERYTHING) -> set[str]:
        content = rendered(made).decode("utf-8")
        assert content.count(old) == 1
        return {found.code for found in differences(made, content.replace(old, new).encode("utf-8"))}

    def test_a_dropped_word(self) -> None:
        assert self.codes("What it means.", "What means.") == {"V003"}

    def test_a_lost_accent(self) -> None:
        assert self.codes("Une phrase entière.", "Une phrase entiere.") == {"V003"}

    def test_a_lost_soft_hyphen(self) -> None:
        assert self.codes("soft\u00adhyphen", "softhyphen") == {"V003"}

    def test_a_decomposed_letter(self) -> None:
        assert self.codes("entière", "entie\u0300re") == {"V003"}

    def test_swapped_paragraphs(self) -> None:
        assert self.codes("  : One.\n  : Two.", "  : Two.\n  : One.") == {"V004"}

    def test_a_doubled_note(self) -> None:
        note = "  [Note\u00a01] The first note, with some words.\n\n"
        assert self.codes(note, note + note) == {"V005"}

    def test_a_lost_paragraph(self) -> None:
        assert self.codes("Last words.\n\n\n", "\n\n") == {"V001"}

    def test_an_added_paragraph(self) -> None:
        assert self.codes("Last words.", "Something else entirely.\n\nLast words.") == {"V002"}

    def test_another_address(self) -> None:
        assert self.codes("[2] https://example.org/x", "[2] https://example.org/y") == {"V008"}

    def test_another_heading_linked_to(self) -> None:
        assert self.codes("#1 Lists", "#3 The end") == {"V008"}

    def test_a_heading_turned_into_a_paragraph(self) -> None:
        assert self.codes("\n\n\n## The end", "\n\nThe end") == {"V007"}

    def test_a_heading_of_another_level(self) -> None:
        assert self.codes("### Quotes", "## Quotes") == {"V007"}

    def test_another_number_of_an_item(self) -> None:
        assert self.codes("  4. Fourth", "  5. Fourth") == {"V007"}

    def test_a_task_that_is_not_done(self) -> None:
        assert self.codes("  [x] done", "  [ ] done") == {"V007"}

    def test_a_quote_less_deep(self) -> None:
        assert self.codes("  >   > Quoted twice.", "  > Quoted twice.") == {"V007"}

    def test_swapped_cells(self) -> None:
        assert "V004" in self.codes("Peru    | Lima          |", "Lima    | Peru          |")

    def test_a_header_cell_that_heads_nothing(self) -> None:
        assert self.codes("Laos    ‖", "Laos    |") == {"V007"}

    def test_a_space_lost_at_the_end_of_a_line_of_code(self) -> None:
        made = article(CodeBlock("a  \nb"))
        assert self.codes("a  \n", "a \n", made) == {"V003"}

    def test_other_words_under_a_picture(self) -> None:
        made = article(Figure(Image("a.png", "A red square")))
        assert self.codes("A red square", "A green square", made) == {"V006"}

    def test_a_lost_description(self) -> None:
        made = article(paragraph("x"), Figure(Image("a.png", "A red square")))
        assert self.codes("[Image] A red square", "[Image]", made) == {"V006"}

    def test_another_title(self) -> None:
        assert self.codes("# Everything: a", "# Everything a") == {"V003", "V010"}


class TestDamage:
    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"no title\n",
            b"# cut off",
            b"# \xff\n",
            b"# A\n\n    four spaces\n",
            b"# A\n\n  no marker\n",
            b"# A\n\n  ```\n  never closed\n",
            b"# A\n\n\nno heading\n",
            b"# A\n\n     neither author nor date\n",
            b"# A\n\n  --+--+\n  a | b |\n  c |\n",
            b"# A\n\n  --+--+\n  a | b | c\n",
            b"# A\n\n  --+--+\nXXa | b |\n",
            b"# A\n\n  +\n  c\n",
            b"# A\n\n  +\nXX| c\n",
            b"# A\n\n  +=\n  | H\n  +\n  | cell\n",
            b"# A\n\n\n# Links\n\nno link\n",
            b"# A\n\n\n# Added words\n",
            b"# A\n\nx\xc2\xa0[1]\n\n\n# Links\n\n  [1] a\n\n\nAdded words\n\n  [2] b\n",
            b"# A\n\n\n# Links\n\n  [1] https://example.org/never-called\n",
            b"# A\n\nx\n\n\n# Links\n\n  [1] a\n  [1] b\n",
        ],
    )
    def test_is_refused(self, content: bytes) -> None:
        with pytest.raises(ExtractionError):
            TextExtractor().extract(content)

    def test_two_descriptions_of_one_picture_are_refused(self) -> None:
        made = with_picture("a.png")
        content = rendered(made).decode("utf-8")
        line = re.findall("  \\[Image\u00a01\\] A red square\n", content)[0]
        with pytest.raises(ExtractionError, match="two descriptions"):
            TextExtractor().extract(content.replace(line, f"{line}\n  [Image\u00a01] A blue square\n").encode())


class TestEntries:
    def test_a_line_end_stands_for_a_space(self) -> None:
        assert [entry.text for entry in entries("one\ntwo\n")] == ["one two"]

    def test_a_line_end_between_east_asian_characters_stands_for_nothing(self) -> None:
        assert [entry.text for entry in entries("漢\n字\n")] == ["漢字"]

    def test_a_line_end_in_korean_stands_for_a_space(self) -> None:
        assert [entry.text for entry in entries("한국\n말\n")] == ["한국 말"]

    def test_a_note_call_is_an_object(self) -> None:
        found = entries("x\u00a0[n\u00a01] y\n\n\n# Notes\n\n  [n\u00a01] z\n")
        assert found[0].text == f"x{OBJECT} y"
        assert found[0].attributes == {"calls": "1"}

    def test_brackets_without_an_explanation_are_text(self) -> None:
        assert entries("x\u00a0[1]\n")[0].text == "x\u00a0[1]"

    def test_metadata_are_those_of_the_header(self) -> None:
        assert TextExtractor().extract(rendered(EVERYTHING)).metadata == {
            "title": "Everything: a <rich> sample & more",
            "subtitle": "A standfirst that says what it is about",
            "authors": "Ana Pérez; Bo Li",
        }
