"""Elements that hold no blocks: boxes of tasks, code, ruby."""

from __future__ import annotations

from exporter.article import CodeBlock, ListItem, Paragraph, Ruby
from exporter.renderers.markup import element, furniture, text, verbatim, where
from exporter.walk import plain


def task(item: ListItem) -> str:
    """The box of a task, ticked or not; nothing for other items."""
    if item.checked is None:
        return ""
    return furniture("\u2611 ", "checked") if item.checked else furniture("\u2610 ", "unchecked")


def code_block(block: CodeBlock) -> str:
    """``block`` with every space it has."""
    syntax = f"language-{block.syntax}" if block.syntax else None
    # HTML drops a line end right after <pre>; with <code> between, none is.
    return element("pre", element("code", verbatim(block.text), class_=syntax), **where(block))


def ruby(ruby: Ruby) -> str:
    """``ruby``, its reading in parentheses where it cannot stand beside the base."""
    reading = element("rp", "(") + element("rt", text(ruby.annotation)) + element("rp", ")")
    return element("ruby", text(ruby.base) + reading)


def leaves_ink(paragraph: Paragraph) -> bool:
    """Whether ``paragraph`` shows more than blanks: without an element it must be there to be seen."""
    return any(character.isprintable() and character != " " for character in plain(paragraph.children))
