"""Values of properties that no rule names, which are most; the styles of a page and its margins."""

from __future__ import annotations

from itertools import islice
from typing import Any, Final, TypeAlias

import weasyprint.layout.page
from weasyprint import css
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

Style: TypeAlias = Any
"""WeasyPrint's, which has no types."""

# --- The styles of a page -----------------------------------------------------------------------

_set_all_page_styles: Final = weasyprint.layout.page.set_page_type_computed_styles


def set_page_styles(page_type: Any, html: Any, style_for: Any) -> None:
    """Stands in for ``set_page_type_computed_styles``, which looks for a page's margin boxes among all there is.

    Those of a page of a new kind, as each page is that is not laid out again, have just been added.
    """
    cascaded = style_for.get_cascaded_styles()
    known = len(cascaded)
    style_for.add_page_declarations(page_type)
    added = tuple(islice(reversed(cascaded), len(cascaded) - known))
    if (page_type, None) not in added:
        _set_all_page_styles(page_type, html, style_for)
        return
    root = html.etree_element
    style_for.set_computed_styles(page_type, root=root, parent=root, base_url=html.base_url)
    for element, box in reversed(added):
        if box and element == page_type:
            style_for.set_computed_styles(element, pseudo_type=box, root=root, parent=element, base_url=html.base_url)


# --- The value of a property -------------------------------------------------------------------

_computed: Final = css.ComputedStyle.__missing__
_INVOLVED: Final = frozenset({"display", "float", "page", "position"}) | {
    name for name in INITIAL_VALUES if name.startswith("text_decoration_")
}
"""Properties whose value follows from others too."""
_LOGICAL: Final = {
    name: tuple({logical(block="ttb", inline=direction) for direction in ("ltr", "rtl")})
    for name, logical in PHYSICAL_FUNCTIONS.items()
}
"""The names by which a rule may set a side of a box without naming it: ``margin-inline-start``."""


def value_of(style: Style, name: str) -> Any:
    """Stands in for ``ComputedStyle.__missing__``: most properties are named by no rule."""
    cascaded, parent = style.cascaded, style.parent_style
    if parent is None or name in cascaded or name in _INVOLVED:
        return _computed(style, name)
    for logical in _LOGICAL.get(name, ()):
        if logical in cascaded:
            return _computed(style, name)
    if name in INHERITED or name.startswith("__"):
        value = style[name] = parent[name]
    elif name in INITIAL_NOT_COMPUTED:
        value = _computed(style, name)
    else:
        value = style[name] = INITIAL_VALUES[name]
    return value
