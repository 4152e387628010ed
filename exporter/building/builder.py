"""Builds editions: every article in every format, verified, each set published as one.

Nothing stops at the first failure: an article that cannot be read, or an edition that differs from
its source, is reported, its predecessor is withdrawn, and the rest is built.

Articles are looked at first, all of them, since only together they tell what each set is named: those that changed
are read, the others remembered. Then the sets are made that do not stand as they should, the longest first. Others may
read and make; this process alone writes. What it takes to read and make is imported where there is something to do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeAlias

from exporter import registry
from exporter.building import house, looking, making, partners, provenance, publishing
from exporter.building.memory import Memory
from exporter.building.plan import Plan
from exporter.building.reports import ArticleReport, BuildReport
from exporter.building.work import Equip, Stop, Work
from exporter.errors import FormatError, SettingsError
from exporter.loading import fetching, lookup, sources
from exporter.loading.fetching import Fetched
from exporter.loading.sources import Sources
from exporter.nearness import meant
from exporter.stores import Place
from exporter.workers import HERE, Workers

Announce: TypeAlias = Callable[[ArticleReport, int], None]
"""Called with each article's report when it is done, and with how many articles there are."""


def build(
    paths: Iterable[Place],
    plan: Plan,
    announce: Announce = lambda _report, _total: None,
    *,
    workers: Workers = HERE,
    stop: Stop = lambda: False,
    equip: Equip = lambda plan: plan,
) -> BuildReport:
    """Build every article ``paths`` hold into ``plan.settings.defaults.out``; either may be in a store.

    Raises FormatError, SettingsError, SourceError and StoreError before anything is done, LockedError where another
    build runs.
    """
    check(plan)
    with fetching.fetched(paths, plan.settings.defaults.out) as local:
        report = _build(local, replace(plan, origins=local.origins), announce, workers, stop, equip)
    return replace(report, skipped=(*local.skipped, *report.skipped))


def _build(local: Fetched, plan: Plan, announce: Announce, workers: Workers, stop: Stop, equip: Equip) -> BuildReport:
    out, original = plan.settings.defaults.out, plan.origins.place
    found = _find(local, plan)
    with publishing.locked(out), Memory(out, plan) as memory:
        publishing.sweep(out)
        work = Work(
            plan=plan,
            options=provenance.options(plan),
            memory=memory,
            workers=workers,
            stop=stop,
            equip=equip,
        )
        wanted, drafts, unread = looking.look(found, work)
        called = looking.called(wanted)
        reports = {}
        for report in making.reports(wanted, work):
            reports[report.path] = replace(report, pictures=called[report.path]).of_originals(plan.origins)
            announce(reports[report.path], len(wanted) + len(unread))
    done = tuple(reports[path] for path in wanted if path in reports)
    skipped = (replace(each, path=original(each.path)) for each in (*found.skipped, *drafts))
    left = (*(path for path in wanted if path not in reports), *unread)
    notices = (*memory.notices, *partners.notices(plan.settings))
    return BuildReport(done, tuple(skipped), tuple(map(original, left)), notices)


def check(plan: Plan) -> None:
    """Raise FormatError or SettingsError where ``plan`` asks for what is not installed or not there."""
    if not plan.formats:
        raise SettingsError("No format to build. Name some with --to.")
    for format_ in plan.formats:
        if not registry.has("renderers", format_):
            known = [point.name for point in registry.installed("renderers")]
            raise FormatError(f"No format '{format_}'.{meant(format_, known)} Installed: {', '.join(known)}.")
        if plan.verified and not registry.has("extractors", format_):
            raise FormatError(f"Format '{format_}' has no extractor, so nothing could verify it. Install one. [V000]")
    for code in plan.settings.defaults.accept_losses:
        if not re.fullmatch(r"L[0-9]{3}", code):
            raise SettingsError(f"'{code}' is no code of a loss. They read like L010: docs/verification.md lists them.")
    theme = plan.settings.theme
    reference = plan.settings.docx.reference
    if reference and not reference.is_file():
        raise SettingsError(f"No reference document '{reference}'. Name a .docx file, or delete [docx] reference.")
    templates = theme.templates
    if templates and not templates.is_dir():
        raise SettingsError(
            f"{plan.settings.file}: no folder '{templates}' for the theme's templates. Make it, or delete the key."
        )
    house.theme(plan.settings)
    partners.notices(plan.settings)


def _find(local: Fetched, plan: Plan) -> Sources:
    out = plan.settings.defaults.out
    found = _with_each(sources.find(local.paths, out), plan)
    if not (found.named or found.walked or found.skipped):
        readable = ", ".join(point.name for point in registry.installed("readers"))
        places = ", ".join(str(local.origins.place(path)) for path in local.paths)
        raise FormatError(f"No article in {places}. Readable: {readable}.")
    return found


def _with_each(found: Sources, plan: Plan) -> Sources:
    """``found`` with the articles of its issues, where ``plan`` wants each by itself too."""
    if not plan.each:
        return found
    from exporter.loading import issues

    named = [each for path in found.named if lookup.is_issue(path) for each in issues.articles(path, plan.settings)]
    return sources.find((*found.named, *named, *found.walked), plan.settings.defaults.out)
