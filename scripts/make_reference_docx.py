"""Make the reference documents: every look of the DOCX edition, as Word styles, of each theme on each page.

A house makes its own by opening one in Word, changing styles, and naming it (``--reference-doc``). This script is where
the built-in ones come from; sizes, families, colours are the themes' (``templates/themes``). Same script, same bytes.

    python scripts/make_reference_docx.py templates                                   all of them
    python scripts/make_reference_docx.py templates/reference.docx default A4         one
"""

from __future__ import annotations

import sys
from pathlib import Path

from exporter import themes
from exporter.renderers.docx import styling

TEMPLATES = Path(__file__).parent.parent / "templates"


def name_of(theme: str, page: themes.Page) -> str:
    """The file's name in the templates folder."""
    return "reference.docx" if (theme, page) == (themes.DEFAULT, "A4") else f"reference-{theme}-{page}.docx"


def main(target: Path, theme: str = themes.DEFAULT, page: themes.Page = "A4") -> None:
    """Write one reference document to ``target``."""
    target.write_bytes(styling.document(themes.load(theme, page, (TEMPLATES,))))


def make_all(folder: Path) -> None:
    """Write the reference document of each theme on each page into ``folder``."""
    for theme in themes.names((TEMPLATES,)):
        for page in themes.PAGES:
            main(folder / name_of(theme, page), theme, page)


if __name__ == "__main__":
    chosen = Path(sys.argv[1])
    make_all(chosen) if chosen.is_dir() else main(chosen, *sys.argv[2:])  # type: ignore[arg-type]
