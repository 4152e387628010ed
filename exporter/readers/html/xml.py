"""From XHTML to a tree of elements with their source lines: XML, so nothing in it is mended.

Nothing is fetched: where a document type is named, HTML's entities stand for what it would declare.
"""

from __future__ import annotations

from functools import lru_cache
from html.entities import html5
from typing import Final
from xml.parsers import expat

from exporter.errors import SourceError
from exporter.readers.html.names import COMMENT
from exporter.readers.html.parsing import DEEPEST_PAGE
from exporter.readers.tree import Element, Words

_ESCAPED: Final = {"<": "&#38;#60;", "&": "&#38;#38;"}


def parse(text: str, file: str) -> Element:
    """The root element of the document ``text``; comments are elements named ``COMMENT``.

    Raises SourceError (S003) where it is not well-formed, declares entities of its own, or nests too deep.
    """
    planter = _Planter(file)
    try:
        planter.parser.Parse(text.encode("utf-8"), True)
    except expat.ExpatError as error:
        message = (
            f"This is not well-formed XML: {expat.ErrorString(error.code)}. Mend it, or name the file .html, "
            "whose parsers mend."
        )
        raise SourceError(message, file=file, line=error.lineno, code="S003") from error
    return planter.root()


class _Planter:
    """Puts what the parser reports into a tree."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._top = Element("#document")
        self._open = [self._top]
        self._texts: list[str] = []
        self._text_line = 0
        self.parser = parser = expat.ParserCreate(encoding="utf-8")
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_ALWAYS)
        parser.UseForeignDTD(True)
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.CommentHandler = self._comment
        parser.StartDoctypeDeclHandler = self._document_type
        parser.ExternalEntityRefHandler = self._entities
        parser.SkippedEntityHandler = self._unknown

    def root(self) -> Element:
        """The root element."""
        return next(node for node in self._top.children if isinstance(node, Element) and node.name != COMMENT)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._open) > DEEPEST_PAGE:
            raise self._refusal(f"This page is nested deeper than {DEEPEST_PAGE} levels. Make it flatter.")
        if ":" in name:
            raise self._refusal(f"The element '{name}' has a prefix. Make its namespace the default one (xmlns).")
        element = Element(name, attributes, [], self._line, self._line)
        self._append(element)
        self._open.append(element)

    def _end(self, _name: str) -> None:
        self._flush()
        self._open.pop().last = self._line

    def _characters(self, text: str) -> None:
        self._text_line = self._text_line or self._line
        self._texts.append(text)

    def _comment(self, _text: str) -> None:
        self._append(Element(COMMENT, {}, [], self._line, self._line))

    def _document_type(self, _name: str, _system: str | None, _public: str | None, has_internal_subset: int) -> None:
        if has_internal_subset:
            raise self._refusal("The document type declares things of its own. Take '[' to ']' out of '<!DOCTYPE'.")

    def _entities(self, context: str, _base: str | None, _system: str | None, _public: str | None) -> int:
        self.parser.ExternalEntityParserCreate(context).Parse(_declarations(), True)
        return 1

    def _unknown(self, name: str, _is_parameter: bool) -> None:
        raise self._refusal(f"HTML has no entity '&{name};'. Write the character itself.")

    def _append(self, element: Element) -> None:
        self._flush()
        self._open[-1].children.append(element)

    def _flush(self) -> None:
        if self._texts:
            self._open[-1].children.append(Words("".join(self._texts), self._text_line, self._line))
            self._texts, self._text_line = [], 0

    @property
    def _line(self) -> int:
        return self.parser.CurrentLineNumber

    def _refusal(self, message: str) -> SourceError:
        return SourceError(message, file=self._file, line=self._line, code="S003")


@lru_cache(maxsize=1)
def _declarations() -> bytes:
    """HTML's named characters as a document type would declare them."""
    names = {name[:-1]: characters for name, characters in html5.items() if name.endswith(";")}
    lines = (f'<!ENTITY {name} "{"".join(map(_reference, characters))}">' for name, characters in names.items())
    return "\n".join(lines).encode("ascii")


def _reference(character: str) -> str:
    return _ESCAPED.get(character, f"&#{ord(character)};")
