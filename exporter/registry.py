"""Format names to what reads, writes, reads back and proves them, found by entry point.

The built-in formats come through the same door as a stranger's. Nothing is imported until it is
asked for: listing formats does not import WeasyPrint.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, cast, get_args

from exporter.errors import FormatError

if TYPE_CHECKING:
    from exporter.edition import Extractor, Prover, Reader, Renderer, Witness
    from exporter.judges.judge import Judge

Group: TypeAlias = Literal["readers", "witnesses", "renderers", "extractors", "provers", "judges"]


@dataclass(frozen=True, slots=True)
class Installed:
    """One entry point: what it does for which format, and the distribution it comes from."""

    group: Group
    name: str
    distribution: str
    version: str


@lru_cache(maxsize=None)
def installed(group: Group) -> tuple[Installed, ...]:
    """Everything installed in ``group``, by name; imports none of it."""
    return tuple(
        Installed(group, point.name, *_distribution(point)) for point in sorted(_points(group), key=lambda p: p.name)
    )


def reader(suffix: str) -> Reader:
    """The reader of ``.suffix`` files; raises FormatError."""
    return cast("Reader", _load("readers", suffix))


def witness(suffix: str) -> Witness | None:
    """The second reading of ``.suffix`` files, where there is one."""
    return cast("Witness", _load("witnesses", suffix)) if has("witnesses", suffix) else None


def renderer(name: str) -> Renderer:
    """The renderer of a format; raises FormatError, also where nothing can read the format back (V000)."""
    found = cast("Renderer", _load("renderers", name))
    if not has("extractors", name):
        raise FormatError(f"Format '{name}' has no extractor, so nothing could verify it. Install one. [V000]")
    return found


def extractor(name: str) -> Extractor:
    """The extractor of a format; raises FormatError."""
    return cast("Extractor", _load("extractors", name))


def prover(name: str) -> Prover | None:
    """The prover of a format, where there is one."""
    return cast("Prover", _load("provers", name)) if has("provers", name) else None


def judges() -> tuple[Judge, ...]:
    """Every judge that is installed, by name; raises FormatError where two bear one name."""
    return tuple(cast("Judge", _load("judges", name)) for name in sorted({p.name for p in _points("judges")}))


def modules(formats: Iterable[str]) -> tuple[str, ...]:
    """The modules that read articles, and make, read back and prove editions in ``formats``; imports none of them."""
    wanted = frozenset(formats)
    makers = [point for group in _MAKERS for point in _points(group) if point.name in wanted]
    return tuple(dict.fromkeys(point.module for point in (*_points("readers"), *_points("witnesses"), *makers)))


_MAKERS: Final[tuple[Group, ...]] = ("renderers", "extractors", "provers")


def packages() -> tuple[str, ...]:
    """The names of the packages that formats and judges come from, this one's among them; imports none of them."""
    return tuple(sorted({point.module.partition(".")[0] for group in get_args(Group) for point in _points(group)}))


def has(group: Group, name: str) -> bool:
    """Whether ``group`` has an entry point ``name``."""
    return any(point.name == name for point in _points(group))


def _points(group: Group) -> tuple[EntryPoint, ...]:
    return tuple(point for point in _every_point() if point.group == f"exporter.{group}")


@lru_cache(maxsize=None)
def _every_point() -> tuple[EntryPoint, ...]:
    """The entry points of every group, read once: each group by itself would be the same files again."""
    installed = entry_points()
    return tuple(point for group in get_args(Group) for point in installed.select(group=f"exporter.{group}"))


@lru_cache(maxsize=None)
def _load(group: Group, name: str) -> Any:
    found = [point for point in _points(group) if point.name == name]
    match found:
        case []:
            names = ", ".join(sorted(point.name for point in _points(group))) or "none"
            raise FormatError(f"No {group} for '{name}'. Installed: {names}.")
        case [point]:
            return point.load()()
        case _:
            names = " and ".join(_distribution(point)[0] for point in found)
            raise FormatError(f"Two {group} for '{name}': {names}. Uninstall one.")


def _distribution(point: EntryPoint) -> tuple[str, str]:
    return (point.dist.name, point.dist.version) if point.dist else ("?", "?")
