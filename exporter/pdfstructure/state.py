"""The graphics state, as far as it decides where text stands and what of it can be seen, and its parameters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, TypeAlias

import pikepdf

from exporter.errors import ExtractionError
from exporter.pdfstructure.drawn import Colour
from exporter.pdfstructure.fonts import Font
from exporter.pdfstructure.geometry import Box, Matrix, multiply


@dataclass(slots=True)
class State:
    """The graphics state that q saves and Q restores.

    ``clip`` holds all that may show, ``window`` what certainly shows: two boxes, as a clip may be of any shape.
    """

    ctm: Matrix
    clip: Box
    window: Box
    font: Font | None = None
    size: float = 0.0
    char_spacing: float = 0.0
    word_spacing: float = 0.0
    scaling: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0
    colour: Colour | None = (0.0, 0.0, 0.0)
    plain: bool = True
    alpha: float = 1.0
    line_width: float = 1.0

    def copy(self) -> State:
        """The same, to be changed by itself."""
        return State(*_PARAMETERS(self))


_PARAMETERS = attrgetter(*(each.name for each in fields(State)))

Setter: TypeAlias = Callable[[State, Any], None]

_DEVICE_SPACES = frozenset({"/DeviceGray", "/DeviceRGB", "/DeviceCMYK"})


def matrix(operands: Any) -> Matrix:
    """The six operands of ``cm`` or ``Tm``."""
    a, b, c, d, e, f = map(float, operands)
    return a, b, c, d, e, f


def colour(operands: Any) -> Colour | None:
    """Grey, RGB or CMYK by the number of components; None for a pattern."""
    if any(isinstance(operand, pikepdf.Name) for operand in operands):
        return None
    match [float(operand) for operand in operands]:
        case [grey]:
            return grey, grey, grey
        case [red, green, blue]:
            return red, green, blue
        case [cyan, magenta, yellow, black]:
            return (1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black)
        case _:
            return None


def _transform(state: State, operands: Any) -> None:
    state.ctm = multiply(matrix(operands), state.ctm)


def _set_device_colour(state: State, operands: Any) -> None:
    state.plain, state.colour = True, colour(operands)


def _set_space(state: State, operands: Any) -> None:
    state.plain = str(operands[0]) in _DEVICE_SPACES
    state.colour = (0.0, 0.0, 0.0) if state.plain else None


def _set_colour(state: State, operands: Any) -> None:
    """In a space not computed here the same numbers may be any colour: it stays unknown."""
    _refuse_pattern(state, operands)
    state.colour = colour(operands) if state.plain else None


def _refuse_pattern(_: State, operands: Any) -> None:
    """A tile (ISO 32000-1, 8.7.3) holds pictures and words of its own."""
    if operands and isinstance(operands[-1], pikepdf.Name):
        raise ExtractionError("The page is painted with a pattern, which is not read back.")


def _set_line_width(state: State, operands: Any) -> None:
    state.line_width = float(operands[0])


def _set_char_spacing(state: State, operands: Any) -> None:
    state.char_spacing = float(operands[0])


def _set_word_spacing(state: State, operands: Any) -> None:
    state.word_spacing = float(operands[0])


def _set_scaling(state: State, operands: Any) -> None:
    state.scaling = float(operands[0]) / 100


def _set_leading(state: State, operands: Any) -> None:
    state.leading = float(operands[0])


def _set_rise(state: State, operands: Any) -> None:
    state.rise = float(operands[0])


def _set_mode(state: State, operands: Any) -> None:
    state.mode = int(operands[0])


SETTERS: Mapping[str, Setter] = {
    "cm": _transform,
    **dict.fromkeys(("g", "rg", "k"), _set_device_colour),
    **dict.fromkeys(("sc", "scn"), _set_colour),
    **dict.fromkeys(("SC", "SCN"), _refuse_pattern),
    "cs": _set_space,
    "w": _set_line_width,
    "Tc": _set_char_spacing,
    "Tw": _set_word_spacing,
    "Tz": _set_scaling,
    "TL": _set_leading,
    "Ts": _set_rise,
    "Tr": _set_mode,
}
"""Operators that only set a parameter of the state."""
