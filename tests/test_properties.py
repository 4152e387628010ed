"""What holds of any article: every format says what it says. ``make fuzz`` draws thousands, and fresh ones.

``make characters`` sets every character there is a font for in each kind of block; here are a few of them.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from exporter.article import Article
from exporter.tree import tree
from tests import every
from tests.strategies import articles, signs
from tests.survival import CASES, FORMATS, read_case, survives
from tests.trees import article_from

READ = tuple(name for name in FORMATS if name != "pdf")
FOUND = sorted(CASES.iterdir())


@pytest.mark.parametrize("name", READ)
@settings(suppress_health_check=list(HealthCheck))
@given(made=articles())
def test_property_any_article_survives(name: str, made: Article) -> None:
    assert survives(made, name) == ()


@settings(suppress_health_check=list(HealthCheck), max_examples=20)
@given(made=articles(written=True))
def test_property_an_article_as_people_write_survives_as_pdf(made: Article) -> None:
    assert survives(made, "pdf") == ()


@pytest.mark.parametrize("name", FORMATS)
@settings(suppress_health_check=list(HealthCheck))
@given(made=signs())
def test_property_spaces_marks_and_what_leaves_no_ink_survive_in_any_order(name: str, made: Article) -> None:
    assert survives(made, name) == ()


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("kind", every.KINDS)
def test_some_of_all_characters_survive_as_pdf_in_each_kind_of_block(kind: str, language: str) -> None:
    assert survives(every.article(kind, language, every.characters()[7::373]), "pdf") == ()


@pytest.mark.parametrize("folder", FOUND, ids=lambda folder: folder.name)
def test_a_case_once_found_and_mended_stays_mended(folder: Path) -> None:
    assert survives(*read_case(folder)) == ()


@settings(suppress_health_check=list(HealthCheck))
@given(made=articles())
def test_property_the_json_of_an_article_is_all_of_it(made: Article) -> None:
    assert article_from(json.loads(json.dumps(tree(made)))) == made
