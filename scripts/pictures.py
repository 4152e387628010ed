"""A sheet with the first page of the four editions of an article, as readers see them.

    python scripts/pictures.py docs/editions.png [source/the-last-proof.md]

Needs poppler (pdftoppm), LibreOffice (soffice) and Chromium on the PATH.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps

SIZE = (620, 877)
GAP = 44
GROUND = "#e4e4df"
MONOSPACE = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf"


def run(*command: str | Path) -> None:
    """Run a command; its output is shown only where it fails."""
    subprocess.run([str(part) for part in command], check=True, capture_output=True)


def first_page(pdf: Path) -> Image.Image:
    """The first page of a PDF."""
    target = pdf.with_suffix("")
    run("pdftoppm", "-r", "110", "-f", "1", "-l", "1", "-singlefile", "-png", pdf, target)
    return Image.open(target.with_suffix(".png"))


def word(docx: Path, folder: Path) -> Image.Image:
    """The first page of a DOCX as LibreOffice lays it out."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder / "word", docx)
    return first_page(folder / "word" / f"{docx.stem}.pdf")


def book(epub: Path, folder: Path) -> Image.Image:
    """The first screen of an EPUB's first chapter."""
    zipfile.ZipFile(epub).extractall(folder / "book")
    chapter = min(p for p in (folder / "book").rglob("*.xhtml") if "nav" not in p.name and "cover" not in p.name)
    target = folder / "book.png"
    switches = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1.5")
    quiet = ("--disable-background-networking", "--no-first-run", f"--user-data-dir={folder}/chromium")
    run("chromium", *switches, *quiet, "--window-size=500,708", f"--screenshot={target}", chapter.as_uri())
    # A reading system puts margins around a document; a browser does not.
    return ImageOps.expand(Image.open(target).convert("RGB"), border=70, fill="#ffffff")


def terminal(text: Path) -> Image.Image:
    """The first lines of a text file in a fixed-width face."""
    page = Image.new("RGB", (SIZE[0] * 2, SIZE[1] * 2), "#ffffff")
    font = ImageFont.truetype(MONOSPACE, 26)
    lines = text.read_text(encoding="utf-8").split("\n")[:54]
    ImageDraw.Draw(page).multiline_text((60, 60), "\n".join(lines), fill="#1c1c1c", font=font, spacing=6)
    return page


def main(target: Path, article: Path) -> None:
    """Build the article, picture its editions, write the sheet."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        exporter = shutil.which("exporter", path=str(Path(sys.executable).parent)) or "exporter"
        run(exporter, "build", article, "--out", folder / "out")
        (editions,) = (path for path in (folder / "out").iterdir() if path.is_dir())
        stem = editions / editions.name
        pages = (
            first_page(stem.with_suffix(".pdf")),
            word(stem.with_suffix(".docx"), folder),
            book(stem.with_suffix(".epub"), folder),
            terminal(stem.with_suffix(".txt")),
        )
        sheet = Image.new("RGB", (GAP + (SIZE[0] + GAP) * 4, SIZE[1] + GAP * 2), GROUND)
        for number, page in enumerate(pages):
            fitted = ImageOps.fit(page.convert("RGB"), SIZE, Image.Resampling.LANCZOS, centering=(0.5, 0.0))
            sheet.paste(fitted, (GAP + number * (SIZE[0] + GAP), GAP))
        sheet.resize((sheet.width * 2 // 3, sheet.height * 2 // 3), Image.Resampling.LANCZOS).quantize(128).save(target)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else "source/the-last-proof.md"))
