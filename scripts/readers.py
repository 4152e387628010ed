"""What others read from our PDFs, beside what they read from WeasyPrint's own output of the same pages.

python scripts/readers.py ARTICLE …

Per article and reader: the share of characters (white space aside, NFC) that comes out right, by
edit distance to what the article says. Needs pypdfium2 (``.[dev]``) and pdftotext (poppler-utils).
"""

from __future__ import annotations

import argparse
import re
import subprocess
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pypdfium2
from rapidfuzz.distance import Levenshtein

from exporter import fonts, labels, templating
from exporter.edition import RenderContext
from exporter.loading import load
from exporter.loading.loaded import Loaded
from exporter.renderers.pdf import PdfRenderer
from exporter.settings import Settings
from exporter.text import said
from exporter.walk import OBJECT

SETTINGS = Settings().with_defaults(missing_images="placeholder")


def rendered(loaded: Loaded) -> bytes:
    """The PDF edition."""
    folders = templating.search_path()
    words = labels.load(loaded.article.metadata.language, folders)
    context = RenderContext(labels=words, resources=loaded.resources, templates=folders, fonts=fonts.library())
    return PdfRenderer().render(loaded.article, context)


@contextmanager
def untouched() -> Iterator[None]:
    """WeasyPrint's own tags and maps, none of ours."""
    from exporter.renderers.pdf import engine, environment

    environment.prepare(fonts.library())
    ours, engine._own_tags = engine._own_tags, nullcontext
    try:
        yield
    finally:
        engine._own_tags = ours


def by_pdfium(content: bytes) -> str:
    """The text of every page by PDFium, as Chrome copies it."""
    with pypdfium2.PdfDocument(content) as pdf:
        return "".join(page.get_textpage().get_text_range() for page in pdf)


def by_poppler(content: bytes) -> str:
    """The text of every page by poppler, in the order it takes for that of reading."""
    done = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True)
    return done.stdout.decode()


READERS: Mapping[str, Callable[[bytes], str]] = {"pdfium": by_pdfium, "poppler": by_poppler}


def plain(text: str) -> str:
    """``text`` without white space and code points nobody sees."""
    kept = (c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) not in ("Cf", "Cc"))
    return re.sub(r"\s+", "", "".join(kept)).replace("\u2010", "-")


def accuracy(loaded: Loaded, found: str) -> float:
    """The share of the article's characters that ``found`` has: what stands beside them is not counted."""
    wanted = plain("".join(entry.text.replace(OBJECT, "") for entry in said(loaded.article) if entry.kind != "image"))
    operations = Levenshtein.opcodes(wanted, plain(found))
    lost = sum(each.src_end - each.src_start for each in operations if each.tag in ("replace", "delete"))
    return 1 - lost / len(wanted)


def main(paths: list[Path]) -> None:
    """Print a table."""
    print(f"{'article':36} {'reader':8} {'WeasyPrint':>10} {'ours':>8}")
    for path in paths:
        loaded = load(path, SETTINGS)
        ours = rendered(loaded)
        with untouched():
            theirs = rendered(loaded)
        for name, read in READERS.items():
            before, after = accuracy(loaded, read(theirs)), accuracy(loaded, read(ours))
            print(f"{path.name[:36]:36} {name:8} {before:10.2%} {after:8.2%}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="+", type=Path)
    main(parser.parse_args().articles)
