"""An S3 server on loopback: editions put there, articles read from there, builds killed and held apart."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from PIL import Image

from exporter.building import publishing
from exporter.building.manifest import EditionRecord, Manifest
from exporter.stores import Url
from tests.cluster.machines import free_port, kill, s3

KILLS = int(os.environ.get("KILLS", "6"))
BUCKET = "newsroom"

BUILD_FOR_EVER = """
from itertools import cycle
from pathlib import Path
from exporter.cli import main
for turn, source in enumerate(cycle(("one", "two"))):
    arguments = ["build", source, "--jobs", "0", "--to", "html,txt", "--out", "s3://newsroom/dist"]
    main(arguments, standalone_mode=False)
    if turn == 0:
        Path("ready").touch()
"""


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with s3(tmp_path_factory.mktemp("s3")) as (found, _):
        yield found


@pytest.fixture(autouse=True)
def environment(tmp_path: Path, endpoint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty working directory, and what the AWS tools take their server from."""
    monkeypatch.chdir(tmp_path)
    settings = {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


@pytest.fixture
def bucket(environment: None) -> Iterator[Any]:
    """A bucket, empty."""
    found = boto3.resource("s3").Bucket(BUCKET)
    found.create()
    yield found
    found.objects.delete()
    found.delete()


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "exporter", "build", "--jobs", "0", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def objects(bucket: Any, prefix: str = "") -> dict[str, bytes]:
    return {each.key: each.get()["Body"].read() for each in bucket.objects.filter(Prefix=prefix)}


def written(bucket: Any) -> dict[str, object]:
    """When each object was put, by the server's clock, which counts in seconds."""
    return {each.key: each.last_modified for each in bucket.objects.all()}


def write(folder: str, *names: str) -> None:
    Path(folder, "images").mkdir(parents=True)
    Image.new("RGB", (40, 30), "teal").save(f"{folder}/images/square.png")
    for name in names:
        text = f"---\ntitle: {folder} {name}\nlanguage: en\n---\n\n" + f"Words of {folder}.\n\n" * 20
        Path(folder, f"{name}.md").write_text(f"{text}![A square](images/square.png)\n", encoding="utf-8")


def upload(bucket: Any, folder: str, prefix: str) -> None:
    for path in sorted(each for each in Path(folder).rglob("*") if each.is_file()):
        bucket.upload_file(str(path), f"{prefix}/{path.relative_to(folder).as_posix()}")


# --- Editions ---------------------------------------------------------------------------------


def test_editions_in_s3_are_those_of_a_build_here_and_are_put_once(bucket: Any) -> None:
    write("week", "a", "b")
    done = run("week", "--out", "s3://newsroom/editions")
    assert done.returncode == 0, done.stderr
    assert run("week", "--out", "dist").returncode == 0
    here = {path.relative_to("dist").as_posix(): path.read_bytes() for path in Path("dist").glob("[!.]*/*")}
    here["build-report.json"] = Path("dist/build-report.json").read_bytes()
    assert objects(bucket) == {f"editions/{name}": content for name, content in here.items()}
    before = written(bucket)
    time.sleep(1.1)
    assert run("week", "--force", "--out", "s3://newsroom/editions").returncode == 0
    assert written(bucket) == before


def test_objects_bear_their_media_types(bucket: Any) -> None:
    write("week", "a")
    run("week", "--to", "txt,html", "--out", "s3://newsroom")
    assert {each.key: each.Object().content_type for each in bucket.objects.all()} == {
        "a/a.html": "text/html",
        "a/a.txt": "text/plain; charset=utf-8",
        "a/manifest.json": "application/json",
        "build-report.json": "application/json",
    }


def test_an_edition_put_in_parts_is_there_whole(bucket: Any) -> None:
    """From 100 MB on, s3fs puts parts."""
    content = random.Random(2026).randbytes(110 * 2**20)
    digest = hashlib.sha256(content).hexdigest()
    record = EditionRecord(
        format="pdf", file="a.pdf", sha256=digest, size=len(content), media_type="x/y", verified=True, proof="read"
    )
    manifest = Manifest(source_path="a.md", source_sha256="0", editions=(record,))
    place = Url("s3", "newsroom/a")
    publishing.publish(place, manifest, {"a.pdf": content})
    assert publishing.current(place) == manifest
    assert publishing.intact(place, record) == content


# --- Articles ---------------------------------------------------------------------------------


def test_articles_in_s3_come_with_their_pictures(bucket: Any) -> None:
    write("week", "a", "b")
    upload(bucket, "week", "sources/week")
    done = run("s3://newsroom/sources/week", "--out", "s3://newsroom/editions")
    assert done.returncode == 0, done.stderr
    assert run("week", "--out", "dist").returncode == 0
    found = objects(bucket, "editions/")
    assert {name: found[f"editions/a/a.{name}"] for name in ("pdf", "docx", "epub", "txt")} == {
        name: Path(f"dist/a/a.{name}").read_bytes() for name in ("pdf", "docx", "epub", "txt")
    }
    manifest = json.loads(found["editions/a/manifest.json"])
    assert manifest["source"]["path"] == "s3://newsroom/sources/week/a.md"
    alone = run("s3://newsroom/sources/week/b.md", "--to", "html", "--out", "alone")
    assert alone.stderr == "s3://newsroom/sources/week/b.md: html in alone/b, verified.\n"


def test_an_article_that_is_changed_in_s3_is_built_again(bucket: Any) -> None:
    write("week", "a", "b")
    upload(bucket, "week", "week")
    assert run("s3://newsroom/week", "--to", "html").returncode == 0
    before = Path("dist/b/b.html").read_bytes()
    bucket.put_object(Key="week/a.md", Body=b"---\ntitle: T\nlanguage: en\n---\n\nOther words.\n")
    assert run("s3://newsroom/week", "--to", "html").returncode == 0
    assert b"Other words." in Path("dist/a/a.html").read_bytes()
    assert Path("dist/b/b.html").read_bytes() == before


def test_an_article_that_is_not_in_s3_is_an_error(bucket: Any) -> None:
    done = run("s3://newsroom/no.md", "--to", "txt")
    assert done.returncode == 1
    assert done.stderr == (
        "exporter: s3://newsroom/no.md: nothing is there. Name an article, or a folder of some. [S000]\n"
    )


# --- Faults -----------------------------------------------------------------------------------


def kill_a_build(after: float) -> None:
    """Let builds follow one another and kill them ``after`` seconds."""
    ready = Path("ready")
    ready.unlink(missing_ok=True)
    with subprocess.Popen([sys.executable, "-c", BUILD_FOR_EVER], stderr=subprocess.DEVNULL) as build:
        while not ready.exists():
            assert build.poll() is None
            time.sleep(0.01)
        time.sleep(after)
        build.send_signal(signal.SIGKILL)
    assert build.returncode == -signal.SIGKILL


def disagreements(found: dict[str, bytes]) -> list[str]:
    """Objects a manifest names that are missing or altered."""
    return [
        f"{key}: {edition['file']}"
        for key, content in found.items()
        if key.endswith("/manifest.json")
        for edition in json.loads(content)["editions"]
        if digest(found.get(f"{key.rpartition('/')[0]}/{edition['file']}")) != edition["sha256"]
    ]


def digest(content: bytes | None) -> str:
    return "" if content is None else hashlib.sha256(content).hexdigest()


def test_killed_builds_leave_objects_and_manifests_in_agreement(bucket: Any) -> None:
    write("one", "a", "b", "c")
    write("two", "a", "b", "c")
    delays = random.Random(2026)
    for _ in range(KILLS):
        kill_a_build(delays.uniform(0.0, 0.5))
        found = objects(bucket)
        assert disagreements(found) == []
        assert any(key.endswith("/manifest.json") for key in found)
        bucket.Object("dist/.lock").delete()
    assert run("one", "--to", "html,txt", "--out", "s3://newsroom/dist").returncode == 0
    sets = [f"dist/{name}/{file}" for name in "abc" for file in (f"{name}.html", f"{name}.txt", "manifest.json")]
    assert sorted(objects(bucket)) == sorted([*sets, "dist/build-report.json"])


def test_the_lock_of_a_killed_build_is_told_with_what_removes_it(bucket: Any) -> None:
    write("one", "a")
    bucket.put_object(Key="dist/.lock", Body=b"process 7 on elsewhere\nx\n")
    done = run("one", "--to", "txt", "--out", "s3://newsroom/dist")
    assert done.returncode == 75
    told, _, rest = done.stderr.partition(", since ")
    assert told == "exporter: s3://newsroom/dist: another build is writing here (process 7 on elsewhere"
    assert rest.endswith("). Wait for it, or delete s3://newsroom/dist/.lock if it was killed.\n")
    assert list(objects(bucket)) == ["dist/.lock"]


def test_of_builds_begun_at_once_one_writes_and_the_others_are_turned_away(bucket: Any) -> None:
    write("one", *"abcdefgh")
    command = [sys.executable, "-m", "exporter", "build", "one", "--jobs", "0", "--to", "html,txt"]
    command += ["--out", "s3://newsroom/dist"]
    builds = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for _ in range(3)]
    statuses = {build.wait() for build in builds}
    assert 0 in statuses
    assert statuses <= {0, 75}
    found = objects(bucket)
    assert disagreements(found) == []
    assert "dist/.lock" not in found


def test_a_bucket_that_is_not_there_is_one_line() -> None:
    write("one", "a")
    done = run("one", "--to", "txt", "--out", "s3://nowhere/dist")
    assert done.returncode == 1
    assert done.stderr == (
        "exporter: s3://nowhere/dist/.lock: The specified bucket does not exist. Mend that and run again.\n"
    )


def test_a_server_that_is_not_there_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    write("one", "a")
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{free_port()}")
    done = run("one", "--to", "txt", "--out", "s3://newsroom/dist")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("exporter: s3://newsroom/dist/.lock: Could not connect to the endpoint URL")


def test_a_server_that_dies_in_the_middle_ends_the_build_with_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("one", *(f"a{number:02}" for number in range(12)))
    with s3(tmp_path / "mortal") as (endpoint, server):
        monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
        boto3.resource("s3").Bucket(BUCKET).create()
        command = [sys.executable, "-m", "exporter", "build", "one", "--jobs", "0", "--to", "pdf"]
        command += ["--out", "s3://newsroom/dist"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as build:
            assert build.stderr
            first = build.stderr.readline()
            kill(server)
            rest = build.stderr.read().splitlines()
    assert first == "one/a00.md: pdf in s3://newsroom/dist/a00, verified.\n"
    assert build.returncode == 1
    assert "Traceback" not in "".join(rest)
    assert rest[-1].startswith("exporter: s3://newsroom/dist/")
    assert rest[-1].endswith(" Mend that and run again.")
