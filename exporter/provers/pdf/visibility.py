"""Whether what is drawn can be seen: on the page, not clipped, not covered, in ink that differs from its ground."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from functools import lru_cache, partial
from itertools import product

from exporter.pdfstructure import Box, Colour, Fill, Glyph, Page, Picture, Point, Run
from exporter.provers.pdf.memory import Memory
from exporter.provers.pdf.outlines import Outlines

_FILLED = 0
"""The text rendering mode in which the fill colour is the colour seen."""
_SMALLEST = 2.0
"""Points; nothing set smaller can be read."""
_SMALLEST_PICTURE = 12.0
"""Points; no picture that has more pixels is set smaller."""
NOT_ON_THE_PAGE = "not wholly on the page"
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


def unseen(page: Page, inks: Mapping[int, Inks]) -> Iterator[tuple[Fault, Glyph]]:
    """The glyphs of ``page`` that cannot be seen; ``inks`` are those of each font, by its identity.

    A run that stands in the open is judged at once, by a box that holds all its ink; the others are
    judged glyph by glyph.
    """
    covers = Covers(page)
    for run in runs_of(page):
        of_font = inks[id(run.look.font)]
        around = of_font.around(run)
        if around is None or _stands_in_the_open(page, run, around, covers):
            continue
        for glyph in run.glyphs:
            yield from ((fault, glyph) for fault in _faults(page, of_font.of(glyph), glyph, covers))


def _stands_in_the_open(page: Page, run: Run, around: Box, covers: Covers) -> bool:
    look = run.look
    is_inside = page.box.contains(around) and look.clip.contains(around)
    return is_inside and look.size >= _SMALLEST and look.mode == _FILLED and covers.leave_open(run, around)


def _faults(page: Page, ink: Box | None, glyph: Glyph, covers: Covers) -> Iterator[Fault]:
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
    elif look.mode != _FILLED or not covers.contrasts(glyph, ink):
        yield Fault.NO_INK
    elif covers.hide(glyph.order, ink):
        yield Fault.COVERED


class Inks:
    """Where the outlines of one embedded font lie; without one that can be read, where letters of usual shape do."""

    def __init__(self, program: Outlines | None) -> None:
        self._shapes = Memory(partial(_shape, program)) if program else None

    def of(self, glyph: Glyph) -> Box | None:
        """Where the glyph's outline lies on the page; None for a blank."""
        if self._shapes is None:
            return Box(glyph.x, glyph.y, glyph.end, glyph.y + 0.5 * glyph.look.size)
        shape, em = self._shapes[glyph.gid], glyph.look.size
        if shape is None:
            return None
        left, bottom, right, top = shape
        return Box(glyph.x + left * em, glyph.y + bottom * em, glyph.x + right * em, glyph.y + top * em)

    def around(self, run: Run) -> Box | None:
        """A box on the page that holds all ink of ``run``, and may be larger; None where there is none."""
        if self._shapes is None:
            return run.box
        shapes = [shape for gid in set(run.gids) if (shape := self._shapes[gid])]
        if not shapes:
            return None
        lefts, bottoms, rights, tops = zip(*shapes, strict=True)
        em, y = run.look.size, run.y
        left, right = min(run.starts) + min(lefts) * em, max(run.starts) + max(rights) * em
        return Box(left, y + min(bottoms) * em, right, y + max(tops) * em)


def _shape(program: Outlines, gid: int) -> Box | None:
    """The box around an outline, in em from its origin; None for a blank."""
    extents = program.extents[gid]
    if extents is None or not (extents.width and extents.height):
        return None
    left, top = extents.x_bearing / program.upem, extents.y_bearing / program.upem
    return Box(left, top + extents.height / program.upem, left + extents.width / program.upem, top)


class Covers:
    """What is painted over and under the glyphs of one page."""

    def __init__(self, page: Page) -> None:
        pictures = [item for drawn in _drawn(page) for item in drawn if isinstance(item, Picture)]
        self._fills = sorted(page.content.fills, key=lambda fill: fill.order)
        self._orders = [fill.order for fill in self._fills]
        self._pictures = sorted(pictures, key=lambda picture: picture.order)

    def leave_open(self, run: Run, around: Box) -> bool:
        """Whether nothing is painted over ``around``, and all of it lies on one ground the run's colour differs from.

        False where that takes a closer look.
        """
        if any(picture.box.meets(around) for picture in self._pictures):
            return False
        ground: Colour | None = _WHITE
        for fill in self._fills:
            if fill.box.meets(around):
                if fill.order > run.order or not fill.box.contains(around):
                    return False
                ground = _blend(fill.colour, ground, fill.alpha) if fill.colour and ground else fill.colour
        return _differ(run.look.colour, ground, run.look.alpha)

    def hide(self, order: int, ink: Box, allowed: int = 4) -> bool:
        """Whether what is painted after ``order`` is opaque over more than ``allowed`` ninths of ``ink``."""
        later = [fill.box for fill in self._fills[bisect_right(self._orders, order) :] if fill.alpha > 0.9]
        later += [picture.box for picture in self._pictures if picture.opaque and picture.order > order]
        over = [box for box in later if box.meets(ink)]
        return bool(over) and sum(any(box.holds(*point) for box in over) for point in _ninths(ink)) > allowed

    def contrasts(self, glyph: Glyph, ink: Box) -> bool:
        """Whether the glyph's colour differs from what lies beneath it."""
        colour, alpha = glyph.look.colour, glyph.look.alpha
        if self._on_picture(glyph, ink):
            return alpha > 0.05
        return _differ(colour, self._ground(glyph, ink), alpha)

    def _on_picture(self, glyph: Glyph, ink: Box) -> bool:
        return any(picture.order < glyph.order and picture.box.holds(*ink.centre) for picture in self._pictures)

    def _ground(self, glyph: Glyph, ink: Box) -> Colour | None:
        """The colour beneath; None where it is not known."""
        ground: Colour | None = _WHITE
        for fill in self._beneath(glyph):
            if fill.box.holds(*ink.centre):
                ground = _blend(fill.colour, ground, fill.alpha) if fill.colour and ground else fill.colour
        return ground

    def _beneath(self, glyph: Glyph) -> Sequence[Fill]:
        return self._fills[: bisect_right(self._orders, glyph.order)]


def lost_pictures(page: Page) -> Iterator[tuple[Picture, str]]:
    """The article's pictures that do not show as they are, with what is wrong."""
    covers = Covers(page)
    for drawn in page.content.marked.values():
        for picture in drawn:
            if isinstance(picture, Picture) and (fault := _picture_fault(page, picture, covers)):
                yield picture, fault


def _picture_fault(page: Page, picture: Picture, covers: Covers) -> str:
    if _outside(picture.box, page.box) or _outside(picture.box, picture.clip):
        return NOT_ON_THE_PAGE
    if not picture.upright or not _keeps_its_shape(picture):
        return "turned, mirrored or out of shape"
    if picture.alpha < 0.5 or covers.hide(picture.order, picture.box, allowed=0):
        return "hidden"
    longest, natural = max(picture.box.width, picture.box.height), max(_pixels(picture))
    return "too small to see" if longest < min(_SMALLEST_PICTURE, 0.5 * natural) else ""


def _keeps_its_shape(picture: Picture) -> bool:
    width, height = _pixels(picture)
    across, up = picture.box.width * height, picture.box.height * width
    return abs(across - up) <= 0.05 * max(across, up) + max(width, height)


def _pixels(picture: Picture) -> tuple[int, int]:
    return int(picture.source.Width), int(picture.source.Height)


def _drawn(page: Page) -> Iterator[Sequence[Run | Picture]]:
    yield page.content.unmarked
    yield from page.content.marked.values()


def runs_of(page: Page) -> Iterator[Run]:
    """Every glyph of ``page``, in runs, whoever refers to it."""
    for drawn in _drawn(page):
        yield from (item for item in drawn if isinstance(item, Run))


def _outside(ink: Box, page: Box) -> bool:
    inside = ink.intersection(page)
    return inside.width < ink.width - 0.5 or inside.height < ink.height - 0.5


def _share(ink: Box, clip: Box) -> float:
    """How much of ``ink`` is left by ``clip``, by its sides: a stroke without width has one side only."""
    seen = ink.intersection(clip)
    horizontal = seen.width / ink.width if ink.width else float(ink.left >= clip.left and ink.right <= clip.right)
    vertical = seen.height / ink.height if ink.height else float(ink.bottom >= clip.bottom and ink.top <= clip.top)
    return min(horizontal, vertical)


def _ninths(box: Box) -> Iterator[Point]:
    """The middles of nine parts of ``box``."""
    for across, up in product((1 / 6, 1 / 2, 5 / 6), repeat=2):
        yield box.left + across * (box.right - box.left), box.bottom + up * (box.top - box.bottom)


def _blend(colour: Colour, ground: Colour, alpha: float) -> Colour:
    red, green, blue = (alpha * c + (1 - alpha) * g for c, g in zip(colour, ground, strict=True))
    return red, green, blue


@lru_cache(maxsize=1024)
def _differ(colour: Colour | None, ground: Colour | None, alpha: float) -> bool:
    """Whether ``colour`` can be told from ``ground``, both known."""
    if colour is None or ground is None:
        return False
    seen = _blend(colour, ground, alpha)
    light, dark = sorted((_luminance(seen), _luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05) >= _CONTRAST


def _luminance(colour: Colour) -> float:
    """Relative luminance of an sRGB colour (WCAG 2.2)."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
