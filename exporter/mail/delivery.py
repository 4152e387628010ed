"""A run: what a plan has due is handed to the mail server.

    claim ─▶ MAIL, RCPT, DATA, text ─▶ ``committing`` on disk ─▶ final dot ─▶ reply ─▶ outcome on disk

Whatever goes wrong from the dot on leaves a delivery in doubt, and whatever goes wrong before it does not.
"""

from __future__ import annotations

from exporter.mail.job import Job, Outcome
from exporter.mail.ledger import check, recover
from exporter.mail.sending import Run


def deliver(job: Job) -> Outcome:
    """Send what is due; raises DeliveryError where the ledger does not add up or cannot be written."""
    recovery = recover(job.ledger, job.promise, job.clock())
    check(job.ledger, job.issue, job.revision)
    began = job.clock()
    run = Run(job, job.ledger.begin(job.promise, began))
    try:
        run.work()
    finally:
        recover(job.ledger, "at-most-once", job.clock())
        job.ledger.end(run.number, f"{run.ending}: {run.reason}".removesuffix(": "), job.clock())
    check(job.ledger, job.issue, job.revision)
    return Outcome(
        ending=run.ending,
        reason=run.reason,
        tally=job.ledger.tally(job.issue, job.revision),
        recovery=recovery,
        accepted=run.accepted,
        seconds=job.clock() - began,
        paused_domains=len(run.queue.paused),
    )
