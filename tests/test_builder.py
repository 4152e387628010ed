"""Building: sets of editions that agree with their manifest, whatever fails."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PIL import Image

from exporter import registry
from exporter.article import Metadata
from exporter.building import builder, folders, manifest, production, publishing
from exporter.building.manifest import EditionRecord, Manifest
from exporter.building.production import Plan
from exporter.building.reports import ArticleReport, BuildReport
from exporter.edition import EPOCH
from exporter.errors import FormatError, LockedError, SettingsError
from exporter.settings import Defaults, Settings, Theme
from tests import formats

WORDS = "Some words that stand in every edition.\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(name: str, body: str = WORDS, **facts: str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    head = "".join(f"{key}: {value}\n" for key, value in {"title": "A title", "language": "en", **facts}.items())
    path.write_text(f"---\n{head}---\n\n{body}", encoding="utf-8")
    return path


def plan(*to: str, verified: bool = True, **defaults: object) -> Plan:
    chosen = Settings(defaults=Defaults(to=to or ("html", "txt"), **defaults))  # type: ignore[arg-type]
    return Plan(base=Path.cwd(), settings=chosen, verified=verified)


def build(*paths: Path, to: tuple[str, ...] = ("html", "txt")) -> BuildReport:
    return builder.build(paths, plan(*to))


def manifest_of(slug: str) -> Mapping[str, object]:
    found: Mapping[str, object] = json.loads(Path("dist", slug, "manifest.json").read_bytes())
    return found


def files(folder: str = "dist") -> list[str]:
    """What a person sees in ``folder``: neither the lock nor what builds remember."""
    return sorted(
        path
        for p in Path(folder).rglob("[!.]*")
        if p.is_file() and not (path := p.relative_to(folder).as_posix()).startswith(".")
    )


def messages(report: BuildReport) -> list[str]:
    return [failure.message for article in report.articles for failure in article.failures]


# --- A set ------------------------------------------------------------------------------------


def test_an_article_becomes_a_set_with_its_manifest() -> None:
    report = build(written("source/a.md"))
    assert report.ok
    assert files() == ["a/a.html", "a/a.txt", "a/manifest.json"]


def test_the_manifest_says_what_the_files_are() -> None:
    path = written("source/a.md")
    build(path)
    found = manifest_of("a")
    assert list(found) == ["schema", "source", "options", "editions", "versions"]
    assert found["source"] == {"path": "source/a.md", "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    content = Path("dist/a/a.txt").read_bytes()
    assert found["editions"][1] == {  # type: ignore[index]
        "format": "txt",
        "file": "a.txt",
        "sha256": hashlib.sha256(content).hexdigest(),
        "size": len(content),
        "media_type": "text/plain; charset=utf-8",
        "verified": True,
        "proof": "read",
        "discrepancies": [],
        "losses": [
            {
                "code": "L011",
                "message": "This format does not mark the article's language, en.",
                "line": 0,
                "column": 0,
            }
        ],
    }


def test_a_manifest_has_the_keys_of_its_schema() -> None:
    schema = json.loads((Path(__file__).parent.parent / "docs" / "manifest.schema.json").read_bytes())
    build(written("a.md"))
    found = manifest_of("a")
    assert list(found) == schema["required"]
    assert list(found["options"]) == schema["properties"]["options"]["required"]  # type: ignore[call-overload]
    assert list(found["editions"][0]) == schema["$defs"]["edition"]["required"]  # type: ignore[index]


def test_a_manifest_names_no_absolute_path(folder: Path) -> None:
    build(written("source/a.md").resolve())
    assert manifest_of("a")["source"]["path"] == "source/a.md"  # type: ignore[index]
    assert str(folder) not in Path("dist/a/manifest.json").read_text(encoding="utf-8")


def test_a_manifest_reads_back_as_it_was_written() -> None:
    build(written("a.md"))
    content = Path("dist/a/manifest.json").read_bytes()
    assert manifest.dump(manifest.parse(content)) == content


def test_building_again_changes_no_byte_and_writes_no_file() -> None:
    path = written("a.md")
    build(path)
    before = {name: (Path("dist", name).read_bytes(), Path("dist", name).stat().st_mtime_ns) for name in files()}
    build(path)
    assert {
        name: (Path("dist", name).read_bytes(), Path("dist", name).stat().st_mtime_ns) for name in files()
    } == before


def test_an_edition_edited_by_hand_is_made_again() -> None:
    path = written("a.md")
    build(path)
    content = Path("dist/a/a.txt").read_bytes()
    Path("dist/a/a.txt").write_text("Other words.\n", encoding="utf-8")
    build(path)
    assert Path("dist/a/a.txt").read_bytes() == content


def test_unverified_editions_say_so() -> None:
    builder.build([written("a.md")], plan("txt", verified=False))
    assert manifest_of("a")["editions"][0]["verified"] is False  # type: ignore[index]


def test_another_format_joins_the_set_of_the_same_source() -> None:
    path = written("a.md")
    build(path, to=("txt",))
    build(path, to=("html",))
    assert files() == ["a/a.html", "a/a.txt", "a/manifest.json"]
    assert [edition["format"] for edition in manifest_of("a")["editions"]] == ["html", "txt"]  # type: ignore[attr-defined]


def test_an_edition_of_an_earlier_source_leaves_the_set_with_a_word() -> None:
    build(written("a.md"), to=("txt",))
    report = build(written("a.md", "Other words.\n"), to=("html",))
    assert files() == ["a/a.html", "a/manifest.json"]
    assert report.articles[0].notices == ("Removed from dist/a, being of an earlier state: a.txt.",)


def test_an_edition_of_another_date_leaves_the_set() -> None:
    path = written("a.md")
    builder.build([path], replace(plan("html"), date=EPOCH))
    build(path, to=("txt",))
    assert files() == ["a/a.txt", "a/manifest.json"]


def test_an_edition_made_with_other_templates_leaves_the_set() -> None:
    path = written("a.md")
    Path("looks").mkdir()
    house = replace(plan("html"), settings=replace(plan("html").settings, theme=Theme(templates=Path("looks"))))
    builder.build([path], house)
    Path("looks/article.css").write_text("p { color: teal }\n", encoding="utf-8")
    text = replace(house, settings=house.settings.with_defaults(to=("txt",)))
    builder.build([path], text)
    assert files() == ["a/a.txt", "a/manifest.json"]
    builder.build([path], house)
    assert files() == ["a/a.html", "a/a.txt", "a/manifest.json"]


def test_an_edition_with_a_picture_that_has_changed_leaves_the_set() -> None:
    path = written("a.md", "See ![a square](a.png) here.\n")
    Image.new("RGB", (2, 2), "red").save("a.png")
    build(path, to=("html",))
    Image.new("RGB", (2, 2), "blue").save("a.png")
    build(path, to=("txt",))
    assert files() == ["a/a.txt", "a/manifest.json"]


def test_what_others_put_into_the_folder_stays() -> None:
    build(written("a.md"))
    Path("dist/a/notes.odt").write_bytes(b"mine")
    build(written("a.md", "Other words.\n"))
    assert "a/notes.odt" in files()


def test_a_picture_in_plain_text_is_a_recorded_loss() -> None:
    Image.new("RGB", (2, 2), "red").save("a.png")
    report = build(written("a.md", "See ![a red square](a.png) here.\n"))
    losses = {edition.format: [loss.code for loss in edition.losses] for edition in report.articles[0].editions}
    assert losses == {"html": [], "txt": ["L011", "L010"]}


# --- Failures ---------------------------------------------------------------------------------


def test_an_edition_that_differs_is_not_written_and_the_others_are(monkeypatch: pytest.MonkeyPatch) -> None:
    formats.replace_html(monkeypatch, formats.dropping(b"every "))
    report = build(written("a.md"))
    assert not report.ok
    assert files() == ["a/a.txt", "a/manifest.json"]
    failure = report.articles[0].failures[0]
    assert (failure.code, failure.format, failure.line) == ("V003", "html", 6)
    assert failure.expected == WORDS.strip()


def test_the_predecessor_of_a_failed_edition_is_removed(monkeypatch: pytest.MonkeyPatch) -> None:
    path = written("a.md")
    build(path)
    formats.replace_html(monkeypatch, formats.dropping(b"every "))
    builder.build([path], replace(plan("html", "txt"), force=True))
    assert files() == ["a/a.txt", "a/manifest.json"]
    assert [edition["format"] for edition in manifest_of("a")["editions"]] == ["txt"]  # type: ignore[attr-defined]


def test_a_predecessor_no_manifest_names_is_removed_too(monkeypatch: pytest.MonkeyPatch) -> None:
    path = written("a.md")
    build(path)
    Path("dist/a/manifest.json").unlink()
    formats.replace_html(monkeypatch, formats.refusing())
    build(path)
    assert files() == ["a/a.txt", "a/manifest.json"]


def test_a_renderers_refusal_is_its_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    formats.replace_html(monkeypatch, formats.refusing())
    assert messages(build(written("a.md"))) == ["Line 7: no font has 'x'. Install one."]


def test_a_fault_in_a_renderer_costs_its_edition_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    formats.replace_html(monkeypatch, formats.breaking())
    report = build(written("a.md"))
    assert messages(report) == [
        "Format 'html' broke down: KeyError: 'no such\\nkey'. Run again with --debug and report it."
    ]
    assert [edition.format for edition in report.articles[0].editions] == ["txt"]


def test_a_fault_is_raised_for_who_wants_to_see_it(monkeypatch: pytest.MonkeyPatch) -> None:
    formats.replace_html(monkeypatch, formats.breaking())
    with pytest.raises(KeyError):
        builder.build([written("a.md")], replace(plan(), debug=True))


def test_a_missing_tool_is_told_from_a_fault_of_the_article(monkeypatch: pytest.MonkeyPatch) -> None:
    formats.replace_html(monkeypatch, formats.lacking())
    assert build(written("a.md")).lacks_tool


def test_one_unreadable_article_does_not_stop_the_others() -> None:
    broken = written("b.md")
    broken.write_bytes(b"\xff\xfe\xfd")
    report = build(written("a.md"), broken, written("c.md"))
    assert [article.ok for article in report.articles] == [True, False, True]
    assert files() == ["a/a.html", "a/a.txt", "a/manifest.json", "c/c.html", "c/c.txt", "c/manifest.json"]


def test_what_was_made_of_a_source_that_cannot_be_read_any_more_is_withdrawn() -> None:
    path = written("a.md", slug="other-name")
    build(path)
    path.write_bytes(b"\xff\xfe\xfd")
    report = build(path)
    assert files() == []
    assert report.articles[0].notices == (
        "Removed the editions in dist/other-name: this source no longer vouches for them.",
    )


def test_a_finding_in_the_source_withdraws_the_whole_set() -> None:
    build(written("a.md"))
    report = build(written("a.md", "![A square](no.png) in a text.\n"))
    assert [failure.code for failure in report.articles[0].failures] == ["S011"]
    assert files() == []


def test_a_full_disk_leaves_files_and_manifest_in_agreement(monkeypatch: pytest.MonkeyPatch) -> None:
    build(written("a.md"))
    before = {name: Path("dist", name).read_bytes() for name in files()}

    def fail(path: Path, content: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    monkeypatch.setattr(folders, "_write", fail)
    report = build(written("a.md", "Other words.\n"))
    assert messages(report)[0].endswith(
        "cannot be read or written: No space left on device. The earlier editions stand as they were."
    )
    assert {name: Path("dist", name).read_bytes() for name in files()} == before


def test_a_full_disk_is_told_by_the_file_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fail)
    assert messages(build(written("a.md"), to=("txt",)))[0].startswith("dist/a/.new-a.txt cannot be read or written: ")


@pytest.mark.parametrize("name", ["../../b.md", "/etc/b.md", "..", "", "a\\b", "manifest.json", 7])
def test_a_manifest_that_names_files_elsewhere_is_none(name: object) -> None:
    """A set removes what its old manifest names: it must not reach out of its folder."""
    target = written("b.md")
    path = written("a.md")
    build(path, to=("txt",))
    forged = json.loads(Path("dist/a/manifest.json").read_bytes())
    forged["editions"][0]["file"] = name
    Path("dist/a/manifest.json").write_text(json.dumps(forged), encoding="utf-8")
    assert build(path, to=("txt",)).ok
    assert target.exists()
    assert files() == ["a/a.txt", "a/manifest.json"]


@pytest.mark.parametrize(
    "content",
    [
        "null",
        "[[",
        '{"schema": 1}',
        '{"schema": 1, "source": {"path": "a.md", "sha256": "x"}, "options": [], "editions": [], "versions": [1]}',
        '{"schema": 1, "source": {"path": "a.md", "sha256": "x"}, "options": 3, "editions": [], "versions": {}}',
    ],
)
def test_a_broken_manifest_is_replaced(content: str) -> None:
    path = written("a.md")
    build(path, to=("txt",))
    Path("dist/a/manifest.json").write_text(content, encoding="utf-8")
    assert build(path, to=("txt",)).ok
    assert manifest.parse(Path("dist/a/manifest.json").read_bytes()).editions[0].file == "a.txt"


def test_a_folder_named_like_a_leftover_stops_no_build() -> None:
    Path("dist/a/.new-things").mkdir(parents=True)
    assert build(written("a.md"), to=("txt",)).ok


def test_an_error_in_a_sidecar_is_told_by_the_sidecars_name_and_line() -> None:
    path = written("a.md")
    Path("a.meta.toml").write_text("\nsection = World\n", encoding="utf-8")
    assert messages(build(path))[0].startswith("a.meta.toml:2: This is not TOML: ")


def test_an_article_nothing_reads_is_named_once() -> None:
    Path("a.docx").write_bytes(b"PK")
    found = messages(build(Path("a.docx")))
    known = ".htm, .html, .md, .txt, .xhtml"
    assert found == [f"nothing reads articles of this kind. Name one that ends in: {known}."]


# --- Which articles ---------------------------------------------------------------------------


def test_a_folder_is_walked_and_what_is_skipped_is_listed() -> None:
    for name in (
        "a.md",
        "below/b.md",
        "_c.md",
        "README.md",
        "issues/d.md",
        ".e.md",
        ".git/f.md",
        "_g/h.md",
        "image.png",
    ):
        written(f"source/{name}")
    written("source/draft.md", draft="true")
    written("source/unpublished.md", published="false")
    report = build(Path("source"))
    assert [article.path.as_posix() for article in report.articles] == ["source/a.md", "source/below/b.md"]
    assert {skipped.path.as_posix(): skipped.reason for skipped in report.skipped} == {
        "source/_c.md": "its name begins with _",
        "source/_g": "its name begins with _",
        "source/.git": "hidden",
        "source/.e.md": "hidden",
        "source/README.md": "a README",
        "source/issues": "an issue is built by its file",
        "source/draft.md": "a draft",
        "source/unpublished.md": "a draft",
    }


def test_a_draft_that_is_named_is_built() -> None:
    assert len(build(written("a.md", draft="true")).articles[0].editions) == 2


def test_editions_are_not_taken_for_sources() -> None:
    written("a.md")
    build(Path())
    report = build(Path())
    assert [article.path.as_posix() for article in report.articles] == ["a.md"]
    assert [(skipped.path.name, skipped.reason) for skipped in report.skipped] == [
        ("dist", "editions are written here")
    ]


def test_editions_in_another_folder_are_not_taken_for_sources() -> None:
    build(written("a.md"))
    report = builder.build([Path()], plan("txt", out=Path("other")))
    assert [article.path.as_posix() for article in report.articles] == ["a.md"]
    assert Path("dist/a") in [skipped.path for skipped in report.skipped if skipped.reason == "it holds editions"]


def test_editions_may_be_written_among_their_sources() -> None:
    written("source/a.md")
    for _ in range(2):
        report = builder.build([Path("source")], plan("txt", out=Path("source")))
        assert [article.path.as_posix() for article in report.articles] == ["source/a.md"]
    assert report.ok


def test_a_folder_with_a_manifest_of_something_else_is_walked() -> None:
    written("source/a.md")
    Path("source/manifest.json").write_text('{"name": "An app", "icons": []}', encoding="utf-8")
    assert len(build(Path("source")).articles) == 1


def test_a_folder_that_cannot_be_read_is_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    written("source/a.md")
    written("source/locked/b.md")
    original = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("locked"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return original(path)

    monkeypatch.setattr(os, "scandir", scandir)
    with pytest.raises(PermissionError, match="source/locked"):
        build(Path("source"))
    assert not Path("dist").exists()


def test_links_that_lead_in_circles_stop_no_build() -> None:
    Path("b.md").symlink_to("c.md")
    Path("c.md").symlink_to("b.md")
    report = build(written("a.md", "See ![a circle](b.md).\n"), Path())
    assert [article.ok for article in report.articles] == [False, False, False]
    assert "does not exist" in messages(report)[0]


def test_a_file_named_twice_is_built_once() -> None:
    path = written("source/a.md")
    assert len(build(path, Path("source"), path.resolve()).articles) == 1


def test_translations_that_share_a_slug_are_told_apart_by_language() -> None:
    build(written("en/a.md"), written("fa/a.md", "چند واژه.\n", language="fa", title="عنوان"))
    assert sorted(path.parent.name for path in Path("dist").glob("*/manifest.json")) == ["a.en", "a.fa"]
    assert "a.fa/a.fa.txt" in files()


@pytest.mark.parametrize("names", [("one/a.md", "two/a.md"), ("one/a.md", "two/A.md")])
def test_two_articles_of_one_name_are_refused_by_both_names(names: tuple[str, str]) -> None:
    report = build(*map(written, names), written("b.md"))
    assert [article.ok for article in report.articles] == [False, False, True]
    assert messages(report)[0].startswith(f"{names[0]} and {names[1]} would both be written as 'a")
    assert files() == ["b/b.html", "b/b.txt", "b/manifest.json"]


def test_of_many_articles_of_one_name_two_are_named() -> None:
    report = build(*(written(f"{folder}/a.md") for folder in "vwxyz"))
    assert messages(report)[0].startswith("v/a.md and w/a.md and 3 more would both be written as 'a.en'.")


def test_a_name_made_of_slug_and_language_may_be_taken_already() -> None:
    report = build(written("en/a.md"), written("fr/a.md", language="fr"), written("a.en.md"))
    assert [article.ok for article in report.articles] == [False, True, False]


def test_taking_over_the_set_of_another_source_is_said() -> None:
    build(written("one/a.md"))
    report = build(written("two/a.md"))
    assert report.articles[0].notices == ("dist/a held the editions of one/a.md; they are replaced.",)


def test_each_report_is_announced_with_the_number_of_articles() -> None:
    heard: list[tuple[str, int]] = []

    def hear(report: ArticleReport, total: int) -> None:
        heard.append((report.path.name, total))

    builder.build([written("a.md"), written("b.md")], plan("txt"), hear)
    assert heard == [("a.md", 2), ("b.md", 2)]


# --- What is refused at once ------------------------------------------------------------------


def test_a_format_that_is_not_installed_is_refused_before_anything_is_done() -> None:
    with pytest.raises(FormatError, match=r"No format 'odt'\. Installed: docx, email\.html, email\.txt, epub"):
        build(written("a.md"), to=("txt", "odt"))
    assert not Path("dist").exists()


def test_a_format_nothing_can_read_back_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    original = registry.has
    monkeypatch.setattr(registry, "has", lambda group, name: group != "extractors" and original(group, name))
    with pytest.raises(FormatError, match=r"Format 'html' has no extractor, .* \[V000\]"):
        build(written("a.md"), to=("html",))
    unverified = builder.build([written("a.md")], plan("html", verified=False))
    assert messages(unverified) == ["Format 'html' has no extractor, so nothing could verify it. Install one. [V000]"]


def test_no_format_at_all_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"No format to build\. Name some with --to\."):
        builder.check(Plan(base=Path(), settings=Settings(defaults=Defaults(to=()))))


def test_a_theme_folder_that_is_not_there_is_refused() -> None:
    chosen = Settings(theme=Theme(templates=Path("looks")))
    with pytest.raises(SettingsError, match="no folder 'looks' for the theme's templates"):
        builder.check(Plan(base=Path(), settings=chosen))


def test_a_theme_that_is_not_there_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"No theme 'gothic'\. There are: default, plain, report"):
        builder.check(Plan(base=Path(), settings=Settings(theme=Theme(name="gothic"))))


def test_a_second_build_of_one_folder_is_turned_away() -> None:
    path = written("a.md")
    with (
        publishing.locked(Path("dist")),
        pytest.raises(LockedError, match=rf"dist: another build is writing here \(process {os.getpid()}\)\."),
    ):
        build(path)


# --- Dates ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        (Metadata(title="T"), EPOCH),
        (Metadata(title="T", published=date(2026, 1, 2)), datetime(2026, 1, 2, tzinfo=UTC)),
        (
            Metadata(
                title="T", published=date(2026, 1, 2), updated=datetime.fromisoformat("2026-01-03T01:00:00+02:00")
            ),
            datetime(2026, 1, 2, 23, tzinfo=UTC),
        ),
        (Metadata(title="T", updated=datetime(2026, 1, 3, 4)), datetime(2026, 1, 3, 4, tzinfo=UTC)),
        (Metadata(title="T", published=date(1901, 1, 1)), EPOCH),
    ],
)
def test_an_edition_is_dated_by_its_article(metadata: Metadata, expected: datetime) -> None:
    assert production.edition_date(metadata) == expected


# --- Publishing -------------------------------------------------------------------------------


def record(name: str, content: bytes) -> EditionRecord:
    digest = hashlib.sha256(content).hexdigest()
    return EditionRecord(
        format=name.split(".")[1],
        file=name,
        sha256=digest,
        size=len(content),
        media_type="x/y",
        verified=True,
        proof="read",
    )


def set_of(**contents: bytes) -> tuple[Manifest, dict[str, bytes]]:
    made = {f"a.{suffix}": content for suffix, content in contents.items()}
    records = tuple(record(name, content) for name, content in made.items())
    return Manifest(source_path="a.md", source_sha256="0", editions=records), made


def agrees(folder: Path) -> bool:
    current = publishing.current(folder)
    return current is None or all(publishing.intact(folder, each) is not None for each in current.editions)


class Killed(BaseException):
    """Stands for SIGKILL at one of the steps that change the disk."""


@pytest.mark.parametrize("step", range(12))
def test_killed_at_any_step_files_and_manifest_agree(monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    folder = Path("dist/a")
    publishing.publish(folder, *set_of(pdf=b"old pdf", txt=b"old txt", odt=b"same", gone=b"to go"))
    steps = iter(range(100))

    def counted(original: object) -> object:
        def call(*arguments: object, **more: object) -> object:
            if next(steps) >= step:
                raise Killed
            return original(*arguments, **more)  # type: ignore[operator]

        return call

    for name in ("replace", "unlink"):
        monkeypatch.setattr(Path, name, counted(getattr(Path, name)))
    monkeypatch.setattr(folders, "_write", counted(folders._write))
    with pytest.raises(Killed):
        publishing.publish(folder, *set_of(pdf=b"new pdf", txt=b"new txt", odt=b"same", epub=b"new"))
    assert agrees(folder)


def test_leftovers_of_a_killed_build_are_swept() -> None:
    path = written("a.md")
    build(path)
    Path("dist/a/.new-a.pdf").write_bytes(b"half")
    build(path)
    assert files() == ["a/a.html", "a/a.txt", "a/manifest.json"]


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"schema": 2}', b"\xff", b"null"])
def test_a_damaged_manifest_vouches_for_nothing(content: bytes) -> None:
    path = written("a.md")
    build(path)
    Path("dist/a/manifest.json").write_bytes(content)
    assert publishing.current(Path("dist/a")) is None
    assert build(path).ok
    assert agrees(Path("dist/a"))
