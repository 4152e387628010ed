"""Asking judges: whoever breaks down or is missing is never taken for one that has nothing to object."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from exporter.judges import panel
from exporter.judges.judge import UNJUDGED, Finding, Findings, Tools

A, B = Path("a.txt"), Path("b.txt")
TOOLS = Tools()


class Strict:
    """Objects to every file; breaks down over those in ``poison``."""

    name = "strict"
    standard = "A standard"
    formats = ("txt",)
    get = "install it"

    def __init__(self, poison: tuple[Path, ...] = (), lacking: str = "") -> None:
        self.poison, self.lacking = poison, lacking

    def lacks(self, tools: Tools) -> str:
        return self.lacking

    def examine(self, files: Sequence[Path], tools: Tools) -> Findings:
        if set(files) & set(self.poison):
            raise ValueError("no\nreport")
        return {file: (Finding(judge=self.name, code="X1", message="Bad."),) for file in files}


def codes(*judges: Strict) -> dict[Path, list[str]]:
    found = panel.judge({A: "txt", B: "txt"}, judges, TOOLS).opinions
    return {file: [finding.code for finding in opinion.findings] for file, opinion in found.items()}


def test_every_objection_is_told_of_its_file() -> None:
    assert codes(Strict()) == {A: ["X1"], B: ["X1"]}


def test_a_judge_that_breaks_down_over_one_file_still_judges_the_other() -> None:
    assert codes(Strict(poison=(B,))) == {A: ["X1"], B: [UNJUDGED]}


def test_a_judge_that_breaks_down_says_so_in_one_line() -> None:
    opinion = panel.judge({A: "txt"}, [Strict(poison=(A,))], TOOLS).opinions[A]
    assert not opinion.ok
    assert opinion.findings[0].message == "strict broke down over this file: ValueError: no report"


def test_a_missing_judge_is_named_and_judges_nothing() -> None:
    judgement = panel.judge({A: "txt"}, [Strict(lacking="Java")], TOOLS)
    assert [(each.judge, each.lacks, each.get) for each in judgement.missing] == [("strict", "Java", "install it")]
    assert judgement.opinions[A].judges == ()
    assert not judgement.opinions[A].ok


def test_a_judge_is_not_asked_about_other_formats() -> None:
    judgement = panel.judge({A: "pdf"}, [Strict(poison=(A,))], TOOLS)
    assert judgement.opinions[A].findings == ()
    assert judgement.missing == ()


@pytest.mark.parametrize("package", ["@daisy/ace", "vnu-jar"])
def test_npm_packages_are_found_in_the_nearest_folder_that_has_them(package: str, tmp_path: Path) -> None:
    near, far = tmp_path / "near" / "node_modules", tmp_path / "node_modules"
    near.mkdir(parents=True)
    (far / package).mkdir(parents=True)
    assert Tools(node_modules=(near, far)).package(package) == far / package
