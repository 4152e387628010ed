"""Settings: the nearest ``exporter.toml``, parsed and typed. ``docs/settings.md`` lists every key.

A key this version does not know is refused by file and line, so that a slip of the pen is not a setting lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias, TypeVar

from exporter import mailsettings, profiles, toml
from exporter.characters import Unfit, left_open, unfit
from exporter.emailsettings import Email
from exporter.errors import SettingsError
from exporter.mailsettings import Mail, MailSettingError
from exporter.profiles import Profile
from exporter.stores import Place, place
from exporter.themes import DEFAULT, Page

FILE_NAME: Final = "exporter.toml"

MissingImages: TypeAlias = Literal["error", "placeholder"]
"""What becomes of a picture that cannot be loaded: the article is refused, or its words stand in for it."""

Columns: TypeAlias = Literal[1, 2]
"""In how many columns the pages of an edition are set."""
UnfitCharacters: TypeAlias = Literal["error", "replace"]
"""What becomes of a character no edition can carry: the article is refused, or U+FFFD stands for it."""

UNFIT_CHARACTERS: Final[tuple[UnfitCharacters, ...]] = ("error", "replace")

MISSING_IMAGES: Final[tuple[MissingImages, ...]] = ("error", "placeholder")


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """``[defaults]``: what commands do unless told otherwise, and what articles are unless they say."""

    to: tuple[str, ...] = ("pdf", "docx", "epub", "txt")
    out: Place = Path("dist")
    missing_images: MissingImages = "error"
    unfit_characters: UnfitCharacters = "error"
    strict: bool = False
    accept_losses: tuple[str, ...] = ()
    check: bool = False
    smart: bool = False
    language: str | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    select: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """``[publisher]``: who publishes, and on which terms."""

    name: str | None = None
    rights: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """``[theme]``: how editions look, on pages of which size, None for the theme's own.

    ``templates`` is a folder searched before the built-in templates, for themes too.
    """

    name: str = DEFAULT
    page: Page | None = None
    templates: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pdf:
    """``[pdf]``: how pages are set. ``columns`` is in how many columns the text runs.

    ``attach_source`` lets what the article was read from go along in the file (PDF/A-3).
    """

    columns: Columns = 1
    attach_source: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Docx:
    """``[docx]``: how Word documents are set. ``reference`` has the styles, page, header and footer they take.

    ``number_captions`` sets a label and a number before the captions of figures and tables. ``styles`` says which style
    of a partner's document stands for which of ours, None for a document of the house's own.
    """

    reference: Path | None = None
    number_captions: bool = True
    styles: tuple[tuple[str, str], ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainText:
    """``[txt]``: how plain text is set. ``flowed`` lets mail clients fit the lines (RFC 3676)."""

    flowed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Images:
    """``[images]``: how wide, in pixels, pictures are at most, and how fine those that are made smaller.

    ``screen`` is of editions read on screens, ``page`` of PDF, ``email`` of emails; ``quality`` is JPEG's, 1 to 95 as
    libjpeg counts.
    """

    screen: int = 1600
    page: int = 1100
    email: int = 1200
    quality: int = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Epub:
    """``[epub]``: ``cover`` is whether one is drawn, or the picture that is the cover."""

    cover: bool | Path = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting; ``file`` is where they were read, if anywhere, ``profile`` whom the editions are for."""

    file: Path | None = None
    defaults: Defaults = field(default_factory=Defaults)
    publisher: Publisher = field(default_factory=Publisher)
    theme: Theme = field(default_factory=Theme)
    pdf: Pdf = field(default_factory=Pdf)
    docx: Docx = field(default_factory=Docx)
    txt: PlainText = field(default_factory=PlainText)
    images: Images = field(default_factory=Images)
    epub: Epub = field(default_factory=Epub)
    email: Email = field(default_factory=Email)
    mail: Mail = field(default_factory=Mail)
    profiles: tuple[Profile, ...] = ()
    profile: Profile | None = None

    def for_partner(self, name: str) -> Settings:
        """These settings with what the profile ``name`` has otherwise; raises SettingsError where there is none."""
        profile = profiles.named(name, self.profiles, self.file)
        chosen = self.with_defaults(
            to=profile.to, out=profile.out, theme=profile.theme, page=profile.page, reference_doc=profile.reference
        )
        styles = profile.styles if chosen.docx.reference else None
        return replace(chosen, docx=replace(chosen.docx, styles=styles), profile=profile)

    def with_defaults(
        self,
        *,
        to: tuple[str, ...] | None = None,
        out: Place | None = None,
        missing_images: MissingImages | None = None,
        unfit_characters: UnfitCharacters | None = None,
        strict: bool | None = None,
        accept_losses: tuple[str, ...] | None = None,
        check: bool | None = None,
        attach_source: bool | None = None,
        theme: str | None = None,
        page: Page | None = None,
        reference_doc: Path | None = None,
        smart: bool | None = None,
        language: str | None = None,
        select: str | None = None,
    ) -> Settings:
        """These settings with what a command line or an environment says in place of the file's; None says nothing."""
        return replace(
            self,
            defaults=_over(
                self.defaults,
                to=to,
                out=out,
                missing_images=missing_images,
                unfit_characters=unfit_characters,
                strict=strict,
                accept_losses=accept_losses,
                check=check,
                smart=smart,
                language=language,
                select=select,
            ),
            theme=_over(self.theme, name=theme, page=page),
            docx=_over(self.docx, reference=reference_doc),
            pdf=_over(self.pdf, attach_source=attach_source),
        )


_Table = TypeVar("_Table", Defaults, Theme, Docx, Pdf)


def _over(table: _Table, **said: object) -> _Table:
    """``table`` with what was said; None says nothing."""
    return replace(table, **{key: value for key, value in said.items() if value is not None})  # type: ignore[arg-type]


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


# --- Reading ----------------------------------------------------------------------------------

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
