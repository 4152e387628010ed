"""What holds of any article: every format says what it says. ``make fuzz`` tries thousands."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from exporter import fonts, labels, registry, templating, walk
from exporter.article import Article
from exporter.edition import Edition, RenderContext
from exporter.errors import RenderError
from exporter.verifier import verify
from tests.strategies import articles
from tests.test_conformance import SQUARE

FORMATS = ("docx", "epub", "html", "pdf", "txt")


def context(made: Article, name: str) -> RenderContext:
    """What a rendering of ``made`` needs; every picture is the same red square."""
    folders = templating.search_path()
    return RenderContext(
        labels=labels.load(made.metadata.language, folders),
        resources={image.source: SQUARE for image in walk.pictures(made)},
        templates=folders,
        fonts=fonts.library() if name == "pdf" else None,
    )


@pytest.mark.parametrize("name", FORMATS)
@settings(suppress_health_check=list(HealthCheck))
@given(made=articles())
def test_property_any_article_survives_or_is_refused_with_a_reason(name: str, made: Article) -> None:
    its = context(made, name)
    try:
        content = registry.renderer(name).render(made, its)
    except RenderError as error:
        assert str(error)  # noqa: PT017 - a refusal is an outcome; only silence is not
        return
    digests = dict.fromkeys(its.resources, SQUARE.digest)
    found = verify(made, Edition(name, "any", content), digests, its.fonts).discrepancies
    assert [(each.code, each.message, each.expected, each.found) for each in found] == []
