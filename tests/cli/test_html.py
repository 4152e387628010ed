"""Pages of HTML at the command line: four editions of one, what is selected, and errors as a newcomer makes them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from exporter.cli import main
from tests.test_mutants import picture

PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>A page - The Site</title>
<meta name="author" content="Ana"><meta property="article:published_time" content="2026-10-05">
<style>p { color: red }</style></head>
<body>
<nav><a href="/">Home</a></nav>
<article>
<h1>A page</h1>
<div class="content">
<p>Some words<sup><a href="#fn1" id="fnref1">1</a></sup> and <a href="https://example.org/">a link</a>.</p>
<figure><img src="red.png" alt="A square"><figcaption>A caption</figcaption></figure>
<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>
</div>
<form action="/subscribe"><button>Subscribe</button></form>
<section class="footnotes"><ol><li id="fn1">A note. <a href="#fnref1">↩</a></li></ol></section>
</article>
<script>track()</script>
</body>
</html>
"""


@pytest.fixture(autouse=True)
def page(folder: Path) -> None:
    Path("page.html").write_text(PAGE, encoding="utf-8")
    Path("red.png").write_bytes(picture("red"))


def run(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(main, list(arguments), env=environment)


def shown(*arguments: str) -> list[str]:
    result = run("show", "page.html", *arguments)
    assert result.exit_code == 0, result.stderr
    return [line.split(maxsplit=2)[-1] for line in result.stdout.partition("\n\n")[2].splitlines()]


def manifest() -> dict[str, object]:
    return dict(json.loads(Path("dist/page/manifest.json").read_bytes()))


def test_four_editions_of_a_page_are_written_and_verified() -> None:
    result = run("build", "page.html")
    told = result.stderr.splitlines()
    assert (result.exit_code, told[-1]) == (0, "page.html: docx, epub, pdf, txt in dist/page, verified.")
    assert told[0].startswith("page.html: docx, epub, pdf, txt: Line 15: no edition carries the element 'form'")
    assert sorted(path.suffix for path in Path("dist/page").glob("page.*")) == [".docx", ".epub", ".pdf", ".txt"]


def test_what_editions_cannot_carry_stands_in_the_manifest_by_line() -> None:
    assert run("build", "page.html", "--to", "txt").exit_code == 0
    (edition,) = manifest()["editions"]  # type: ignore[misc]
    losses = [(loss["code"], loss["line"]) for loss in edition["losses"]]
    assert [loss for loss in losses if loss[0] in ("L004", "L010")] == [("L004", 15), ("L010", 12)]


@pytest.mark.parametrize("name", ["page.htm", "page.HTML", "page.xhtml"])
def test_pages_have_many_suffixes(name: str) -> None:
    written = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title></head><body><p>a</p></body></html>'
    Path(name).write_text(written, encoding="utf-8")
    assert "a" in run("show", name).stdout


def test_an_edition_of_a_page_that_was_changed_does_not_verify() -> None:
    assert run("build", "page.html", "--to", "txt").exit_code == 0
    edition = Path("dist/page/page.txt")
    assert run("verify", "page.html", str(edition)).exit_code == 0
    edition.write_text(edition.read_text(encoding="utf-8").replace("Some words", "Some word"), encoding="utf-8")
    assert run("verify", "page.html", str(edition)).exit_code == 1


def test_a_page_is_read_again_from_its_own_html_edition() -> None:
    assert run("build", "page.html", "--to", "html", "--out", "first").exit_code == 0
    result = run("show", "first/page/page.html")
    assert [line for line in result.stdout.splitlines() if "Some words" in line]


# --- Selecting --------------------------------------------------------------------------------


def test_the_article_is_read_by_default() -> None:
    assert shown()[0] == "A page"
    assert not [line for line in shown() if "Home" in line]


def test_a_selector_says_what_is_read() -> None:
    assert "Home" in shown("--select", "nav, .content > table")
    assert not [line for line in shown("--select", ".content > table") if "Some" in line]


def test_the_selector_may_stand_in_the_settings_and_the_environment() -> None:
    Path("exporter.toml").write_text('[defaults]\nselect = "nav"\n', encoding="utf-8")
    assert "Home" in run("show", "page.html").stdout
    assert "Home" not in run("show", "page.html", EXPORTER_SELECT="table").stdout
    assert "Some words" in run("show", "page.html", "--select", "p", EXPORTER_SELECT="nav").stdout


def test_build_and_verify_take_the_selector_and_the_manifest_records_it() -> None:
    assert run("build", "page.html", "--to", "txt", "--select", ".content > table").exit_code == 0
    assert manifest()["options"]["select"] == ".content > table"  # type: ignore[index]
    assert run("verify", "page.html", "dist/page/page.txt", "--select", ".content > table").exit_code == 0
    assert run("verify", "page.html", "dist/page/page.txt").exit_code == 1


def test_a_selector_is_of_no_consequence_for_markdown() -> None:
    Path("a.md").write_text("# T\n\nwords\n", encoding="utf-8")
    assert run("show", "a.md", "--select", "nav").stdout == run("show", "a.md").stdout


# --- Errors -----------------------------------------------------------------------------------


@pytest.mark.parametrize("selector", ["", "p >", "[", "::before", "p::first-line", "p:nope(", "/html/body", "a,,b"])
def test_what_is_no_selector_is_wrong_usage(selector: str) -> None:
    result = run("show", "page.html", "--select", selector)
    assert result.exit_code == 2
    assert "Write one like 'article' or '.entry-content'." in result.stderr
    assert "Traceback" not in result.stderr


def test_what_is_no_selector_in_the_settings_is_named_by_line() -> None:
    Path("exporter.toml").write_text('[defaults]\nto = ["txt"]\nselect = "p >"\n', encoding="utf-8")
    result = run("build", "page.html")
    assert result.exit_code == 2
    assert "exporter.toml:3: select: 'p >' is no CSS selector" in result.stderr


def test_a_selector_nothing_matches_is_one_line_that_says_what_could() -> None:
    result = run("build", "page.html", "--to", "txt", "--select", ".entry-content")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0] == (
        "page.html: Nothing matches --select '.entry-content'. "
        "Elements with text in them: div.content, section.footnotes. [S009]"
    )


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            'src="red.png"',
            'src="https://example.org/red.png"',
            "Line 12: the picture 'https://example.org/red.png' is not",
        ),
        ('src="red.png"', 'src="data:image/png;base64,AA"', "Line 12: the picture 'data:image/png;base64,AA' is not"),
        ("<td>1</td>", "<td rowspan=2>1</td>", "page.html:13: A cell cannot span others."),
        ("utf-8", "utf-9", "page.html:1: The page says it is in 'utf-9', which is no encoding of the web."),
        ('src="red.png"', f'src="data:image/png;base64,{"A" * 5000}"', "AAA…' is not in the article's folder."),
        ("<h1>A page</h1>", "", ""),
    ],
)
def test_errors_are_one_line_with_place_and_cure(old: str, new: str, words: str) -> None:
    Path("page.html").write_text(PAGE.replace(old, new), encoding="utf-8")
    result = run("build", "page.html", "--to", "txt")
    assert result.exit_code == (1 if words else 0)
    assert words in result.stderr
    assert "Traceback" not in result.stderr


def test_a_page_of_another_encoding_that_does_not_say_so_is_refused_by_line() -> None:
    Path("page.html").write_bytes("<title>T</title>\n<p>é</p>".encode("latin-1"))
    result = run("build", "page.html", "--to", "txt")
    assert (result.exit_code, result.stderr.splitlines()[0]) == (
        1,
        "page.html:2: Byte 0xE9 at offset 20 is not valid UTF-8. Save the file as UTF-8. [S006]",
    )
