"""What stands in a newspaper text beside the story: datelines, bylines, dates, credits, calls to read elsewhere."""

from __future__ import annotations

import re
from typing import Final

from exporter.readers.sentences import is_closed

_AGENCY: Final = re.compile(
    r"(?:[^\W\d_][^()]{1,40})?\([^()]{2,40}\)\s?(?:\.?[-–—]|:)"
    r"|[^\W\d_][^/.]{1,40}\.? /[^/]{2,20}/|\w{2,16}日[电電](?![话話力气気車视])"
)
_CAPITALS: Final = re.compile(r"[^\W\d_]{4,}(?: [^\W\d_]+)?: ")
_PLACE: Final = re.compile(r"(?P<place>[^\W\d_][^()–—]{1,30}?)(?:,[^–—]{1,20})?\s[-–—]+\s")
_DATE: Final = re.compile(r"(?<!\d)\d{4}(?!\d)|\d{1,2}[.:h]\d{2}|\d{1,2}[./]\d{1,2}")
_HOUR: Final = re.compile(r"\d{1,2}[.:]\d{2}")
_LABEL: Final = re.compile(r"[^\W\d_]+( [^\W\d_]+)?: (?=.*\d)")
_ADDRESS: Final = re.compile(r"://|www\.|@\w|\S@\S|©|\(c\)|\||#\w", re.IGNORECASE)
_PHOTOGRAPH: Final = re.compile(
    r"[/(:,]\s*(?:AP|AFP|dpa|EPA|Getty|Reuters|Alamy|Shutterstock|Imago|iStock)\b|\bGetty Images\b", re.IGNORECASE
)
_LABELLED: Final = re.compile(r"[^:：]{2,30}[:：]\s*\S[^:：]*[/][^:：]*")
_NAMED: Final = re.compile(r"\w+(?: [^\W\d_][^\s,]+){2,4}, ")
_CALL: Final = re.compile(
    r"(?:(?:read|see|watch|listen|more|also|related|photos?|images?|videos?|pictures?|source|credit|caption|file"
    r"|lesen|mehr|foto|bild|quelle|lire|voir|aussi|leer|lea|lee|ver|vea|fuente|imagen|leggi|leia|veja|imagem"
    r"|читайте|фото|видео|источник"
    r"|updated?|correction|clarification|editor['’]s note|korrektur|anmerkung|rectificatif|corrección|correção)"
    r"\b[^.!?:：]{0,24}[:：]"
    r"|(?:advertisement|anzeige|publicité|publicidad|pubblicità|реклама|subscribe|sign up|click|share this"
    r"|see also|read next|most read|related (?:articles|stories|topics|news)|mehr zum thema|lesen sie auch"
    r"|(?:à )?lire aussi|lea también|leia também|leggi anche|lees ook|läs också|czytaj także|читайте также"
    r"|baca juga|اقرأ أيضا"
    r"|follow us|reporting by|editing by|edited by|additional reporting|story continues|more to follow)\b)",
    re.IGNORECASE,
)
_SMALL: Final = frozenset(
    (
        *("and", "for", "in", "at", "of", "und", "für", "aus", "et", "pour", "à", "y", "e", "en", "de", "da", "di"),
        *("do", "van", "von", "och", "og", "ja", "i", "и", "для", "в"),
    )
)
"""Small words that stand between the names of a byline."""


_BY: Final = frozenset(("By", "Von", "Par", "Por", "Di", "De", "Door", "Av", "Af", "Autor", "Text", "Автор", "Από"))


def begins_anew(text: str) -> bool:
    """Whether ``text`` begins with a dateline: a place and an agency in brackets, or a place in capitals."""
    place, capitals = _PLACE.match(text), _CAPITALS.match(text)
    return (
        _AGENCY.match(text) is not None
        or (place is not None and place["place"].isupper())
        or (capitals is not None and capitals[0].isupper() and is_closed(text))
    )


def is_front_matter(text: str) -> bool:
    """Whether ``text`` looks like a byline or a date: names alone, or a few words with a year or an hour."""
    words = text.split()
    if not 1 <= len(words) <= 8 or is_closed(text) or (text.isupper() and len(words) > 1):
        return False
    if words[0] in _BY and _NAMED.match(text):
        return True
    if any(map(str.isdigit, text)):
        return (
            not _HOUR.fullmatch(text)
            and _DATE.search(text) is not None
            and ":" not in _HOUR.sub("", _LABEL.sub("", text, count=1))
        )
    return ":" not in text and all(word[:1].isupper() or word in _SMALL for word in words) and words[-1] not in _SMALL


def is_credited(text: str) -> bool:
    """Whether ``text`` is front matter beyond doubt: a date, or a byline that says so ("By", "Von", "Par" …)."""
    return is_front_matter(text) and (any(map(str.isdigit, text)) or text.split()[0] in _BY)


def is_beside(text: str) -> bool:
    """Whether ``text`` holds an address, a credit or a call to read on elsewhere.

    The calls are words of a dozen languages; everything else goes by form.
    """
    return (
        _ADDRESS.search(text) is not None
        or _PHOTOGRAPH.search(text) is not None
        or _LABELLED.fullmatch(text) is not None
        or _CALL.match(text) is not None
    )
