"""Running heads: the title of a section at the head of its pages, as Word finds it there (a STYLEREF field)."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from functools import cached_property
from itertools import count
from typing import Any, Final

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import OxmlElement
from docx.parts.story import StoryPart

from exporter.renderers.docx.elements import Element, w

_ON_ALL: Final = ("default", "even")
"""Kinds of heads that stand on all pages but the first."""


def title_of(level: int, runs: Iterable[Element]) -> Element:
    """The nearest title in the style Heading ``level`` (ISO/IEC 29500-1, §17.16.5.59), until then ``runs``.

    By its number Word knows the style in each of its own languages, in which the style has another name.
    """
    return w("fldSimple", *runs, instr=f" STYLEREF {level} ")


class RunningHeads:
    """Adds heads to the leaves of one ``document``, a main part: below what the house has there in ``section``."""

    def __init__(self, document: Any, section: Element) -> None:
        self._document = document
        self._numbers = count(1)
        found = section.findall(qn("w:headerReference"))
        kinds = {each.get(qn("w:type")): document.rels[each.get(qn("r:id"))].target_part for each in found}
        self._houses = {kind: part for kind, part in kinds.items() if kind in _ON_ALL}

    def over(self, section: Element, head: Element | None) -> None:
        """Let ``head``, a paragraph, stand over the pages of ``section``; None for what the house has alone."""
        for reference in section.findall(qn("w:headerReference")):
            section.remove(reference)
        for number, kind in enumerate(("default", *(kind for kind in self._houses if kind != "default"))):
            name = self._plain[kind] if head is None else self._headed(kind, head)
            section.insert(number, _reference(kind, name))

    @cached_property
    def _plain(self) -> dict[str, str]:
        """By kind the head without a title: without one of its own, a section has that of the section before."""
        return {kind: self._add(self._part(kind)) for kind in ("default", *self._houses)}

    def _headed(self, kind: str, head: Element) -> str:
        part = self._part(kind)
        if kind not in self._houses:
            part.element[:] = []
        part.element.append(deepcopy(head))
        return self._add(part)

    def _part(self, kind: str) -> Any:
        """A head that shows what the house's does, and refers to what it does."""
        house = self._houses.get(kind)
        root: Any = OxmlElement("w:hdr", nsdecls={p: nsmap[p] for p in ("w", "r")}) if house is None else house.element
        name = PackURI(f"/word/head{next(self._numbers)}.xml")
        part = StoryPart(name, CONTENT_TYPE.WML_HEADER, deepcopy(root), self._document.package)
        for key, relation in (house.rels if house is not None else {}).items():
            target = relation.target_ref if relation.is_external else relation.target_part
            part.rels.add_relationship(relation.reltype, target, key, relation.is_external)
        if not len(part.element):
            part.element.append(w("p"))
        return part

    def _add(self, part: Any) -> str:
        """The id of a new relationship to ``part``; python-docx would go through all there are."""
        name = f"rHead{part.partname.idx}"
        self._document.rels.add_relationship(RELATIONSHIP_TYPE.HEADER, part, name)
        return name


def _reference(kind: str, name: str) -> Element:
    reference = w("headerReference", type=kind)
    reference.set(qn("r:id"), name)
    return reference
