"""Draws the pictures of the sample articles: python scripts/draw_sample_images.py source/images

They were made for this project and share its licence. Needs Pillow only.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image, ImageDraw

INK, PAPER, SHADE, RED, GROUND = "#22262b", "#ffffff", "#c9ced6", "#b3342d", "#eef0ea"
SCALE = 3


def canvas(width: int, height: int, ground: str = GROUND) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """A picture drawn large, to be made smooth by ``finished``."""
    image = Image.new("RGB", (width * SCALE, height * SCALE), ground)
    return image, ImageDraw.Draw(image)


def finished(image: Image.Image) -> Image.Image:
    """The picture at its size."""
    return image.resize((image.width // SCALE, image.height // SCALE), Image.Resampling.LANCZOS)


def sheet(width: int, height: int, lines: int, accent: str) -> Image.Image:
    """A sheet of paper with a headline and lines of text, transparent around."""
    page = Image.new("RGBA", (width * SCALE, height * SCALE), PAPER)
    draw = ImageDraw.Draw(page)
    draw.rectangle((0, 0, page.width - 1, page.height - 1), outline=SHADE, width=SCALE)
    margin = width * SCALE // 8
    draw.rectangle((margin, margin, page.width - margin * 2, margin + 9 * SCALE), fill=accent)
    for number in range(lines):
        top = margin + (22 + number * 10) * SCALE
        right = page.width - margin * (3 if number == lines - 1 else 1)
        draw.rectangle((margin, top, right, top + 3 * SCALE), fill=SHADE)
    return page


def four_editions() -> Image.Image:
    """One manuscript, four editions."""
    image, _ = canvas(1200, 560)
    places = ((40, 190, 9, INK, 8), (590, 150, -14, RED, 11), (720, 120, -4, INK, 11), (855, 130, 6, RED, 11))
    for left, top, angle, accent, lines in (*places, (955, 190, 16, INK, 9)):
        page = sheet(150 if left > 40 else 210, 210 if left > 40 else 290, lines, accent)
        turned = page.rotate(angle, expand=True, resample=Image.Resampling.BICUBIC)
        image.paste(turned, (left * SCALE, (top - (60 if left == 40 else 0)) * SCALE), turned)
    draw = ImageDraw.Draw(image)
    for number in range(9):
        left = 350 + number * 28
        draw.ellipse([v * SCALE for v in (left, 266, left + 8, 274)], fill=INK)
    return finished(image)


def errors() -> Image.Image:
    """Pairs of bars: errors a thousand words, read silently and read aloud."""
    image, draw = canvas(1000, 460, PAPER)
    for number, (silent, aloud) in enumerate(((4.1, 2.0), (1.3, 0.4), (0.6, 0.0))):
        top = 40 + number * 130
        for offset, value, colour in ((0, silent, INK), (46, aloud, RED)):
            width = max(value * 215, 3)
            draw.rectangle([v * SCALE for v in (40, top + offset, 40 + width, top + offset + 36)], fill=colour)
    draw.line([v * SCALE for v in (38, 20, 38, 440)], fill=SHADE, width=3 * SCALE)
    return finished(image)


def caret() -> Image.Image:
    """A proofreader's caret."""
    image, draw = canvas(18, 18, PAPER)
    draw.line([v * SCALE for v in (3, 15, 9, 3, 15, 15)], fill=RED, width=2 * SCALE, joint="curve")
    return finished(image)


def main(folder: Path) -> None:
    """Write the three pictures into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, image in (("four-editions", four_editions()), ("errors", errors()), ("caret", caret())):
        image.quantize(64).convert("RGB").save(folder / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
