"""Makes ``exporter/fonts/vendored/*.woff2``: Noto's regular faces of the scripts no font package on PyPI has.

    apt-get download fonts-noto-core=20201225-1
    python scripts/vendor_fonts.py fonts-noto-core_20201225-1_all.deb

Of each face the characters of its script are kept, with every layout feature; hints go. The same
package gives the same bytes; ``SHA256SUMS`` beside the faces says which.
"""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import tempfile
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.unicodedata import script, script_extension

from exporter.fonts.faces import NOTO_CORE

DEB_SHA256 = "58f4f0bb6720f919f92096b3508e1412a0f1544424ade6c5b5bf1eb694dd64ba"
FOLDER = Path(__file__).parent.parent / "exporter" / "fonts" / "vendored"
SHARED = {0x20, 0xA0, 0x200B, 0x200C, 0x200D, 0x202F, 0x2060, 0x25CC}
"""Spaces and joiners, set in their neighbour's font, and the circle that carries a mark alone."""


def main(package: Path) -> None:
    """Write every face and the list of their digests."""
    if hashlib.sha256(package.read_bytes()).hexdigest() != DEB_SHA256:
        sys.exit(f"{package} is another package than the faces were made from.")
    with tempfile.TemporaryDirectory() as unpacked:
        subprocess.run(["dpkg-deb", "-x", str(package), unpacked], check=True)
        fonts = Path(unpacked) / "usr/share/fonts/truetype/noto"
        made = {f"{stem}.woff2": _face(fonts / f"{stem}-Regular.ttf", code) for code, stem in NOTO_CORE.items()}
    for name, content in made.items():
        (FOLDER / name).write_bytes(content)
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(made.items()))
    (FOLDER / "SHA256SUMS").write_text(sums, encoding="utf-8")


def _face(source: Path, code: str) -> bytes:
    font = TTFont(source, recalcTimestamp=False)
    options = subset.Options(hinting=False, layout_features=["*"], name_IDs=["*"], notdef_outline=True)
    options.recalc_timestamp = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[each for each in font.getBestCmap() if _is_kept(each, code)])
    subsetter.subset(font)
    font.flavor = "woff2"
    target = io.BytesIO()
    font.save(target)
    return target.getvalue()


def _is_kept(character: int, code: str) -> bool:
    if code == "Zsym":  # musical symbols
        return character > 0x2000 or character in SHARED
    shared = character in SHARED or (script(chr(character)) == "Zinh" and character > 0xFDFF)
    return shared or code in script_extension(chr(character))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
