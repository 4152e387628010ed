"""How long an article takes, format by format: rendering, and proving it; for PDF, a page.

python scripts/bench.py [ARTICLE …] [--times 5]

One process, warm; processor time, the least of several runs, in milliseconds. Other work on the
machine makes figures larger, never smaller.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from exporter import fonts, labels, registry, templating
from exporter.edition import Edition, RenderContext
from exporter.errors import ExporterError
from exporter.loading import load
from exporter.loading.loader import Loaded
from exporter.pdfstructure import reading
from exporter.settings import Settings
from exporter.verifier import extraction, verify

SETTINGS = Settings().with_defaults(missing_images="placeholder")


@dataclass(frozen=True, slots=True)
class Figures:
    """Milliseconds for one edition; ``pages`` is 0 for formats without any."""

    rendering: float
    proving: float
    pages: int


def milliseconds(action: Callable[[], object], times: int) -> float:
    """Least processor time of ``action`` after one warm-up."""
    action()
    taken = []
    for _ in range(times):
        start = time.process_time()
        action()
        taken.append((time.process_time() - start) * 1000)
    return min(taken)


def figures(loaded: Loaded, name: str, times: int) -> Figures:
    """One edition, rendered and proved."""
    folders = templating.search_path()
    words = labels.load(loaded.article.metadata.language, folders)
    context = RenderContext(labels=words, resources=loaded.resources, templates=folders, fonts=fonts.library())
    renderer = registry.renderer(name)
    edition = Edition(name, "bench", renderer.render(loaded.article, context))

    def prove() -> None:
        reading.read.cache_clear()
        extraction._extracted.cache_clear()
        if findings := verify(loaded.article, edition, loaded.digests, context.fonts).discrepancies:
            raise SystemExit(f"{loaded.path}: {findings[0].code}: {findings[0].message}")

    rendering = milliseconds(lambda: renderer.render(loaded.article, context), times)
    pages = len(reading.read(edition.content).document.pages) if name == "pdf" else 0
    return Figures(rendering, milliseconds(prove, times), pages)


def rows(path: Path, times: int) -> Iterator[str]:
    """A line for each format."""
    loaded = load(path, SETTINGS)
    for name in ("pdf", "docx", "epub", "txt"):
        one = figures(loaded, name, times)
        a_page = f"{one.proving / one.pages:9.1f} {one.pages:6}" if one.pages else " " * 16
        yield f"{path.name[:44]:44}  {name:6} {one.rendering:9.1f} {one.proving:9.1f} {a_page}"


def main(paths: list[Path], times: int) -> None:
    """Print a table."""
    print(f"{'article':44}  {'format':6} {'render ms':>9} {'prove ms':>9} {'a page':>9} {'pages':>6}")
    for path in paths:
        try:
            for row in rows(path, times):
                print(row, flush=True)
        except ExporterError as error:
            print(f"{path.name[:44]:44}  {error}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="*", type=Path, default=sorted(Path("source").glob("*.md")))
    parser.add_argument("--times", type=int, default=5)
    arguments = parser.parse_args()
    main(arguments.articles, arguments.times)
