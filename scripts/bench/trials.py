"""The runs: exporter beside its peers, growing batches, what a person waits for, and a novel."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from scripts.bench import articles, contenders
from scripts.bench.contenders import ANEW, EXPORTER, FORMATS, TYPST, Contender
from scripts.bench.measuring import Broken, Run, run


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much is measured. ``slow`` is the articles the slow peers get; ``parts`` are of the novel, in quarters.

    ``waits`` tells how often what a person waits for is done, and ``issue`` of how many articles one changes.
    """

    jobs: int = 2
    rounds: int = 3
    articles: int = 200
    slow: int = 30
    counts: tuple[int, ...] = (1, 10, 100, 1000)
    parts: tuple[int, ...] = (1, 4)
    waits: int = 5
    issue: int = 40
    profiled: int = 50


QUICK: Final = Size(rounds=1, articles=20, slow=6, counts=(1, 20), parts=(1,), waits=1, issue=10, profiled=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One contender at one batch: for each round, seconds an article by the clock and of processor; bytes at the peak.

    ``ratios`` are of seconds by the clock to exporter's of the same round; ``made`` and ``verified`` count editions.
    """

    name: str
    articles: int
    jobs: int
    wall: tuple[float, ...]
    processor: tuple[float, ...]
    memory: int
    ratios: tuple[float, ...] = ()
    made: int = 0
    verified: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """A worker's peak of memory, in bytes, over the first ``early`` articles and over all of ``articles``."""

    early: int
    articles: int
    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """Seconds a person waits, by the clock: one article anew; again, unchanged; an ``issue``, one article changed."""

    cold: tuple[float, ...]
    unchanged: tuple[float, ...]
    issue: int
    changed: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """So much of a novel, in bytes: seconds by the clock and of processor, bytes of memory at the peak."""

    size: int
    wall: float
    processor: float
    memory: int


def say(text: str) -> None:
    """Progress, for whoever waits."""
    print(text, file=sys.stderr, flush=True)


@contextmanager
def workshop() -> Iterator[Path]:
    """A folder for sources and editions, on the disk of this checkout."""
    contenders.HERE.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=contenders.HERE, prefix="work-") as name:
        yield Path(name)


# --- Peers ------------------------------------------------------------------------------------


def peers(size: Size) -> tuple[Figures, ...]:
    """Every contender in every round, in another order each time, so that none is always first on a cool machine."""
    with workshop() as folder:
        for count in {size.articles, size.slow}:
            articles.write(folder / str(count), count)
        runs: dict[Contender, list[_Outcome]] = {each: [] for each in contenders.present()}
        for number in range(size.rounds):
            for contender in _turned(tuple(runs), number):
                count = size.slow if contender.slow else size.articles
                runs[contender].append(_outcome(contender, folder / str(count), count, size.jobs))
    return tuple(_figures(contender, done, runs[EXPORTER], size) for contender, done in runs.items())


@dataclass(frozen=True, slots=True)
class _Outcome:
    run: Run
    articles: int
    made: int
    verified: int

    @property
    def wall(self) -> float:
        """Seconds an article."""
        return self.run.wall / self.articles


def _turned(every: Sequence[Contender], number: int) -> Sequence[Contender]:
    first = number % len(every)
    return (*every[first:], *every[:first])


def _outcome(contender: Contender, sources: Path, count: int, jobs: int) -> _Outcome:
    """One run; raises Broken where an edition is missing."""
    with TemporaryDirectory(dir=sources.parent) as name:
        out = Path(name) / "out"
        done = run([*contender.command(sources, out, jobs), *([ANEW] if contender is EXPORTER else [])])
        made, verified = contenders.editions(out), contenders.verified(out)
    if made != count * len(FORMATS):
        raise Broken(f"{contender.name} made {made} editions of {count} articles, not {count * len(FORMATS)}")
    say(f"{contender.name}: {count} articles, {jobs} at once: {done.wall / count:.3f} s an article")
    return _Outcome(done, count, made, verified)


def _figures(contender: Contender, done: Sequence[_Outcome], ours: Sequence[_Outcome], size: Size) -> Figures:
    return Figures(
        name=contender.name,
        articles=done[0].articles,
        jobs=size.jobs,
        wall=tuple(each.wall for each in done),
        processor=tuple(each.run.processor / each.articles for each in done),
        memory=max(each.run.memory for each in done),
        ratios=tuple(each.wall / own.wall for each, own in zip(done, ours, strict=True)),
        made=done[0].made,
        verified=done[0].verified,
    )


# --- Growing batches --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Scaling:
    """Batches of each size for 1 and more jobs; a worker's growth in the largest; seconds for that one, unchanged."""

    batches: tuple[Figures, ...]
    growth: Growth
    unchanged: tuple[float, ...]


def scaling(size: Size) -> Scaling:
    """All batches, exporter's and for comparison those of pandoc and typst."""
    largest = max(size.counts)
    with workshop() as folder:
        for count in size.counts:
            articles.write(folder / str(count), count)
        batches = [(count, jobs) for count in size.counts for jobs in dict.fromkeys((1, size.jobs))]
        ours = {(count, jobs): _built(folder / str(count), jobs) for count, jobs in batches}
        unchanged = tuple(
            _wait(folder / str(largest), _out(folder / str(largest), size.jobs), size.jobs) for _ in "123"
        )
        theirs = {batch: _beside(folder / str(batch[0]), *batch) for batch in batches if batch[0] <= _ENOUGH}
    figures = [_batch(EXPORTER, runs, *batch) for batch, runs in ours.items()]
    figures += [_batch(TYPST, runs, *batch) for batch, runs in theirs.items()]
    return Scaling(batches=tuple(figures), growth=_growth(ours[largest, 1][0], largest), unchanged=unchanged)


_ENOUGH: Final = 10
"""Articles in the largest batch of a peer; what it takes for hundreds stands in the table of peers."""


def _times(count: int) -> int:
    return 3 if count <= 10 else 1


def _out(sources: Path, jobs: int) -> Path:
    return sources.with_name(f"{sources.name}-{jobs}")


def _built(sources: Path, jobs: int) -> tuple[Run, ...]:
    """Everything anew, small batches several times."""
    count, out = int(sources.name), _out(sources, jobs)
    command = [*EXPORTER.command(sources, out, jobs), ANEW]
    runs = tuple(run(command, lambda: _sets(out)) for _ in range(_times(count)))
    say(f"exporter: {count} articles, {jobs} at once: {runs[0].wall:.2f} s")
    return runs


def _beside(sources: Path, count: int, jobs: int) -> tuple[Run, ...]:
    """The same by pandoc and typst."""
    return tuple(_outcome(TYPST, sources, count, jobs).run for _ in range(_times(count)))


def _sets(out: Path) -> int:
    return sum(each.is_dir() for each in out.iterdir()) if out.is_dir() else 0


def _batch(contender: Contender, done: Sequence[Run], count: int, jobs: int) -> Figures:
    return Figures(
        name=contender.name,
        articles=count,
        jobs=jobs,
        wall=tuple(each.wall / count for each in done),
        processor=tuple(each.processor / count for each in done),
        memory=max(each.memory for each in done),
    )


def _growth(done: Run, count: int) -> Growth:
    early = count // 10
    before = [look.largest for look in done.looks if look.done <= early]
    after = [look.largest for look in done.looks]
    return Growth(early=early, articles=count, before=max(before, default=0), after=max(after, default=0))


# --- What a person waits for ------------------------------------------------------------------


def waits(size: Size) -> Waits:
    """One article, cold and again; an issue, of which one article changed."""
    with workshop() as folder:
        articles.write(folder / "one", 1)
        articles.write(folder / "issue", size.issue)
        cold = tuple(_wait(folder / "one", folder / str(n), size.jobs, ANEW) for n in range(size.waits))
        unchanged = tuple(_wait(folder / "one", folder / "0", size.jobs) for _ in range(size.waits))
        _wait(folder / "issue", folder / "forty", size.jobs)
        changed = tuple(_after_a_change(folder, number, size.jobs) for number in range(size.waits))
    return Waits(cold=cold, unchanged=unchanged, issue=size.issue, changed=changed)


def _wait(sources: Path, out: Path, jobs: int, *options: str) -> float:
    return run([*EXPORTER.command(sources, out, jobs), *options]).wall


def _after_a_change(folder: Path, number: int, jobs: int) -> float:
    """Seconds to bring an issue up to date of which one article has a word more."""
    path = folder / "issue" / f"article-{number + 1:04}.md"
    path.write_text(f"{path.read_text(encoding='utf-8')}\nOne sentence more.\n", encoding="utf-8")
    return _wait(folder / "issue", folder / "forty", jobs)


# --- A novel ----------------------------------------------------------------------------------


def novel(size: Size, corpora: Path | None) -> tuple[Part, ...]:
    """Parts of it, each in four editions."""
    text, suffix = _novel(corpora)
    with workshop() as folder:
        return tuple(_part(folder, text[: len(text) * quarters // 4], f"{quarters}{suffix}") for quarters in size.parts)


def _novel(corpora: Path | None) -> tuple[str, str]:
    if corpora:
        return (corpora / "long" / "moby-dick.txt").read_text(encoding="utf-8-sig"), ".txt"
    return articles.novel(), ".md"


def _part(folder: Path, text: str, name: str) -> Part:
    whole = text[: text.rfind("\n\n")] + "\n"
    source = folder / name
    source.write_text(whole, encoding="utf-8")
    done = run(EXPORTER.command(source, folder / "out", 1))
    say(f"exporter: {len(whole.encode()):,} bytes of a novel: {done.wall:.1f} s")
    return Part(size=len(whole.encode()), wall=done.wall, processor=done.processor, memory=done.memory)


def middle(figures: Sequence[float]) -> float:
    """The median; 0 of nothing."""
    return median(figures) if figures else 0.0
