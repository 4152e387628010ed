"""The outcome of many mutations: a table by kind, and every one that was not seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tests.mutations.kinds import KINDS
from tests.mutations.trials import FORMATS, Trial


def lines(trials: Sequence[Trial]) -> Iterator[str]:
    """The report, line by line."""
    yield f"{'kind':20}{'tried':>7}{'gate':>7}" + "".join(f"{name:>7}" for name in FORMATS) + f"{'pixels':>8}{'ink':>6}"
    for kind in KINDS:
        yield _row(kind, [trial for trial in trials if trial.kind == kind])
    yield _row("all", trials)
    yield "gate: refused as a source; pdf, docx, epub, txt: not seen; pixels: not seen in the PDF, and a pixel differs;"
    yield "ink: not seen in the PDF, and other glyphs are drawn, not the same ones elsewhere"
    yield f"drawn and passed over, since the article says the same: {sum(trial.idle for trial in trials)}"
    for format_ in FORMATS:
        yield from _listed(format_, [trial for trial in trials if trial.unseen(format_)])


def _row(name: str, trials: Sequence[Trial]) -> str:
    refused = sum(bool(trial.refused) for trial in trials)
    unseen = [sum(trial.unseen(format_) for trial in trials) for format_ in FORMATS]
    counts = (len(trials), refused, *unseen)
    shown, inked = sum(trial.pixels for trial in trials), sum(trial.ink for trial in trials)
    return f"{name:20}" + "".join(f"{count:7}" for count in counts) + f"{shown:8}{inked:6}"


def _listed(format_: str, unseen: Sequence[Trial]) -> Iterator[str]:
    yield f"\n{format_}: {len(unseen)} not seen"
    for trial in unseen:
        shown = " OTHER GLYPHS" if trial.ink else " (the same glyphs, elsewhere)" if trial.pixels else ""
        yield f"  {trial.kind}: {trial.source}:{trial.line}: {_named(trial.old)} -> {_named(trial.new)}{shown}"
        yield f"      {trial.reason or ', '.join(trial.codes['pdf'])}"


def _named(text: str) -> str:
    """``text`` with what cannot be told by eye spelt out."""
    return "".join(
        c if c == " " or (c.isprintable() and c.isascii()) or c.isalpha() else f"<{ord(c):04X}>" for c in text
    )


def faults(trials: Iterable[Trial]) -> list[Trial]:
    """What must not be: another pixel on a page whose proof saw nothing, or a change that words alone tell."""
    return [trial for trial in trials if trial.pixels or any(trial.unseen(name) for name in FORMATS if name != "pdf")]
