"""Makes the set of editions of one article. Touches no file of the output: whoever gives the order writes them."""

from __future__ import annotations

from dataclasses import dataclass

from exporter import registry
from exporter.building import conformity, libraries, production, waived
from exporter.building.manifest import EditionRecord
from exporter.building.plan import Plan
from exporter.building.production import Made
from exporter.building.reports import Failure
from exporter.building.sketches import Sketch
from exporter.edition import Edition
from exporter.loading import opening
from exporter.loading.loaded import Loaded
from exporter.loading.pictures import Taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An edition made before, in a format that is not asked for now."""

    record: EditionRecord
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """All that is needed to make a set: it can be pickled, and carried out anywhere.

    ``standing`` are editions that stay if they still say what the article says. ``pictures`` are their files where the
    article's folder is not at hand.
    """

    sketch: Sketch
    slug: str
    plan: Plan
    standing: tuple[Standing, ...] = ()
    pictures: Taken | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetMade:
    """What came of an order: new editions, records of those that stay, and why others are missing.

    ``libraries`` are the shared libraries it was made with.
    """

    made: tuple[Made, ...]
    kept: tuple[EditionRecord, ...]
    failures: tuple[Failure, ...]
    notices: tuple[str, ...]
    libraries: tuple[str, ...] = ()


def make(order: Order) -> SetMade:
    """Carry out ``order``; raises SourceError, and whatever a fault raises."""
    plan = order.plan
    loaded = opening.prepare(order.sketch.reading, plan.settings, order.pictures)
    made, failures = _fit(*_editions(loaded, order.slug, plan), plan)
    kept = () if loaded.findings else tuple(each.record for each in order.standing if _stays(loaded, each, plan))
    notices = (*loaded.notices, *waived.notices(order.sketch.reading, [*(each.record for each in made), *kept]))
    return SetMade(made=made, kept=kept, failures=failures, notices=notices, libraries=libraries.loaded())


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


def _stays(loaded: Loaded, standing: Standing, plan: Plan) -> bool:
    record = standing.record
    return (
        registry.has("extractors", record.format)
        and not production.forbidden(record.losses, record.format, plan.settings.defaults)
        and production.stands(loaded, Edition(record.format, "", standing.content), plan)
    )
