"""A newsdesk for tests: a folder with articles, pictures and one issue, and the commands an editor gives."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner, Result
from PIL import Image

from exporter.cli import main

ISSUE = Path("source/issues/7.toml")
OUT = Path("dist/issue-7")


@dataclass(frozen=True, slots=True)
class Newsdesk:
    """The working directory, with ``source/articles`` and the issue ``source/issues/7.toml``."""

    top: Path

    def article(self, name: str, body: str = "Words.", **facts: str) -> Path:
        """An article, its title the name unless ``facts`` say otherwise; its body begins on line 6."""
        head = {"title": name.capitalize(), "language": "en", **facts}
        lines = "".join(f"{key}: {value}\n" for key, value in head.items())
        return self.file(f"{name}.md", f"---\n{lines}---\n\n{body}\n".encode())

    def file(self, name: str, content: bytes) -> Path:
        """A file beside the articles."""
        path = self.top / "source" / "articles" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def picture(self, name: str = "square.png") -> Path:
        """A picture beside the articles."""
        path = self.file(name, b"")
        Image.new("RGB", (16, 16), "red").save(path)
        return path

    def issue(self, *articles: str, more: str = "", head: str = "") -> Path:
        """The issue of ``articles``, names or paths, one a line from line 10 on; ``more`` comes behind them."""
        paths = [each if "/" in each else f"../articles/{each}.md" for each in articles]
        listed = "".join(f'  "{path}",  # {number}\n' for number, path in enumerate(paths, 1))
        path = self.top / ISSUE
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{HEAD}{head}\n{PART}{listed}]\n{more}", encoding="utf-8")
        return path


HEAD = '# The seventh\nid = "7"\ntitle = "The Paper"  # a name\ndate = 2026-11-30\nlanguage = "en"\n'
PART = '# What there is to read\n[[section]]\ntitle = "News"\narticles = [\n'


def run(*arguments: str) -> Result:
    """What ``exporter`` answers."""
    return CliRunner().invoke(main, list(arguments))


def build(to: str = "txt,docx") -> Result:
    """The issue built."""
    return run("build", str(ISSUE), "--to", to)
