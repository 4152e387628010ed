"""Word's own means for what an edition shows: a box to tick, a date, and the number of a caption."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal, TypeAlias

from docx.oxml.parser import parse_xml

from exporter.renderers.docx.elements import Element, w

_CHECKBOX = (
    '<w14:checkbox xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w14:checked w14:val="{}"/>'
    '<w14:checkedState w14:val="2611"/><w14:uncheckedState w14:val="2610"/></w14:checkbox>'
)

Sequence: TypeAlias = Literal["Figure", "Table"]
"""What captions are counted by; Word's lists of figures and tables go by these names, in whatever language."""


def checkbox(checked: bool, mark: Iterable[Element]) -> Element:
    """A box that Word's reader can tick, showing ``mark``."""
    state = parse_xml(_CHECKBOX.format(int(checked)))
    return w("sdt", w("sdtPr", state), w("sdtContent", *mark))


def dated(day: date, language: str, content: Iterable[Element]) -> Element:
    """``content`` as a date control that holds ``day``."""
    properties = w(
        "date",
        w("dateFormat", val="d MMMM yyyy"),
        w("lid", val=language),
        w("storeMappedDataAs", val="dateTime"),
        w("calendar", val="gregorian"),
        fullDate=day.isoformat() if isinstance(day, datetime) else f"{day.isoformat()}T00:00:00Z",
    )
    return w("sdt", w("sdtPr", properties), w("sdtContent", *content))


def counted(sequence: Sequence, number: Iterable[Element]) -> Element:
    """The next number of ``sequence`` (ISO/IEC 29500-1, §17.16.5.56), showing ``number`` until Word counts anew."""
    return w("fldSimple", *number, instr=f" SEQ {sequence} \\* ARABIC ")
