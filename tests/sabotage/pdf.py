"""Broken PDFs."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

Change = Callable[[Pdf], None]


def changed(change: Change, **saving: object) -> Callable[[bytes], bytes]:
    """What opens a PDF, applies ``change`` and saves it; one that changes nothing is a mistake of the test's."""

    def variant(content: bytes) -> bytes:
        target = io.BytesIO()
        with pikepdf.open(io.BytesIO(content)) as pdf:
            before = plain(pdf)
            change(pdf)
            assert saving or plain(pdf) != before, "nothing was broken"
            pdf.save(target, **saving)  # type: ignore[arg-type]
        return target.getvalue()

    return variant


def plain(pdf: Pdf) -> bytes:
    target = io.BytesIO()
    pdf.save(target, static_id=True, compress_streams=False)
    return target.getvalue()


def all_of(pdf: Pdf, kind: str) -> Iterator[pikepdf.Object]:
    """The structure elements of a type, in the order of the file."""
    for made in pdf.objects:
        if isinstance(made, Dictionary) and made.get("/Type") == "/StructElem" and made.get("/S") == f"/{kind}":
            yield made


def first(pdf: Pdf, kind: str) -> pikepdf.Object:
    return next(all_of(pdf, kind))


def without(holder: Callable[[Pdf], pikepdf.Object], key: str) -> Change:
    def change(pdf: Pdf) -> None:
        del holder(pdf)[key]

    return change


def root(pdf: Pdf) -> pikepdf.Object:
    return pdf.Root


def retyped(kind: str, other: str, count: int | None = 1) -> Change:
    """The first ``count`` elements of a type, all where it is None, are said to be of another."""

    def change(pdf: Pdf) -> None:
        for element in list(all_of(pdf, kind))[:count]:
            element.S = Name(f"/{other}")

    return change


def xmp(pattern: str, other: str) -> Change:
    def change(pdf: Pdf) -> None:
        packet = pdf.Root.Metadata.read_bytes().decode()
        pdf.Root.Metadata.write(re.sub(pattern, other, packet, count=1, flags=re.S).encode())

    return change


def each(kind: str, value: str, key: str, made: Callable[[pikepdf.Object], None]) -> Change:
    """``made`` of every dictionary whose ``kind`` is ``value`` and that has ``key``."""

    def change(pdf: Pdf) -> None:
        for found in pdf.objects:
            if isinstance(found, Dictionary | pikepdf.Stream) and found.get(kind) == value and key in found:
                made(found)

    return change


def gone(key: str) -> Callable[[pikepdf.Object], None]:
    def remove(found: pikepdf.Object) -> None:
        del found[key]

    return remove


def redrawn(pattern: bytes, other: bytes, page: int = 0) -> Change:
    def change(pdf: Pdf) -> None:
        drawn = pdf.pages[page].Contents.read_bytes()
        pdf.pages[page].Contents = pdf.make_stream(re.sub(pattern, other, drawn, count=1, flags=re.S))

    return change


def speaking(pdf: Pdf) -> None:
    first(pdf, "P").ActualText = String("Something else is said.")


def hidden(pdf: Pdf) -> None:
    drawn = pdf.pages[0].Contents.read_bytes()
    pdf.pages[0].Contents = pdf.make_stream(b"3 Tr\n" + drawn)


def faint(pdf: Pdf) -> None:
    """A group of opacity 0 around all a page shows."""
    pdf.pages[0].Resources.ExtGState = Dictionary(Faint=Dictionary(Type=Name.ExtGState, ca=0, CA=0))
    pdf.pages[0].Contents = pdf.make_stream(b"/Faint gs\n" + pdf.pages[0].Contents.read_bytes())


def scripted(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert('hello')"))


def attached(pdf: Pdf) -> None:
    pdf.attachments["other.txt"] = b"Something else."


def elsewhere(pdf: Pdf) -> None:
    for found in pdf.objects:
        if isinstance(found, Dictionary) and found.get("/Subtype") == "/Link" and "/A" in found:
            found.A.URI = String("https://elsewhere.example/")


def another_intent(pdf: Pdf) -> None:
    pdf.Root.OutputIntents[0].DestOutputProfile.write(b"no profile")


def unlinked(pdf: Pdf) -> None:
    pdf.Root.StructTreeRoot.ParentTree = pdf.make_indirect(Dictionary(Nums=Array()))


def mislabelled(pdf: Pdf) -> None:
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.r)]))


def shorter(pdf: Pdf) -> None:
    del pdf.pages[1]


def reordered(pdf: Pdf) -> None:
    holder = first(pdf, "Art")
    kids = list(holder.K)
    holder.K = Array([kids[0], *reversed(kids[1:])])


def renamed(pdf: Pdf) -> None:
    pdf.docinfo["/Title"] = "Another title"


def strange_language(pdf: Pdf) -> None:
    next(element for element in pdf.objects if isinstance(element, Dictionary) and element.get("/Lang")).Lang = String(
        "xx"
    )


def informed(key: str, value: str) -> Change:
    def change(pdf: Pdf) -> None:
        pdf.docinfo[key] = value

    return change


def mapped(pdf: Pdf) -> None:
    """Every "a" is copied as "b"."""
    for font in pdf.objects:
        if isinstance(font, Dictionary) and font.get("/Type") == "/Font" and "/ToUnicode" in font:
            font.ToUnicode.write(font.ToUnicode.read_bytes().replace(b"<0061>", b"<0062>"))


def grouped(pdf: Pdf) -> None:
    """All of a page in a group, whose marks are no longer the page's."""
    page = pdf.pages[0]
    group = pdf.make_stream(page.Contents.read_bytes())
    group.Type, group.Subtype, group.BBox, group.Resources = Name.XObject, Name.Form, page.MediaBox, page.Resources
    group.Group = Dictionary(S=Name.Transparency)
    page.Resources, page.Contents = Dictionary(XObject=Dictionary(All=group)), pdf.make_stream(b"/All Do")


def an_artifact(pdf: Pdf) -> None:
    redrawn(rb"/\S+\s*<<[^>]*?MCID[^>]*>>\s*BDC", b"/Artifact BMC")(pdf)


def exchanged(pdf: Pdf) -> None:
    """Two named destinations lead to each other's place."""
    names = pdf.Root.Names.Dests.Names
    names[1], names[3] = names[3], names[1]


def launching(pdf: Pdf) -> None:
    for found in pdf.objects:
        if isinstance(found, Dictionary) and found.get("/Subtype") == "/Link" and "/A" in found:
            found.A = Dictionary(S=Name.Launch, F=String("program"))


def chained(pdf: Pdf) -> None:
    """After a link is followed, a script runs."""
    for found in pdf.objects:
        if isinstance(found, Dictionary) and found.get("/Subtype") == "/Link" and "/A" in found:
            found.A.Next = Dictionary(S=Name.JavaScript, JS=String("app.alert('hello')"))


def pinned(pdf: Pdf) -> None:
    """A file is pinned to a page."""
    pin = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array([0, 0, 9, 9]), F=4)
    pdf.pages[0].Annots = Array([pdf.make_indirect(pin)])


def layered(pdf: Pdf) -> None:
    pdf.Root.OCProperties = Dictionary(OCGs=Array(), D=Dictionary())


def formed(pdf: Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array())


def triggered(pdf: Pdf) -> None:
    pdf.pages[0].AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS=String("app.alert('hello')")))


def scripts_by_name(pdf: Pdf) -> None:
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert('hello')"))
    pdf.Root.Names.JavaScript = Dictionary(Names=Array([String("a"), script]))


def turned(pdf: Pdf) -> None:
    pdf.pages[0].Rotate = 90


def cropped(pdf: Pdf) -> None:
    pdf.pages[0].CropBox = Array([0, 0, 300, 400])


def doubled(pdf: Pdf) -> None:
    pdf.pages.append(pdf.pages[0])


def another_picture_text(pdf: Pdf) -> None:
    first(pdf, "Figure").Alt = String("Something else")


def another_outline(pdf: Pdf) -> None:
    pdf.Root.Outlines.First.Title = String("Something else")


def unsaid(pdf: Pdf) -> None:
    """Nothing says the title in the bar of the window."""
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


def suspicious(pdf: Pdf) -> None:
    pdf.Root.MarkInfo.Suspects = True


def another_role(pdf: Pdf) -> None:
    pdf.Root.StructTreeRoot.RoleMap.Title = Name.P


def unreferred(pdf: Pdf) -> None:
    """Links whose tags have the words and not the annotation."""
    for link in all_of(pdf, "Link"):
        link.K = Array([kid for kid in link.K if not (isinstance(kid, Dictionary) and kid.get("/Type") == "/OBJR")])


def sideways(pdf: Pdf) -> None:
    """Header cells of columns are said to head rows."""
    for cell in all_of(pdf, "TH"):
        if "/A" in cell:
            cell.A = Dictionary(O=Name.Table, Scope=Name.Row)


def fonts_of(pdf: Pdf, family: str) -> Iterator[pikepdf.Object]:
    """The composite fonts of a family; all of them where it is ""."""
    for made in pdf.objects:
        if isinstance(made, Dictionary) and made.get("/Subtype") == "/Type0" and family in str(made.BaseFont):
            yield made


def links_of(pdf: Pdf) -> Iterator[pikepdf.Object]:
    for page in pdf.pages:
        yield from page.get("/Annots", ())


def optional(pdf: Pdf) -> None:
    """A paragraph in a layer that says by itself that it is off: some programs ask for no list of layers."""
    off = Dictionary(Type=Name.OCG, Name=String("x"), Usage=Dictionary(View=Dictionary(ViewState=Name.OFF)))
    pdf.pages[0].Resources.Properties = Dictionary(Layer=pdf.make_indirect(off))
    redrawn(rb"(/\w+\s*<</MCID 20>>\s*BDC.*?EMC)", rb"/OC /Layer BDC \1 EMC")(pdf)


def overdrawn(pdf: Pdf) -> None:
    """A white line as wide as a page; its width is set where one would look for the alpha."""
    pdf.pages[0].Resources.ExtGState["/Wide"] = Dictionary(Type=Name.ExtGState, LW=900)
    line = b" /Artifact BMC q /Wide gs 1 1 1 RG 0 400 m 900 400 l S Q EMC"
    pdf.pages[0].Contents = pdf.make_stream(pdf.pages[0].Contents.read_bytes() + line)


def clipped_by_a_blank(pdf: Pdf) -> None:
    redrawn(rb"BT\s+(\S+ \S+ \S+ \S+ \S+ \S+ Tm\s+/\w+ 18 Tf)", rb"BT \1 7 Tr <0001> Tj ET BT \1 0 Tr")(pdf)


def embedded_twice(pdf: Pdf) -> None:
    """Beside the font's own file another font's, under the key some programs look at first."""
    other = next(fonts_of(pdf, "Mono")).DescendantFonts[0].FontDescriptor.FontFile2
    next(fonts_of(pdf, "Ed-Text")).DescendantFonts[0].FontDescriptor.FontFile = other


def another_kind(pdf: Pdf) -> None:
    for font in fonts_of(pdf, ""):
        font.DescendantFonts[0].Subtype = Name.CIDFontType0


def encoded(lines: bytes, **keys: object) -> Change:
    """The text's font has a map from codes to glyphs of its own."""

    def change(pdf: Pdf) -> None:
        cmap = b"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange " + lines + b" endcmap"
        next(fonts_of(pdf, "Ed-Text")).Encoding = pdf.make_stream(cmap, Type=Name.CMap, CMapName=Name.X, **keys)

    return change


def copied(old: bytes, new: bytes) -> Change:
    """What can be copied of a letter is said again, otherwise."""

    def change(pdf: Pdf) -> None:
        for font in fonts_of(pdf, ""):
            font.ToUnicode.write(font.ToUnicode.read_bytes().replace(old, new))

    return change


def preferred(**preferences: pikepdf.Object) -> Change:
    def change(pdf: Pdf) -> None:
        for name, value in preferences.items():
            pdf.Root.ViewerPreferences[f"/{name}"] = value

    return change


def smaller_medium(pdf: Pdf) -> None:
    pdf.pages[0].CropBox, pdf.pages[0].MediaBox = pdf.pages[0].MediaBox, Array([0, 0, 300, 500])


def framed(pdf: Pdf) -> None:
    for link in links_of(pdf):
        link.BS = Dictionary(W=30)


def on_another_page(pdf: Pdf) -> None:
    pdf.pages[1].Annots = Array([pdf.pages[0].Annots[0]])
    del pdf.pages[0].Annots[0]


def unclickable(pdf: Pdf) -> None:
    del pdf.pages[0]["/Annots"]


def pale_outline(pdf: Pdf) -> None:
    pdf.Root.Outlines.First.C = Array([1, 1, 1])


def parents_exchanged(pdf: Pdf) -> None:
    marks = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    marks[0], marks[20] = marks[20], marks[0]


def pages_of_parents_exchanged(pdf: Pdf) -> None:
    one, other = pdf.pages[0], pdf.pages[1]
    one.StructParents, other.StructParents = other.StructParents, one.StructParents


def mixed(pdf: Pdf) -> None:
    pdf.pages[0].Group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)


def on_a_paragraph(key: str, value: pikepdf.Object) -> Change:
    def change(pdf: Pdf) -> None:
        first(pdf, "P")[key] = value

    return change


VARIANTS: Mapping[str, Callable[[bytes], bytes]] = {
    "no language": changed(without(root, "/Lang")),
    "no structure tree": changed(without(root, "/StructTreeRoot")),
    "not marked as tagged": changed(without(root, "/MarkInfo")),
    "no viewer preferences": changed(without(root, "/ViewerPreferences")),
    "no title in the metadata": changed(xmp("<dc:title>.*?</dc:title>", "")),
    "no PDF/UA identification": changed(xmp("<pdfuaid:part>1</pdfuaid:part>", "")),
    "no PDF/A identification": changed(xmp("<pdfaid:part>3</pdfaid:part>", "")),
    "no metadata": changed(without(root, "/Metadata")),
    "a picture without alternative text": changed(without(lambda pdf: first(pdf, "Figure"), "/Alt")),
    "a heading that skips levels": changed(retyped("H2", "H5")),
    "headings said to be paragraphs": changed(retyped("H2", "P", None)),
    "links without a description": changed(each("/Subtype", "/Link", "/Contents", gone("/Contents"))),
    "links that lead elsewhere": changed(elsewhere),
    "pages without the order of their links": changed(each("/Type", "/Page", "/Tabs", gone("/Tabs"))),
    "a link that is tagged as none": changed(retyped("Link", "Span")),
    "a table without header cells": changed(retyped("TH", "TD", None)),
    "a list item with a paragraph for its body": changed(retyped("LBody", "P")),
    "fonts that are not embedded": changed(each("/Type", "/FontDescriptor", "/FontFile2", gone("/FontFile2"))),
    "fonts without Unicode": changed(each("/Type", "/Font", "/ToUnicode", gone("/ToUnicode"))),
    "a language that is none": changed(strange_language),
    "a type of structure nobody knows": changed(retyped("P", "Paragraf")),
    "text that is not tagged": changed(redrawn(rb"/\S+\s*<<[^>]*?MCID[^>]*>>\s*BDC(.*?)EMC", rb"\1")),
    "text that says something else aloud": changed(speaking),
    "text drawn in no colour": changed(hidden),
    "a page nobody can see": changed(faint),
    "JavaScript": changed(scripted),
    "a file that goes along": changed(attached),
    "no output intent": changed(without(root, "/OutputIntents")),
    "another colour profile": changed(another_intent),
    "marks without parents": changed(unlinked),
    "other page numbers": changed(mislabelled),
    "a page less": changed(shorter),
    "paragraphs in another order": changed(reordered),
    "another title in the Info dictionary": changed(renamed),
    "another date in the Info dictionary": changed(informed("/ModDate", "D:20200101000000Z")),
    "another date in XMP": changed(xmp("<xmp:CreateDate>.*?</", "<xmp:CreateDate>2020-01-01T00:00:00Z</")),
    "another producer in XMP": changed(xmp("<pdf:Producer>.*?</", "<pdf:Producer>Another</")),
    "other keywords in XMP": changed(xmp("<pdf:Keywords>.*?</", "<pdf:Keywords>other</")),
    "a note in the Info dictionary": changed(informed("/Comment", "Something that was not to be known")),
    "a contributor in XMP": changed(xmp("<pdf:Producer>", "<dc:contributor>Another</dc:contributor><pdf:Producer>")),
    "PDF/A without tags": changed(xmp("<pdfaid:conformance>A", "<pdfaid:conformance>U")),
    "PDF/UA-2": changed(xmp("<pdfuaid:part>1", "<pdfuaid:part>2")),
    "an extension schema that is not described": changed(xmp("<pdfaExtension:schemas>.*?</pdfaExtension:schemas>", "")),
    "letters that are copied as others": changed(mapped),
    "no language of passages": changed(each("/Type", "/StructElem", "/Lang", gone("/Lang"))),
    "a page in a group": changed(grouped),
    "text that is said to be furniture": changed(an_artifact),
    "destinations that were exchanged": changed(exchanged),
    "another entry in the outline": changed(another_outline),
    "links that launch a program": changed(launching),
    "links with a script behind them": changed(chained),
    "a file pinned to a page": changed(pinned),
    "layers": changed(layered),
    "a form": changed(formed),
    "a page that runs a script": changed(triggered),
    "scripts by name": changed(scripts_by_name),
    "a page turned": changed(turned),
    "a page cut smaller": changed(cropped),
    "a page twice": changed(doubled),
    "another text for a picture": changed(another_picture_text),
    "a window without the title": changed(unsaid),
    "tags that may be wrong": changed(suspicious),
    "a title that is a paragraph": changed(another_role),
    "links without their annotations": changed(unreferred),
    "header cells of the other direction": changed(sideways),
    "notes said to be paragraphs": changed(retyped("Note", "P", None)),
    "lists said to be divisions": changed(retyped("L", "Div", None)),
    "captions said to be paragraphs": changed(retyped("Caption", "P", None)),
    "quotations said to be divisions": changed(retyped("BlockQuote", "Div", None)),
    "pictures that are smoothed": changed(
        each("/Subtype", "/Image", "/Interpolate", lambda picture: picture.__setitem__("/Interpolate", True))
    ),
    "a layer that is off by itself": changed(optional),
    "a line as wide as a page": changed(overdrawn),
    "all that follows clipped by a blank": changed(clipped_by_a_blank),
    "a font embedded twice": changed(embedded_twice),
    "fonts called another kind": changed(another_kind),
    "text set downwards": changed(encoded(b"1 begincidrange <0000> <ffff> 0 endcidrange", WMode=1)),
    "glyphs behind a remark": changed(
        encoded(b"1 begincidrange <0000> <ffff> 7 endcidrange\n%1 begincidrange <0000> <ffff> 0 endcidrange\n")
    ),
    "letters copied behind a remark": changed(copied(b"<0028> <006d>", b"<0028> <006e>\n%<0028> <006d>\n")),
    "letters copied in two ways": changed(copied(b"<0028> <006d>", b"<0028> <006e>\n<0028> <006d>\n")),
    "one page printed of all": changed(preferred(PrintPageRange=Array([1, 1]))),
    "pages cut by a preference": changed(preferred(ViewArea=Name.TrimBox, ViewClip=Name.TrimBox)),
    "a page larger than its medium": changed(smaller_medium),
    "links in black frames": changed(framed),
    "a link on another page": changed(on_another_page),
    "links nobody can click": changed(unclickable),
    "an outline in white": changed(pale_outline),
    "a paragraph spoken by its sounds": changed(on_a_paragraph("/Phoneme", String("lai"))),
    "a paragraph with a title": changed(on_a_paragraph("/T", String("Something else"))),
    "a paragraph of another vocabulary": changed(on_a_paragraph("/NS", Dictionary(NS=String("http://example.org/")))),
    "a mark in another language": changed(redrawn(rb"<</MCID 20>>", b"<</MCID 20 /Lang (fr)>>")),
    "marks that lead back to each other's place": changed(parents_exchanged),
    "pages that lead back to each other's tags": changed(pages_of_parents_exchanged),
    "a page mixed in grey": changed(mixed),
    "encryption": changed(lambda pdf: None, encryption=pikepdf.Encryption(owner="secret", user="")),
    "cut off": lambda content: content[: len(content) // 2],
    "a byte of a font changed": lambda content: content.replace(b"endobj", b"endobk", 1),
}
