"""Variables of a style sheet, worked out once: page after page names the same typefaces.

WeasyPrint (70.0) parses the page's own ``<style>`` for each document, and for each element works out twelve times what
``font: 8pt var(--text)`` comes to, once for each property it sets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

from weasyprint import CSS
from weasyprint.css.tokens import Pending

_ONLY_VARIABLES: Final = re.compile(
    r'\s*(?:(?::root|\[lang="[^"\\]*"\])\s*\{\s*(?:--[a-z-]+:[^;{}\\]*;\s*)*\}\s*)*', re.ASCII
)
"""A style sheet as ``print.html.j2`` has it, in which nothing is to be warned of."""

_solve: Final = Pending.solve
_MANY: Final = 64


def style_sheet(**how: Any) -> CSS:
    """Stands in for ``CSS`` where a page's own style sheets are parsed."""
    if not _ONLY_VARIABLES.fullmatch(how.get("string") or "@"):
        return CSS(**how)
    return _kept(how["string"], how["media_type"], how["font_config"])


@lru_cache(maxsize=16)
def _kept(sheet: str, media_type: str, font_config: Any) -> CSS:
    return CSS(string=sheet, media_type=media_type, font_config=font_config)


def solved(pending: Any, tokens: Sequence[Any], wanted: str, base_url: str | None) -> Any:
    """Stands in for ``Pending.solve``: what ``tokens``, in place of variables, come to is kept with them."""
    known = pending.__dict__.setdefault("solved", {})
    key = wanted, base_url, *map(id, tokens)
    if key not in known:
        known[key] = _solve(pending, tokens, wanted, base_url), tokens
        while len(known) > _MANY:
            del known[next(iter(known))]
    return known[key][0]
