"""Names of destinations and files, in the order in which readers search them.

A name tree is ordered by the bytes of its keys (ISO 32000-1, 7.9.6). WeasyPrint sorts by code points, and writes a key
as ASCII where it can and as UTF-16 where it must, which some readers compare as text and others as bytes. Where one
key needs it, all are UTF-16 here: then both find what they look for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pydyf


def settle_destinations(pdf: Any) -> None:
    """Order the named destinations of ``pdf``, a ``pydyf.PDF``, and write them alike where links name them."""
    names = pdf.catalog.get("Names", {}).get("Dests", {}).get("Names", [])
    texts = [key.string for key in names[::2]]
    names[:] = tree([(text, target) for text, target in zip(texts, names[1::2], strict=True)])
    plain = _are_ascii(texts)
    for made in pdf.objects:
        if isinstance(made, pydyf.Dictionary) and isinstance(made.get("Dest"), pydyf.String):
            made["Dest"] = _key(made["Dest"].string, plain)


def tree(pairs: Iterable[tuple[str, Any]]) -> list[Any]:
    """Keys and values in turn, as the ``Names`` of a name tree have them."""
    known = list(pairs)
    plain = _are_ascii(text for text, _ in known)
    ordered = sorted(known, key=lambda pair: pair[0].encode("ascii" if plain else "utf-16-be"))
    return [part for text, value in ordered for part in (_key(text, plain), value)]


def _are_ascii(texts: Iterable[str]) -> bool:
    return all(text.isascii() for text in texts)


def _key(text: str, plain: bool) -> Any:
    return pydyf.String(text) if plain else b"<feff" + text.encode("utf-16-be").hex().encode("ascii") + b">"
