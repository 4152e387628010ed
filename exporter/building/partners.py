"""A partner's own Word document: whether its styles can stand for ours, and which of ours have none."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from exporter import toml
from exporter.errors import ExporterError, SettingsError
from exporter.nearness import meant

if TYPE_CHECKING:
    from exporter.profiles import Profile
    from exporter.settings import Settings


def notices(settings: Settings) -> tuple[str, ...]:
    """A sentence on our styles that no style of the partner's is named for; none without a partner's document.

    Raises SettingsError, naming the line, for a style that ours or theirs has not, and, with ``strict``, for one of
    ours that has none of theirs.
    """
    profile, reference = settings.profile, settings.docx.reference
    if profile is None or reference is None or "docx" not in settings.defaults.to:
        return ()
    theirs = _theirs(reference)
    for ours, named in profile.styles:
        if fault := _fault(ours, named, theirs, reference):
            raise _error(settings, profile, ours, fault)
    return _unmapped(settings, profile, theirs, reference)


def _theirs(reference: Path) -> Mapping[str, str]:
    from exporter.renderers.docx import partner

    try:
        return partner.kinds(reference)
    except ExporterError as error:
        raise SettingsError(str(error)) from error


def _fault(ours: str, named: str, theirs: Mapping[str, str], reference: Path) -> str:
    """What is wrong with ``named`` standing for ``ours``; "" where nothing is."""
    from exporter.renderers.docx import partner
    from exporter.renderers.docx.reference import mappable

    known = mappable()
    if ours in partner.OURS_ALONE:
        return "exporter marks with it what it adds itself; it cannot be another. Delete the line"
    if ours not in known:
        hint = meant(ours, known) or f" There are: {', '.join(known)}."
        return f"no style of exporter's.{hint}".rstrip(".")
    found = {name.casefold(): (name, kind) for name, kind in theirs.items()}
    if named.casefold() not in found:
        hint = meant(named, theirs) or f" It has: {', '.join(sorted(theirs))}."
        return f"{reference.name} has no style '{named}'.{hint}".rstrip(".")
    name, kind = found[named.casefold()]
    wanted = partner.kind(ours)
    return "" if kind == wanted else f"'{name}' is a style of the kind {kind}, and this is one of the kind {wanted}"


def _error(settings: Settings, profile: Profile, ours: str, fault: str) -> SettingsError:
    table = f"profile.{profile.name}.styles"
    file = settings.file
    line = toml.line_of(file.read_bytes(), table, ours) if file else 0
    return SettingsError(f"{file}:{line}: [{table}] {ours}: {fault}.")


def _unmapped(settings: Settings, profile: Profile, theirs: Mapping[str, str], reference: Path) -> tuple[str, ...]:
    """What is told of our styles without one of theirs; raises SettingsError with ``strict`` where there are any."""
    from exporter.renderers.docx.partner import OURS_ALONE
    from exporter.renderers.docx.reference import STYLES

    there = {name.casefold() for name in theirs}
    left = [ours for ours in STYLES if ours not in (*dict(profile.styles), *OURS_ALONE)]
    alike = [ours for ours in left if ours.casefold() in there]
    lent = [ours for ours in left if ours.casefold() not in there]
    where = f"Profile '{profile.name}': no style is named for"
    if lent and settings.defaults.strict:
        table = f"[profile.{profile.name}.styles]"
        raise SettingsError(f"{where} {', '.join(lent)}. Name some under {table}, or do not be strict.")
    own = f"{reference.name} has styles of the same name for {', '.join(alike)}" if alike else ""
    needed = f"{', '.join(lent)} are lent by exporter where an article needs them" if lent else ""
    told = "; ".join(filter(None, (own, needed)))
    return (f"{where} {len(left)} of exporter's: {told}.",) if told else ()
