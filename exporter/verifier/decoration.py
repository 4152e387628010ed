"""Pictures that say nothing: no entry stands for them, so that their pixels alone can be held to the article's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from exporter.article import Article
from exporter.edition import Discrepancy
from exporter.walk import pictures


def decorated(article: Article, digests: Mapping[str, str], found: Sequence[str] | None) -> Iterator[Discrepancy]:
    """What is wrong (V009) with the pictures ``found`` without words; nothing where they cannot be told.

    An edition may repeat a picture of the article, with the head of a table for one, but show no other.
    """
    if found is None or not digests:
        return
    if strange := [digest for digest in found if digest not in digests.values()]:
        message = "The edition shows a picture without words that is none of the article's, or not as it is."
        yield Discrepancy("V009", message, found=strange[0])
    for image in pictures(article):
        wanted = digests.get(image.source)
        if wanted and not image.alt and wanted not in found:
            line = image.position.line
            message = f"Line {line}: the decorative picture '{image.source}' is not shown, or not as it is."
            yield Discrepancy("V009", message, line, expected=wanted)
