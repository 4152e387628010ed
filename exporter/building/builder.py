"""Builds editions: every article in every format, verified, each set published as one.

Nothing stops at the first failure: an article that cannot be read, or an edition that differs from
its source, is reported, its predecessor is withdrawn, and the rest is built.

Articles are read first, all of them, since only together they tell what each set is named. Then the sets are made,
the longest first. Others may do both; this process alone writes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeAlias

from exporter import registry, templating, themes
from exporter.building import faults, house, naming, provenance, publishing, sets, sketches
from exporter.building.manifest import Manifest, versions
from exporter.building.naming import Names
from exporter.building.production import Plan
from exporter.building.provenance import Options, source_path
from exporter.building.reports import ArticleReport, BuildReport, Failure
from exporter.building.sets import Order, SetMade, Standing
from exporter.building.sketches import Sketch
from exporter.errors import FormatError, SettingsError, WorkerError
from exporter.loading import fetching, sources
from exporter.loading.fetching import Fetched
from exporter.loading.sources import Skipped, Sources
from exporter.stores import Place
from exporter.workers import HERE, Workers, stream

Announce: TypeAlias = Callable[[ArticleReport, int], None]
"""Called with each article's report when it is done, and with how many articles there are."""

Stop: TypeAlias = Callable[[], bool]
"""Asked now and then whether to end here."""

_Sketches: TypeAlias = Mapping[Path, Sketch | Failure]


def build(
    paths: Iterable[Place],
    plan: Plan,
    announce: Announce = lambda _report, _total: None,
    *,
    workers: Workers = HERE,
    stop: Stop = lambda: False,
) -> BuildReport:
    """Build every article ``paths`` hold into ``plan.settings.defaults.out``; either may be in a store.

    Raises FormatError, SettingsError, SourceError and StoreError before anything is done, LockedError where another
    build runs.
    """
    check(plan)
    with fetching.fetched(paths, plan.settings.defaults.out) as local:
        report = _build(local, replace(plan, origins=local.origins), announce, workers, stop)
    return replace(report, skipped=(*local.skipped, *report.skipped))


def _build(local: Fetched, plan: Plan, announce: Announce, workers: Workers, stop: Stop) -> BuildReport:
    out, original = plan.settings.defaults.out, plan.origins.place
    found = _find(local, out)
    with publishing.locked(out):
        publishing.sweep(out)
        wanted, drafts, unread = _read(found, plan, workers, stop)
        reports = {}
        for report in _reports(wanted, plan, workers, stop):
            reports[report.path] = report.of_originals(plan.origins)
            announce(reports[report.path], len(wanted) + len(unread))
    done = tuple(reports[path] for path in wanted if path in reports)
    skipped = (replace(each, path=original(each.path)) for each in (*found.skipped, *drafts))
    left = (*(path for path in wanted if path not in reports), *unread)
    return BuildReport(done, tuple(skipped), tuple(map(original, left)))


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


def _find(local: Fetched, out: Place) -> Sources:
    found = sources.find(local.paths, out)
    if not (found.named or found.walked or found.skipped):
        readable = ", ".join(point.name for point in registry.installed("readers"))
        places = ", ".join(str(local.origins.place(path)) for path in local.paths)
        raise FormatError(f"No article in {places}. Readable: {readable}.")
    return found


# --- Reading ----------------------------------------------------------------------------------


def _read(
    found: Sources, plan: Plan, workers: Workers, stop: Stop
) -> tuple[_Sketches, tuple[Skipped, ...], tuple[Path, ...]]:
    """What each source holds, drafts that were walked upon, and what was left when it was stopped."""
    every = (*found.named, *found.walked)
    look = partial(sketches.sketch, settings=plan.settings, debug=plan.debug)
    looks = stream(workers.reading, look, every, workers.width, stop)
    seen = {path: _sketched(path, future, plan) for path, future in looks}
    drafts = [path for path in found.walked if _is_draft(seen.get(path))]
    wanted = {path: seen[path] for path in every if path in seen and path not in drafts}
    left = tuple(path for path in every if path not in seen)
    return wanted, tuple(Skipped(path, "a draft") for path in drafts), left


def _sketched(path: Path, future: Future[Sketch | Failure], plan: Plan) -> Sketch | Failure:
    error = future.exception()
    return faults.failure(path, error, debug=plan.debug) if error else future.result()


def _is_draft(sketch: Sketch | Failure | None) -> bool:
    return isinstance(sketch, Sketch) and sketch.draft


# --- Making -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Make:
    """How sets are made in one build: what is the same for all."""

    plan: Plan
    options: Options


def _reports(wanted: _Sketches, plan: Plan, workers: Workers, stop: Stop) -> Iterator[ArticleReport]:
    """The report of each article as it is done."""
    names = naming.name(each for each in wanted.values() if isinstance(each, Sketch))
    make = _Make(plan, provenance.options(plan))
    for path, sketch in wanted.items():
        if (failure := _failed(sketch, names)) and not stop():
            yield _unnamed(path, failure, plan)
    orders = (_order(sketch, slug, make) for sketch, slug in _longest_first(wanted, names))
    for order, future in stream(workers.making, sets.make, orders, workers.width, stop):
        yield _report(order, future, make)


def _failed(sketch: Sketch | Failure, names: Names) -> Failure | None:
    found = names[sketch.path] if isinstance(sketch, Sketch) else sketch
    return found if isinstance(found, Failure) else None


def _longest_first(wanted: _Sketches, names: Names) -> Iterator[tuple[Sketch, str]]:
    """What can be made, with its name: a long one begun last would keep everybody waiting."""
    read = (each for each in wanted.values() if isinstance(each, Sketch))
    for sketch in sorted(read, key=lambda each: -each.weight):
        if isinstance(slug := names[sketch.path], str):
            yield sketch, slug


def _order(sketch: Sketch, slug: str, make: _Make) -> Order:
    """The order to make a set, with the editions that may stay."""
    folder = make.plan.settings.defaults.out / slug
    old = publishing.current(folder)
    alike = old is not None and old.of_same_make(_manifest(sketch, make))
    others = [each for each in old.editions if each.format not in make.plan.formats] if old and alike else []
    intact = ((record, publishing.intact(folder, record)) for record in others)
    standing = tuple(Standing(record=record, content=content) for record, content in intact if content is not None)
    return Order(sketch=sketch, slug=slug, plan=make.plan, standing=standing)


def _manifest(sketch: Sketch, make: _Make) -> Manifest:
    """The manifest of a set made of ``sketch``, still without editions."""
    return Manifest(
        source_path=source_path(sketch.path, make.plan),
        source_sha256=sketch.sha256,
        options=make.options,
        versions=versions(make.plan.formats),
    )


# --- Publishing -------------------------------------------------------------------------------


def _report(order: Order, future: Future[SetMade], make: _Make) -> ArticleReport:
    """The report on ``order``, carried out, what was made published."""
    path = order.sketch.path
    try:
        return _published(order, future.result(), make)
    except (OSError, WorkerError) as error:
        failure = faults.failure(path, error, debug=make.plan.debug)
        return ArticleReport(path=path, slug=order.slug, failures=(failure,))
    except Exception as error:
        return _unnamed(path, faults.failure(path, error, debug=make.plan.debug), make.plan)


def _published(order: Order, new: SetMade, make: _Make) -> ArticleReport:
    folder = make.plan.settings.defaults.out / order.slug
    old = publishing.current(folder)
    records = sorted((*(each.record for each in new.made), *new.kept), key=lambda record: record.format)
    made_with = versions(record.format for record in records)
    manifest = replace(_manifest(order.sketch, make), editions=tuple(records), versions=made_with)
    stale = {f"{order.slug}.{format_}" for format_ in make.plan.formats}
    publishing.publish(folder, manifest, {each.record.file: each.content for each in new.made}, stale)
    return ArticleReport(
        path=order.sketch.path,
        slug=order.slug,
        folder=folder,
        editions=tuple(records),
        failures=new.failures,
        notices=(*new.notices, *_replaced(folder, old, manifest)),
    )


def _unnamed(path: Path, failure: Failure, plan: Plan) -> ArticleReport:
    """The report of a source nothing is made of; what was made of it earlier goes, where the source is to blame."""
    if failure.code == faults.UNDONE:
        return ArticleReport(path=path, failures=(failure,))
    withdrawn = publishing.withdraw(plan.settings.defaults.out, source_path(path, plan))
    notices = tuple(
        f"Removed the editions in {folder}: this source no longer vouches for them." for folder in withdrawn
    )
    return ArticleReport(path=path, failures=(failure,), notices=notices)


def _replaced(folder: Place, old: Manifest | None, new: Manifest) -> tuple[str, ...]:
    """Sentences on what the earlier set had and this one has not."""
    if old is None:
        return ()
    if old.source_path != new.source_path:
        return (f"{folder} held the editions of {old.source_path}; they are replaced.",)
    lost = sorted({record.file for record in old.editions} - {record.file for record in new.editions})
    return (f"Removed from {folder}, being of an earlier state: {', '.join(lost)}.",) if lost else ()
