"""``[email]`` of ``exporter.toml``: what the bodies of emails have around an article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

EmailPictures: TypeAlias = Literal["cid", "url"]
"""Where the pictures of an email come from: the message itself (RFC 2392), or a web server."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Email:
    """Every key of the table.

    ``pictures`` at a "url" are looked for below ``picture_base``. ``greeting`` is whether recipients are greeted, or
    the words, ``#`` where a name belongs; ``imprint`` stands at the foot, a line each; ``unsubscribe`` is whether the
    link to leave is shown. With ``sample`` a marked sample recipient stands in the slots. ``preheader``, which no file
    says, is what lists of mails show; None for the summary or the standfirst.
    """

    pictures: EmailPictures = "cid"
    picture_base: str | None = None
    greeting: bool | str = False
    imprint: str | None = None
    unsubscribe: bool = True
    sample: bool = False
    preheader: str | None = None
