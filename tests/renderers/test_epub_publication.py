"""An article made of several as EPUB: one document an article, and lists that lead to each."""

from __future__ import annotations

import io
import zipfile
from functools import lru_cache
from pathlib import PurePosixPath

import pytest
from lxml import etree

from exporter import registry
from tests.renderers.test_pdf_publication import opened, outline
from tests.weekly import ISSUE, context, findings, listed, rendered

_NAMES = {
    "h": "http://www.w3.org/1999/xhtml",
    "opf": "http://www.idpf.org/2007/opf",
    "ncx": "http://www.daisy.org/z3986/2005/ncx/",
}
_TYPE = "{http://www.idpf.org/2007/ops}type"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@lru_cache(maxsize=1)
def book() -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(rendered(ISSUE, "epub")))


def document(name: str) -> etree._Element:
    return etree.fromstring(book().read(f"EPUB/{name}"))


def found(root: etree._Element, path: str) -> list[etree._Element]:
    result = root.xpath(path, namespaces=_NAMES)
    assert isinstance(result, list)
    return [each for each in result if isinstance(each, etree._Element)]


def contents() -> list[tuple[int, str, str]]:
    """Depth from 1, title and address of each entry of the navigation document."""
    links = found(document("nav.xhtml"), "//h:nav[1]//h:a")
    depths = [len(found(link, "ancestor::h:ol")) for link in links]
    return [(depth, link.text or "", link.get("href", "")) for depth, link in zip(depths, links, strict=True)]


def spine() -> list[str]:
    package = document("content.opf")
    items = {item.get("id"): item.get("href", "") for item in found(package, "//opf:item")}
    return [items[reference.get("idref")] for reference in found(package, "//opf:itemref")]


def test_it_is_proved() -> None:
    assert findings(rendered(ISSUE, "epub"), format_="epub") == []


def test_the_outline_of_the_pdf_and_the_navigation_list_the_same_in_the_same_order() -> None:
    assert [(depth, title) for depth, title, _ in contents()] == outline(opened(rendered())) == listed()


def test_the_contents_of_epub_2_list_the_same() -> None:
    points = found(document("toc.ncx"), "//ncx:navPoint")
    depths = [len(found(point, "ancestor-or-self::ncx:navPoint")) for point in points]
    texts = [found(point, "ncx:navLabel/ncx:text")[0].text for point in points]
    assert list(zip(depths, texts, strict=True)) == listed()


def test_there_is_one_document_an_article() -> None:
    assert spine() == ["title.xhtml", "nav.xhtml", *(f"part-{n}.xhtml" for n in range(1, 6)), "notes.xhtml"]


def test_a_part_has_its_title_in_the_document_of_its_first_article() -> None:
    homes = [PurePosixPath(address.partition("#")[0]).stem for _, _, address in contents()]
    assert homes == ["part-2", "part-2", "part-3", "part-4", "part-4", "part-5"]


@pytest.mark.parametrize("number", range(6))
def test_an_entry_leads_to_the_heading_of_its_name(number: int) -> None:
    _, title, address = contents()[number]
    name, _, anchor = address.partition("#")
    (heading,) = found(document(name), f"//*[@id='{anchor}']")
    assert (etree.QName(heading).localname in ("h2", "h3"), "".join(heading.itertext())) == (True, title)


def test_landmarks_name_the_parts_of_a_publication() -> None:
    links = found(document("nav.xhtml"), "//h:nav[2]//h:a")
    assert [(link.get(_TYPE), link.get("href")) for link in links] == [
        ("titlepage", "title.xhtml"),
        ("toc", "nav.xhtml#toc"),
        ("bodymatter", "part-1.xhtml"),
        ("backmatter endnotes", "notes.xhtml#notes-heading"),
    ]


@pytest.mark.parametrize(("name", "language", "direction"), [("part-3", "fr", "ltr"), ("part-4", "en", "ltr")])
def test_a_document_is_in_the_language_of_its_article(name: str, language: str, direction: str) -> None:
    root = document(f"{name}.xhtml")
    assert (root.get("lang"), root.get(_LANG), root.get("dir")) == (language, language, direction)


def test_an_article_from_right_to_left_says_so_below_the_title_of_its_part() -> None:
    (section,) = found(document("part-4.xhtml"), "//h:section[@class='entry']")
    assert (section.get("lang"), section.get("dir")) == ("ar", "rtl")


def test_entries_of_both_contents_are_in_their_language() -> None:
    links = found(document("nav.xhtml"), "//h:nav[1]//h:a")
    labels = found(document("toc.ncx"), "//ncx:navLabel")
    assert [link.get("lang") for link in links] == [None, None, "fr", None, "ar", None]
    assert [label.get(_LANG) for label in labels] == [None, None, "fr", None, "ar", None]


def test_a_link_to_another_article_leads_into_its_document() -> None:
    links = found(document("part-2.xhtml"), "//h:p//h:a")
    assert "part-5.xhtml#fish" in [link.get("href") for link in links]


def test_two_renderings_are_one() -> None:
    assert registry.renderer("epub").render(ISSUE, context(ISSUE)) == rendered(ISSUE, "epub")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("The council meets again</a>", "The council meets never</a>", "V003"),
        ('<li><a href="part-5.xhtml#fish">', '<li hidden="hidden"><a href="part-5.xhtml#fish">', "V001"),
        ('"part-2.xhtml#council"', '"part-2.xhtml#hall"', "V008"),
        (' lang="fr" xml:lang="fr"', "", "V011"),
        ('class="contents"', "", "V001"),
    ],
)
def test_contents_that_mislead_are_found(old: str, new: str, code: str) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as changed:
        for name in book().namelist():
            content = book().read(name)
            if name.endswith("nav.xhtml"):
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            changed.writestr(name, content)
    assert code in {finding.code for finding in findings(target.getvalue(), format_="epub")}
