"""The addresses a part of the package leads to."""

from __future__ import annotations

from itertools import count
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE


class Links:
    """Relationships of ``part`` to addresses, one for each.

    python-docx goes through all there are to find or add one: an article with thousands takes minutes.
    """

    def __init__(self, part: Any) -> None:
        self._relationships: Any = part.rels
        self._found: dict[str, str] = {}
        self._names = (f"rId{number}" for number in count(1))

    def relationship(self, address: str) -> str:
        """The id of the relationship to ``address``."""
        if address not in self._found:
            name = next(name for name in self._names if name not in self._relationships)
            self._relationships.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, address, name, is_external=True)
            self._found[address] = name
        return self._found[address]
