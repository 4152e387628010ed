"""Pictures that say nothing: no entry stands for them, so that their pixels alone can be held to the article's."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from exporter.article import Article
from exporter.edition import Discrepancy
from exporter.walk import pictures


def decorated(
    article: Article, digests: Mapping[str, str] | None, found: Sequence[str] | None, house: Collection[str] = ()
) -> Iterator[Discrepancy]:
    """What is wrong (V009) with the pictures ``found`` without words; nothing where they cannot be told.

    An edition may repeat a picture of the article, with the head of a table for one, and show those of the ``house``,
    but no other. ``digests`` are None where nobody knows the article's.
    """
    if found is None or digests is None:
        return
    known = {*digests.values(), *house}
    if strange := [digest for digest in found if digest not in known]:
        message = "The edition shows a picture without words that is none of the article's, or not as it is."
        yield Discrepancy("V009", message, found=strange[0])
    for image in pictures(article):
        wanted = digests.get(image.source)
        if wanted and not image.alt and wanted not in found:
            line = image.position.line
            message = f"Line {line}: the decorative picture '{image.source}' is not shown, or not as it is."
            yield Discrepancy("V009", message, line, expected=wanted)
