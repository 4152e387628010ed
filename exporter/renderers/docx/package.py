"""The parts of the package; python-docx would put them into a zip with the date of the clock."""

from __future__ import annotations

from typing import Any, cast

from docx.opc.packuri import PackURI
from docx.opc.pkgwriter import PackageWriter

from exporter.errors import RenderError
from exporter.renderers import archive


def packed(document: Any) -> bytes:
    """``document`` saved, each entry with the first date a zip can hold."""
    package, files, writer = document.part.package, _Files(), cast(Any, PackageWriter)
    parts = package.parts
    for part in parts:
        part.before_marshal()
    writer._write_content_types_stream(files, parts)
    writer._write_pkg_rels(files, package.rels)
    writer._write_parts(files, parts)
    return archive.packed(files)


class _Files(dict[str, bytes]):
    """Takes what python-docx writes into a zip, by name."""

    def write(self, address: PackURI, content: bytes) -> None:
        """Take the file at ``address``; raises RenderError where it is taken."""
        if address.membername in self:
            raise RenderError(f"The reference document has two parts '{address}'. Save it anew in Word.")
        self[address.membername] = content
