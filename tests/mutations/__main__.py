"""``python -m tests.mutations [COUNT]``: COUNT mutations of each kind, 94 unless told.

CORPORA names a folder of sample texts, whose news are mutated too. The exit status is 1 where a change
was not seen that a page shows, or that words alone tell.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.mutations import report
from tests.mutations.kinds import KINDS
from tests.mutations.sources import sources
from tests.mutations.trials import Bench, Trial

_COUNT = 94


def _tried(job: tuple[str, Sequence[int]]) -> list[Trial]:
    kind, numbers = job
    corpora = os.environ.get("CORPORA")
    bench = _bench(corpora)
    return [bench.trial(kind, number) for number in numbers]


def _bench(corpora: str | None, known: list[Bench] = []) -> Bench:  # noqa: B006
    """One bench a process: its editions are rendered once."""
    if not known:
        known.append(Bench(sources(Path(corpora) if corpora else None)))
    return known[0]


def main() -> int:
    """Try all, print the report."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else _COUNT
    jobs = [(kind, range(count)) for kind in KINDS]
    trials: list[Trial] = []
    with ProcessPoolExecutor(int(os.environ.get("JOBS", "2"))) as pool:
        for (kind, _), tried in zip(jobs, pool.map(_tried, jobs), strict=True):
            print(f"{kind}: {len(tried)}", file=sys.stderr)
            trials += tried
    print("\n".join(report.lines(trials)))
    return int(bool(report.faults(trials)))


if __name__ == "__main__":
    sys.exit(main())
