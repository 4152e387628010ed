"""A newsroom's folder for tests: articles, and issues that name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner, Result
from PIL import Image

from exporter.article import Article, Section
from exporter.cli import main
from exporter.loading import opening
from exporter.loading.loaded import Loaded
from exporter.settings import Defaults, Settings
from exporter.text import Said, said

HEAD = 'id = "7"\ntitle = "The Paper"\ndate = 2026-11-30\nlanguage = "en"\n'
"""The first four lines of an issue; what follows begins on line 5."""


@dataclass(frozen=True, slots=True)
class Newsroom:
    """A folder ``top`` with ``articles/`` and ``issues/``."""

    top: Path

    def article(self, name: str, body: str = "Words.", **facts: str) -> Path:
        """An article called ``name``, its title the name unless ``facts`` say otherwise."""
        path = self.top / "articles" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        head = {"title": name.rpartition("/")[2], "language": "en", **facts}
        lines = "".join(f"{key}: {value}\n" for key, value in head.items())
        path.write_text(f"---\n{lines}---\n\n{body}\n", encoding="utf-8")
        return path

    def picture(self, name: str, colour: str = "red") -> Path:
        """A picture below ``articles/``."""
        path = self.top / "articles" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (8, 8), colour).save(path)
        return path

    def issue(self, body: str, head: str = HEAD) -> Path:
        """The issue ``issues/7.toml``; ``body`` begins on line 5."""
        path = self.top / "issues" / "7.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(head + body, encoding="utf-8")
        return path

    def of(self, *names: str, head: str = HEAD) -> Path:
        """An issue of the articles ``names``, without parts."""
        listed = ", ".join(f'"../articles/{name}.md"' for name in names)
        return self.issue(f"[[section]]\narticles = [{listed}]\n", head)


def load(path: Path, language: str | None = None) -> Loaded:
    return opening.load(path, Settings(defaults=Defaults(language=language)))


def texts(article: Article, kind: str) -> list[str]:
    return [entry.text for entry in entries(article, kind)]


def entries(article: Article, kind: str) -> list[Said]:
    return [entry for entry in said(article) if entry.kind == kind]


def sections(article: Article) -> Mapping[str, Section]:
    """The top-level sections of ``article`` by title."""
    found = [block for block in article.blocks if isinstance(block, Section) and block.metadata]
    return {block.metadata.title: block for block in found if block.metadata}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))
