"""Draws articles by the thousand, and keeps each that does not survive as a small case folder.

python -m tests.fuzz --examples 5000 --seed 1 --formats docx,epub --out build/found
A case that is mended is moved to tests/cases/found, where ``make test`` holds to it for good.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import NamedTuple

from hypothesis import HealthCheck, Phase, given, seed, settings

from exporter.article import Article
from exporter.tree import tree
from tests.reduction import reduce
from tests.strategies import articles, signs
from tests.survival import FORMATS, Finding, survives, write_case

_STRATEGIES = {"articles": articles, "signs": signs}
_CHUNK = 20
_SECONDS = 60
"""Of the processor; an edition that takes longer counts as one that cannot be made."""


class Task(NamedTuple):
    """Some examples ``of`` a strategy in one format, told by their seed; ``tries`` is how long a reduction may be."""

    format: str
    of: str
    seed: int
    examples: int
    tries: int
    out: Path


class Outcome(NamedTuple):
    """How many articles a task drew, and a line for each kind of failure."""

    drawn: int
    lines: tuple[str, ...]


def run(task: Task) -> Outcome:
    """Draw the articles of ``task``; write a case for each kind of failure among them."""
    drawn = 0
    smallest: dict[str, tuple[Article, tuple[Finding, ...]]] = {}

    @seed(task.seed)
    @settings(
        max_examples=task.examples,
        phases=(Phase.generate,),
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(made=_STRATEGIES[task.of]())
    def draw(made: Article) -> None:
        nonlocal drawn
        drawn += 1
        found = observe(made, task.format)
        kind = _kind(found)
        if found and (kind not in smallest or _size(made) < _size(smallest[kind][0])):
            smallest[kind] = made, found

    draw()
    return Outcome(drawn, tuple(_keep(task, made, kind) for kind, (made, _) in smallest.items()))


def observe(made: Article, name: str) -> tuple[Finding, ...]:
    """As ``survives``; what breaks down or takes too long is a finding, too."""
    signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, _SECONDS)
    try:
        return survives(made, name)
    except TimeoutError:
        return (Finding("timeout", f"more than {_SECONDS} s of the processor"),)
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        return (Finding(type(error).__name__, f"{Path(where.filename).name}: {where.name}: {error}"),)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _stop(*_: object) -> None:
    raise TimeoutError


def _keep(task: Task, made: Article, kind: str) -> str:
    """Reduce ``made``, write it down, and say where."""
    small = reduce(made, lambda each: _kind(observe(each, task.format)) == kind, task.tries)
    return keep(task.out, small, task.format, observe(small, task.format))


def keep(out: Path, made: Article, form: str, found: tuple[Finding, ...]) -> str:
    """Write ``made`` down in a folder of its own below ``out``, and say where."""
    name = re.sub(r"[^A-Za-z0-9]+", "-", f"{form}-{_kind(found)}").strip("-")[:60]
    folder = out / f"{name}-{hashlib.sha256(str(tree(made)).encode()).hexdigest()[:6]}"
    write_case(folder, made, form, found)
    return f"{folder}: {found[0].message}" if found else f"{folder}: does not fail every time"


def _kind(found: tuple[Finding, ...]) -> str:
    """What sort of failure ``found`` is: its first code, and the sentence without what is quoted and counted."""
    if not found:
        return ""
    sentence = re.sub(r"'.*'|\(.*\)|[\d\[\]]+", "", found[0].message)
    return f"{found[0].code} {re.sub(r'^[^:]*: ', '', sentence)[:40]}"


def _size(made: Article) -> int:
    return len(str(tree(made)))


def tasks(asked: argparse.Namespace) -> Iterator[Task]:
    """The formats in turns, so that each gets its share however early one stops."""
    for start in range(0, asked.examples, _CHUNK):
        size = min(_CHUNK, asked.examples - start)
        for name in asked.formats.split(","):
            yield Task(name, asked.of, asked.seed * 1_000_003 + start, size, asked.tries, asked.out)


def main() -> int:
    """Run what the command line asks for; 1 where something did not survive."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--examples", type=int, default=1000, help="articles for each format")
    parser.add_argument("--seed", type=int, default=random.randrange(2**31), help="the same seed draws the same")
    parser.add_argument("--formats", default=",".join(FORMATS))
    parser.add_argument("--of", choices=_STRATEGIES, default="articles", help="what is drawn: tests/strategies")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--tries", type=int, default=600, help="steps of a reduction")
    parser.add_argument("--out", type=Path, default=Path("build/found"))
    asked = parser.parse_args()
    began, drawn, cases = time.monotonic(), 0, 0
    print(f"--examples {asked.examples} --seed {asked.seed} --formats {asked.formats}", flush=True)
    with ProcessPoolExecutor(asked.jobs) as pool:
        for done in as_completed([pool.submit(run, task) for task in tasks(asked)]):
            outcome = done.result()
            drawn, cases = drawn + outcome.drawn, cases + len(outcome.lines)
            for line in outcome.lines:
                print(line, flush=True)
    print(f"{drawn} editions, {cases} that do not survive, in {time.monotonic() - began:.0f} s")
    return 1 if cases else 0


if __name__ == "__main__":
    sys.exit(main())
