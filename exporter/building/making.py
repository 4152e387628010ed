"""Sets of editions ordered, taken in, and published as one each; the longest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from exporter.building import faults, looking, naming, provenance, publishing
from exporter.building.looking import Look, Looks
from exporter.building.manifest import Manifest, versions
from exporter.building.memory import Recalled
from exporter.building.naming import Names
from exporter.building.plan import Plan
from exporter.building.reports import ArticleReport, Failure
from exporter.building.work import Work
from exporter.errors import WorkerError
from exporter.stores import Place
from exporter.workers import stream

if TYPE_CHECKING:
    from concurrent.futures import Future

    from exporter.building.sets import Order, SetMade
    from exporter.building.sketches import Sketch


def reports(wanted: Looks, work: Work) -> Iterator[ArticleReport]:
    """The report of each article as it is done: first on those that stand as they were made."""
    names = naming.name(each for each in wanted.values() if not isinstance(each, Failure))
    standing = {path: again for path, look in wanted.items() if (again := _again(look, names, work))}
    yield from standing.values()
    stale = [path for path, look in wanted.items() if _is_stale(look, names) and path not in standing]
    read = {**wanted, **dict(looking.read(stale, work) if stale else ())}
    for path, look in read.items():
        if (failure := _failed(look, names)) and not work.stop():
            yield _unnamed(path, failure, work)
    yield from _made(list(_longest_first(read, names)), work)


def _made(sketches: Sequence[tuple[Sketch, str]], work: Work) -> Iterator[ArticleReport]:
    """The report of each set as it is made."""
    if not sketches:
        return
    from exporter.building import sets

    work = replace(work, plan=_equipped(work, sketches))
    orders = (_order(sketch, slug, work) for sketch, slug in sketches)
    for order, future in stream(work.workers.making(), sets.make, orders, work.workers.width, work.stop):
        yield _report(order, future, work)


def _equipped(work: Work, sketches: Iterable[tuple[Sketch, str]]) -> Plan:
    """The plan, with what takes a while to get for the formats of any of ``sketches``, made now or standing there."""
    formats = {format_ for each in sketches for format_ in _formats(*each, work)}
    wanted = (*work.plan.formats, *sorted(formats - set(work.plan.formats)))
    equipped = work.equip(replace(work.plan, settings=work.plan.settings.with_defaults(to=wanted)))
    return replace(equipped, settings=work.plan.settings)


def _formats(sketch: Sketch, slug: str, work: Work) -> Iterator[str]:
    """The formats of a set: what is asked for, and what there is, which is proved again before it stays."""
    old = publishing.current(work.plan.settings.defaults.out / slug)
    yield from work.plan.granted(sketch.wishes).formats
    yield from (record.format for record in old.editions) if old else ()


def _again(look: Look, names: Names, work: Work) -> ArticleReport | None:
    """The report on a set that needs not be made."""
    if not isinstance(look, Recalled) or not isinstance(name := names[look.path], str):
        return None
    return work.memory.again(look, name)


def _is_stale(look: Look, names: Names) -> bool:
    """Whether ``look``, which has a name, must be read before its set can be made."""
    return isinstance(look, Recalled) and isinstance(names[look.path], str)


def _failed(look: Look, names: Names) -> Failure | None:
    found = look if isinstance(look, Failure) else names[look.path]
    return found if isinstance(found, Failure) else None


def _longest_first(wanted: Looks, names: Names) -> Iterator[tuple[Sketch, str]]:
    """What can be made, with its name: a long one begun last would keep everybody waiting."""
    read = [each for each in wanted.values() if not isinstance(each, Failure | Recalled)]
    for sketch in sorted(read, key=lambda each: -each.weight):
        if isinstance(slug := names[sketch.path], str):
            yield sketch, slug


def _order(sketch: Sketch, slug: str, work: Work) -> Order:
    """The order to make a set, with the editions that may stay."""
    from exporter.building.sets import Order, Standing

    work.memory.look_at(sketch.path, sketch.pictures, sketch.read)
    plan = work.plan.granted(sketch.wishes)
    folder = plan.settings.defaults.out / slug
    old = publishing.current(folder)
    alike = old is not None and old.of_same_make(_manifest(sketch, work))
    others = [each for each in old.editions if each.format not in plan.formats] if old and alike else []
    intact = ((record, publishing.intact(folder, record)) for record in others)
    standing = tuple(Standing(record=record, content=content) for record, content in intact if content is not None)
    return Order(sketch=sketch, slug=slug, plan=plan, standing=standing)


def _manifest(sketch: Sketch, work: Work) -> Manifest:
    """The manifest of a set made of ``sketch``, still without editions."""
    plan = work.plan.granted(sketch.wishes)
    return Manifest(
        source_path=work.source(sketch.path),
        source_sha256=sketch.sha256,
        files=work.memory.seen(sketch.path) if sketch.read else {},
        options=work.options if plan is work.plan else provenance.options(plan),
        versions=versions(plan.formats),
    )


# --- Publishing -------------------------------------------------------------------------------


def _report(order: Order, future: Future[SetMade], work: Work) -> ArticleReport:
    """The report on ``order``, carried out, what was made published."""
    path = order.sketch.path
    try:
        return _published(order, future.result(), work)
    except (OSError, WorkerError) as error:
        failure = faults.failure(path, error, debug=work.plan.debug)
        return ArticleReport(path=path, slug=order.slug, failures=(failure,))
    except Exception as error:
        return _unnamed(path, faults.failure(path, error, debug=work.plan.debug), work)


def _published(order: Order, new: SetMade, work: Work) -> ArticleReport:
    """The report on the set that was made, put in place, and remembered where it is as it was asked for."""
    folder = work.plan.settings.defaults.out / order.slug
    old = publishing.current(folder)
    manifest = _of_editions(_manifest(order.sketch, work), new)
    changes = (*_altered(folder, old, manifest), *_replaced(folder, old, manifest))
    stale = {f"{order.slug}.{format_}" for format_ in order.plan.formats}
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


def _unnamed(path: Path, failure: Failure, work: Work) -> ArticleReport:
    """The report of a source nothing is made of; what was made of it earlier goes, where the source is to blame."""
    if failure.code == faults.UNDONE:
        return ArticleReport(path=path, failures=(failure,))
    source = work.source(path)
    withdrawn = publishing.withdraw(work.plan.settings.defaults.out, source, work.sets.get(source, ()))
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
