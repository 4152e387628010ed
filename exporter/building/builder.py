"""Builds editions: every article in every format, verified, each set published as one.

Nothing stops at the first failure: an article that cannot be read, or an edition that differs from
its source, is reported, its predecessor is withdrawn, and the rest is built.

Articles are looked at first, all of them, since only together they tell what each set is named: those that changed
are read, the others remembered. Then the sets are made that do not stand as they should, the longest first. Others may
read and make; this process alone writes. What it takes to read and make is imported where there is something to do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from exporter import registry, templating, themes
from exporter.building import faults, naming, provenance, publishing
from exporter.building.manifest import Manifest, versions
from exporter.building.memory import Memory, Recalled
from exporter.building.naming import Names
from exporter.building.plan import Plan
from exporter.building.provenance import Options, source_path
from exporter.building.reports import ArticleReport, BuildReport, Failure
from exporter.errors import FormatError, SettingsError, WorkerError
from exporter.loading import fetching, sources
from exporter.loading.fetching import Fetched
from exporter.loading.sources import Skipped, Sources
from exporter.stores import Place
from exporter.workers import HERE, Workers, stream

if TYPE_CHECKING:
    from concurrent.futures import Future

    from exporter.building.sets import Order, SetMade
    from exporter.building.sketches import Sketch

Announce: TypeAlias = Callable[[ArticleReport, int], None]
"""Called with each article's report when it is done, and with how many articles there are."""

Stop: TypeAlias = Callable[[], bool]
"""Asked now and then whether to end here."""

Equip: TypeAlias = Callable[[Plan], Plan]
"""Called once before anything is made, to add to a plan what takes a while to get."""

_Looks: TypeAlias = "Mapping[Path, Sketch | Recalled | Failure]"
"""What is known of each article: read now, or remembered."""


def build(
    paths: Iterable[Place],
    plan: Plan,
    announce: Announce = lambda _report, _total: None,
    *,
    workers: Workers = HERE,
    stop: Stop = lambda: False,
    equip: Equip = lambda plan: plan,
) -> BuildReport:
    """Build every article ``paths`` hold into ``plan.settings.defaults.out``; either may be in a store.

    Raises FormatError, SettingsError, SourceError and StoreError before anything is done, LockedError where another
    build runs.
    """
    check(plan)
    with fetching.fetched(paths, plan.settings.defaults.out) as local:
        report = _build(local, replace(plan, origins=local.origins), announce, workers, stop, equip)
    return replace(report, skipped=(*local.skipped, *report.skipped))


def _build(local: Fetched, plan: Plan, announce: Announce, workers: Workers, stop: Stop, equip: Equip) -> BuildReport:
    out, original = plan.settings.defaults.out, plan.origins.place
    found = _find(local, out)
    with publishing.locked(out), Memory(out, plan) as memory:
        publishing.sweep(out)
        work = _Work(plan, provenance.options(plan), memory, workers, stop, equip)
        wanted, drafts, unread = _look(found, work)
        reports = {}
        for report in _reports(wanted, work):
            reports[report.path] = report.of_originals(plan.origins)
            announce(reports[report.path], len(wanted) + len(unread))
    done = tuple(reports[path] for path in wanted if path in reports)
    skipped = (replace(each, path=original(each.path)) for each in (*found.skipped, *drafts))
    left = (*(path for path in wanted if path not in reports), *unread)
    return BuildReport(done, tuple(skipped), tuple(map(original, left)), memory.notices)


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


def _find(local: Fetched, out: Place) -> Sources:
    found = sources.find(local.paths, out)
    if not (found.named or found.walked or found.skipped):
        readable = ", ".join(point.name for point in registry.installed("readers"))
        places = ", ".join(str(local.origins.place(path)) for path in local.paths)
        raise FormatError(f"No article in {places}. Readable: {readable}.")
    return found


@dataclass(frozen=True, slots=True)
class _Work:
    """How one build is done: what is the same for all its articles."""

    plan: Plan
    options: Options
    memory: Memory
    workers: Workers
    stop: Stop
    equip: Equip

    def source(self, path: Path) -> str:
        """``path`` as manifests name it."""
        return source_path(path, self.plan)


# --- Looking ----------------------------------------------------------------------------------


def _look(found: Sources, work: _Work) -> tuple[_Looks, tuple[Skipped, ...], tuple[Path, ...]]:
    """What is known of each source, drafts that were walked upon, and what was left when it was stopped."""
    every = (*found.named, *found.walked)
    recalled = {path: known for path in every if (known := work.memory.recall(path, work.source(path)))}
    new = [path for path in every if path not in recalled]
    seen = {**recalled, **dict(_read(new, work) if new else ())}
    drafts = [path for path in found.walked if _is_draft(seen.get(path))]
    for draft in drafts:
        _keep_draft(seen[draft], work)
    wanted = {path: seen[path] for path in every if path in seen and path not in drafts}
    left = tuple(path for path in every if path not in seen)
    return wanted, tuple(Skipped(path, "a draft") for path in drafts), left


def _read(paths: Iterable[Path], work: _Work) -> Iterator[tuple[Path, Sketch | Failure]]:
    """What each of ``paths`` holds, or why it cannot be read; raises SettingsError before, as ``build`` does."""
    from exporter.building import house, sketches

    plan, workers = work.plan, work.workers
    for format_ in plan.formats:
        house.beside(plan.settings, format_)
    look = partial(sketches.sketch, settings=plan.settings, debug=plan.debug)
    for path, future in stream(workers.reading(), look, paths, workers.width, work.stop):
        error = future.exception()
        yield path, faults.failure(path, error, debug=plan.debug) if error else future.result()


def _is_draft(look: Sketch | Recalled | Failure | None) -> bool:
    return look is not None and not isinstance(look, Failure) and look.draft


def _keep_draft(look: Sketch | Recalled | Failure, work: _Work) -> None:
    if not isinstance(look, Failure | Recalled):
        work.memory.keep(look, work.source(look.path))


# --- Making -----------------------------------------------------------------------------------


def _reports(wanted: _Looks, work: _Work) -> Iterator[ArticleReport]:
    """The report of each article as it is done: first on those that stand as they were made."""
    names = naming.name(each for each in wanted.values() if not isinstance(each, Failure))
    standing = {path: again for path, look in wanted.items() if (again := _again(look, names, work))}
    yield from standing.values()
    stale = [path for path, look in wanted.items() if _is_stale(look, names) and path not in standing]
    read = {**wanted, **dict(_read(stale, work) if stale else ())}
    for path, look in read.items():
        if (failure := _failed(look, names)) and not work.stop():
            yield _unnamed(path, failure, work)
    yield from _made(list(_longest_first(read, names)), work)


def _made(sketches: Sequence[tuple[Sketch, str]], work: _Work) -> Iterator[ArticleReport]:
    """The report of each set as it is made."""
    if not sketches:
        return
    from exporter.building import sets

    work = replace(work, plan=work.equip(work.plan))
    orders = (_order(sketch, slug, work) for sketch, slug in sketches)
    for order, future in stream(work.workers.making(), sets.make, orders, work.workers.width, work.stop):
        yield _report(order, future, work)


def _again(look: Sketch | Recalled | Failure, names: Names, work: _Work) -> ArticleReport | None:
    """The report on a set that needs not be made."""
    if not isinstance(look, Recalled) or not isinstance(name := names[look.path], str):
        return None
    return work.memory.again(look, name)


def _is_stale(look: Sketch | Recalled | Failure, names: Names) -> bool:
    """Whether ``look``, which has a name, must be read before its set can be made."""
    return isinstance(look, Recalled) and isinstance(names[look.path], str)


def _failed(look: Sketch | Recalled | Failure, names: Names) -> Failure | None:
    found = look if isinstance(look, Failure) else names[look.path]
    return found if isinstance(found, Failure) else None


def _longest_first(wanted: _Looks, names: Names) -> Iterator[tuple[Sketch, str]]:
    """What can be made, with its name: a long one begun last would keep everybody waiting."""
    read = [each for each in wanted.values() if not isinstance(each, Failure | Recalled)]
    for sketch in sorted(read, key=lambda each: -each.weight):
        if isinstance(slug := names[sketch.path], str):
            yield sketch, slug


def _order(sketch: Sketch, slug: str, work: _Work) -> Order:
    """The order to make a set, with the editions that may stay."""
    from exporter.building.sets import Order, Standing

    work.memory.look_at(sketch.path, sketch.pictures)
    folder = work.plan.settings.defaults.out / slug
    old = publishing.current(folder)
    alike = old is not None and old.of_same_make(_manifest(sketch, work))
    others = [each for each in old.editions if each.format not in work.plan.formats] if old and alike else []
    intact = ((record, publishing.intact(folder, record)) for record in others)
    standing = tuple(Standing(record=record, content=content) for record, content in intact if content is not None)
    return Order(sketch=sketch, slug=slug, plan=work.plan, standing=standing)


def _manifest(sketch: Sketch, work: _Work) -> Manifest:
    """The manifest of a set made of ``sketch``, still without editions."""
    return Manifest(
        source_path=work.source(sketch.path),
        source_sha256=sketch.sha256,
        options=work.options,
        versions=versions(work.plan.formats),
    )


# --- Publishing -------------------------------------------------------------------------------


def _report(order: Order, future: Future[SetMade], work: _Work) -> ArticleReport:
    """The report on ``order``, carried out, what was made published."""
    path = order.sketch.path
    try:
        return _published(order, future.result(), work)
    except (OSError, WorkerError) as error:
        failure = faults.failure(path, error, debug=work.plan.debug)
        return ArticleReport(path=path, slug=order.slug, failures=(failure,))
    except Exception as error:
        return _unnamed(path, faults.failure(path, error, debug=work.plan.debug), work)


def _published(order: Order, new: SetMade, work: _Work) -> ArticleReport:
    """The report on the set that was made, put in place, and remembered where it is as it was asked for."""
    folder = work.plan.settings.defaults.out / order.slug
    old = publishing.current(folder)
    manifest = _of_editions(_manifest(order.sketch, work), new)
    changes = (*_altered(folder, old, manifest), *_replaced(folder, old, manifest))
    stale = {f"{order.slug}.{format_}" for format_ in work.plan.formats}
    publishing.publish(folder, manifest, {each.record.file: each.content for each in new.made}, stale)
    report = ArticleReport(
        path=order.sketch.path,
        slug=order.slug,
        folder=folder,
        editions=manifest.editions,
        failures=new.failures,
        notices=new.notices,
    )
    if report.ok:
        work.memory.keep(
            order.sketch, work.source(order.sketch.path), report.of_originals(work.plan.origins), new.libraries
        )
    return replace(report, notices=(*new.notices, *changes))


def _of_editions(manifest: Manifest, new: SetMade) -> Manifest:
    records = sorted((*(each.record for each in new.made), *new.kept), key=lambda record: record.format)
    return replace(manifest, editions=tuple(records), versions=versions(record.format for record in records))


def _altered(folder: Place, old: Manifest | None, new: Manifest) -> Iterator[str]:
    """Sentences on editions that somebody else changed."""
    named = {record.file for record in new.editions}
    for file in publishing.altered(folder, old.editions) if old else ():
        yield f"{folder / file} was changed by hand; {'it is made again' if file in named else 'it is removed'}."


def _unnamed(path: Path, failure: Failure, work: _Work) -> ArticleReport:
    """The report of a source nothing is made of; what was made of it earlier goes, where the source is to blame."""
    if failure.code == faults.UNDONE:
        return ArticleReport(path=path, failures=(failure,))
    withdrawn = publishing.withdraw(work.plan.settings.defaults.out, work.source(path))
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
