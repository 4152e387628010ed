"""What the editions that share a body want of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from exporter.labels import Labels


def _within(anchor: str) -> str:
    return f"#{anchor}"


def _unmeasured(_source: str) -> str | None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How the body differs between those who call for it.

    ``notes`` at the "foot" are set where they are called, at the "end" after the body;
    ``picture`` gives the URL of an image by its source, ``address`` that of an element by its ``id``
    (another document may hold it); ``width`` is the attribute of an image by its source, where it has one; ``epub``
    adds ``epub:type``. For articles made of several, ``contents`` lists their sections behind the header, ``cover`` is
    the URL of a picture on the cover, ``running`` makes of a title what stands at the head of pages, and ``words``
    gives the labels for a section's language.
    """

    labels: Labels
    picture: Callable[[str], str]
    address: Callable[[str], str] = _within
    width: Callable[[str], str | None] = _unmeasured
    notes: Literal["foot", "end"] = "end"
    epub: bool = False
    contents: bool = False
    cover: str | None = None
    running: Callable[[str], str] | None = None
    words: Callable[[str], Labels] | None = None

    def labels_of(self, language: str) -> Labels:
        """The labels for a text in ``language``."""
        return self.words(language) if self.words else self.labels
