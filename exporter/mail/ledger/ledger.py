"""The record of deliveries: one row for each issue, revision and recipient, in SQLite, on disk at every step.

A message is claimed (``sending``) before MAIL, and ``committing`` is on disk before its final dot is written, so that
whatever is killed when, at most one message a connection is in doubt. ``docs/mail-delivery.md`` has the protocol.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, cast

from exporter.errors import DeliveryError
from exporter.mail.ledger.records import Delivery, Tally, Verdict
from exporter.mail.ledger.schema import connect
from exporter.mail.ledger.states import RECEIVED, STATES, Promise, State
from exporter.mail.ledger.together import Together

SUFFIX: Final = ".deliveries.sqlite3"


class Ledger:
    """A ledger that is open; its methods may be called from several threads, and raise DeliveryError.

    Whoever sends, recovers or freezes holds ``locking.locked`` meanwhile; reading needs no lock.
    """

    def __init__(self, path: Path, *, create: bool = False) -> None:
        self.path = path
        self._connection = connect(path, create=create)
        self._guard = threading.RLock()
        self._together = Together(self._connection, self._guard)

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        with self._guard:
            self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """What is done within is on disk afterwards, or nothing of it is."""
        with self._guard, self._faults():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise DeliveryError(
                f"{self.path}: {error}. Nothing was sent that is not recorded; see to the file."
            ) from error

    def _changed(self, sql: str, values: Sequence[object]) -> int:
        """How many rows a statement changed; it is on disk then, in one commit with those of other threads."""
        with self._faults():
            return self._together.execute(sql, values)

    def rows(self, sql: str, values: Iterable[object] = ()) -> list[sqlite3.Row]:
        """What a query finds."""
        with self._guard, self._faults():
            return self._connection.execute(sql, tuple(values)).fetchall()

    # Reading

    def revisions(self, issue: str) -> tuple[int, ...]:
        """The revisions of ``issue`` that were planned, from the first."""
        found = self.rows("SELECT revision FROM plan WHERE issue = ? ORDER BY revision", [issue])
        return tuple(row["revision"] for row in found)

    def issues(self) -> tuple[str, ...]:
        """The issues that were planned."""
        return tuple(row["issue"] for row in self.rows("SELECT DISTINCT issue FROM plan ORDER BY issue"))

    def artefacts(self, issue: str, revision: int) -> Mapping[str, str]:
        """SHA-256 digests by name, as they were frozen; none where the revision was not."""
        query = "SELECT name, sha256 FROM artefact WHERE issue = ? AND revision = ? ORDER BY name"
        return {row["name"]: row["sha256"] for row in self.rows(query, [issue, revision])}

    def deliveries(self, issue: str, revision: int, *states: State) -> tuple[Delivery, ...]:
        """The deliveries of a revision in any of ``states``, or all, as they were planned."""
        wanted = states or STATES
        query = f"SELECT * FROM delivery WHERE issue = ? AND revision = ? AND state IN ({_marks(wanted)}) ORDER BY id"
        return tuple(map(_delivery, self.rows(query, [issue, revision, *wanted])))

    def due(self, issue: str, revision: int, now: float) -> tuple[Delivery, ...]:
        """What may be sent ``now``: those never tried first, so that one that is refused again holds up nobody."""
        query = (
            "SELECT * FROM delivery WHERE issue = ? AND revision = ? AND state IN ('planned', 'deferred')"
            " AND not_before <= ? ORDER BY attempt, not_before, id"
        )
        return tuple(map(_delivery, self.rows(query, [issue, revision, now])))

    def received(self, issue: str, revision: int | None = None) -> frozenset[str]:
        """Recipients that have ``issue``, or may have it, in any revision or in one."""
        query = f"SELECT DISTINCT recipient FROM delivery WHERE issue = ? AND state IN ({_marks(RECEIVED)})"
        only = ("", []) if revision is None else (" AND revision = ?", [revision])
        return frozenset(row["recipient"] for row in self.rows(query + only[0], [issue, *RECEIVED, *only[1]]))

    def find(self, *, message_id: str = "", token: str = "") -> Delivery | None:
        """The delivery with that Message-ID, or that return path; None where there is none."""
        query = "SELECT * FROM delivery WHERE message_id = ? OR (token = ? AND token <> '') ORDER BY id DESC LIMIT 1"
        return next(map(_delivery, self.rows(query, [message_id, token])), None)

    def knows(self, recipient: str) -> bool:
        """Whether anything was ever planned for ``recipient``."""
        return bool(self.rows("SELECT 1 FROM delivery WHERE recipient = ? LIMIT 1", [recipient]))

    def tally(self, issue: str, revision: int) -> Tally:
        """How a revision stands; raises DeliveryError where it was not planned."""
        plan = self.rows("SELECT * FROM plan WHERE issue = ? AND revision = ?", [issue, revision])
        if not plan:
            raise DeliveryError(f"{self.path}: revision {revision} of issue {issue} is not planned. Plan it first.")
        counts = (
            "SELECT state, count(*) AS n, min(not_before) AS due FROM delivery"
            " WHERE issue = ? AND revision = ? GROUP BY state"
        )
        found = {row["state"]: row for row in self.rows(counts, [issue, revision])}
        return Tally(
            issue=issue,
            revision=revision,
            date=plan[0]["date"],
            recipients=plan[0]["recipients"],
            counts={state: found[state]["n"] if state in found else 0 for state in STATES},
            bounced=self._bounced(issue, revision),
            next_due=found["deferred"]["due"] if "deferred" in found else None,
        )

    def _bounced(self, issue: str, revision: int) -> int:
        query = (
            "SELECT count(DISTINCT delivery.id) AS n FROM delivery JOIN bounce ON bounce.delivery = delivery.id"
            " WHERE issue = ? AND revision = ? AND kind IN ('failed', 'complaint')"
        )
        return int(self.rows(query, [issue, revision])[0]["n"])

    # One run

    def begin(self, promise: Promise, now: float) -> int:
        """The number of a run that begins ``now``."""
        with self.transaction() as tables:
            made = tables.execute("INSERT INTO run (promise, began_at) VALUES (?, ?)", [promise, now])
            return int(made.lastrowid or 0)

    def end(self, run: int, ending: str, now: float) -> None:
        """The run is over, ``ending`` says how."""
        with self.transaction() as tables:
            tables.execute("UPDATE run SET ended_at = ?, ending = ? WHERE id = ?", [now, ending, run])

    def claim(self, delivery: Delivery, run: int, now: float) -> bool:
        """Take a delivery for ``run``, before MAIL; False where it is not to be sent any more, or somebody has it."""
        taken = (
            "UPDATE delivery SET state = 'sending', attempt = attempt + 1, run = ?, claimed_at = ?, changed_at = ?,"
            " dot_at = NULL, code = 0, enhanced = '', reply = '', reason = ''"
            " WHERE id = ? AND state = ? AND attempt = ? AND state IN ('planned', 'deferred') AND not_before <= ?"
        )
        values = [run, now, now, delivery.id, delivery.state, delivery.attempt, now]
        return self._changed(taken, values) == 1

    def commit(self, delivery: int, run: int, now: float) -> None:
        """The final dot is written as soon as this returns, and not where it raises DeliveryError."""
        query = (
            "UPDATE delivery SET state = 'committing', dot_at = ?, changed_at = ?"
            " WHERE id = ? AND run = ? AND state = 'sending'"
        )
        if self._changed(query, [now, now, delivery, run]) != 1:
            raise DeliveryError(f"{self.path}: delivery {delivery} is not this run's any more; its dot is not sent.")

    def settle(self, delivery: int, run: int, verdict: Verdict, now: float) -> None:
        """What became of a delivery that this run has claimed."""
        query = (
            "UPDATE delivery SET state = ?, code = ?, enhanced = ?, reply = ?, queue_id = ?, reason = ?,"
            " not_before = ?, changed_at = ?, done_at = ?"
            " WHERE id = ? AND run = ? AND state IN ('sending', 'committing')"
        )
        told = [verdict.state, verdict.code, verdict.enhanced, verdict.reply, verdict.queue_id, verdict.reason]
        if self._changed(query, [*told, verdict.not_before, now, now, delivery, run]) != 1:
            raise DeliveryError(f"{self.path}: delivery {delivery} is not this run's any more. Look at its status.")

    def move(
        self, deliveries: Iterable[Delivery], after: State, reason: str, now: float, *, attempt: int | None = None
    ) -> int:
        """Move deliveries, where they are still in the states they are told in; how many were.

        ``attempt`` is counted on from.
        """
        query = (
            "UPDATE delivery SET state = ?, reason = ?, changed_at = ?, not_before = 0, attempt = coalesce(?, attempt),"
            " done_at = ? WHERE id = ? AND state = ?"
        )
        with self.transaction() as tables:
            values = [(after, reason, now, attempt, now, each.id, each.state) for each in deliveries]
            return tables.executemany(query, values).rowcount if values else 0

    def bounce(self, delivery: Delivery, kind: str, status: str, digest: str, now: float) -> bool:
        """Record a report on a delivery, of a kind of ``mail.reports``; False where it was before.

        Who reports on a message has had it: a delivery in doubt is settled.
        """
        row = [digest, delivery.id, kind, status, now]
        with self.transaction() as tables:
            new = tables.execute("INSERT OR IGNORE INTO bounce VALUES (?, ?, ?, ?, ?)", row).rowcount == 1
            if new and delivery.state == "unknown":
                self._settle_by_report(tables, delivery, now)
        return new

    @staticmethod
    def _settle_by_report(tables: sqlite3.Connection, delivery: Delivery, now: float) -> None:
        tables.execute(
            "UPDATE delivery SET state = 'accepted', reason = 'a server reported on it', changed_at = ?, done_at = ?"
            " WHERE id = ? AND state = 'unknown'",
            [now, now, delivery.id],
        )


def _marks(values: Iterable[object]) -> str:
    return ", ".join("?" for _ in values)


def _delivery(row: sqlite3.Row) -> Delivery:
    return Delivery(**cast(dict[str, Any], dict(row)))
