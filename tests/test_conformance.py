"""What every format owes: editions that say what the article says, and the same bytes each time."""

from __future__ import annotations

import io

import pytest
from PIL import Image as Picture

from exporter import fonts, images, labels, registry, templating
from exporter.article import Article, Heading, Paragraph, Span, Text
from exporter.edition import Edition, RenderContext
from exporter.verifier import verify
from tests.articles import EVERYTHING, article, paragraph, with_picture
from tests.weekly import ISSUE

FORMATS = [installed.name for installed in registry.installed("renderers")]

ARABIC = article(
    paragraph("اللغة العربية تُكتب من اليمين إلى اليسار، وفيها أرقام مثل 123 وكلمات مثل HTML."),
    Heading((Text("عنوان"),), 2, "heading"),
    Paragraph((Text("وهذه "), Span((Text("some English words"),), "en", "ltr"), Text(" في الوسط."))),
    title="مقال بالعربية",
    language="ar",
    direction="rtl",
    authors=("ليلى حداد",),
)
CHINESE = article(
    paragraph(2 * "排版时，标点符号不能出现在行首；因此换行要小心。「引用」也一样，数字2026和English夹在中间。"),
    Heading((Text("第二节"),), 2, "second"),
    paragraph("没有空格的文字。"),
    title="一篇中文文章",
    language="zh-Hans",
)
HINDI = article(
    paragraph("हर व्यक्ति को शिक्षा का अधिकार है। क्षेत्र, ज्ञान और श्रम जैसे संयुक्ताक्षर टूटने नहीं चाहिए।"),
    title="एक हिन्दी लेख",
    language="hi",
)
ARTICLES = {
    "everything": EVERYTHING,
    "picture": with_picture("square.png"),
    "arabic": ARABIC,
    "chinese": CHINESE,
    "hindi": HINDI,
    "issue": ISSUE,
}


def png() -> bytes:
    """A small red square."""
    target = io.BytesIO()
    Picture.new("RGB", (24, 24), (200, 30, 30)).save(target, "PNG")
    return target.getvalue()


SQUARE = images.resource("square.png", png())


def context(name: str, made: Article) -> RenderContext:
    """What a rendering of ``made`` in the format ``name`` needs."""
    folders = templating.search_path()
    return RenderContext(
        labels=labels.load(made.metadata.language, folders),
        resources={SQUARE.source: SQUARE},
        templates=folders,
        fonts=fonts.library() if name == "pdf" else None,
    )


@pytest.mark.parametrize("made", ARTICLES.values(), ids=ARTICLES.keys())
@pytest.mark.parametrize("name", FORMATS)
class TestEveryFormat:
    def test_an_edition_says_what_its_article_says(self, name: str, made: Article) -> None:
        its = context(name, made)
        content = registry.renderer(name).render(made, its)
        edition = Edition(name, "a-title", content)
        digests = {SQUARE.source: SQUARE.digest}
        assert verify(made, edition, digests, its.fonts).discrepancies == ()

    def test_two_renderings_are_the_same_bytes(self, name: str, made: Article) -> None:
        renderer = registry.renderer(name)
        its = context(name, made)
        assert renderer.render(made, its) == renderer.render(made, its)
