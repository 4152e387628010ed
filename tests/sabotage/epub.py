"""Ways to break an EPUB: what stores refuse, what shuts readers out, and what tells them something else.

``VARIANTS`` are given the bytes of ``good()``. The verifier catches them all but those in ``JUDGED``, which are none of
its business: they say what the article says, and a judge catches them.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Final, TypeAlias

from exporter import fonts, templating, themes
from exporter.building import covers
from exporter.edition import RenderContext, Resource
from exporter.renderers.epub import EpubRenderer
from tests.extractors.forgeries import SUBJECT
from tests.extractors.xhtml_cases import context

Files: TypeAlias = dict[str, bytes]
Variant: TypeAlias = Callable[[bytes], bytes]

PACKAGE, PAGE, NAVIGATION = "EPUB/content.opf", "EPUB/article.xhtml", "EPUB/nav.xhtml"
FOLDERS = templating.search_path()
COVER, PICTURE, SHEET = "EPUB/cover.jpg", "EPUB/pictures/1.png", "EPUB/style.css"


@lru_cache
def cover() -> Resource:
    """The cover planned for the subject."""
    return covers.drawn(SUBJECT, {}, FOLDERS, themes.load("default", "A4", FOLDERS), fonts.library())


@lru_cache
def good() -> bytes:
    """The EPUB to be broken: one of every construct, pictures and a cover."""
    its = context(SUBJECT)
    return EpubRenderer().render(
        SUBJECT, RenderContext(labels=its.labels, resources=its.resources, date=its.date, cover=cover())
    )


# --- Tools ------------------------------------------------------------------------------------


def files(content: bytes) -> Files:
    """The files of an EPUB, in their order."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Files, *, stored: frozenset[str] = frozenset({"mimetype"})) -> bytes:
    """An EPUB of these files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data, zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED)
    return target.getvalue()


def replacing(name: str, pattern: str, by: str, content: bytes, *, count: int = 1) -> bytes:
    """The EPUB with what ``pattern`` finds in a file replaced."""
    parts = files(content)
    text = parts[name].decode("utf-8")
    made = re.sub(pattern, by, text, count=count, flags=re.DOTALL)
    assert made != text, f"nothing in {name} is {pattern}"
    return packed({**parts, name: made.encode("utf-8")})


def without(name: str, content: bytes) -> bytes:
    """The EPUB less a file."""
    return packed({each: data for each, data in files(content).items() if each != name})


def with_file(name: str, data: bytes, content: bytes) -> bytes:
    """The EPUB with a file put in, or in its place."""
    return packed({**files(content), name: data})


def in_order(order: Callable[[list[str]], list[str]], content: bytes) -> bytes:
    """The EPUB with its files in another order."""
    parts = files(content)
    return packed({name: parts[name] for name in order(list(parts))})


def page(pattern: str, by: str) -> Variant:
    """Change the article's document."""
    return partial(replacing, PAGE, pattern, by)


def package(pattern: str, by: str) -> Variant:
    """Change the package document."""
    return partial(replacing, PACKAGE, pattern, by)


def _last_paragraph_first(content: bytes) -> bytes:
    moved = replacing(PAGE, "<p>Last words.</p>\n", "", content)
    return replacing(PAGE, "(</header>\n)", r"\1<p>Last words.</p>\n", moved)


def _another_cover() -> bytes:
    from tests.articles import article, paragraph

    other = article(paragraph("x"), title="Another book")
    return covers.drawn(other, {}, FOLDERS, themes.load("default", "A4", FOLDERS), fonts.library()).content


def _swapped_cover(content: bytes) -> bytes:
    return with_file(COVER, _another_cover(), content)


def _uncovered(content: bytes) -> bytes:
    bare = replacing(PACKAGE, ' properties="cover-image"', "", content)
    bare = replacing(PACKAGE, r'<meta name="cover"[^>]*></meta>', "", bare)
    bare = replacing(PACKAGE, r'<reference type="cover"[^>]*/>', "", bare)
    bare = replacing(NAVIGATION, r'<li><a epub:type="cover".*?</li>', "", bare)
    bare = replacing(PACKAGE, r'<item [^>]*cover\.(xhtml|jpg)"[^>]*/>', "", bare, count=0)
    bare = replacing(PACKAGE, r'<itemref idref="item-1"/>', "", bare)
    return without("EPUB/cover.xhtml", without(COVER, bare))


# --- The variants -----------------------------------------------------------------------------

VARIANTS: Final[Mapping[str, Variant]] = {
    # The archive and the package
    "truncated": lambda content: content[: len(content) // 2],
    "mimetype not first": partial(in_order, lambda names: [*names[1:], names[0]]),
    "mimetype compressed": lambda content: packed(files(content), stored=frozenset()),
    "mimetype of another format": partial(with_file, "mimetype", b"application/zip"),
    "no container": partial(without, "META-INF/container.xml"),
    "no language": package("<dc:language>.*?</dc:language>", ""),
    "language that is none": package("<dc:language>en", "<dc:language>english language"),
    "no title in the package": package("<dc:title.*?</dc:title>", ""),
    "empty title in the package": package("(<dc:title[^>]*>)[^<]*", r"\1"),
    "no identifier": package("<dc:identifier.*?</dc:identifier>", ""),
    "modified yesterday": package('(dcterms:modified">)[^<]*', r"\1yesterday"),
    "date in words": package("<dc:date>[^<]*", "<dc:date>5th of October"),
    "cover read last": package('(<itemref idref="item-1"/>)\\s*(<itemref idref="item-3"/>)', r"\2\1"),
    "document left out of the reading order": package('<itemref idref="item-3"/>', ""),
    "wrong media type": package('(1.png" id="[^"]*" media-type=)"image/png"', r'\1"image/jpeg"'),
    "picture missing": partial(without, PICTURE),
    "picture not in the manifest": package('<item href="pictures/1.png"[^>]*/>', ""),
    "file nobody declared": partial(with_file, "EPUB/more.xhtml", b"<html/>"),
    # The documents
    "XHTML not well-formed": page("</blockquote>", ""),
    "document without a title": page("<title>.*?</title>", ""),
    "document without a language": page('<html([^>]*?) lang="en" xml:lang="en"', r"<html\1"),
    "one id twice": page('id="the-end"', 'id="lists"'),
    "script": page("</main>", "<script>var a = 1</script></main>"),
    "picture from elsewhere": page('src="pictures/1.png"', 'src="https://example.org/x.png"'),
    "link in a link": page("<em>a page</em>", '<a href="#lists">a page</a>'),
    "link to nowhere": page('href="article.xhtml#lists"', 'href="article.xhtml#nowhere"'),
    "link without words": page(">https://example.org/x</a>", "></a>"),
    "contents that lead nowhere": partial(replacing, NAVIGATION, "#lists", "#nowhere"),
    "style sheet with a slip": partial(replacing, SHEET, r"body \{", "body {{"),
    "style sheet missing": partial(without, SHEET),
    "named entity": page("Last words", "Last&nbsp;words"),
    "empty body": page("<body.*</body>", "<body></body>"),
    # Accessibility
    "picture without alternative text": page(' alt="A red square"', ""),
    "alternative text empty, and claimed": page('alt="A red square"', 'alt=""'),
    "heading that skips a level": page('<h2 id="the-end">(.*?)</h2>', r'<h5 id="the-end">\1</h5>'),
    "table without heads": page('<th scope="col"([^>]*)>(.*?)</th>', r"<td\1>\2</td>"),
    "pale words": page("<p>Last", '<p style="color: #bbb; background: #fff">Last'),
    "no word on accessibility": partial(
        replacing, PACKAGE, '<meta property="schema:access[^>]*>.*?</meta>', "", count=0
    ),
    "hazard that is none": package('(accessibilityHazard">)none', r"\1flashing"),
    "feature nobody knows": package('(accessibilityFeature">)readingOrder', r"\1bananas"),
    "feature that is not there": package('(accessibilityFeature">)readingOrder', r"\1pageNavigation"),
    "mode that is not there": package('(accessMode">)visual', r"\1auditory"),
    "summary that promises more": package('(accessibilitySummary"[^>]*>)[^<]*', r"\1Certified by everybody."),
    "conformance nobody judged": package(
        "</metadata>",
        '<meta property="dcterms:conformsTo">EPUB Accessibility 1.1 - WCAG 2.1 Level AA</meta></metadata>',
    ),
    "note that leads back to nothing": page('href="article.xhtml#call-1"', 'href="article.xhtml#call-9"'),
    # How it is shown
    "a book of pages of one size": package(
        "</metadata>", '<meta property="rendition:layout">pre-paginated</meta></metadata>'
    ),
    "a document of one page": package(
        '<itemref idref="item-3"', '<itemref properties="rendition:layout-pre-paginated" idref="item-3"'
    ),
    "a book of pages for one shop": partial(
        with_file, "META-INF/com.apple.ibooks.display-options.xml", b"<display_options/>"
    ),
    "a document that is another where letters are all small": lambda content: replacing(
        PACKAGE,
        "</manifest>",
        '<item id="twin" href="ARTICLE.xhtml" media-type="application/xhtml+xml"/></manifest>',
        with_file("EPUB/ARTICLE.xhtml", files(content)[PAGE].replace(b"Last words", b"Lost words"), content),
    ),
    "a part that is shown before it is bought": package(
        "</package>", '<collection role="preview"><link href="article.xhtml"/></collection></package>'
    ),
    "a program for pictures": package(
        "</package>", '<bindings><mediaType media-type="image/png" handler="item-3"/></bindings></package>'
    ),
    # What it is called
    "a title for another edition": package(
        "</metadata>",
        '<dc:title id="other">Lies</dc:title><meta refines="#other" property="title-type">edition</meta></metadata>',
    ),
    "a title to sort by": package("</metadata>", '<meta refines="#title" property="file-as">Lies</meta></metadata>'),
    "a title in other letters": package(
        "</metadata>", '<meta refines="#title" property="alternate-script">Lies</meta></metadata>'
    ),
    "somebody who contributed": package("</metadata>", "<dc:contributor>Nobody</dc:contributor></metadata>"),
    "a type it is not": package("</metadata>", "<dc:type>dictionary</dc:type></metadata>"),
    "a record elsewhere": package(
        "</metadata>", '<link rel="record" href="https://example.org/" media-type="text/xml"/></metadata>'
    ),
    # What it says
    "paragraph dropped": page("<p>Last words.</p>", ""),
    "paragraph moved": _last_paragraph_first,
    "word changed": page("Last words", "Lost words"),
    "number changed": page("34\\.0", "43.0"),
    "words hidden": page("<p>Last words", '<p hidden="hidden">Last words'),
    "words added by the style sheet": partial(replacing, SHEET, r"\Z", 'h1::after { content: "not" }'),
    "cover of another book": _swapped_cover,
    "cover taken out": _uncovered,
    "cover called otherwise": partial(replacing, "EPUB/cover.xhtml", 'alt="[^"]*"', 'alt="Another book"'),
    "contents of EPUB 2 that lie": partial(replacing, "EPUB/toc.ncx", ">Lists<", ">Lies<"),
}

JUDGED: Final[Mapping[str, str]] = {
    "modified yesterday": "epubcheck",
    "wrong media type": "epubcheck",
    "document without a title": "epubcheck",
    "document without a language": "ace",
    "style sheet with a slip": "epubcheck",
    "note that leads back to nothing": "epubcheck",
    "no word on accessibility": "ace",
}
"""What says what the article says, and who else catches it. Nothing is left that nobody does."""
