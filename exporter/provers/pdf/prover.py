"""Everything the prover asks of a PDF, and how it reports it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TypeAlias

from exporter.edition import Discrepancy
from exporter.pdfstructure import Block, Document, Font, Fragment, Glyph, read
from exporter.provers.pdf import visibility
from exporter.provers.pdf.alignment import pairs
from exporter.provers.pdf.aloud import misspoken
from exporter.provers.pdf.beyond import deeds
from exporter.provers.pdf.carried import miscarried
from exporter.provers.pdf.contents import listed, mislisted
from exporter.provers.pdf.faces import Faces, embedded
from exporter.provers.pdf.furniture import strangers
from exporter.provers.pdf.glyphproof import GlyphProof, Slice, of_library
from exporter.provers.pdf.navigation import misled
from exporter.provers.pdf.outlines import Outlines, foreign_glyphs
from exporter.provers.pdf.overprinting import cut_at_gaps, overprinted
from exporter.provers.pdf.placement import displaced
from exporter.provers.pdf.publication import on_pages, sections
from exporter.provers.pdf.texts import Outcome, judged, unproved
from exporter.provers.pdf.widetables import Beyond, wide_tables
from exporter.text import FURNITURE, Said


class PdfProver:
    """Proves PDF editions."""

    def prove(self, content: bytes, expected: tuple[Said, ...], fonts: Path | None) -> tuple[Discrepancy, ...]:
        """What is wrong with what ``content`` draws; raises ExtractionError where it is no tagged PDF.

        ``fonts`` is the folder of the font library (with ``manifest.json``); without it, text that
        cannot be read by ToUnicode is not proved (P010).
        """
        reading = read(content)
        document, blocks = reading.document, reading.blocks
        proof = of_library(fonts) if fonts else None
        faces = proof.faces if proof else None
        programs = {id(font): embedded(font) for font in document.fonts}
        inks = {font: visibility.Inks(program) for font, program in programs.items()}
        known = tuple(pairs(expected, blocks))
        parts = sections(expected, known)
        wide = tuple(wide_tables(known, document))
        outcomes = (*judged(known, proof), *listed(parts, blocks, proof))
        return (
            *deeds(document),
            *misspoken(document, expected, outcomes),
            *misled(document, expected, blocks, parts),
            *mislisted(parts, blocks),
            *strangers(expected, blocks, proof, outcomes, on_pages(known) if parts else {}),
            *displaced(known, faces, partial(_stands, proof, _slices(outcomes))),
            *_missing_glyphs(document),
            *(_foreign_fonts(document, faces, programs) if faces else ()),
            *(table.finding for table in wide),
            *_unseen(document, inks, Beyond(wide)),
            *_overprinted(blocks, faces),
            *unproved(outcomes),
            *miscarried(outcomes, faces),
        )


# --- P008: letters out of place ---------------------------------------------------------------

_Slices: TypeAlias = dict[int, tuple[Said, Slice]]


def _slices(outcomes: Iterable[Outcome]) -> _Slices:
    """What each fragment was proved to draw, by its identity."""
    return {
        id(part.fragment): (said, part)
        for said, _, outcome in outcomes
        if said and isinstance(outcome, tuple)
        for part in outcome
    }


def _stands(proof: GlyphProof | None, slices: _Slices, fragment: Fragment) -> bool:
    """Whether the letters of ``fragment`` are proved, and stand where their font puts them."""
    return proof is not None and id(fragment) in slices and proof.stands(*slices[id(fragment)])


# --- P001: characters without a glyph ---------------------------------------------------------


def _missing_glyphs(document: Document) -> Iterator[Discrepancy]:
    for number, page in enumerate(document.pages, 1):
        runs = [run for run in visibility.runs_of(page) if 0 in run.gids]
        missing = [glyph.text or "" for run in runs for glyph in run.glyphs if glyph.gid == 0]
        for text in dict.fromkeys(missing):
            named = " ".join(f"U+{ord(c):04X}" for c in text) or "a character"
            yield Discrepancy("P001", f"Page {number}: no font has {named}; an empty box is drawn.", found=text)


# --- P002: fonts that are not the library's ---------------------------------------------------


_Programs: TypeAlias = Mapping[int, Outlines | None]
"""What each font embeds, by its identity; None where it embeds nothing that can be read."""
_Inks: TypeAlias = Mapping[int, visibility.Inks]
"""Where the outlines of each font lie, by its identity."""


def _foreign_fonts(document: Document, faces: Faces, programs: _Programs) -> Iterator[Discrepancy]:
    used: dict[int, set[int]] = defaultdict(set)
    for page in document.pages:
        for run in visibility.runs_of(page):
            used[id(run.look.font)].update(run.gids)
    for font in document.fonts:
        if fault := _font_fault(font, programs[id(font)], faces, used[id(font)] - {0}):
            yield Discrepancy("P002", f"Font {font.family or '(unnamed)'}: {fault}.", found=font.family)


def _font_fault(font: Font, program: Outlines | None, faces: Faces, gids: set[int]) -> str:
    face = faces.of(font)
    if face is None:
        return "not of the font library"
    if not face.is_genuine:
        return f"{face.entry.file} of the font library has been changed"
    if program is None:
        return "not embedded in a form that can be compared"
    if program.upem != face.outlines.upem:
        return f"its glyphs are scaled otherwise than those of {face.entry.file}"
    foreign = foreign_glyphs(program, face.outlines, gids)
    return f"{len(foreign)} of {len(gids)} glyphs differ from {face.entry.file}" if foreign else ""


# --- P003, P004: glyphs nobody can see --------------------------------------------------------

_CODES = {
    visibility.Fault.OFF_PAGE: "P003",
    visibility.Fault.CLIPPED: "P003",
    visibility.Fault.NO_INK: "P004",
    visibility.Fault.COVERED: "P004",
    visibility.Fault.TOO_SMALL: "P004",
}


def _unseen(document: Document, inks: _Inks, beyond: Beyond) -> Iterator[Discrepancy]:
    """What cannot be seen on each page, but for what stands ``beyond`` its edges with a table."""
    for number, page in enumerate(document.pages, 1):
        for picture, fault in visibility.lost_pictures(page):
            if fault == visibility.NOT_ON_THE_PAGE and beyond.holds(number - 1, picture):
                continue
            place = f"{picture.box.left:.0f}, {picture.box.bottom:.0f}"
            yield Discrepancy("P003", f"Page {number}: the picture at {place} pt is {fault}.")
        unseen: dict[visibility.Fault, list[Glyph]] = defaultdict(list)
        for reason, glyph in visibility.unseen(page, inks):
            if _CODES[reason] != "P003" or not beyond.holds(number - 1, glyph):
                unseen[reason].append(glyph)
        for reason, glyphs in unseen.items():
            text = "".join(glyph.text or "" for glyph in glyphs)
            message = f"Page {number}: {len(glyphs)} glyphs are {reason.value}, from '{text[:40]}' on."
            yield Discrepancy(_CODES[reason], message, found=text)


def _overprinted(blocks: Iterable[Block], faces: Faces | None) -> Iterator[Discrepancy]:
    by_page: dict[int, list[Fragment]] = defaultdict(list)
    for block in blocks:
        for fragment in block.fragments:
            parts = cut_at_gaps(fragment) if block.kind == FURNITURE else (fragment,)
            by_page[fragment.page + 1].extend(parts)
    for number, fragments in sorted(by_page.items()):
        for first, second in overprinted(fragments, faces):
            message = f"Page {number}: '{first.text[:40]}' and '{second.text[:40]}' are printed over each other."
            yield Discrepancy("P004", message, expected=first.text, found=second.text)
