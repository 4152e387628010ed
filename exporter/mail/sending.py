"""The threads of a run, each with a connection of its own: what they do with each answer, and what ends the run."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import assert_never

from exporter.errors import DeliveryError
from exporter.mail import replies
from exporter.mail.job import Ending, Job, Told
from exporter.mail.ledger import Delivery, Verdict
from exporter.mail.outgoing import Withheld
from exporter.mail.queueing import Queue, Turn
from exporter.mail.replies import Phase, Reply
from exporter.mail.transport import Connection, Lost, Refused, Unfit
from exporter.mail.verdicts import Attempt


@dataclass(slots=True)
class _Line:
    """A thread's connection, None where it has to be opened; ``used`` once it carried a message, or was idle.

    ``failures`` counts how often in a row it could not be opened.
    """

    connection: Connection | None = None
    used: bool = False
    failures: int = 0

    def drop(self) -> None:
        if self.connection:
            self.connection.abort()
        self.connection, self.used = None, False


class Run:
    """One run of ``job``. ``ending`` and ``reason`` say how it ended, ``accepted`` counts what the server took."""

    def __init__(self, job: Job, number: int) -> None:
        self.number = number
        self.ending: Ending = "finished"
        self.reason = ""
        self.accepted = 0
        self._job = job
        self._claims = self._dots = self._misses = 0
        self._welcome = False
        self._error: BaseException | None = None
        self._guard = threading.RLock()
        due = job.ledger.due(job.issue, job.revision, job.clock())
        self.queue = Queue(due, job.limits, job.clock, self._is_over)

    def work(self) -> None:
        """Until nothing is due, or the run is to end; raises what went wrong in a thread."""
        threads = [threading.Thread(target=self._thread, daemon=True) for _ in range(self._job.limits.connections)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if self._error:
            raise self._error

    def _is_over(self) -> bool:
        if self.ending == "finished" and self._job.stop():
            self._end("interrupted", "")
        return self.ending != "finished"

    def _end(self, ending: Ending, reason: str) -> None:
        with self._guard:
            if self.ending == "finished":
                self.ending, self.reason = ending, reason

    # A thread

    def _thread(self) -> None:
        line = _Line()
        try:
            while not self._is_over() and not self.queue.is_empty():
                if self._connected(line):
                    self._next(line)
            if line.connection:
                line.connection.close()
        except BaseException as error:  # raised where the run is awaited
            line.drop()
            with self._guard:
                self._error = self._error or error
            self._end("stopped", "an error in the program")

    def _next(self, line: _Line) -> None:
        delivery = self.queue.take()
        turn = self._turn(delivery) if delivery else None
        if not turn:
            return
        line.used = line.used or turn.at > self._job.clock()
        if self.queue.wait_until(turn.at) and self._claimed(turn.delivery):
            self._send(line, turn)
            line.used = True

    def _turn(self, delivery: Delivery) -> Turn | None:
        """The message and its turn; None where it is not to be sent, or not yet."""
        try:
            message = self._job.messages(delivery.recipient)
        except Withheld as withheld:
            self._job.ledger.move([delivery], "skipped", str(withheld), self._job.clock())
            self._tell(delivery, Verdict(state="skipped", reason=str(withheld)))
            return None
        if (message.recipient, message.message_id) != (delivery.recipient, delivery.message_id):
            raise DeliveryError(
                f"delivery {delivery.id}: its message is not the one that was planned. It was not sent."
            )
        return self.queue.turn(delivery, message)

    def _claimed(self, delivery: Delivery) -> bool:
        claimed = self._job.ledger.claim(delivery, self.number, self._job.clock())
        with self._guard:
            self._claims += claimed
        return claimed

    # The connection

    def _connected(self, line: _Line) -> bool:
        """Whether ``line`` is open; where it could not be opened, after a wait."""
        if line.connection:
            return True
        try:
            line.connection = Connection(self._job.server)
        except Lost as lost:
            self._not_connected(line, lost.reason)
        except DeliveryError as error:
            self._end("stopped", str(error))
        except Refused as refused:
            self._not_welcome(line, refused)
        else:
            line.failures, self._welcome = 0, True
        return line.connection is not None

    def _not_welcome(self, line: _Line, refused: Refused) -> None:
        server = self._job.server
        said = _said(refused.reply, replies.redacted(refused.reply.text, [server.user]))
        if replies.meaning(refused.phase, refused.reply) == "deferred":
            self._not_connected(line, said)
        else:
            what = {"auth": "does not take the user and the password", "tls": "does not begin TLS"}
            self._end("stopped", f"{server.host}: {what.get(refused.phase, 'refuses connections')}: {said}")

    def _not_connected(self, line: _Line, reason: str) -> None:
        """A server that never let us in, or will not any more, ends the run; too many connections are no matter."""
        line.failures += 1
        if line.failures < self._job.limits.connects:
            self._pause(2 ** (line.failures - 1))
        elif self._welcome:
            line.failures, self._welcome = 0, False
        else:
            server = self._job.server
            self._end("stopped", f"{server.host}:{server.port}: no connection: {reason}")

    def _pause(self, times: int = 1) -> None:
        """Before another connection is tried."""
        self.queue.wait_until(self._job.clock() + self._job.limits.reconnect * times)

    # A message

    def _send(self, line: _Line, turn: Turn) -> None:
        attempt = Attempt(turn.delivery, turn.message, turn.delivery.attempt + 1, self._job.limits.schedule)
        assert line.connection
        try:
            answer = line.connection.send(turn.message, lambda: self._commit(turn.delivery))
        except Unfit as unfit:
            self._settle(turn, attempt.unfit(str(unfit)))
            self._count(turn, missed=True)
        except Refused as refused:
            self._refused(line, turn, attempt, refused)
        except Lost as lost:
            self._lost(line, turn, attempt, lost)
        else:
            self._answered(turn, attempt, "dot", answer)
            if replies.closes(answer):
                self._hang_up(line)

    def _commit(self, delivery: Delivery) -> None:
        """The dot comes next."""
        with self._guard:
            self._dots += 1
            if self._dots > self._claims:
                raise DeliveryError(
                    "more messages than were claimed: something would be sent twice. The run was ended."
                )
        self._job.ledger.commit(delivery.id, self.number, self._job.clock())

    def _lost(self, line: _Line, turn: Turn, attempt: Attempt, lost: Lost) -> None:
        stale = line.used and lost.phase == "mail"
        line.drop()
        if stale:
            self._put_back(turn, "the connection was closed while it was idle")
            return
        self._settle(turn, attempt.lost(lost.phase, lost.reason, self._job.clock()))
        self._count(turn, missed=True)

    def _refused(self, line: _Line, turn: Turn, attempt: Attempt, refused: Refused) -> None:
        closes = replies.closes(refused.reply)
        if closes and line.used and refused.phase == "mail":
            line.drop()
            self._put_back(turn, "the server closed the connection between two messages")
            return
        self._answered(turn, attempt, refused.phase, refused.reply)
        if closes:
            self._hang_up(line)
        else:
            self._reset(line)

    def _answered(self, turn: Turn, attempt: Attempt, phase: Phase, answer: Reply) -> None:
        verdict = attempt.answered(phase, answer, self._job.clock())
        self._settle(turn, verdict)
        match replies.meaning(phase, answer):
            case "accepted":
                self._count(turn, missed=False)
            case "deferred":
                if replies.is_throttling(answer):
                    self.queue.count(turn.message, missed=True)
            case "failed":
                self._count(turn, missed=True)
            case "pause":
                self._end("paused", f"what we send is refused: {_said(answer, verdict.reply)}")
            case "stop":
                self._end("stopped", f"the server refuses us: {_said(answer, verdict.reply)}")
            case never:
                assert_never(never)

    def _hang_up(self, line: _Line) -> None:
        line.drop()
        if not self.queue.is_empty():
            self._pause()

    def _reset(self, line: _Line) -> None:
        assert line.connection
        try:
            line.connection.reset()
        except (Lost, Refused):
            line.drop()

    # Outcomes

    def _put_back(self, turn: Turn, reason: str) -> None:
        """Nothing was said of the message: it is sent on another connection."""
        self._settle(turn, Verdict(state="planned", reason=reason))
        self.queue.back(replace(turn.delivery, state="planned", attempt=turn.delivery.attempt + 1))

    def _settle(self, turn: Turn, verdict: Verdict) -> None:
        self._job.ledger.settle(turn.delivery.id, self.number, verdict, self._job.clock())
        with self._guard:
            self.accepted += verdict.state == "accepted"
        self._tell(turn.delivery, verdict)

    def _count(self, turn: Turn, *, missed: bool) -> None:
        """Too many misses in a row are no accident."""
        self.queue.count(turn.message, missed=missed)
        with self._guard:
            self._misses = self._misses + 1 if missed else 0
            self._welcome = self._welcome or not missed
            if self._misses >= self._job.limits.failures:
                self._end("paused", f"{self._misses} messages in a row were not taken")

    def _tell(self, delivery: Delivery, verdict: Verdict) -> None:
        with self._guard:
            self._job.announce(Told(delivery.recipient, verdict))


def _said(answer: Reply, text: str) -> str:
    return " ".join(f"{answer.code} {answer.enhanced} {text}".split())
