"""What changed since an issue was approved: articles block by block, editions read back, the issue key by key."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from exporter.approval import files
from exporter.approval.files import Difference
from exporter.approval.records import Approval, Text
from exporter.approval.validity import Standing
from exporter.edition import UNREADABLE, Extraction
from exporter.errors import ExporterError
from exporter.loading import loader, lookup
from exporter.loading.loaded import MAIL
from exporter.loading.selecting import normal
from exporter.settings import Settings
from exporter.text import Said, said
from exporter.verifier import Change, Passage, changes, read_back
from exporter.verifier.passages import passages
from exporter.verifier.streams import is_doubtful
from exporter.verifier.verification import APART


@dataclass(frozen=True, slots=True)
class Block:
    """One text that is otherwise than it was: ``before`` and ``after``, "" for one that was not, or is not, there.

    ``line`` is that of the source, 0 where there is none: of an article as it is now, of an edition as it was in
    ``article``. ``kind`` is as in ``exporter.text.said``, or "key" and its name in an issue's file.
    """

    kind: str
    line: int
    before: str
    after: str
    article: str = ""

    @property
    def words(self) -> tuple[Change, ...]:
        """Where the words changed."""
        return changes(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Changed:
    """A difference from what was approved, and the ``blocks`` that say something else; ``note`` is for a person."""

    difference: Difference
    blocks: tuple[Block, ...] = ()
    note: str = ""


SAME: Final = "other bytes, same words"


def changed(standing: Standing, settings: Settings) -> tuple[Changed, ...]:
    """Every difference of ``standing``, as far as can be told with what it comes to."""
    if standing.approval is None:
        return ()
    teller = _Teller(standing, standing.approval, settings)
    return tuple(map(teller.told, standing.differences))


@dataclass(frozen=True, slots=True)
class _Teller:
    """Tells differences of one issue."""

    standing: Standing
    approval: Approval
    settings: Settings

    def told(self, difference: Difference) -> Changed:
        if difference.what == "found otherwise":
            return Changed(difference, (), self._found_otherwise(difference.name))
        if difference.what == "missing" or difference.kind not in ("issue", "source", "edition", "body"):
            return Changed(difference)
        try:
            return self._compared(difference)
        except (ExporterError, OSError, ValueError) as error:
            return Changed(difference, (), f"cannot be read: {error}")

    def _compared(self, difference: Difference) -> Changed:
        match difference.kind:
            case "issue":
                blocks = tuple(_keys(self.approval.matter.issue_text, self._path(difference).read_text("utf-8-sig")))
            case "source":
                return self._source(difference)
            case _:
                return self._edition(difference)
        return Changed(difference, blocks, "" if blocks else SAME)

    def _path(self, difference: Difference) -> Path:
        of_sources = difference.kind in ("issue", "source")
        return (self.standing.path.parent if of_sources else self.standing.out) / difference.name

    # Articles

    def _source(self, difference: Difference) -> Changed:
        """An article, or the one that a sidecar belongs to; of a picture there are no words."""
        article = self._article(difference.name)
        if article is None:
            return Changed(difference)
        now = loader.read(self.standing.path.parent / article, self.settings).article
        texts = tuple(Text(entry.kind, entry.line, entry.text) for entry in said(now))
        blocks = tuple(_blocks(self.approval.matter.articles[article], texts))
        return Changed(difference, blocks, "" if blocks or difference.what == "new" else SAME)

    def _article(self, name: str) -> str | None:
        """The article that was approved whose file, or whose sidecar, is called ``name``."""
        known = self.approval.matter.articles
        sidecars = {normal(str(lookup.sidecar_path(Path(PurePosixPath(each))))): each for each in known}
        return name if name in known else sidecars.get(normal(name))

    def _found_otherwise(self, pattern: str) -> str:
        before = set(self.approval.matter.patterns[pattern])
        now = set(files.found([pattern], self.standing.path.parent)[pattern])
        news = [f"new: {', '.join(sorted(now - before))}"] if now - before else []
        gone = [f"gone: {', '.join(sorted(before - now))}"] if before - now else []
        return "; ".join((*news, *gone))

    # Editions

    def _edition(self, difference: Difference) -> Changed:
        """What the edition says otherwise than was approved, read back, as far as it can be."""
        extraction = read_back(difference.format, self._path(difference).read_bytes())
        every = _passages(self._approved(difference), extraction)
        told = [passage for passage in every if not _is_untold(passage)]
        blocks = tuple(block for passage in told for block in _of_passage(passage, extraction))
        untold = len(every) - len(told)
        dark = f"{untold} texts, in scripts that a page does not tell, not compared" if untold else ""
        return Changed(difference, blocks, "; ".join(filter(None, ("" if blocks else SAME, dark))))

    def _approved(self, difference: Difference) -> Sequence[Text]:
        slug = difference.name.partition("/")[0]
        found = next(each for each in self.approval.matter.sets if each.slug == slug)
        return (found.mail or found.texts) if difference.format.startswith(MAIL) else found.texts


def _passages(approved: Iterable[Text], extraction: Extraction) -> tuple[Passage, ...]:
    """What was approved beside what an edition says."""
    expected = [_entry(each) for each in approved if each.text]
    found = [entry for entry in extraction.entries if entry.kind not in APART and entry.text]
    return passages(expected, found, extraction)


def _entry(text: Text) -> Said:
    """``text`` as a verifier takes it; its path is the article's name."""
    return Said(text.article, text.kind, text.text, text.line)


def _is_untold(passage: Passage) -> bool:
    """Whether a page does not tell for certain what it says."""
    if any(UNREADABLE in entry.attributes for entry in passage.edition):
        return True
    return passage.relation == "missing" and is_doubtful(passage.source[0])


_OF_WORDS: Final = frozenset({"V001", "V002", "V003", "V004", "V005", "V006", "V012", "V013"})
"""Codes of findings on what is said; others are on how, of which an approval keeps nothing."""


def _of_passage(passage: Passage, extraction: Extraction) -> Iterator[Block]:
    if not any(finding.code in _OF_WORDS for finding in passage.findings):
        return
    before, after = (" ".join(each.text for each in side) for side in (passage.source, passage.edition))
    after = after if extraction.form == "exact" else after.replace("\n", " ")
    if passage.source:
        first = passage.source[0]
        yield Block(first.kind, first.line, before, after, first.path)
    else:
        yield Block(passage.edition[0].kind, 0, before, after)


# --- Texts ------------------------------------------------------------------------------------


def _blocks(before: Sequence[Text], after: Sequence[Text]) -> Iterator[Block]:
    """What is said otherwise, in the order of ``after``."""
    expected, found = ([*map(_entry, side)] for side in (before, after))
    for passage in passages(expected, found, Extraction(tuple(found), frozenset(), {})):
        entry = (*passage.edition, *passage.source)[0]
        if any(finding.code in _OF_WORDS | {"V007"} for finding in passage.findings):
            old, new = (" ".join(each.text for each in side) for side in (passage.source, passage.edition))
            yield Block(entry.kind, entry.line, old, new)


# --- Keys -------------------------------------------------------------------------------------


def _keys(before: str, after: str) -> Iterator[Block]:
    """The keys of an issue's file that have other values, by their names with dots."""
    old, new = (dict(_flat(tomllib.loads(text), "")) for text in (before, after))
    for key in dict.fromkeys((*old, *new)):
        if old.get(key) != new.get(key):
            yield Block(f"key {key}", 0, old.get(key, ""), new.get(key, ""))


def _flat(value: Any, name: str) -> Iterator[tuple[str, str]]:
    """Every value below ``value``, as a text, with its name; lists of texts are one."""
    match value:
        case Mapping():
            for key, each in value.items():
                yield from _flat(each, f"{name}.{key}" if name else key)
        case [Mapping(), *_]:
            for number, each in enumerate(value, 1):
                yield from _flat(each, f"{name}[{number}]")
        case list():
            yield name, ", ".join(map(str, value))
        case _:
            yield name, str(value)
