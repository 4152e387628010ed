"""Articles that hold others, as a newsletter issue does: parts, articles in three languages, notes, links."""

from __future__ import annotations

import io
from datetime import date
from functools import lru_cache

from PIL import Image as Pillow

from exporter import images, labels, templating
from exporter.article import (
    Article,
    Block,
    BlockQuote,
    BulletList,
    CodeBlock,
    Direction,
    Heading,
    Link,
    Metadata,
    Note,
    OrderedList,
    Paragraph,
    Section,
    Table,
    Text,
)
from exporter.edition import RenderContext, Resource
from tests.articles import LONG_NOTE, NOTE, article, cells, item, paragraph

COVER = "cover.png"
ENGLISH = "The committee met on Tuesday and found that the budget would pass without amendment. "
ARABIC = "اجتمعت اللجنة يوم الثلاثاء ووجدت أن الميزانية ستمر من دون تعديل. "


def section(
    title: str,
    *children: Block,
    level: int = 3,
    identifier: str | None = None,
    language: str = "en",
    direction: Direction = "ltr",
    **metadata: object,
) -> Section:
    """A section with metadata of its own, in its own language and direction."""
    about = Metadata(title=title, language=language, direction=direction, **metadata)  # type: ignore[arg-type]
    return Section(children, about, level, identifier or title.lower(), language=language, direction=direction)


_COUNCIL = section(
    "The council votes on the budget for the coming year, and on everything in it somebody asked for",
    *(paragraph(ENGLISH * 8) for _ in range(6)),
    identifier="council",
    authors=("Ann Author", "Bo Writer"),
    published=date(2026, 11, 29),
    subtitle="Nobody was surprised",
)
_WATER = section(
    "Water",
    Heading((Text("In the pipes"),), 4, "pipes"),
    Paragraph((Text("First"), NOTE, Text(" and second"), LONG_NOTE, Text("."))),
    Paragraph((Text("As "), Link((Text("the council"),), "#council"), Text(" knows."))),
)
_IN_ARABIC = Note((Paragraph((Text("ملاحظة"),), language="ar", direction="rtl"),), "arabic")
_BUDGET = section(
    "الميزانية تمر",
    paragraph(ARABIC * 5),
    Heading((Text("عنوان فرعي"),), 4),
    BulletList((item(paragraph("واحد")), item(paragraph("اثنان")))),
    OrderedList((item(paragraph("ثلاثة")),)),
    BlockQuote((paragraph("قال الكاتب شيئا."),)),
    Table((cells("أ", "ب", header=True),), (cells("ج", "د"),), (None, None)),
    Paragraph((Text("نص"), _IN_ARABIC)),
    CodeBlock("a = 1"),
    language="ar",
    direction="rtl",
    authors=("عمر كاتب",),
    published=date(2026, 11, 28),
)
_YOSAN = section("予算が通る", Paragraph((Text("委員会は火曜日に会合を開いた。" * 9),)), language="ja")

ISSUE = article(
    paragraph("Dear reader. " * 12),
    Heading((Text("From the editor"),), 2, "editor"),
    Paragraph((Text("See "), Link((Text("the council"),), "#council"), Text("."))),
    section("City", _COUNCIL, _WATER, level=2),
    section("World", _BUDGET, _YOSAN, level=2),
    title="The Example Weekly",
    subtitle="No. 7 · Autumn",
    published=date(2026, 11, 30),
    publisher="Example Press",
    cover=COVER,
)

MANY = article(*(section(f"Story {n}", paragraph(f"Words {n}."), level=2) for n in range(1, 6)), title="Five stories")


@lru_cache(maxsize=1)
def cover(colour: str = "navy") -> Resource:
    """A picture for the cover."""
    target = io.BytesIO()
    Pillow.new("RGB", (800, 500), colour).save(target, "PNG")
    return images.resource(COVER, target.getvalue())


def context(source: Article, **more: object) -> RenderContext:
    """What editions of ``source`` are made with."""
    words = labels.load(source.metadata.language, templating.search_path())
    planned = cover() if source.metadata.cover else None
    return RenderContext(labels=words, resources={COVER: cover()}, cover=planned, **more)  # type: ignore[arg-type]
