"""Language tags (BCP 47) and the direction their scripts are written in."""

from __future__ import annotations

import re
from typing import Final

from exporter.article import Direction
from exporter.readers.scripts import guess_language

__all__ = ["direction_of", "guess_language", "language_tag"]

_PART = r"[0-9A-Za-z]"
_WELL_FORMED: Final = re.compile(
    r"(?P<language>[A-Za-z]{2,3}(?:-[A-Za-z]{3}){0,3}|[A-Za-z]{4,8})"
    r"(?P<script>-[A-Za-z]{4})?"
    r"(?P<region>-(?:[A-Za-z]{2}|[0-9]{3}))?"
    rf"(?P<variants>(?:-(?:{_PART}{{5,8}}|[0-9]{_PART}{{3}}))*)"
    rf"(?P<extensions>(?:-[0-9A-WY-Za-wy-z](?:-{_PART}{{2,8}})+)*)"
    rf"(?P<private>-[Xx](?:-{_PART}{{1,8}})+)?"
    rf"|[Xx](?:-{_PART}{{1,8}})+"
)
_SCRIPTS: Final = (
    "Adlm Arab Aran Armi Avst Chrs Cprt Elym Gara Hatr Hebr Hung Khar Lydi Mand Mani Mend Merc Mero Narb Nbat Nkoo"
    " Orkh Ougr Palm Phli Phlp Phnx Prti Rohg Samr Sarb Sogd Sogo Syrc Syre Syrj Syrn Thaa Todr Yezi"
)
_RIGHT_TO_LEFT_SCRIPTS: Final = frozenset(_SCRIPTS.split())
_LANGUAGES: Final = (
    "ae aii ar arc arq ary arz avl az-IR azb bal bcc bgn bqi brh ckb dv fa fas ara glk gbz haz he heb iw khw kk-CN"
    " ks ku-IQ lrc luz mzn nqo pa-PK per pes pnb prd prs ps pus rhg sam sd sdh skr syc syr ug uig ur urd"
    " uz-AF yi yid ydd"
)
_RIGHT_TO_LEFT_LANGUAGES: Final = frozenset(_LANGUAGES.split())


def language_tag(written: str) -> str:
    """``written`` in the case RFC 5646 recommends (2.1.1); raises ValueError where it is not well-formed."""
    found = _WELL_FORMED.fullmatch(written)
    if not found:
        raise ValueError(f"'{written}' is not a language tag like 'en' or 'pt-BR' (BCP 47)")
    if not found["language"]:
        return written.lower()
    script, region = (found["script"] or "").title(), (found["region"] or "").upper()
    rest = (found["variants"] or "") + (found["extensions"] or "") + (found["private"] or "")
    return found["language"].lower() + script + region + rest.lower()


def direction_of(language: str) -> Direction:
    """The direction of the script ``language`` (BCP 47) is written in: the one it names, else the usual one."""
    found = _WELL_FORMED.fullmatch(language)
    if found and found["script"]:
        return "rtl" if found["script"][1:].title() in _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    first, _, _ = language.partition("-")
    region = f"{first}{found['region'] or ''}" if found and found["language"] else first
    return "rtl" if {first.lower(), region} & _RIGHT_TO_LEFT_LANGUAGES else "ltr"
