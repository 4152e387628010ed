"""The commands, as a user or a script meets them."""

from __future__ import annotations

import re
from pathlib import Path


def article(name: str, body: str = "Some words.") -> Path:
    """A Markdown article in the working directory; its body begins on line 6."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\ntitle: A title\nlanguage: en\n---\n\n{body}\n", encoding="utf-8")
    return path


def timeless(text: str) -> str:
    """``text`` with T for the number of seconds in it."""
    return re.sub(r"[0-9]+\.[0-9] s\b", "T s", text)
