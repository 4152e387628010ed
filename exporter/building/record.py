"""``OUT/build-report.json``: what the last build into a folder made, and what stood against the rest.

``docs/build-report.schema.json`` is its schema. The same sources with the same outcome give the same bytes: no times,
no absolute paths, articles in the order they were named or found, the output folder itself not among what was skipped.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from exporter.building import publishing
from exporter.building.manifest import EditionRecord
from exporter.building.plan import Plan
from exporter.building.provenance import source_path
from exporter.building.reports import ArticleReport, BuildReport, Failure
from exporter.stores import Place, StoreError

SCHEMA: Final = 1
"""The number of the schema; it grows when a reader of reports would have to change."""

FILE_NAME: Final = "build-report.json"


def write(report: BuildReport, plan: Plan) -> Place:
    """Write ``report`` into the place built into, whole or not at all, and return where it is; raises OSError."""
    out = plan.settings.defaults.out
    written = out / FILE_NAME
    try:
        publishing.put(out, FILE_NAME, dump(report, plan))
    except StoreError:  # it says where
        raise
    except OSError as error:
        error.filename = str(written)  # not the temporary file beside it, nor, as a full disk does, none at all
        raise
    return written


def dump(report: BuildReport, plan: Plan) -> bytes:
    """``report`` as JSON, UTF-8, an article a line."""
    places = _Places.of(plan)
    out = _resolved(plan.settings.defaults.out)
    skipped = [each for each in report.skipped if _resolved(each.path) != out]
    lists: dict[str, list[Any]] = {
        "articles": [_of_article(article, places) for article in report.articles],
        "skipped": [{"path": places.path(each.path), "reason": each.reason} for each in skipped],
        "left": [places.path(path) for path in report.left],
    }
    facts = {"schema": SCHEMA, "ok": report.ok, "complete": not report.left, "counts": _counts(report)}
    members = [f'"{key}": {_json(value)}' for key, value in facts.items()]
    members += [f'"{key}": {_listed(values)}' for key, values in lists.items()]
    # A file name that is not UTF-8 comes as lone surrogates; JSON writes those as \udcXX.
    return ("{\n" + ",\n".join(members) + "\n}\n").encode("utf-8", "backslashreplace")


def _resolved(place: Place) -> Place:
    return place.resolve() if isinstance(place, Path) else place


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _listed(values: Iterable[object]) -> str:
    lines = ",\n".join(map(_json, values))
    return f"[\n{lines}\n]" if lines else "[]"


def _counts(report: BuildReport) -> dict[str, int]:
    return {
        "articles": len(report.articles),
        "editions": sum(len(article.editions) for article in report.articles),
        "failed": sum(not article.ok for article in report.articles),
        "left": len(report.left),
    }


def _of_article(article: ArticleReport, places: _Places) -> dict[str, Any]:
    return {
        "path": places.path(article.path),
        "ok": article.ok,
        "slug": article.slug,
        "editions": [_of_edition(edition, article.slug or "") for edition in article.editions],
        "failures": [_of_failure(failure, places) for failure in article.failures],
        "notices": [places.told(notice) for notice in article.notices],
    }


def _of_edition(edition: EditionRecord, slug: str) -> dict[str, Any]:
    """What the manifest has in full; of losses how many there are of each code."""
    return {
        "format": edition.format,
        "file": f"{slug}/{edition.file}",
        "sha256": edition.sha256,
        "verified": edition.verified,
        "losses": dict(sorted(Counter(loss.code for loss in edition.losses).items())),
    }


def _of_failure(failure: Failure, places: _Places) -> dict[str, Any]:
    return {**asdict(failure), "message": places.told(failure.message)}


# --- Paths ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Places:
    """Places as a report names them: from the folder the build ran in, in a store by their URLs."""

    plan: Plan
    folders: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, plan: Plan) -> _Places:
        """With the folders that sentences of this build may name in full, the inner ones first."""
        file, out = plan.settings.file, plan.settings.defaults.out
        folders = {plan.base, *([out] if isinstance(out, Path) else []), *([file.parent] if file else [])}
        known = sorted((folder for folder in folders if folder.is_absolute()), key=lambda each: -len(str(each)))
        return cls(plan, tuple((f"{folder}{os.sep}", _prefix(folder, plan)) for folder in known))

    def path(self, place: Place) -> str:
        """``place`` as a manifest names it."""
        return source_path(place, self.plan) if isinstance(place, Path) else place.as_posix()

    def told(self, sentence: str) -> str:
        """``sentence`` with paths below those folders as a report names them."""
        for absolute, relative in self.folders:
            sentence = sentence.replace(absolute, relative)
        return sentence


def _prefix(folder: Path, plan: Plan) -> str:
    relative = source_path(folder, plan)
    return "" if relative == "." else f"{relative}/"
