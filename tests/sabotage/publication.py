"""Broken Word documents of publications: covers, contents, running heads; each with the code that tells of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from lxml import etree

from tests.sabotage.docx import Change, all_at, at, changed, dropped, given, inside, made, put, replaced, said, swapped

_LINES: Final = "//w:sdtContent/w:p[w:hyperlink]"
_TITLES: Final = f"{_LINES}//w:t"
_TITLE_FIELD: Final = "//w:fldSimple[contains(@w:instr, 'STYLEREF')]"


def emptied(root: etree._Element) -> None:
    """The contents are gone, heading and all."""
    control = at(root, "//w:sdt[.//w:docPartGallery]")
    above = control.getparent()
    assert above is not None
    above.remove(control)


def of_fixed_words(text: str) -> Change:
    """A running head says ``text``, and no field makes it."""

    def change(root: etree._Element) -> None:
        field = at(root, _TITLE_FIELD)
        field.addprevious(made(f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'))
        above = field.getparent()
        assert above is not None
        above.remove(field)

    return change


def into_contents(root: etree._Element) -> None:
    """A paragraph of the text stands where Word makes the contents, and takes it away."""
    at(root, f"({_LINES})[last()]").addnext(all_at(root, "//w:p[w:pPr/w:pStyle/@w:val='BodyText']")[0])


VARIANTS: Final[Mapping[str, tuple[Callable[[bytes], bytes], str]]] = {
    "an entry with another title": (changed(said(f"({_TITLES})[2]", "The council sleeps")), "V003"),
    "an entry is missing": (changed(dropped(f"({_LINES})[3]")), "V001"),
    "two entries change places": (changed(swapped(_LINES, 1, 2)), "V004"),
    "an entry more": (
        changed(put(f"({_LINES})[2]", '<w:p><w:pPr><w:pStyle w:val="TOC2"/></w:pPr><w:r><w:t>Buy</w:t></w:r></w:p>')),
        "V002",
    ),
    "an entry leads elsewhere": (
        changed(given(f"({_LINES})[2]/w:hyperlink", "w:anchor", "_Toc000000006")),
        "V008",
    ),
    "an entry of another level": (changed(given(f"({_LINES})[2]/w:pPr/w:pStyle", "w:val", "TOC1")), "V007"),
    "an entry in another language": (changed(given(f"({_LINES})[5]/w:pPr/w:rPr/w:lang", "w:bidi", "fa")), "V011"),
    "the contents are missing": (changed(emptied), "V001"),
    "the contents are called otherwise": (
        changed(said("//w:p[w:pPr/w:pStyle/@w:val='TOCHeading']//w:t", "Ads")),
        "V002",
    ),
    "a text stands among the contents": (changed(into_contents), "C001"),
    "the contents have no end": (changed(dropped("//w:fldChar[@w:fldCharType='end']")), "C001"),
    "the contents are of another document": (replaced(" TOC ", " RD x.docx TOC "), "C001"),
    "a running head shows another title": (changed(said(f"{_TITLE_FIELD}//w:t", "Water"), "word/head1.xml"), "C001"),
    "a running head is another title": (changed(of_fixed_words("Water"), "word/head1.xml"), "V003"),
    "a running head says something else": (changed(of_fixed_words("Buy now"), "word/head1.xml"), "V002"),
    "a running head of another field": (
        changed(given(_TITLE_FIELD, "w:instr", " FILENAME "), "word/head1.xml"),
        "C001",
    ),
    "a cover with words of nobody": (
        changed(inside("//w:p[w:pPr/w:pStyle/@w:val='CoverPicture']", "<w:r><w:t>Buy now</w:t></w:r>")),
        "V002",
    ),
    "a cover without its picture": (changed(dropped("//w:p[w:pPr/w:pStyle/@w:val='CoverPicture']")), "V001"),
    "a cover with the picture cropped": (
        changed(put("//w:p[w:pPr/w:pStyle/@w:val='CoverPicture']//a:blip", '<a:srcRect l="50000"/>')),
        "C001",
    ),
    "a cover of another publisher": (changed(said("//w:p[w:pPr/w:pStyle/@w:val='Publisher']//w:t", "Nobody")), "V002"),
    "a sentence of the article where the publisher stands": (
        changed(said("//w:p[w:pPr/w:pStyle/@w:val='Publisher']//w:t", "Nobody was surprised")),
        "V002",
    ),
    "a cover of another number": (
        changed(said("//w:p[w:pPr/w:pStyle/@w:val='CoverSubtitle']//w:t", "No. 8 · Autumn")),
        "V003",
    ),
    "the pages run the other way": (changed(inside("(//w:sectPr)[1]", "<w:bidi/>")), "V010"),
    "an article runs the other way": (changed(dropped("//w:p/w:pPr[w:rPr/w:lang/@w:val='ar']/w:bidi")), "V011"),
}
