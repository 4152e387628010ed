"""A cluster in short, with a real scheduler and a real worker; ``make test-cluster`` has the rest."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from exporter.cli import main
from tests.cluster.machines import dask


def contents(out: str) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(Path(out).glob("[!.]*/*"))}


def test_a_build_on_a_cluster_gives_the_files_of_a_build_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for slug in ("a", "b"):
        Path(f"{slug}.md").write_text(f"---\ntitle: The {slug}\nlanguage: en\n---\n\nWords.\n", encoding="utf-8")
    command = ["build", "a.md", "b.md", "--to", "html,txt"]
    with dask(tmp_path / "afar") as cluster:
        cluster.start()
        far = CliRunner().invoke(main, [*command, "--out", "far", "--cluster", cluster.address])
    near = CliRunner().invoke(main, [*command, "--out", "near"])
    assert (far.exit_code, near.exit_code) == (0, 0)
    assert len(contents("near")) == 6
    assert contents("far") == contents("near")
