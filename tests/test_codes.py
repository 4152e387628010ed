"""``docs/verification.md`` is the one list of codes: it has each that is used, once, and no other."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
CODE = r"[BCILPSV]0\d\d"


def test_every_code_that_is_used_stands_in_the_one_list_once() -> None:
    listed = re.findall(rf"^\| ({CODE}) \|", (ROOT / "docs/verification.md").read_text(encoding="utf-8"), re.MULTILINE)
    used = {
        code
        for module in (ROOT / "exporter").rglob("*.py")
        for code in re.findall(rf"\b{CODE}\b", module.read_text(encoding="utf-8"))
    }
    assert sorted(listed) == sorted(used)
