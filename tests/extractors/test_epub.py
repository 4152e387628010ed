"""EPUB editions read back, whole and spoilt."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from exporter.article import Article
from exporter.errors import ExtractionError
from exporter.extractors.epub import EpubExtractor
from exporter.renderers.epub import EpubRenderer
from tests.articles import EVERYTHING
from tests.extractors.xhtml_cases import (
    ARTICLES,
    BLUE,
    EDGES,
    ISSUE,
    MUTANTS,
    RIGHT_TO_LEFT,
    codes,
    context,
    differences,
    replaced,
)

DOCUMENT = "EPUB/article.xhtml"
PACKAGE = "EPUB/content.opf"
SPOIL = Callable[[bytes], bytes]


def rendered(edition: Article) -> bytes:
    """The EPUB's bytes."""
    return EpubRenderer().render(edition, context(edition))


def rewritten(content: bytes, name: str, spoil: SPOIL) -> bytes:
    """The EPUB with one of its files changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            new.writestr(entry, spoil(data) if entry.filename == name else data)
    return target.getvalue()


def without(content: bytes, name: str) -> bytes:
    """The EPUB less one of its files."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry, old.read(entry))
    return target.getvalue()


def spoilt(old: str, new: str, edition: Article = EVERYTHING, name: str = DOCUMENT) -> set[str]:
    """Codes found when ``old`` becomes ``new`` in a file of the finished EPUB."""
    content = rewritten(rendered(edition), name, lambda data: replaced(data.decode(), old, new).encode())
    return codes(edition, content, EpubExtractor())


@pytest.mark.parametrize("edition", ARTICLES.values(), ids=ARTICLES.keys())
def test_the_epub_says_what_the_article_says(edition: Article) -> None:
    assert differences(edition, rendered(edition), EpubExtractor()) == []


@pytest.mark.parametrize(("old", "new", "code"), MUTANTS.values(), ids=MUTANTS.keys())
def test_it_is_noticed_when(old: str, new: str, code: str) -> None:
    assert code in spoilt(old, new)


def test_a_lost_alternative_text_is_noticed() -> None:
    assert spoilt('alt="Red"', 'alt="Rot"', EDGES) == {"V006"}


def test_a_picture_without_alternative_text_is_noticed() -> None:
    assert spoilt('alt="Red"', "", EDGES) & {"V001", "V003"}


def test_another_picture_is_noticed() -> None:
    assert spoilt('pictures/1.png" alt="Red"', 'pictures/2.png" alt="Red"', EDGES) == {"V009"}


def test_another_file_of_the_pictures_name_is_noticed() -> None:
    content = rewritten(rendered(EDGES), "EPUB/pictures/1.png", lambda _: BLUE.content)
    assert codes(EDGES, content, EpubExtractor()) == {"V009"}


def test_a_missing_picture_is_noticed() -> None:
    assert codes(EDGES, without(rendered(EDGES), "EPUB/pictures/1.png"), EpubExtractor()) == {"V009"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (">Bo Li<", ">Bo Lee<"),
        (">Everything", ">Anything"),
        (">A standfirst", ">The standfirst"),
        (">CC BY 4.0<", ">CC0<"),
        (">tests<", ">texts<"),
        (">2026-10-05<", ">2026-10-06<"),
        (">2026-10-07<", ">2026-10-08<"),
        (">urn:uuid:", ">urn:oid:"),
        ('page-progression-direction="ltr"', 'page-progression-direction="rtl"'),
        ("<dc:language>en<", "<dc:language>de<"),
    ],
)
def test_other_metadata_are_noticed(old: str, new: str) -> None:
    assert spoilt(old, new, name=PACKAGE) == {"V010"}


def test_a_document_that_turns_round_is_noticed() -> None:
    assert spoilt('dir="rtl"', 'dir="ltr"', RIGHT_TO_LEFT) == {"V011"}


def test_a_link_to_another_document_is_resolved_and_a_wrong_one_noticed() -> None:
    assert spoilt("part-3.xhtml#inside", "part-2.xhtml#inside", ISSUE, "EPUB/part-1.xhtml") == {"V008"}


def test_a_call_that_leads_to_no_note_is_noticed() -> None:
    assert spoilt("notes.xhtml#note-1", "notes.xhtml#note-9", ISSUE, "EPUB/part-1.xhtml") == {"V007"}


def test_a_document_left_out_of_the_spine_is_noticed() -> None:
    assert "V001" in spoilt('<itemref idref="item-3"/>', "", ISSUE, PACKAGE)


def test_documents_out_of_order_are_noticed() -> None:
    old = '<itemref idref="item-3"/>\n    <itemref idref="item-4"/>'
    new = '<itemref idref="item-4"/>\n    <itemref idref="item-3"/>'
    assert "V004" in spoilt(old, new, ISSUE, PACKAGE)


def test_what_is_no_zip_is_refused() -> None:
    with pytest.raises(ExtractionError, match="no zip archive"):
        EpubExtractor().extract(b"%PDF-1.7")


def test_a_zip_that_is_no_epub_is_refused() -> None:
    content = rewritten(rendered(EVERYTHING), "mimetype", lambda _: b"application/zip")
    with pytest.raises(ExtractionError, match="it is no EPUB"):
        EpubExtractor().extract(content)


@pytest.mark.parametrize("name", ["mimetype", "META-INF/container.xml", PACKAGE, DOCUMENT])
def test_an_epub_that_lacks_a_file_is_refused(name: str) -> None:
    with pytest.raises(ExtractionError, match="has no file"):
        EpubExtractor().extract(without(rendered(EVERYTHING), name))


def test_a_document_that_is_not_well_formed_is_refused() -> None:
    content = rewritten(rendered(EVERYTHING), DOCUMENT, lambda data: data.replace(b"</main>", b""))
    with pytest.raises(ExtractionError, match="not well-formed"):
        EpubExtractor().extract(content)


def test_a_spine_that_names_what_the_manifest_lacks_is_refused() -> None:
    content = rewritten(rendered(EVERYTHING), PACKAGE, lambda data: data.replace(b'idref="item-1"', b'idref="gone"'))
    with pytest.raises(ExtractionError, match="manifest does not have"):
        EpubExtractor().extract(content)


def test_a_damaged_file_is_refused() -> None:
    content = bytearray(rendered(EVERYTHING))
    at = content.index(b"article.xhtml") + 100
    content[at : at + 8] = b"\xff" * 8
    with pytest.raises(ExtractionError, match="cannot be read"):
        EpubExtractor().extract(bytes(content))
