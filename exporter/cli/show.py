"""``exporter show``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from exporter import tree
from exporter.article import Article
from exporter.cli import documents, options, sentences
from exporter.loading import loader, lookup, opening
from exporter.settings import Settings
from exporter.text import Said, said


@click.command
@click.argument("article", type=options.LocalFile())
@options.as_json
@options.settings_options
def command(article: Path, as_json: bool, config: Path | None, **wanted: Any) -> None:
    """Show an article, or an issue, as it was understood: each entry with its source line.

    Every word shown is held to stand in each edition. Pictures are not loaded, so that an article
    whose pictures are missing can be shown.
    """
    chosen = options.resolve((article,), config, **wanted)
    shown, notices = _understood(article, chosen)
    for line in sentences.of_notices(article, notices):
        click.echo(line, err=True)
    if as_json:
        documents.echo(tree.tree(shown))
        return
    for line in lines(shown):
        click.echo(line)


def _understood(path: Path, settings: Settings) -> tuple[Article, tuple[str, ...]]:
    """The article in ``path``, without its pictures; an issue composed, with them."""
    if lookup.is_issue(path):
        loaded = opening.load(path, settings)
        return loaded.article, loaded.notices
    reading = loader.read(path, settings)
    return reading.article, reading.notices


def lines(article: Article) -> Iterator[str]:
    """The metadata, then a line an entry: its source line, its kind and what it says."""
    for name, value in tree.metadata_tree(article.metadata).items():
        if name not in ("title", "subtitle", "title_line", "subtitle_line"):
            yield f"{name}: {', '.join(value) if isinstance(value, tuple) else value}"
    yield ""
    for entry in said(article):
        yield f"{entry.line or '':>5}  {_kind(entry):<14}  {_indent(entry)}{_text(entry)}"


def _kind(entry: Said) -> str:
    facts = entry.attributes
    marks = [facts[name] for name in ("level", "list", "task", "header") if name in facts]
    place = [f"{facts['row']}.{facts['column']}"] if "row" in facts else []
    return " ".join([entry.kind, *place, *marks])


def _indent(entry: Said) -> str:
    return "  " * (int(entry.attributes.get("depth", "0")) + int(entry.attributes.get("quote", "0")))


def _text(entry: Said) -> str:
    return entry.text.replace("\n", "\n" + " " * 23)
