"""A correction as an article: what was said, and what is said now, word by word; and the issue that brings it."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from exporter.article import Direction
from exporter.distribution.texts import Difference
from exporter.issues import Issue
from exporter.verifier import Change, changes

WAS = "\u2212"
IS = "+"
"""The signs of a line that is taken out, and of one that is put in its place: they are of no language."""


def page(title: str, note: str, language: str, direction: Direction, differences: Sequence[Difference]) -> bytes:
    """The notice as a page of HTML, a source like any other; ``note`` is a sentence of the editor's, "" for none."""
    body = "".join(_lines(differences))
    words = f"<p>{html.escape(note)}</p>\n" if note else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{html.escape(language)}" dir="{direction}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{html.escape(title)}</title>\n</head>\n<body>\n<article>\n<h1>{html.escape(title)}</h1>\n"
        f"{words}{body}</article>\n</body>\n</html>\n"
    ).encode()


def _lines(differences: Sequence[Difference]) -> Iterator[str]:
    for each in differences:
        found = changes(each.was, each.is_)
        if each.was:
            yield _line(WAS, "s", [change for change in found if change.operation != "added"])
        if each.is_:
            yield _line(IS, "strong", [change for change in found if change.operation != "removed"])


def _line(sign: str, element: str, found: Sequence[Change]) -> str:
    words = "".join(_marked(each.text, element, each.operation != "same") for each in found)
    return f"<p>{sign} {words}</p>\n"


def _marked(text: str, element: str, changed: bool) -> str:
    """``text``, spaces at its ends outside of what marks it."""
    words = text.strip()
    if not changed or not words:
        return html.escape(text)
    start = text.index(words)
    marked = f"<{element}>{html.escape(words)}</{element}>"
    return f"{html.escape(text[:start])}{marked}{html.escape(text[start + len(words) :])}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bringing:
    """The issue that brings a notice: its ``id``, ``subject``, language and date, the ``article`` by its path."""

    id: str
    subject: str
    article: str
    language: str
    date: date


def issue_file(issue: Issue, bringing: Bringing, unsubscribe: Sequence[str]) -> bytes:
    """``bringing`` to readers of ``issue``, as TOML."""
    email = issue.email
    top = {
        "id": bringing.id,
        "title": issue.title,
        "date": bringing.date.isoformat(),
        "language": bringing.language,
        "publisher": issue.publisher,
        "formats": ["txt"],
    }
    head = {
        "subject": bringing.subject,
        "sender": email.sender if email else None,
        "reply_to": email.reply_to if email else None,
        "list_id": email.list_id if email else None,
        "unsubscribe": list(unsubscribe),
    }
    lines = [*_keys(top), "", "[[section]]", *_keys({"articles": [bringing.article]}), "", "[email]", *_keys(head), ""]
    return "\n".join(lines).encode("utf-8")


def _keys(table: Mapping[str, object]) -> Iterator[str]:
    for key, value in table.items():
        if value:
            yield f"{key} = {value if key == 'date' else json.dumps(value, ensure_ascii=False)}"
