"""Where judges look for their programs, and what is said of those that cannot be asked."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from exporter.judges.judge import Tools
from exporter.judges.panel import Missing


def tools() -> Tools:
    """The programs of PATH, and the node_modules folders that npm and node would look into from here."""
    here = Path.cwd()
    named = os.environ.get("EXPORTER_NODE_MODULES")
    folders = [Path(named)] if named else [folder / "node_modules" for folder in (here, *here.parents)]
    return Tools(dict(os.environ), tuple(folder for folder in folders if folder.is_dir()))


def lines_on(missing: Iterable[Missing]) -> Iterator[str]:
    """Which judges could not be asked, and what would change that."""
    for each in missing:
        yield f"Not asked: {each.judge} ({each.standard}): {each.lacks} is missing. To get it: {each.get}"
