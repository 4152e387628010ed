"""Bodies of emails in Chromium, by day and by night, on a telephone and beside a list of mails.

Run by ``make conformance``, which installs it.

What is measured is what the browser lays out and draws: no line is cut off or has to be scrolled for, every text can be
read on its ground (WCAG 2, 1.4.3), and where pictures are off their alternative texts stand there.
"""

from __future__ import annotations

import base64
import html
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from exporter import templating, themes
from exporter.judges.judge import Tools

ROOT = Path(__file__).parents[2]
SOURCES = [ROOT / "source", *sorted((ROOT / "source" / "issues").glob("*.toml")), ROOT / "tests/cases/hard/hard.md"]
WIDTHS = (320, 640)
SCHEMES = {"light": 1, "dark": 0}
"""By the numbers Blink gives them."""

MEASURE = """
const luminance = rgb => {
  const [r, g, b] = rgb.map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const digits = colour => colour.match(/[\\d.]+/g).map(Number);
const ground = element => {
  for (; element; element = element.parentElement) {
    const found = digits(getComputedStyle(element).backgroundColor);
    if (found.length < 4 || found[3] > 0) return found.slice(0, 3);
  }
  return [255, 255, 255];
};
frame.onload = () => {
  const page = frame.contentDocument, faint = [];
  const texts = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode, style = getComputedStyle(node.parentElement);
    const seen = node.data.trim() && node.parentElement.getClientRects().length;
    const pair = [digits(style.color).slice(0, 3), ground(node.parentElement)].map(luminance).sort((a, b) => b - a);
    const contrast = (pair[0] + 0.05) / (pair[1] + 0.05);
    if (seen && contrast < 4.5) faint.push(node.data.trim().slice(0, 40) + ' ' + contrast.toFixed(2));
  }
  const box = image => image.getBoundingClientRect();
  document.title = JSON.stringify({
    wide: page.documentElement.scrollWidth,
    ground: ground(page.querySelector('.page')),
    hidden: [...page.querySelectorAll('.preheader')].every(each => !each.getClientRects().length),
    faint: faint,
    pictures: [...page.images].map(image => [image.alt, box(image).width, box(image).right]),
  });
};
"""

FRAMED = """<!DOCTYPE html><meta charset="utf-8">
<iframe id="frame" style="border:0;width:{width}px;height:30000px" srcdoc="{body}"></iframe><script>{script}</script>"""
QUIET = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run")

Measure = Callable[..., Mapping[str, Any]]


def built(folder: Path, *more: str) -> tuple[Path, ...]:
    """The HTML bodies of every sample article and issue, and of the one with every construct."""
    options = ("--to", "email.html", "--missing-images", "placeholder", "--out", str(folder))
    command = [sys.executable, "-m", "exporter", "build", *map(str, SOURCES), *options, *more]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    found = tuple(sorted(folder.rglob("*.email.html")))
    assert len(found) >= 5, told.stderr
    return found


@pytest.fixture(scope="module")
def bodies(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """The bodies as they are by default."""
    return built(tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def measure(tmp_path_factory: pytest.TempPathFactory) -> Measure:
    """What Chromium makes of a body ``width`` pixels wide."""
    program = Tools(dict(os.environ)).program("chromium", "chromium-browser", "google-chrome")
    assert program, "Chromium is missing: make conformance installs it"

    def of(body: str, width: int, scheme: str) -> Mapping[str, Any]:
        page = tmp_path_factory.mktemp("page") / "page.html"
        page.write_text(FRAMED.format(width=width, body=html.escape(body), script=MEASURE), encoding="utf-8")
        preferred = f"--blink-settings=preferredColorScheme={SCHEMES[scheme]}"
        options = [*QUIET, preferred, f"--user-data-dir={page.parent}/profile"]
        command = [program, *options, "--virtual-time-budget=10000", "--dump-dom", page.as_uri()]
        shown = subprocess.run(command, check=True, capture_output=True, text=True, timeout=180).stdout
        (title,) = re.findall(r"<title>(.*?)</title>", shown, re.DOTALL)[:1]
        return dict(json.loads(html.unescape(title)))

    return of


@pytest.fixture(scope="module")
def picture() -> str:
    """A large picture, as a URL."""
    target = io.BytesIO()
    Image.new("RGB", (1200, 800), (90, 120, 150)).save(target, "PNG")
    return f"data:image/png;base64,{base64.b64encode(target.getvalue()).decode()}"


def with_pictures(body: str, picture: str) -> str:
    """The body as it is where pictures are shown."""
    return re.sub(r"cid:[0-9a-f]{64}@pictures\.exporter", picture, body)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_nothing_is_scrolled_for_from_side_to_side(
    width: int, scheme: str, bodies: tuple[Path, ...], measure: Measure, picture: str
) -> None:
    for path in bodies:
        body = path.read_text(encoding="utf-8")
        assert measure(body, width, scheme)["wide"] <= width, path.name
        assert measure(with_pictures(body, picture), width, scheme)["wide"] <= width, path.name


@pytest.mark.parametrize("theme", themes.names(templating.search_path()))
@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_text_can_be_read_on_its_ground(scheme: str, theme: str, tmp_path: Path, measure: Measure) -> None:
    for path in built(tmp_path, "--theme", theme):
        assert measure(path.read_text(encoding="utf-8"), 640, scheme)["faint"] == [], path.name


def test_the_ground_is_dark_in_the_dark(bodies: tuple[Path, ...], measure: Measure) -> None:
    body = bodies[0].read_text(encoding="utf-8")
    by_day, by_night = (sum(measure(body, 640, scheme)["ground"]) for scheme in SCHEMES)
    assert by_day > 600
    assert by_night < 150


def test_a_preheader_is_not_seen(bodies: tuple[Path, ...], measure: Measure) -> None:
    for path in bodies:
        assert measure(path.read_text(encoding="utf-8"), 640, "light")["hidden"], path.name


def test_where_pictures_are_off_their_words_stand_there(bodies: tuple[Path, ...], measure: Measure) -> None:
    measured = [measure(path.read_text(encoding="utf-8"), 320, "light") for path in bodies]
    found = [picture for each in measured for picture in each["pictures"]]
    assert found
    assert [alt for alt, width, right in found if alt and (width < 20 or right > 320)] == []


def test_a_body_that_is_too_wide_too_faint_or_shows_its_preheader_is_found(measure: Measure) -> None:
    spoilt = (
        '<body style="background:#fff"><div class="preheader">Seen</div><div class="page">'
        '<p style="width:700px">Wide</p><p style="color:#999">Faint</p><img src="cid:x" alt=""></div>'
    )
    found = measure(spoilt, 640, "light")
    assert (found["wide"] > 640, found["faint"], found["hidden"]) == (True, ["Faint 2.85"], False)
