"""The record of an issue's approvals: a line each, only ever added to, each bound to the one before.

``NAME.approvals.jsonl`` lies beside the issue's file. A line is a JSON object (RFC 8259) with ``previous``, the SHA-256
of the line before it, and ``sha256``, its own without that member. A line that was not written to its end, by a machine
that lost its power, is told and counts for nothing; the next line is bound to it all the same.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from exporter import durable
from exporter.approval.records import Approval, FileRecord, Matter, SetRecord, Text, WaiverRecord
from exporter.errors import ApprovalError
from exporter.issues import Waiver
from exporter.loading.lookup import APPROVALS

SCHEMA: Final = 1


@dataclass(frozen=True, slots=True)
class Journal:
    """All approvals of an issue, in order; ``notices`` are sentences on lines that were not written to their end."""

    path: Path
    approvals: tuple[Approval, ...]
    notices: tuple[str, ...] = ()


def path_of(issue: Path) -> Path:
    """Where the approvals of the issue in the file ``issue`` are recorded."""
    return issue.with_suffix(APPROVALS)


def read(path: Path) -> Journal:
    """The approvals recorded in ``path``, none where there is no such file.

    Raises ApprovalError where somebody changed it.
    """
    content = path.read_bytes() if path.is_file() else b""
    return _parsed(path, content)


def append(path: Path, make: Callable[[], Approval]) -> Approval:
    """Add to ``path`` the approval that is made while nobody else adds one; it is on the disk when this returns.

    Raises ApprovalError where the record was changed, and whatever ``make`` raises: then nothing is added.
    """
    with durable.alone(path.parent):
        content = path.read_bytes() if path.is_file() else b""
        _parsed(path, content)
        approval = make()
        line = _line(approval, content.rstrip(b"\n").rpartition(b"\n")[2])
        with path.open("ab") as file:
            file.write((b"\n" if content and not content.endswith(b"\n") else b"") + line + b"\n")
            file.flush()
            os.fsync(file.fileno())
    durable.flush(path.parent)
    return approval


# --- Reading ----------------------------------------------------------------------------------


def _parsed(path: Path, content: bytes) -> Journal:
    lines = content.split(b"\n")
    if lines[-1] == b"":
        lines.pop()
    ended = content.endswith(b"\n")
    approvals: list[Approval] = []
    notices: list[str] = []
    for number, line in enumerate(lines, 1):
        document = _document(line)
        if document is None and (number < len(lines) or not ended):
            notices.append(f"{path}:{number}: this approval was not recorded to its end, and counts for nothing.")
        elif document is None or document["previous"] != _digest(lines[number - 2] if number > 1 else b""):
            raise ApprovalError(f"{path}:{number}: somebody changed this record of approvals. Take it from a backup.")
        else:
            approvals.append(_approval(document, f"{path}:{number}"))
    return Journal(path, tuple(approvals), tuple(notices))


def _document(line: bytes) -> dict[str, Any] | None:
    """The object in ``line``; None where it is none, or not the one that was written."""
    try:
        document = json.loads(line)
        own = document.pop("sha256")
    except (ValueError, KeyError, AttributeError, TypeError):
        return None
    return document if own == _digest(_dumped(document)) else None


def _approval(document: Mapping[str, Any], place: str) -> Approval:
    """The approval in a line, which is as it was written; raises ApprovalError where another version wrote it."""
    try:
        if document["schema"] == SCHEMA:
            return Approval(matter=_matter(document), by=document["by"], at=datetime.fromisoformat(document["at"]))
    except (KeyError, TypeError, ValueError):
        pass  # as told below
    raise ApprovalError(
        f"{place}: another version of exporter wrote this approval. Ask that version, or move the file."
    )


def _matter(document: Mapping[str, Any]) -> Matter:
    return Matter(
        issue=document["issue"],
        revision=document["revision"],
        profile=document["profile"],
        files=tuple(FileRecord(**each) for each in document["files"]),
        absent=tuple(document["absent"]),
        patterns={pattern: tuple(found) for pattern, found in document["patterns"].items()},
        issue_text=document["issue_text"],
        articles={name: _texts(each) for name, each in document["articles"].items()},
        sets=tuple(map(_set, document["sets"])),
        waivers=tuple(_waiver(each) for each in document["waivers"]),
        losses=document["losses"],
    )


def _set(document: Mapping[str, Any]) -> SetRecord:
    mail = document["mail"]
    return SetRecord(slug=document["slug"], texts=_texts(document["texts"]), mail=_texts(mail) if mail else None)


def _texts(listed: list[list[Any]]) -> tuple[Text, ...]:
    return tuple(Text(*each) for each in listed)


def _waiver(document: Mapping[str, Any]) -> WaiverRecord:
    facts = {name: value for name, value in document.items() if name != "formats"}
    return WaiverRecord(waiver=Waiver(**facts), formats=tuple(document["formats"]))


# --- Writing ----------------------------------------------------------------------------------


def _line(approval: Approval, before: bytes) -> bytes:
    """``approval`` as the line that follows the line ``before``, b"" for none."""
    matter = approval.matter
    document = {
        "schema": SCHEMA,
        "previous": _digest(before),
        "issue": matter.issue,
        "revision": matter.revision,
        "profile": matter.profile,
        "by": approval.by,
        "at": approval.at.isoformat(),
        "files": [asdict(each) for each in matter.files],
        "absent": list(matter.absent),
        "patterns": {pattern: list(found) for pattern, found in matter.patterns.items()},
        "waivers": [_of_waiver(each) for each in matter.waivers],
        "losses": dict(matter.losses),
        "issue_text": matter.issue_text,
        "articles": {name: _listed(texts) for name, texts in matter.articles.items()},
        "sets": [
            {"slug": each.slug, "texts": _listed(each.texts), "mail": _listed(each.mail) if each.mail else None}
            for each in matter.sets
        ],
    }
    return _dumped({**document, "sha256": _digest(_dumped(document))})


def _of_waiver(record: WaiverRecord) -> dict[str, Any]:
    waiver = record.waiver
    facts = {"code": waiver.code, "article": waiver.article, "block": waiver.block}
    return {**facts, "by": waiver.by, "reason": waiver.reason, "formats": list(record.formats)}


def _listed(texts: tuple[Text, ...]) -> list[list[Any]]:
    return [[each.kind, each.line, each.text, *([each.article] if each.article else [])] for each in texts]


def _dumped(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
