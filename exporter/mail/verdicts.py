"""What becomes of a message, by what the server answered or by how the connection was lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, assert_never

from exporter.mail import replies
from exporter.mail.ledger import Delivery, Verdict
from exporter.mail.outgoing import Outgoing
from exporter.mail.pacing import Schedule
from exporter.mail.replies import Phase, Reply

IN_DOUBT: Final = "the final dot was written and no answer came"
OUT_OF_ATTEMPTS: Final = "out of attempts"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt, the ``number``-th (from 1), at a delivery."""

    delivery: Delivery
    message: Outgoing
    number: int
    schedule: Schedule

    def answered(self, phase: Phase, answer: Reply, now: float) -> Verdict:
        """After a reply: 4yz is tried again, also what stops or pauses the run is."""
        told = self._told(answer)
        match replies.meaning(phase, answer):
            case "accepted":
                return replace(told, state="accepted", queue_id=replies.queue_id(answer))
            case "deferred" | "pause":
                return self._again(told, now, asked=replies.wait_asked(answer))
            case "stop" if phase != "dot":
                return replace(told, state="planned", reason="the run was stopped")
            case "failed" | "stop":
                return replace(told, state="failed")
            case never:
                assert_never(never)

    def lost(self, phase: Phase, reason: str, now: float) -> Verdict:
        """After a connection was lost: from the dot on nobody can know."""
        if phase == "dot":
            return Verdict(state="unknown", reason=f"{IN_DOUBT}: {reason}")
        return self._again(Verdict(state="deferred", reason=f"{reason} before the final dot"), now, lost=True)

    def unfit(self, reason: str) -> Verdict:
        """Where the server can never take it."""
        return Verdict(state="failed", reason=reason)

    def _told(self, answer: Reply) -> Verdict:
        addresses = (self.message.envelope_to, self.message.envelope_from)
        text = replies.redacted(answer.text, addresses)
        return Verdict(state="failed", code=answer.code, enhanced=answer.enhanced, reply=text)

    def _again(self, told: Verdict, now: float, *, lost: bool = False, asked: float | None = None) -> Verdict:
        if self.number >= self.schedule.attempts:
            return replace(told, state="failed", reason=f"{OUT_OF_ATTEMPTS} ({self.number})")
        delay = self.schedule.delay(self.number, self.delivery.message_id, lost=lost, asked=asked)
        return replace(told, state="deferred", not_before=now + delay)
