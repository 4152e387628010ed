"""Formats that misbehave, put in the place of installed ones for one test."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

import pytest

from exporter import registry
from exporter.article import Article
from exporter.edition import RenderContext, Renderer
from exporter.errors import RenderError, ToolError
from exporter.renderers.html import HtmlRenderer


class _Altered:
    """Renders as ``within`` does, then alters the bytes."""

    suffix: ClassVar[str] = "html"
    media_type: ClassVar[str] = "text/html"

    def __init__(self, alter: Callable[[bytes], bytes]) -> None:
        self._alter = alter

    def render(self, article: Article, context: RenderContext) -> bytes:
        """The altered page."""
        return self._alter(HtmlRenderer().render(article, context))


def _refuse(_page: bytes) -> bytes:
    raise RenderError("Line 7: no font has 'x'. Install one.")


def _lack_tool(_page: bytes) -> bytes:
    raise ToolError("Pango is missing. Run: apt-get install pango")


def _break(_page: bytes) -> bytes:
    raise KeyError("no such\nkey")


def dropping(word: bytes) -> Renderer:
    """An HTML renderer that leaves out the first ``word``."""
    return _Altered(lambda page: b"<article>".join([*_dropped(page.split(b"<article>"), word)]))


def _dropped(halves: list[bytes], word: bytes) -> list[bytes]:
    return [halves[0], halves[1].replace(word, b"", 1)]


def altered(alter: Callable[[bytes], bytes]) -> Renderer:
    """An HTML renderer whose page ``alter`` has the last word on."""
    return _Altered(alter)


def refusing() -> Renderer:
    """An HTML renderer that refuses every article."""
    return _Altered(_refuse)


def lacking() -> Renderer:
    """An HTML renderer whose library is missing."""
    return _Altered(_lack_tool)


def breaking() -> Renderer:
    """An HTML renderer with a fault."""
    return _Altered(_break)


def replace_html(monkeypatch: pytest.MonkeyPatch, renderer: Renderer) -> None:
    """Let ``renderer`` be the one of html."""
    original = registry.renderer
    monkeypatch.setattr(registry, "renderer", lambda name: renderer if name == "html" else original(name))
