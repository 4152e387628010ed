"""Each object of a file put into bytes once: pydyf (0.13.0), which WeasyPrint writes with, does it twice.

The second time is for the digest of the content in the file's identifier, and compresses every stream again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import pydyf

_write: Final = pydyf.PDF.write
_KINDS: Final = (pydyf.Dictionary, pydyf.Stream)


@contextmanager
def once() -> Iterator[None]:
    """Let files be written from bytes that are kept. One thread at a time."""
    pydyf.PDF.write = _written
    try:
        yield
    finally:
        pydyf.PDF.write = _write


def _written(pdf: Any, *how: Any) -> None:
    """Stands in for ``PDF.write``: meanwhile no object changes any more."""
    before = [(kind, kind.data) for kind in _KINDS]
    for kind, data in before:
        kind.data = property(_kept(data))
    try:
        _write(pdf, *how)
    finally:
        for kind, data in before:
            kind.data = data


def _kept(data: property) -> Any:
    def kept(thing: Any) -> bytes:
        if "kept" not in thing.__dict__:
            thing.__dict__["kept"] = data.__get__(thing)
        found: bytes = thing.__dict__["kept"]
        return found

    return kept
