"""The proof of a PDF: what is drawn is what the source says, in the library's fonts, and can be seen."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pikepdf
import pytest
from PIL import Image as Pillow

from exporter import images
from exporter.article import (
    Article,
    CodeBlock,
    Emphasis,
    Figure,
    HardBreak,
    Image,
    Link,
    Note,
    Paragraph,
    Span,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from exporter.bidi import levels, visual
from exporter.edition import Edition
from exporter.extractors.pdf import PdfExtractor
from exporter.provers.pdf import PdfProver
from exporter.text import said
from exporter.verifier import verify
from tests import articles
from tests.articles import article, paragraph
from tests.extractors.pdfs import library, redrawn, rendered, tampered

# One paragraph a script, and the same with one word or letter changed.
SAMPLES: dict[str, tuple[str, str, str]] = {
    "Arabic": (
        "ar",
        "يولد جميع الناس أحرارًا متساوين في الكرامة والحقوق، وقد وهبوا عقلًا وضميرًا وعليهم أن يعامل بعضهم بعضًا.",
        "يولد جميع الناس أحرارًا متساوين في الكرامة والحقوق، وقد وهبوا عقلا وضميرًا وعليهم أن يعامل بعضهم بعضًا.",
    ),
    "Arabic with Latin words and numbers": (
        "ar",
        "صدر القرار رقم 217 (A) عن الجمعية العامة عام 1948 في Palais de Chaillot، وهو مهم.",
        "صدر القرار رقم 271 (A) عن الجمعية العامة عام 1948 في Palais de Chaillot، وهو مهم.",
    ),
    "Persian": (
        "fa",
        "تمام افراد بشر آزاد به دنیا می‌آیند و از لحاظ حیثیت و حقوق با هم برابرند.",
        "تمام افراد بشر آزاد به دنیا میآیند و از لحاظ حیثیت و حقوق با هم برابرند.",
    ),
    "Hebrew": (
        "he",
        "כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם. כולם חוננו בתבונה ובמצפון (1948).",
        "כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם. כולם חוננו בתבונה ובמצפן (1948).",
    ),
    "Hindi": (
        "hi",
        "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है।",
        "सभी मनुष्यों को गौरव और अधिकारो के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है।",
    ),
    "Bengali": (
        "bn",
        "সমস্ত মানুষ স্বাধীনভাবে সমান মর্যাদা এবং অধিকার নিয়ে জন্মগ্রহণ করে। তাঁদের বিবেক এবং বুদ্ধি আছে।",
        "সমস্ত মানুষ স্বাধীনভাবে সমান মর্যাদা এবং অধিকার নিয়ে জন্মগ্রহণ কর। তাঁদের বিবেক এবং বুদ্ধি আছে।",
    ),
    "Tamil": (
        "ta",
        "மனிதப் பிறிவியினர் சகலரும் சுதந்திரமாகவே பிறக்கின்றனர்; அவர்கள் மதிப்பிலும் சமமானவர்கள்.",
        "மனிதப் பிறிவியினர் சகலரும் சுதந்திரமாகவே பிறக்கின்றனர்; அவர்கள் மதிப்பிலும் சமமனவர்கள்.",
    ),
    "Thai": (
        "th",
        "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ ต่างมีเหตุผลและมโนธรรม",
        "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ ต่างมีเหตผลและมโนธรรม",
    ),
    "Khmer": (
        "km",
        "មនុស្សទាំងអស់ កើតមកមានសេរីភាព និងសមភាព ក្នុងផ្នែកសេចក្ដីថ្លៃថ្នូរនិងសិទ្ធិ។",
        "មនុស្សទាំងអស់ កើតមកមានសេរីភាព និងសមភាព ក្នុងផ្នែកសេចក្ដីថ្លៃថ្នូរនឹងសិទ្ធិ។",
    ),
    "Myanmar": (
        "my",
        "လူတိုင်းသည် တူညီ လွတ်လပ်သော ဂုဏ်သိက္ခာဖြင့် လည်းကောင်း၊ မွေးဖွားလာသူများ ဖြစ်သည်။",
        "လူတိုင်းသည် တူညီ လွတ်လပ်သော ဂုဏ်သိက္ခာဖြင့် လည်းကောင်း၊ မွေးဖွားလာသူများ ဖြစ်သညး။",
    ),
    "English with a Hindi word": ("en", "The word नमस्ते is a greeting.", "The word नमस्त is a greeting."),
    "marks set apart": ("en", "Letters a̐éö̲ with marks.", "Letters a̐éö with marks."),
    "ligatures of the author": ("en", "A ﬁne oﬃce, and a fine office.", "A ﬁne oﬃce, and a fine offce."),
    "emoji sequences": ("en", "A family 👩‍👩‍👧 and a 👍🏽.", "A family 👩‍👩‍👦 and a 👍🏽."),
    "Chinese": (
        "zh-CN",
        "人人生而自由,在尊严和权利上一律平等。“引文”……在 1948 年。" * 3,
        "人人生而自由,在尊严和权利上一津平等。" * 3,
    ),
}


def _picture(width: int) -> bytes:
    target = io.BytesIO()
    Pillow.new("RGB", (width, 6), (200, 30, 30)).save(target, "PNG")
    return target.getvalue()


PICTURE, WIDE_PICTURE = _picture(8), _picture(90)
RIGHT_TO_LEFT = ("ar", "fa", "he")


def written(language: str, *texts: str) -> Article:
    direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    return article(*map(paragraph, texts), language=language, direction=direction)


def codes(source: Article, content: bytes) -> list[str]:
    return [finding.code for finding in PdfProver().prove(content, said(source), library())]


def findings(source: Article, content: bytes) -> list[str]:
    """Everything the verifier says of ``content``, the proof included."""
    picture = images.resource("picture", PICTURE).digest
    edition = Edition("pdf", "edition.pdf", content)
    found = verify(source, edition, {"picture": picture}, library())
    return [finding.code for finding in found.discrepancies]


# --- The glyph proof --------------------------------------------------------------------------


def test_an_article_with_everything_is_proved() -> None:
    assert codes(articles.EVERYTHING, rendered(articles.EVERYTHING)) == []


@pytest.mark.parametrize("name", SAMPLES)
def test_a_text_is_proved_in_every_script(name: str) -> None:
    language, text, _ = SAMPLES[name]
    source = written(language, text)
    assert codes(source, rendered(source)) == []


@pytest.mark.parametrize("name", SAMPLES)
def test_a_changed_text_is_not_proved(name: str) -> None:
    language, text, other = SAMPLES[name]
    assert codes(written(language, text), rendered(written(language, other))) == ["P011"]


@pytest.mark.parametrize("name", ["Arabic", "Hindi", "Thai", "Chinese"])
def test_long_paragraphs_are_proved_line_by_line(name: str) -> None:
    language, text, _ = SAMPLES[name]
    source = written(language, f"{text} " * 20)
    assert codes(source, rendered(source)) == []


@pytest.mark.parametrize("name", ["Arabic", "Hindi", "Khmer"])
def test_a_cut_off_text_is_not_proved(name: str) -> None:
    language, text, _ = SAMPLES[name]
    shorter = text.rsplit(" ", 1)[0]
    assert codes(written(language, text), rendered(written(language, shorter))) == ["P011"]
    assert codes(written(language, shorter), rendered(written(language, text))) == ["P011"]


def test_two_paragraphs_changed_over_are_not_proved() -> None:
    first, second = "كل الناس أحرار", "لكل فرد حق في الحياة"
    assert codes(written("ar", first, second), rendered(written("ar", second, first))) == ["P011", "P011"]


def test_inline_elements_are_proved_with_their_neighbours() -> None:
    source = article(
        Paragraph(
            (
                Text("يولد "),
                Strong((Text("جميع"),)),
                Text(" "),
                Emphasis((Text("الناس"),)),
                HardBreak(),
                Link((Text("في الكرامة"),), "https://example.org/"),
                Text(" والحقوق، "),
                Span((Text("human rights"),), "en", "ltr"),
                Text("."),
            )
        ),
        language="ar",
        direction="rtl",
    )
    assert codes(source, rendered(source)) == []


def test_code_is_proved_however_its_tabs_are_drawn() -> None:
    source = article(CodeBlock("\tif x:\n\t\ty  = 1\n\n    z -- a\n" + "long line " * 30))
    assert codes(source, rendered(source)) == []


def test_changed_code_is_not_proved() -> None:
    assert codes(article(CodeBlock("a = -b")), rendered(article(CodeBlock("a = --b")))) == ["P011"]


def test_a_no_break_space_beside_a_space_is_proved() -> None:
    source = article(paragraph("can provide essential,\u00a0 positive encouragement"))
    assert codes(source, rendered(source)) == []


def test_misspelt_marks_are_proved_whatever_circles_are_drawn() -> None:
    source = written("my", "ေက်ာင္းသား အရမ္းမရႈပ္ေထြးပါ။")
    assert codes(source, rendered(source)) == []


def test_a_circle_among_letters_is_proved_only_where_the_source_has_one() -> None:
    """There are marks in the text, under which other versions of HarfBuzz may put circles; none puts one elsewhere."""
    circled, plain = written("en", "wo\u25ccrd cafe\u0301"), written("en", "word cafe\u0301")
    assert codes(circled, rendered(circled)) == []
    assert codes(plain, rendered(circled)) == ["P011"]


def test_a_name_in_a_script_its_language_is_not_written_in_is_proved() -> None:
    """Pango then shapes in a language of that script: a Korean space is another glyph than an English one."""
    source = article(paragraph("x"), authors=("한국어 문장은",))
    assert codes(source, rendered(source)) == []


def test_words_beside_a_picture_without_words_are_proved() -> None:
    source = article(Paragraph((Text("Before"), Image("picture", ""), Text("and after."))))
    assert codes(source, rendered(source, {"picture": images.resource("picture", WIDE_PICTURE)})) == []


def test_a_picture_without_words_is_no_space() -> None:
    def source(between: str) -> Article:
        return article(Paragraph((Text("word"), Image("picture", ""), Text(f"{between}two"))))

    pictures = {"picture": images.resource("picture", PICTURE)}
    assert findings(source(""), rendered(source(""), pictures)) == []
    assert findings(source(" "), rendered(source(" "), pictures)) == []
    assert "V003" in findings(source(""), rendered(source(" "), pictures))
    assert "V003" in findings(source(" "), rendered(source(""), pictures))


def test_an_inline_picture_stays_in_its_caption_and_in_its_note() -> None:
    pictures = {"picture": images.resource("picture", PICTURE)}
    shown = (Text("See "), Image("picture", "A red field"), Text(" here"))
    source = article(
        Figure(Image("picture", "x"), caption=shown),
        Paragraph((Text("Called."), Note((Paragraph((Text("See"), *shown[1:2])),), "n"))),
    )
    assert findings(source, rendered(source, pictures)) == []


def test_a_link_that_ends_with_a_picture_without_words_lies_on_its_own_words() -> None:
    source = article(Paragraph((Link((Text("See"), Image("picture", "")), "https://example.org/"),)))
    assert codes(source, rendered(source, {"picture": images.resource("picture", PICTURE)})) == []


def test_punctuation_set_right_to_left_is_proved_whatever_the_language() -> None:
    passage = Span((Text("(see <this>)."),), direction="rtl")
    source = article(Paragraph((Text("Before "), passage, Text(" after."), Note((Paragraph((passage,)),), "n"))))
    assert findings(source, rendered(source)) == []
    other = article(Paragraph((Text("Before "), Span((Text("(see <that>)."),), direction="rtl"), Text(" after."))))
    assert codes(article(source.blocks[0]), rendered(other)) != []


def test_latin_words_in_an_article_set_right_to_left_are_proved() -> None:
    source = article(paragraph("Where to? (Here!)"), direction="rtl")
    assert findings(source, rendered(source)) == []
    assert codes(source, rendered(article(paragraph("Where to! (Here?)"), direction="rtl"))) == ["P011"]


def test_code_that_begins_with_an_empty_line_is_proved() -> None:
    source = article(CodeBlock("\nif x:\n    y"))
    assert codes(source, rendered(source)) == []


def test_an_accent_on_a_no_break_space_is_proved() -> None:
    source = article(paragraph("اكتب ا\u00a0\u0301 a"))
    assert codes(source, rendered(source)) == []


def test_an_author_of_no_break_spaces_leaves_the_others_in_place() -> None:
    source = article(paragraph("x"), authors=("\u00a0", "中文的一段話"))
    assert codes(source, rendered(source)) == []


def test_raised_words_right_after_lowered_ones_share_their_line() -> None:
    source = article(Paragraph((Subscript((Text("low"),)), Superscript((Text("high"),)))))
    assert findings(source, rendered(source)) == []


def test_a_link_over_a_picture_is_described_by_its_alternative_text() -> None:
    link = Link((Text("See "), Image("picture", "A red field"), Text(" here")), "https://example.org/")
    source = article(Paragraph((Text("Now. "), link)))
    assert codes(source, rendered(source, {"picture": images.resource("picture", PICTURE)})) == []


def test_a_missing_space_between_inline_elements_is_found() -> None:
    def source(between: str) -> Article:
        return article(Paragraph((Emphasis((Text("सभी"),)), Text(between), Strong((Text("मनुष्यों"),)))), language="hi")

    assert codes(source(" "), rendered(source(" "))) == []
    assert codes(source(" "), rendered(source(""))) == ["P011"]
    assert codes(source(""), rendered(source(" "))) == ["P011"]


def test_without_a_font_library_only_what_can_be_read_passes() -> None:
    source = article(paragraph("Plain words."), paragraph("सभी मनुष्यों"))
    found = PdfProver().prove(rendered(source), said(source), None)
    assert [(finding.code, finding.path) for finding in found] == [("P010", "paragraph[2]")]


def test_a_text_nobody_expects_is_not_taken_for_proved() -> None:
    source = written("hi", "सभी मनुष्यों")
    longer = written("hi", "सभी मनुष्यों", "समानता प्राप्त है")
    assert codes(source, rendered(longer)) == ["P010"]


def test_a_finding_names_line_and_texts() -> None:
    language, text, other = SAMPLES["Hebrew"]
    (finding,) = PdfProver().prove(rendered(written(language, other)), said(written(language, text)), library())
    assert finding.path == "paragraph[1]"
    assert finding.expected in f"{text} "


# --- What reading alone would not see ---------------------------------------------------------

ENGLISH = article(paragraph("Plain words that anyone can read."), title="Heading")


def first_string(stream: bytes) -> tuple[int, int]:
    """Where the glyphs of the last paragraph stand in the content stream."""
    start = stream.rindex(b"BT", 0, stream.index(b"ET", stream.index(b"/MCID 1")))
    return start, stream.index(b"ET", start)


def in_paragraph(before: bytes, after: bytes = b"") -> Callable[[bytes], bytes]:
    """Put operators before and after the paragraph's text object."""

    def change(stream: bytes) -> bytes:
        start, end = first_string(stream)
        return stream[:start] + before + b"\n" + stream[start : end + 2] + b"\n" + after + stream[end + 2 :]

    return change


def swap_letters(stream: bytes) -> bytes:
    """Draw the paragraph's second glyph for its first and the first for its second."""
    start, end = first_string(stream)
    codes_drawn = re.findall(rb"<([0-9a-f]{4})", stream[start:end])
    first, second = codes_drawn[0], next(code for code in codes_drawn if code != codes_drawn[0])
    text = stream[start:end].replace(first, b"@@@@").replace(second, first).replace(b"@@@@", second)
    return stream[:start] + text + stream[end:]


def no_glyph(stream: bytes) -> bytes:
    start, end = first_string(stream)
    return stream[:start] + re.sub(rb"<[0-9a-f]{4}", b"<0000", stream[start:end], count=1) + stream[end:]


FULL_PAGE = b"-3000 -3000 9000 9000 re"

UNSEEN: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "a glyph no font has": (no_glyph, "P001"),
    "far to the right": (in_paragraph(b"q 1 0 0 1 3000 0 cm", b"Q"), "P003"),
    "half over the edge": (in_paragraph(b"q 1 0 0 1 -200 0 cm", b"Q"), "P003"),
    "clipped away": (in_paragraph(b"q 0 0 1 1 re W n", b"Q"), "P003"),
    "invisible by rendering mode": (in_paragraph(b"q 3 Tr", b"Q"), "P004"),
    "white on white": (in_paragraph(b"q 1 1 1 rg", b"Q"), "P004"),
    "nearly white on white": (in_paragraph(b"q 0.9 0.9 0.9 rg", b"Q"), "P004"),
    "black on black": (in_paragraph(b"q 0 g " + FULL_PAGE + b" f", b"Q"), "P004"),
    "covered": (in_paragraph(b"", b"q 1 1 1 rg " + FULL_PAGE + b" f Q"), "P004"),
    "covered by a shape drawn with lines": (
        in_paragraph(b"", b"q 1 1 1 rg -999 -999 m 9999 -999 l 9999 9999 l -999 9999 l h f Q"),
        "P004",
    ),
    "too small": (in_paragraph(b"q 0.01 0 0 0.01 100 100 cm", b"Q"), "P004"),
}


@pytest.mark.parametrize("name", UNSEEN)
def test_text_that_cannot_be_seen_is_found(name: str) -> None:
    change, code = UNSEEN[name]
    assert code in codes(ENGLISH, redrawn(rendered(ENGLISH), change))


SEEN: dict[str, Callable[[bytes], bytes]] = {
    "white on black": lambda stream: b"q 0 g " + FULL_PAGE + b" f Q " + re.sub(rb"(0\.\d+ ){3}rg", b"1 1 1 rg", stream),
    "grey on white": in_paragraph(b"q 0.4 g", b"Q"),
    "in a clip that holds it": in_paragraph(b"q " + FULL_PAGE + b" W n", b"Q"),
    "under an empty path": in_paragraph(b"", b"q 1 g " + FULL_PAGE + b" n Q"),
}


@pytest.mark.parametrize("name", SEEN)
def test_text_that_can_be_seen_passes(name: str) -> None:
    assert codes(ENGLISH, redrawn(rendered(ENGLISH), SEEN[name])) == []


def test_lines_printed_over_each_other_are_found() -> None:
    two = article(paragraph("One paragraph of words."), paragraph("And another under it."))

    def lift(stream: bytes) -> bytes:
        """Draw the second paragraph where the first one is."""
        places = re.findall(rb"1 0 0 -1 [\d.]+ [\d.]+ Tm", stream)
        return stream.replace(places[2], places[1])

    assert "P004" in codes(two, redrawn(rendered(two), lift))


def test_a_picture_off_the_page_is_found() -> None:
    resources = {"picture": images.resource("picture", PICTURE)}
    illustrated = articles.with_picture("picture")
    content = rendered(illustrated, resources)
    assert codes(illustrated, content) == []
    moved = redrawn(content, lambda stream: re.sub(rb"(/\S+ Do)", rb"q 1 0 0 1 90 0 cm \1 Q", stream))
    assert "P003" in codes(illustrated, moved)


def test_transparent_text_is_found() -> None:
    def fade(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        page.Resources["/ExtGState"]["/Faded"] = pikepdf.Dictionary(ca=0)

    content = redrawn(tampered(rendered(ENGLISH), fade), in_paragraph(b"q /Faded gs", b"Q"))
    assert "P004" in codes(ENGLISH, content)


def test_letters_drawn_otherwise_than_the_file_claims_are_found() -> None:
    """The page shows other letters, and a ToUnicode map made to match says they are the right ones."""
    drawn = redrawn(rendered(ENGLISH), swap_letters)
    assert "P011" in codes(ENGLISH, drawn)


def test_a_lying_tounicode_map_is_found_by_reading() -> None:
    def lie(pdf: pikepdf.Pdf) -> None:
        for font in pdf.pages[0].Resources.Font.values():
            unicode_map = font.ToUnicode.read_bytes()
            font.ToUnicode = pdf.make_stream(re.sub(rb"<0061>", b"<0062>", unicode_map))

    entries = PdfExtractor().extract(tampered(rendered(ENGLISH), lie)).entries
    assert "Plbin words thbt bnyone cbn rebd." in {entry.text for entry in entries}


# --- Fonts ------------------------------------------------------------------------------------


def test_a_stranger_s_font_is_found() -> None:
    def rename(pdf: pikepdf.Pdf) -> None:
        for font in pdf.pages[0].Resources.Font.values():
            font.BaseFont = pikepdf.Name("/ABCDEF+Comic-Neue")

    assert "P002" in codes(ENGLISH, tampered(rendered(ENGLISH), rename))


def test_another_font_under_a_known_name_is_found() -> None:
    def exchange(pdf: pikepdf.Pdf) -> None:
        fonts = list(pdf.pages[0].Resources.Font.values())
        assert len(fonts) > 1
        names = [font.BaseFont for font in fonts]
        for font, name in zip(fonts, reversed(names), strict=True):
            font.BaseFont = name

    assert "P002" in codes(ENGLISH, tampered(rendered(ENGLISH), exchange))


def test_a_font_that_is_not_embedded_is_found() -> None:
    def strip(pdf: pikepdf.Pdf) -> None:
        for font in pdf.pages[0].Resources.Font.values():
            del font.DescendantFonts[0].FontDescriptor["/FontFile2"]

    assert "P002" in codes(ENGLISH, tampered(rendered(ENGLISH), strip))


# --- Order of drawing (UAX #9) ----------------------------------------------------------------


def test_latin_text_has_no_levels() -> None:
    assert list(levels("abc 123", False)) == [0] * 7


def test_numbers_in_hebrew_text_run_left_to_right() -> None:
    assert list(levels("אב 12", True)) == [1, 1, 1, 2, 2]


@pytest.mark.parametrize(
    ("logical", "depths", "drawn"),
    [
        ("abc", [0, 0, 0], "abc"),
        ("abc", [1, 1, 1], "cba"),
        ("aBCd", [0, 1, 1, 0], "aCBd"),
        ("A12B", [1, 2, 2, 1], "B12A"),
    ],
)
def test_rule_l2_reverses_from_the_deepest_level_up(logical: str, depths: list[int], drawn: str) -> None:
    assert "".join(visual(list(logical), depths)) == drawn


# --- Words beside their glyphs ------------------------------------------------------------------

HINDI = written("hi", "सभी अधिकारों के मामले में।")


def hexadecimal(text: str) -> bytes:
    """``text`` as the content stream writes it."""
    return b"<feff" + text.encode("utf-16-be").hex().encode() + b">"


def respoken(before: str, after: str) -> bytes:
    """The Hindi edition with other words beside a word's glyphs."""
    change = {hexadecimal(before): hexadecimal(after)}
    return redrawn(rendered(HINDI), lambda stream: stream.replace(*next(iter(change.items()))))


def test_words_beside_their_glyphs_are_proved_with_them() -> None:
    with pikepdf.open(io.BytesIO(rendered(HINDI))) as pdf:
        assert hexadecimal("अधिकारों") in pdf.pages[0].Contents.read_bytes()
    assert findings(HINDI, rendered(HINDI)) == []


@pytest.mark.parametrize("other", ["अधिकारो", "अधिकारों अधिकारों", "कर्तव्यों", " "])
def test_other_words_beside_the_glyphs_are_found(other: str) -> None:
    assert set(findings(HINDI, respoken("अधिकारों", other))) == {"P005", "P012"}


def test_words_that_reach_over_glyphs_of_the_next_word_are_found() -> None:
    def reach(stream: bytes) -> bytes:
        return re.sub(rb"(BDC\n\[[^]]*\] TJ)\nEMC\n(\[[^]]*\] TJ)", rb"\1\n\2\nEMC", stream, count=1)

    assert "P005" in findings(HINDI, redrawn(rendered(HINDI), reach))


def test_an_abbreviation_spelt_out_beside_glyphs_is_found() -> None:
    spelt = redrawn(rendered(HINDI), lambda stream: stream.replace(b"/ActualText <feff0905", b"/E <feff0905"))
    assert set(findings(HINDI, spelt)) == {"P005"}


def test_maps_that_lie_beneath_true_words_are_found() -> None:
    def lie(pdf: pikepdf.Pdf) -> None:
        for font in pdf.pages[0].Resources.Font.values():
            font.ToUnicode.write(font.ToUnicode.read_bytes().replace(b"<0076>", b"<0077>"))

    made = written("en", "A coop\u200derative word.")
    assert "P012" in findings(made, tampered(rendered(made), lie))


def test_two_characters_of_one_glyph_are_told_apart_by_the_words_beside_it() -> None:
    both = written("zh", "The radicals \u2eab and \u2eb2.")
    assert findings(both, rendered(both)) == []
    assert findings(written("zh", "The radicals \u2eab and \u2eab."), rendered(both)) != []


# --- Characters without ink ---------------------------------------------------------------------


@pytest.mark.parametrize("character", ["\u00ad", "\u200b", "\u2060", "\u200d", "\ufe0e", "\u200f"])
def test_a_character_without_ink_that_the_source_has_more_is_found(character: str) -> None:
    plain, other = written("en", "A cooperative word."), written("en", f"A coop{character}erative word.")
    assert findings(plain, rendered(plain)) == []
    assert findings(other, rendered(other)) == []
    assert findings(other, rendered(plain)) == ["P012"]
    assert findings(plain, rendered(other)) == ["P012"]


def test_a_letter_that_was_composed_is_found() -> None:
    one, other = written("en", "A caf\u00e9 here."), written("en", "A cafe\u0301 here.")
    assert findings(one, rendered(one)) == findings(other, rendered(other)) == []
    assert findings(other, rendered(one)) == findings(one, rendered(other)) == ["P012"]


def test_soft_hyphens_used_and_unused_are_carried_over_lines() -> None:
    source = written("de", "Donau\u00addampf\u00adschiff\u00adfahrts\u00adgesell\u00adschaft " * 40)
    assert findings(source, rendered(source)) == []
