"""An issue of fifty of the sample articles, in every language there is: six editions of one article, all verified."""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest

EXPORTER = Path(sys.executable).parent / "exporter"
FORMATS = ["docx", "email.html", "email.txt", "epub", "pdf", "txt"]
HEAD = 'id = "50"\ntitle = "Fifty"\nnumber = 50\ndate = 2026-11-30\nlanguage = "en"\n'
EMAIL = '[email]\nsubject = "Fifty"\ncontent = "summaries"\n'


def chosen(corpora: Path) -> list[Path]:
    """Fifty articles: news in every language, the rest guides and posts."""
    news = {path.name.partition("-")[0]: path for path in sorted((corpora / "news-ntrex").glob("*.txt"))}
    others = [*sorted((corpora / "guides-opensource").glob("*.md"))[::2], *sorted((corpora / "posts-18f").glob("*.md"))]
    return [*news.values(), *others][:50]


@pytest.fixture(scope="module")
def built(corpora: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """The manifest of the issue; what it took is printed."""
    folder = tmp_path_factory.mktemp("issue")
    listed = "\n".join(f'  "{path}",' for path in chosen(corpora))
    (folder / "50.toml").write_text(f"{HEAD}[[section]]\narticles = [\n{listed}\n]\n{EMAIL}", encoding="utf-8")
    command = [EXPORTER, "build", folder / "50.toml", "--missing-images", "placeholder", "--out", folder / "out"]
    result = subprocess.run([*command, "--jobs", "0"], capture_output=True, text=True, check=False)
    seconds = re.search(r"([0-9.]+) s\.$", result.stdout.strip())
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"\nan issue of {len(chosen(corpora))} articles: {seconds and seconds[1]} s, {memory} MB at most")
    assert result.returncode == 0, result.stderr
    manifest: dict[str, object] = json.loads((folder / "out" / "issue-50" / "manifest.json").read_bytes())
    return manifest


def test_every_edition_of_an_issue_of_fifty_is_verified(built: dict[str, object]) -> None:
    editions = built["editions"]
    assert isinstance(editions, list)
    assert [(each["format"], each["verified"], each["discrepancies"]) for each in editions] == [
        (format_, True, []) for format_ in FORMATS
    ]


def test_the_issue_holds_fifty_articles(built: dict[str, object]) -> None:
    source = built["source"]
    assert isinstance(source, dict)
    assert len([name for name in source["files"] if not name.endswith(".meta.toml")]) >= 50
