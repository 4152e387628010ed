"""Senders killed while a real Postfix takes 200 KB a message: its log settles what they left in doubt."""

from __future__ import annotations

import random
import time
from datetime import timedelta, timezone
from pathlib import Path

import pytest

from exporter.mail import maillog
from exporter.mail.ledger import Ledger, locked
from exporter.mail.reconciliation import Settled, by_log
from tests.mail.killing import counted, kill_senders
from tests.mail.plans import Post, readers
from tests.mail.postfix.conftest import Postfix
from tests.mail.sender import send, sending

READERS = 600
ATTACHED = 200_000


def reconcile(ledger: Path, post: Post, postfix: Postfix) -> Settled:
    """Settle by the log, once the server has nothing left to do."""
    postfix.settle()
    now = time.time()
    zone = timezone(timedelta(seconds=time.localtime(now).tm_gmtoff))
    with postfix.log.open(encoding="utf-8") as lines, locked(ledger), Ledger(ledger) as opened:
        log = maillog.read(lines, now=now, zone=zone)
        return by_log(opened, post.issue, post.revision, log, now, rest=0.2)


@pytest.mark.parametrize("trial", range(5))
def test_five_kills_and_everybody_has_it_once(tmp_path: Path, postfix: Postfix, trial: int) -> None:
    ledger, post = tmp_path / "7.deliveries.sqlite3", Post(readers(READERS), attached=ATTACHED)
    post.freeze(ledger)
    kill_senders(
        ledger, post, lambda: sending(ledger, postfix.port, post), planned=READERS, kills=6, chance=random.Random(trial)
    )
    send(ledger, postfix.port, post)
    settled = reconcile(ledger, post, postfix)
    send(ledger, postfix.port, post)
    print(f"trial {trial}: 6 kills, {settled}")
    assert counted(ledger, post, "accepted") == READERS
    assert postfix.copies() == dict.fromkeys(readers(READERS), 1)
    assert (settled.unknown, settled.contradicted) == (0, 0)


def five_kills(ledger: Path, post: Post, postfix: Postfix, chance: random.Random) -> None:
    """Send, killed five times; then settle what is in doubt, and send the rest."""
    kill_senders(
        ledger,
        post,
        lambda: sending(ledger, postfix.port, post),
        planned=counted(ledger, post, "planned"),
        kills=5,
        chance=chance,
    )
    send(ledger, postfix.port, post)
    reconcile(ledger, post, postfix)
    send(ledger, postfix.port, post)


def test_a_correction_reaches_those_who_have_the_old_text_once_and_nobody_else(
    tmp_path: Path, postfix: Postfix
) -> None:
    ledger, everybody = tmp_path / "7.deliveries.sqlite3", readers(READERS)
    chance = random.Random(7)
    first = Post(everybody, attached=ATTACHED)
    first.freeze(ledger)
    kill_senders(ledger, first, lambda: sending(ledger, postfix.port, first), planned=300, kills=2, chance=chance)
    send(ledger, postfix.port, first, until=300)
    reconcile(ledger, first, postfix)
    with Ledger(ledger) as opened:
        affected = sorted(first.by_recipient[each] for each in opened.received("7", 1))
    others = sorted(set(everybody) - set(affected))
    for post in (Post(everybody, revision=2, attached=ATTACHED), Post(affected, issue="7-correction-1")):
        post.freeze(ledger)
        five_kills(ledger, post, postfix, chance)
    assert 300 <= len(affected) < READERS
    assert postfix.copies(b"No. 7", b"Revision 1") == dict.fromkeys(affected, 1)
    assert postfix.copies(b"No. 7", b"Revision 2") == dict.fromkeys(others, 1)
    assert postfix.copies(b"No. 7-correction-1") == dict.fromkeys(affected, 1)
