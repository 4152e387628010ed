"""What of fontTools only variable fonts need is imported when it is called."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

from exporter.renderers.pdf import spared
from tests.renderers.test_pdf_sharedlibraries import RENDERING

SPARED = ("fontTools.subset", "fontTools.varLib.instancer")


def ran(program: str) -> str:
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout


def test_a_page_is_set_without_it() -> None:
    assert ran(f"{RENDERING}print([name for name in {SPARED} if name in sys.modules])").endswith("[]\n")


def test_it_is_there_when_weasyprint_calls_it() -> None:
    called = "from weasyprint.pdf.fonts import subset\nprint(type(subset.Options(retain_gids=True)).__module__)"
    assert ran(f"{RENDERING}{called}").endswith("fontTools.subset\n")


def test_what_is_imported_already_stays() -> None:
    modules = [import_module(name) for name in SPARED]
    with spared.until_called():
        assert [sys.modules[name] for name in SPARED] == modules
    assert [sys.modules[name] for name in SPARED] == modules
