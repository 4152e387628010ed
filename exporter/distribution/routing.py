"""Which set of editions a recipient gets, and which files of it: language, segment and format lead there.

Nobody is given another language than he asked for unless a route of the issue says so: what no route covers is a
mistake, told by the line of the recipients' file.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from exporter.issues import Issue, Route
from exporter.mail.recipients import Recipient


class RouteError(ValueError):
    """No route leads anywhere for a recipient: a sentence without its full stop."""


@dataclass(frozen=True, slots=True)
class Destination:
    """What a recipient gets: the set of editions in ``language``, and ``formats`` of it as files, in order."""

    language: str
    formats: tuple[str, ...]


def destination(issue: Issue, recipient: Recipient, usual: Collection[str], languages: Sequence[str]) -> Destination:
    """Where ``issue``, which has sets in ``languages``, goes to ``recipient``; raises RouteError.

    The first route that fits is taken; without any in the issue's file everybody gets the set in his language. The
    ``usual`` formats are for those of whom nothing is said.
    """
    route = _route(issue, recipient)
    wished = recipient.formats if recipient.formats is not None else tuple(usual)
    formats = wished if route.formats is None else route.formats
    return Destination(route.edition or _set(issue, recipient, languages), tuple(sorted(formats)))


def _route(issue: Issue, recipient: Recipient) -> Route:
    if not issue.routes:
        return Route()
    language = recipient.language or issue.language
    for route in issue.routes:
        of_language = route.language is None or matches(language, route.language)
        if of_language and route.segment in (None, recipient.segment):
            return route
    segment = f" in segment '{recipient.segment}'" if recipient.segment else ""
    raise RouteError(f"no route for language '{language}'{segment}. Add a [[route]] to the issue's file")


def _set(issue: Issue, recipient: Recipient, languages: Sequence[str]) -> str:
    """The language of the set for who asks for none in particular, or for one that is there (RFC 4647, 3.4)."""
    if recipient.language is None:
        return issue.language
    if found := lookup(recipient.language, languages):
        return found
    known = ", ".join(languages)
    raise RouteError(
        f"the issue has no editions in '{recipient.language}', but in {known}. Add a [[route]] to its file"
    )


def lookup(wanted: str, there: Sequence[str]) -> str | None:
    """The best of the languages ``there`` for ``wanted``: itself, or the nearest wider one (RFC 4647, 3.4)."""
    known = {each.lower(): each for each in there}
    parts = wanted.lower().split("-")
    while parts:
        if found := known.get("-".join(parts)):
            return found
        parts.pop()
        if parts and len(parts[-1]) == 1:
            parts.pop()
    return None


def matches(language: str, wanted: str) -> bool:
    """Whether ``language`` is ``wanted`` or a narrower one (RFC 4647, 3.3.1)."""
    return f"{language.lower()}-".startswith(f"{wanted.lower()}-")
