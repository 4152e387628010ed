"""Finished PDFs changed by hand so that a reader sees, hears or meets something else: each is found."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from functools import lru_cache

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image as Pillow

from exporter import images
from exporter.article import Figure, Heading, Image, Link, Note, Paragraph, Table, Text
from exporter.edition import Resource
from tests.articles import article, cells, paragraph
from tests.extractors.pdfs import codes, elements, findings, redrawn, rendered, tampered

VICTIM = article(
    paragraph("The minister did not sign the paper on Monday."),
    Heading((Text("What happened next"),), 2, "next"),
    Paragraph((Text("Read "), Link((Text("the report"),), "https://example.org/report"), Text(" for more."))),
    Paragraph((Text("See "), Link((Text("above"),), "#next"), Text(", and a note"), Note((paragraph("Noted."),), "a"))),
    Figure(Image("picture", "A red field"), (Text("A field, seen from above."),)),
    Table((cells("Country", "Capital", header=True),), (cells("Peru", "Lima"), cells("Chad", "Moundou")), (None, None)),
    paragraph("The second page of the story begins. " * 90),
    Heading((Text("Afterwards"),), 2, "afterwards"),
    paragraph("Nothing else was said."),
    title="A quiet Monday",
)


@lru_cache(maxsize=1)
def resources() -> dict[str, Resource]:
    target = io.BytesIO()
    image = Pillow.new("RGB", (200, 120), (200, 30, 30))
    image.paste((20, 90, 30), (0, 0, 60, 60))
    image.save(target, "PNG")
    return {"picture": images.resource("picture", target.getvalue())}


@lru_cache(maxsize=1)
def victim() -> bytes:
    return rendered(VICTIM, resources())


def found(content: bytes) -> set[str]:
    return codes(VICTIM, content, resources())


def test_the_victim_is_proved() -> None:
    assert findings(VICTIM, victim(), resources()) == ()


# --- What is drawn ----------------------------------------------------------------------------

Redraw = Callable[[bytes], bytes]
PARAGRAPH, WORD, CELL, NEXT = 1, 3, 14, 18
"""Marked content of the first page: the first paragraph, the words "Read ", a cell, the first line of the long text."""


def over(operators: bytes) -> Redraw:
    """Paint over all else, in points from the lower left of the page."""
    return lambda stream: b"q\n" + stream + b"\nQ\nq " + operators + b" Q"


def at_text(number: int, change: Redraw) -> Redraw:
    """Change the text object that a marked content holds."""

    def redraw(stream: bytes) -> bytes:
        start, end = text_object(stream, number)
        return stream[:start] + change(stream[start:end]) + stream[end:]

    return redraw


def text_object(stream: bytes, number: int) -> tuple[int, int]:
    mark = stream.index(b"<</MCID %d>>" % number)
    return stream.index(b"BT", mark), stream.index(b"ET", mark) + 2


def around(before: bytes, after: bytes = b"Q", number: int = PARAGRAPH) -> Redraw:
    return at_text(number, lambda text: before + b" " + text + b" " + after)


def again(before: bytes = b"", after: bytes = b"") -> Redraw:
    """Draw the first paragraph once more, near the foot of the page."""

    def redraw(stream: bytes) -> bytes:
        start, end = text_object(stream, PARAGRAPH)
        text = re.sub(rb"1 0 0 -1 \S+ \S+ Tm", b"0.75 0 0 0.75 90 60 Tm", stream[start:end])
        return over(before + b" " + text + b" " + after)(stream)

    return redraw


def shifted(at: int, by: int) -> Redraw:
    """Move what follows the ``at``-th array element of the first paragraph, to the left where ``by`` is positive."""

    def change(text: bytes) -> bytes:
        parts = re.split(rb"(?<=>)(?=-?\d)", text)
        return b"".join((*parts[:at], b"%d " % by, *parts[at:]))

    return at_text(PARAGRAPH, change)


def exchanged(one: int, other: int) -> Redraw:
    """Set one text object where another stands, and that one here."""

    def redraw(stream: bytes) -> bytes:
        places = [re.compile(rb"1 0 0 -1 \S+ \S+ Tm").search(stream, text_object(stream, n)[0]) for n in (one, other)]
        (a, b), (c, d) = (place.span() for place in places if place)
        return stream[:a] + stream[c:d] + stream[b:c] + stream[a:b] + stream[d:]

    return redraw


def as_artifact(stream: bytes) -> bytes:
    return stream.replace(b"/Span\n<</MCID %d>>\nBDC" % PARAGRAPH, b"/Artifact BMC")


def at_picture(operators: bytes) -> Redraw:
    return lambda stream: re.sub(rb"(/\S+\s+Do)", operators.replace(b"\\", b"\\\\") + rb" \1", stream)


DRAWN: dict[str, tuple[Redraw, str]] = {
    "words drawn outside of any mark": (again(), "P007"),
    "words drawn as an artifact": (again(b"/Artifact BMC", b"EMC"), "P007"),
    "words under the number of another text": (again(b"/P <</MCID 0>> BDC", b"EMC"), "V003"),
    "a paragraph made an artifact": (as_artifact, "V001"),
    "upside down": (around(b"q -1 0 0 -1 700 460 cm"), "P008"),
    "mirrored": (at_text(PARAGRAPH, lambda t: t.replace(b"1 0 0 -1 166", b"-1 0 0 -1 500", 1)), "P008"),
    "squeezed": (around(b"q 20 Tz"), "P008"),
    "raised into the title": (around(b"q 20 Ts"), "P008"),
    "letters over one another": (around(b"q -9 Tc"), "P008"),
    "a word torn apart": (shifted(6, -800), "P008"),
    "two letters changed over": (shifted(6, 1500), "P008"),
    "the outline of letters, in white": (around(b"q 1 Tr 1 1 1 RG"), "P004"),
    "letters as a clip": (around(b"q 7 Tr"), "P004"),
    "letters in a pattern": (around(b"q /Pattern cs /p1 scn"), "V001"),
    "letters in a colour space of its own": (around(b"q /Spot cs 0 scn"), "P004"),
    "clipped to two corners of the page": (around(b"q 0 0 1 1 re 9000 9000 1 1 re W n"), "P003"),
    "clipped to nothing": (around(b"q W n"), "P003"),
    "clipped to a thin triangle": (around(b"q 0 0 m 9000 9000 l 0 1 l h W n"), "P003"),
    "under a thick line": (over(b"1 1 1 RG 900 w 0 600 m 900 600 l S"), "P004"),
    "under a round shape": (over(b"1 g 0 0 m 0 2000 l 600 2000 900 2000 900 0 c h f"), "P004"),
    "covered but for a strip along its middle": (over(b"1 g 0 665 900 6 re 0 673.4 900 6 re f"), "P004"),
    "under an inline image": (over(b"900 0 0 900 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \xff EI"), "V001"),
    "under a shading": (over(b"/any sh"), "V001"),
    "a paragraph set where another is": (exchanged(PARAGRAPH, WORD), "P008"),
    "two lines changed over": (exchanged(NEXT, NEXT + 1), "P008"),
    "two cells changed over": (exchanged(CELL, CELL + 1), "P008"),
    "two rows changed over": (exchanged(CELL, CELL + 2), "P008"),
    "a picture of the size of a point": (at_picture(b"0.004 0 0 0.004 0.5 0.5 cm"), "P003"),
    "a picture mirrored": (at_picture(b"-1 0 0 1 1 0 cm"), "P003"),
    "a picture turned": (at_picture(b"0 1 -1 0 1 0 cm"), "P003"),
    "a picture squeezed": (at_picture(b"1 0 0 0.2 0 0 cm"), "P003"),
    "a picture clipped": (at_picture(b"0 0 0.5 1 re W n"), "P003"),
    "a picture under a box": (over(b"1 g 124 480 60 40 re f"), "P003"),
}


@pytest.mark.parametrize("name", DRAWN)
def test_a_page_drawn_otherwise_is_found(name: str) -> None:
    change, code = DRAWN[name]
    assert code in found(redrawn(victim(), change))


# --- What the file holds beside its content streams -------------------------------------------

Attack = Callable[[pikepdf.Pdf], None]


def on_page(key: str, value: object) -> Attack:
    return lambda pdf: pdf.pages[0].obj.__setitem__(key, value)


def in_catalog(key: str, value: object) -> Attack:
    return lambda pdf: pdf.Root.__setitem__(key, value)


def on_link(key: str, value: object) -> Attack:
    return lambda pdf: pdf.pages[0].Annots[0].__setitem__(key, value)


def on_element(type_: str, key: str, value: object) -> Attack:
    return lambda pdf: elements(pdf, type_)[0].__setitem__(key, value)


def annotated(pdf: pikepdf.Pdf, **facts: object) -> None:
    note = Dictionary(Type=Name.Annot, Rect=Array([100, 600, 400, 700]), **facts)
    pdf.pages[0].Annots.append(pdf.make_indirect(note))


def drawn_over(pdf: pikepdf.Pdf) -> None:
    appearance = pdf.make_stream(b"1 g 0 0 900 900 re f")
    appearance.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 900, 900])})
    annotated(pdf, Subtype=Name.Stamp, AP=Dictionary(N=appearance))


def second_link(pdf: pikepdf.Pdf) -> None:
    annotated(pdf, Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("https://evil.example/")))


def two_targets(pdf: pikepdf.Pdf) -> None:
    other = pdf.make_indirect(Dictionary(pdf.pages[0].Annots[0]))
    other.A = Dictionary(S=Name.URI, URI=String("https://evil.example/"))
    pdf.pages[0].Annots.append(other)
    elements(pdf, "Link")[0].K.append(Dictionary(Type=Name.OBJR, Obj=other, Pg=pdf.pages[0].obj))


def pages_changed_over(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Pages.Kids = Array(list(pdf.Root.Pages.Kids)[::-1])


def page_removed(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[1]


def page_doubled(pdf: pikepdf.Pdf) -> None:
    pdf.pages.append(pdf.pages[0])


def inherited_turn(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Pages.Rotate = 180


def cropped(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].CropBox = Array([0, 0, 300, 842])


def outline_lies(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Outlines.First.First.Title = String("Something else")


def outline_leads_elsewhere(pdf: pikepdf.Pdf) -> None:
    first = pdf.Root.Outlines.First.First
    first.Dest = first.Next.Dest


def destinations_changed_over(pdf: pikepdf.Pdf) -> None:
    names = pdf.Root.Names.Dests.Names
    found = {str(name): at for at, name in enumerate(names) if isinstance(name, String)}
    one, other = found["afterwards"] + 1, found["next"] + 1
    names[one], names[other] = names[other], names[one]


def fonts_of(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [font.DescendantFonts[0] for font in pdf.pages[0].Resources.Font.values()]


def wider(pdf: pikepdf.Pdf) -> None:
    for font in fonts_of(pdf):
        font.W, font.DW = Array([]), 1400


def layered(pdf: pikepdf.Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("words")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    page = pdf.pages[0]
    page.Resources.Properties = Dictionary(Layer=layer)
    page.contents_coalesce()
    page.Contents = pdf.make_stream(b"/OC /Layer BDC " + page.Contents.read_bytes() + b" EMC")


def picture_inverted(pdf: pikepdf.Pdf) -> None:
    (picture,) = pdf.pages[0].get_images().values()
    picture.Decode = Array([1, 0, 1, 0, 1, 0])


def graphics_state(key: str, value: object) -> Attack:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].Resources.ExtGState["/a1.0"][key] = value

    return change


def colours_exchanged(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Resources.ColorSpace = Dictionary(DefaultRGB=Array([Name.CalRGB, Dictionary(Gamma=Array([0, 0, 0]))]))


def metadata_differ(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = String("A loud Tuesday")


def spoken_in_a_mark(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    page.contents_coalesce()
    mark = b"<</MCID 1>>"
    page.Contents = pdf.make_stream(page.Contents.read_bytes().replace(mark, b"<</MCID 1 /ActualText (He signed.)>>"))


SCRIPT = Dictionary(S=Name.JavaScript, JS=String("app.alert('!')"))
LAUNCH = Dictionary(S=Name.Launch, F=String("calc.exe"))

HELD: dict[str, tuple[Attack, str]] = {
    "a paragraph with words read in its stead": (on_element("P", "/ActualText", String("He signed.")), "P005"),
    "a paragraph with an alternative": (on_element("P", "/Alt", String("He signed.")), "P005"),
    "a heading with an expansion": (on_element("H2", "/E", String("He signed.")), "P005"),
    "a picture with words read in its stead": (on_element("Figure", "/ActualText", String("A blue sky")), "P005"),
    "a mark with words read in its stead": (spoken_in_a_mark, "P005"),
    "a link described otherwise": (on_link("/Contents", String("Free money")), "P005"),
    "a link described with a picture elsewhere": (on_link("/Contents", String("the report A red field")), "P005"),
    "a script at opening": (in_catalog("/OpenAction", SCRIPT), "P006"),
    "actions of the file": (in_catalog("/AA", Dictionary(WC=SCRIPT)), "P006"),
    "scripts by name": (lambda pdf: pdf.Root.Names.__setitem__("/JavaScript", Dictionary()), "P006"),
    "attached files": (lambda pdf: pdf.Root.Names.__setitem__("/EmbeddedFiles", Dictionary()), "P006"),
    "associated files": (in_catalog("/AF", Array([])), "P006"),
    "a form": (in_catalog("/AcroForm", Dictionary()), "P006"),
    "labels of pages": (in_catalog("/PageLabels", Dictionary(Nums=Array([0, Dictionary(P=String("x"))]))), "P006"),
    "a hidden layer": (layered, "P006"),
    "actions of a page": (on_page("/AA", Dictionary(O=SCRIPT)), "P006"),
    "a turned page": (on_page("/Rotate", 180), "P006"),
    "a turned tree of pages": (inherited_turn, "P006"),
    "a page of another unit": (on_page("/UserUnit", 0.01), "P006"),
    "a stamp over the text": (drawn_over, "P006"),
    "a link with a script": (on_link("/A", SCRIPT), "P006"),
    "a link that starts a program": (on_link("/A", LAUNCH), "P006"),
    "a link with an appearance": (on_link("/AP", Dictionary()), "P006"),
    "a hidden link": (on_link("/F", 2), "P006"),
    "a link in no text": (second_link, "P006"),
    "a heading that means a paragraph": (
        lambda pdf: pdf.Root.StructTreeRoot.RoleMap.__setitem__("/H2", Name.P),
        "P006",
    ),
    "a link to two places": (two_targets, "V008"),
    "a link over other words": (on_link("/Rect", Array([124, 660, 300, 690])), "P009"),
    "a link over the whole page": (on_link("/Rect", Array([0, 0, 600, 842])), "P009"),
    "an outline of other words": (outline_lies, "P009"),
    "an outline that leads elsewhere": (outline_leads_elsewhere, "P009"),
    "no outline": (lambda pdf: pdf.Root.__delitem__("/Outlines"), "P009"),
    "destinations changed over": (destinations_changed_over, "P009"),
    "pages changed over": (pages_changed_over, "P008"),
    "a page removed": (page_removed, "V001"),
    "a page doubled": (page_doubled, "P007"),
    "a page cropped": (cropped, "P003"),
    "widths of letters": (wider, "P008"),
    "a picture with its colours inverted": (picture_inverted, "V001"),
    "a blend mode": (graphics_state("/BM", Name.Screen), "V001"),
    "a soft mask": (graphics_state("/SMask", Dictionary(S=Name.Luminosity)), "V001"),
    "a transfer function": (graphics_state("/TR", Name.Identity), "V001"),
    "colours with another meaning": (colours_exchanged, "V001"),
    "a title beside the title": (metadata_differ, "V010"),
    "another language": (in_catalog("/Lang", String("fr")), "V010"),
}


@pytest.mark.parametrize("name", HELD)
def test_a_file_that_holds_something_else_is_found(name: str) -> None:
    change, code = HELD[name]
    assert code in found(tampered(victim(), change))


def test_a_font_drawn_at_another_scale_is_found() -> None:
    def shrink(pdf: pikepdf.Pdf) -> None:
        for font in fonts_of(pdf):
            program = font.FontDescriptor.FontFile2
            font.FontDescriptor.FontFile2 = pdf.make_stream(_with_units(program.read_bytes(), 8192))

    assert "P002" in found(tampered(victim(), shrink))


def _with_units(program: bytes, units: int) -> bytes:
    """A TrueType file with other units per em (offset 18 of the table ``head``)."""
    entry = program.index(b"head", 12)
    at = int.from_bytes(program[entry + 8 : entry + 12], "big") + 18
    return program[:at] + units.to_bytes(2, "big") + program[at + 2 :]
