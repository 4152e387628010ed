"""Arrays of C whose length stands in their type: WeasyPrint (70.0) makes one of each subset of a font.

cffi reads the name of a type as C, after all that WeasyPrint declares, and keeps it: two milliseconds and some memory
for each number of glyphs an article happens to have. An array without a length takes that of its content.
"""

from __future__ import annotations

import re
from typing import Any, Final

from weasyprint.text.ffi import ffi

_LENGTH: Final = re.compile(r"\[\d+\]")


class Arrays:
    """Stands in for cffi's ``ffi``."""

    def __getattr__(self, name: str) -> Any:
        return getattr(ffi, name)

    def new(self, kind: str, *content: Any) -> Any:
        """What ``ffi.new`` returns."""
        return ffi.new(_LENGTH.sub("[]", kind) if content else kind, *content)
