"""What languages are called in themselves (Unicode CLDR, by Babel)."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=256)
def autonym(language: str) -> str:
    """The name of ``language`` (BCP 47) in itself; the tag where CLDR has no such language."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language, sep="-").get_display_name() or language
    except (ValueError, UnknownLocaleError):
        return language
