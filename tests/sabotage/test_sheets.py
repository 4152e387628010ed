"""Every rule that does more than change looks is found in whatever is set by style sheets."""

from __future__ import annotations

import pytest

from exporter.building import production
from exporter.edition import Edition
from tests.sabotage import epub, txt
from tests.sabotage.sheets import RULES
from tests.sabotage.trial import article, plan, sound


def styled(rule: str, format_: str) -> bytes:
    """The sound edition with one rule more at the end of its style sheet."""
    if format_ == "epub":
        sheet = epub.files(sound("epub"))[epub.SHEET]
        return epub.with_file(epub.SHEET, sheet + f"\n{rule}\n".encode(), sound("epub"))
    return txt.swapped("</style>", f"{rule}\n</style>")(sound(format_))


def codes(rule: str, format_: str) -> set[str]:
    edition = Edition(format_, "edition", styled(rule, format_))
    return {each.code for each in production.inspect(article(), edition, plan()).discrepancies}


@pytest.mark.parametrize("format_", ["epub", "html", "email.html"])
@pytest.mark.parametrize("name", RULES)
def test_a_rule_that_alters_what_is_shown_is_found(name: str, format_: str) -> None:
    assert "C001" in codes(RULES[name], format_)


HONEST = [
    "blockquote { font-size: 0.9em; border-inline-start: 4px solid }",
    "figure { float: right; width: 40%; margin-inline-start: 1em }",
    "h1 { text-transform: uppercase; letter-spacing: 0.08em; font: 700 2.2em/1.1 serif }",
    "s { text-decoration: line-through }",
    "main { columns: 2; column-gap: 2em; max-width: min(90vw, 70em) }",
    "th { vertical-align: -0.1em; white-space: normal } td { padding: 0.2em 1em }",
    "html { font-size: clamp(1rem, 2vw, 1.4rem) }",
    "li { margin-left: -1em; text-indent: 1em }",
]


@pytest.mark.parametrize("format_", ["epub", "html", "email.html"])
@pytest.mark.parametrize("rule", HONEST)
def test_a_rule_of_looks_alone_is_no_finding(rule: str, format_: str) -> None:
    assert codes(rule, format_) == set()
