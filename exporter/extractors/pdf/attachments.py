"""Files that go along in a PDF (ISO 32000-1, 7.11.4), by the digests of their bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pikepdf


def attached(pdf: pikepdf.Pdf) -> dict[str, str]:
    """SHA-256 by name of every embedded file that the catalog leads to; of two of one name, both."""
    found: dict[str, str] = {}
    for specification in specifications(pdf):
        name = str(specification.get("/UF", specification.get("/F", "")))
        digest = _digest(specification)
        known = found.setdefault(name, digest)
        if known != digest:
            found[name] = f"{known}, {digest}"
    return found


def specifications(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """The file specifications among the names of embedded files, then those of the document's associated files."""
    tree = pdf.Root.get("/Names", pikepdf.Dictionary()).get("/EmbeddedFiles")
    if tree is not None and len(tree):
        yield from pikepdf.NameTree(tree).values()
    yield from pdf.Root.get("/AF", pikepdf.Array())


def _digest(specification: pikepdf.Object) -> str:
    """Of the bytes that a reader would get; of several streams, all."""
    streams = specification.get("/EF", pikepdf.Dictionary())
    digests = [hashlib.sha256(streams[key].read_bytes()).hexdigest() for key in sorted(streams.keys())]
    return ", ".join(dict.fromkeys(digests))
