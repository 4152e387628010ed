"""What was measured, as Markdown that also reads well in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from scripts.bench.contenders import EXPORTER, TYPST, TYPST_COMMAND, WEASYPRINT, Contender
from scripts.bench.stages import Profile
from scripts.bench.trials import Figures, Part, Scaling, Waits, middle


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """Everything one run of the benchmark measured."""

    machine: Mapping[str, str]
    peers: tuple[Figures, ...]
    scaling: Scaling
    waits: Waits
    novel: tuple[Part, ...]
    profile: Profile


def page(results: Results, contenders: Iterable[Contender]) -> Iterator[str]:
    """All tables, line by line."""
    yield from _section("Targets", targets(results))
    yield from _section("Beside its peers", peers(results.peers))
    yield ""
    yield from (f"* {each.name}: {each.how}." for each in contenders)
    yield from _section("Batches", scaling(results.scaling))
    yield from _section("What a person waits for", waits(results.waits, results.scaling))
    yield from _section("A novel", novel(results.novel))
    yield from _section("Where the time goes", stages(results.profile))
    yield from _section("The machine", table(("", ""), results.machine.items(), words=2))


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    yield from ("", f"### {title}", "")
    yield from lines


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, words: int = 1) -> Iterator[str]:
    """A table of Markdown, its columns padded: so many ``words`` stand to the left, figures to the right."""
    filled = [tuple(head), *map(tuple, rows)]
    widths = [max(3, *(len(row[column]) for row in filled)) for column in range(len(head))]
    first, *others = (_row(row, widths, words) for row in filled)
    yield first
    yield f"|{'|'.join('-' * (w + 2) if column < words else '-' * (w + 1) + ':' for column, w in enumerate(widths))}|"
    yield from others


def _row(cells: Sequence[str], widths: Sequence[int], words: int) -> str:
    padded = (
        cell.ljust(width) if column < words else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return f"| {' | '.join(padded)} |"


# --- Targets ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Target:
    what: str
    wanted: str
    found: str
    met: bool


def targets(results: Results) -> Iterator[str]:
    """What was aimed at, what came out, and whether it is met."""
    rows = ((each.what, each.wanted, each.found, "yes" if each.met else "NO") for each in _targets(results))
    return table(("target", "wanted", "measured", "met"), rows)


def _targets(results: Results) -> Iterator[_Target]:
    yield _faster(results.peers, TYPST_COMMAND, 4)
    yield _faster(results.peers, TYPST, 4)
    yield _faster(results.peers, WEASYPRINT, 12)
    yield _under("one article from a cold start, four editions verified", 1.2, results.waits.cold)
    yield _under("the same, unchanged", 0.25, results.waits.unchanged)
    largest = results.scaling.growth.articles
    yield _under(f"{largest:,} articles, unchanged", 1, results.scaling.unchanged)
    yield _under(f"{results.waits.issue} articles, one of them changed", 10, results.waits.changed)
    yield _growth(results.scaling)
    yield from _of_novel(results.novel)
    yield _all_verified(results.peers)


def _faster(peers: Sequence[Figures], peer: Contender, times: int) -> _Target:
    ratio = middle(next(each.ratios for each in peers if each.name == peer.name))
    return _Target(f"faster an article than {peer.name}", f"≥ {times} times", f"{ratio:.1f} times", ratio >= times)


def _under(what: str, limit: float, seconds: Sequence[float]) -> _Target:
    return _Target(what, f"< {limit:g} s", f"{middle(seconds):.2f} s", middle(seconds) < limit)


def _growth(scaling: Scaling) -> _Target:
    growth = scaling.growth
    percent = (growth.after / growth.before - 1) * 100 if growth.before else 100.0
    what = f"growth of a worker from article {growth.early:,} to {growth.articles:,}"
    found = f"{percent:.0f} % ({_megabytes(growth.before)} to {_megabytes(growth.after)} MB)"
    return _Target(what, "≤ 10 %", found, percent <= 10)


def _of_novel(parts: Sequence[Part]) -> Iterator[_Target]:
    whole, smallest = parts[-1], parts[0]
    memory = f"{_megabytes(whole.memory)} MB"
    yield _Target(f"memory for a text of {whole.size / 1e6:.1f} MB", "< 1 GB", memory, whole.memory < 1e9)
    if len(parts) > 1:
        growth = (whole.processor / whole.size) / (smallest.processor / smallest.size)
        what = f"time for a byte of it, to that of a text of {smallest.size / 1e6:.1f} MB"
        yield _Target(what, "≤ 1.2 times", f"{growth:.2f} times", growth <= 1.2)


def _all_verified(peers: Sequence[Figures]) -> _Target:
    ours = next(each for each in peers if each.name == EXPORTER.name)
    return _Target("editions verified", f"{ours.made}", f"{ours.verified}", ours.made == ours.verified)


# --- Tables -----------------------------------------------------------------------------------


def peers(figures: Iterable[Figures]) -> Iterator[str]:
    """Each contender: medians of the rounds, least and most in brackets."""
    head = (
        "",
        "articles",
        "jobs",
        "s an article",
        "times exporter's",
        "CPU s an article",
        "peak MB",
        "editions",
        "verified",
    )
    return table(head, map(_peer, figures))


def _peer(each: Figures) -> tuple[str, ...]:
    return (
        each.name,
        f"{each.articles}",
        f"{each.jobs}",
        _spread(each.wall, 3),
        _spread(each.ratios, 2),
        f"{middle(each.processor):.3f}",
        _megabytes(each.memory),
        f"{each.made}",
        f"all {each.verified}" if each.verified == each.made else f"{each.verified or 'none'}",
    )


def scaling(found: Scaling) -> Iterator[str]:
    """Batches, exporter's beside those of pandoc and typst."""
    theirs = {(each.articles, each.jobs): each for each in found.batches if each.name == TYPST.name}
    head = ("articles", "jobs", "s", "s an article", "CPU s an article", "peak MB", f"{TYPST.name}, s an article")
    ours = (each for each in found.batches if each.name == EXPORTER.name)
    return table(head, (_batch(each, theirs.get((each.articles, each.jobs))) for each in ours))


def _batch(ours: Figures, theirs: Figures | None) -> tuple[str, ...]:
    return (
        f"{ours.articles:,}",
        f"{ours.jobs}",
        f"{middle(ours.wall) * ours.articles:.1f}",
        f"{middle(ours.wall):.3f}",
        f"{middle(ours.processor):.3f}",
        _megabytes(ours.memory),
        f"{middle(theirs.wall):.3f}" if theirs else "",
    )


def waits(found: Waits, batches: Scaling) -> Iterator[str]:
    """Seconds: medians, least and most in brackets."""
    rows = (
        ("one article, four editions, from a cold start", found.cold),
        ("the same, unchanged", found.unchanged),
        (f"{batches.growth.articles:,} articles, unchanged", batches.unchanged),
        (f"{found.issue} articles, one of them changed", found.changed),
    )
    return table(("", "s"), ((what, _spread(seconds, 2)) for what, seconds in rows))


def novel(parts: Iterable[Part]) -> Iterator[str]:
    """So much of a novel in four editions, one job."""
    rows = (
        (f"{part.size / 1e6:.1f}", f"{part.wall:.1f}", f"{part.processor:.1f}", _megabytes(part.memory))
        for part in parts
    )
    return table(("MB of text", "s", "CPU s", "peak MB"), rows)


def stages(found: Profile) -> Iterator[str]:
    """Milliseconds of processor an article by stage, and their share; for proving the PDF, also a page."""
    whole = sum(found.seconds.values())
    rows = [
        (stage, f"{seconds / found.articles * 1000:.1f}", f"{seconds / whole * 100:.0f} %")
        for stage, seconds in found.seconds.items()
    ]
    yield from table(("stage", "CPU ms an article", "share"), [*rows, _sum(whole, found)])
    page = found.seconds["prove pdf"] / found.pages * 1000
    yield ""
    yield f"{found.articles} articles, {found.pages} pages of PDF; proving a page takes {page:.1f} ms."


def _sum(whole: float, found: Profile) -> tuple[str, str, str]:
    return "all", f"{whole / found.articles * 1000:.1f}", "100 %"


def _spread(figures: Sequence[float], digits: int) -> str:
    if len(figures) < 2 or min(figures) == max(figures):
        return f"{middle(figures):.{digits}f}"
    return f"{middle(figures):.{digits}f} ({min(figures):.{digits}f}–{max(figures):.{digits}f})"


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.0f}"
