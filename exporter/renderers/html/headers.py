"""The header of an article, or of a section that has metadata: title, standfirst, authors and dates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from exporter import dates
from exporter.article import Metadata
from exporter.labels import Labels, date_label
from exporter.renderers.markup import Attributes, element, furniture, text


@dataclass(frozen=True, slots=True)
class Headers:
    """Writes headers of texts in ``language`` with the words of ``labels``, which may be in another."""

    labels: Labels
    language: str

    def write(
        self, lines: Iterable[str], metadata: Metadata, below: Iterable[str] = (), class_: str | None = None
    ) -> str:
        """A header: ``lines``, the title among them, then what ``metadata`` tells beside it, then ``below``."""
        found = [*lines]
        if metadata.subtitle:
            found.append(element("p", text(metadata.subtitle), class_="subtitle"))
        if metadata.authors:
            found.append(self._byline(metadata.authors))
        found += [self._dateline(shown) for shown in dates.datelines(metadata)]
        return element("header", "\n".join((*found, *below)), class_=class_) + "\n"

    def _byline(self, authors: tuple[str, ...]) -> str:
        names = [element("span", text(author), class_="author") for author in authors]
        by = furniture(f"{self.labels.by} ", **self.label_language())
        return element("p", by + furniture(", ").join(names), class_="byline")

    def _dateline(self, shown: dates.Dateline) -> str:
        words = date_label(self.labels, shown.role)
        time = element("time", text(shown.text), datetime=shown.date.isoformat())
        return element("p", furniture(f"{words} ", **self.label_language()) + time, class_="dateline")

    def label_language(self) -> Attributes:
        """``lang`` of generated words where the text around them is in another language."""
        language = self.labels.language
        same = self.language == language or self.language.startswith(f"{language}-")
        return {} if same else {"lang": language, "xml:lang": language}
