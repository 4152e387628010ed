"""A page's content stream, interpreted: every glyph, picture and fill in page space, in painting order.

The whole text state (ISO 32000-1, 9.3), the graphics state as far as it decides what can be seen
(matrix, clip, fill colour, alpha), marked content (14.6) and form XObjects.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, cast

import pikepdf

from exporter.errors import ExtractionError
from exporter.pdfstructure.drawn import SPOKEN, Colour, Content, Drawn, Fill, Look, Picture, Run, Spoken
from exporter.pdfstructure.fonts import Font, read_font
from exporter.pdfstructure.geometry import IDENTITY, Box, Matrix, apply, is_upright, multiply, scale_of
from exporter.pdfstructure.paths import Path
from exporter.pdfstructure.showing import Line, Stretch
from exporter.pdfstructure.state import SETTERS, Setter, State, matrix

_OC, _BESIDE = pikepdf.Name.OC, pikepdf.Name.Artifact
_ARTIFACT = -1
_UNMARKED = -2
_CLIPPING = 4
"""The first of the rendering modes in which letters, blanks too, become a clip of what follows (9.3.6)."""
_NOWHERE = Box(0.0, 0.0, 0.0, 0.0)
_THICK = 3.0
"""Points; a line thinner than this may strike a word out, not hide it."""
_PARAMETERS = frozenset({"/Type", "/ca", "/CA", "/LW", "/LC", "/LJ", "/ML"})
_HARMLESS = {"/BM": pikepdf.Name.Normal, "/SMask": pikepdf.Name("/None"), "/AIS": False}
"""Parameters of a graphics state at their defaults; other blend modes and masks change what can be seen."""


def interpret(page: pikepdf.Page, box: Box, fonts: dict[tuple[int, int], Font]) -> Content:
    """Everything ``page`` draws; ``fonts`` holds those read already, by object, and gains new ones."""
    interpreter = _Interpreter(box, fonts)
    interpreter.run(page, page.obj.get("/Resources"))
    return Content(
        interpreter.marked, interpreter.unmarked, interpreter.fills, interpreter.spoken, interpreter.optional
    )


def _refuse(_: Any) -> None:
    raise ExtractionError("The page paints a shading or an inline image, which is not read back.")


class _Interpreter:
    def __init__(self, box: Box, fonts: dict[tuple[int, int], Font]) -> None:
        self.marked: dict[int, list[Drawn]] = {}
        self.unmarked: list[Drawn] = []
        self.fills: list[Fill] = []
        self.spoken: list[Spoken] = []
        self.optional = False
        self._fonts = fonts
        self._state = State(IDENTITY, box, box)
        self._saved: list[State] = []
        self._marks: list[int] = []
        self._voices: list[Spoken | None] = []
        self._matrix = self._line = IDENTITY
        self._shown_as: tuple[Any, Look | None] = None, None
        self._path = Path()
        self._clipping = False
        self._clips = False
        self._order = 0
        self._forms = 0
        self._resources: Any = None
        self._operators = self._table()

    def run(self, stream: Any, resources: Any) -> None:
        """Interpret one stream; operators not named in this class are of no consequence to text."""
        outer, self._resources = self._resources, resources
        if resources is not None and any(key.startswith("/Default") for key in resources.get("/ColorSpace", {})):
            raise ExtractionError("The page gives the device's colours another meaning, which is not read back.")
        for instruction in pikepdf.parse_content_stream(stream):
            action = self._operators.get(str(instruction.operator))
            if action is not None:
                action(instruction.operands)
        self._resources = outer

    def _table(self) -> dict[str, Callable[[Any], None]]:
        return {
            **self._state_operators(),
            **self._text_operators(),
            **self._path_operators(),
            "BMC": self._begin_mark,
            "BDC": self._begin_mark,
            "EMC": self._end_mark,
            "Do": self._draw_object,
            **dict.fromkeys(("sh", "INLINE IMAGE"), _refuse),
        }

    # Graphics state

    def _state_operators(self) -> dict[str, Callable[[Any], None]]:
        def save(_: Any) -> None:
            self._saved.append(self._state.copy())

        def restore(_: Any) -> None:
            self._state = self._saved.pop()

        setters = {name: partial(self._set, setter) for name, setter in SETTERS.items()}
        return {"q": save, "Q": restore, "gs": self._set_parameters, **setters}

    def _set(self, setter: Setter, operands: Any) -> None:
        setter(self._state, operands)

    def _set_parameters(self, operands: Any) -> None:
        parameters = self._resources["/ExtGState"][operands[0]]
        if "/ca" in parameters:
            self._state.alpha = float(parameters["/ca"])
        if "/LW" in parameters:
            self._state.line_width = float(parameters["/LW"])
        for key, value in parameters.items():
            if key not in _PARAMETERS and _HARMLESS.get(key) != value:
                raise ExtractionError(f"A graphics state sets {key}, which is not read back.")

    # Paths

    def _path_operators(self) -> dict[str, Callable[[Any], None]]:
        def rectangle(operands: Any) -> None:
            x, y, width, height = map(float, operands)
            self._path.add_rectangle(x, y, width, height, self._state.ctm)

        def line(operands: Any) -> None:
            self._path.add_point(float(operands[0]), float(operands[1]), self._state.ctm)

        def curve(operands: Any) -> None:
            for at in range(0, len(operands), 2):
                self._path.add_point(float(operands[at]), float(operands[at + 1]), self._state.ctm, curved=True)

        def clip(_: Any) -> None:
            self._clipping = True

        construction = {
            "re": rectangle,
            "m": line,
            "l": line,
            "c": curve,
            "v": curve,
            "y": curve,
            "W": clip,
            "W*": clip,
        }
        fills = dict.fromkeys(("f", "F", "f*"), self._fill_path)
        both = dict.fromkeys(("B", "B*", "b", "b*"), self._fill_and_stroke_path)
        strokes = dict.fromkeys(("S", "s"), self._stroke_path)
        return {**construction, **fills, **both, **strokes, "n": self._end_path}

    def _fill_path(self, operands: Any) -> None:
        for box in self._path.boxes():
            self._paint(box, self._state.colour, self._state.alpha)
        self._end_path(operands)

    def _stroke_path(self, operands: Any) -> None:
        """Thin lines hide no text; of a thick one neither colour nor alpha is followed: it counts as opaque."""
        width, extent = self._state.line_width * scale_of(self._state.ctm), self._path.extent()
        if extent and width > _THICK:
            self._paint(extent.grown(width / 2), None, 1.0)
        self._end_path(operands)

    def _fill_and_stroke_path(self, operands: Any) -> None:
        for box in self._path.boxes():
            self._paint(box, self._state.colour, self._state.alpha)
        self._stroke_path(operands)

    def _paint(self, box: Box, colour: Colour | None, alpha: float) -> None:
        shown = box.intersection(self._state.clip)
        if shown.width and shown.height:
            self.fills.append(Fill(shown, colour, alpha, self._next()))

    def _end_path(self, _: Any) -> None:
        if self._clipping:
            self._state.window = self._state.window.intersection(self._path.window())
            self._state.clip = self._state.clip.intersection(self._path.extent() or self._state.clip)
        self._clipping = False
        self._path = Path()

    # Marked content and objects

    def _begin_mark(self, operands: Any) -> None:
        spoken = len(self.spoken)
        self._marks.append(self._mark(operands))
        own = self.spoken[spoken] if len(self.spoken) > spoken else None
        self._voices.append((self._voices[-1] if self._voices else None) or own)

    def _end_mark(self, _: Any) -> None:
        self._marks.pop()
        self._voices.pop()

    def _mark(self, operands: Any) -> int:
        self.optional = self.optional or operands[0] == _OC
        if operands[0] == _BESIDE:
            return _ARTIFACT
        properties = operands[1] if len(operands) > 1 else None
        if isinstance(properties, pikepdf.Name):
            properties = self._resources["/Properties"][properties]
        outer = self._marks[-1] if self._marks else _UNMARKED
        if properties is None:
            return outer
        keys = properties.keys()
        if self._forms and "/MCID" in keys:
            raise ExtractionError("A group in the PDF holds marks of its own, which are not the page's.")
        if "/Lang" in keys:
            raise ExtractionError("A mark in the PDF has a language of its own, which is not read back.")
        identifier = int(properties["/MCID"]) if "/MCID" in keys else outer
        self.spoken += [Spoken(key, str(properties[key]), identifier) for key in SPOKEN if key in keys]
        if identifier >= 0:
            self.marked.setdefault(identifier, [])
        return identifier

    def _put(self, drawn: Drawn) -> None:
        """Artifacts stay artifacts, whatever is marked inside them."""
        identifier = _ARTIFACT if _ARTIFACT in self._marks else self._marks[-1] if self._marks else _UNMARKED
        (self.unmarked if identifier < 0 else self.marked[identifier]).append(drawn)

    def _draw_object(self, operands: Any) -> None:
        source = self._resources["/XObject"][operands[0]]
        self.optional = self.optional or "/OC" in source
        if source.get("/Group", {}).get("/K", False):
            raise ExtractionError("A group in the PDF knocks out what it is drawn over, which is not read back.")
        match source.get("/Subtype"):
            case pikepdf.Name.Image:
                box = Box.around(apply(self._state.ctm, x, y) for x in (0, 1) for y in (0, 1))
                opaque = self._state.alpha > 0.99 and not {"/SMask", "/Mask", "/ImageMask"} & set(source.keys())
                look = self._state.alpha, self._state.window, is_upright(self._state.ctm)
                self._put(Picture(source, box, opaque, self._next(), *look))
            case pikepdf.Name.Form:
                self._draw_form(source)
            case other:
                raise ExtractionError(f"An external object of type {other} is not read back.")

    def _draw_form(self, source: pikepdf.Object) -> None:
        saved, depth, text = self._state.copy(), len(self._saved), (self._matrix, self._line)
        self._state.ctm = multiply(matrix(source.get("/Matrix", IDENTITY)), self._state.ctm)
        left, bottom, right, top = map(float, source["/BBox"])
        corners = (apply(self._state.ctm, x, y) for x in (left, right) for y in (bottom, top))
        bounds = Box.around(corners)
        self._state.clip = self._state.clip.intersection(bounds)
        self._state.window = self._state.window.intersection(bounds)
        outer = saved.alpha
        self._state.alpha = 1.0
        first = self._order
        self._forms += 1
        self.run(source, source.get("/Resources", self._resources))
        self._forms -= 1
        self._fade(first, outer)
        del self._saved[depth:]
        self._state, (self._matrix, self._line) = saved, text

    def _fade(self, first: int, alpha: float) -> None:
        """A group drawn with an alpha of its own fades all it holds (11.4.7)."""
        if alpha > 0.99:
            return
        looks: dict[int, Look] = {}
        for drawn in (*self.marked.values(), self.unmarked):
            for at, item in enumerate(drawn):
                if isinstance(item, Run) and item.order >= first:
                    faded = looks.setdefault(id(item.look), replace(item.look, alpha=item.look.alpha * alpha))
                    drawn[at] = item._replace(look=faded)
                elif isinstance(item, Picture) and item.order >= first:
                    drawn[at] = item._replace(alpha=item.alpha * alpha, opaque=False)
        self.fills = [f._replace(alpha=f.alpha * alpha) if f.order >= first else f for f in self.fills]

    # Text

    def _text_operators(self) -> dict[str, Callable[[Any], None]]:
        def begin(_: Any) -> None:
            self._matrix = self._line = IDENTITY

        def place(operands: Any) -> None:
            self._matrix = self._line = matrix(operands)

        def move(operands: Any) -> None:
            self._next_line(float(operands[0]), float(operands[1]))

        def move_leading(operands: Any) -> None:
            self._state.leading = -float(operands[1])
            move(operands)

        def next_line(_: Any) -> None:
            self._next_line(0.0, -self._state.leading)

        def end(_: Any) -> None:
            if self._clips:
                self._state.window = _NOWHERE
            self._clips = False

        moving = {"BT": begin, "ET": end, "Tm": place, "Td": move, "TD": move_leading, "T*": next_line}
        return {**moving, "Tf": self._set_font, **self._showing_operators()}

    def _set_font(self, operands: Any) -> None:
        self._state.font, self._state.size = self._font(operands[0]), float(operands[1])

    def _showing_operators(self) -> dict[str, Callable[[Any], None]]:
        def show(operands: Any) -> None:
            self._show([operands[-1]])

        def show_next(operands: Any) -> None:
            self._next_line(0.0, -self._state.leading)
            show(operands)

        def show_spaced(operands: Any) -> None:
            self._state.word_spacing, self._state.char_spacing = float(operands[0]), float(operands[1])
            show_next(operands)

        def show_adjusted(operands: Any) -> None:
            self._show(operands[0])

        return {"Tj": show, "TJ": show_adjusted, "'": show_next, '"': show_spaced}

    def _next_line(self, x: float, y: float) -> None:
        self._matrix = self._line = multiply((1.0, 0.0, 0.0, 1.0, x, y), self._line)

    def _font(self, name: pikepdf.Object) -> Font:
        source = self._resources["/Font"][name]
        if source.objgen not in self._fonts:
            self._fonts[source.objgen] = read_font(source)
        return self._fonts[source.objgen]

    def _show(self, parts: Any) -> None:
        state = self._state
        self._clips = self._clips or state.mode >= _CLIPPING
        place = multiply(self._matrix, state.ctm)
        line = Line(state, single=place[1] != 0)
        for part in parts:
            if isinstance(part, pikepdf.String):
                line.show(bytes(part))
            else:
                line.adjust(float(part))
        line.end()
        look = self._look(state, place)
        for stretch in line.stretches:
            if stretch.gids:
                self._put_run(stretch, look, place)
        self._advance(line.at)

    def _look(self, state: State, place: Matrix) -> Look:
        """The look of what is shown now: one object as long as nothing of it changes."""
        key = (state.font, state.size, state.scaling, state.mode, state.colour, state.alpha, state.window, place[:4])
        known, look = self._shown_as
        if look is None or key != known:
            upright = state.size > 0 and is_upright(multiply((state.scaling, 0, 0, 1, 0, 0), place), squeezed=1.6)
            size, font = state.size * scale_of(place), cast(Font, state.font)
            look = Look(font, size, state.mode, state.colour, state.alpha, state.window, upright)
            self._shown_as = key, look
        return look

    def _put_run(self, stretch: Stretch, look: Look, place: Matrix) -> None:
        """Put ``stretch`` where ``place``, from text space to the page, takes it."""
        a, b, c, d, e, f = place
        rise, first = self._state.rise, stretch.starts[0]
        left = e + rise * c
        starts = tuple([a * start + left for start in stretch.starts])
        ends = tuple([a * end + e for end in stretch.ends])
        y, baseline = first * b + rise * d + f, first * b + f
        spoken = self._voices[-1] if self._voices else None
        texts = tuple(stretch.texts)
        self._put(Run(look, tuple(stretch.gids), texts, starts, ends, y, baseline, self._next(), spoken))

    def _advance(self, by: float) -> None:
        a, b, c, d, e, f = self._matrix
        self._matrix = (a, b, c, d, e + by * a, f + by * b)

    def _next(self) -> int:
        self._order += 1
        return self._order
