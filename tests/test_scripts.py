"""Every script there is a vendored face for is drawn and proved, and carried by the other editions."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner
from fontTools.unicodedata import script

from exporter import fonts
from exporter.cli import main
from exporter.fonts.faces import NOTO_CORE

SENTENCES = {
    "Adlm": "𞤆𞤵𞤤𞤢𞤪",
    "Bali": "ᬩᬲᬩᬮᬶ",
    "Cakm": "𑄌𑄋𑄴𑄟𑄳𑄦 𑄇𑄧𑄗",
    "Cans": "ᐃᓄᒃᑎᑐᑦ",
    "Cher": "ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ",
    "Java": "ꦧꦱꦗꦮ",
    "Lana": "ᨲᩫ᩠ᩅᨾᩮᩬᩥᨦ",
    "Mong": "ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ",
    "Mtei": "ꯃꯤꯇꯩꯂꯣꯟ",
    "Nkoo": "ߒߞߏ",
    "Olck": "ᱥᱟᱱᱛᱟᱲᱤ",
    "Syrc": "ܣܘܪܝܝܐ",
    "Talu": "ᦅᧄᦑᦺᦟᦹᧉ",
    "Tfng": "ⵜⴰⵎⴰⵣⵉⵖⵜ",
    "Yiii": "ꆈꌠꉙ",
}
"""Names of languages as they write them, with marks above, below and around their letters."""


def letters(code: str) -> str:
    """The first letters of a script, but those newer than its face, four a word."""
    every = [c for c in map(chr, range(0x300, 0x1F000)) if script(c) == code and unicodedata.category(c)[0] == "L"]
    every = [character for character in every if not fonts.coverage(character)]
    return " ".join("".join(every[start : start + 4]) for start in range(0, min(len(every), 20), 4))


@pytest.mark.parametrize("style", ["{}", "**{}**", "`{}`"], ids=["text", "strong", "code"])
def test_each_is_drawn_and_proved(style: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    words = {code: SENTENCES.get(code) or letters(code) for code in NOTO_CORE if code != "Zsym"}
    body = "\n\n".join(style.format(text) for text in words.values())
    Path("a.md").write_text(f"---\ntitle: Scripts\nlanguage: en\n---\n\n{body}\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["build", "a.md", "--json"])
    assert (json.loads(result.stdout)["articles"][0]["failures"], result.exit_code) == ([], 0)


def test_music_is_drawn_and_proved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text("---\ntitle: Music\nlanguage: en\n---\n\nA clef 𝄞 and a rest 𝄽.\n", encoding="utf-8")
    assert CliRunner().invoke(main, ["build", "a.md", "--to", "pdf"]).exit_code == 0
