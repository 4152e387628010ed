"""The font library: every script from pip packages, the same files on every machine.

``library`` builds it once, in about three seconds, and gives its folder. ``families`` names the
fonts to set a text in, in order; ``coverage`` the characters no font has.
"""

from exporter.fonts.flags import plain_flags
from exporter.fonts.library import Entry, Progress, entries, library
from exporter.fonts.selection import Style, coverage, families, remedy

__all__ = ["Entry", "Progress", "Style", "coverage", "entries", "families", "library", "plain_flags", "remedy"]
