"""Plans as JSON: one file beside the issue's, replaced whole. A plan whose seal is broken is none."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from exporter import durable
from exporter.distribution.records import BodyRecord, FileRecord, Held, LetterRecord, Plan, Row, TextRecord
from exporter.mail.errors import MailError

SCHEMA: Final = 1


def dump(plan: Plan) -> bytes:
    """``plan`` as JSON of UTF-8: the same plan, the same bytes; a digest of the rest is its seal."""
    document = {"schema": SCHEMA, **asdict(plan), "date": plan.date.astimezone(UTC).isoformat()}
    document["held"] = [{**asdict(each), "embargo": each.embargo and each.embargo.isoformat()} for each in plan.held]
    return _json({**document, "seal": _seal(document)})


def _json(document: Mapping[str, Any]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _seal(document: Mapping[str, Any]) -> str:
    return hashlib.sha256(_json(document)).hexdigest()


def parse(content: bytes, file: str) -> Plan:
    """The plan in ``content``; raises MailError where it is none, or was changed by hand."""
    try:
        document = json.loads(content)
        seal = document.pop("seal")
        if document["schema"] != SCHEMA or seal != _seal(document):
            raise ValueError("it was changed, or is of another version")
        return _plan({key: value for key, value in document.items() if key != "schema"})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise MailError(f"{file}: no plan of exporter ({error}). Plan the issue again: exporter mail plan") from error


def _plan(document: dict[str, Any]) -> Plan:
    return Plan(
        **{
            **document,
            "date": datetime.fromisoformat(document["date"]),
            "unsubscribe": tuple(document["unsubscribe"]),
            "sources": _digests(document["sources"]),
            "held": tuple(map(_held, document["held"])),
            "artefacts": _digests(document["artefacts"]),
            "texts": tuple(TextRecord(**each) for each in document["texts"]),
            "letters": tuple(map(_letter, document["letters"])),
            "rows": tuple(Row(**each) for each in document["rows"]),
        }
    )


def _digests(listed: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, digest) for name, digest in listed)


def _held(document: dict[str, Any]) -> Held:
    embargo = document["embargo"]
    return Held(**{**document, "embargo": date.fromisoformat(embargo) if embargo else None})


def _letter(document: dict[str, Any]) -> LetterRecord:
    return LetterRecord(
        **{
            **document,
            "formats": tuple(document["formats"]),
            "rungs": tuple(document["rungs"]),
            "text": BodyRecord(**document["text"]),
            "html": BodyRecord(**document["html"]) if document["html"] else None,
            "pictures": tuple(FileRecord(**each) for each in document["pictures"]),
            "attachments": tuple(FileRecord(**each) for each in document["attachments"]),
        }
    )


def save(plan: Plan, path: Path) -> None:
    """Write ``plan`` to ``path``, in one step; raises OSError."""
    durable.write(path, dump(plan), mode=0o600)


def load(path: Path) -> Plan | None:
    """The plan in ``path``; None without one. Raises MailError."""
    try:
        return parse(path.read_bytes(), str(path))
    except FileNotFoundError:
        return None
