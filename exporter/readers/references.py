"""Numeric character references, none of them dropped or replaced: what cannot stand is the gate's to say."""

from __future__ import annotations

import html
import re
from typing import Final

from markdown_it.rules_inline import StateInline, entity

_NUMERIC: Final = re.compile(r"&#(?:[xX](?P<hexadecimal>[0-9a-fA-F]{1,6})|(?P<decimal>[0-9]{1,7}));?")


def unescape(text: str) -> str:
    """``text`` with its character references resolved by HTML's rules, controls and noncharacters among them."""
    return html.unescape(_NUMERIC.sub(lambda found: found[0] if html.unescape(found[0]) else _named(found), text))


def reference(state: StateInline, silent: bool) -> bool:
    """CommonMark's rule for references (section 2.5); markdown-it's gives U+FFFD for controls and noncharacters."""
    if not entity(state, silent):
        return False
    if not silent and state.tokens[-1].content == "\ufffd" and (found := _NUMERIC.match(state.tokens[-1].markup)):
        state.tokens[-1].content = _named(found)
    return True


def _named(found: re.Match[str]) -> str:
    """The character, U+FFFD for zero, for halves of surrogate pairs and for what is beyond Unicode."""
    point = int(found["hexadecimal"], 16) if found["hexadecimal"] else int(found["decimal"])
    return chr(point) if 0 < point < 0xD800 or 0xDFFF < point <= 0x10FFFF else "\ufffd"
