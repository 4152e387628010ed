"""Pictures of every edition of the sample articles in every theme, as readers see them: one sheet a theme.

    python scripts/pictures.py docs/looks

A row an article; from the left two pages of the PDF, the first of the DOCX in LibreOffice, the EPUB on a phone by day
and by night, and plain text in a terminal. Needs LibreOffice (soffice) and Chromium on the PATH, and shows both of them
the project's own fonts alone.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from html import escape
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

from exporter import fonts, templating, themes

ROOT = Path(__file__).parent.parent
ARTICLES = ("the-last-proof", "khat-al-matbaa", "kosei")
SIZE = (372, 526)
GAP = 22
GROUND = "#d9d9d4"
PHONE = (390, 551)
PROGRAMS = ("soffice", "chromium")

DAY = "html { background: #fff; color: #111 }"
NIGHT = "html { background: #121212; color: #d6d6d6 } a { color: #8ab4f8 }"
"""What a reading system lays under a book that sets no colours."""
WINDOW = f"position: absolute; left: 0; width: {PHONE[0]}px; min-height: 100%"
MONO = "'Ed Mono', 'Ed CJK JP', 'Ed Arabic', monospace"
TERMINAL = f"html {{ background: #1e1e1e; color: #d4d4d4 }} pre {{ margin: 16px; font: 8.2px/1.35 {MONO} }}"


def run(*command: str | Path) -> None:
    """Run a command with the project's fonts; what it writes is shown only where it fails."""
    library = fonts.library()
    environment = {**os.environ, "FONTCONFIG_FILE": str(library / "fonts.conf")}
    subprocess.run([str(part) for part in command], check=True, capture_output=True, env=environment)


def pages(pdf: Path, *numbers: int) -> Iterator[Image.Image]:
    """Pages of a PDF; an empty ground for one it has not."""
    document = pypdfium2.PdfDocument(pdf)
    for number in numbers:
        if number > len(document):
            yield Image.new("RGB", SIZE, GROUND)
        else:
            yield document[number - 1].render(scale=1.25).to_pil().convert("RGB")


def word(docx: Path, folder: Path) -> Iterator[Image.Image]:
    """The first page of a DOCX as LibreOffice lays it out."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder / "word", docx)
    yield from pages(folder / "word" / f"{docx.stem}.pdf", 1)


def screen(page: Path, folder: Path) -> Image.Image:
    """A page of HTML on a phone."""
    target = page.with_suffix(".png")
    switches = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=2")
    quiet = ("--disable-background-networking", "--no-first-run", f"--user-data-dir={folder}/chromium")
    size = f"--window-size={PHONE[0] + 110},{PHONE[1]}"  # Chromium has no window narrower than 500
    run("chromium", *switches, *quiet, size, f"--screenshot={target}", page.as_uri())
    shown = Image.open(target).convert("RGB")
    return shown.crop((0, 0, PHONE[0] * 2, PHONE[1] * 2))


def book(epub: Path, folder: Path) -> Iterator[Image.Image]:
    """The first screen of an EPUB's article, by day and by night."""
    opened = folder / f"book-{epub.stem}"
    zipfile.ZipFile(epub).extractall(opened)
    article = next(opened.rglob("article.xhtml"))
    text = article.read_text(encoding="utf-8")
    for name, under in (("day", DAY), ("night", NIGHT)):
        page = article.with_name(f"{name}.xhtml")
        style = f"<style>{under} html {{ {WINDOW} }} body {{ margin: 28px 24px }}</style></head>"
        page.write_text(text.replace("</head>", style, 1), encoding="utf-8")
        yield screen(page, folder)


def terminal(text: Path, folder: Path) -> Iterator[Image.Image]:
    """The first lines of plain text."""
    page = folder / f"{text.stem}.html"
    words = escape(text.read_text(encoding="utf-8"))
    page.write_text(f"<!DOCTYPE html><meta charset=utf-8><style>{TERMINAL}</style><pre>{words}</pre>", encoding="utf-8")
    yield screen(page, folder)


def editions(stem: Path, folder: Path) -> Iterator[Image.Image]:
    """The pictures of one article."""
    yield from pages(stem.with_suffix(".pdf"), 1, 2)
    yield from word(stem.with_suffix(".docx"), folder)
    yield from book(stem.with_suffix(".epub"), folder)
    yield from terminal(stem.with_suffix(".txt"), folder)


def sheet(theme: str, target: Path) -> None:
    """Build the articles in ``theme`` and picture them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        exporter = shutil.which("exporter", path=str(Path(sys.executable).parent)) or "exporter"
        run(exporter, "build", ROOT / "source", "--theme", theme, "--out", folder / "out")
        rows = [list(editions(folder / "out" / article / article, folder)) for article in ARTICLES]
        size = (GAP + (SIZE[0] + GAP) * len(rows[0]), GAP + (SIZE[1] + GAP) * len(rows))
        made = Image.new("RGB", size, GROUND)
        for row, shown in enumerate(rows):
            for column, picture in enumerate(shown):
                fitted = ImageOps.fit(picture, SIZE, Image.Resampling.LANCZOS, centering=(0.5, 0.0))
                made.paste(fitted, (GAP + column * (SIZE[0] + GAP), GAP + row * (SIZE[1] + GAP)))
        made.quantize(96, dither=Image.Dither.NONE).save(target, optimize=True)


def main(folder: Path) -> None:
    """One sheet a theme in ``folder``."""
    if missing := [program for program in PROGRAMS if not shutil.which(program)]:
        sys.exit(f"Not on the PATH: {', '.join(missing)}. Install libreoffice-writer and chromium.")
    folder.mkdir(parents=True, exist_ok=True)
    for theme in themes.names(templating.search_path()):
        sheet(theme, folder / f"{theme}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
