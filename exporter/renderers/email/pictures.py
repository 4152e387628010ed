"""The pictures of an email: parts of the message, named by a ``cid:`` URL (RFC 2392), or files on a web server.

Either way a picture is named by the digest of its pixels, so that what reads the body knows which one is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, assert_never

from exporter.edition import Resource
from exporter.errors import RenderError
from exporter.renderers.email.options import Options

_DOMAIN: Final = "pictures.exporter"
_SHOWN: Final = re.compile(r'src="cid:([^"]*)"')
_SUFFIXES: Final = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif"}


def content_id(picture: Resource) -> str:
    """The Content-ID of ``picture``, without angle brackets; raises RenderError for one without a digest."""
    return f"{_digest(picture)}@{_DOMAIN}"


def file_name(picture: Resource) -> str:
    """The name of ``picture`` as a file; raises RenderError for a kind that mail clients do not show."""
    suffix = _SUFFIXES.get(picture.media_type)
    if suffix is None:
        raise RenderError(f"'{picture.source}' is {picture.media_type}; mail shows PNG, JPEG and GIF. Convert it.")
    return f"{_digest(picture)}.{suffix}"


def address(picture: Resource, asked: Options) -> str:
    """The URL of ``picture`` in the body; raises RenderError as ``content_id`` and ``file_name`` do."""
    name = file_name(picture)
    match asked.pictures:
        case "cid":
            return f"cid:{content_id(picture)}"
        case "url":
            return f"{asked.picture_base.rstrip('/')}/{name}"
        case _:
            assert_never(asked.pictures)


def pictures(body: bytes, resources: Iterable[Resource]) -> dict[str, Resource]:
    """Those of ``resources`` that the HTML ``body`` shows, by Content-ID, in order, each once.

    A message that has its pictures by ``cid:`` has just these parts. Raises RenderError for a picture that is none of
    them.
    """
    known = {content_id(picture): picture for picture in resources if picture.digest}
    named = dict.fromkeys(_SHOWN.findall(body.decode("utf-8")))
    if missing := [name for name in named if name not in known]:
        raise RenderError(f"The email shows a picture there is no longer, '{missing[0]}'. Build it again.")
    return {name: known[name] for name in named}


def _digest(picture: Resource) -> str:
    if not picture.digest:
        raise RenderError(f"'{picture.source}' has no digest to be named by. Load it with exporter.images.resource.")
    return picture.digest
