"""Builds editions: every article in every format, verified, each set published as one.

Nothing stops at the first failure: an article that cannot be read, or an edition that differs from
its source, is reported, its predecessor is withdrawn, and the rest is built.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from exporter import registry, templating, themes
from exporter.building import conformity, house, production, publishing
from exporter.building.manifest import EditionRecord, Manifest, file_digest, folder_digest, versions
from exporter.building.production import Made, Plan
from exporter.building.reports import ArticleReport, BuildReport, Failure
from exporter.edition import Edition
from exporter.errors import ExporterError, FormatError, SettingsError, SourceError, ToolError
from exporter.loading import loader, sources
from exporter.loading.loader import Loaded, Reading
from exporter.loading.sources import Skipped, Sources

Announce: TypeAlias = Callable[[ArticleReport, int], None]
"""Called with each article's report when it is done, and with how many articles there are."""


def build(paths: Iterable[Path], plan: Plan, announce: Announce | None = None) -> BuildReport:
    """Build every article ``paths`` hold into the folder ``plan.settings.defaults.out``.

    Raises FormatError and SettingsError before anything is done, LockedError where another build runs.
    """
    check(plan)
    out = plan.settings.defaults.out
    found = _find(tuple(paths), out)
    with publishing.locked(out):
        publishing.sweep(out)
        readings, drafts = _read(found, plan)
        names = name(readings.values())
        reports = []
        for path, reading in readings.items():
            reports.append(_article(path, reading, names, plan))
            if announce:
                announce(reports[-1], len(readings))
    return BuildReport(tuple(reports), (*found.skipped, *drafts))


def check(plan: Plan) -> None:
    """Raise FormatError or SettingsError where ``plan`` asks for what is not installed or not there."""
    if not plan.formats:
        raise SettingsError("No format to build. Name some with --to.")
    for format_ in plan.formats:
        if not registry.has("renderers", format_):
            known = ", ".join(point.name for point in registry.installed("renderers"))
            raise FormatError(f"No format '{format_}'. Installed: {known}.")
        if plan.verified and not registry.has("extractors", format_):
            raise FormatError(f"Format '{format_}' has no extractor, so nothing could verify it. Install one. [V000]")
    for code in plan.settings.defaults.accept_losses:
        if not re.fullmatch(r"L[0-9]{3}", code):
            raise SettingsError(f"'{code}' is no code of a loss. They read like L010: docs/verification.md lists them.")
    theme = plan.settings.theme
    reference = plan.settings.docx.reference
    if reference and not reference.is_file():
        raise SettingsError(f"No reference document '{reference}'. Name a .docx file, or delete [docx] reference.")
    templates = theme.templates
    if templates and not templates.is_dir():
        raise SettingsError(
            f"{plan.settings.file}: no folder '{templates}' for the theme's templates. Make it, or delete the key."
        )
    themes.load(theme.name, theme.page, templating.search_path(templates))
    for format_ in plan.formats:
        house.beside(plan.settings, format_)


def _find(paths: tuple[Path, ...], out: Path) -> Sources:
    found = sources.find(paths, out)
    if not (found.named or found.walked or found.skipped):
        readable = ", ".join(point.name for point in registry.installed("readers"))
        raise FormatError(f"No article in {', '.join(map(str, paths))}. Readable: {readable}.")
    return found


# --- Reading ----------------------------------------------------------------------------------

_Readings: TypeAlias = dict[Path, Reading | Failure]


def _read(found: Sources, plan: Plan) -> tuple[_Readings, tuple[Skipped, ...]]:
    """What each source holds, or why it cannot be read; drafts only where they are named."""
    readings: _Readings = {path: _reading(path, plan) for path in (*found.named, *found.walked)}
    drafts = [path for path in found.walked if _is_draft(readings[path])]
    for path in drafts:
        del readings[path]
    return readings, tuple(Skipped(path, "a draft") for path in drafts)


def _reading(path: Path, plan: Plan) -> Reading | Failure:
    try:
        return loader.read(path, plan.settings)
    except Exception as error:
        return _failure(path, error, plan)


def _failure(path: Path, error: Exception, plan: Plan) -> Failure:
    """What ``error`` means for the article ``path``; one of no kind of ours is a fault, raised with plan.debug."""
    match error:
        case SourceError() if error.file in ("", str(path)):
            return Failure(message=error.message, code=error.code, line=error.line)
        case SourceError():
            return Failure(message=str(error).removesuffix(f" [{error.code}]"), code=error.code)
        case ExporterError():
            return Failure(message=str(error).removeprefix(f"{path}: "), tool=isinstance(error, ToolError))
        case OSError():
            reason = f"{error.strerror or error}. The earlier editions stand as they were"
            return Failure(message=f"{error.filename or 'The editions'} cannot be read or written: {reason}.")
        case _ if plan.debug:
            raise error
        case _:
            return Failure(message=production.fault("Reading", error))


def _is_draft(reading: Reading | Failure) -> bool:
    return isinstance(reading, Reading) and reading.article.metadata.draft


# --- Names ------------------------------------------------------------------------------------

Names: TypeAlias = Mapping[Path, str | Failure]


def name(readings: Iterable[Reading | Failure]) -> Names:
    """The name of each article's set: its slug, with its language where translations share one.

    Two articles that no language tells apart get no name: neither may overwrite the other. Names
    that differ in case alone are one, as they are to some file systems.
    """
    read = [reading for reading in readings if isinstance(reading, Reading)]
    alone = _grouped(read, _slug)
    wanted = {r.path: _slug(r) if len(alone[_slug(r).casefold()]) == 1 else _slug_of_language(r) for r in read}
    taken = _grouped(read, lambda reading: wanted[reading.path])
    return {path: _only(slug, taken[slug.casefold()]) for path, slug in wanted.items()}


def _grouped(readings: Sequence[Reading], key: Callable[[Reading], str]) -> Mapping[str, list[Reading]]:
    groups: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        groups[key(reading).casefold()].append(reading)
    return groups


def _slug(reading: Reading) -> str:
    return reading.article.metadata.slug or reading.path.stem


def _slug_of_language(reading: Reading) -> str:
    return f"{_slug(reading)}.{reading.article.metadata.language}"


def _only(slug: str, rivals: Sequence[Reading]) -> str | Failure:
    if len(rivals) == 1:
        return slug
    shown = [str(reading.path) for reading in rivals[:2]]
    paths = " and ".join((*shown, *([f"{len(rivals) - 2} more"] if len(rivals) > 2 else [])))
    return Failure(message=f"{paths} would both be written as '{slug}'. Give one another slug or language.")


# --- One article ------------------------------------------------------------------------------


def _article(path: Path, reading: Reading | Failure, names: Names, plan: Plan) -> ArticleReport:
    """Build and publish the set of one article."""
    match reading, names.get(path):
        case Reading(), str() as slug:
            try:
                return _set(reading, slug, plan)
            except OSError as error:
                return ArticleReport(path=path, slug=slug, failures=(_failure(path, error, plan),))
            except Exception as error:
                return _unnamed(path, _failure(path, error, plan), plan)
        case Reading(), Failure() as failure:
            return _unnamed(path, failure, plan)
        case Failure() as failure, _:
            return _unnamed(path, failure, plan)
        case _:
            raise ValueError(f"{path} was read and got no name")


def _unnamed(path: Path, failure: Failure, plan: Plan) -> ArticleReport:
    """The report of a source nothing is made of; what was made of it earlier goes."""
    withdrawn = publishing.withdraw(plan.settings.defaults.out, source_path(path, plan.base))
    notices = tuple(
        f"Removed the editions in {folder}: this source no longer vouches for them." for folder in withdrawn
    )
    return ArticleReport(path=path, failures=(failure,), notices=notices)


def _set(reading: Reading, slug: str, plan: Plan) -> ArticleReport:
    loaded = loader.prepare(reading, plan.settings)
    folder = plan.settings.defaults.out / slug
    made, failures = _fit(*_editions(loaded, slug, plan), plan)
    manifest = _manifest(loaded, plan)
    old = publishing.current(folder)
    kept = _kept(loaded, folder, old, manifest, plan)
    records = sorted((*(each.record for each in made), *kept), key=lambda record: record.format)
    manifest = replace(manifest, editions=tuple(records), versions=versions(record.format for record in records))
    if made or folder.exists():
        stale = {f"{slug}.{format_}" for format_ in plan.formats}
        publishing.publish(folder, manifest, {each.record.file: each.content for each in made}, stale)
    return ArticleReport(
        path=loaded.path,
        slug=slug,
        folder=folder,
        editions=tuple(records),
        failures=failures,
        notices=(*loaded.notices, *_replaced(folder, old, manifest)),
    )


def _editions(loaded: Loaded, slug: str, plan: Plan) -> tuple[tuple[Made, ...], tuple[Failure, ...]]:
    if loaded.findings:
        return (), tuple(map(Failure.of, loaded.findings))
    made: dict[str, Made] = {}
    failures: list[Failure] = []
    for format_ in plan.formats:
        match production.make(loaded, format_, slug, plan):
            case Made() as new if new.record.file in made:
                other = made[new.record.file].record.format
                message = (
                    f"Formats '{other}' and '{format_}' both write {new.record.file}. Build them into two folders."
                )
                failures.append(Failure(message=message, format=format_))
            case Made() as new:
                made[new.record.file] = new
            case reasons:
                failures += reasons
    return tuple(made.values()), tuple(failures)


def _fit(
    made: tuple[Made, ...], failures: tuple[Failure, ...], plan: Plan
) -> tuple[tuple[Made, ...], tuple[Failure, ...]]:
    """Those of ``made`` no judge objects to, and every failure."""
    objections = conformity.judged({each.record.file: each for each in made}, plan)
    objected = {failure.format for failure in objections}
    return tuple(each for each in made if each.record.format not in objected), failures + objections


def _manifest(loaded: Loaded, plan: Plan) -> Manifest:
    """The manifest of a set made of ``loaded``, still without editions."""
    settings = plan.settings
    options: dict[str, str | int | None] = {
        "attach_source": settings.pdf.attach_source,
        "columns": settings.pdf.columns,
        "cover": _cover_of(settings.epub.cover),
        "date": plan.date.isoformat() if plan.date else None,
        "flowed": settings.txt.flowed,
        "image_quality": settings.images.quality,
        "language": settings.defaults.language,
        "missing_images": settings.defaults.missing_images,
        "number_captions": settings.docx.number_captions,
        "page": settings.theme.page,
        "page_pixels": settings.images.page,
        "reference": file_digest(settings.docx.reference),
        "screen_pixels": settings.images.screen,
        "select": settings.defaults.select,
        "smart": settings.defaults.smart,
        "templates": folder_digest(settings.theme.templates),
        "theme": settings.theme.name,
        "unfit_characters": settings.defaults.unfit_characters,
    }
    return Manifest(
        source_path=source_path(loaded.path, plan.base),
        source_sha256=loaded.sha256,
        options=options,
        versions=versions(plan.formats),
    )


def _cover_of(cover: bool | Path) -> str:
    """What covers are made of: "drawn", "none", or the digest of the picture that is the cover."""
    if isinstance(cover, Path):
        return hashlib.sha256(cover.read_bytes()).hexdigest() if cover.is_file() else "none"
    return "drawn" if cover else "none"


def source_path(path: Path, base: Path) -> str:
    """``path`` as a manifest names it: as given where it is relative, else from ``base``; with ``/``."""
    return Path(os.path.relpath(path, base)).as_posix() if path.is_absolute() else path.as_posix()


def _kept(
    loaded: Loaded, folder: Path, old: Manifest | None, manifest: Manifest, plan: Plan
) -> tuple[EditionRecord, ...]:
    """Editions in other formats made before of the same source in the same way, that still say the same."""
    if loaded.findings or old is None or not old.of_same_make(manifest):
        return ()
    return tuple(
        record
        for record in old.editions
        if record.format not in plan.formats
        and registry.has("extractors", record.format)
        and not production.forbidden(record.losses, record.format, plan.settings.defaults)
        and (content := publishing.intact(folder, record)) is not None
        and production.inspect(loaded, Edition(record.format, "", content), plan).ok
    )


def _replaced(folder: Path, old: Manifest | None, new: Manifest) -> tuple[str, ...]:
    """Sentences on what the earlier set had and this one has not."""
    if old is None:
        return ()
    if old.source_path != new.source_path:
        return (f"{folder} held the editions of {old.source_path}; they are replaced.",)
    lost = sorted({record.file for record in old.editions} - {record.file for record in new.editions})
    return (f"Removed from {folder}, being of an earlier state: {', '.join(lost)}.",) if lost else ()
