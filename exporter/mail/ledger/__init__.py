"""The ledger of deliveries: frozen plans, and one row for each recipient that tells what became of its message."""

from exporter.mail.ledger.freezing import freeze
from exporter.mail.ledger.invariants import check
from exporter.mail.ledger.ledger import SUFFIX, Ledger
from exporter.mail.ledger.locking import locked
from exporter.mail.ledger.records import Delivery, Frozen, Planned, Recovery, Tally, Verdict
from exporter.mail.ledger.recovery import Resolution, recover, resolve
from exporter.mail.ledger.states import STATES, Promise, State

__all__ = [
    "STATES",
    "SUFFIX",
    "Delivery",
    "Frozen",
    "Ledger",
    "Planned",
    "Promise",
    "Recovery",
    "Resolution",
    "State",
    "Tally",
    "Verdict",
    "check",
    "freeze",
    "locked",
    "recover",
    "resolve",
]
