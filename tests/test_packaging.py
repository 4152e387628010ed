"""A built wheel, installed where nothing else is, works; a stranger's package is found by it.

The environments are empty of our code: system packages of the running interpreter are seen only
through ``--system-site-packages`` of a virtual environment that inherits the libraries.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
STRANGER = Path(__file__).parent / "thirdparty" / "exporter-jsonl"


def run(*command: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A finished command, its output as text."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("EXPORTER_")}
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        env={**kept, **environment},
    )


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The two wheels, built outside ``dist/``."""
    target = tmp_path_factory.mktemp("wheels")
    for source in (ROOT, STRANGER):
        built = run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", target, source, cwd=target)
        assert built.returncode == 0, built.stderr
    return target


@pytest.fixture(scope="module")
def installed(wheels: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with our wheel and the stranger's; the libraries come by a .pth file.

    Only the libraries: the editable install of this checkout is a .pth and a finder that a .pth
    line in another environment does not run.
    """
    place = tmp_path_factory.mktemp("environment")
    assert run(sys.executable, "-m", "venv", "--without-pip", place, cwd=place).returncode == 0
    python = place / "bin" / "python"
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=place).stdout.strip()
    for wheel in wheels.glob("*.whl"):
        command = (sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-deps", wheel)
        result = run(*command, cwd=place)
        assert result.returncode == 0, result.stderr
    (Path(site) / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    where = run(python, "-c", "import exporter; print(exporter.__file__)", cwd=place)
    assert Path(where.stdout.strip()).is_relative_to(place), where
    return place


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """A short article."""
    path = tmp_path / "short.md"
    path.write_text(
        "---\ntitle: Short\nlanguage: en\n---\n\nTwo words & *more*.\n\n## Part\n\nEnd.\n", encoding="utf-8"
    )
    return path


def test_the_wheel_carries_its_templates(wheels: Path) -> None:
    (wheel,) = wheels.glob("article_exporter-*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    shipped = {f"exporter/{path.relative_to(ROOT)}" for path in (ROOT / "templates").rglob("*") if path.is_file()}
    assert shipped <= names


def test_the_installed_wheel_builds_four_editions(installed: Path, article: Path, tmp_path: Path) -> None:
    result = run(installed / "bin" / "exporter", "build", article, "--out", tmp_path / "out", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    written = sorted(path.name for path in (tmp_path / "out" / "short").iterdir())
    assert written == ["manifest.json", "short.docx", "short.epub", "short.pdf", "short.txt"]


def test_a_strangers_format_is_found_and_verified(installed: Path, article: Path, tmp_path: Path) -> None:
    command = (installed / "bin" / "exporter", "build", article, "--to", "jsonl", "--out", tmp_path / "out")
    result = run(*command, cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    manifest = json.loads((tmp_path / "out" / "short" / "manifest.json").read_text(encoding="utf-8"))
    assert [(e["format"], e["verified"]) for e in manifest["editions"]] == [("jsonl", True)]


def test_a_strangers_format_passes_the_conformance_tests(installed: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests", tmp_path / "tests", ignore=shutil.ignore_patterns("__pycache__"))
    command = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "jsonl", "tests/test_conformance.py")
    result = run(installed / "bin" / "python", *command, cwd=tmp_path)
    assert result.returncode == 0, result.stdout
    assert "12 passed" in result.stdout


def test_a_strangers_edition_that_was_changed_is_caught(installed: Path, article: Path, tmp_path: Path) -> None:
    exporter = installed / "bin" / "exporter"
    run(exporter, "build", article, "--to", "jsonl", "--out", tmp_path / "out", cwd=tmp_path)
    edition = tmp_path / "out" / "short" / "short.jsonl"
    edition.write_text(edition.read_text(encoding="utf-8").replace("Two words", "Three words"), encoding="utf-8")
    result = run(exporter, "verify", article, edition, cwd=tmp_path)
    assert result.returncode == 1
    assert "V003" in result.stdout + result.stderr


def test_a_renderer_without_an_extractor_is_refused(installed: Path, article: Path, tmp_path: Path) -> None:
    result = run(installed / "bin" / "exporter", "build", article, "--to", "mute", cwd=tmp_path)
    assert result.returncode != 0
    assert "V000" in result.stderr


def test_listing_formats_does_not_import_the_renderers(installed: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from exporter.cli import main\n"
        "try: main(['formats'])\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "print(sorted({'weasyprint', 'docx', 'ebooklib', 'pikepdf', 'lxml', 'jinja2', 'babel'} & set(sys.modules)))"
    )
    result = run(installed / "bin" / "python", "-c", code, cwd=tmp_path)
    assert result.stdout.strip().split("\n")[-1] == "[]", result.stderr
    assert "jsonl" in result.stdout
