"""Characters no edition can carry, wherever a page has them: in its text, or in what references stand for."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.errors import SourceError
from exporter.readers.decoding import refuse_characters
from exporter.readers.tree import Element, Words, elements


def refuse(root: Element, file: str) -> None:
    """Raise SourceError (S002) for the first such character below ``root``.

    What is opened in the direction of a text must be closed in the same paragraph; its lines are one.
    """
    for text, line in _runs(root):
        _refuse(text, line, file)
    for element in elements([root]):
        said = (element.attributes.get(name, "") for name in ("alt", "title", "href", "src"))
        _refuse("\n".join(said), element.first, file)


def _refuse(text: str, line: int, file: str) -> None:
    try:
        refuse_characters(text, file)
    except SourceError as error:
        found = error.message.partition(": ")[2]  # the column is one of what was read, not of the file
        raise SourceError(found, file=file, line=line, code=error.code) from error


def _runs(root: Element) -> Iterator[tuple[str, int]]:
    """The text of each block, where it begins; line ends count in preformatted text only."""
    run: list[str] = []
    line = 0
    for text, at, joins in _flat(root, pre=False):
        if not joins:
            yield "".join(run), line
            run, line = [], 0
        run.append(text)
        line = line or (at if text.strip() else 0)
    yield "".join(run), line


def _flat(element: Element, pre: bool) -> Iterator[tuple[str, int, bool]]:
    """Each text, its line, and whether it goes on with what stands before it."""
    if element.block:
        yield "", element.first, False
    pre = pre or element.name == "pre"
    for child in element.children:
        if isinstance(child, Words):
            yield child.text if pre else child.text.replace("\n", " "), child.first, True
        else:
            yield from _flat(child, pre)
    if element.block:
        yield "", element.last, False
