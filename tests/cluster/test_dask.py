"""The same build on a cluster: whatever happens to workers, the bytes are those of a build here."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from exporter import fonts
from exporter.building import afar, builder
from exporter.building.production import Plan
from exporter.building.reports import ArticleReport, BuildReport
from exporter.errors import SettingsError, ToolError
from exporter.settings import Defaults, Settings, Theme
from tests.cluster.machines import DaskCluster, dask, free_port, kill

WORDS = "Words that stand in every edition, and a picture: ![a square](images/square.png).\n\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with articles; no worker works in it."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return here


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[DaskCluster]:
    with dask(tmp_path / "afar") as found:
        yield found


def write(count: int, *names: str) -> None:
    Path("source/images").mkdir(parents=True)
    Image.new("RGB", (640, 480), "teal").save("source/images/square.png")
    for name in (*(f"a{number:02}" for number in range(count)), *names):
        text = f"---\ntitle: Number {name}\nlanguage: en\n---\n\n{WORDS * 8}"
        Path(f"source/{name}.md").write_text(text, encoding="utf-8")


def plan(*to: str, out: str = "dist") -> Plan:
    settings = Settings(defaults=Defaults(to=to, out=Path(out)))
    return Plan(base=Path.cwd(), settings=settings, fonts=fonts.library())


def build_afar(
    address: str, plan: Plan, told: Callable[[ArticleReport], object] = lambda report: None, limit: float | None = None
) -> BuildReport:
    with afar.cluster(address, plan, limit=limit) as workers:
        return builder.build([Path("source")], plan, lambda report, total: told(report), workers=workers)


def contents(out: str) -> dict[str, bytes]:
    """The sets in ``out``, without what builds remember."""
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(Path(out).glob("[!.]*/*"))}


def messages(report: BuildReport) -> dict[str, list[str]]:
    return {each.path.name: [failure.message for failure in each.failures] for each in report.articles if each.failures}


def once(do: Callable[[], object]) -> Callable[[ArticleReport], None]:
    """What does ``do`` when the first article is told."""
    left = [do]

    def told(report: ArticleReport) -> None:
        if left:
            left.pop()()

    return told


def test_a_worker_killed_amid_its_work_costs_nothing_and_changes_no_byte(cluster: DaskCluster) -> None:
    write(16)
    victim, _ = cluster.start(), cluster.start()
    wanted = plan("pdf", "docx", "epub", "txt", out="afar")
    report = build_afar(cluster.address, wanted, once(lambda: kill(victim)))
    assert report.ok
    assert len(report.articles) == 16
    assert builder.build([Path("source")], plan("pdf", "docx", "epub", "txt", out="near")).ok
    assert contents("afar") == contents("near")


def test_templates_and_pictures_need_not_be_where_workers_are(cluster: DaskCluster) -> None:
    write(2)
    Path("looks").mkdir()
    Path("looks/article.css").write_text("p { color: teal }\n", encoding="utf-8")
    cluster.start()

    def with_looks(out: str) -> Plan:
        found = plan("html", "docx", out=out)
        return replace(found, settings=replace(found.settings, theme=Theme(templates=Path("looks"))))

    assert build_afar(cluster.address, with_looks("afar")).ok
    builder.build([Path("source")], with_looks("near"))
    assert contents("afar") == contents("near")
    assert b"color: teal" in contents("afar")["a00/a00.html"]


def test_what_is_said_of_an_article_is_the_same_from_afar(cluster: DaskCluster) -> None:
    write(1)
    Path("source/missing.md").write_text("---\ntitle: T\nlanguage: en\n---\n\n![x](no.png)\n", encoding="utf-8")
    Path("source/outside.md").write_text("---\ntitle: T\nlanguage: en\n---\n\n![x](../x.png)\n", encoding="utf-8")
    Path("source/broken.md").write_text("---\ntitle: T\nlanguage: 7 seas\n---\n", encoding="utf-8")
    Path("looks").mkdir()
    Path("looks/article.html.j2").write_text("{{ no.such.thing }}\n", encoding="utf-8")
    cluster.start()
    wanted = plan("html", "txt")
    wanted = replace(wanted, settings=replace(wanted.settings, theme=Theme(templates=Path("looks").resolve())))
    far = build_afar(cluster.address, wanted)
    shutil.rmtree("dist")
    near = builder.build([Path("source")], wanted)
    assert messages(far) == messages(near)
    assert set(messages(far)) == {"a00.md", "missing.md", "outside.md", "broken.md"}


def test_an_article_that_kills_whoever_works_on_it_is_named_and_the_rest_is_built(tmp_path: Path) -> None:
    write(4, "deadly")
    with dask(tmp_path / "afar", DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="0") as cluster:
        workers = [cluster.start("--preload", "tests.cluster.deadly") for _ in range(2)]
        report = build_afar(cluster.address, plan("txt"))
    assert messages(report) == {
        "deadly.md": [
            "Each worker at work on it died: killed, or out of memory. Give workers more memory. "
            "The earlier editions stand as they were."
        ]
    }
    assert sum(worker.returncode == -9 for worker in workers) >= 1
    assert sorted({name.partition("/")[0] for name in contents("dist")}) == ["a00", "a01", "a02", "a03"]


def test_a_scheduler_that_goes_away_ends_the_build_with_every_article_named(cluster: DaskCluster) -> None:
    write(12)
    cluster.start()
    report = build_afar(cluster.address, plan("pdf"), once(lambda: kill(cluster.scheduler)))
    assert len(report.articles) == 12
    lost = "The cluster lost it: its scheduler or its workers went away. Run again. "
    assert {message for each in messages(report).values() for message in each} == {
        lost + "The earlier editions stand as they were."
    }
    assert 1 <= len(contents("dist")) / 2 == 12 - len(messages(report)) < 12


def test_an_article_that_takes_too_long_is_named(cluster: DaskCluster) -> None:
    write(1)
    cluster.start()
    report = build_afar(cluster.address, plan("pdf"), limit=0.01)
    assert messages(report) == {
        "a00.md": ["It took longer than 0.01 s. Allow more with --timeout. The earlier editions stand as they were."]
    }


def test_a_scheduler_that_is_not_there_is_told() -> None:
    address = f"tcp://127.0.0.1:{free_port()}"
    with pytest.raises(ToolError, match=rf"^{address}: no scheduler answers there\. Start one with: dask scheduler$"):
        build_afar(address, plan("txt"))


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(ToolError, match=r"^nowhere:x: no scheduler answers there\."):
        build_afar("nowhere:x", plan("txt"))


def test_a_cluster_without_workers_is_told(cluster: DaskCluster) -> None:
    with pytest.raises(ToolError, match=rf"^{cluster.address}: the scheduler has no worker\. Start some: dask worker "):
        build_afar(cluster.address, plan("txt"))


def test_a_worker_with_another_version_is_named(cluster: DaskCluster) -> None:
    cluster.start("--preload", "tests.cluster.older")
    with pytest.raises(
        ToolError,
        match=r"^tcp://127\.0\.0\.1:\d+: it has version 0\.0\.1 of article-exporter, here is \S+\. "
        r"Run there: pip install article-exporter==\S+$",
    ):
        build_afar(cluster.address, plan("txt"))


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "exporter", "build", "source", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_command_line_builds_on_a_cluster(cluster: DaskCluster) -> None:
    write(3)
    Path("source/missing.md").write_text("---\ntitle: T\nlanguage: en\n---\n\n![x](no.png)\n", encoding="utf-8")
    cluster.start()
    done = run("--to", "pdf,html", "--out", "afar", "--cluster", cluster.address)
    assert done.returncode == 1
    assert sorted(done.stderr.splitlines()) == [
        "source/a00.md: html, pdf in afar/a00, verified.",
        "source/a01.md: html, pdf in afar/a01, verified.",
        "source/a02.md: html, pdf in afar/a02, verified.",
        "source/missing.md: Line 6: the picture 'no.png' does not exist. Put it where the article says. [S011]",
        "source/missing.md: no edition written.",
    ]
    assert run("--to", "pdf,html", "--out", "near").returncode == 1
    assert contents("afar") == contents("near")


def test_no_scheduler_is_one_line_and_status_69() -> None:
    write(1)
    address = f"tcp://127.0.0.1:{free_port()}"
    done = run("--to", "txt", "--cluster", address)
    assert done.returncode == 69
    assert done.stderr == f"exporter: {address}: no scheduler answers there. Start one with: dask scheduler\n"


def test_ctrl_c_ends_a_build_on_a_cluster_and_the_cluster_goes_on(cluster: DaskCluster) -> None:
    write(40)
    cluster.start()
    command = [sys.executable, "-m", "exporter", "build", "source", "--to", "pdf", "--cluster", cluster.address]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as build:
        assert build.stderr
        first = build.stderr.readline()
        build.send_signal(signal.SIGINT)
        rest = build.stderr.read().splitlines()
    assert first.endswith("verified.\n")
    assert build.returncode == 130
    assert rest[-1].startswith("exporter: interrupted: ")
    whole = "What is written is whole; run the command again for the rest."
    assert rest[-1].endswith(f" left. dist/build-report.json lists them. {whole}")
    assert build_afar(cluster.address, plan("txt")).ok


def test_judges_are_not_asked_afar() -> None:
    from exporter import registry

    with pytest.raises(SettingsError, match=r"^Judges are asked on this machine alone\."):
        build_afar("tcp://127.0.0.1:1", replace(plan("txt"), judges=registry.judges()))
