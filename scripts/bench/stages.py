"""Where the time of a build goes: reading, preparing, rendering and proving by format, writing, and the rest.

python -m scripts.bench.stages [ARTICLE …]

One process, warmed up with other articles, for what is remembered of an article must not make its time shorter; it
looks for garbage as seldom as workers do. Processor time. A build runs as it always does: the few functions that begin
a stage are watched from outside.
"""

from __future__ import annotations

import argparse
import gc
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar
from unittest.mock import patch

import pikepdf

from exporter import Plan, build, library, registry
from exporter.building import covers, production, publishing
from exporter.edition import Renderer
from exporter.loading import loader
from exporter.settings import Settings
from exporter.workers.crew import look_for_garbage_less
from scripts.bench import articles
from scripts.bench.contenders import FORMATS

Called = TypeVar("Called", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Profile:
    """Seconds of processor by stage, in the order of a build, for ``articles`` whose PDFs have ``pages``."""

    seconds: Mapping[str, float]
    articles: int
    pages: int


class Clock:
    """Processor time by stage. A stage within another one stops the outer one's clock."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._stages: list[str] = []
        self._since = 0.0

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Charge the time meanwhile to ``name``."""
        self._charge()
        self._stages.append(name)
        try:
            yield
        finally:
            self._charge()
            self._stages.pop()

    def watched(self, call: Called, name: Callable[..., str]) -> Called:
        """``call``, each call of which is a stage, named by its arguments."""

        def timed(*args: Any, **kwargs: Any) -> Any:
            with self.stage(name(*args, **kwargs)):
                return call(*args, **kwargs)

        return timed  # type: ignore[return-value]

    def _charge(self) -> None:
        now = time.process_time()
        if self._stages:
            self.seconds[self._stages[-1]] += now - self._since
        self._since = now


@dataclass(frozen=True, slots=True)
class _Timed:
    """A renderer whose work is a stage."""

    renderer: Renderer
    clock: Clock
    format: str

    def __getattr__(self, name: str) -> Any:
        return getattr(self.renderer, name)

    def render(self, *args: Any) -> bytes:
        with self.clock.stage(f"render {self.format}"):
            return self.renderer.render(*args)


@contextmanager
def _watching(clock: Clock) -> Iterator[None]:
    """Meanwhile, a build in this process tells ``clock`` what stage it is at."""
    renderer = registry.renderer
    watched = (
        (loader, "read", lambda *_: "read"),
        (loader, "prepare", lambda *_: "prepare"),
        (production, "make", lambda _loaded, format_, *_: f"prove {format_}"),  # less what stands below it
        (production, "context", lambda _loaded, _plan, format_: f"render {format_}"),
        (covers, "drawn", lambda *_: "draw cover"),
        (publishing, "publish", lambda *_: "write"),
    )
    with ExitStack() as patches:
        for module, name, stage in watched:
            patches.enter_context(patch.object(module, name, clock.watched(getattr(module, name), stage)))
        patches.enter_context(patch.object(registry, "renderer", lambda name: _Timed(renderer(name), clock, name)))
        yield


def profile(paths: Sequence[Path]) -> Profile:
    """Build ``paths``, once; raises SystemExit where one fails."""
    with _generated(5, seed=articles.SEED + 1) as others:
        _built(others)
    with _as_a_worker():
        return _built(paths)


@contextmanager
def _as_a_worker() -> Iterator[None]:
    """Meanwhile, garbage is looked for as a worker looks for it."""
    before = gc.get_threshold()
    look_for_garbage_less()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


def generated(count: int) -> Profile:
    """The profile of so many articles of ``articles``."""
    with _generated(count, articles.SEED) as paths:
        return profile(paths)


@contextmanager
def _generated(count: int, seed: int) -> Iterator[list[Path]]:
    with TemporaryDirectory() as name:
        articles.write(Path(name) / "source", count, seed)
        yield sorted((Path(name) / "source").iterdir())


def _built(paths: Sequence[Path]) -> Profile:
    clock = Clock()
    with TemporaryDirectory() as name:
        out = Path(name) / "dist"
        plan = Plan(base=Path.cwd(), settings=_settings(out), fonts=library())
        with _watching(clock), clock.stage("the rest"):
            report = build(paths, plan)
        for article in report.articles:
            for failure in article.failures:
                raise SystemExit(f"{article.path}: {failure.format}: {failure.message}")
        pages = sum(_pages(path) for path in out.glob("*/*.pdf"))
    return Profile({name: clock.seconds[name] for name in _order()}, len(paths), pages)


def _settings(out: Path) -> Settings:
    return Settings().with_defaults(missing_images="placeholder", out=out)


def _order() -> tuple[str, ...]:
    by_format = (f"{stage} {format_}" for stage in ("render", "prove") for format_ in FORMATS)
    return ("read", "prepare", "draw cover", *by_format, "write", "the rest")


def _pages(path: Path) -> int:
    with pikepdf.open(path) as document:
        return len(document.pages)


def _main(paths: Sequence[Path]) -> None:
    from scripts.bench import tables

    print("\n".join(tables.stages(profile(paths) if paths else generated(50))))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="*", type=Path, help="by default fifty generated ones")
    _main(parser.parse_args().articles)
