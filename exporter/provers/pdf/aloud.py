"""P005: what a reading voice says must be what stands on the page."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from exporter.comparison import agree, spelt
from exporter.edition import Discrepancy
from exporter.pdfstructure import Document, Run, Spoken, references
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
    proved = (spoken for outcome in outcomes for spoken in _settled(outcome))
    settled = frozenset((*proved, *_as_mapped(document, outcomes)))
    for text in (*_of_elements(document), *_of_marks(document, settled), *_of_links(document, expected)):
        message = f"A reading voice says '{text[:60]}' where the page shows something else."
        yield Discrepancy("P005", message, found=text)


def _of_elements(document: Document) -> Iterator[str]:
    for element in document.elements:
        yield from element.replacements
        if element.alternative is not None and element.type not in ("Figure", "Cover"):
            yield element.alternative


def _of_marks(document: Document, settled: frozenset[Spoken]) -> Iterator[str]:
    """White space may be spelt out where nothing is drawn for it: it is compared by its gap."""
    for page in document.pages:
        for spoken in page.content.spoken:
            if spoken not in settled and (spoken.text.strip() or page.content.marked.get(spoken.identifier)):
                yield spoken.text


def _as_mapped(document: Document, outcomes: Sequence[Outcome]) -> Iterator[Spoken]:
    """What is read aloud of words beside the article, which nothing proves, if the maps of their fonts say the same."""
    judged = {run.spoken for _, block, _ in outcomes for fragment in block.fragments for run in fragment.runs}
    for page in document.pages:
        for spoken in frozenset(page.content.spoken) - judged:
            drawn = page.content.marked.get(spoken.identifier, ())
            mapped = "".join(run.text for run in drawn if isinstance(run, Run) and run.spoken == spoken)
            if mapped and agree(spoken.text, mapped, "lines"):
                yield spoken


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
    """A link's description must be words of the article (pictures by their alternative texts), or its own target.

    They are compared letter by letter: a link may begin or end between a letter and its marks, or between two marks.
    """
    pictures = frozenset(spelt(said.text) for said in expected if said.kind == "image")
    texts = [tuple(map(spelt, said.text.split(OBJECT))) for said in expected]
    everything = "\n".join("".join(text) for text in texts)  # no words of a text have a line end
    pictured = [text for text in texts if len(text) > 1]
    for element in document.elements:
        for link in references(element) if element.type == "Link" else ():
            words = spelt(link.words)
            is_known = (
                words.isdecimal() or words in everything or any(_holds(text, pictures, words) for text in pictured)
            )
            if link.words != link.target and not is_known:
                yield link.words


def _holds(text: Sequence[str], pictures: Collection[str], words: str) -> bool:
    """Whether ``words`` are some of ``text``, between whose parts one of ``pictures`` or nothing is said."""
    begun = {words}
    for at, part in enumerate(text):
        if at:
            begun |= {left[len(each) :] for left in begun for each in pictures if left.startswith(each)}
        if "" in begun or any(part.startswith(left) for left in begun):
            return True
        through = {left[len(part) :] for left in begun if left.startswith(part)}
        begun = {words} | through | {words[cut:] for cut in range(1, len(part) + 1) if part.endswith(words[:cut])}
    return "" in begun
