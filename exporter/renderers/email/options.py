"""What can be asked of the bodies of an email: ``RenderContext.options``, typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final, Literal, TypeAlias

from exporter.edition import RenderContext
from exporter.errors import RenderError

Source: TypeAlias = Literal["cid", "url"]
"""Where an email's pictures come from: the message itself (RFC 2392), or a web server."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What both bodies of an email depend on beside the article.

    ``preheader`` is what lists of mails show beside the subject. ``pictures`` at a "url" are looked for below
    ``picture_base``. ``greeting`` has ``#`` where the recipient's name belongs, "" for none; ``imprint`` stands at the
    foot, a line each. ``unsubscribe`` is whether the link to leave is shown. With ``sample`` a marked sample recipient
    stands in the slots: such a body is to be looked at, and never sent.
    """

    preheader: str = ""
    pictures: Source = "cid"
    picture_base: str = ""
    unsubscribe: bool = True
    greeting: str = ""
    imprint: str = ""
    sample: bool = False


_WORDS: Final = frozenset({"preheader", "picture_base", "greeting", "imprint"})


def options(context: RenderContext) -> Options:
    """The options of ``context``; raises RenderError for what there is none of, and for a value that is none."""
    given: Mapping[str, object] = context.options
    known = [field.name for field in fields(Options)]
    for name, value in given.items():
        if name not in known:
            raise RenderError(f"Emails have no option '{name}'. There are: {', '.join(known)}.")
        if not _fits(name, value):
            raise RenderError(
                f"The option '{name}' of emails cannot be {value!r}. docs/email-body.md tells what it is."
            )
    asked = Options(**given)  # type: ignore[arg-type]  # each was looked at
    if asked.pictures == "url" and not asked.picture_base.startswith(("https://", "http://")):
        raise RenderError("Pictures by URL need the address they lie below. Set picture_base to 'https://…'.")
    return asked


def _fits(name: str, value: object) -> bool:
    match name:
        case "pictures":
            return value in ("cid", "url")
        case _ if name in _WORDS:
            return isinstance(value, str)
        case _:
            return isinstance(value, bool)
