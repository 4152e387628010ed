"""The Jinja environment and its search path: a house's own templates over the built-in ones.

Sandboxed: a folder of templates runs no code. Article text reaches templates as values only.
"""

from __future__ import annotations

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
    """An autoescaping, sandboxed environment over ``folders``; an undefined name is an error."""
    import jinja2
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(
        loader=jinja2.FileSystemLoader([str(folder) for folder in folders]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
    )


def theme_of(context: RenderContext) -> Theme:
    """The theme of ``context``: the default one, on A4, where it has none."""
    return context.theme or themes.load(themes.DEFAULT, "A4", (*context.templates, builtin_templates()))


def find(name: str, folders: tuple[Path, ...]) -> Path:
    """The first file ``name`` in ``folders``; raises FileNotFoundError naming it."""
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    raise FileNotFoundError(f"No template '{name}' in {', '.join(map(str, folders))}.")
