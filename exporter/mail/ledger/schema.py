"""The tables of a ledger, and opening the file they are in.

Times are seconds since 1970 (UTC). The triggers keep the history and refuse a change of state that ``states.NEXT`` does
not have, whoever makes it.
"""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Final

from exporter.errors import DeliveryError
from exporter.mail.ledger.states import NEXT, STATES

VERSION: Final = 1
_TRIES, _PAUSE = 600, 0.05
"""How often another's lock is waited out, and seconds between two tries."""

_STATE: Final = ", ".join(f"'{state}'" for state in STATES)
_MOVES: Final = ", ".join(f"('{before}', '{after}')" for before, following in NEXT.items() for after in following)

_TABLES: Final = f"""
CREATE TABLE IF NOT EXISTS secret (fingerprint TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS plan (
    issue TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 1),
    date TEXT NOT NULL,
    recipients INTEGER NOT NULL,
    frozen_at REAL NOT NULL,
    PRIMARY KEY (issue, revision)
) STRICT;
CREATE TABLE IF NOT EXISTS artefact (
    issue TEXT NOT NULL,
    revision INTEGER NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    PRIMARY KEY (issue, revision, name),
    FOREIGN KEY (issue, revision) REFERENCES plan (issue, revision)
) STRICT;
CREATE TABLE IF NOT EXISTS run (
    id INTEGER PRIMARY KEY,
    promise TEXT NOT NULL,
    began_at REAL NOT NULL,
    ended_at REAL,
    ending TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE IF NOT EXISTS delivery (
    id INTEGER PRIMARY KEY,
    issue TEXT NOT NULL,
    revision INTEGER NOT NULL,
    recipient TEXT NOT NULL CHECK (recipient NOT LIKE '%@%'),
    message_id TEXT NOT NULL UNIQUE,
    token TEXT NOT NULL,
    variant TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'planned' CHECK (state IN ({_STATE})),
    attempt INTEGER NOT NULL DEFAULT 0,
    not_before REAL NOT NULL DEFAULT 0,
    code INTEGER NOT NULL DEFAULT 0,
    enhanced TEXT NOT NULL DEFAULT '',
    reply TEXT NOT NULL DEFAULT '' CHECK (reply NOT LIKE '%@%'),
    queue_id TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '' CHECK (reason NOT LIKE '%@%'),
    run INTEGER REFERENCES run (id),
    changed_at REAL NOT NULL,
    claimed_at REAL,
    dot_at REAL,
    done_at REAL,
    UNIQUE (issue, revision, recipient),
    FOREIGN KEY (issue, revision) REFERENCES plan (issue, revision)
) STRICT;
CREATE INDEX IF NOT EXISTS delivery_state ON delivery (issue, revision, state);
CREATE INDEX IF NOT EXISTS delivery_token ON delivery (token);
CREATE TABLE IF NOT EXISTS event (
    id INTEGER PRIMARY KEY,
    delivery INTEGER NOT NULL REFERENCES delivery (id),
    at REAL NOT NULL,
    run INTEGER,
    before TEXT,
    after TEXT NOT NULL,
    code INTEGER NOT NULL,
    enhanced TEXT NOT NULL,
    reply TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS event_delivery ON event (delivery);
CREATE TABLE IF NOT EXISTS bounce (
    digest TEXT PRIMARY KEY,
    delivery INTEGER NOT NULL REFERENCES delivery (id),
    kind TEXT NOT NULL CHECK (kind IN ('failed', 'delayed', 'delivered', 'relayed', 'expanded', 'complaint')),
    status TEXT NOT NULL,
    at REAL NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS move (before TEXT NOT NULL, after TEXT NOT NULL, PRIMARY KEY (before, after)) STRICT;
INSERT OR IGNORE INTO move VALUES {_MOVES};
CREATE TRIGGER IF NOT EXISTS delivery_made AFTER INSERT ON delivery BEGIN
    INSERT INTO event (delivery, at, run, before, after, code, enhanced, reply, reason)
    VALUES (NEW.id, NEW.changed_at, NEW.run, NULL, NEW.state, 0, '', '', NEW.reason);
END;
CREATE TRIGGER IF NOT EXISTS delivery_may_move BEFORE UPDATE OF state ON delivery
WHEN NOT EXISTS (SELECT 1 FROM move WHERE before = OLD.state AND after = NEW.state) BEGIN
    SELECT RAISE(ABORT, 'no delivery goes from this state to that');
END;
CREATE TRIGGER IF NOT EXISTS delivery_moved AFTER UPDATE OF state ON delivery BEGIN
    INSERT INTO event (delivery, at, run, before, after, code, enhanced, reply, reason)
    VALUES (NEW.id, NEW.changed_at, NEW.run, OLD.state, NEW.state, NEW.code, NEW.enhanced, NEW.reply, NEW.reason);
END;
CREATE TRIGGER IF NOT EXISTS delivery_stays BEFORE DELETE ON delivery BEGIN
    SELECT RAISE(ABORT, 'no delivery is forgotten');
END;
PRAGMA user_version = {VERSION};
"""


def connect(path: Path, *, create: bool) -> sqlite3.Connection:
    """The ledger in ``path``, made where ``create`` allows it; every commit is on disk. Raises DeliveryError."""
    if not create and not path.is_file():
        raise _missing(path)
    try:
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
        connection.row_factory = sqlite3.Row
        _write_ahead(connection)
        for pragma in ("synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")
        _prepare(path, connection, create)
    except sqlite3.DatabaseError as error:
        raise DeliveryError(f"{path}: not a ledger ({error}). Restore it from a backup; never send without.") from error
    return connection


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Keep a write-ahead log; SQLite does not wait for others here, where several may make a ledger at once."""
    for tries in range(_TRIES):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or tries == _TRIES - 1:
                raise
        time.sleep(_PAUSE)


def _prepare(path: Path, connection: sqlite3.Connection, create: bool) -> None:
    """See that the tables are there. Two may make them at once; a run that was killed may have made the file alone."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version == 0 and not create:
        raise _missing(path)
    if version == 0:
        connection.executescript(f"BEGIN IMMEDIATE;{_TABLES}COMMIT;")
    elif version != VERSION:
        raise DeliveryError(
            f"{path}: a ledger of version {version}, and this exporter reads {VERSION}. Update exporter."
        )


def _missing(path: Path) -> DeliveryError:
    return DeliveryError(f"{path}: no such ledger. It is made when the issue is delivered: exporter mail deliver")
