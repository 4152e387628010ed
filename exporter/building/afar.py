"""Orders carried out on other machines: packed with all that is needed of this one.

A worker has the package and its font library; articles, pictures, templates and the like come with each order.
"""

from __future__ import annotations

import ctypes
import pickle
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from tempfile import TemporaryDirectory
from typing import Any, Final, get_args
from zlib import ZLIB_RUNTIME_VERSION

from exporter import registry
from exporter.building.manifest import versions
from exporter.building.plan import Plan
from exporter.building.reports import Failure
from exporter.building.sets import Order, SetMade
from exporter.errors import SettingsError, ToolError, WorkerError
from exporter.loading import opening
from exporter.registry import Group
from exporter.settings import Settings
from exporter.workers import HERE, Cluster, Workers

_OURS: Final = "article-exporter"


@contextmanager
def cluster(
    address: str, plan: Plan, *, reading: Callable[[], Executor] = HERE.reading, limit: float | None = None
) -> Iterator[Workers]:
    """The cluster at ``address`` to carry out ``plan``, found fit for it; articles are read by ``reading``, here.

    Raises ToolError where it is not there, or not fit; SettingsError where ``plan`` asks for judges.
    """
    if plan.judges or plan.settings.defaults.check:
        raise SettingsError("Judges are asked on this machine alone. Leave out --check; then run: exporter check")
    found = Cluster(address, limit=limit)
    try:
        _examine(found)
        # One order each: Dask suspects all that a worker has been given when it dies.
        afar = Afar(found, House.of(plan.settings))
        yield Workers(reading, lambda: afar, len(found.workers))
    finally:
        found.shutdown(cancel_futures=True)


def _examine(found: Cluster) -> None:
    """Raise ToolError unless every worker has what this machine has."""
    ours = version(_OURS)
    for worker, theirs in found.everywhere(version, _OURS).items():
        if theirs != ours:
            has = "no" if isinstance(theirs, Exception) else f"version {theirs} of"
            raise ToolError(f"{worker}: it has {has} {_OURS}, here is {ours}. Run there: pip install {_OURS}=={ours}")
    for worker, theirs_too in found.everywhere(equipment).items():
        if difference := str(theirs_too) if isinstance(theirs_too, Exception) else _difference(theirs_too, equipment()):
            raise ToolError(f"{worker}: {difference}. Install the same there.")


# --- What a worker has ------------------------------------------------------------------------


@lru_cache(maxsize=None)
def equipment() -> Mapping[str, str]:
    """What the bytes of editions depend on here, beside what comes with an order: versions by name."""
    groups = (group for group in get_args(Group) if group != "judges")
    points = {f"{p.group} {p.name}": f"{p.distribution} {p.version}" for g in groups for p in registry.installed(g)}
    made_with = versions(point.name for point in registry.installed("renderers"))
    python = python_version().rpartition(".")[0]
    return {"Python": python, "zlib": ZLIB_RUNTIME_VERSION, **dict(_libraries()), **points, **made_with}


def _libraries() -> Iterator[tuple[str, str]]:
    """The versions of the libraries that set type, as they tell; what does not tell is left out."""
    for name, (file, function) in _TYPESETTERS.items():
        with suppress(OSError, AttributeError):
            told = getattr(ctypes.CDLL(file), function)
            told.restype = ctypes.c_char_p
            yield name, told().decode()


_TYPESETTERS: Final = {
    "Pango": ("libpango-1.0.so.0", "pango_version_string"),
    "HarfBuzz": ("libharfbuzz.so.0", "hb_version_string"),
}


def _difference(theirs: Mapping[str, str], ours: Mapping[str, str]) -> str:
    """Half a sentence on the first thing a worker has otherwise than this machine; "" where there is none."""
    for name in sorted(ours.keys() | theirs.keys()):
        if ours.get(name) != theirs.get(name):
            return f"{name} is {theirs.get(name, 'missing')} there, and {ours.get(name, 'missing')} here"
    return ""


@lru_cache(maxsize=None)
def font_library() -> Path:
    """The font library of this machine, built where it is missing; raises ToolError."""
    from exporter import fonts

    return fonts.library()


# --- The files of a house ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class House:
    """What settings name by paths: templates, a reference document, a cover. ``paths`` are theirs here, by key."""

    paths: tuple[tuple[str, Path], ...]
    packed: bytes

    @classmethod
    def of(cls, settings: Settings) -> House:
        """The files ``settings`` name; raises OSError."""
        cover = settings.epub.cover
        named = {
            "templates": settings.theme.templates,
            "reference": settings.docx.reference,
            "cover": cover if isinstance(cover, Path) else None,
        }
        paths = tuple((key, path.resolve()) for key, path in named.items() if path)
        files = {f"{key}/{name}": content for key, path in paths for name, content in _files(path)}
        return cls(paths, pickle.dumps(files))

    def settled(self, settings: Settings) -> Settings:
        """``settings`` that name copies of the files, laid out in this process."""
        places = _places(self)
        templates, reference, cover = (places.get(key) for key in ("templates", "reference", "cover"))
        return replace(
            settings,
            theme=replace(settings.theme, templates=templates),
            docx=replace(settings.docx, reference=reference),
            epub=replace(settings.epub, cover=cover or settings.epub.cover),
        )

    def told(self, failure: Failure) -> Failure:
        """``failure`` with the paths of the originals for those of the copies."""
        message = failure.message
        for key, original in self.paths:
            message = message.replace(str(_places(self)[key]), str(original))
        return replace(failure, message=message)


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    """The names and contents of the file, or of all files below the folder, ``path``."""
    if path.is_dir():
        found = sorted(each for each in path.rglob("*") if each.is_file())
        yield from ((each.relative_to(path).as_posix(), each.read_bytes()) for each in found)
    elif path.is_file():
        yield path.name, path.read_bytes()


@lru_cache(maxsize=4)
def _laid(house: House) -> TemporaryDirectory[str]:
    """The folder of copies; it goes with the process, or when others have taken its place."""
    folder = TemporaryDirectory(prefix="exporter-house-")
    for name, content in pickle.loads(house.packed).items():
        file = Path(folder.name, name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return folder


def _places(house: House) -> dict[str, Path]:
    top = Path(_laid(house).name).resolve() if house.paths else Path()
    return {key: top / key if key == "templates" else top / key / path.name for key, path in house.paths}


# --- Orders on their way ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Parcel:
    """An order with all it needs; ``equipment`` is what whoever carries it out must have."""

    order: Order
    house: House
    equipment: Mapping[str, str]


class Afar(Executor):
    """Has orders carried out by ``cluster``: what is submitted is a function of an order."""

    def __init__(self, cluster: Cluster, house: House) -> None:
        self._cluster, self._house, self._with_fonts = cluster, house, False

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """What ``fn`` will have made of the order, elsewhere."""
        (order,) = args
        assert not kwargs
        if order.plan.fonts and not self._with_fonts:
            self._make_fonts()
        pictures = opening.take(order.sketch.reading)
        parcel = Parcel(replace(order, pictures=pictures), self._house, equipment())
        return self._cluster.submit(carry_out, fn, parcel)

    def _make_fonts(self) -> None:
        """Have every machine make its font library, once; raises ToolError."""
        for worker, library in self._cluster.everywhere(font_library).items():
            if isinstance(library, Exception):
                raise ToolError(f"{worker}: {library}")
        self._with_fonts = True

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster."""
        self._cluster.shutdown(wait, cancel_futures=cancel_futures)


def carry_out(make: Callable[[Order], SetMade], parcel: Parcel) -> SetMade:
    """What ``make`` makes of the order in ``parcel``; raises WorkerError where it would be made otherwise here."""
    if difference := _difference(equipment(), parcel.equipment):
        raise WorkerError(f"A worker joined that is equipped otherwise: {difference}. Install the same there")
    plan = parcel.order.plan
    at_hand = replace(plan, settings=parcel.house.settled(plan.settings), fonts=font_library() if plan.fonts else None)
    made = make(replace(parcel.order, plan=at_hand))
    return replace(made, failures=tuple(map(parcel.house.told, made.failures)))
