"""From a file to an article ready to be rendered: read, completed, checked, its pictures loaded."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from exporter import characters, registry, toml
from exporter.article import Article, Metadata
from exporter.characters import REPLACEMENT, Unfit
from exporter.coverage import coverage
from exporter.edition import Account, AccountingReader, Loss, Reader, Source
from exporter.errors import FormatError, SourceError
from exporter.images import Frame
from exporter.loading import gate, links, pictures, slugs
from exporter.loading.loaded import Loaded, Reading
from exporter.loading.lookup import sidecar_path
from exporter.loading.pictures import Taken
from exporter.loading.places import Places
from exporter.readers.decoding import as_written, decode, refusal, replaced
from exporter.readers.front_matter import FrontMatter, front_matter
from exporter.readers.languages import direction_of, guess_language
from exporter.readers.metadata import metadata_from, unknown_keys
from exporter.settings import Defaults, Settings, UnfitCharacters
from exporter.text import said


def load(path: Path, settings: Settings) -> Loaded:
    """The article in the file ``path``; raises SourceError and FormatError."""
    return prepare(read(path, settings), settings)


def read(path: Path, settings: Settings) -> Reading:
    """What the file ``path`` and its sidecar say, completed from ``settings``; raises SourceError and FormatError."""
    _reader(path)
    return read_as(path, suffix(path), content_of(path), _sidecar(path), settings)


def read_as(path: Path, format_: str, content: bytes, sidecar: Mapping[str, Any], settings: Settings) -> Reading:
    """``content``, in the source format ``format_``, as it stands in the file ``path``; raises SourceError."""
    reader = registry.reader(format_)
    unfit, options = settings.defaults.unfit_characters, {"select": settings.defaults.select or ""}
    source, losses = _admitted(Source(str(path), content, sidecar, options), unfit)
    written = reader.read(source)
    smart = settings.defaults.smart
    read = reader.read(replace(source, options={**source.options, "smart": True})) if smart else written
    article, found = gate.fit(read, REPLACEMENT if unfit == "replace" else "")
    losses += _passed(source, found, unfit)
    account = reader.account(source) if isinstance(reader, AccountingReader) else Account()
    metadata, notices = complete(article, path.stem, settings)
    return Reading(
        path=path,
        format=format_,
        source=source,
        sha256=hashlib.sha256(content).hexdigest(),
        files=_files(path, content),
        article=replace(article, metadata=metadata),
        written=written,
        losses=(*losses, *account.losses),
        notices=(*notices, *_embargo(metadata), *_unread_keys(source), *_unset_type(format_, smart), *account.notices),
    )


def take(reading: Reading) -> Taken:
    """The files of the pictures of ``reading``."""
    return pictures.take(reading.article, reading.path.parent)


def prepare(
    reading: Reading, settings: Settings, taken: Taken | None = None, *, beyond: Collection[str] = ()
) -> Loaded:
    """``reading`` held to its source, its pictures loaded and its links made such as editions can carry.

    ``taken`` are the pictures' files where its folder is not at hand; ``beyond`` headings that links may lead to,
    of other articles in its issue.
    """
    witness = registry.witness(reading.format)
    testimony = witness.testify(reading.source) if witness else None
    unread = coverage(reading.written, reading.source, testimony)
    frame = Frame.of_width(settings.images.screen, settings.images.quality)
    place = reading.path.parent if taken is None else taken
    drawn = pictures.load(reading.article, place, settings.defaults.missing_images, frame)
    article, lost_links = links.carry(drawn.article, beyond)
    return Loaded(
        path=reading.path,
        article=article,
        resources=drawn.resources,
        sha256=reading.sha256,
        written=as_written(reading.source),
        files=reading.files,
        findings=(*unread, *drawn.findings),
        losses=(*reading.losses, *drawn.losses, *lost_links),
        notices=reading.notices,
    )


def suffix(path: Path) -> str:
    """The name of the source format of ``path``: its suffix without the dot, in small letters."""
    return path.suffix[1:].lower()


# --- Files ------------------------------------------------------------------------------------


def _reader(path: Path) -> Reader:
    if not registry.has("readers", suffix(path)):
        known = ", ".join(f".{point.name}" for point in registry.installed("readers"))
        raise FormatError(f"{path}: nothing reads articles of this kind. Name one that ends in: {known}.")
    return registry.reader(suffix(path))


def content_of(path: Path) -> bytes:
    """The bytes of the file ``path``; raises SourceError."""
    if path.exists() and not (path.is_file() or path.is_dir()):  # a pipe or a device may never end
        raise SourceError("cannot be read: it is no file. Put one in its place.", file=str(path))
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror}.", file=str(path)) from error


def _files(path: Path, content: bytes) -> dict[str, bytes]:
    """What the article in ``path`` is read from, by name."""
    beside = sidecar_path(path)
    return {path.name: content, **({beside.name: beside.read_bytes()} if beside.is_file() else {})}


def _sidecar(path: Path) -> dict[str, Any]:
    """The metadata of ``NAME.meta.toml`` beside ``path``; {} without one. Raises SourceError for a value of no use."""
    beside = sidecar_path(path)
    if not os.path.lexists(beside):
        return {}
    content = content_of(beside)
    try:
        facts = toml.parse(content)
    except toml.TomlError as error:
        message = f"This is not TOML: {error.message}. A text stands in quotation marks."
        raise SourceError(message, file=str(beside), line=error.line, code="S009") from error
    # Read here for its own sake: the reader of the article cannot say on which line of the sidecar a value stands.
    lines = {key: toml.line_of(content, "", key) for key in facts}
    metadata_from(_without_rulings(facts), file=str(beside), title=path.stem, lines=lines)
    return facts


def _without_rulings(facts: Mapping[str, Any]) -> dict[str, Any]:
    """``facts`` less the keys by which a sidecar rules what a text's lines are (``docs/source-format.md``)."""
    ruling = {"headings"} if isinstance(facts.get("standfirst"), str) else {"headings", "standfirst"}
    return {key: value for key, value in facts.items() if key not in ruling}


# --- Characters -------------------------------------------------------------------------------


def _admitted(source: Source, unfit: UnfitCharacters) -> tuple[Source, tuple[Loss, ...]]:
    """``source``, with U+FFFD for its unfit characters where that is asked for, and a Loss (L005) for each."""
    if unfit == "error":
        return source, ()
    fitted, found = replaced(source)
    text = as_written(fitted)
    return fitted, tuple(_replaced(each, *characters.place(text, each.at)) for each in found)


def _passed(source: Source, found: Sequence[gate.Found], unfit: UnfitCharacters) -> tuple[Loss, ...]:
    """A Loss (L005) for each character the gate ``found``; raises SourceError (S002) where none may be."""
    if not found:
        return ()
    texts = dict(_texts(source))
    placed = sorted(((_place(texts, each), each.unfit) for each in found), key=lambda pair: pair[0])
    if unfit == "error":
        (file, line, column), first = placed[0]
        raise refusal(first, line, column, file)
    return tuple(_replaced(each, line, column) for (_, line, column), each in placed)


def _texts(source: Source) -> Iterator[tuple[str, Places]]:
    """The texts ``source`` was read from, by file: its own, and its sidecar's."""
    yield source.name, Places(as_written(source))
    beside = sidecar_path(Path(source.name))
    if source.sidecar and beside.is_file():
        yield str(beside), Places(beside.read_text(encoding="utf-8-sig"))


def _place(texts: Mapping[str, Places], found: gate.Found) -> tuple[str, int, int]:
    """File, line and column of what the gate ``found``; the article's own file where no text has it."""
    for file, places in texts.items():
        line, column = places.find(found.unfit.character, found.line, found.ordinal)
        if column:
            return file, line, column
    return next(iter(texts)), found.line, 0


def _replaced(found: Unfit, line: int, column: int) -> Loss:
    place = f"Line {line}, column {column}" if column else f"Line {line}"
    message = f"{place}: {characters.name(found.character)} cannot stand; {characters.name(REPLACEMENT)} stands for it."
    return Loss("L005", message, line, column)


# --- Notices ----------------------------------------------------------------------------------


def _embargo(metadata: Metadata) -> tuple[str, ...]:
    """A build does not ask what day it is: the same inputs must give the same bytes."""
    return (f"Under embargo until {metadata.embargo.isoformat()}.",) if metadata.embargo else ()


def _unread_keys(source: Source) -> tuple[str, ...]:
    """A sentence where the front matter or the sidecar has keys that nothing is read from: one may be a slip."""
    front = front_matter(decode(source), file=source.name) if source.name.lower().endswith(".md") else FrontMatter()
    inside = [f"'{key}' (line {front.lines.get(key, 1)})" for key in unknown_keys(front.facts)]
    beside = [f"'{key}' (sidecar)" for key in unknown_keys(_without_rulings(source.sidecar))]
    unread = ", ".join((*inside, *beside))
    return (f"Keys that nothing is read from: {unread}. Mend a slip; leave others be.",) if unread else ()


def _unset_type(format_: str, smart: bool) -> tuple[str, ...]:
    if not smart or format_ == "md":
        return ()
    return ("Typographic quotation marks are set in Markdown alone; here they stand as written.",)


# --- Metadata ---------------------------------------------------------------------------------


def complete(article: Article, stem: str, settings: Settings) -> tuple[Metadata, tuple[str, ...]]:
    """The metadata of ``article`` with what its source lacks, and a sentence on each thing assumed."""
    written = article.metadata
    defaults = settings.defaults
    language, notices = _language(article, defaults)
    slug, renamed = _slug(written.slug, stem, article.name)
    metadata = replace(
        written,
        slug=slug,
        language=language,
        direction=written.direction if written.language != "und" else direction_of(language),
        authors=written.authors or defaults.authors,
        section=written.section or defaults.section,
        publisher=written.publisher or settings.publisher.name,
        rights=written.rights or settings.publisher.rights,
    )
    return metadata, (*notices, *renamed)


def _language(article: Article, defaults: Defaults) -> tuple[str, tuple[str, ...]]:
    if article.metadata.language != "und":
        return article.metadata.language, ()
    if defaults.language:
        return defaults.language, ()
    guess = guess_language(" ".join(entry.text for entry in said(article)))
    return guess, (f"Language guessed from the script: {guess}. Set it with --language, or in the source.",)


def _slug(written: str | None, stem: str, name: str) -> tuple[str, tuple[str, ...]]:
    wanted = written or stem
    slug = slugs.safe(wanted)
    if not slug:
        raise SourceError(f"the slug '{wanted}' leaves no name for a file. Set slug in the metadata.", file=name)
    return slug, () if slug == wanted else (f"The slug '{wanted}' is written '{slug}': it names files.",)
