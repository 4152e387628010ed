"""One mutation, held to every edition of the unchanged article."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from random import Random

import pypdfium2

from exporter import Plan, library, load, registry
from exporter.building import production
from exporter.comparison import signature
from exporter.edition import Edition, Extraction
from exporter.errors import SourceError
from exporter.loading import Loaded
from exporter.pdfstructure import Fragment, read
from exporter.provers.pdf.faces import Faces
from exporter.settings import Defaults, Settings
from exporter.text import Said, said, said_metadata
from exporter.walk import normalise
from tests.mutations.kinds import KINDS, Change
from tests.mutations.sources import Source

FORMATS = ("pdf", "docx", "epub", "txt")
_DPI = 150
_SETTINGS = Settings(defaults=Defaults(missing_images="placeholder"))


@dataclass(frozen=True, slots=True)
class Trial:
    """A mutation and what became of it.

    ``refused`` is the code of the gate that did not let the changed source in; ``codes`` what each
    edition's verification said, nothing where it saw no difference; ``uncarried`` names the formats that
    cannot hold what was changed; ``pixels`` is whether pages of the changed article differ at 150 dpi where
    the proof saw nothing, ``ink`` whether they hold other glyphs, and not the same ones elsewhere;
    ``idle`` counts changes drawn before this one that changed nothing the article says.
    """

    kind: str
    source: str
    line: int
    old: str
    new: str
    refused: str = ""
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    uncarried: frozenset[str] = frozenset()
    pixels: bool = False
    ink: bool = False
    reason: str = ""
    idle: int = 0

    def unseen(self, format_: str) -> bool:
        """Whether the verification of ``format_`` saw nothing of what the format can hold."""
        return not self.refused and not self.codes[format_] and format_ not in self.uncarried


class Bench:
    """Holds mutations to editions rendered once. ``sources`` are the articles to choose from."""

    def __init__(self, sources: tuple[Source, ...]) -> None:
        self._sources = sources
        self._plan = Plan(base=Path.cwd(), settings=_SETTINGS, fonts=library(), debug=True)
        self._folder = Path(tempfile.mkdtemp(prefix="mutations-"))
        self._editions = lru_cache(maxsize=None)(self._rendered)
        self._originals = lru_cache(maxsize=None)(self._loaded)
        self._extractions = lru_cache(maxsize=None)(self._extracted)

    def close(self) -> None:
        """Remove what was written."""
        shutil.rmtree(self._folder)

    def trial(self, kind: str, number: int) -> Trial:
        """The mutation ``number`` of a kind: the same at each call."""
        chance = Random(f"{kind} {number}")
        idle = 0
        while True:
            source = chance.choice(self._sources)
            change = KINDS[kind](source.text, chance)
            if change is None or change.apply(source.text) == source.text:
                continue
            if found := self._held(kind, source, change, idle):
                return found
            idle += 1

    def _held(self, kind: str, source: Source, change: Change, idle: int) -> Trial | None:
        """What became of a change; None where the article says the same for all that."""
        line = source.text.count("\n", 0, change.start) + 1
        old, new = _shown(source.text, change)
        try:
            changed = self._loaded(source, change.apply(source.text))
        except SourceError as error:
            return Trial(kind, source.name, line, old, new, refused=error.code, idle=idle)
        if changed.findings:
            return Trial(kind, source.name, line, old, new, refused=changed.findings[0].code, idle=idle)
        if _says(changed) == _says(self._originals(source, source.text)):
            return None
        codes = {format_: self._codes(source, changed, format_) for format_ in FORMATS}
        uncarried = frozenset(each for each in FORMATS if each != "pdf" and not self._carries(source, changed, each))
        trial = Trial(kind, source.name, line, old, new, codes=codes, uncarried=uncarried, idle=idle)
        return trial if codes["pdf"] else self._looked_at(trial, source, changed)

    def _looked_at(self, trial: Trial, source: Source, changed: Loaded) -> Trial:
        """A change the proof did not see, with whether the pages show it, and why it was not seen."""
        before = self._editions(source, "pdf")
        after = registry.renderer("pdf").render(changed.article, production.context(changed, self._plan, "pdf"))
        why = reason(self._originals(source, source.text), changed)
        return replace(trial, pixels=pages(before) != pages(after), ink=glyphs(before) != glyphs(after), reason=why)

    def _carries(self, source: Source, changed: Loaded, format_: str) -> bool:
        """Whether an edition in ``format_`` can hold what was changed."""
        held = self._extractions(source, format_)
        return _says(changed, held) != _says(self._originals(source, source.text), held)

    def _extracted(self, source: Source, format_: str) -> Extraction:
        return registry.extractor(format_).extract(self._editions(source, format_))

    def _codes(self, source: Source, changed: Loaded, format_: str) -> tuple[str, ...]:
        edition = Edition(format_, source.name, self._editions(source, format_))
        found = production.inspect(changed, edition, self._plan).discrepancies
        return tuple(sorted({each.code for each in found}))

    def _rendered(self, source: Source, format_: str) -> bytes:
        original = self._originals(source, source.text)
        assert not original.findings, (source.name, original.findings)
        return registry.renderer(format_).render(original.article, production.context(original, self._plan, format_))

    def _loaded(self, source: Source, text: str) -> Loaded:
        """The article of a file that holds ``text``, beside the pictures of ``source``."""
        folder = self._folder / source.folder.name
        if not folder.exists():
            pictures = source.folder / "images"
            shutil.copytree(pictures, folder / "images") if pictures.is_dir() else folder.mkdir()
        path = folder / (source.name + source.suffix)
        path.write_text(text, encoding="utf-8", newline="")
        return load(path, _SETTINGS)


def _says(loaded: Loaded, held: Extraction | None = None) -> tuple[object, ...]:
    """All an article says, ASCII white space collapsed; with ``held``, as far as such an edition can hold it."""
    metadata = said_metadata(loaded.article.metadata)
    facts = sorted(metadata.items() if held is None else {key: metadata.get(key, "") for key in held.metadata}.items())
    return tuple(_entry(each, held) for each in _said(loaded)), tuple(facts)


def _entry(entry: Said, held: Extraction | None) -> tuple[object, ...]:
    keeps_spaces = entry.kind == "code" and (held is None or "whitespace" in held.carries)
    text = entry.text if keeps_spaces else normalise(entry.text)
    facts = ((name, value) for name, value in entry.attributes.items() if held is None or name in held.carries)
    return entry.kind, text, *sorted(facts)


def _said(loaded: Loaded) -> tuple[Said, ...]:
    return said(loaded.article, loaded.digests)


def _shown(text: str, change: Change) -> tuple[str, str]:
    """The change with a few characters around it, before and after."""
    start, end = max(0, change.start - 6), min(len(text), change.end + 6)
    return text[start:end], text[start : change.start] + change.new + text[change.end : end]


# --- What a page shows ------------------------------------------------------------------------


def pages(content: bytes) -> list[bytes]:
    """The pixels of each page of a PDF at 150 dpi, by PDFium."""
    document = pypdfium2.PdfDocument(content)
    try:
        return [bytes(page.render(scale=_DPI / 72).buffer) for page in document]
    finally:
        document.close()


def glyphs(content: bytes) -> list[tuple[tuple[str, int], ...]]:
    """The glyphs with ink that each text of a PDF is drawn with, hyphens at the ends of lines left out."""
    faces = Faces(library())
    return [tuple(each for part in block.fragments for each in _inked(part, faces)) for block in read(content).blocks]


def _inked(fragment: Fragment, faces: Faces) -> Iterator[tuple[str, int]]:
    drawn = [(run.look.font, gid) for run in fragment.runs for gid in run.gids]
    for place, (font, gid) in enumerate(drawn, 1):
        face = faces.of(font)
        hyphen = face is not None and place == len(drawn) and gid == face.nominal("\u2010")
        if not hyphen and (face is None or face.drawing(gid)):
            yield font.family, gid


def reason(original: Loaded, changed: Loaded) -> str:
    """Why a page need not show the change."""
    before, after = _said(original), _said(changed)
    if len(before) != len(after):
        return "the number of texts differs"
    pairs = [(one, other) for one, other in zip(before, after, strict=True) if one != other]
    if any(one.kind != other.kind for one, other in pairs):
        return "the kind of a text differs"
    texts = [(one.text, other.text) for one, other in pairs if one.text != other.text]
    if not texts:
        names = {
            name
            for one, other in pairs
            for name in one.attributes
            if one.attributes[name] != other.attributes.get(name)
        }
        return f"only {', '.join(sorted(names)) or 'metadata'} differ"
    if all(_squeezed(one) == _squeezed(other) for one, other in texts):
        return "spaces or hyphens at the end of a line, or nothing with ink"
    return "drawn with the same glyphs"


def _squeezed(text: str) -> str:
    return signature(text, "lines")
