"""Whether an article survives a format: rendered, read back, held to itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from exporter import fonts, labels, registry, templating, walk
from exporter.article import Article, Note
from exporter.edition import Edition, RenderContext
from exporter.errors import RenderError
from exporter.tree import tree
from exporter.verifier import verify
from tests.test_conformance import SQUARE
from tests.trees import article_from

FORMATS = ("docx", "epub", "html", "txt", "email.html", "email.txt", "pdf")
CASES = Path(__file__).parent / "cases" / "found"
"""One folder a case: ``article.json`` (as ``exporter show --json`` prints it) and ``found.json``, what went wrong."""


class Finding(NamedTuple):
    """What is wrong with an edition; ``code`` is RenderError where there is none."""

    code: str
    message: str
    expected: str = ""
    found: str = ""


def context(made: Article, name: str) -> RenderContext:
    """What a rendering of ``made`` needs; every picture is the same red square."""
    folders = templating.search_path()
    return RenderContext(
        labels=labels.load(made.metadata.language, folders),
        resources={image.source: SQUARE for image in walk.pictures(made)},
        templates=folders,
        fonts=fonts.library() if name == "pdf" else None,
    )


def survives(made: Article, name: str) -> tuple[Finding, ...]:
    """What keeps ``made`` from being let out as ``name``; nothing where it survives.

    The one thing a format cannot hold, a note called only inside another in Word, must be refused.
    """
    its = context(made, name)
    try:
        content = registry.renderer(name).render(made, its)
    except RenderError as error:
        return () if _is_beyond(made, name) else (Finding("RenderError", str(error)),)
    if _is_beyond(made, name):
        return (Finding("RenderError", "A note that Word cannot hold is not refused."),)
    digests = dict.fromkeys(its.resources, SQUARE.digest)
    found = verify(made, Edition(name, "any", content), digests, its.fonts).discrepancies
    return tuple(Finding(each.code, each.message, each.expected, each.found) for each in found)


def _is_beyond(made: Article, name: str) -> bool:
    called = {inline.identifier for inline in walk.all_inlines(made.blocks) if isinstance(inline, Note)}
    return name == "docx" and any(note.identifier not in called for note in walk.notes(made))


# --- Case folders -----------------------------------------------------------------------------


def write_case(folder: Path, made: Article, name: str, found: tuple[Finding, ...]) -> None:
    """Keep ``made`` as a case in ``folder``: what was wrong with it as ``name`` stands beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    findings = [each._asdict() for each in found]
    _write(folder / "article.json", tree(made))
    _write(folder / "found.json", {"format": name, "findings": findings})


def read_case(folder: Path) -> tuple[Article, str]:
    """The article of the case in ``folder``, and the format it once did not survive."""
    made = article_from(json.loads((folder / "article.json").read_text(encoding="utf-8")))
    return made, json.loads((folder / "found.json").read_text(encoding="utf-8"))["format"]


def _write(path: Path, facts: object) -> None:
    path.write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
