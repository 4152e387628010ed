"""The one place that sets the process's environment: fontconfig and Pango can be told in no other way."""

from __future__ import annotations

import os
from pathlib import Path

from exporter.errors import ToolError


def prepare(folder: Path) -> None:
    """Let this process see the font library ``folder`` and no other font.

    ``FONTCONFIG_FILE`` is read whenever a font configuration is made; were the file missing,
    fontconfig would fall back to the machine's fonts without a word, so that is an error here.
    ``PANGO_LANGUAGE`` keeps the user's locale from choosing glyphs where a text has no language.
    """
    configuration = folder / "fonts.conf"
    if not configuration.is_file():
        raise ToolError(f"No font library in {folder}. Delete that folder and try again.")
    os.environ["FONTCONFIG_FILE"] = str(configuration)
    os.environ["PANGO_LANGUAGE"] = "en"
