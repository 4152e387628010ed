"""Which date a plan has: a new one, unless it is a plan that was made, or sent, already."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from exporter.distribution.planning import Planned, Request, plan
from exporter.distribution.records import Plan


def settled(request: Request, former: Plan | None, sent: Plan | None, max_age: timedelta) -> Planned:
    """The plan of ``request``, which bears the date of now.

    What was ``sent`` of the revision keeps its date for good: whoever gets it later gets the same message. The plan
    ``former`` that was made last keeps its own as long as nothing changed and it may still be sent. Raises SecretError
    where either was made with another secret, and what ``plan`` raises.
    """
    for known in filter(None, (former, sent)):
        request.identities.check(known.secret, f"The plan of issue {known.issue}, revision {known.revision}")
    if sent:
        return plan(replace(request, date=sent.date))
    if former and _is_of(former, request) and request.date - former.date <= max_age:
        again = plan(replace(request, date=former.date))
        if again.plan.undisturbed == former.undisturbed:
            return again
    return plan(request)


def _is_of(former: Plan, request: Request) -> bool:
    return (former.issue, former.revision) == (request.issue.id, request.issue.revision)
