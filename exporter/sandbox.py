"""Jinja for templates nobody vouches for: they run no code, open no file, and come to an end.

Jinja's sandbox refuses what leads to Python's internals. It counts no steps, though, and measures no memory: loops
within loops never end, and a text that doubles itself fills the machine. So each pass of a loop and each call is
counted, numbers stay small, and while a template is at work the process may take so much memory more and no further
(``RLIMIT_AS``, where the system heeds it: Linux does, macOS does not).
"""

from __future__ import annotations

import os
import resource
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, Final

import jinja2
from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

STEPS: Final = 2_000_000
"""Passes of loops and calls one rendering may take; an issue of 1,000 articles needs some thousand."""

ROOM: Final = 1 << 30
"""Bytes of address space one rendering may take beyond what the process has."""

_DIGITS: Final = 4096
"""Bits of the largest number a template may reckon with: powers of powers take for ever."""

_LONGEST: Final = 1 << 20
"""Bytes of the largest template; the built-in ones have some ten thousand."""

_left: ContextVar[list[int]] = ContextVar("steps left")


class Template(jinja2.Template):
    """A template whose rendering has a budget of its own, together with all it includes, imports and calls."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        """The text; raises jinja2's SecurityError where the budget is used up, MemoryError where the room is."""
        token = _left.set([STEPS])
        try:
            with _ROOM.kept(ROOM):
                return super().render(*args, **kwargs)
        finally:
            _left.reset(token)


class Environment(ImmutableSandboxedEnvironment):
    """Jinja's sandbox that also counts: values cannot be changed, and paths are no values."""

    template_class = Template
    intercepted_binops = frozenset(("*", "**"))

    def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:
        for loop in source.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, "counted", [], [], None, None)
        return super()._generate(source, *args, **kwargs)

    def call(__self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        """Call what is safe to be called, as a step."""
        _step()
        return super().call(__context, __obj, *args, **kwargs)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """``left * right``, ``left ** right``; of large numbers, and of powers by large ones, SecurityError."""
        numbers = [each for each in (left, right) if isinstance(each, int)]
        if len(numbers) == 2 and _bits(operator, *numbers) > _DIGITS:
            raise SecurityError(f"a number of more than {_DIGITS} bits is too large for a template")
        return super().call_binop(context, operator, left, right)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may have ``obj.attr``: nothing of a path, which could be opened, written and removed."""
        return not isinstance(obj, os.PathLike) and super().is_safe_attribute(obj, attr, value)


def environment(loader: jinja2.BaseLoader) -> Environment:
    """An autoescaping sandbox over ``loader``; an undefined name is an error."""
    made = Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, keep_trailing_newline=True)
    made.filters["counted"] = _counted
    return made


class Loader(jinja2.BaseLoader):
    """Takes a template where ``find`` finds it, as it is now; ``find`` gives None where there is none."""

    def __init__(self, find: Callable[[str], Path | None]) -> None:
        self._find = find

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:  # noqa: ARG002
        """The source, its file, and what tells whether the same would be taken again."""
        file, state = self._found(template)
        if file is None or state is None:
            raise jinja2.TemplateNotFound(template)
        if file.stat().st_size > _LONGEST:
            raise SecurityError(f"{file} is too large for a template")
        return file.read_text(encoding="utf-8"), str(file), lambda: self._found(template) == (file, state)

    def _found(self, template: str) -> tuple[Path | None, tuple[int, int, int] | None]:
        """The file, and what the file system says of it."""
        file = self._find(template)
        try:
            state = file.stat() if file else None
        except OSError:
            return None, None
        return file, state and (state.st_ino, state.st_size, state.st_mtime_ns)


def _counted(values: Iterable[Any]) -> Iterator[Any]:
    for value in values:
        _step()
        yield value


def _step() -> None:
    left = _left.get([STEPS])
    left[0] -= 1
    if left[0] < 0:
        raise SecurityError(f"more than {STEPS} loops and calls: it may never end")


def _bits(operator: str, left: int, right: int) -> int:
    """How many bits the result may have."""
    if operator == "*":
        return left.bit_length() + right.bit_length()
    return left.bit_length() * max(1, abs(right))


class _Room:
    """How much this process may take while templates are at work: all its threads together, for the limit is theirs."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._at_work = 0
        self._before = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)

    @contextmanager
    def kept(self, room: int) -> Iterator[None]:
        """Let this process take ``room`` bytes more than it has, and no further, until the last template is done."""
        with self._lock:
            if not self._at_work:
                self._before = resource.getrlimit(resource.RLIMIT_AS)
                self._limit(room)
            self._at_work += 1
        try:
            yield
        finally:
            with self._lock:
                self._at_work -= 1
                if not self._at_work:
                    resource.setrlimit(resource.RLIMIT_AS, self._before)

    def _limit(self, room: int) -> None:
        soft, hard = self._before
        taken = _taken()
        if taken and (soft == resource.RLIM_INFINITY or soft > taken + room):
            resource.setrlimit(resource.RLIMIT_AS, (taken + room, hard))


def _taken() -> int:
    """Bytes of address space this process has; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError):
        return 0
    return pages * resource.getpagesize()


_ROOM: Final = _Room()
