"""A plan is frozen: its recipients, identifiers, date and artefacts, in one transaction."""

from __future__ import annotations

import sqlite3
from typing import Final

from exporter.errors import DeliveryError
from exporter.mail.ledger.ledger import Ledger
from exporter.mail.ledger.records import Frozen, Planned
from exporter.mail.ledger.states import State

RECEIVED_BEFORE: Final = "has an earlier revision, or may have it"
SUPERSEDED: Final = "superseded by a later revision"
OFF_THE_LIST: Final = "not on the list any more"


def freeze(ledger: Ledger, frozen: Frozen, now: float, *, again: bool = False) -> None:
    """Freeze ``frozen``; raises DeliveryError where what stands in the ledger says otherwise.

    The same plan may be frozen again: recipients that are new are added, with what is made for them, and those that are
    gone or withheld, and have nothing yet, are called off. A later revision cancels what is left of earlier ones, and
    skips those who have one unless ``again``.
    """
    _refuse_doubles(frozen)
    _refuse_other_secret(ledger, frozen)
    _refuse_other_bytes(ledger, frozen)
    had = frozenset() if again else _had_before(ledger, frozen)
    known = {each.recipient: each for each in ledger.deliveries(frozen.issue, frozen.revision)}
    _refuse_other_identifiers(ledger, frozen, {each.recipient: each.message_id for each in known.values()})
    with ledger.transaction() as tables:
        _cancel_earlier(tables, frozen, now)
        _write_plan(tables, frozen, now)
        _list(tables, frozen)
        _call_off(tables, frozen, now)
        fresh = [each for each in frozen.recipients if each.recipient not in known]
        tables.executemany(_ROW, [_row(frozen, each, each.recipient in had, now) for each in fresh])
        _take_back(tables, frozen, now, again=again)
        _count(tables, frozen)


# --- What is refused --------------------------------------------------------------------------


def _refuse_doubles(frozen: Frozen) -> None:
    if len({each.recipient for each in frozen.recipients}) < len(frozen.recipients):
        raise DeliveryError(f"issue {frozen.issue}: a recipient is planned twice. Nobody is sent an issue twice.")


def _refuse_other_secret(ledger: Ledger, frozen: Frozen) -> None:
    for row in ledger.rows("SELECT fingerprint FROM secret"):
        if row["fingerprint"] != frozen.secret:
            raise DeliveryError(
                f"{ledger.path}: made with another secret: nobody in it is recognised. Give it that secret."
            )


def _refuse_other_bytes(ledger: Ledger, frozen: Frozen) -> None:
    if frozen.revision not in ledger.revisions(frozen.issue):
        return
    before, after = ledger.artefacts(frozen.issue, frozen.revision), dict(frozen.artefacts)
    for name in sorted(before.keys() & after.keys()):
        if before[name] != after[name]:
            raise DeliveryError(
                f"issue {frozen.issue}: '{name}' changed since revision {frozen.revision} was frozen. Raise 'revision'."
            )
    if ledger.tally(frozen.issue, frozen.revision).date != frozen.date:
        raise DeliveryError(
            f"issue {frozen.issue}: the date changed since revision {frozen.revision} was frozen. Raise 'revision'."
        )


def _refuse_other_identifiers(ledger: Ledger, frozen: Frozen, known: dict[str, str]) -> None:
    if later := [each for each in ledger.revisions(frozen.issue) if each > frozen.revision]:
        raise DeliveryError(
            f"issue {frozen.issue}: revision {later[-1]} is planned already; {frozen.revision} is superseded."
        )
    if any(known.get(each.recipient, each.message_id) != each.message_id for each in frozen.recipients):
        raise DeliveryError(
            f"issue {frozen.issue}: the Message-IDs of revision {frozen.revision} changed. Raise 'revision'."
        )


# --- What is written --------------------------------------------------------------------------

_ROW: Final = (
    "INSERT INTO delivery (issue, revision, recipient, message_id, token, variant, state, reason, changed_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def _had_before(ledger: Ledger, frozen: Frozen) -> frozenset[str]:
    """Who has another revision, or may have it: ``sending`` is counted in by recovery, which comes before."""
    others = [ledger.received(frozen.issue, each) for each in ledger.revisions(frozen.issue) if each != frozen.revision]
    return frozenset().union(*others)


def _row(frozen: Frozen, planned: Planned, had: bool, now: float) -> tuple[object, ...]:
    reason = planned.withheld or (RECEIVED_BEFORE if had else "")
    state: State = "skipped" if reason else "planned"
    identifiers = (planned.recipient, planned.message_id, planned.token, planned.variant)
    return (frozen.issue, frozen.revision, *identifiers, state, reason, now)


def _cancel_earlier(tables: sqlite3.Connection, frozen: Frozen, now: float) -> None:
    tables.execute(
        "UPDATE delivery SET state = 'cancelled', reason = ?, changed_at = ?, done_at = ?"
        " WHERE issue = ? AND revision < ? AND state IN ('planned', 'deferred')",
        [SUPERSEDED, now, now, frozen.issue, frozen.revision],
    )


def _write_plan(tables: sqlite3.Connection, frozen: Frozen, now: float) -> None:
    key = (frozen.issue, frozen.revision)
    if not tables.execute("SELECT 1 FROM secret").fetchone():
        tables.execute("INSERT INTO secret VALUES (?)", [frozen.secret])
    tables.execute("INSERT OR IGNORE INTO plan VALUES (?, ?, ?, 0, ?)", [*key, frozen.date, now])
    rows = [(*key, name, digest) for name, digest in frozen.artefacts.items()]
    tables.executemany("INSERT OR IGNORE INTO artefact VALUES (?, ?, ?, ?)", rows)


def _list(tables: sqlite3.Connection, frozen: Frozen) -> None:
    tables.execute("CREATE TEMP TABLE IF NOT EXISTS listed (recipient TEXT PRIMARY KEY, withheld TEXT)")
    tables.execute("DELETE FROM listed")
    rows = [(each.recipient, each.withheld) for each in frozen.recipients]
    tables.executemany("INSERT INTO listed VALUES (?, ?)", rows)


def _call_off(tables: sqlite3.Connection, frozen: Frozen, now: float) -> None:
    """Those not on the list any more are cancelled, and those withheld since are skipped, unless they have it."""
    key = (frozen.issue, frozen.revision)
    tables.execute(
        "UPDATE delivery SET state = 'cancelled', reason = ?, changed_at = ?, done_at = ?"
        " WHERE issue = ? AND revision = ? AND state IN ('planned', 'deferred')"
        " AND recipient NOT IN (SELECT recipient FROM listed)",
        [OFF_THE_LIST, now, now, *key],
    )
    tables.execute(
        "UPDATE delivery SET state = 'skipped', reason = listed.withheld, changed_at = ?, done_at = ? FROM listed"
        " WHERE issue = ? AND revision = ? AND state IN ('planned', 'deferred')"
        " AND listed.recipient = delivery.recipient AND listed.withheld <> ''",
        [now, now, *key],
    )


def _take_back(tables: sqlite3.Connection, frozen: Frozen, now: float, *, again: bool) -> None:
    """Those who are back on the list, or not withheld any more; with ``again`` those who had a revision, too."""
    excluded = SUPERSEDED if again else RECEIVED_BEFORE
    tables.execute(
        "UPDATE delivery SET state = 'planned', reason = 'no longer ' || state, changed_at = ?, done_at = NULL"
        " WHERE issue = ? AND revision = ? AND state IN ('skipped', 'cancelled') AND reason NOT IN (?, ?)"
        " AND recipient IN (SELECT recipient FROM listed WHERE withheld = '')",
        [now, frozen.issue, frozen.revision, SUPERSEDED, excluded],
    )


def _count(tables: sqlite3.Connection, frozen: Frozen) -> None:
    key = (frozen.issue, frozen.revision)
    tables.execute(
        "UPDATE plan SET recipients = (SELECT count(*) FROM delivery WHERE issue = ? AND revision = ?)"
        " WHERE issue = ? AND revision = ?",
        [*key, *key],
    )
