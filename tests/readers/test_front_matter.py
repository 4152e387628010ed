"""Front matter in its three forms, and the metadata it gives."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from exporter.article import Metadata
from exporter.edition import Source
from exporter.errors import SourceError
from exporter.readers.front_matter import front_matter
from exporter.readers.languages import direction_of, language_tag
from exporter.readers.markdown import MarkdownReader
from exporter.readers.metadata import metadata_from, overlay, unknown_keys


def metadata(**facts: object) -> Metadata:
    """The metadata of ``facts`` under a title."""
    return metadata_from({"title": "T", **facts}, file="a.md")


# --- Forms ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "facts"),
    [
        ("---\ntitle: A\ndate: 2026-10-05\n---\n", {"title": "A", "date": date(2026, 10, 5)}),
        ("---\ntitle: A\n...\n", {"title": "A"}),
        ('+++\ntitle = "A"\ndate = 2026-10-05\n+++\n', {"title": "A", "date": date(2026, 10, 5)}),
        ("Title: A: b\nAuthors: X, Y\nSummary: long\n  and longer\n\n", None),
        ("---\n---\n", {}),
    ],
)
def test_front_matter_is_read_and_ends_where_the_body_begins(head: str, facts: dict[str, object] | None) -> None:
    found = front_matter(f"{head}Body: text\n", file="a.md")
    expected = {"title": "A: b", "authors": ["X", "Y"], "summary": "long and longer"} if facts is None else facts
    assert (dict(found.facts), found.offset, found.before) == (expected, len(head), head.count("\n"))


@pytest.mark.parametrize(
    "text", ["---\nOnly words\n---\n", "Note: this is a sentence.\n\nText.", "a\n---\nb: c\n---\n"]
)
def test_what_only_looks_like_front_matter_is_text(text: str) -> None:
    assert front_matter(text, file="a.md").offset == 0


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\ntitle: A\ntags: [a\n---\n", 4),
        ("---\ntitle: A\nsub: b: c\n---\n", 3),
        ("---\ntitle: A\ntitle: B\n---\n", 3),
        ("+++\ntitle = A\n+++\n", 2),
        ("---\ndate: 2026-13-45\n---\n", 1),
    ],
)
def test_malformed_front_matter_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(SourceError) as caught:
        front_matter(text, file="a.md")
    assert (caught.value.code, caught.value.line, caught.value.file) == ("S008", line, "a.md")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Title: A\nDate: soon\n\n", 2),
        ("---\ntitle: A\nx:\n  date: 1\ndate: soon\n---\n", 5),
        ("+++\ntitle='A'\ndate='soon'\n+++\n", 3),
    ],
)
def test_a_wrong_value_is_refused_on_the_line_of_its_key(text: str, line: int) -> None:
    with pytest.raises(SourceError, match="soon") as caught:
        MarkdownReader().read(Source("a.md", text.encode()))
    assert (caught.value.code, caught.value.line) == ("S009", line)


@pytest.mark.parametrize(("written", "meant"), [("no", "no"), ("007", "007"), ("1e3", "1e3"), ("1984", "1984")])
def test_yaml_values_are_texts_as_written(written: str, meant: str) -> None:
    assert front_matter(f"---\ntitle: {written}\n---\n", file="a.md").facts["title"] == meant


def test_norwegian_is_a_language() -> None:
    article = MarkdownReader().read(Source("a.md", b"---\ntitle: T\nlang: no\n---\n"))
    assert article.metadata.language == "no"


# --- Fields -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "field", "value"),
    [
        ({"standfirst": "S"}, "subtitle", "S"),
        ({"description": "D"}, "summary", "D"),
        ({"excerpt": "E\n"}, "summary", "E"),
        ({"author": "Ana"}, "authors", ("Ana",)),
        ({"authors": [{"name": "Ana"}, "Bo"]}, "authors", ("Ana", "Bo")),
        ({"date": date(2026, 1, 2)}, "published", date(2026, 1, 2)),
        ({"publishDate": "2026-01-02"}, "published", date(2026, 1, 2)),
        ({"lastmod": "2026-01-02T03:04:05Z"}, "updated", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ({"embargo": "2026-01-02 03:04"}, "embargo", datetime(2026, 1, 2, 3, 4)),
        ({"lang": "pt-br"}, "language", "pt-BR"),
        ({"locale": "en_US.UTF-8"}, "language", "en-US"),
        ({"lang": "fa"}, "direction", "rtl"),
        ({"lang": "fa", "dir": "ltr"}, "direction", "ltr"),
        ({"tags": "a, b", "categories": ["b", "c"]}, "tags", ("a", "b", "c")),
        ({"category": "News"}, "section", "News"),
        ({"permalink": "https://x.org/a"}, "canonical_url", "https://x.org/a"),
        ({"permalink": "/a/"}, "canonical_url", None),
        ({"license": "CC0"}, "rights", "CC0"),
        ({"id": "urn:x"}, "identifier", "urn:x"),
        ({"image": {"path": "a.png"}}, "cover", "a.png"),
        ({"draft": True}, "draft", True),
        ({"published": False}, "draft", True),
        ({"published": True}, "draft", False),
        ({"status": "draft"}, "draft", True),
        ({"draft": "on"}, "draft", True),
        ({"draft": "1"}, "draft", True),
        ({"translation_of": "b"}, "translation_of", "b"),
        ({"subtitle": ""}, "subtitle", None),
        ({}, "language", "und"),
    ],
)
def test_each_field_is_read_from_the_keys_blogs_use(facts: dict[str, object], field: str, value: object) -> None:
    assert asdict(metadata(**facts))[field] == value


def test_jekylls_dates_keep_their_zone() -> None:
    zone = timezone(timedelta(hours=-5))
    assert metadata(date="2026-01-02 03:04:05 -0500").published == datetime(2026, 1, 2, 3, 4, 5, tzinfo=zone)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("date", "yesterday"),
        ("date", 5),
        ("lang", "english language"),
        ("lang", "e"),
        ("dir", "up"),
        ("subtitle", ["a"]),
        ("author", {"mail": "x"}),
        ("subtitle", True),
        ("draft", 3),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_by_its_key(key: str, value: object) -> None:
    with pytest.raises(SourceError, match=rf"{key}: ") as caught:
        metadata_from({"title": "T", key: value}, file="a.md", lines={key: 7})
    assert (caught.value.code, caught.value.line) == ("S009", 7)


def test_keys_nothing_is_read_from_are_named() -> None:
    assert unknown_keys({"title": "T", "layout": "post", "Date": "x", "hero": 1}) == ("layout", "hero")


def test_the_sidecar_counts_before_the_front_matter_whatever_the_key() -> None:
    facts = {"date": "2026-01-01", "tags": ["a"], "layout": "post"}
    assert overlay(facts, {"published": "2026-02-02"}) == {"tags": ["a"], "layout": "post", "published": "2026-02-02"}


# --- Languages --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "tag"),
    [("EN", "en"), ("zh-hant-tw", "zh-Hant-TW"), ("es-419", "es-419"), ("sl-rozaj-biske", "sl-rozaj-biske"),
     ("de-ch-1901", "de-CH-1901"), ("x-Klingon", "x-klingon"), ("en-u-ca-gregory", "en-u-ca-gregory")],
)  # fmt: skip
def test_language_tags_get_their_usual_case(written: str, tag: str) -> None:
    assert language_tag(written) == tag


@pytest.mark.parametrize("written", ["", "e", "en_US", "english-language-x", "en-", "-en", "en-US-US", "12"])
def test_what_is_no_language_tag_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="BCP 47"):
        language_tag(written)


@pytest.mark.parametrize("language", ["ar", "fa", "he", "ur", "ug", "ps", "sd", "dv", "yi", "ckb", "az-Arab", "ar-EG"])
def test_languages_written_from_right_to_left(language: str) -> None:
    assert direction_of(language) == "rtl"


@pytest.mark.parametrize("language", ["en", "und", "zh-Hant", "ar-Latn", "az", "ku", "arn"])
def test_languages_written_from_left_to_right(language: str) -> None:
    assert direction_of(language) == "ltr"
