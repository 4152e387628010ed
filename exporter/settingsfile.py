"""The settings' file: the nearest ``exporter.toml``, parsed.

A key this version does not know is refused by file and line, so that a slip of the pen is not a setting lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

from exporter import mailsettings, profiles, toml
from exporter.characters import Unfit, left_open, unfit
from exporter.emailsettings import Email
from exporter.errors import SettingsError
from exporter.mailsettings import Mail, MailSettingError
from exporter.settings import Defaults, Docx, Epub, Images, Pdf, PlainText, Publisher, Settings, Theme
from exporter.stores import place

FILE_NAME: Final = "exporter.toml"


def find(folders: Iterable[Path]) -> Path | None:
    """The nearest ``exporter.toml``: in the first of ``folders`` or upward from it, then from the next."""
    for folder in folders:
        start = folder.resolve()
        for candidate in (start, *start.parents):
            if (candidate / FILE_NAME).is_file():
                return candidate / FILE_NAME
    return None


def load(path: Path) -> Settings:
    """The settings in the file ``path``; raises SettingsError, naming the line."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read ({error.strerror}). Name another file with --config.") from error
    try:
        tables = toml.parse(content)
    except toml.TomlError as error:
        raise SettingsError(f"{path}:{error.line}: {error.message}.") from error
    return _Reading(path, content).settings(tables)


# --- Keys -------------------------------------------------------------------------------------

_Kind: TypeAlias = Literal[
    "text",
    "texts",
    "path",
    "place",
    "switch",
    "missing_images",
    "columns",
    "cover",
    "unfit_characters",
    "pixels",
    "quality",
    "page",
    "pictures",
    "greeting",
]

_KEYS: Final[Mapping[str, Mapping[str, _Kind]]] = {
    "defaults": {
        "to": "texts",
        "out": "place",
        "missing_images": "missing_images",
        "smart": "switch",
        "language": "text",
        "authors": "texts",
        "section": "text",
        "unfit_characters": "unfit_characters",
        "strict": "switch",
        "accept_losses": "texts",
        "check": "switch",
        "select": "text",
    },
    "publisher": {"name": "text", "rights": "text"},
    "theme": {"name": "text", "page": "page", "templates": "path"},
    "pdf": {"columns": "columns", "attach_source": "switch"},
    "docx": {"reference": "path", "number_captions": "switch"},
    "txt": {"flowed": "switch"},
    "images": {"screen": "pixels", "page": "pixels", "email": "pixels", "quality": "quality"},
    "epub": {"cover": "cover"},
    "email": {
        "pictures": "pictures",
        "picture_base": "text",
        "greeting": "greeting",
        "imprint": "text",
        "unsubscribe": "switch",
        "sample": "switch",
    },
}


_TABLES: Final = (*_KEYS, "mail", "profile")


@dataclass(frozen=True, slots=True)
class _Reading:
    """One settings file being read."""

    path: Path
    content: bytes

    def settings(self, tables: Mapping[str, Any]) -> Settings:
        for name, table in tables.items():
            if name != "profile":
                self._check(name, table)
        values = {name: self._table(name, tables.get(name, {})) for name in _KEYS}
        return Settings(
            file=self.path,
            defaults=Defaults(**values["defaults"]),
            publisher=Publisher(**values["publisher"]),
            theme=Theme(**values["theme"]),
            pdf=Pdf(**values["pdf"]),
            docx=Docx(**values["docx"]),
            txt=PlainText(**values["txt"]),
            images=Images(**values["images"]),
            epub=Epub(**values["epub"]),
            email=Email(**values["email"]),
            mail=self._mail(tables.get("mail", {})),
            profiles=profiles.read(self.path, self.content, tables.get("profile", {})),
        )

    def _mail(self, table: Mapping[str, Any]) -> Mail:
        for key, value in table.items():
            self._refuse_unfit("mail", key, value)
        try:
            return mailsettings.parse(table, self.path.parent)
        except MailSettingError as error:
            raise self._error("mail", error.key, str(error)) from error

    def _check(self, name: str, table: object) -> None:
        if name not in _TABLES:
            raise self._error(name, None, f"no table '{name}'. Known: {', '.join(_TABLES)}")
        if not isinstance(table, dict):
            raise self._error(name, None, f"'{name}' is a table; write [{name}] above its keys")

    def _table(self, name: str, table: Mapping[str, Any]) -> dict[str, Any]:
        return {key: self._value(name, key, value) for key, value in table.items()}

    def _value(self, table: str, key: str, value: object) -> object:
        if key not in _KEYS[table]:
            raise self._error(table, key, f"no key '{key}' in [{table}]. Known: {', '.join(_KEYS[table])}")
        kind = _KEYS[table][key]
        self._refuse_unfit(table, key, value)
        match kind, value:
            case "text", str():
                return value
            case "texts", list() if all(isinstance(each, str) for each in value):
                return tuple(value)
            case ("switch" | "cover" | "greeting", bool()) | ("greeting", str()) | ("pictures", "cid" | "url"):
                return value
            case "path" | "cover", str() if value:
                return self.path.parent / value
            case "place", str() if value:
                named = place(value)
                return self.path.parent / named if isinstance(named, Path) else named
            case ("missing_images", "error" | "placeholder") | ("unfit_characters", "error" | "replace"):
                return value
            case "pixels", int() if not isinstance(value, bool) and 100 <= value <= 10_000:
                return value
            case "quality", int() if not isinstance(value, bool) and 1 <= value <= 95:
                return value
            case "page", "A4" | "Letter":
                return value
            case "columns", 1 | 2 if not isinstance(value, bool):
                return value
            case _:
                raise self._error(table, key, f"'{key}' is {_EXPECTED[kind]}")

    def _refuse_unfit(self, table: str, key: str, value: object) -> None:
        if found := _first_unfit(value):
            raise self._error(table, key, f"'{key}': {found.sentence.rstrip('.')}")

    def _error(self, table: str, key: str | None, message: str) -> SettingsError:
        line = toml.line_of(self.content, table, key)
        return SettingsError(f"{self.path}:{line}: {message}.")


def _first_unfit(value: object) -> Unfit | None:
    """The first character of a text, or of a list of texts, that no edition can carry."""
    texts = value if isinstance(value, list) else [value]
    judged = ((*unfit(text), *left_open(text)) for text in texts if isinstance(text, str))
    return next((each for found in judged for each in found), None)


_EXPECTED: Final[Mapping[_Kind, str]] = {
    "text": 'a text: "…"',
    "texts": 'a list of texts: ["…", "…"]',
    "path": 'a path as a text: "…"',
    "place": 'a path or a URL as a text: "…"',
    "switch": "true or false",
    "missing_images": '"error" or "placeholder"',
    "columns": "1 or 2",
    "page": '"A4" or "Letter"',
    "pixels": "a number of pixels, 100 to 10000",
    "quality": "a number from 1 to 95",
    "cover": 'true, false or a picture: "…"',
    "pictures": '"cid" or "url"',
    "greeting": 'true, false or the words: "Hello #,"',
    "unfit_characters": '"error" or "replace"',
}
