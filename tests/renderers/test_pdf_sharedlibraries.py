"""Pango and its like are found at once where the loader knows them, and as ever where it does not."""

from __future__ import annotations

import ctypes.util
import subprocess
import sys

import pytest

from exporter.renderers.pdf import sharedlibraries

RENDERING = """
import sys
started = []
sys.addaudithook(lambda event, found: started.append(found) if event == "subprocess.Popen" else None)
from exporter.renderers.pdf import PdfRenderer
from tests.articles import article, paragraph
from exporter import labels, templating
from exporter.edition import RenderContext
context = RenderContext(labels=labels.load("en", templating.search_path()))
assert PdfRenderer().render(article(paragraph("Words.")), context).startswith(b"%PDF")
print(started)
"""


def test_the_first_page_is_set_without_another_process() -> None:
    ran = subprocess.run([sys.executable, "-c", RENDERING], capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.stderr) == ("[]\n", "")


def test_libraries_the_loader_does_not_know_are_searched_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharedlibraries, "_NAMES", ("libnone-of-that-name.so.0",))
    before = ctypes.util.find_library
    with sharedlibraries.by_full_names():
        assert ctypes.util.find_library is before


def test_short_names_are_searched_for_again_afterwards() -> None:
    before = ctypes.util.find_library
    with sharedlibraries.by_full_names():
        pass
    assert ctypes.util.find_library is before
