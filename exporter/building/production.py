"""Makes one edition of one article: rendered, read back, recorded. Touches no file."""

from __future__ import annotations

import hashlib
import traceback
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final, TypeAlias

from exporter import labels, registry, templating
from exporter.article import Metadata
from exporter.building import covers, faults, glyphs, house, letterheads, limits, logos, paging, pictures
from exporter.building.manifest import EditionRecord
from exporter.building.placing import Places
from exporter.building.plan import Plan
from exporter.building.reports import Failure, summary
from exporter.edition import EPOCH, Attachment, Discrepancy, Edition, Logo, Loss, RenderContext, Renderer, Resource
from exporter.errors import ExporterError, RenderError, ToolError
from exporter.labels import Labels
from exporter.loading.loaded import MAIL, Loaded
from exporter.settings import Defaults, Settings
from exporter.verifier import Beside, Verification, read_back, verify
from exporter.walk import contents


@dataclass(frozen=True, slots=True)
class Made:
    """A finished edition and what the manifest says of it."""

    record: EditionRecord
    content: bytes


Outcome: TypeAlias = Made | tuple[Failure, ...]


def make(loaded: Loaded, format_: str, slug: str, plan: Plan) -> Outcome:
    """The edition of ``loaded`` as ``format_``, or why there is none: nothing is raised, unless plan.debug."""
    loaded = loaded.of(format_)
    try:
        renderer = registry.renderer(format_)
        _, uncovered = parted(_uncovered(loaded, format_, plan.fonts), loaded)
        if uncovered:
            return _failures(uncovered, loaded, format_)
        content = renderer.render(loaded.article, context(loaded, plan, format_))
        verification = _verification(loaded, Edition(format_, slug, content), plan)
        lost = losses(loaded, format_, content, plan)
    except ExporterError as error:
        code = error.code if isinstance(error, RenderError) else ""
        message = loaded.origins.sentence(str(error))
        return (Failure(message=message, code=code, format=format_, tool=isinstance(error, ToolError)),)
    except Exception as error:
        # A format may be a stranger's code; what it raises must not cost the other editions.
        if plan.debug:
            raise
        own = _fault_of_template(error, plan.settings.theme.templates)
        return (Failure(message=own or faults.fault(f"Format '{format_}'", error), format=format_),)
    waived, objections = parted(_placed(verification.discrepancies, loaded), loaded)
    if objections:
        return _failures(objections, loaded, format_)
    if failures := forbidden(lost, format_, plan.settings.defaults):
        return failures
    record = _record(slug, renderer, content, verification, lost)
    return Made(replace(record, discrepancies=loaded.origins.all(waived)), content)


def parted(findings: Iterable[Discrepancy], loaded: Loaded) -> tuple[tuple[Discrepancy, ...], tuple[Discrepancy, ...]]:
    """Those of ``findings`` that were waived, and those that were not."""
    every = tuple(findings)
    waived = tuple(each for each in every if (each.code, *loaded.origins.place(each.line)) in loaded.waived)
    return waived, tuple(each for each in every if each not in waived)


def _placed(findings: tuple[Discrepancy, ...], loaded: Loaded) -> tuple[Discrepancy, ...]:
    """``findings``, in an issue each with the line it is about, as far as that can be told."""
    return Places(loaded.article).placed(findings) if loaded.origins.starts else findings


def _failures(findings: Iterable[Discrepancy], loaded: Loaded, format_: str) -> tuple[Failure, ...]:
    return tuple(Failure.of(each, format_) for each in loaded.origins.all(findings))


def _uncovered(loaded: Loaded, format_: str, library: Path | None) -> tuple[Discrepancy, ...]:
    """Characters without a font, where the format sets type: such a format has a prover."""
    if not registry.has("provers", format_):
        return ()
    return glyphs.missing(loaded.article, loaded.written, library)


def inspect(loaded: Loaded, edition: Edition, plan: Plan) -> Verification:
    """``edition``, whoever made it, held to what ``loaded`` says; an extractor that breaks down verifies nothing."""
    loaded = loaded.of(edition.format)
    try:
        found = _verify(loaded, edition, plan)
        return replace(found, discrepancies=loaded.origins.all(found.discrepancies))
    except ExporterError:
        raise
    except Exception as error:
        if plan.debug:
            raise
        return Verification(edition.format, (Discrepancy("V000", faults.fault("Reading it back", error)),), "none", 0)


def stands(loaded: Loaded, edition: Edition, plan: Plan) -> bool:
    """Whether ``edition``, made before, says what ``loaded`` says, but for what was waived."""
    try:
        loaded = loaded.of(edition.format)
        _, objections = parted(_placed(_verify(loaded, edition, plan).discrepancies, loaded), loaded)
    except ExporterError:
        raise
    except Exception:
        if plan.debug:
            raise
        return False
    return not objections


def losses(loaded: Loaded, format_: str, content: bytes, plan: Plan) -> tuple[Loss, ...]:
    """Everything ``loaded`` loses on its way into the edition ``content``; raises ExtractionError."""
    extraction = read_back(format_, content)
    smaller = pictures.made_smaller(loaded, pictures.shown(loaded, plan.settings, format_))
    found = (*smaller, *limits.losses(loaded.article, extraction))
    return (*loaded.losses, *loaded.origins.all(found))


def forbidden(lost: Iterable[Loss], format_: str, defaults: Defaults) -> tuple[Failure, ...]:
    """With ``strict``, a failure for each kind of loss that is not accepted: its first, and how many follow it."""
    kinds: dict[str, list[Loss]] = defaultdict(list)
    for loss in lost if defaults.strict else ():
        kinds[loss.code].append(loss)
    return tuple(
        Failure(message=summary(kind), code=code, format=format_, line=kind[0].line)
        for code, kind in kinds.items()
        if code not in defaults.accept_losses
    )


def context(loaded: Loaded, plan: Plan, format_: str) -> RenderContext:
    """What a rendering of ``loaded`` as ``format_`` depends on beside the article."""
    templates = templating.search_path(plan.settings.theme.templates)
    words = labels.load(loaded.article.metadata.language, templates)
    return RenderContext(
        labels=words,
        resources=shown(loaded, plan, format_),
        templates=templates,
        theme=house.theme(plan.settings),
        fonts=plan.fonts,
        date=plan.date or edition_date(loaded.article.metadata),
        options={**_options(plan.settings, format_, loaded, words), **_pages(loaded, plan, format_)},
        attachments=_attachments(loaded) if format_ == "pdf" and plan.settings.pdf.attach_source else (),
        cover=_cover(loaded, plan, format_),
        logo=_logo(loaded, plan),
    )


def _logo(loaded: Loaded, plan: Plan) -> Logo | None:
    return logos.logo(house.theme(plan.settings), loaded.article.metadata.publisher)


def shown(loaded: Loaded, plan: Plan, format_: str) -> Mapping[str, Resource]:
    """The pictures an edition of ``loaded`` in ``format_`` may show: the article's, and the house's logo."""
    return {**pictures.shown(loaded, plan.settings, format_), **logos.shown(_logo(loaded, plan), format_)}


def _attachments(loaded: Loaded) -> tuple[Attachment, ...]:
    """What the article was read from."""
    return tuple(
        Attachment(name=name, content=content, media_type=_media_type(name), description="Source of this document")
        for name, content in loaded.files.items()
    )


def _media_type(name: str) -> str:
    return _MEDIA_TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")


_MEDIA_TYPES: Final = {
    "md": "text/markdown",  # RFC 7763
    "txt": "text/plain",
    "html": "text/html",
    "htm": "text/html",
    "xhtml": "application/xhtml+xml",
    "toml": "application/toml",
}


def _cover(loaded: Loaded, plan: Plan, format_: str) -> Resource | None:
    """The cover planned for an edition in one format; None where it has none."""
    match plan.settings.epub.cover:
        case _ if format_ in ("docx", "pdf") and contents(loaded.article):
            return pictures.shown(loaded, plan.settings, format_).get(loaded.article.metadata.cover or "")
        case _ if format_ != "epub":
            return None
        case False:
            return None
        case Path() as path:
            return covers.given(path)
        case _:
            templates = templating.search_path(plan.settings.theme.templates)
            theme = house.theme(plan.settings)
            return covers.drawn(loaded.article, dict(loaded.resources), templates, theme, plan.fonts)


def _options(settings: Settings, format_: str, loaded: Loaded, words: Labels) -> dict[str, object]:
    """What ``settings``, and an issue itself, ask of one format alone."""
    match format_:
        case _ if format_.startswith(MAIL):
            email = letterheads.asked(settings.email, loaded.options)
            return letterheads.options(email, loaded.article.metadata, words)
        case "pdf":
            return {"columns": settings.pdf.columns}
        case "docx":
            captions = settings.docx.number_captions
            return {"reference": settings.docx.reference, "number_captions": captions, "styles": settings.docx.styles}
        case "txt":
            return {"flowed": settings.txt.flowed}
        case _:
            return {}


def _pages(loaded: Loaded, plan: Plan, format_: str) -> dict[str, object]:
    """How the pages of contents are found, in a format that does not lay them out itself."""
    wanted = format_ == "docx" and bool(contents(loaded.article))
    return {"paginate": paging.paginate(plan.tools, plan.fonts)} if wanted else {}


def edition_date(metadata: Metadata) -> datetime:
    """The date an edition is of, UTC: updated, else published, else EPOCH; no earlier, since a zip cannot say so."""
    known = metadata.updated or metadata.published
    return max(EPOCH, _moment(known)) if known else EPOCH


def _moment(day: date) -> datetime:
    """``day`` as a moment, UTC: midnight where it has no time, UTC where it has no zone."""
    if not isinstance(day, datetime):
        return datetime(day.year, day.month, day.day, tzinfo=UTC)
    return day.astimezone(UTC) if day.tzinfo else day.replace(tzinfo=UTC)


def _verification(loaded: Loaded, edition: Edition, plan: Plan) -> Verification:
    if not plan.verified:
        return Verification(edition.format, (), "none", 0)
    return _verify(loaded, edition, plan)


def _verify(loaded: Loaded, edition: Edition, plan: Plan) -> Verification:
    templates = templating.search_path(plan.settings.theme.templates)
    shown = pictures.shown(loaded, plan.settings, edition.format)
    digests = {source: picture.digest for source, picture in shown.items()}
    beside = _beside(loaded, plan, edition.format, templates)
    return verify(loaded.article, edition, digests, plan.fonts, templates, beside)


def _beside(loaded: Loaded, plan: Plan, format_: str, templates: tuple[Path, ...]) -> Beside:
    """What an edition of ``loaded`` may have beside the article."""
    decorations = frozenset(each.digest for each in logos.shown(_logo(loaded, plan), format_).values())
    if format_.startswith(MAIL):
        email, metadata = letterheads.asked(plan.settings.email, loaded.options), loaded.article.metadata
        words = letterheads.words(email, labels.load(metadata.language, templates))
        planned = letterheads.planned(email, metadata, format_)
        return Beside(cover=b"", house=words, letterhead=planned, decorations=decorations)
    cover = _cover(loaded, plan, format_)
    return Beside(
        files=loaded.files,
        cover=cover.content if cover else b"",
        house=house.beside(plan.settings, format_),
        decorations=decorations,
    )


def _record(
    slug: str, renderer: Renderer, content: bytes, verification: Verification, lost: tuple[Loss, ...]
) -> EditionRecord:
    return EditionRecord(
        format=verification.format,
        file=f"{slug}.{renderer.suffix}",
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        media_type=renderer.media_type,
        verified=verification.proof != "none",
        proof=verification.proof,
        losses=lost,
    )


def _fault_of_template(error: Exception, templates: Path | None) -> str | None:
    """The sentence on an ``error`` in a house's own ``templates``: Jinja puts their lines into tracebacks."""
    frames = reversed(traceback.extract_tb(error.__traceback__))
    for frame in frames if templates else ():
        if Path(frame.filename).is_relative_to(templates or ""):
            return f"{frame.filename}:{frame.lineno}: {faults.reason(error)}. Mend the template."
    return None
