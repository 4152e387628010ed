"""Covers: drawn in every script, proved, and held to the drawing when an EPUB is read back."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image as Pillow

from exporter import fonts, images, labels, templating, themes
from exporter.building import covers, production
from exporter.building.production import Plan
from exporter.edition import Edition, RenderContext, Resource
from exporter.errors import RenderError, SettingsError
from exporter.likeness import alike, likeness
from exporter.loading import loader
from exporter.renderers.epub import EpubRenderer
from exporter.renderers.pdf import PdfRenderer
from exporter.settings import Epub, Settings
from exporter.verifier import Beside, verify
from tests.articles import article, paragraph

FOLDERS = templating.search_path()
COVER = "EPUB/cover.jpg"
PAGE = "EPUB/cover.xhtml"
SUBJECT = article(paragraph("Words."), title="The subject", authors=("Ana Pérez",))


def drawn(title: str = "The subject", language: str = "en", **metadata: object) -> Resource:
    """The cover of an article of that title."""
    made = article(paragraph("Words."), title=title, language=language, **metadata)
    return covers.drawn(made, {}, FOLDERS, themes.load("default", "A4", FOLDERS), fonts.library())


def picture(resource: Resource) -> Pillow.Image:
    """A cover, decoded."""
    return Pillow.open(io.BytesIO(resource.content)).convert("RGB")


def png(width: int, height: int, colour: str = "red") -> bytes:
    """A picture of one colour."""
    target = io.BytesIO()
    Pillow.new("RGB", (width, height), colour).save(target, "PNG")
    return target.getvalue()


TITLES = {
    "ar": "خط المطبعة: كيف وصلت الحروف العربية إلى الصفحة",
    "de": "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz",
    "en": "What a report is called that its authors could not bring themselves to name in fewer words than these, "
    "of which there are more than any shelf was made for, " * 2,
    "hi": "क्षेत्र, ज्ञान और श्रम: शिक्षा का अधिकार",
    "ja": "校正という仕事の終わりと始まり",
    "ko": "한국어 제목은 낱말 사이에서 나뉜다",
    "th": "ภาษาไทยไม่มีช่องว่างระหว่างคำจึงต้องตัดคำให้ถูก",
    "ur": "اردو کی کتابت اور طباعت",
    "zh-Hans": "没有空格的文字如何换行",
}


@pytest.mark.parametrize(("language", "title"), TITLES.items())
def test_a_title_of_any_script_and_length_is_drawn_and_proved(language: str, title: str) -> None:
    cover = drawn(title.strip(), language, direction="rtl" if language in ("ar", "ur") else "ltr")
    assert (cover.media_type, cover.width, cover.height) == ("image/jpeg", 1600, 2560)
    assert len(cover.content) < 600_000


def test_a_title_no_cover_has_room_for_is_refused_with_a_way_out() -> None:
    with pytest.raises(RenderError, match=r"The cover cannot be drawn: .* cover = false under \[epub\]"):
        drawn("word " * 900)


@pytest.mark.parametrize(("title", "fault"), [("word " * 200, "one page"), ("W" * 40, "wider than the page")])
def test_a_page_that_does_not_hold_a_cover_is_not_written(title: str, fault: str) -> None:
    asked = {"page": "cover", "size": 1, "tone": 0, "pictured": False}
    context = RenderContext(labels=labels.load("en", templating.search_path()), options=asked)
    with pytest.raises(RenderError, match=fault) as refused:
        PdfRenderer().render(article(title=title), context)
    assert refused.value.code == "P003"


def test_a_subtitle_there_is_no_room_for_is_left_out() -> None:
    assert drawn(subtitle="word " * 900).content == drawn().content


def test_a_character_without_a_font_is_refused_by_name() -> None:
    with pytest.raises(RenderError, match=r"U\+E000"):
        drawn("An \ue000 odd title")


def test_the_same_article_has_the_same_cover_byte_for_byte() -> None:
    first = drawn()
    covers._drawn.cache_clear()
    assert drawn().content == first.content


def test_the_picture_an_article_names_stands_on_its_cover() -> None:
    made = article(paragraph("Words."), cover="a.png")
    resources = {"a.png": images.resource("a.png", png(800, 450))}
    cover = covers.drawn(made, resources, FOLDERS, themes.load("default", "A4", FOLDERS), fonts.library())
    red, green, blue = picture(cover).getpixel((800, 2300))  # type: ignore[misc]
    assert red > 240
    assert max(green, blue) < 15


# --- The house's own --------------------------------------------------------------------------


def test_a_picture_of_the_house_s_own_is_the_cover_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "own.png").write_bytes(png(700, 1100))
    assert covers.given(tmp_path / "own.png").content == png(700, 1100)


@pytest.mark.parametrize(
    ("content", "reason"),
    [(png(300, 400), "300 x 400 pixels"), (b"GIF?", "is of no kind"), (None, "No such file")],
)
def test_what_stores_would_not_take_is_refused(tmp_path: Path, content: bytes | None, reason: str) -> None:
    if content is not None:
        (tmp_path / "own.png").write_bytes(content)
    with pytest.raises(SettingsError, match=reason):
        covers.given(tmp_path / "own.png")


# --- In the EPUB ------------------------------------------------------------------------------


def edition(cover: Resource | None) -> bytes:
    """An EPUB of SUBJECT."""
    words = labels.load("en", templating.search_path())
    return EpubRenderer().render(SUBJECT, RenderContext(labels=words, cover=cover))


def changed(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """An EPUB with one of its files changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            new.writestr(entry, change(old.read(entry)) if entry.filename == name else old.read(entry))
    return target.getvalue()


def found(content: bytes, planned: bytes | None) -> list[tuple[str, str]]:
    """Code and level of each finding."""
    made = verify(SUBJECT, Edition("epub", "x", content), beside=Beside(cover=planned))
    return [(each.code, each.level) for each in made.discrepancies]


def own() -> Resource:
    """The cover of SUBJECT."""
    return covers.drawn(SUBJECT, {}, FOLDERS, themes.load("default", "A4", FOLDERS), fonts.library())


def test_an_edition_with_the_planned_cover_verifies() -> None:
    assert found(edition(own()), own().content) == []


def test_the_cover_is_declared_for_every_kind_of_reader() -> None:
    package = zipfile.ZipFile(io.BytesIO(edition(own()))).read("EPUB/content.opf").decode()
    assert 'href="cover.jpg" id="item-2" media-type="image/jpeg" properties="cover-image"' in package
    assert '<meta name="cover" content="item-2"' in package
    assert '<reference type="cover" title="The subject" href="cover.xhtml"/>' in package


def test_another_article_s_cover_is_noticed_wherever_it_is_shown() -> None:
    other = drawn("The subjects", authors=("Ana Pérez",))
    assert found(changed(edition(own()), COVER, lambda _: other.content), own().content) == 2 * [("V009", "text")]


def test_one_letter_more_in_the_byline_is_noticed() -> None:
    other = drawn(authors=("Ana Péreza",))
    assert not alike(likeness(own().content), likeness(other.content))


def test_a_cover_a_program_stored_anew_is_the_same() -> None:
    target = io.BytesIO()
    picture(own()).save(target, "JPEG", quality=80)
    assert found(changed(edition(own()), COVER, lambda _: target.getvalue()), own().content) == []


def test_other_words_for_the_cover_are_noticed() -> None:
    spoilt = changed(edition(own()), PAGE, lambda page: page.replace(b'alt="The subject"', b'alt="Another"'))
    assert found(spoilt, own().content) == [("V009", "text")]


def test_words_added_to_the_cover_s_document_are_noticed() -> None:
    spoilt = changed(edition(own()), PAGE, lambda page: page.replace(b"</div>", b"</div><p>Untrue.</p>"))
    assert ("V002", "text") in found(spoilt, own().content)


def test_words_a_style_sheet_adds_to_the_cover_are_noticed() -> None:
    rule = b'<style>div::after { content: "Untrue" }'
    spoilt = changed(edition(own()), PAGE, lambda page: page.replace(b"<style>", rule))
    assert ("C001", "text") in found(spoilt, own().content)


def test_a_damaged_cover_is_noticed() -> None:
    assert ("V009", "text") in found(changed(edition(own()), COVER, lambda _: b"no picture"), own().content)


def test_a_lost_cover_is_noticed() -> None:
    assert found(edition(None), own().content) == [("V001", "form")]


def test_a_cover_where_none_is_planned_is_noticed() -> None:
    assert found(edition(own()), b"") == 2 * [("V009", "text")]


def test_a_cover_nobody_planned_is_told_of() -> None:
    assert set(found(edition(own()), None)) == {("C002", "form")}


# --- In a build -------------------------------------------------------------------------------


def names(tmp_path: Path, cover: bool | Path) -> list[str]:
    """The files of the EPUB that a build makes."""
    source = tmp_path / "story.md"
    source.write_text("# A story\n\nWords.\n", encoding="utf-8")
    settings = Settings(epub=Epub(cover=cover))
    plan = Plan(base=tmp_path, settings=settings, fonts=fonts.library(), debug=True)
    made = production.make(loader.load(source, settings), "epub", "story", plan)
    assert isinstance(made, production.Made), made
    return zipfile.ZipFile(io.BytesIO(made.content)).namelist()


def test_an_epub_has_a_cover_unless_told_otherwise(tmp_path: Path) -> None:
    assert COVER in names(tmp_path, True)
    assert COVER not in names(tmp_path, False)


def test_an_epub_has_the_cover_it_is_given(tmp_path: Path) -> None:
    (tmp_path / "own.png").write_bytes(png(700, 1100))
    assert "EPUB/cover.png" in names(tmp_path, tmp_path / "own.png")
