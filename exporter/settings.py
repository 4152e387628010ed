"""Settings, typed, each with its default.

``docs/settings.md`` lists every key, ``exporter.settingsfile`` reads them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Literal, TypeAlias, TypeVar

from exporter import profiles
from exporter.emailsettings import Email
from exporter.mailsettings import Mail
from exporter.profiles import Profile
from exporter.stores import Place
from exporter.themes import DEFAULT, Page

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
