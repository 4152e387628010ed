"""What letters are made of: sets of editions, the words around them, and what becomes of those that are too large."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Final, assert_never

from exporter.distribution.records import BodyRecord, FileRecord, LetterRecord, TextRecord
from exporter.distribution.sets import HTML, TEXT, EditionSet
from exporter.edition import Resource
from exporter.images import Frame, fitted
from exporter.mailsettings import Mail, Rung

_SMALL: Final = Frame(600, 900, 70)
"""Pictures of the first rung: as wide as an email's column, a pixel for each of the design."""

_SUFFIXES: Final[Mapping[str, str]] = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Who a letter is from, and what it is called; ``reply_to`` and ``list_id`` are "" for none."""

    sender: str
    subject: str
    reply_to: str = ""
    list_id: str = ""


@dataclass(frozen=True, slots=True)
class Material:
    """One set of an issue: its editions, its head, and the ``pictures`` its HTML body shows by Content-ID.

    ``texts`` are those of each article by its path from the issue's folder (``exporter.distribution.texts``).

    ``objects`` has, by SHA-256, the bytes of everything that letters made so far consist of.
    """

    set: EditionSet
    head: Head
    pictures: Mapping[str, Resource]
    mail: Mail
    texts: Mapping[str, bytes] = field(default_factory=dict)
    objects: dict[str, bytes] = field(default_factory=dict)

    def said(self) -> Iterator[TextRecord]:
        """What each article says."""
        for path, content in sorted(self.texts.items()):
            yield TextRecord(language=self.set.language, path=path, sha256=self._kept(content))

    def key(self, formats: Sequence[str], rungs: Sequence[Rung] = ()) -> str:
        """What a letter is called, in tables and in the ledger."""
        return " ".join((self.set.language, "+".join(formats) or "none", *(f"[{rung}]" for rung in rungs)))

    def letter(self, formats: Sequence[str], rungs: Sequence[Rung] = ()) -> LetterRecord:
        """The letter with ``formats`` as files, after the steps ``rungs`` of the ladder."""
        whole = LetterRecord(
            key=self.key(formats, rungs),
            language=self.set.language,
            formats=tuple(formats),
            rungs=tuple(rungs),
            sender=self.head.sender,
            subject=self.head.subject,
            text=self._body(TEXT),
            html=self._body(HTML) if HTML in self.set.records else None,
            pictures=tuple(self._picture(name, each) for name, each in sorted(self.pictures.items())),
            attachments=tuple(self._edition(each) for each in formats),
            reply_to=self.head.reply_to,
            list_id=self.head.list_id,
            bulk=self.mail.bulk,
        )
        for rung in rungs:
            whole = self._lowered(whole, rung)
        return whole

    def _lowered(self, letter: LetterRecord, rung: Rung) -> LetterRecord:
        match rung:
            case "smaller-pictures":
                pictures = tuple(
                    self._picture(name, fitted(each, _SMALL)) for name, each in sorted(self.pictures.items())
                )
                return replace(letter, pictures=pictures)
            case "link":
                links = tuple(self._links(letter.attachments))
                return replace(letter, attachments=links)
            case "text":
                shown = tuple(each for each in letter.attachments if each.shown)
                return replace(letter, html=None, pictures=(), attachments=shown)
            case _:
                assert_never(rung)

    def _body(self, format_: str) -> BodyRecord:
        record = self.set.records[format_]
        parameters = record.media_type.partition(";")[2].replace("charset=utf-8", "").strip("; ")
        return BodyRecord(
            kind="text" if format_ == TEXT else "html",
            sha256=self._kept(self.set.contents[format_]),
            parameters=parameters,
        )

    def _edition(self, format_: str) -> FileRecord:
        record = self.set.records[format_]
        media_type = record.media_type.partition(";")[0]
        digest = self._kept(self.set.contents[format_])
        return FileRecord(name=record.file, media_type=media_type, sha256=digest, size=record.size)

    def _picture(self, content_id: str, picture: Resource) -> FileRecord:
        return FileRecord(
            name=f"{content_id.partition('@')[0][:40]}.{_SUFFIXES[picture.media_type]}",
            media_type=picture.media_type,
            sha256=self._kept(picture.content),
            size=len(picture.content),
            content_id=content_id,
        )

    def _links(self, attachments: Sequence[FileRecord]) -> Iterator[FileRecord]:
        """One text below the message that says where the files lie, and how large they are."""
        if not attachments or self.mail.link_base is None:
            yield from attachments
            return
        told = BytesIO()
        for each in attachments:
            place = f"{self.mail.link_base.rstrip('/')}/{self.set.slug}/{each.name}"
            told.write(f"{each.name} ({each.size / 1_000_000:.1f} MB)\n{place}\n\n".encode())
        content = told.getvalue()
        yield FileRecord(
            name=f"{self.set.slug}.links.txt",
            media_type="text/plain; charset=utf-8",
            sha256=self._kept(content),
            size=len(content),
            shown=True,
        )

    def _kept(self, content: bytes) -> str:
        digest = hashlib.sha256(content).hexdigest()
        self.objects.setdefault(digest, content)
        return digest
