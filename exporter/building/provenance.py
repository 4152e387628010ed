"""What a set of editions is made of, as its manifest tells."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import TypeAlias

from exporter.building import house
from exporter.building.manifest import file_digest, folder_digest
from exporter.building.plan import Plan
from exporter.emailsettings import Email

Options: TypeAlias = dict[str, str | int | None]


def options(plan: Plan) -> Options:
    """The settings of ``plan`` that editions depend on; of files, the digests of their contents."""
    settings = plan.settings
    return {
        "attach_source": settings.pdf.attach_source,
        "columns": settings.pdf.columns,
        "cover": _cover(settings.epub.cover),
        "date": plan.date.isoformat() if plan.date else None,
        "email": _email(settings.email),
        "email_pixels": settings.images.email,
        "flowed": settings.txt.flowed,
        "image_quality": settings.images.quality,
        "language": settings.defaults.language,
        "missing_images": settings.defaults.missing_images,
        "number_captions": settings.docx.number_captions,
        "page": house.theme(settings).page,
        "page_pixels": settings.images.page,
        "reference": file_digest(settings.docx.reference),
        "screen_pixels": settings.images.screen,
        "select": settings.defaults.select,
        "smart": settings.defaults.smart,
        "styles": _styles(settings.docx.styles),
        "templates": folder_digest(settings.theme.templates),
        "theme": settings.theme.name,
        "unfit_characters": settings.defaults.unfit_characters,
    }


def _email(email: Email) -> str:
    """One digest of all that is asked of emails: it may be long."""
    return hashlib.sha256(json.dumps(asdict(email), sort_keys=True).encode()).hexdigest()


def _cover(cover: bool | Path) -> str:
    """What covers are made of: "drawn", "none", or the digest of the picture that is the cover."""
    if isinstance(cover, Path):
        return hashlib.sha256(cover.read_bytes()).hexdigest() if cover.is_file() else "none"
    return "drawn" if cover else "none"


def _styles(styles: tuple[tuple[str, str], ...] | None) -> str | None:
    """Which style of a partner's document stands for which of ours, as one text."""
    return None if styles is None else ", ".join(f"{ours} = {theirs}" for ours, theirs in sorted(styles))


def source_path(path: Path, plan: Plan) -> str:
    """``path`` as a manifest names it: as given where it is relative, else from ``plan.base``; a copy by its URL."""
    place = plan.origins.place(path)
    if isinstance(place, Path) and place.is_absolute():
        return Path(os.path.relpath(place, plan.base)).as_posix()
    return place.as_posix()
