"""Links as every edition can carry them: absolute, or to a heading of the same article (RFC 3986).

A relative link has no meaning in a file that is mailed or printed. It is made absolute against the
article's canonical URL; without one its text stays, the link is dropped, and the loss is recorded.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from typing import Final
from urllib.parse import quote, urljoin

from exporter import walk
from exporter.article import Article, Inline, Link
from exporter.edition import Loss
from exporter.rewriting import rewrite

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_REFUSED: Final = ("javascript:", "data:", "vbscript:", "file:")
_ILLEGAL = re.compile(r'[\u0000-\u0020\u007f-\u00a0\u2028\u2029"<>\\^`{|}]')


def carry(article: Article, beyond: Collection[str] = ()) -> tuple[Article, tuple[Loss, ...]]:
    """``article`` with links every edition can carry, and a Loss (L003) for each that had to go.

    ``beyond`` are identifiers of headings in other articles of an issue.
    """
    headings = {*walk.heading_ordinals(article), *beyond}
    base = article.metadata.canonical_url
    losses: list[Loss] = []

    def carried(inline: Inline) -> tuple[Inline, ...]:
        match inline:
            case Link():
                return _carried(inline, headings, base, losses)
            case _:
                return (inline,)

    return rewrite(article, inline=carried), tuple(losses)


def _carried(link: Link, headings: Collection[str], base: str | None, losses: list[Loss]) -> tuple[Inline, ...]:
    target = link.target if link.target.startswith("#") and link.target[1:] in headings else resolve(link.target, base)
    if target is None:
        losses.append(_loss(link))
        return link.children
    return (replace(link, target=target),)


def resolve(target: str, base: str | None) -> str | None:
    """``target`` as an absolute URI, against ``base`` where it is relative; None where that cannot be.

    What no URI may hold (white space, control characters, ``"<>\\^`{|}``) is percent-encoded;
    everything else stands as written.
    """
    written = _ILLEGAL.sub(lambda found: quote(found[0]), target.strip(" \t\r\n"))
    if _SCHEME.match(written):
        return None if written.lower().startswith(_REFUSED) else written
    return urljoin(base, written) if base and _SCHEME.match(base) else None


def _loss(link: Link) -> Loss:
    line = link.position.line
    return Loss(
        "L003", f"Line {line}: the link to '{link.target}' leads nowhere outside its site; its text stays.", line
    )
