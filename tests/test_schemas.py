"""Documents for machines keep to their schemas in ``docs/``, by a validator that is not ours."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from exporter import tree
from exporter.cli import main
from tests.articles import EVERYTHING, with_picture
from tests.cli import article

DOCS = Path(__file__).parent.parent / "docs"


def validator(name: str) -> jsonschema.Draft202012Validator:
    schema = json.loads((DOCS / name).read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def broken(name: str, document: object) -> list[str]:
    """Where ``document`` does not keep to the schema ``name``."""
    return [f"{error.json_path}: {error.message}" for error in validator(name).iter_errors(document)]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("arguments", [(), ("--no-verify",), ("--smart", "--language", "en")])
def test_a_manifest_keeps_to_its_schema(arguments: tuple[str, ...]) -> None:
    article("a.md", "See ![a square](no.png) and [a link](elsewhere.html).")
    options = ["--to", "pdf,docx,epub,html,txt", "--missing-images", "placeholder", *arguments]
    assert CliRunner().invoke(main, ["build", "a.md", *options]).exit_code == 0
    manifest = json.loads(Path("dist/a/manifest.json").read_bytes())
    assert {loss["code"] for edition in manifest["editions"] for loss in edition["losses"]} == {"L001", "L003", "L011"}
    assert broken("manifest.schema.json", manifest) == []


@pytest.mark.parametrize("key", ["schema", "source", "options", "editions", "versions"])
def test_the_schema_of_manifests_can_be_broken(key: str) -> None:
    article("a.md")
    CliRunner().invoke(main, ["build", "a.md", "--to", "txt"])
    manifest = json.loads(Path("dist/a/manifest.json").read_bytes())
    del manifest[key]
    assert broken("manifest.schema.json", manifest) == [f"$: '{key}' is a required property"]


def test_what_show_prints_keeps_to_its_schema() -> None:
    assert CliRunner().invoke(main, ["new", "sample"]).exit_code == 0
    result = CliRunner().invoke(main, ["show", "sample.md", "--json"])
    assert broken("show.schema.json", json.loads(result.stdout)) == []


@pytest.mark.parametrize("made", [EVERYTHING, with_picture("a.png")], ids=["everything", "picture"])
def test_the_tree_of_every_node_keeps_to_the_schema(made: object) -> None:
    document: Mapping[str, object] = json.loads(json.dumps(tree.tree(made)))  # type: ignore[arg-type]
    assert broken("show.schema.json", document) == []


def several() -> None:
    """Two articles, one of which fails, and one that is skipped."""
    article("a.md", "![A square](no.png) in a text.")
    article("b.md")
    article("_c.md")


def test_the_report_of_a_build_keeps_to_its_schema() -> None:
    several()
    assert CliRunner().invoke(main, ["build", ".", "--to", "html,txt"]).exit_code == 1
    report = json.loads(Path("dist/build-report.json").read_bytes())
    assert broken("build-report.schema.json", report) == []
    assert (len(report["articles"]), len(report["skipped"])) == (2, 1)


def test_the_report_of_a_build_that_ended_early_keeps_to_its_schema() -> None:
    several()
    assert CliRunner().invoke(main, ["build", ".", "--to", "txt", "--fail-fast", "--jobs", "0"]).exit_code == 1
    report = json.loads(Path("dist/build-report.json").read_bytes())
    assert broken("build-report.schema.json", report) == []
    assert (report["complete"], report["left"]) == (False, ["b.md"])


@pytest.mark.parametrize("key", ["schema", "ok", "complete", "counts", "articles", "skipped", "left"])
def test_the_schema_of_reports_can_be_broken(key: str) -> None:
    several()
    CliRunner().invoke(main, ["build", "b.md", "--to", "txt"])
    report = json.loads(Path("dist/build-report.json").read_bytes())
    del report[key]
    assert broken("build-report.schema.json", report) == [f"$: '{key}' is a required property"]


def test_every_event_of_a_build_keeps_to_its_schema() -> None:
    several()
    result = CliRunner().invoke(main, ["build", ".", "--to", "html,txt", "--json-lines"])
    events = [json.loads(line) for line in result.stdout.splitlines()]
    assert [event["event"] for event in events] == ["started", "article", "article", "finished"]
    assert [broken("build-events.schema.json", event) for event in events] == [[], [], [], []]


def test_the_schema_of_events_can_be_broken() -> None:
    event = {"event": "started", "schema": 1, "articles": 3}
    assert broken("build-events.schema.json", event) == []
    assert broken("build-events.schema.json", {**event, "event": "begun"}) != []
