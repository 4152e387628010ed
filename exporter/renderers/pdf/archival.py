"""What PDF/A-3a (ISO 19005-3, conformance level A) asks for beyond tags: colours that mean the same on every machine,
pictures drawn as they are, links that print, labels of pages, and the source as an associated file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

import pydyf

from exporter.edition import Attachment, RenderContext
from exporter.renderers.pdf.nametrees import tree

_PROFILE: Final = "sRGB2014.icc"
"""The International Color Consortium's profile of sRGB, which WeasyPrint has with it."""
_CONDITION: Final = "sRGB IEC61966-2.1"
_PRINTED: Final = 1 << 2
"""The flag of annotations that are not hidden and are printed, and no other (ISO 19005-3, 6.3.2)."""


def archive(pdf: Any, context: RenderContext) -> None:
    """Make ``pdf``, a finished ``pydyf.PDF``, keep to PDF/A-3a; its XMP says so already."""
    pdf.catalog["OutputIntents"] = pydyf.Array([_output_intent(pdf).reference])
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array([0, pydyf.Dictionary({"S": "/D"})])})
    for made in list(pdf.objects):
        _keep(made)
    _attach(pdf, context.attachments, context)


def _output_intent(pdf: Any) -> Any:
    profile = pydyf.Stream([_profile()], {"N": 3, "Alternate": "/DeviceRGB"}, compress=True)
    pdf.add_object(profile)
    intent = pydyf.Dictionary(
        {
            "Type": "/OutputIntent",
            "S": "/GTS_PDFA1",
            "OutputConditionIdentifier": pydyf.String(_CONDITION),
            "Info": pydyf.String(_CONDITION),
            "DestOutputProfile": profile.reference,
        }
    )
    pdf.add_object(intent)
    return intent


@lru_cache(maxsize=1)
def _profile() -> bytes:
    return (files("weasyprint.pdf") / _PROFILE).read_bytes()


def _keep(made: Any) -> None:
    """Pictures are not smoothed by whoever shows them (6.2.8), and annotations are printed."""
    if isinstance(made, pydyf.Stream) and made.extra.get("Subtype") == "/Image":
        made.extra["Interpolate"] = "false"
    if isinstance(made, pydyf.Dictionary) and made.get("Type") == "/Annot":
        made["F"] = _PRINTED


# --- Associated files (6.8) -------------------------------------------------------------------


def _attach(pdf: Any, attachments: Iterable[Attachment], context: RenderContext) -> None:
    """Embed what the edition was made of: named in the catalog, related to the document as its source."""
    made = {each.name: _specification(pdf, each, context) for each in attachments}
    if not made:
        return
    pdf.catalog["AF"] = pydyf.Array([each.reference for each in made.values()])
    names = pdf.catalog.setdefault("Names", pydyf.Dictionary())
    pairs = tree((name, each.reference) for name, each in made.items())
    names["EmbeddedFiles"] = pydyf.Dictionary({"Names": pydyf.Array(pairs)})


def _specification(pdf: Any, attachment: Attachment, context: RenderContext) -> Any:
    stream = pydyf.Stream([attachment.content], _facts(attachment, context), compress=True)
    pdf.add_object(stream)
    specification = pydyf.Dictionary(
        {
            "Type": "/Filespec",
            "F": pydyf.String(attachment.name),
            "UF": pydyf.String(attachment.name),
            "Desc": pydyf.String(attachment.description),
            "EF": pydyf.Dictionary({"F": stream.reference, "UF": stream.reference}),
            "AFRelationship": "/Source",
        }
    )
    pdf.add_object(specification)
    return specification


def _facts(attachment: Attachment, context: RenderContext) -> dict[str, Any]:
    """What the embedded file stream says of itself; its date is the edition's, never the clock's."""
    parameters = {
        "Size": len(attachment.content),
        "ModDate": pydyf.String(context.date.strftime("D:%Y%m%d%H%M%SZ")),
        "CheckSum": f"<{hashlib.md5(attachment.content, usedforsecurity=False).hexdigest()}>",
    }
    subtype = attachment.media_type.replace("/", "#2f").replace("+", "#2b").replace(";", "#3b").replace(" ", "#20")
    return {"Type": "/EmbeddedFile", "Subtype": f"/{subtype}", "Params": pydyf.Dictionary(parameters)}
