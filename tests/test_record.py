"""``OUT/build-report.json``: what the last build made, the same for the same sources, whole or not there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from exporter.building import builder, record
from exporter.building.production import Plan
from exporter.building.reports import ArticleReport, BuildReport, Failure
from exporter.loading.sources import Skipped
from exporter.settings import Settings

ARTICLE = "---\ntitle: A title\nlanguage: en\n---\n\n{}\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def plan(out: Path = Path("dist"), base: Path | None = None, *formats: str) -> Plan:
    return Plan(base=base or Path.cwd(), settings=Settings().with_defaults(out=out, to=formats or ("html", "txt")))


def sources(folder: Path) -> Path:
    """Three articles, the second of which fails, and a file that is skipped."""
    folder.mkdir(parents=True)
    for name, body in {"a": "Words.", "b": "![A square](no.png)", "c": "Words.", "_d": "Words."}.items():
        (folder / f"{name}.md").write_text(ARTICLE.format(body), encoding="utf-8")
    return folder


def recorded(report: BuildReport, plan: Plan) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(record.dump(report, plan))
    return document


def test_it_names_each_failure_with_file_line_and_code() -> None:
    document = recorded(builder.build([sources(Path("source"))], plan()), plan())
    (failed,) = [article for article in document["articles"] if not article["ok"]]
    assert (failed["path"], failed["failures"][0]["line"], failed["failures"][0]["code"]) == ("source/b.md", 6, "S011")
    assert document["counts"] == {"articles": 3, "editions": 4, "failed": 1, "left": 0}


def test_it_names_the_editions_with_their_digests_and_counts_their_losses() -> None:
    document = recorded(builder.build([sources(Path("source"))], plan()), plan())
    html, txt = document["articles"][0]["editions"]
    manifest = json.loads(Path("dist/a/manifest.json").read_bytes())
    assert [html["sha256"], txt["sha256"]] == [each["sha256"] for each in manifest["editions"]]
    assert (txt["file"], txt["losses"], html["losses"]) == ("a/a.txt", {"L011": 1}, {})


def test_it_is_the_same_wherever_the_build_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = []
    for place in (tmp_path / "one", tmp_path / "another" / "place"):
        source = sources(place / "source")
        monkeypatch.chdir(place)
        for paths, out in (([Path("source")], Path("dist")), ([source], place / "absolute")):
            written.append(record.dump(builder.build(paths, plan(out)), plan(out)))
    assert len(set(written)) == 1


def test_it_is_the_same_after_a_second_build() -> None:
    sources(Path("source"))
    once, again = (record.dump(builder.build([Path()], plan()), plan()) for _ in range(2))
    assert once == again


def test_sentences_name_no_absolute_path(tmp_path: Path) -> None:
    message = f"{tmp_path}/looks/article.html.j2:3: undefined. Mend the template."
    article = ArticleReport(path=tmp_path / "a.md", failures=(Failure(message=message),), notices=(f"{tmp_path}/x.",))
    text = record.dump(BuildReport((article,), (Skipped(tmp_path / "b.md", "a draft"),)), plan()).decode()
    assert str(tmp_path) not in text
    assert '"message": "looks/article.html.j2:3: undefined. Mend the template."' in text


def test_an_output_folder_elsewhere_is_named_from_where_the_build_ran(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    elsewhere = plan(tmp_path / "out", tmp_path / "here")
    article = ArticleReport(path=Path("a.md"), notices=(f"{tmp_path}/out/a held the editions of b.md.",))
    document = recorded(BuildReport((article,), ()), elsewhere)
    assert document["articles"][0]["notices"] == ["../out/a held the editions of b.md."]


def test_each_article_is_a_line() -> None:
    lines = record.dump(builder.build([sources(Path("source"))], plan()), plan()).decode().splitlines()
    assert [json.loads(line.rstrip(","))["path"] for line in lines if line.startswith('{"path"')] == [
        "source/a.md",
        "source/b.md",
        "source/c.md",
        "source/_d.md",
    ]


def test_a_name_that_is_not_utf_8_is_written() -> None:
    document = recorded(BuildReport((ArticleReport(path=Path("a\udcff.md")),), ()), plan())
    assert document["articles"][0]["path"] == "a\udcff.md"


def test_it_is_no_edition_and_no_source() -> None:
    sources(Path("source"))
    record.write(builder.build([Path()], plan(Path())), plan(Path()))
    again = builder.build([Path()], plan(Path()))
    assert {article.path.name for article in again.articles} == {"a.md", "b.md", "c.md"}
    assert Path("build-report.json").is_file()


def test_what_cannot_be_written_leaves_the_earlier_report(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    Path("dist").mkdir()
    record.write(BuildReport((), ()), plan())
    before = Path("dist/build-report.json").read_bytes()
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left") as caught:
        record.write(BuildReport((), (), (Path("a.md"),)), plan())
    assert caught.value.filename == "dist/build-report.json"
    assert [path.name for path in Path("dist").iterdir()] == ["build-report.json"]
    assert Path("dist/build-report.json").read_bytes() == before
