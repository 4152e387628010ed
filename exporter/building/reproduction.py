"""Builds once more, elsewhere, and compares: the same sources have to give the same bytes.

The second build runs in a process of its own, with another hash seed, time zone, locale and working directory, so
that nothing that the first one left in memory can make the two agree.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from exporter.building import builder
from exporter.building.manifest import EditionRecord
from exporter.building.plan import Plan
from exporter.building.reports import ArticleReport, BuildReport, Failure
from exporter.errors import ExporterError
from exporter.stores import Place

_ELSEWHERE: Final = {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Apia", "LC_ALL": "C", "LANGUAGE": "ja"}


def compared(paths: Iterable[Place], plan: Plan, report: BuildReport, environment: Mapping[str, str]) -> BuildReport:
    """``report`` on what was built of ``paths``, with a failure for each edition that a second build makes otherwise.

    ``environment`` is this process's. Raises ExporterError where the second build breaks down.
    """
    with TemporaryDirectory() as folder:
        absolute = [path.absolute() if isinstance(path, Path) else path for path in paths]
        _build(absolute, _moved(plan, Path(folder)), folder, environment)
        again = partial(_differs, Path(folder) / "dist")
        return replace(report, articles=tuple(_compared(article, again) for article in report.articles))


def _moved(plan: Plan, folder: Path) -> Plan:
    """``plan`` with another output folder, and nothing in it that depends on where it is run."""
    chosen = plan.settings.with_defaults(out=folder / "dist")
    templates = chosen.theme.templates
    theme = replace(chosen.theme, templates=templates and templates.absolute())
    cover = chosen.epub.cover
    epub = replace(chosen.epub, cover=cover.absolute() if isinstance(cover, Path) else cover)
    reference = chosen.docx.reference
    docx = replace(chosen.docx, reference=reference and reference.absolute())
    settings = replace(chosen, theme=theme, epub=epub, docx=docx)
    return replace(plan, base=plan.base.absolute(), settings=settings, verified=False, judges=())


def _build(paths: Sequence[Place], plan: Plan, folder: str, environment: Mapping[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", __name__],
        input=pickle.dumps((paths, plan)),
        env={**environment, **_ELSEWHERE, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        cwd=folder,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise ExporterError(f"The second build, for comparison, broke down: {reason}. Run again with --debug.")


def _compared(article: ArticleReport, differs: Callable[[str, EditionRecord], bool]) -> ArticleReport:
    message = "A second build of it gives other bytes. Report this, with the article."
    failures = tuple(
        Failure(message=message, code="B001", format=edition.format)
        for edition in article.editions
        if differs(article.slug or "", edition)
    )
    return replace(article, failures=article.failures + failures)


def _differs(out: Path, slug: str, edition: EditionRecord) -> bool:
    again = out / slug / edition.file
    return not again.is_file() or hashlib.sha256(again.read_bytes()).hexdigest() != edition.sha256


if __name__ == "__main__":
    builder.build(*pickle.load(sys.stdin.buffer))
