"""A build that goes on: everything first, and everything again after each change, of which most is unchanged."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from exporter.building import publishing
from exporter.building.plan import Plan
from exporter.building.provenance import source_path
from exporter.building.reports import BuildReport
from exporter.cli.exits import INTERRUPTED
from exporter.cli.interruption import Interruption
from exporter.cli.run import Run
from exporter.cli.watching import events, sight
from exporter.cli.watching.sight import Sight
from exporter.cli.watching.voice import Voice
from exporter.errors import ExporterError, FormatError, LockedError, SettingsError
from exporter.workers import Workers


@dataclass(slots=True, kw_only=True)
class Session:
    """One ``exporter build --watch`` of ``paths``; ``planned`` makes ``plan`` anew, and raises ExporterError."""

    paths: tuple[Path, ...]
    config: Path | None
    plan: Plan
    planned: Callable[[], Plan]
    workers: Workers
    interruption: Interruption
    voice: Voice
    _report: BuildReport = field(default_factory=lambda: BuildReport((), ()))
    _built: Sight = field(default_factory=Sight)
    """What there was just before the last build."""
    _sources: frozenset[Path] = frozenset()
    """Those of which something may have been made."""
    _seen: Sight = field(default_factory=Sight)
    _unsure: bool = True
    """Whether something may have to be done that no event will tell of."""

    def run(self) -> int:
        """Build until Ctrl-C is pressed; the exit status. Raises ToolError, and what the first build raises."""
        events.library()
        _refuse_stores(self.plan)
        self._built = self._look()
        self._build(self.paths)
        self._sources = frozenset(self._built.sources)
        if not self._is_over():
            self.voice.watching(self.paths)
        while not self._is_over():
            self._watch()
        return INTERRUPTED

    def _watch(self) -> None:
        """Build after each change, for as long as the same folders are to be watched."""
        watched = now = self._look()
        self._unsure = True
        for happened in events.ticks(watched.folders, self._is_over):
            if happened or self._unsure:
                now = self._wake(still=not happened)
            if now.folders != watched.folders:
                break

    def _is_over(self) -> bool:
        return self.interruption.wanted

    def _look(self) -> Sight:
        """What is there; what was there where that cannot be told, and one has to look again."""
        try:
            self._seen = sight.look(self.paths, self.config, self.plan, self._report, self._seen)
        except OSError as error:
            self._unsure = True
            self.voice.trouble(error)
        return self._seen

    def _wake(self, *, still: bool) -> Sight:
        """Do what is to be done, and say what is there; what goes wrong is told, and can be mended meanwhile.

        Unless all is ``still``, an editor may be about to put back what is gone.
        """
        self._unsure = False
        now = self._look()
        if not still and now.lacks(self._built):
            self._unsure = True
        elif not now.same(self._built):
            self._act(now)
            return self._look()
        return now

    def _act(self, now: Sight) -> None:
        """Build, and look again soon: pictures may be known that were not, or the folder be free."""
        self._unsure = True
        try:
            self._build_again(now)
        except LockedError as error:
            self.voice.trouble(error)
            return
        except (ExporterError, OSError) as error:
            self.voice.trouble(error)
        self._built = now

    # --- Building -----------------------------------------------------------------------------

    def _build_again(self, now: Sight) -> None:
        """Build everything there is ``now``; raises what a build raises.

        Where nothing differs, pictures are known of that were not before the last build. That they stayed as they were
        during it is made sure of, and there may be nothing to tell.
        """
        told = () if now.differs(self._built) else self._report.articles
        self.plan = self.planned()
        _refuse_stores(self.plan)
        if gone := self._sources - frozenset(now.sources):
            self._withdraw(sorted(gone))
        self._sources = frozenset(now.sources)
        there = tuple(path for path in self.paths if path.exists())
        if not there:
            raise FormatError(f"{', '.join(map(str, self.paths))}: nothing is there any more. Put something there.")
        self.voice.again(told)
        self._build(there)
        self.voice.no_trouble()

    def _withdraw(self, gone: Iterable[Path]) -> None:
        """Remove what was made of sources that are ``gone``."""
        out = self.plan.settings.defaults.out
        with publishing.locked(out):
            sets = publishing.by_source(out)
            for path in gone:
                source = source_path(path, self.plan)
                self.voice.withdrawn(path, publishing.withdraw(out, source, sets.get(source, ())))

    def _build(self, paths: tuple[Path, ...]) -> None:
        audience = self.voice.audience(self.plan)
        run = Run(
            plan=self.plan,
            workers=self.workers,
            audience=audience,
            interruption=self.interruption,
            quiet=self.voice.output == "quiet",
        )
        ending = run.build(paths)
        self._report = ending.report
        run.end(ending)


def _refuse_stores(plan: Plan) -> None:
    """Raise SettingsError where editions go to a store: what is there already is not remembered."""
    out = plan.settings.defaults.out
    if not isinstance(out, Path):
        raise SettingsError(f"'{out}' is in a store; --watch writes to a folder of this machine. Name one with --out.")
