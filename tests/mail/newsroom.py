"""A newsroom in a folder: an issue in two languages, built once, and its readers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from PIL import Image

SECRET = "0123456789abcdef0123456789abcdef"

READERS = """\
address,name,formats,language,segment
ann.private@example.com,Ann Lee,"pdf, txt",en,patrons
bob.private@example.com,"O'Neil, ""Bob"" B.",none,,
cat.private@example.com,القارئة,txt,ar,
dan.private@bücher.example.com,Dän,txt,en-GB,
"""
PRIVATE = ("private", "Ann Lee", "O'Neil", "القارئة", "Dän")
"""What no stream, ledger or list may hold."""

ISSUE = """\
id = "7"
title = "The Weekly"
number = 7
date = 2026-11-30
language = "en"
publisher = "The Weekly"
formats = ["pdf", "txt"]

[[section]]
title = "News"
articles = ["../river.md", "../nahr.md"]

[[translation]]
language = "ar"
title = "الأسبوعية"
subject = "الأسبوعية، العدد ٧"
sections = { "News" = "أخبار" }

[email]
subject = "The Weekly, No. 7"
greeting = "Dear #,"
sender = "The Weekly <news@example.com>"
list_id = "The Weekly <weekly.example.com>"
unsubscribe = ["https://news.example.com/leave/{recipient}", "mailto:leave+{recipient}@example.com"]
"""
RIVER = """\
---
title: The river {{ rose }}
language: en
---

The river rose by three metres in the night. {{ name }} stays as it is written.

![A map of the river](map.png)
"""
NAHR = """\
---
title: النهر يرتفع
language: ar
translation_of: river.md
---

ارتفع النهر ثلاثة أمتار في الليل.
"""


def newsroom(folder: Path) -> Path:
    """A newsroom in ``folder``: its issue's file."""
    source = folder / "source"
    (source / "issues").mkdir(parents=True)
    (source / "river.md").write_text(RIVER, encoding="utf-8")
    (source / "nahr.md").write_text(NAHR, encoding="utf-8")
    Image.linear_gradient("L").resize((640, 200)).save(source / "map.png")
    (folder / "readers.csv").write_text(READERS, encoding="utf-8")
    issue = source / "issues" / "7.toml"
    issue.write_text(ISSUE, encoding="utf-8")
    return issue


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """``exporter`` with ``arguments`` in ``folder``."""
    known = {key: value for key, value in os.environ.items() if not key.startswith(("EXPORTER_", "SOURCE_DATE"))}
    return subprocess.run(
        [sys.executable, "-m", "exporter", *arguments],
        cwd=folder,
        env={**known, "EXPORTER_JOBS": "0", "EXPORTER_MAIL_SECRET": SECRET, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def built(folder: Path) -> Path:
    """A newsroom whose issue is built in both languages."""
    newsroom(folder)
    for language in ("en", "ar"):
        done = run(folder, "build", "source/issues/7.toml", "--language", language)
        assert done.returncode == 0, done.stderr
    return folder
