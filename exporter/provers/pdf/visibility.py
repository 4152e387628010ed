"""Whether what is drawn can be seen: on the page, not clipped, not covered, in ink that differs from its ground."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import combinations

from exporter.pdfstructure import Box, Fill, Fragment, Glyph, Page, Picture

_INVISIBLE_MODES = frozenset({3, 7})
_SMALLEST = 2.0
"""Points; nothing set smaller can be read."""
_CONTRAST = 1.4
"""The least contrast ratio (WCAG 2.2) that counts as ink; a house's style is judged elsewhere."""
_WHITE = (1.0, 1.0, 1.0)


class Fault(Enum):
    """Why a glyph cannot be seen."""

    OFF_PAGE = "off the page"
    CLIPPED = "clipped away"
    NO_INK = "without ink"
    COVERED = "covered"
    TOO_SMALL = "too small to read"


def faults(page: Page, ink: Box | None, glyph: Glyph, covers: Covers) -> Iterator[Fault]:
    """What keeps ``glyph`` from being seen; ``ink`` is the box of its outline, None for a blank."""
    if ink is None:
        return
    look = glyph.look
    if _outside(ink, page.box):
        yield Fault.OFF_PAGE
    elif _share(ink, look.clip) < 0.5:
        yield Fault.CLIPPED
    elif look.size < _SMALLEST:
        yield Fault.TOO_SMALL
    elif look.mode in _INVISIBLE_MODES or not covers.contrasts(glyph, ink):
        yield Fault.NO_INK
    elif covers.hide(glyph, ink):
        yield Fault.COVERED


class Covers:
    """What is painted over and under the glyphs of one page."""

    def __init__(self, page: Page) -> None:
        pictures = [item for drawn in _drawn(page) for item in drawn if isinstance(item, Picture)]
        self._fills = sorted(page.content.fills, key=lambda fill: fill.order)
        self._orders = [fill.order for fill in self._fills]
        self._pictures = sorted(pictures, key=lambda picture: picture.order)

    def hide(self, glyph: Glyph, ink: Box) -> bool:
        """Whether something opaque is painted over the glyph's middle later."""
        x, y = _centre(ink)
        later = self._fills[bisect_right(self._orders, glyph.order) :]
        return any(fill.alpha > 0.9 and fill.box.holds(x, y) for fill in later) or any(
            picture.opaque and picture.order > glyph.order and picture.box.holds(x, y) for picture in self._pictures
        )

    def contrasts(self, glyph: Glyph, ink: Box) -> bool:
        """Whether the glyph's colour differs from what lies beneath it."""
        colour, alpha = glyph.look.colour, glyph.look.alpha
        if colour is None:
            return alpha > 0.05
        if self._on_picture(glyph, ink):
            return alpha > 0.05
        ground = self._ground(glyph, ink)
        seen = _blend(colour, ground, alpha)
        light, dark = sorted((_luminance(seen), _luminance(ground)), reverse=True)
        return (light + 0.05) / (dark + 0.05) >= _CONTRAST

    def _on_picture(self, glyph: Glyph, ink: Box) -> bool:
        x, y = _centre(ink)
        return any(picture.order < glyph.order and picture.box.holds(x, y) for picture in self._pictures)

    def _ground(self, glyph: Glyph, ink: Box) -> tuple[float, float, float]:
        x, y = _centre(ink)
        ground = _WHITE
        for fill in self._beneath(glyph):
            if fill.colour is not None and fill.box.holds(x, y):
                ground = _blend(fill.colour, ground, fill.alpha)
        return ground

    def _beneath(self, glyph: Glyph) -> Sequence[Fill]:
        return self._fills[: bisect_right(self._orders, glyph.order)]


def overprinted(fragments: Sequence[Fragment]) -> Iterator[tuple[Fragment, Fragment]]:
    """Pairs of fragments of one page of which one is printed over the other."""
    shown = [(fragment, _body(fragment)) for fragment in fragments if fragment.text.strip()]
    for (first, one), (second, other) in combinations(shown, 2):
        em = min(first.size, second.size)
        both = one.intersection(other)
        if both.width > 0.5 * em and both.height > 0.3 * em:
            yield first, second


def _body(fragment: Fragment) -> Box:
    """Where small letters stand: what reaches above and below may meet the next line."""
    box, em = fragment.box, fragment.size
    return Box(box.left, box.bottom + 0.2 * em, box.right, box.top - 0.2 * em)


def lost_pictures(page: Page) -> Iterator[Picture]:
    """Pictures that do not stand on the page entirely."""
    for drawn in page.content.marked.values():
        yield from (item for item in drawn if isinstance(item, Picture) and _outside(item.box, page.box))


def _drawn(page: Page) -> Iterator[Sequence[Glyph | Picture]]:
    yield page.content.unmarked
    yield from page.content.marked.values()


def glyphs_of(page: Page) -> Iterator[Glyph]:
    """Every glyph of ``page``, whoever refers to it."""
    for drawn in _drawn(page):
        yield from (item for item in drawn if isinstance(item, Glyph))


def _outside(ink: Box, page: Box) -> bool:
    inside = ink.intersection(page)
    return inside.width < ink.width - 0.5 or inside.height < ink.height - 0.5


def _share(ink: Box, clip: Box) -> float:
    """How much of ``ink`` is left by ``clip``, by its sides: a stroke without width has one side only."""
    seen = ink.intersection(clip)
    horizontal = seen.width / ink.width if ink.width else float(ink.left >= clip.left and ink.right <= clip.right)
    vertical = seen.height / ink.height if ink.height else float(ink.bottom >= clip.bottom and ink.top <= clip.top)
    return min(horizontal, vertical)


def _centre(box: Box) -> tuple[float, float]:
    return (box.left + box.right) / 2, (box.bottom + box.top) / 2


def _blend(
    colour: tuple[float, float, float], ground: tuple[float, float, float], alpha: float
) -> tuple[float, float, float]:
    red, green, blue = (alpha * c + (1 - alpha) * g for c, g in zip(colour, ground, strict=True))
    return red, green, blue


def _luminance(colour: tuple[float, float, float]) -> float:
    """Relative luminance of an sRGB colour (WCAG 2.2)."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
