"""What an email has around its article: what lists of mails show of it, whom it greets, and where one leaves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from exporter import slots
from exporter.edition import Discrepancy
from exporter.labels import Labels
from exporter.text import FURNITURE, Said
from exporter.walk import normalise


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """What is planned around the article of an email.

    ``preheader`` is None in a body that has no place for one. ``pictures`` is what their addresses begin with: "cid:",
    or the folder on a web server. With ``unsubscribe`` there is a link to leave, with ``sample`` a marked sample
    recipient may stand in the slots.
    """

    preheader: str | None = None
    unsubscribe: bool = True
    pictures: str = "cid:"
    sample: bool = False


def misaddressed(
    letterhead: Letterhead | None, entries: Iterable[Said], labels: Labels, canonical: str, house: Iterable[str] = ()
) -> Iterator[Discrepancy]:
    """What is wrong around the article of an email; without a ``letterhead``, of what holds for every one."""
    around = [entry for entry in entries if entry.kind == FURNITURE and "place" in entry.attributes]
    wanted = {labels.unsubscribe: slots.slot(slots.UNSUBSCRIBE), labels.online: canonical}
    for entry in around:
        yield from _leading(entry, wanted, letterhead, frozenset(house))
        yield from _personal(entry, letterhead)
    if letterhead:
        yield from _announced(letterhead, around)
        yield from _leaving(letterhead, around, labels)


def _leading(
    entry: Said, wanted: Mapping[str, str], letterhead: Letterhead | None, house: frozenset[str]
) -> Iterator[Discrepancy]:
    """A line that leads elsewhere than it says, or pictures from elsewhere than planned."""
    found = entry.attributes.get("links", "")
    if entry.attributes["place"] == "pictures":
        if letterhead and found != letterhead.pictures:
            message = f"Pictures come from '{found}', and were planned from '{letterhead.pictures}'."
            yield Discrepancy("V009", message, path=entry.path, expected=letterhead.pictures, found=found)
    elif found and _unsampled(found) != wanted.get(entry.text) and f"{entry.text}: {found}" not in house:
        message = f"{entry.path}: '{entry.text}' leads to '{found}'."
        yield Discrepancy("V008", message, path=entry.path, expected=wanted.get(entry.text, ""), found=found)


def _unsampled(address: str) -> str:
    """``address``, or the slot of which it is the sample."""
    name = slots.sampled(address)
    return slots.slot(name) if name else address


def _personal(entry: Said, letterhead: Letterhead | None) -> Iterator[Discrepancy]:
    """A sample recipient in a body that may be sent."""
    sampled = [name for name in entry.attributes.get("slots", "").split("\n") if name.startswith("sample ")]
    if sampled and not (letterhead and letterhead.sample):
        message = f"{entry.path}: a sample recipient stands in the slots; such a body is not to be sent."
        yield Discrepancy("V003", message, path=entry.path, found=sampled[0])


def _announced(letterhead: Letterhead, around: Iterable[Said]) -> Iterator[Discrepancy]:
    """A preheader that is not the one planned."""
    planned = normalise(letterhead.preheader or "")
    found = [entry.text for entry in around if entry.attributes["place"] == "preheader"]
    if planned and not found:
        yield Discrepancy("V001", "The email lacks its preheader.", path="preheader", expected=planned)
    for text in found:
        if text != planned:
            message = "The preheader, which lists of mails show, is not the one that was planned."
            yield Discrepancy("V003", message, path="preheader", expected=planned, found=text)


def _leaving(letterhead: Letterhead, around: Iterable[Said], labels: Labels) -> Iterator[Discrepancy]:
    """A link to leave that is missing, or that nobody planned."""
    shown = any(entry.text == labels.unsubscribe and entry.attributes.get("links") for entry in around)
    if letterhead.unsubscribe and not shown:
        yield Discrepancy("V001", "The email lacks its link to unsubscribe.", path="foot", expected=labels.unsubscribe)
    elif shown and not letterhead.unsubscribe:
        yield Discrepancy("V002", "The email has a link to unsubscribe.", path="foot", found=labels.unsubscribe)
