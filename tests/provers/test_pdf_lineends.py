"""A page keeps no space at the end of a line: what may have stood there, and what may not."""

from __future__ import annotations

import pytest

from exporter.article import Article, CodeBlock, Link, Paragraph, Text
from exporter.provers.pdf import PdfProver
from exporter.provers.pdf.lineends import may_end
from exporter.text import said
from tests.articles import article, paragraph
from tests.extractors.pdfs import library, rendered

WORDS: dict[str, tuple[str, str]] = {
    "English": ("en", "The proof of a page is that every word on it stands in the source and the other way round. "),
    "Russian": ("ru", "Корректор сверяет каждое слово с оригиналом, ведь одна буква меняет смысл всей статьи. "),
    "Hebrew": ("he", "המגיהה משווה כל מילה למקור לפני ההדפסה שכן אות אחת שגויה עלולה לשנות את הידיעה. "),
    "Arabic": ("ar", "تقرأ المصححة الصفحة كلمة كلمة قبل الطباعة وتقارن كل رقم بالأصل فالخطأ يغير معنى الخبر. "),
    "Hindi": ("hi", "पाठक हर शब्द को मूल प्रति से मिलाता है क्योंकि एक मात्रा की भूल भी अर्थ बदल सकती है "),
    "Telugu": ("te", "దిద్దుబాటుదారు ప్రతి పదాన్ని మూలంతో పోల్చి చదువుతారు ఒక అక్షరం తప్పినా అర్థం మారుతుంది. "),
}
FREE: dict[str, tuple[str, str]] = {
    "Chinese": ("zh", "校对员逐字比较原稿与清样，标点、数字和人名都不放过；" * 9),
    "Thai": ("th", "ผู้ตรวจพิสูจน์อักษรอ่านทุกคำเทียบกับต้นฉบับก่อนพิมพ์เพราะวรรณยุกต์ผิดเพียงตัวเดียวก็เปลี่ยนความหมาย" * 4),
    "one long word": ("en", "see abcdefghijklmnopqrstuvwxyz" * 20),
    "words parted by what is not seen": (
        "en",
        "zero\u200bwidth\u200bspaces\u200bpart\u200bthese\u200bwords\u200b" * 20,
    ),
    "soft hyphens": ("en", "un\u00adbe\u00adliev\u00ada\u00adble in\u00adter\u00adna\u00adtion\u00adal " * 20),
    "hyphens of the author": ("en", "state-of-the-art mother-in-law well-known " * 12),
    "hyphens of the author like those of hyphenation": ("en", "state\u2010of\u2010the\u2010art well\u2010known " * 16),
    "a mail address behind words": ("en", "Got a question? Email us at someone@example.org. " * 20),
    "an address": ("en", "https://example.org/" + "a-long/path_with/many.parts?and=more&" * 9),
}


def written(language: str, text: str) -> Article:
    return article(paragraph(text), language=language, direction="rtl" if language in ("ar", "he") else "ltr")


def codes(source: Article, content: bytes) -> set[str]:
    return {finding.code for finding in PdfProver().prove(content, said(source), library())}


@pytest.mark.parametrize("name", WORDS)
def test_two_words_on_two_lines_are_not_one_word(name: str) -> None:
    language, text = WORDS[name]
    original = written(language, text * 6)
    content = rendered(original)
    assert codes(original, content) == set()
    words = (text * 6).split()
    joined = [" ".join([*words[:at], words[at] + words[at + 1], *words[at + 2 :]]) for at in range(5, 25)]
    assert [one for one in joined if not codes(written(language, one), content)] == []


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("name", FREE)
def test_lines_that_end_inside_a_word_are_proved_where_they_may(name: str, columns: int) -> None:
    source = written(*FREE[name])
    assert codes(source, rendered(source, columns=columns)) == set()


def test_code_and_addresses_are_torn_only_where_they_fill_a_line() -> None:
    address = "https://example.org/" + "letters" * 40
    source = article(
        Paragraph((Text("Some words before it: "), Link((Text(address),), address), Text(" and after."))),
        CodeBlock("x = '" + "letters" * 40 + "'"),
    )
    assert codes(source, rendered(source)) == set()


CASES: dict[str, tuple[str, str, bool]] = {
    "between two words": ("two ", "words", True),
    "inside a word": ("The wo", "rds", False),
    "inside a word that has the line to itself": ("wo", "rds", True),
    "inside a number": ("It is 10", "00", False),
    "after a hyphen": ("the well-", "known", True),
    "between a full stop and a letter": ("The end.", "Then", False),
    "between a colon and a digit": ("see doi:", "10.1000", True),
    "after a slash": ("see a/", "b", True),
    "between wide characters": ("二字", "词", True),
    "inside a word after wide characters": ("二字Fran", "cis", False),
    "inside a word glued to a wide character": ("二\u035cFran", "cis", True),
    "inside a word behind a mark of a wide character": ("\u3099Fran", "cis", True),
    "inside a Hebrew word": ("אחת שתי", "ים", False),
    "inside Thai": ("คำ คำ", "คำ", True),
    "at a zero-width space": ("The wo\u200b", "rds", True),
    "at a word joiner": ("The wo\u2060", "rds", False),
    "before a mark": ("The e", "\u0301a", False),
}


@pytest.mark.parametrize("name", CASES)
def test_a_line_may_end(name: str) -> None:
    before, after, may = CASES[name]
    assert may_end(before + after, 0, len(before)) == may


def test_a_line_may_end_at_a_decorative_picture_and_inside_no_other_word() -> None:
    text = "The proof of a page\u2060Then"
    at = text.index("Then")
    assert may_end(text, 0, at, ornaments=frozenset({at - 1}))
    assert not may_end(text, 0, at, ornaments=frozenset({at + 1}))


# --- Dotted circles ---------------------------------------------------------------------------

APART = {
    "Hindi": ("hi", "परमाणु बम", "परम\u00adाणु बम"),
    "Bengali": ("bn", "আকালা", "আক\u200eালা"),
    "Tibetan": ("bo", "ངས་ཉིན", "ངས་ཉ\u200eིན"),
}


@pytest.mark.parametrize("name", APART)
def test_a_sign_without_ink_that_parts_a_mark_from_its_letter_shows(name: str) -> None:
    language, text, parted = APART[name]
    assert codes(written(language, parted), rendered(written(language, text))) == {"P011"}
    assert codes(written(language, parted), rendered(written(language, parted))) == set()
