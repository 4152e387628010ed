"""``exporter build`` and ``verify`` for the two bodies of an email."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from exporter.cli import main
from tests.cli import article

DOCUMENT = Path(__file__).parents[2] / "docs" / "email-body.md"
BODIES = ("dist/a/a.email.html", "dist/a/a.email.txt")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def build(*more: str) -> Result:
    return run("build", "a.md", "--to", "email.html,email.txt", *more)


def settings(text: str) -> None:
    Path("exporter.toml").write_text(f"[email]\n{text}\n", encoding="utf-8")


def body(path: str = BODIES[0]) -> str:
    return Path(path).read_text(encoding="utf-8")


def test_both_bodies_are_written_and_verified() -> None:
    article("a.md")
    assert (build().exit_code, run("verify", "a.md", *BODIES).exit_code) == (0, 0)


def test_the_manifest_knows_them_as_editions() -> None:
    article("a.md")
    build()
    editions = json.loads(Path("dist/a/manifest.json").read_bytes())["editions"]
    assert [(each["file"], each["media_type"], each["verified"]) for each in editions] == [
        ("a.email.html", "text/html", True),
        ("a.email.txt", "text/plain; charset=utf-8; format=flowed; delsp=yes", True),
    ]


def test_a_second_build_finds_them_unchanged_until_a_setting_changes() -> None:
    article("a.md")
    build()
    assert "unchanged: 1" in build().stdout
    settings('imprint = "1 Main St"')
    assert "unchanged: 0" in build().stdout
    assert "1 Main St" in body()


def test_a_summary_is_the_preheader() -> None:
    Path("a.md").write_text("---\ntitle: A\nlanguage: en\nsummary: In short.\n---\n\nWords.\n", encoding="utf-8")
    assert build().exit_code == 0
    assert re.search(r'<div class="preheader[^>]*>In short\.', body())


def test_recipients_are_greeted_in_the_language_of_the_article() -> None:
    Path("a.md").write_text("---\ntitle: A\nlanguage: fr\n---\n\nDes mots.\n", encoding="utf-8")
    settings("greeting = true")
    assert build().exit_code == 0
    assert [body(path).count("Bonjour [[exporter:recipient-name]],") for path in BODIES] == [1, 1]


def test_what_a_house_says_around_an_article_is_verified_word_for_word() -> None:
    article("a.md")
    settings('greeting = "Dear # of Radio 4,"\nimprint = """\n1 Main St\nHRB 4711\n"""')
    assert build().exit_code == 0
    Path(BODIES[0]).write_text(body().replace("HRB 4711", "HRB 4712"), encoding="utf-8")
    found = run("verify", "a.md", *BODIES)
    assert found.exit_code == 1
    assert re.findall(r"(\S+): foot: .* \[(V\d+)\]", found.stdout) == [(BODIES[0], "V002")]


def test_a_sample_is_shown_where_it_is_asked_for_and_is_not_verified_without() -> None:
    article("a.md")
    settings("greeting = true\nsample = true")
    assert build().exit_code == 0
    assert ["\u27e6Sample Recipient\u27e7" in body(path) for path in BODIES] == [True, True]
    settings("greeting = true")
    found = run("verify", "a.md", *BODIES)
    assert (found.exit_code, found.stdout.count("a sample recipient stands in the slots")) == (1, 4)


def test_pictures_are_no_larger_than_an_email_needs_them() -> None:
    Image.new("RGB", (1500, 300), "red").save("wide.png")
    article("a.md", "![A red bar](wide.png)")
    found = build()
    assert found.exit_code == 0
    assert "'wide.png' was made smaller, from 1500 by 300 pixels to 1200 by 240" in found.stderr


def test_pictures_by_url_lie_where_the_settings_say() -> None:
    Image.new("RGB", (15, 3), "red").save("bar.png")
    article("a.md", "![A red bar](bar.png)")
    settings('pictures = "url"\npicture_base = "https://example.org/p"')
    assert build().exit_code == 0
    assert re.search(r'src="https://example\.org/p/[0-9a-f]{64}\.png"', body())
    settings("")
    assert "[V009]" in run("verify", "a.md", BODIES[0]).stdout


def test_a_body_that_gmail_would_cut_off_is_told_and_no_error_unless_all_losses_are() -> None:
    article("a.md", "## Long\n\n" + "Some words of a text.\n\n" * 3000)
    found = run("build", "a.md", "--to", "email.html")
    assert found.exit_code == 0
    assert re.search(r"Gmail cuts mail off after 102,000 bytes, .* 'Long' \([0-9,]+ bytes\).*\[L016\]", found.stderr)
    assert run("build", "a.md", "--to", "email.html", "--strict").exit_code == 1


def test_the_python_of_the_documents_writes_the_files_that_belong_at_the_url() -> None:
    Image.new("RGB", (1500, 300), "red").save("bar.png")
    article("a.md", "![A red bar](bar.png)")
    settings('pictures = "url"\npicture_base = "https://example.org/p"')
    build()
    Path("a.md").rename("story.md")
    Path("upload").mkdir()
    (code,) = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    exec(compile(code, "email-body.md", "exec"), {})  # the document is ours
    named = re.findall(r'src="https://example\.org/p/([^"]*)"', body())
    assert [path.name for path in Path("upload").iterdir()] == named


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('pictures = "inline"', 'exporter.toml:2: \'pictures\' is "cid" or "url".'),
        ("greeting = 1", "exporter.toml:2: 'greeting' is true, false or the words: \"Hello #,\"."),
        ('signature = "x"', "exporter.toml:2: no key 'signature' in [email]. Known: pictures, picture_base, greeting"),
    ],
)
def test_a_setting_that_is_none_is_refused_by_line(text: str, message: str) -> None:
    article("a.md")
    settings(text)
    assert message in build().stderr


def test_pictures_by_url_need_an_address() -> None:
    Image.new("RGB", (15, 3), "red").save("bar.png")
    article("a.md", "![A red bar](bar.png)")
    settings('pictures = "url"')
    assert "Set picture_base to 'https://…'." in build().stderr
