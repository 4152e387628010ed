"""Styles of markers and of calls of notes, worked out for the few elements that have one.

WeasyPrint (70.0) has rules for those of any element, and works out six styles for each, beside its own.
"""

from __future__ import annotations

from typing import Any, Final, TypeAlias

from weasyprint.css import StyleFor

# WeasyPrint's own objects have no types.
Element: TypeAlias = Any
Styles: TypeAlias = Any

_SELDOM: Final = frozenset({"marker", "footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"})
_set: Final = StyleFor.set_computed_styles
_look_up: Final = StyleFor.__call__


def put_off(styles: Styles, element: Element, parent: Element, root: Element = None, **how: Any) -> None:
    """Stands in for ``StyleFor.set_computed_styles``; what may be linked to is known at once."""
    key = element, how.get("pseudo_type")
    cascaded = styles.get_cascaded_styles().get(key, {})
    if key[1] in _SELDOM and "anchor" not in cascaded:
        styles.__dict__.setdefault("put_off", {})[key] = cascaded, parent, root, how
    else:
        _set(styles, element, parent, root, **how)


def look_up(styles: Styles, element: Element, pseudo_type: str | None = None) -> Any:
    """Stands in for ``StyleFor.__call__``."""
    key = element, pseudo_type
    if pseudo_type in _SELDOM and key in styles.__dict__.get("put_off", ()):
        cascaded, parent, root, how = styles.put_off.pop(key)
        styles.get_cascaded_styles()[key] = cascaded
        _set(styles, element, parent, root, **how)
        del styles.get_cascaded_styles()[key]
    return _look_up(styles, element, pseudo_type)
