"""What ``hold``, ``release`` and ``waive`` leave of an issue's file: all of it, whatever it looks like."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.approval import editing

REMARKS = st.lists(
    st.sampled_from(["", "# a remark", "#", "  # further in", "# [section]", '# hold = ["x"]']), max_size=3
)
KEYS = st.lists(
    st.sampled_from(
        [
            'id = "7"',
            "title = 'The \"Paper\"'  # its name",
            "date = 2026-11-30",
            'note = """\n[section]\n# no remark\n"""',
            "formats = [\n  'pdf', # first\n\n  'docx',\n]",
            "dotted.key = 1",
        ]
    ),
    unique=True,
    min_size=1,
)
HOLD = st.sampled_from(["", "hold = []\n", 'hold = ["a.md"]  # late\n', 'hold = [\n  # why\n  "a.md",\n  "b.md"\n]\n'])
TABLES = st.lists(
    st.sampled_from(
        [
            '[[section]]\narticles = ["a.md"]',
            "[email]\nsubject = 'x'",
            '[[waiver]]\ncode = "V003"',
            "[ route.x ]\ny = 1",
        ]
    ),
    unique=True,
)
PATHS = st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1, max_size=3, unique=True)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """An issue's file as people write them."""
    parts = [draw(HOLD)]
    for each in (*draw(KEYS), *draw(TABLES)):
        parts += [*(f"{remark}\n" for remark in draw(REMARKS)), f"{each}\n"]
    return "".join((*parts, *(f"{remark}\n" for remark in draw(REMARKS))))


def left(before: str, after: str) -> bool:
    """Whether every remark, blank line and value is there in its order, but for the value of ``hold``."""
    behind, _, kept = before.partition("]")[2].partition("\n") if before.startswith("hold") else ("", "", before)
    lines = iter(after.splitlines())
    return behind.strip() in after and all(any(line == other for other in lines) for line in kept.splitlines())


@given(documents(), PATHS)
def test_holding_leaves_every_remark_and_value(document: str, paths: list[str]) -> None:
    before = tomllib.loads(document)
    after = editing.held(document.encode(), paths).decode()
    assert tomllib.loads(after) == {**before, "hold": [*before.get("hold", []), *paths]}
    assert left(document, after)


@given(documents(), PATHS)
def test_what_is_held_and_released_is_as_before(document: str, paths: list[str]) -> None:
    before = tomllib.loads(document)
    wanted = [path for path in paths if path not in before.get("hold", [])]
    after = editing.released(editing.held(document.encode(), wanted), wanted).decode()
    assert tomllib.loads(after) == {**before, "hold": before.get("hold", [])}
    assert left(document, after)


@given(documents(), st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_waiving_adds_a_table_behind_everything(document: str, reason: str) -> None:
    before = tomllib.loads(document)
    waiver = {"code": "P003", "article": "a.md", "block": 8, "by": "Ann", "reason": reason}
    after = editing.waived(document.encode(), waiver).decode()
    assert tomllib.loads(after) == {**before, "waiver": [*before.get("waiver", []), waiver]}
    assert after.startswith(document.rstrip())


def test_a_file_that_only_a_person_can_change_is_left_alone() -> None:
    with pytest.raises(editing.EditError):
        editing.waived(b'waiver = [{code = "V003"}]\n', {"code": "P003"})
