"""``python -m scripts.bench``: measures everything, prints the tables and keeps them in docs/performance.md."""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import Final

from scripts.bench import contenders, document, machine, stages, tables, trials
from scripts.bench.measuring import Broken
from scripts.bench.tables import Results
from scripts.bench.trials import QUICK, Size, say

_PAGE: Final = contenders.ROOT / "docs" / "performance.md"


def main() -> int:
    """0 where all was measured (a target that is not met is no failure), 1 where not, 69 on other systems."""
    arguments = _arguments()
    if not Path("/proc/self/smaps_rollup").exists():
        say("The memory of processes is read from /proc, as Linux has it since 4.14. Run this there.")
        return 69
    began = time.monotonic()
    try:
        results = _measured(QUICK if arguments.quick else Size(), arguments.corpora)
    except Broken as error:
        say(str(error))
        return 1
    text = "\n".join(tables.page(results, contenders.present()))
    _keep(results, text, quick=arguments.quick)
    print(text)
    say(f"Took {(time.monotonic() - began) / 60:.0f} minutes.")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m scripts.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="less of everything, and docs/performance.md stays")
    parser.add_argument("--corpora", type=Path, help="folder of sample texts, with long/moby-dick.txt")
    return parser.parse_args()


def _measured(size: Size, corpora: Path | None) -> Results:
    facts = machine.described()
    return Results(
        machine=facts,
        peers=trials.peers(size),
        waits=trials.waits(size),
        profile=stages.generated(size.profiled),
        novel=trials.novel(size, corpora),
        scaling=trials.scaling(size),
    )


def _keep(results: Results, text: str, *, quick: bool) -> None:
    kept = contenders.HERE / ("quick.json" if quick else "results.json")
    kept.write_text(json.dumps(asdict(results), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    if not quick:
        page = _PAGE.read_text(encoding="utf-8")
        _PAGE.write_text(document.with_tables(page, text), encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
