"""What is unchanged is not made again, what changed is, and what is remembered is believed only where it is whole."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from exporter import registry
from exporter.building import builder, cachefolder, libraries, stamps
from exporter.building.plan import Plan
from exporter.building.reports import BuildReport
from exporter.fonts import debian
from exporter.judges.judge import Findings, Tools
from exporter.settings import Defaults, Docx, Epub, Images, Pdf, PlainText, Publisher, Settings, Theme
from tests import formats

CACHE = Path("dist/.cache")
Change = Callable[[Plan, pytest.MonkeyPatch], Plan | None]


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working directory with an article and all that an article can have beside it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(libraries, "loaded", lambda: (str(tmp_path / "libpango.so"),))
    Path("libpango.so").write_bytes(b"Pango, one")
    Path("templates").mkdir()
    Path("templates/own.css").write_text("p { color: red }\n", encoding="utf-8")
    written("source/a.md", "Some words.\n\n![A square](red.png)\n\n![Missing](none.png)\n")
    picture("source/red.png", "red")
    picture("cover.png", "red")
    install("a_library", "1.0", monkeypatch)


def written(name: str, body: str = "Some words.\n", **facts: str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    head = "".join(f"{key}: {value}\n" for key, value in {"title": "A title", "language": "en", **facts}.items())
    path.write_text(f"---\n{head}---\n\n{body}", encoding="utf-8")
    return path


def picture(name: str, colour: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (12, 12), colour).save(name)


def install(name: str, version: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the distribution ``name`` be installed in ``version``, and no other."""
    for old in Path("site").glob(f"{name}-*"):
        shutil.rmtree(old)
    Path("site", f"{name}-{version}.dist-info").mkdir(parents=True)
    if str(Path("site").absolute()) not in sys.path:
        monkeypatch.syspath_prepend(str(Path("site").absolute()))


def plan(*to: str) -> Plan:
    defaults = Defaults(to=to or ("txt",), missing_images="placeholder")
    settings = Settings(defaults=defaults, theme=Theme(templates=Path("templates")), epub=Epub(cover=Path("cover.png")))
    return Plan(base=Path.cwd(), settings=settings)


def build(*paths: str | Path, how: Plan | None = None) -> BuildReport:
    return builder.build(map(Path, paths or ("source",)), how or plan())


def unchanged(report: BuildReport) -> dict[str, bool]:
    return {article.path.name: article.unchanged for article in report.articles}


def notices(report: BuildReport) -> list[str]:
    return [notice for article in report.articles for notice in article.notices]


def contents(folder: str = "dist") -> dict[str, bytes]:
    """What a person sees in ``folder``."""
    files = (path for path in Path(folder).glob("[!.]*/*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


# --- What an edition depends on ---------------------------------------------------------------


def settings(**tables: object) -> Change:
    """Other values in tables of the settings."""
    return lambda before, _patch: replace(before, settings=replace(before.settings, **tables))  # type: ignore[arg-type]


def defaults(**values: object) -> Change:
    return lambda before, _patch: replace(
        before,
        settings=replace(before.settings, defaults=replace(before.settings.defaults, **values)),  # type: ignore[arg-type]
    )


def planned(**values: object) -> Change:
    return lambda before, _patch: replace(before, **values)  # type: ignore[arg-type]


def doing(act: Callable[[], object]) -> Change:
    """Something that happens to files."""

    def change(_before: Plan, _patch: pytest.MonkeyPatch) -> None:
        act()

    return change


def patched(place: object, name: str, value: object) -> Change:
    return lambda _before, patch: patch.setattr(place, name, value)


def of_a_package(_before: Plan, patch: pytest.MonkeyPatch) -> None:
    Path("site/maker/inner").mkdir(parents=True)
    Path("site/maker/__init__.py").write_text("", encoding="utf-8")
    patch.setattr(registry, "packages", lambda: ("exporter", "maker"))


def of_the_system(_before: Plan, patch: pytest.MonkeyPatch) -> None:
    Path("Font.ttf").write_bytes(b"font")
    patch.setattr(debian, "FOLDER", str(Path.cwd()))
    patch.setattr(debian, "pinned", lambda: {"Xsux": debian.Pinned(4, "0" * 64, "Font.ttf")})


class _Judge:
    """A judge that runs a program and objects to nothing."""

    name, standard, formats, get = "strict", "None", ("txt",), "apt-get install strict"

    def lacks(self, tools: Tools) -> str:
        return "" if tools.program("strict") else "strict"

    def examine(self, files: Any, tools: Tools) -> Findings:
        return {}


INPUTS: dict[str, Change] = {
    "a word of the source": doing(lambda: written("source/a.md", "Some other words.\n\n![A square](red.png)\n")),
    "a sidecar that appears": doing(lambda: Path("source/a.meta.toml").write_text("section = 'S'\n", encoding="utf-8")),
    "a picture": doing(lambda: picture("source/red.png", "blue")),
    "a picture that goes": doing(lambda: Path("source/red.png").unlink()),
    "a picture that was missing": doing(lambda: picture("source/none.png", "red")),
    "a template": doing(lambda: Path("templates/own.css").write_text("p { color: tan }\n", encoding="utf-8")),
    "a template that appears": doing(lambda: Path("templates/new.css").write_text("", encoding="utf-8")),
    "the picture that is the cover": doing(lambda: picture("cover.png", "blue")),
    "a library that is updated": doing(lambda: Path("libpango.so").write_bytes(b"Pango, two")),
    "a library that goes": doing(lambda: Path("libpango.so").unlink()),
    "a distribution in another version": lambda _before, patch: install("a_library", "1.1", patch),
    "the version of Python": patched(sys, "version", "3.99"),
    "a font of the system": of_the_system,
    "a package of formats": of_a_package,
    "the theme": settings(theme=Theme(name="plain", templates=Path("templates"))),
    "the page": settings(theme=Theme(page="Letter", templates=Path("templates"))),
    "no templates": settings(theme=Theme()),
    "columns": settings(pdf=Pdf(columns=2)),
    "what is attached": settings(pdf=Pdf(attach_source=True)),
    "a reference document": settings(docx=Docx(reference=Path("cover.png"))),
    "numbers of captions": settings(docx=Docx(number_captions=False)),
    "flowed lines": settings(txt=PlainText(flowed=True)),
    "sizes of pictures": settings(images=Images(screen=800)),
    "no cover": settings(epub=Epub(cover=False)),
    "the publisher": settings(publisher=Publisher(name="The House")),
    "the rights": settings(publisher=Publisher(rights="CC BY 4.0")),
    "the authors": defaults(authors=("Ana Pérez",)),
    "the section": defaults(section="News"),
    "the language": defaults(language="fr"),
    "typography": defaults(smart=True),
    "what is selected": defaults(select="main"),
    "unfit characters": defaults(unfit_characters="replace"),
    "losses that are accepted": defaults(accept_losses=("L011",)),
    "a format more": defaults(to=("txt", "html")),
    "no verification": planned(verified=False),
    "the date": planned(date=datetime(2026, 1, 1, tzinfo=UTC)),
    "a judge": planned(judges=(_Judge(),)),
    "being told so": planned(force=True),
}

NO_INPUTS: dict[str, Change] = {
    "nothing at all": doing(lambda: None),
    "another time of a file": doing(lambda: os.utime("source/red.png", (1, 1))),
    "the same written again": doing(lambda: picture("source/red.png", "red")),
    "a file moved away and back": doing(lambda: shutil.move("source/a.md", "b") and shutil.move("b", "source/a.md")),
    "a file nobody asked for": doing(lambda: Path("source/notes.txt.bak").write_bytes(b"x")),
    "a picture nobody calls": doing(lambda: picture("source/blue.png", "blue")),
    "what Python compiled": doing(lambda: Path("templates/__pycache__").mkdir()),
    "where settings are written": settings(file=Path("other.toml")),
    "a format twice": defaults(to=("txt", "txt")),
    "tools without a judge": planned(tools=Tools({"PATH": "/nowhere"})),
    "a mended copy of the set": doing(
        lambda: (shutil.copytree("dist", "copy") and shutil.rmtree("dist")) or shutil.move("copy", "dist")
    ),
}


@pytest.mark.parametrize("what", INPUTS)
def test_an_article_is_made_again_because_of(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    build()
    how = INPUTS[what](plan(), monkeypatch) or plan()
    assert unchanged(build(how=how)) == {"a.md": False}


@pytest.mark.parametrize("what", INPUTS)
def test_once_it_was_made_again_it_is_not_again_because_of(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    how = replace(INPUTS[what](plan(), monkeypatch) or plan(), force=False)
    first = build(how=how)
    second = build(how=how)
    assert unchanged(second) == {"a.md": first.ok}
    assert replace(second.articles[0], unchanged=False) == first.articles[0]


@pytest.mark.parametrize("what", NO_INPUTS)
def test_an_article_is_not_made_again_because_of(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    build()
    before = contents()
    how = NO_INPUTS[what](plan(), monkeypatch) or plan()
    assert unchanged(build(how=how)) == {"a.md": True}
    assert contents() == before


def test_every_setting_counts_unless_it_is_known_to_change_no_edition(monkeypatch: pytest.MonkeyPatch) -> None:
    """A setting that is new tomorrow is an input without anybody thinking of it."""
    build()
    how = replace(plan(), settings=replace(plan().settings, theme=_ThemeOfTomorrow(templates=Path("templates"))))
    assert unchanged(build(how=how)) == {"a.md": False}


@dataclass(frozen=True, kw_only=True)
class _ThemeOfTomorrow(Theme):
    ink: str = "black"


def test_a_change_of_exporters_own_code_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "site" / "maker").mkdir()
    code = tmp_path / "site" / "maker" / "__init__.py"
    code.write_text("INK = 1\n", encoding="utf-8")
    monkeypatch.setattr(registry, "packages", lambda: ("maker",))
    build()
    code.write_text("INK = 2\n", encoding="utf-8")
    assert unchanged(build()) == {"a.md": False}


def test_this_package_is_among_those_that_formats_come_from() -> None:
    assert "exporter" in registry.packages()


def test_shared_libraries_are_found_where_this_process_has_loaded_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert any(Path(path).name.startswith("libc.") for path in libraries.loaded())


# --- One of many ------------------------------------------------------------------------------


def test_of_several_articles_the_one_that_changed_is_made_again() -> None:
    for name in "bcd":
        written(f"source/{name}.md")
    build()
    written("source/c.md", "Other words.\n")
    assert unchanged(build()) == {"a.md": True, "b.md": True, "c.md": False, "d.md": True}


def test_what_is_unchanged_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "bcd":
        written(f"source/{name}.md")
    build()
    settle()
    build()
    monkeypatch.setattr(hashlib, "file_digest", refused)
    monkeypatch.setattr(registry, "reader", refused)
    monkeypatch.setattr(registry, "renderer", refused)
    assert set(unchanged(build()).values()) == {True}


def settle() -> None:
    """Let the file system's clock go on from what was just written."""
    time.sleep(0.02)


def refused(*_arguments: object) -> None:
    raise AssertionError("nothing is to be read")


def test_a_draft_that_is_walked_upon_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    written("source/b.md", draft="true")
    assert [each.reason for each in build().skipped] == ["a draft"]
    monkeypatch.setattr(registry, "reader", refused)
    assert [each.reason for each in build().skipped] == ["a draft"]


def test_a_draft_that_is_named_after_it_was_passed_over_is_made() -> None:
    path = written("source/b.md", draft="true")
    build()
    assert unchanged(build(path)) == {"b.md": False}
    assert unchanged(build(path)) == {"b.md": True}
    assert unchanged(build()) == {"a.md": True}


def test_an_article_that_gets_a_rival_for_its_name_is_made_again_under_another() -> None:
    build()
    written("source/fr/a.md", "Des mots.\n", language="fr")
    assert [article.slug for article in build().articles] == ["a.en", "a.fr"]
    assert [article.unchanged for article in build().articles] == [True, True]


def test_two_unchanged_articles_of_one_name_both_fail_and_are_made_again_when_one_goes() -> None:
    build()
    rival = written("other/a.md")
    assert [article.ok for article in build("source", "other").articles] == [False, False]
    assert contents() == {}
    rival.unlink()
    assert unchanged(build()) == {"a.md": False}


def test_a_set_that_another_article_took_over_is_made_again() -> None:
    build()
    written("other/a.md")
    build("other")
    report = build()
    assert unchanged(report) == {"a.md": False}
    assert "dist/a held the editions of other/a.md; they are replaced." in notices(report)


def test_a_renamed_source_is_made_again() -> None:
    build()
    Path("source/a.md").rename("source/b.md")
    assert unchanged(build()) == {"b.md": False}


def test_a_source_that_went_and_came_back_is_not_made_again() -> None:
    written("source/b.md")
    build()
    Path("source/a.md").rename("away")
    assert unchanged(build()) == {"b.md": True}
    Path("away").rename("source/a.md")
    assert unchanged(build()) == {"a.md": True, "b.md": True}


def test_a_source_that_is_a_draft_and_no_longer_one_is_made() -> None:
    written("source/a.md", draft="true")
    build()
    written("source/a.md")
    assert unchanged(build()) == {"a.md": False}


def test_what_failed_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        formats.replace_html(patch, formats.refusing())
        assert not build(how=plan("html", "txt")).ok
    report = build(how=plan("html", "txt"))
    assert (report.ok, unchanged(report)) == (True, {"a.md": False})


def test_a_folder_of_editions_remembers_for_itself() -> None:
    build()
    elsewhere = defaults(out=Path("elsewhere"))(plan(), pytest.MonkeyPatch())
    assert unchanged(build(how=elsewhere)) == {"a.md": False}
    assert unchanged(build(how=elsewhere)) == {"a.md": True}


def test_the_working_directory_makes_no_article_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two articles have one relative path, seen from two directories."""
    build("source/a.md")
    written("below/source/a.md", "Other words.\n")
    monkeypatch.chdir(tmp_path / "below")
    how = replace(plan(), settings=replace(plan().settings, theme=Theme(templates=tmp_path / "templates")))
    how = replace(how, settings=how.settings.with_defaults(out=tmp_path / "dist"))
    assert unchanged(build("source/a.md", how=how)) == {"a.md": False}
    assert b"Other words." in (tmp_path / "dist" / "a" / "a.txt").read_bytes()


def test_a_path_may_be_written_in_another_way(tmp_path: Path) -> None:
    build("source/a.md")
    assert [article.path for article in build(tmp_path / "source" / "a.md").articles if article.unchanged] == [
        tmp_path / "source" / "a.md"
    ]


# --- What was made ----------------------------------------------------------------------------


def test_an_edition_that_was_deleted_comes_back() -> None:
    build()
    before = contents()
    Path("dist/a/a.txt").unlink()
    assert unchanged(build()) == {"a.md": False}
    assert contents() == before


def test_a_set_that_was_deleted_comes_back() -> None:
    build()
    before = contents()
    shutil.rmtree("dist/a")
    assert unchanged(build()) == {"a.md": False}
    assert contents() == before


def test_an_edition_changed_by_hand_is_told_and_made_again() -> None:
    build()
    before = contents()
    Path("dist/a/a.txt").write_bytes(b"x" * len(before["a/a.txt"]))
    report = build()
    assert "dist/a/a.txt was changed by hand; it is made again." in notices(report)
    assert contents() == before
    assert "dist/a/a.txt was changed by hand; it is made again." not in notices(build())


def test_an_edition_changed_by_hand_is_told_where_nothing_is_remembered() -> None:
    build()
    Path("dist/a/a.txt").write_bytes(b"Other words.\n")
    shutil.rmtree(CACHE)
    assert "dist/a/a.txt was changed by hand; it is made again." in notices(build())


def test_an_edition_of_another_format_changed_by_hand_goes_and_is_told() -> None:
    build(how=plan("html", "txt"))
    Path("dist/a/a.html").write_bytes(b"Other words.\n")
    report = build()
    assert "dist/a/a.html was changed by hand; it is removed." in notices(report)
    assert sorted(contents()) == ["a/a.txt", "a/manifest.json"]


@pytest.mark.parametrize("content", [None, b"", b"{}"])
def test_a_manifest_that_was_changed_is_made_again(content: bytes | None) -> None:
    build()
    before = contents()
    Path("dist/a/manifest.json").unlink()
    if content is not None:
        Path("dist/a/manifest.json").write_bytes(content)
    assert unchanged(build()) == {"a.md": False}
    assert contents() == before


def test_fewer_formats_than_there_are_need_no_work() -> None:
    build(how=plan("html", "txt"))
    report = build(how=plan("html"))
    assert unchanged(report) == {"a.md": True}
    assert [edition.format for edition in report.articles[0].editions] == ["html", "txt"]


def test_a_format_more_leaves_those_there_are() -> None:
    build(how=plan("html"))
    build(how=plan("txt"))
    assert unchanged(build(how=plan("html", "txt"))) == {"a.md": True}


def test_a_copy_of_a_project_elsewhere_is_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build()
    shutil.copytree(tmp_path, tmp_path / "copy")
    monkeypatch.chdir(tmp_path / "copy")
    assert unchanged(build()) == {"a.md": True}


# --- What is remembered -----------------------------------------------------------------------


def truncated(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-7])


def flipped(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def foreign(file: Path) -> None:
    """Whole, but of something else."""
    file.write_bytes(cachefolder.sealed({"something": "else"}))


def older(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b"exporter cache 1 ", b"exporter cache 0 "))


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def removed(file: Path) -> None:
    file.unlink()


DAMAGES = [truncated, flipped, foreign, older, emptied, a_folder, removed]


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("kind", ["*.trace", "*.libraries"])
def test_a_damaged_entry_is_not_believed(kind: str, damage: Callable[[Path], None]) -> None:
    build()
    before = contents()
    (entry,) = CACHE.glob(kind)
    damage(entry)
    report = build()
    assert (report.ok, unchanged(report)) == (True, {"a.md": False})
    assert contents() == before


@pytest.mark.parametrize("damage", [truncated, flipped, foreign, older, emptied, removed])
@pytest.mark.parametrize("kind", ["*.trace", "*.libraries"])
def test_a_damaged_entry_is_written_anew(kind: str, damage: Callable[[Path], None]) -> None:
    build()
    (entry,) = CACHE.glob(kind)
    damage(entry)
    build()
    assert unchanged(build()) == {"a.md": True}


@pytest.mark.parametrize("damage", DAMAGES)
def test_without_the_shortcut_contents_are_looked_at(damage: Callable[[Path], None]) -> None:
    build()
    damage(CACHE / "common")
    assert unchanged(build()) == {"a.md": True}


def test_every_byte_of_an_entry_counts() -> None:
    whole = cachefolder.sealed({"a": ["some", "words"]})
    for at in range(len(whole)):
        with pytest.raises(ValueError, match="damaged"):
            cachefolder.unsealed(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])


def test_an_entry_under_the_name_of_another_article_is_not_believed() -> None:
    written("source/b.md")
    build()
    one, other = CACHE.glob("*.trace")
    shutil.copyfile(one, other)
    assert sorted(unchanged(build()).values()) == [False, True]


def test_a_folder_that_is_deleted_costs_the_work_and_no_more() -> None:
    build()
    before = contents()
    shutil.rmtree(CACHE)
    assert unchanged(build()) == {"a.md": False}
    assert contents() == before
    assert unchanged(build()) == {"a.md": True}


def test_backups_are_told_to_pass_the_folder_over() -> None:
    build()
    assert (CACHE / "CACHEDIR.TAG").read_bytes().startswith(b"Signature: 8a477f597d28d172789f06886806bc55\n")


def test_a_folder_that_cannot_be_had_is_told_and_the_build_goes_on() -> None:
    Path("dist").mkdir()
    CACHE.write_bytes(b"a file")
    for _ in range(2):
        report = build()
        assert (report.ok, unchanged(report)) == (True, {"a.md": False})
        (notice,) = report.notices
        assert notice == "dist/.cache: File exists. What is not remembered is made again next time."


def test_a_full_disk_is_told_and_the_build_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    build()
    written("source/a.md", "Other words.\n")
    monkeypatch.setattr(cachefolder, "sealed", full)
    report = build()
    assert (report.ok, unchanged(report)) == (True, {"a.md": False})
    assert [notice.rpartition(": ")[2] for notice in report.notices] == [
        "No space left on device. What is not remembered is made again next time."
    ]
    monkeypatch.undo()


def full(_document: object) -> bytes:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_good_build_has_nothing_to_say_about_it() -> None:
    assert build().notices == ()


# --- Inodes -----------------------------------------------------------------------------------


def test_a_file_whose_inode_says_the_same_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    file = Path("file")
    file.write_bytes(b"some")
    known = stamps.of(file, None, LATER)
    monkeypatch.setattr(stamps, "_read", refused)
    assert stamps.of(file, known, LATER) is known


def test_a_file_as_young_as_the_look_at_it_is_read_every_time() -> None:
    """Changed twice in one tick of the clock, it would have the same inode with two contents (racy git)."""
    file = Path("file")
    file.write_bytes(b"some")
    found = file.stat()
    young = stamps.of(file, None, found.st_mtime_ns)
    assert young == stamps.Stamp(hashlib.sha256(b"some").hexdigest(), stamps.UNSETTLED)
    file.write_bytes(b"else")
    assert stamps.of(file, young, found.st_mtime_ns) == stamps.Stamp(hashlib.sha256(b"else").hexdigest())


def test_a_time_of_modification_that_was_put_back_hides_nothing() -> None:
    file = Path("file")
    file.write_bytes(b"some")
    known, found = stamps.of(file, None, LATER), file.stat()
    settle()
    file.write_bytes(b"else")
    os.utime(file, ns=(found.st_atime_ns, found.st_mtime_ns))
    assert stamps.of(file, known, LATER) == stamps.of(file, None, LATER) != known


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_what_is_no_file_has_no_stamp(make: Callable[[str], None]) -> None:
    make("thing")
    assert stamps.of("thing", None, LATER) is None


def test_a_folder_that_leads_into_itself_has_an_end() -> None:
    Path("templates/loop").symlink_to(".")
    build()
    assert unchanged(build()) == {"a.md": True}


def test_a_template_behind_a_link_is_one() -> None:
    Path("shared").mkdir()
    Path("shared/own.css").write_text("a { color: red }\n", encoding="utf-8")
    Path("templates/shared").symlink_to("../shared")
    build()
    Path("shared/own.css").write_text("a { color: tan }\n", encoding="utf-8")
    assert unchanged(build()) == {"a.md": False}


LATER = 2**62
"""Nanoseconds; a time after all others."""


# --- From the shell ---------------------------------------------------------------------------

HEAVY = frozenset(
    {"weasyprint", "docx", "ebooklib", "jinja2", "lxml", "PIL", "babel", "fontTools", "uharfbuzz", "pikepdf", "yaml"}
    | {"markdown_it", "regex", "rich", "multiprocessing", "concurrent"}
)
"""Packages that take a while to import."""

WATCHED = """
import atexit, json, os, sys
opened = []
sys.addaudithook(lambda event, of: opened.append(str(of[0])) if event == "open" else None)
def tell():
    files = sorted(path for path in opened if path.startswith(("source", "dist")))
    print(json.dumps({"packages": sorted({name.partition(".")[0] for name in sys.modules}), "opened": files}))
atexit.register(tell)
from exporter.cli import main
main(["build", "source", "--to", "txt,html,docx,epub", "--quiet"], prog_name="exporter")
"""


def shell() -> dict[str, list[str]]:
    """What a build from the shell imports, and opens of the project."""
    done = subprocess.run([sys.executable, "-c", WATCHED], capture_output=True, text=True, check=True)
    told: dict[str, list[str]] = json.loads(done.stdout.splitlines()[-1])
    return told


@pytest.fixture
def articles() -> None:
    """Twelve articles, built, and the clock gone on."""
    shutil.rmtree("source")
    for number in range(12):
        written(f"source/{number}.md", f"Words of number {number}.\n")
    shell()
    settle()
    shell()


@pytest.mark.usefixtures("articles")
def test_an_unchanged_build_imports_neither_weasyprint_nor_python_docx() -> None:
    assert HEAVY & set(shell()["packages"]) == set()


@pytest.mark.usefixtures("articles")
def test_an_unchanged_build_opens_one_small_file_for_each_article() -> None:
    traces = [path for path in shell()["opened"] if path.startswith(f"{CACHE}/") and path.endswith(".trace")]
    assert len(traces) == len(set(traces)) == 12
    assert [path for path in shell()["opened"] if path.endswith((".md", ".txt", ".html", ".docx", ".epub"))] == []


@pytest.mark.usefixtures("articles")
def test_a_build_with_one_change_reads_the_article_that_changed() -> None:
    written("source/7.md", "Other words.\n")
    told = shell()
    assert "source/7.md" in told["opened"]
    assert [path for path in told["opened"] if path.endswith(("/8.txt", "8.md"))] == []
