"""How long an article takes, format by format: rendering, and proving it. Warm, one process, medians.

python scripts/bench.py [ARTICLE] [--times 20]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from exporter import fonts, labels, registry, templating
from exporter.edition import Edition, RenderContext
from exporter.loading import load
from exporter.settings import Settings
from exporter.verifier import verify


def milliseconds(action: Callable[[], object], times: int) -> float:
    """Median wall time of ``action`` after one warm-up."""
    action()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        action()
        taken.append((time.perf_counter() - start) * 1000)
    return median(taken)


def main(path: Path, times: int) -> None:
    """Print a table."""
    loaded = load(path, Settings())
    folders = templating.search_path()
    context = RenderContext(
        labels=labels.load(loaded.article.metadata.language, folders),
        resources=loaded.resources,
        templates=folders,
        fonts=fonts.library(),
    )
    digests = {source: resource.digest for source, resource in loaded.resources.items()}
    print(f"{path}, median of {times}\n\nformat  render ms  verify ms")
    for name in ("pdf", "docx", "epub", "txt"):
        renderer = registry.renderer(name)
        edition = Edition(name, "bench", renderer.render(loaded.article, context))
        rendering = milliseconds(lambda r=renderer: r.render(loaded.article, context), times)  # type: ignore[misc]
        proving = milliseconds(
            lambda e=edition: verify(loaded.article, e, digests, context.fonts),  # type: ignore[misc]
            times,
        )
        print(f"{name:6}  {rendering:9.1f}  {proving:9.1f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("article", nargs="?", type=Path, default=Path("source/the-last-proof.md"))
    parser.add_argument("--times", type=int, default=20)
    arguments = parser.parse_args()
    main(arguments.article, arguments.times)
