"""Approving: what was looked at is recorded, if it is still what lies there."""

from __future__ import annotations

from datetime import datetime

from exporter.approval import files, journal
from exporter.approval.evidence import Subject
from exporter.approval.records import Approval
from exporter.errors import ApprovalError


def approve(subject: Subject, *, by: str, at: datetime) -> Approval:
    """Record that ``by`` approved ``subject`` at the moment ``at``, which knows its zone; it is on the disk then.

    Raises ApprovalError where something stands against it, or changed since ``subject`` was looked at.
    """
    if not by.strip():
        raise ApprovalError("--by is empty. An approval says who gives it.")
    if subject.objections:
        raise ApprovalError(subject.objections[0])
    found = Approval(matter=subject.matter, by=by.strip(), at=at.replace(microsecond=0))
    return journal.append(journal.path_of(subject.path), lambda: _unchanged(found, subject))


def _unchanged(approval: Approval, subject: Subject) -> Approval:
    """``approval``, if everything is as it was looked at."""
    for difference in files.differences(subject.matter.files, subject.path, subject.out):
        raise ApprovalError(f"{difference.sentence.rstrip('.')} meanwhile. Look at it again: exporter approve")
    return approval
