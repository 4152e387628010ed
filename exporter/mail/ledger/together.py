"""Statements of several threads in one transaction: while one is on its way to the disk, the next one gathers.

A commit waits for the disk, and that is what a run waits for most. Threads that come meanwhile share the next.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(slots=True)
class _Statement:
    sql: str
    values: Sequence[object]
    changed: int = 0
    error: BaseException | None = None
    done: bool = False

    def run(self, connection: sqlite3.Connection) -> None:
        """Run within a transaction; raises where the database ended that for all."""
        try:
            self.changed = connection.execute(self.sql, self.values).rowcount
        except sqlite3.Error as error:
            if not connection.in_transaction:
                raise
            self.error = error


class Together:
    """Executes statements on ``connection``, which ``guard`` protects."""

    def __init__(self, connection: sqlite3.Connection, guard: threading.RLock) -> None:
        self._connection = connection
        self._guard = guard
        self._gathering = threading.Lock()
        self._waiting: list[_Statement] = []

    def execute(self, sql: str, values: Sequence[object]) -> int:
        """How many rows one statement changed, which is on disk when this returns; raises sqlite3.Error."""
        statement = _Statement(sql, values)
        with self._gathering:
            self._waiting.append(statement)
        with self._guard:  # whoever comes first takes all along
            if not statement.done:
                self._commit()
        if statement.error:
            raise statement.error
        return statement.changed

    def _commit(self) -> None:
        with self._gathering:
            batch, self._waiting = self._waiting, []
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            for statement in batch:
                statement.run(self._connection)
            self._connection.execute("COMMIT")
        except BaseException as error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            for statement in batch:
                statement.error = error
        finally:
            for statement in batch:
                statement.done = True
