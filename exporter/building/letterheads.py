"""What an email has around its article, by the settings: asked of its renderers, and what it is held to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from exporter.article import Metadata
from exporter.emailsettings import Email
from exporter.labels import Labels
from exporter.verifier import Letterhead
from exporter.walk import normalise


def asked(email: Email, said: Mapping[str, object]) -> Email:
    """What the house asks of emails, with what an issue ``said`` in its place."""
    return replace(email, **said)  # type: ignore[arg-type]  # by the names of its fields


def options(email: Email, metadata: Metadata, labels: Labels) -> dict[str, object]:
    """What is asked of a renderer of either body."""
    return {
        "preheader": preheader(email, metadata),
        "pictures": email.pictures,
        "picture_base": email.picture_base or "",
        "greeting": _greeting(email, labels),
        "imprint": email.imprint or "",
        "unsubscribe": email.unsubscribe,
        "sample": email.sample,
    }


def planned(email: Email, metadata: Metadata, format_: str) -> Letterhead:
    """What is planned around an email in ``format_``; plain text has no place for a preheader."""
    base = "cid:" if email.pictures == "cid" else f"{(email.picture_base or '').rstrip('/')}/"
    return Letterhead(
        preheader=preheader(email, metadata) if format_ == "email.html" else None,
        unsubscribe=email.unsubscribe,
        pictures=base,
        sample=email.sample,
    )


def words(email: Email, labels: Labels) -> frozenset[str]:
    """What the house itself says around an email, word for word."""
    lines = (email.imprint or "").splitlines()
    return frozenset(map(normalise, (*lines, *_greeting(email, labels).split("#"))))


def preheader(email: Email, metadata: Metadata) -> str:
    """What lists of mails show beside the subject: what is told, else the summary, else the standfirst."""
    told = metadata.summary or metadata.subtitle or "" if email.preheader is None else email.preheader
    return normalise(told)


def _greeting(email: Email, labels: Labels) -> str:
    match email.greeting:
        case str() as said:
            return said
        case True:
            return labels.greeting
        case False:
            return ""
