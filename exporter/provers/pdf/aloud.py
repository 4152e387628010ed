"""P005: what a reading voice says must be what stands on the page."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from exporter.comparison import agree, signature
from exporter.edition import Discrepancy
from exporter.pdfstructure import Document, Spoken, elements, references
from exporter.provers.pdf.glyphproof import Slice
from exporter.provers.pdf.texts import Outcome
from exporter.text import Said
from exporter.walk import OBJECT

_HYPHEN = "\u2010"
"""Put at the end of a line, it belongs to no slice."""


def misspoken(document: Document, expected: Sequence[Said], outcomes: Sequence[Outcome]) -> Iterator[Discrepancy]:
    """Words read aloud in the place of others that are drawn.

    Texts that were not proved have findings of their own (P010, P011); what is read of them is not judged.
    """
    settled = frozenset(spoken for outcome in outcomes for spoken in _settled(outcome))
    for text in (*_of_elements(document), *_of_marks(document, settled), *_of_links(document, expected)):
        message = f"A reading voice says '{text[:60]}' where the page shows something else."
        yield Discrepancy("P005", message, found=text)


def _of_elements(document: Document) -> Iterator[str]:
    for element in elements(document.tree):
        yield from element.replacements
        if element.alternative is not None and element.type not in ("Figure", "Cover"):
            yield element.alternative


def _of_marks(document: Document, settled: frozenset[Spoken]) -> Iterator[str]:
    """White space may be spelt out where nothing is drawn for it: it is compared by its gap."""
    for page in document.pages:
        for spoken in page.content.spoken:
            if spoken not in settled and (spoken.text.strip() or page.content.marked.get(spoken.identifier)):
                yield spoken.text


def _settled(outcome: Outcome) -> Iterator[Spoken]:
    _, block, proof = outcome
    if isinstance(proof, tuple):
        yield from (spoken for each in proof for spoken in _true(each))
    else:
        yield from (run.spoken for fragment in block.fragments for run in fragment.runs if run.spoken)


def _true(proved: Slice) -> Iterator[Spoken]:
    """What is read aloud of a fragment, if, with what is left to its fonts' maps, it says the proved text whole."""
    runs = proved.fragment.runs
    spoken = dict.fromkeys(run.spoken for run in runs if run.spoken)
    if not spoken or any(each.key != "/ActualText" for each in spoken):
        return
    read = proved.fragment.read
    if agree(proved.text, read, "lines") or agree(proved.text, read.removesuffix(_HYPHEN), "lines"):
        yield from spoken


def _of_links(document: Document, expected: Sequence[Said]) -> Iterator[str]:
    """A link's description must be words of the article (pictures by their alternative texts), or its own target."""
    pictures = sorted((said.text for said in expected if said.kind == "image"), key=len, reverse=True)
    texts = {_words(said.text.replace(OBJECT, "")) for said in expected}
    everything = "\n".join(texts)  # no words of a text have a line end
    for element in elements(document.tree):
        for link in references(element) if element.type == "Link" else ():
            words = {_words(link.words), _words(link.words, pictures)}
            known = any(each.isdecimal() or each in texts or each in everything for each in words)
            if link.words != link.target and not known:
                yield link.words


def _words(text: str, without: Sequence[str] = ()) -> str:
    """What ``text`` says without white space; marks apart from their letters, as a link may end between the two."""
    words = signature(text, "lines")
    for part in without:
        words = words.replace(signature(part, "lines"), "")
    return unicodedata.normalize("NFD", words)
