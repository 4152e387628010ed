"""What an EPUB holds beside the article's text: package, navigation, pictures, archive."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from lxml import etree

from exporter import labels
from exporter.article import Article, Heading, Image, Metadata, Paragraph, Section, Text
from exporter.edition import RenderContext, Resource
from exporter.errors import RenderError
from exporter.images import resource
from exporter.renderers.epub import EpubRenderer
from exporter.templating import search_path
from tests.articles import EVERYTHING, NOTE, article, paragraph

ROOT = Path(__file__).parent.parent.parent
NOON = datetime(2026, 10, 6, 12, tzinfo=UTC)


def png(colour: str = "red") -> bytes:
    """A small PNG."""
    from PIL import Image as Pillow

    target = io.BytesIO()
    Pillow.new("RGB", (4, 4), colour).save(target, "PNG")
    return target.getvalue()


def rendered(edition: Article, date: datetime = NOON, **pictures: Resource) -> bytes:
    """The EPUB's bytes."""
    words = labels.load(edition.metadata.language, search_path())
    resources = {each.source: each for each in pictures.values()}
    return EpubRenderer().render(edition, RenderContext(labels=words, date=date, resources=resources))


def opened(content: bytes) -> zipfile.ZipFile:
    """The EPUB as an archive."""
    return zipfile.ZipFile(io.BytesIO(content))


def file(content: bytes, name: str) -> str:
    """One of the EPUB's files as text."""
    return opened(content).read(f"EPUB/{name}").decode("utf-8")


def properties(edition: Article, name: str, **pictures: Resource) -> list[str]:
    """The values of one ``meta`` property in the package document."""
    package = file(rendered(edition, **pictures), "content.opf")
    return re.findall(rf'<meta property="{name}"[^>]*>([^<]*)</meta>', package)


# --- The archive ------------------------------------------------------------------------------


def test_the_media_type_comes_first_and_is_stored() -> None:
    first = opened(rendered(EVERYTHING)).infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")


def test_no_entry_is_dated_by_the_clock() -> None:
    assert {entry.date_time for entry in opened(rendered(EVERYTHING)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_same_article_gives_the_same_bytes() -> None:
    assert rendered(EVERYTHING) == rendered(EVERYTHING)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles"])
def test_another_process_in_another_time_zone_gives_the_same_bytes(zone: str) -> None:
    program = "import sys; from tests.renderers.test_epub import *; sys.stdout.buffer.write(rendered(EVERYTHING))"
    environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT)}
    result = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, check=True)
    assert result.stdout == rendered(EVERYTHING)


# --- The package ------------------------------------------------------------------------------


def test_the_date_of_modification_is_the_editions_in_utc() -> None:
    east = NOON.astimezone(timezone(timedelta(hours=9)))
    assert "2026-10-06T12:00:00Z</meta>" in file(rendered(EVERYTHING, east), "content.opf")


def test_package_and_documents_say_their_language_and_direction() -> None:
    content = rendered(article(paragraph("نص"), language="ar", direction="rtl"))
    package = file(content, "content.opf")
    assert re.search(r'<package [^>]*dir="rtl"[^>]*xml:lang="ar"', package)
    assert re.search(r'<spine [^>]*page-progression-direction="rtl"', package)
    for name in ("article.xhtml", "nav.xhtml"):
        assert 'lang="ar" xml:lang="ar" dir="rtl">' in file(content, name)


def test_each_author_is_a_creator_in_order() -> None:
    package = file(rendered(EVERYTHING), "content.opf")
    assert re.findall(r"<dc:creator[^>]*>([^<]*)<", package) == ["Ana Pérez", "Bo Li"]


def test_what_is_not_known_is_left_out() -> None:
    package = file(rendered(article(paragraph("x"))), "content.opf")
    assert re.findall(r"<dc:(\w+)", package) == ["identifier", "language", "title"]


def test_every_file_is_in_the_manifest_and_every_item_is_a_file() -> None:
    content = rendered(article(Paragraph((Image("a.png", "A"),))), a=resource("a.png", png()))
    package = file(content, "content.opf")
    files = {n.removeprefix("EPUB/") for n in opened(content).namelist() if n.startswith("EPUB/")} - {"content.opf"}
    assert set(re.findall(r'<item href="([^"]*)"', package)) == files


def test_without_pictures_nothing_visual_is_claimed() -> None:
    edition = article(paragraph("x"))
    assert properties(edition, "schema:accessMode") == ["textual"]
    assert "alternativeText" not in properties(edition, "schema:accessibilityFeature")


def test_pictures_with_alternative_text_are_claimed() -> None:
    edition = article(Paragraph((Image("a.png", "A"),)))
    pictures = {"a": resource("a.png", png())}
    assert properties(edition, "schema:accessMode", **pictures) == ["textual", "visual"]
    assert properties(edition, "schema:accessModeSufficient", **pictures) == ["textual"]
    assert "alternativeText" in properties(edition, "schema:accessibilityFeature", **pictures)


def test_one_picture_without_alternative_text_withdraws_the_claim() -> None:
    edition = article(Paragraph((Image("a.png", "A"), Image("b.png", ""))))
    pictures = {"a": resource("a.png", png()), "b": resource("b.png", png())}
    assert "alternativeText" not in properties(edition, "schema:accessibilityFeature", **pictures)
    assert properties(edition, "schema:accessModeSufficient", **pictures) == ["textual,visual"]
    assert "no alternative text" in properties(edition, "schema:accessibilitySummary", **pictures)[0]


def test_a_control_character_in_the_metadata_is_refused_not_dropped() -> None:
    with pytest.raises(RenderError, match=r"U\+0001"):
        rendered(article(paragraph("x"), rights="All\x01 rights"))


# --- Pictures ---------------------------------------------------------------------------------


def test_pictures_of_one_name_in_two_folders_stay_two() -> None:
    edition = article(Paragraph((Image("a/x.png", "A"), Image("b/x.png", "B"))))
    content = rendered(edition, a=resource("a/x.png", png("red")), b=resource("b/x.png", png("blue")))
    assert opened(content).read("EPUB/pictures/1.png") == png("red")
    assert opened(content).read("EPUB/pictures/2.png") == png("blue")


def test_a_picture_set_twice_is_packed_once() -> None:
    edition = article(Paragraph((Image("a.png", "A"),)), Paragraph((Image("a.png", "Again"),)))
    names = opened(rendered(edition, a=resource("a.png", png()))).namelist()
    assert [name for name in names if "pictures" in name] == ["EPUB/pictures/1.png"]


def test_a_picture_nobody_loaded_is_refused() -> None:
    with pytest.raises(RenderError, match=r"'gone\.png' was not loaded"):
        rendered(article(Paragraph((Image("gone.png", "Gone"),))))


def test_a_picture_of_a_kind_epub_readers_need_not_know_is_refused() -> None:
    odd = replace(resource("a.png", png()), media_type="image/tiff")
    with pytest.raises(RenderError, match="image/tiff"):
        rendered(article(Paragraph((Image("a.png", "A"),))), a=odd)


# --- Documents --------------------------------------------------------------------------------


def test_every_document_is_well_formed_and_has_a_title() -> None:
    content = rendered(EVERYTHING)
    for name in ("article.xhtml", "nav.xhtml"):
        root = etree.fromstring(opened(content).read(f"EPUB/{name}"))
        assert root.findtext(".//{*}head/{*}title")


def test_nothing_is_inserted_between_elements() -> None:
    content = rendered(article(Paragraph((Text("a"), NOTE))))
    assert '<p>a<sup class="noteref">' in file(content, "article.xhtml")


def test_calls_and_notes_are_what_readers_show_in_a_window() -> None:
    document = file(rendered(EVERYTHING), "article.xhtml")
    assert 'href="article.xhtml#note-1" role="doc-noteref" epub:type="noteref">1</a>' in document
    assert (
        '<section class="notes" role="doc-endnotes" aria-labelledby="notes-heading" epub:type="endnotes">' in document
    )
    assert '<li class="note" id="note-1" epub:type="endnote">' in document


def contents(edition: Article) -> list[tuple[int, str]]:
    """Depth and words of each line of the table of contents."""
    root = etree.fromstring(opened(rendered(edition)).read("EPUB/nav.xhtml"))
    links = root.findall(".//{*}nav")[0].iterfind(".//{*}a")
    return [(len(list(link.iterancestors("{*}ol"))), str(link.text)) for link in links]


def test_the_table_of_contents_nests_headings_by_level() -> None:
    assert contents(EVERYTHING) == [
        (1, "Everything: a <rich> sample & more"),
        (2, "Lists"),
        (3, "Quotes and code"),
        (2, "The end"),
        (1, "Notes"),
    ]


def test_a_level_left_out_is_none_of_the_table_of_contents() -> None:
    headings = (Heading((Text("Two"),), 2), Heading((Text("Five"),), 5), Heading((Text("Three"),), 3))
    assert contents(article(*headings)) == [(1, "A title"), (2, "Two"), (3, "Five"), (3, "Three")]


def test_a_call_in_a_heading_is_none_of_the_table_of_contents() -> None:
    assert contents(article(Heading((Text("Called"), NOTE), 2))) == [(1, "A title"), (2, "Called"), (1, "Notes")]


def test_every_link_in_the_epub_leads_to_something_in_it() -> None:
    part = Section((Heading((Text("In"),), 3, "in"), Paragraph((NOTE,))), Metadata(title="Part"))
    for edition in (EVERYTHING, article(paragraph("Before."), part, part)):
        content = rendered(edition)
        names = [name for name in opened(content).namelist() if name.endswith(".xhtml")]
        found = {name.removeprefix("EPUB/"): file(content, name.removeprefix("EPUB/")) for name in names}
        there = {f"{name}#{anchor}" for name, text in found.items() for anchor in re.findall(r' id="([^"]*)"', text)}
        links = {link for text in found.values() for link in re.findall(r'href="([^":]*)"', text)}
        assert links - there - set(found) == {"style.css"}


def test_each_section_with_metadata_has_its_own_document() -> None:
    parts = [Section((paragraph(f"{n}"), Paragraph((NOTE,))), Metadata(title=f"Part {n}")) for n in (1, 2)]
    package = file(rendered(article(paragraph("Before."), *parts)), "content.opf")
    documents = re.findall(r'<item href="([^"]*)" id="([^"]*)" media-type="application/xhtml\+xml"/>', package)
    names = ["title.xhtml", "part-1.xhtml", "part-2.xhtml", "part-3.xhtml", "notes.xhtml"]
    assert [name for name, _ in documents] == names
    navigation = re.findall(r'<item href="nav.xhtml" id="([^"]*)"', package)
    first, *others = [identifier for _, identifier in documents]
    assert re.findall(r'<itemref idref="([^"]*)"', package) == [first, *navigation, *others]


def test_the_style_sheet_sets_no_colour() -> None:
    style = re.sub(r"/\*.*?\*/", "", file(rendered(EVERYTHING), "style.css"), flags=re.DOTALL)
    assert re.findall(r"colou?r\s*:|background|#[0-9a-fA-F]{3}", style) == []
