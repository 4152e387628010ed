"""An article made of several, as issues are: parts, articles in three languages, links and notes."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

from PIL import Image as Picture

from exporter import fonts, images, labels, registry, templating
from exporter.article import Article, Block, Heading, Link, Metadata, Note, Paragraph, Section, Text
from exporter.edition import Discrepancy, Edition, RenderContext, Resource
from exporter.verifier import Beside, verify
from tests.articles import paragraph

WORDS = "The council met on Tuesday and nobody was pleased with what it heard. "
NUMERO = "Le conseil s’est réuni mardi et personne n’en fut content. "


def noted(text: str, name: str, note: Paragraph) -> Paragraph:
    """A paragraph that calls a note."""
    return Paragraph((Text(text), Note((note,), name)))


def section(title: str, *children: Block, name: str, level: int = 3, language: str = "en", **facts: object) -> Section:
    """A section with metadata, as an issue has them."""
    rtl = language == "ar"
    about = Metadata(title=title, language=language, direction="rtl" if rtl else "ltr", **facts)  # type: ignore[arg-type]
    own = language if language != "en" else None
    return Section(children, about, level, name, language=own, direction="rtl" if rtl else None)


COUNCIL = section(
    "The council meets again",
    Paragraph((Text(WORDS * 3 + "More in "), Link((Text("the piece on fish"),), "#fish"), Text("."))),
    Heading((Text("What it heard"),), 4, "heard"),
    noted(WORDS * 60, "council/1", paragraph("The minutes say so.")),
    name="council",
    subtitle="Nobody was pleased",
    authors=("Ann Lee",),
    published=date(2026, 11, 27),
)
CONSEIL = section(
    "Le conseil se réunit", paragraph(NUMERO * 12), name="conseil", language="fr", authors=("Anne Dubois",)
)
PAGE = section(
    "الصفحة التي لا تكذب",
    Heading((Text("ما الذي يضيع؟"),), 4, "lost"),
    noted(
        "قبل منتصف الليل بساعة، يجلس مصححان في غرفة بلا نوافذ. " * 30,
        "page/1",
        Paragraph((Text("قالها المحرر."),), language="ar", direction="rtl"),
    ),
    name="page",
    language="ar",
    authors=("ليلى حداد",),
    published=date(2026, 11, 26),
)
FISH = section(
    "Fish, and why there are fewer of them in a sea that has been fished for as long as anyone can remember",
    paragraph(WORDS * 4),
    name="fish",
    level=2,
)
ISSUE = Article(
    Metadata(
        title="The Week",
        subtitle="No. 7 · 30 November 2026",
        published=date(2026, 11, 30),
        language="en",
        slug="issue-7",
        publisher="The Printing Society",
    ),
    (
        paragraph("This week: a council, and a page."),
        section("Town hall", COUNCIL, CONSEIL, name="hall", level=2),
        section("Press", PAGE, name="press", level=2),
        FISH,
    ),
    "7.toml",
)


def listed(article: Article = ISSUE) -> list[tuple[int, str]]:
    """Depth from 1, and title, of what the contents of ``article`` list, worked out without the walk of the project."""
    return list(_listed(article.blocks, 1))


def _listed(children: Sequence[Block], depth: int) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for child in children:
        if isinstance(child, Section) and child.metadata:
            found += [(depth, child.metadata.title), *_listed(child.children, depth + 1)]
    return found


@lru_cache(maxsize=4)
def picture(colour: tuple[int, int, int] = (200, 30, 30)) -> Resource:
    """The picture of a cover, in two colours."""
    image = Picture.new("RGB", (320, 200), colour)
    image.paste((20, 90, 30), (0, 0, 160, 100))
    target = io.BytesIO()
    image.save(target, "PNG")
    return images.resource("front.png", target.getvalue())


def with_cover(article: Article) -> Article:
    """``article`` with a picture named as its cover."""
    return replace(article, metadata=replace(article.metadata, cover="front.png"))


def context(
    article: Article, *, cover: Resource | None = None, templates: tuple[Path, ...] = (), columns: int = 1
) -> RenderContext:
    """What a rendering of ``article`` depends on."""
    return RenderContext(
        labels=labels.load(article.metadata.language, templating.search_path()),
        resources={cover.source: cover} if cover else {},
        templates=(*templates, *templating.search_path()),
        fonts=fonts.library(),
        date=datetime(2026, 11, 30, tzinfo=UTC),
        cover=cover,
        options={"columns": columns},
    )


def covered(picture: Resource) -> bytes:
    """``ISSUE`` as a PDF with ``picture`` on its cover."""
    made = with_cover(ISSUE)
    return registry.renderer("pdf").render(made, context(made, cover=picture))


@lru_cache(maxsize=8)
def rendered(article: Article = ISSUE, format_: str = "pdf", columns: int = 1) -> bytes:
    """``article`` in one format."""
    return registry.renderer(format_).render(article, context(article, columns=columns))


def forged(folder: Path, *changes: tuple[str, str], article: Article = ISSUE, cover: Resource | None = None) -> bytes:
    """``article`` as a PDF set from a body in which texts were replaced; fails where one is not in it."""
    page = (templating.search_path()[0] / "print.html.j2").read_text(encoding="utf-8")
    filters = "".join(f"|replace({json.dumps(old)}|safe, {json.dumps(new)}|safe)" for old, new in changes)
    (folder / "print.html.j2").write_text(page.replace("{{ body }}", f"{{{{ body{filters} }}}}"), encoding="utf-8")
    made = registry.renderer("pdf").render(article, context(article, cover=cover, templates=(folder,)))
    assert made != registry.renderer("pdf").render(article, context(article, cover=cover))
    return made


def findings(content: bytes, article: Article = ISSUE, cover: bytes = b"", format_: str = "pdf") -> list[Discrepancy]:
    """What the verifier finds wrong with ``content`` as an edition of ``article``, whose cover is to show ``cover``."""
    edition = Edition(format_, "issue-7", content)
    return list(verify(article, edition, {}, fonts.library(), beside=Beside(cover=cover)).discrepancies)


def codes(content: bytes, article: Article = ISSUE, cover: bytes = b"") -> set[str]:
    """The codes of ``findings``."""
    return {finding.code for finding in findings(content, article, cover)}
