"""From a source file to an article that is complete: metadata, pictures, links, nothing dropped.

Names are imported when first used: what an article needs to be found is little, to be read much.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from exporter.loading.loaded import Loaded, Reading
    from exporter.loading.opening import load

__all__ = ["Loaded", "Reading", "load"]


def __getattr__(name: str) -> Any:
    """The public name ``name`` (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module 'exporter.loading' has no attribute '{name}'")
    from exporter.loading import loaded, opening

    return getattr(opening if name == "load" else loaded, name)
