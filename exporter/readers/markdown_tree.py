"""From Markdown's tokens to one tree of elements, raw HTML parsed into it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

from exporter.errors import SourceError
from exporter.readers import commonmark, tags
from exporter.readers.tree import CALL, CODE_BLOCK, NOTE, Element, TreeBuilder

_ON = frozenset({"1", "block", "span"})
_INLINE_NAMES = {"em_open": "em", "strong_open": "strong", "s_open": "del"}


def tree(tokens: Sequence[Token], *, file: str, before: int, smart: bool = False) -> Element:
    """The tree of ``tokens``, whose line 0 is the line after the ``before``-th of ``file``.

    Raises SourceError where raw HTML cannot be read.
    """
    planter = _Planter(file, before, smart)
    planter.blocks(tokens)
    return planter.builder.root


@dataclass(frozen=True, slots=True)
class _Span:
    first: int
    last: int


class _Planter:
    """Feeds tokens to a TreeBuilder."""

    def __init__(self, file: str, before: int, smart: bool) -> None:
        self.builder = TreeBuilder(file)
        self._file = file
        self._before = before
        self._smart = smart
        self._open: list[Element] = []
        self._span = _Span(before + 1, before + 1)

    # Blocks

    def blocks(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            if token.map:
                first, last = token.map
                self._span = _Span(self._before + first + 1, self._before + max(last, first + 1))
            self._block(token)

    def _block(self, token: Token) -> None:
        match token.type:
            case "inline":
                self._inlines(token.children or [])
            case "html_block":
                self._tags(token.content, self._span.first, block=True)
            case "fence" | "code_block":
                self._code(token)
            case "hr":
                self.builder.leaf("hr", self._span.first, self._span.last, {})
            case _ if token.nesting > 0:
                self._start(token)
            case _ if token.nesting < 0:
                self.builder.close(self._open.pop())
            case _:
                raise NotImplementedError(f"Markdown token {token.type}")

    def _start(self, token: Token) -> None:
        name = NOTE if token.type == "footnote_reference_open" else token.tag
        element = self.builder.open(name, self._span.first, self._span.last, _facts(token))
        element.hidden = token.hidden
        self._open.append(element)

    def _code(self, token: Token) -> None:
        syntax = unescapeAll(token.info).split(maxsplit=1)
        text = token.content.removesuffix("\n")
        facts = {"syntax": syntax[0]} if syntax else {}
        self.builder.leaf(CODE_BLOCK, self._span.first, self._span.last, facts, text)

    # Inlines

    def _inlines(self, tokens: Sequence[Token]) -> None:
        around = self._span
        for token in tokens:
            self._inline(token)
            if token.type in ("softbreak", "hardbreak"):
                self._span = replace(self._span, first=min(self._span.first + 1, around.last))
        self._span = around

    def _inline(self, token: Token) -> None:
        match token.type:
            case "text" | "text_special":
                self._text(token.content)
            case "softbreak":
                self._text("\n")
            case "hardbreak":
                self._leaf("br", {})
            case "code_inline":
                self._leaf("code", {}, token.content)
            case "image":
                self._leaf("img", _image(token))
            case "footnote_ref":
                self._leaf(CALL, {"label": token.meta["label"]})
            case "html_inline":
                self._tags(token.content, self._span.first)
            case "link_open":
                self._open_inline("a", _attributes(token))
            case _ if token.nesting > 0:
                self._open_inline(_INLINE_NAMES[token.type], {})
            case _ if token.nesting < 0:
                self.builder.close(self._open.pop())
            case _:
                raise NotImplementedError(f"Markdown token {token.type}")

    def _open_inline(self, name: str, attributes: dict[str, str]) -> None:
        self._open.append(self.builder.open(name, self._span.first, self._span.last, attributes))

    def _leaf(self, name: str, attributes: dict[str, str], text: str = "") -> None:
        self.builder.leaf(name, self._span.first, self._span.last, attributes, text)

    def _text(self, text: str) -> None:
        self.builder.text(text, self._span.first, self._span.last)

    # Raw HTML

    def _tags(self, text: str, line: int, *, block: bool = False) -> None:
        """Raw HTML; in a block of it, kramdown's attribute ``markdown="1"`` makes an element's text Markdown."""
        for piece in tags.pieces(text, line=line, file=self._file):
            match piece:
                case tags.StartTag():
                    self._start_tag(piece)
                case tags.EndTag():
                    self.builder.end_tag(piece.name, max(piece.line, self._span.first))
                case tags.Characters() if block and self.builder.innermost.attributes.get("markdown") in _ON:
                    self._span = _Span(piece.line, piece.last)
                    self._inlines(commonmark.inline_tokens(piece.written, smart=self._smart))
                case tags.Characters():
                    self.builder.text(piece.text, piece.line, piece.last)

    def _start_tag(self, tag: tags.StartTag) -> None:
        if tag.name in REFUSED:
            raise SourceError(
                f"No edition can hold the element '{tag.name}'. {REFUSED[tag.name]}",
                file=self._file,
                line=tag.line,
                code="S003",
            )
        self.builder.start_tag(tag.name, tag.attributes, tag.line, tag.line)


_PICTURE = "Put a picture of it in its place, and a link."
_LOOKS = "Looks belong in a theme: take it out of the article."
_FORM = "Editions cannot be filled in: write '- [ ] text' for a box to tick, or take it out."

REFUSED = {
    **dict.fromkeys(("script", "template", "noembed", "noframes"), "Take it out of the article."),
    "style": _LOOKS,
    **dict.fromkeys(("title", "xmp", "plaintext"), "Write its text as Markdown."),
    **dict.fromkeys(("form", "select", "textarea", "datalist", "button", "option", "optgroup"), _FORM),
    **dict.fromkeys(("iframe", "video", "audio", "object", "embed", "applet", "frame", "frameset"), _PICTURE),
    **dict.fromkeys(("svg", "math", "canvas", "map", "area", "progress", "meter", "dialog"), _PICTURE),
}
"""Elements the model cannot hold, and what to do instead."""


def _facts(token: Token) -> dict[str, str]:
    facts = _attributes(token)
    if "checked" in token.meta:
        facts["checked"] = "yes" if token.meta["checked"] else "no"
    if "label" in token.meta:
        facts["label"] = token.meta["label"]
    return facts


def _attributes(token: Token) -> dict[str, str]:
    return {name: str(value) for name, value in token.attrs.items()}


def _image(token: Token) -> dict[str, str]:
    return {**_attributes(token), "alt": alternative_text(token.children or [])}


def alternative_text(tokens: Sequence[Token]) -> str:
    """What an image's description says without its looks (CommonMark, section 6.4)."""
    return "".join(_said(token) for token in tokens)


def _said(token: Token) -> str:
    match token.type:
        case "text" | "text_special" | "code_inline":
            return token.content
        case "softbreak" | "hardbreak":
            return "\n"
        case "image":
            return alternative_text(token.children or [])
        case _:
            return ""
