"""P005: what a reading voice says must be what stands on the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exporter.comparison import signature
from exporter.edition import Discrepancy
from exporter.pdfstructure import Document, elements, references
from exporter.text import Said
from exporter.walk import OBJECT


def misspoken(document: Document, expected: Sequence[Said]) -> Iterator[Discrepancy]:
    """Words read aloud in the place of others that are drawn."""
    for text in (*_of_elements(document), *_of_marks(document), *_of_links(document, expected)):
        message = f"A reading voice says '{text[:60]}' where the page shows something else."
        yield Discrepancy("P005", message, found=text)


def _of_elements(document: Document) -> Iterator[str]:
    for element in elements(document.tree):
        yield from element.replacements
        if element.alternative is not None and element.type != "Figure":
            yield element.alternative


def _of_marks(document: Document) -> Iterator[str]:
    """White space may be spelt out where nothing is drawn for it: it is compared by its gap."""
    for page in document.pages:
        for spoken in page.content.spoken:
            if spoken.text.strip() or page.content.marked.get(spoken.identifier):
                yield spoken.text


def _of_links(document: Document, expected: Sequence[Said]) -> Iterator[str]:
    """A link's description must be words of the article (pictures by their alternative texts), or its own target."""
    pictures = sorted((said.text for said in expected if said.kind == "image"), key=len, reverse=True)
    texts = {_words(said.text.replace(OBJECT, "")) for said in expected}
    for element in elements(document.tree):
        for link in references(element) if element.type == "Link" else ():
            words = {_words(link.words), _words(link.words, pictures)}
            known = any(each in text or each.isdecimal() for each in words for text in texts)
            if link.words != link.target and not known:
                yield link.words


def _words(text: str, without: Sequence[str] = ()) -> str:
    words = signature(text, "lines")
    for part in without:
        words = words.replace(signature(part, "lines"), "")
    return words
