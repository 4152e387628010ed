"""The words an edition adds to an article, by language: "Notes", "By". They are furniture.

They stand in ``templates/labels/<language>.toml``; a language without a file uses its parent
(RFC 4647 lookup: ``pt-BR`` → ``pt``), at last English.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Literal, assert_never

from exporter import toml
from exporter.characters import left_open, unfit
from exporter.errors import SettingsError
from exporter.folders import file_in


@dataclass(frozen=True, slots=True)
class Labels:
    """Generated words in one language (``language``: the label file used, BCP 47).

    ``figure`` and ``table`` stand before captions, ``issue`` tells the number of a newsletter's issue; ``#`` is where
    the number belongs. ``greeting`` has it where the recipient's name belongs, with words on one side of it alone;
    ``subscribed`` says why somebody gets an email.
    """

    language: str
    by: str
    published: str
    updated: str
    contents: str
    notes: str
    note: str
    links: str
    image: str
    credit: str
    back: str
    start: str
    page: str
    greeting: str
    subscribed: str
    unsubscribe: str
    online: str
    figure: str
    table: str
    issue: str


def date_label(labels: Labels, role: Literal["published", "updated"]) -> str:
    """What stands before a date an edition shows."""
    match role:
        case "published":
            return labels.published
        case "updated":
            return labels.updated
        case _:
            assert_never(role)


def beside(language: str, labels: Labels, folders: tuple[Path, ...]) -> Labels:
    """The labels for a text in ``language`` inside of one with ``labels``: those, where ``folders`` have no own."""
    own = load(language, folders)
    return own if is_of(own, language) else labels


def is_of(labels: Labels, language: str) -> bool:
    """Whether ``labels`` are in ``language``, or in one it is a kind of."""
    return labels.language in _fallbacks(language)


def load(language: str, folders: tuple[Path, ...]) -> Labels:
    """The labels for ``language`` from the first of ``folders`` that has them; raises SettingsError."""
    for candidate in (*_fallbacks(language), "en"):
        for folder in folders:
            if path := file_in(folder, f"labels/{candidate}.toml"):
                return _parse(candidate, path, path.read_bytes())
    raise SettingsError("No labels/en.toml in the templates. Reinstall article-exporter.")


def _fallbacks(language: str) -> list[str]:
    subtags = language.split("-")
    return ["-".join(subtags[:count]) for count in range(len(subtags), 0, -1)]


@lru_cache(maxsize=64)
def _parse(language: str, path: Path, content: bytes) -> Labels:
    """The labels in ``content``, that of ``path``: whoever mends the file in a long run gets what it says now."""
    try:
        words = toml.parse(content)
    except toml.TomlError as error:
        raise SettingsError(f"{path}:{error.line}: {error.message}. Mend it.") from error
    names = {f.name for f in fields(Labels)} - {"language"}
    if wrong := sorted(names ^ set(words)):
        raise SettingsError(f"{path}: missing or unknown label: {', '.join(wrong)}.")
    if wrong := sorted(name for name in names if not isinstance(words[name], str)):
        raise SettingsError(f"{path}: no text in quotation marks: {', '.join(wrong)}.")
    if wrong := sorted(name for name in names if any((*unfit(words[name]), *left_open(words[name])))):
        raise SettingsError(f"{path}: no edition can carry a character of: {', '.join(wrong)}.")
    if wrong := sorted(name for name in ("figure", "greeting", "table", "issue") if words[name].count("#") != 1):
        raise SettingsError(f"{path}: not one '#' for the number or the name in: {', '.join(wrong)}.")
    return Labels(language=language, **words)
