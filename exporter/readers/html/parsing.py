"""From HTML to a tree of elements with their source lines, by the algorithm of the HTML standard (13.2).

tinyhtml5 runs the algorithm, on nodes of ours: they know their lines, and text is put together
once, at the end, so that no text takes longer than its length.
"""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Iterator
from typing import Any, Final, TypeGuard

from tinyhtml5.constants import namespaces
from tinyhtml5.parser import HTMLParser
from tinyhtml5.tokenizer import HTMLTokenizer
from tinyhtml5.treebuilder import TreeBuilder

from exporter.errors import SourceError
from exporter.readers.html.names import COMMENT
from exporter.readers.tree import Element, Words

DEEPEST_PAGE: Final = 512
"""How deep the elements of a page may nest, boilerplate included: what browsers allow."""
_LONGEST: Final = 100_000
"""How many pieces a tag or comment may have: each one more copies those before."""
_MOST_ATTRIBUTES: Final = 1000
_SPACE: Final = " \t\n\f\r"


def parse(text: str, file: str) -> Element:
    """The ``html`` element of the page ``text``; comments are elements named ``COMMENT``.

    Raises SourceError (S003) where elements nest too deep, or a tag is too long to be one.
    """
    parser = HTMLParser(namespace_html_elements=False)
    builder = _Builder(file)
    parser.tree = builder
    for phase in parser.phases.values():
        phase.tree = builder
    parser.container, parser.scripting = None, False
    parser.tokenizer = builder.tokenizer = _Tokenizer(text, parser, file)
    parser.reset()
    parser.main_loop()
    return _converted(next(child for child in builder.document.children if _is_root(child)))


def _is_root(node: _Node | _Text) -> TypeGuard[_Node]:
    return isinstance(node, _Node) and node.name == "html"


class _Text:
    """Characters of one token, on lines ``first`` to ``last``."""

    __slots__ = ("first", "last", "text")

    def __init__(self, text: str, last: int) -> None:
        self.text, self.first, self.last = text, max(1, last - text.count("\n")), last


class _Node:
    """An element as tinyhtml5's tree construction handles it."""

    def __init__(self, name: str, namespace: str | None, attributes: dict[str, str], line: int) -> None:
        self.name, self.namespace = name, namespace
        self.name_tuple = (namespace or namespaces["html"], name)
        self.attributes = attributes
        self.children: list[_Node | _Text] = []
        self.parent: _Node | None = None
        self.first = line

    def has_content(self) -> bool:
        return bool(self.children)

    def append_child(self, node: _Node) -> None:
        self.children.append(node)
        node.parent = self

    def insert_before(self, node: _Node, reference: _Node | None) -> None:
        self.children.insert(self._place(reference), node)
        node.parent = self

    def remove_child(self, node: _Node) -> None:
        del self.children[self._place(node)]
        node.parent = None

    def put_text(self, text: _Text, reference: _Node | None) -> None:
        self.children.insert(self._place(reference), text)

    def clone(self) -> _Node:
        return _Node(self.name, self.namespace, dict(self.attributes), self.first)

    def reparent_children(self, parent: _Node) -> None:
        for child in self.children:
            if isinstance(child, _Node):
                child.parent = parent
        parent.children += self.children
        self.children = []

    def _place(self, node: _Node | None) -> int:
        """Where ``node`` stands, looked for from the end, near which it is; the end for none."""
        if node is None:
            return len(self.children)
        return next(at for at in range(len(self.children) - 1, -1, -1) if self.children[at] is node)


class _Tokenizer(HTMLTokenizer):  # type: ignore[misc]
    """Knows on which line the tag at hand begins; refuses one whose reading would take forever."""

    def __init__(self, text: str, parser: HTMLParser, file: str) -> None:
        super().__init__(io.StringIO(text), parser=parser)
        self._file = file
        self._counted = ("", 0, 1)
        self.tag_line = 1

    @property
    def line(self) -> int:
        """The line that has been read to; no line end is counted twice, as ``stream.position`` would."""
        chunk, offset, line = self._counted
        here = self.stream.chunk_offset
        if chunk is not self.stream.chunk or offset > here:
            offset, line = 0, self.stream.previous_number_lines + 1
        line += int(self.stream.chunk.count("\n", offset, here))
        self._counted = (self.stream.chunk, here, line)
        return line

    def __iter__(self) -> Iterator[Any]:
        self.token_queue: deque[Any] = deque()
        pieces = 0
        while self.state():
            pieces += 1
            self.stream.errors.clear()
            if self.token_queue:
                pieces = 0
                yield from self._emptied()
            elif pieces > _LONGEST:
                raise self._refusal("A tag or comment is too long to be one. End it with '>' or '-->'.")

    def _emptied(self) -> Iterator[Any]:
        while self.token_queue:
            yield self.token_queue.popleft()

    def tag_open_state(self) -> Any:
        self.tag_line = self.line
        return super().tag_open_state()

    def attribute_name_state(self) -> Any:
        if len(self.current_token["data"]) > _MOST_ATTRIBUTES:
            raise self._refusal(f"A tag has more than {_MOST_ATTRIBUTES} attributes. Take them out.")
        return super().attribute_name_state()

    def _refusal(self, message: str) -> SourceError:
        return SourceError(message, file=self._file, line=self.line, code="S003")


class _Builder(TreeBuilder):  # type: ignore[misc]
    """Builds the tree of ``_Node``."""

    tokenizer: _Tokenizer

    def __init__(self, file: str) -> None:
        self._file = file
        super().__init__(namespace_html_elements=False)

    def reset(self) -> None:
        super().reset()
        self.document = _Node("#document", None, {}, 1)

    def create_element(self, token: Any) -> _Node:
        if len(self.open_elements) > DEEPEST_PAGE:
            message = f"This page is nested deeper than {DEEPEST_PAGE} levels. Close what was opened."
            raise SourceError(message, file=self._file, line=self.tokenizer.line, code="S003")
        attributes = {_attribute_name(name): value for name, value in token["data"].items()}
        namespace = token.get("namespace", self.default_namespace)
        return _Node(token["name"], namespace, attributes, self.tokenizer.tag_line)

    def insert_element_normal(self, token: Any) -> _Node:
        element = self.create_element(token)
        self.open_elements[-1].append_child(element)
        self.open_elements.append(element)
        return element

    def insert_comment(self, token: Any, parent: _Node | None) -> None:  # noqa: ARG002 - what it says does not matter
        (parent or self.open_elements[-1]).append_child(_Node(COMMENT, None, {}, self.tokenizer.tag_line))

    def insert_doctype(self, token: Any) -> None:
        """It says nothing of the article."""

    def insert_text(self, data: str, parent: _Node | None = None) -> None:
        from_table = self.insert_from_table and self.open_elements[-1].name in _TABLES
        target, reference = self.get_table_misnested_node_position() if from_table else (parent, None)
        (target or self.open_elements[-1]).put_text(_Text(data, self.tokenizer.line), reference)


_TABLES: Final = frozenset({"table", "tbody", "tfoot", "thead", "tr"})


def _attribute_name(name: str | tuple[str | None, str, str | None]) -> str:
    """tinyhtml5 gives the names of foreign attributes in parts: prefix, local name, namespace."""
    if isinstance(name, str):
        return name
    prefix, local, _ = name
    return f"{prefix}:{local}" if prefix else local


def _converted(root: _Node) -> Element:
    """The tree below ``root`` as this project's; neighbouring texts are one."""
    order = [root]
    made = {root: Element(root.name, root.attributes, [], root.first, root.first)}
    for node in order:
        inside = [child for child in node.children if isinstance(child, _Node)]
        made.update((child, Element(child.name, child.attributes, [], child.first, child.first)) for child in inside)
        order += inside
    for node in reversed(order):
        _fill(made[node], node, made)
    return made[root]


def _fill(element: Element, node: _Node, made: dict[_Node, Element]) -> None:
    run: list[_Text] = []
    for child in node.children:
        if isinstance(child, _Text):
            run.append(child)
        else:
            element.children += [*_words(run), made[child]]
            run = []
    element.children += _words(run)
    element.last = max([element.last, *(child.last for child in element.children)])


def _words(run: list[_Text]) -> list[Words]:
    """``run`` as one, which begins on the line of the first character that is no white space."""
    if not run:
        return []
    text = "".join(each.text for each in run)
    before = text[: len(text) - len(text.lstrip(_SPACE))] if text.strip(_SPACE) else ""
    return [Words(text, run[0].first + before.count("\n"), run[-1].last)]
