"""Stores: editions published to and articles read from places that fsspec reaches. S3 itself is in tests/cluster."""

from __future__ import annotations

import builtins
import hashlib
import json
import os
import pickle
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import fsspec
import pytest
from click.testing import CliRunner, Result
from fsspec.implementations.memory import MemoryFileSystem
from PIL import Image

from exporter.building import builder, publishing
from exporter.building.manifest import EditionRecord, Manifest
from exporter.building.production import Plan
from exporter.building.reports import BuildReport
from exporter.cli import main
from exporter.errors import LockedError, SettingsError, SourceError, ToolError
from exporter.settings import Defaults, Settings
from exporter.settingsfile import load
from exporter.stores import Place, StoreError, Url, place, remote

ARTICLE = b"---\ntitle: A title\nlanguage: en\n---\n\nSome words.\n"
OUT = Url("memory", "out")


@pytest.fixture(autouse=True)
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MemoryFileSystem]:
    """An empty store, and an empty working directory."""
    monkeypatch.chdir(tmp_path)
    store = fsspec.filesystem("memory")
    store.store.clear()
    store.pseudo_dirs[:] = [""]
    yield store
    store.store.clear()
    store.pseudo_dirs[:] = [""]


def put(name: str, content: bytes = ARTICLE) -> Url:
    fsspec.filesystem("memory").pipe_file(f"/{name}", content)
    return Url("memory", name)


def objects(below: str = "out") -> dict[str, bytes]:
    found: dict[str, bytes] = {
        path.removeprefix(f"/{below}/"): file.getvalue()
        for path, file in fsspec.filesystem("memory").store.items()
        if path.startswith(f"/{below}/")
    }
    return dict(sorted(found.items()))


def build(*places: Place, to: tuple[str, ...] = ("html", "txt"), out: Place = OUT) -> BuildReport:
    settings = Settings(defaults=Defaults(to=to, out=out))
    return builder.build(places, Plan(base=Path.cwd(), settings=settings))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["build", *arguments], catch_exceptions=False)


def picture() -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (2, 2), "red").save(buffer, "PNG")
    return buffer.getvalue()


# --- Addresses --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("dist", Path("dist")),
        ("s3:/bucket", Path("s3:/bucket")),
        ("S3://bucket/week 3/", Url("s3", "bucket/week 3")),
        ("memory://", Url("memory", "")),
        ("file:///srv/out%20there", Path("/srv/out there")),
        ("file://localhost/srv", Path("/srv")),
    ],
)
def test_an_address_is_told_from_a_path(written: str, meant: Place) -> None:
    assert place(written) == meant


def test_an_address_is_written_as_it_was_read() -> None:
    assert str(Url("s3", "bucket") / "a" / "a.txt") == "s3://bucket/a/a.txt"
    assert str(Url("memory", "") / "a") == "memory://a"


def test_a_stores_refusal_passes_between_processes() -> None:
    refusal = pickle.loads(pickle.dumps(StoreError("s3://b", "no")))
    assert (refusal.filename, refusal.strerror) == ("s3://b", "no")


# --- Editions in a store ----------------------------------------------------------------------


def test_a_store_holds_the_bytes_a_folder_would() -> None:
    Path("a.md").write_bytes(ARTICLE)
    assert build(Path("a.md")).ok
    build(Path("a.md"), out=Path("dist"))
    here = {path.name: path.read_bytes() for path in sorted(Path("dist/a").iterdir())}
    assert objects() == {f"a/{name}": content for name, content in here.items()}


def test_building_again_puts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a.md").write_bytes(ARTICLE)
    build(Path("a.md"))
    written: list[str] = []
    original = MemoryFileSystem.pipe_file

    def noted(self: MemoryFileSystem, path: str, *arguments: object, **more: object) -> None:
        written.append(path)
        original(self, path, *arguments, **more)

    monkeypatch.setattr(MemoryFileSystem, "pipe_file", noted)
    build(Path("a.md"))
    assert set(written) == {"/out/.lock"}


def test_an_object_altered_by_others_is_put_again() -> None:
    Path("a.md").write_bytes(ARTICLE)
    build(Path("a.md"))
    before = objects()
    put("out/a/a.txt", b"Other words.\n")
    build(Path("a.md"))
    assert objects() == before


def test_an_article_that_fails_leaves_the_store() -> None:
    Path("a.md").write_bytes(ARTICLE)
    build(Path("a.md"))
    put("out/a/notes.odt", b"mine")
    Path("a.md").write_bytes(b"---\ntitle: A title\nlanguage: 7 seas\n---\n")
    report = build(Path("a.md"))
    assert list(objects()) == ["a/notes.odt"]
    assert report.articles[0].notices == (
        "Removed the editions in memory://out/a: this source no longer vouches for them.",
    )


def test_another_format_joins_the_set_in_a_store() -> None:
    Path("a.md").write_bytes(ARTICLE)
    build(Path("a.md"), to=("txt",))
    build(Path("a.md"), to=("html",))
    assert list(objects()) == ["a/a.html", "a/a.txt", "a/manifest.json"]


def test_the_command_line_takes_addresses_from_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a.md").write_bytes(ARTICLE)
    told = run("a.md", "--to", "txt", "--out", "memory://one")
    assert "a.md: txt in memory://one/a, verified.\n" in told.stderr
    monkeypatch.setenv("EXPORTER_OUT", "memory://two/")
    run("a.md", "--to", "txt")
    monkeypatch.delenv("EXPORTER_OUT")
    Path("exporter.toml").write_text('[defaults]\nto = ["txt"]\nout = "memory://three"\n', encoding="utf-8")
    run("a.md")
    assert objects("one") == objects("two") == objects("three")
    assert list(objects("three")) == ["a/a.txt", "a/manifest.json", "build-report.json"]


def test_a_folder_in_the_settings_is_still_found_beside_them() -> None:
    Path("below").mkdir()
    Path("below/exporter.toml").write_text('[defaults]\nout = "dist"\n', encoding="utf-8")
    assert load(Path("below/exporter.toml")).defaults.out == Path("below/dist")


# --- Killed -----------------------------------------------------------------------------------


def set_of(**contents: bytes) -> tuple[Manifest, dict[str, bytes]]:
    made = {f"a.{suffix}": content for suffix, content in contents.items()}
    records = tuple(
        EditionRecord(
            format=name[2:],
            file=name,
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
            media_type="x/y",
            verified=True,
            proof="read",
        )
        for name, content in made.items()
    )
    return Manifest(source_path="a.md", source_sha256="0", editions=records), made


class Killed(BaseException):
    """Stands for SIGKILL between two requests."""


def counted(original: Callable[..., object], left: Iterator[int]) -> Callable[..., object]:
    def call(*arguments: object, **more: object) -> object:
        if next(left, None) is None:
            raise Killed
        return original(*arguments, **more)

    return call


OLD = {"pdf": b"old pdf", "txt": b"old txt", "odt": b"same", "gone": b"to go"}
NEW = {"pdf": b"new pdf", "txt": b"new txt", "odt": b"same", "epub": b"new"}
REQUESTS = 6
"""Those that change the store: two manifests, three new files, one removed."""


@pytest.mark.parametrize("step", range(REQUESTS))
def test_killed_between_any_two_requests_objects_and_manifest_agree(monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    publishing.publish(OUT / "a", *set_of(**OLD))
    left = iter(range(step))
    for name in ("pipe_file", "rm_file"):
        monkeypatch.setattr(MemoryFileSystem, name, counted(getattr(MemoryFileSystem, name), left))
    with pytest.raises(Killed):
        publishing.publish(OUT / "a", *set_of(**NEW))
    current = publishing.current(OUT / "a")
    assert current is not None
    assert [publishing.intact(OUT / "a", each) for each in current.editions] == [
        objects()[f"a/{each.file}"] for each in current.editions
    ]


def test_a_change_takes_no_request_more(monkeypatch: pytest.MonkeyPatch) -> None:
    publishing.publish(OUT / "a", *set_of(**OLD))
    left = iter(range(REQUESTS))
    for name in ("pipe_file", "rm_file"):
        monkeypatch.setattr(MemoryFileSystem, name, counted(getattr(MemoryFileSystem, name), left))
    publishing.publish(OUT / "a", *set_of(**NEW))
    assert next(left, None) is None
    assert list(objects()) == ["a/a.epub", "a/a.odt", "a/a.pdf", "a/a.txt", "a/manifest.json"]


def test_a_store_that_refuses_costs_its_article_and_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a.md").write_bytes(ARTICLE)
    Path("b.md").write_bytes(ARTICLE)
    original = MemoryFileSystem.pipe_file

    def refuse(self: MemoryFileSystem, path: str, *arguments: object, **more: object) -> None:
        if path == "/out/a/a.txt":
            raise PermissionError("Access Denied")
        original(self, path, *arguments, **more)

    monkeypatch.setattr(MemoryFileSystem, "pipe_file", refuse)
    report = build(Path("a.md"), Path("b.md"), to=("txt",))
    assert [failure.message for failure in report.articles[0].failures] == [
        "memory://out/a/a.txt: Access Denied. What its manifest names is whole; run again."
    ]
    assert list(objects()) == ["b/b.txt", "b/manifest.json"]


# --- Two builds at once -----------------------------------------------------------------------


def test_a_second_build_into_one_store_is_turned_away_and_told_by_whom() -> None:
    Path("a.md").write_bytes(ARTICLE)
    holder = rf"process {os.getpid()} on \S+, since \d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d UTC"
    with (
        publishing.locked(OUT),
        pytest.raises(
            LockedError,
            match=rf"^memory://out: another build is writing here \({holder}\)\. "
            r"Wait for it, or delete memory://out/\.lock if it was killed\.$",
        ),
    ):
        build(Path("a.md"))
    assert objects() == {}
    assert build(Path("a.md")).ok


def test_a_lock_that_somebody_else_holds_by_now_is_left_to_them() -> None:
    with publishing.locked(OUT):
        put("out/.lock", b"another")
    assert objects() == {".lock": b"another"}


def test_a_store_that_cannot_keep_two_builds_apart_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    original = MemoryFileSystem.pipe_file
    monkeypatch.setattr(MemoryFileSystem, "pipe_file", lambda self, path, value, **_more: original(self, path, value))
    with pytest.raises(SettingsError, match=r"does not heed If-None-Match"):
        build(put("a.md"))
    assert objects() == {}


def test_a_store_that_writes_piece_by_piece_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"^ftp://host/x: editions go to stores that replace a file in one step: "):
        build(put("a.md"), out=Url("ftp", "host/x"))


# --- Articles in a store ----------------------------------------------------------------------


def test_an_article_comes_with_its_pictures_and_sidecar() -> None:
    put("week/a.md", ARTICLE + b"\n![A red square](images/red.png)\n")
    put("week/images/red.png", picture())
    put("week/a.meta.toml", b'summary = "In short."\n')
    put("week/other.md", b"\xff")
    report = build(Url("memory", "week/a.md"))
    assert report.ok
    assert [(str(each.path), str(each.folder)) for each in report.articles] == [
        ("memory://week/a.md", "memory://out/a")
    ]
    assert b"In short." in objects()["a/a.html"]
    assert json.loads(objects()["a/manifest.json"])["source"]["path"] == "memory://week/a.md"


def test_an_article_from_a_store_gives_the_same_editions() -> None:
    put("week/a.md")
    Path("a.md").write_bytes(ARTICLE)
    build(Url("memory", "week/a.md"), out=Path("afar"))
    build(Path("a.md"), out=Path("near"))
    assert Path("afar/a/a.html").read_bytes() == Path("near/a/a.html").read_bytes()


def test_a_folder_in_a_store_is_walked_as_one_here() -> None:
    for name in ("b.md", "a.md", "below/c.md", "_notes.md", "README.md"):
        put(f"week/{name}")
    put("week/d.md", b"---\ntitle: D\nlanguage: en\ndraft: true\n---\n\nWords.\n")
    report = build(Url("memory", "week"))
    assert [str(each.path) for each in report.articles] == [
        f"memory://week/{name}.md" for name in ("a", "b", "below/c")
    ]
    assert {str(each.path): each.reason for each in report.skipped} == {
        "memory://week/README.md": "a README",
        "memory://week/_notes.md": "its name begins with _",
        "memory://week/d.md": "a draft",
    }


def test_a_build_within_one_store_reads_nothing_it_wrote() -> None:
    put("week/a.md")
    for _ in range(2):
        report = build(Url("memory", "week"), out=Url("memory", "week/dist"))
        assert [str(each.path) for each in report.articles] == ["memory://week/a.md"]
    assert [(str(each.path), each.reason) for each in report.skipped] == [
        ("memory://week/dist", "editions are written here")
    ]


def test_settings_in_a_store_are_passed_over_with_a_word() -> None:
    put("week/a.md")
    put("week/exporter.toml", b'[defaults]\nto = ["pdf"]\n')
    report = build(Url("memory", "week"), to=("txt",))
    assert [(str(each.path), each.reason) for each in report.skipped] == [
        ("memory://week/exporter.toml", "settings are not read from a store, name them with --config")
    ]


def test_a_name_that_leads_out_of_the_folder_is_not_copied() -> None:
    put("week/a.md")
    put("week/x/../../../b.md")
    report = build(Url("memory", "week"), to=("txt",))
    assert [str(each.path) for each in report.articles] == ["memory://week/a.md"]
    assert [each.reason for each in report.skipped] == ["its name is none a file can have"]


def test_what_is_said_of_an_article_names_its_address() -> None:
    put("week/a.md", b"---\ntitle: A title\nlanguage: en\n---\n\n![A square](no.png) and words.\n")
    put("week/b.md")
    put("week/b.meta.toml", b'language = "7 seas"\n')
    put("week/c.md")
    put("week/c.txt")
    result = run("memory://week", "--to", "txt", "--out", "dist")
    assert result.exit_code == 1
    assert "exporter-" not in result.output
    assert ".copies" not in result.output
    assert "memory://week/a.md: Line 6: the picture 'no.png' does not exist." in result.stderr
    assert "memory://week/b.meta.toml:1: " in result.stderr
    assert "memory://week/c.md and memory://week/c.txt would both be written as 'c.en'." in result.stderr


def test_two_articles_of_one_folder_are_copied_with_what_they_share_once(monkeypatch: pytest.MonkeyPatch) -> None:
    put("week/a.md")
    put("week/b.md")
    put("week/red.png", picture())
    copied: list[str] = []
    original = MemoryFileSystem.get_file

    def noted(self: MemoryFileSystem, path: str, *arguments: object, **more: object) -> None:
        copied.append(path)
        original(self, path, *arguments, **more)

    monkeypatch.setattr(MemoryFileSystem, "get_file", noted)
    report = build(Url("memory", "week/b.md"), Url("memory", "week/a.md"))
    assert [str(each.path) for each in report.articles] == ["memory://week/b.md", "memory://week/a.md"]
    assert sorted(copied) == ["/week/a.md", "/week/b.md", "/week/red.png"]


def test_nothing_at_an_address_is_an_error() -> None:
    with pytest.raises(SourceError, match=r"^memory://week: nothing is there\. Name an article, or a folder of some\."):
        build(Url("memory", "week"))


def test_a_web_page_is_no_folder() -> None:
    result = run("https://example.org/a.md", "--to", "txt")
    assert result.exit_code == 2
    assert result.stderr.startswith("exporter: https://example.org/a.md: a web server tells no folder.")


@pytest.mark.parametrize(
    "command", [["verify", "a.md", "s3://b/a.pdf"], ["check", "s3://b/a.pdf"], ["show", "s3://b/a.md"]]
)
def test_other_commands_refuse_addresses_for_what_they_are(command: list[str]) -> None:
    Path("a.md").write_bytes(ARTICLE)
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 2
    assert f"'{command[-1]}' lies in a store. Copy it here: build alone reads from stores." in result.stderr


# --- What is missing --------------------------------------------------------------------------


def test_a_store_without_its_package_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    original = builtins.__import__

    def without(name: str, *arguments: object, **more: object) -> object:
        if name.partition(".")[0] in ("fsspec", "s3fs"):
            raise ImportError(f"No module named '{name}'")
        return original(name, *arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ToolError, match=r"^s3://b: stores need fsspec\. Run: pip install 'article-exporter\[s3\]'$"):
        remote.opened(Url("s3", "b"))


def test_a_store_nobody_knows_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"^mars://b: Protocol not known: mars\. Name a store fsspec knows"):
        remote.opened(Url("mars", "b"))
