"""From an issue's file to an ``Issue``, and everything that is wrong with the file, at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, Final

from exporter import toml
from exporter.issues.issue import Email, Entry, Issue, Part, Route, Selection, Translation, Waiver
from exporter.issues.tables import Problem, Table, number, one_of, text, texts
from exporter.readers.languages import direction_of, language_tag
from exporter.readers.metadata import day
from exporter.themes import PAGES

_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_MAILBOX: Final = re.compile(r"[^<>@\s]+@[^<>@\s]+\.[^<>@\s]+|[^<>]*<[^<>@\s]+@[^<>@\s]+\.[^<>@\s]+>")
_LIST_ID: Final = re.compile(r"(?:[^<>\n]* )?<[A-Za-z0-9_.-]+\.[A-Za-z0-9_.-]+>")


def read(content: bytes) -> tuple[Issue | None, tuple[Problem, ...]]:
    """The issue ``content`` states, as far as it can be told, and what is wrong with it, by line.

    None where it is no TOML at all (I000).
    """
    try:
        values = toml.parse(content)
    except toml.TomlError as error:
        message = f"This is not TOML: {error.message}. A text stands in quotation marks."
        return None, (Problem(error.line, "I000", message),)
    problems: list[Problem] = []
    issue = _issue(Table(values, (), toml.lines(content), problems))
    return issue, tuple(sorted(problems))


def _issue(top: Table) -> Issue:
    language = top.need("language", _language, "und", '"en"')
    found = Issue(
        id=top.need("id", _id, "unnamed", '"7"'),
        title=top.need("title", text, "", '"…"'),
        language=language,
        direction=top.get("direction", one_of("ltr", "rtl")) or direction_of(language),
        date=top.need("date", day, date.min, "2026-10-05"),
        revision=top.get("revision", number) or 1,
        subtitle=top.get("subtitle", text),
        number=top.get("number", _number),
        publisher=top.get("publisher", text),
        rights=top.get("rights", text),
        authors=top.get("authors", texts) or (),
        summary=top.get("summary", text),
        note=top.get("note", text),
        cover=top.get("cover", text),
        hold=top.get("hold", texts) or (),
        formats=top.get("formats", texts),
        theme=top.get("theme", text),
        page=top.get("page", one_of(*PAGES)),
        translations=tuple(map(_translation, top.tables("translation"))),
        parts=tuple(map(_part, top.tables("section"))),
        email=_email(top.table("email")),
        routes=tuple(map(_route, top.tables("route"))),
        waivers=tuple(map(_waiver, top.tables("waiver"))),
        lines=top.lines,
    )
    top.close()
    if not (top.problems or any(part.articles for part in found.parts)):
        top.note('There is no article. Write [[section]], and below it: articles = ["../articles/….md"]')
    return found


# --- Parts ------------------------------------------------------------------------------------


def _part(table: Table) -> Part:
    entries = (*_listed(table), *map(_entry, table.tables("article")), *map(_selection, table.tables("select")))
    found = Part(
        title=table.get("title", text),
        articles=tuple(sorted(entries, key=lambda each: each.line)),
        line=table.line(),
    )
    table.close()
    return found


def _listed(table: Table) -> Iterator[Entry | Selection]:
    """The paths and patterns of ``articles``, each with its line."""
    for place, path in enumerate(table.get("articles", texts) or ()):
        line = table.lines.get((*table.place, "articles", place), table.line("articles"))
        yield Selection(pattern=path, line=line) if _is_pattern(path) else Entry(path=path, line=line)


def _is_pattern(path: str) -> bool:
    return any(character in path for character in "*?[")


def _entry(table: Table) -> Entry:
    path = table.need("path", text, "", '"../articles/….md"')
    if _is_pattern(path):
        table.note(f"'{path}' is a pattern: write it into 'articles'; a title and a summary are one article's.", "path")
    found = Entry(path=path, title=table.get("title", text), summary=table.get("summary", text), line=table.line())
    table.close()
    return found


def _selection(table: Table) -> Selection:
    found = Selection(
        pattern=table.need("from", text, "*", '"../articles/*.md"'),
        tags=table.get("tags", texts) or (),
        since=table.get("since", day),
        until=table.get("until", day),
        order=table.get("order", one_of("written", "date", "-date", "title")) or "written",
        line=table.line(),
    )
    if found.since and found.until and _day(found.since) > _day(found.until):
        table.note("'since' is later than 'until'.", "since")
        found = replace(found, since=None, until=None)
    table.close()
    return found


def _day(moment: date) -> str:
    return moment.isoformat()[:10]


# --- Translations -----------------------------------------------------------------------------


def _translation(table: Table) -> Translation:
    sections = table.table("sections")
    found = Translation(
        language=table.need("language", _language, "und", '"fr"'),
        title=table.get("title", text),
        subtitle=table.get("subtitle", text),
        publisher=table.get("publisher", text),
        summary=table.get("summary", text),
        note=table.get("note", text),
        cover=table.get("cover", text),
        subject=table.get("subject", _line),
        preheader=table.get("preheader", _line),
        greeting=table.get("greeting", _line),
        sections=_titles(sections) if sections else {},
        line=table.line(),
    )
    table.close()
    return found


def _titles(table: Table) -> dict[str, str]:
    found = {title: table.get(title, text) for title in table.values}
    return {title: translated for title, translated in found.items() if translated}


# --- Email ------------------------------------------------------------------------------------


def _email(table: Table | None) -> Email | None:
    if table is None:
        return None
    found = Email(
        subject=table.need("subject", _line, "", '"…"'),
        sender=table.get("sender", _mailbox),
        reply_to=table.get("reply_to", _mailbox),
        preheader=table.get("preheader", _line),
        greeting=table.get("greeting", _line),
        list_id=table.get("list_id", _list_id),
        unsubscribe=table.get("unsubscribe", _unsubscribe) or (),
        content=table.get("content", one_of("full", "summaries")) or "full",
        pictures=table.get("pictures", one_of("cid", "url")) or "cid",
        picture_base=table.get("picture_base", _address),
    )
    if found.pictures == "url" and not found.picture_base:
        table.note('pictures = "url" needs where they are: picture_base = "https://…/"', "pictures")
    table.close()
    return found


def _route(table: Table) -> Route:
    formats = table.get("formats", texts)
    found = Route(
        language=table.get("language", _language),
        segment=table.get("segment", text),
        edition=table.get("edition", _language),
        formats=None if formats is None else tuple(each for each in formats if each != "none"),
        line=table.line(),
    )
    table.close()
    return found


def _waiver(table: Table) -> Waiver:
    found = Waiver(
        code=table.need("code", text, "", '"V001"'),
        article=table.need("article", text, "", '"../articles/….md"'),
        block=table.need("block", number, 0, "12"),
        by=table.need("by", text, "", '"…"'),
        reason=table.need("reason", text, "", '"…"'),
        line=table.line(),
    )
    table.close()
    return found


# --- Kinds of values --------------------------------------------------------------------------


def _id(value: Any) -> str:
    written = str(value) if isinstance(value, int) and not isinstance(value, bool) else text(value)
    if not _ID.fullmatch(written):
        raise ValueError(f"'{written}' cannot name files: letters, digits, '.', '_' and '-' do, 64 at most")
    return written


def _number(value: Any) -> str:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else text(value)


def _language(value: Any) -> str:
    return language_tag(text(value))


def _line(value: Any) -> str:
    """A text for a header: of one line (RFC 5322)."""
    written = text(value)
    if "\n" in written:
        raise ValueError("it must be of one line")
    return written


def _mailbox(value: Any) -> str:
    written = _line(value)
    if not _MAILBOX.fullmatch(written):
        raise ValueError(f"'{written}' is no mailbox like 'The Paper <paper@example.org>'")
    return written


def _list_id(value: Any) -> str:
    written = _line(value)
    if not _LIST_ID.fullmatch(written):
        raise ValueError(f"'{written}' is no list identifier like 'The Paper <paper.example.org>' (RFC 2919)")
    return written


def _address(value: Any) -> str:
    written = _line(value)
    if not re.fullmatch(r"https://[^\s<>]+", written):
        raise ValueError(f"'{written}' is no address that begins with https://")
    return written


def _unsubscribe(value: Any) -> tuple[str, ...]:
    found = texts([value] if isinstance(value, str) else value)
    for written in found:
        if not re.fullmatch(r"(?:https://|mailto:)[\x21-\x3b\x3d\x3f-\x7e]+", written):
            raise ValueError(f"'{written}' is no address like 'https://…' or 'mailto:…' in ASCII (RFC 2369)")
        if "{recipient}" not in written:
            raise ValueError(
                f"'{written}' is the same for all: write {{recipient}} where it tells who leaves (RFC 8058)"
            )
    return found
