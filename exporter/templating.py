"""The Jinja environment and its search path: a house's own templates over the built-in ones.

Sandboxed: a folder of templates runs no code. Article text reaches templates as values only.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from exporter import themes
from exporter.edition import RenderContext
from exporter.themes import Theme

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

_PACKAGE = Path(__file__).parent


def builtin_templates() -> Path:
    """The folder of the built-in templates: inside an installed package, beside it in a checkout."""
    inside = _PACKAGE / "templates"
    return inside if inside.is_dir() else _PACKAGE.parent / "templates"


def search_path(own: Path | None = None) -> tuple[Path, ...]:
    """Folders searched for templates, first match first."""
    return (own, builtin_templates()) if own else (builtin_templates(),)


@lru_cache(maxsize=8)
def environment(folders: tuple[Path, ...]) -> SandboxedEnvironment:
    """An autoescaping, sandboxed environment over ``folders``; an undefined name is an error.

    A template is taken as its file is now, and from the first folder that has it now.
    """
    import jinja2
    from jinja2.sandbox import SandboxedEnvironment

    class Loader(jinja2.FileSystemLoader):
        """Looks again where a template comes from: Jinja's own asks only for the time of the file it took."""

        def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
            before = _state(template, folders)
            source, file, _ = super().get_source(environment, template)
            return source, file, lambda: _state(template, folders) == before

    return SandboxedEnvironment(
        loader=Loader([str(folder) for folder in folders]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
    )


def _state(name: str, folders: tuple[Path, ...]) -> tuple[Path, int, int, int] | None:
    """Which file is the template ``name``, and what the file system says of it; None without one."""
    try:
        file = find(name, folders)
        state = file.stat()
    except OSError:
        return None
    return file, state.st_ino, state.st_size, state.st_mtime_ns


def theme_of(context: RenderContext) -> Theme:
    """The theme of ``context``: the default one, on A4, where it has none."""
    return context.theme or themes.load(themes.DEFAULT, "A4", (*context.templates, builtin_templates()))


def find(name: str, folders: tuple[Path, ...]) -> Path:
    """The first file ``name`` in ``folders``; raises FileNotFoundError naming it."""
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    raise FileNotFoundError(f"No template '{name}' in {', '.join(map(str, folders))}.")
