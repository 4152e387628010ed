"""The Jinja environment and its search path: a house's own templates over the built-in ones.

Sandboxed: a folder of templates runs no code. Article text reaches templates as values only.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from exporter import themes
from exporter.edition import RenderContext
from exporter.folders import file_in
from exporter.themes import Theme

if TYPE_CHECKING:
    from exporter.sandbox import Environment

_PACKAGE = Path(__file__).parent


def builtin_templates() -> Path:
    """The folder of the built-in templates: inside an installed package, beside it in a checkout."""
    inside = _PACKAGE / "templates"
    return inside if inside.is_dir() else _PACKAGE.parent / "templates"


def search_path(own: Path | None = None) -> tuple[Path, ...]:
    """Folders searched for templates, first match first."""
    return (own, builtin_templates()) if own else (builtin_templates(),)


@lru_cache(maxsize=8)
def environment(folders: tuple[Path, ...]) -> Environment:
    """An autoescaping, sandboxed environment over ``folders``; an undefined name is an error.

    A template is taken as its file is now, and from the first folder that has it now.
    """
    from exporter import sandbox

    return sandbox.environment(sandbox.Loader(lambda name: first(name, folders)))


def theme_of(context: RenderContext) -> Theme:
    """The theme of ``context``: the default one, on A4, where it has none."""
    return context.theme or themes.load(themes.DEFAULT, "A4", (*context.templates, builtin_templates()))


def find(name: str, folders: tuple[Path, ...]) -> Path:
    """The first file ``name`` in ``folders``; raises FileNotFoundError naming it, SettingsError as ``first`` does."""
    if found := first(name, folders):
        return found
    raise FileNotFoundError(f"No template '{name}' in {', '.join(map(str, folders))}.")


def first(name: str, folders: tuple[Path, ...]) -> Path | None:
    """The first file ``name`` in ``folders``, None without one; raises SettingsError for a link that leads out."""
    return next((found for folder in folders if (found := file_in(folder, name))), None)
