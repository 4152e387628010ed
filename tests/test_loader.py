"""Loading: metadata completed, pictures from the article's folder only, links that mean something elsewhere."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image as Pillow

from exporter.article import Link, Paragraph
from exporter.errors import FormatError, SourceError
from exporter.loading import links, loader, slugs
from exporter.loading.loaded import Loaded
from exporter.settings import Defaults, MissingImages, Publisher, Settings
from exporter.text import said
from exporter.walk import all_inlines

HEAD = "---\ntitle: A title\nlanguage: en\n---\n\n"


def written(folder: Path, body: str, name: str = "article.md", head: str = HEAD) -> Path:
    path = folder / name
    path.write_text(head + body, encoding="utf-8")
    return path


def picture(path: Path, form: str = "PNG") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Pillow.new("RGB", (2, 2), "red").save(path, form)
    return path


def load(path: Path, missing: MissingImages = "error") -> Loaded:
    return loader.load(path, Settings(defaults=Defaults(missing_images=missing)))


def texts(loaded: Loaded) -> list[str]:
    return [entry.text for entry in said(loaded.article)]


def targets(loaded: Loaded) -> list[str]:
    return [each.target for each in all_inlines(loaded.article.blocks) if isinstance(each, Link)]


# --- Metadata ---------------------------------------------------------------------------------


def test_what_the_source_says_goes_over_the_settings(tmp_path: Path) -> None:
    chosen = Settings(defaults=Defaults(language="fr"), publisher=Publisher(name="The Sample"))
    metadata = loader.load(written(tmp_path, "Words."), chosen).article.metadata
    assert (metadata.language, metadata.publisher) == ("en", "The Sample")


def test_the_settings_complete_what_a_text_file_cannot_hold(tmp_path: Path) -> None:
    path = written(tmp_path, "A title here\n\nSome words, and a full stop.\n", "a.txt", head="")
    chosen = Settings(
        defaults=Defaults(language="fa", authors=("Ana",), section="World"), publisher=Publisher(rights="CC0")
    )
    loaded = loader.load(path, chosen)
    metadata = loaded.article.metadata
    assert (metadata.language, metadata.direction, metadata.authors) == ("fa", "rtl", ("Ana",))
    assert (metadata.section, metadata.rights) == ("World", "CC0")
    assert loaded.notices == ()


def test_a_sidecar_goes_over_the_settings(tmp_path: Path) -> None:
    path = written(tmp_path, "A title here\n\nSome words, and a full stop.\n", "a.txt", head="")
    (tmp_path / "a.meta.toml").write_text('language = "pt-BR"\n', encoding="utf-8")
    assert loader.load(path, Settings(defaults=Defaults(language="fa"))).article.metadata.language == "pt-BR"


def test_an_error_in_a_sidecar_names_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, "A title here\n", "a.txt", head="")
    (tmp_path / "a.meta.toml").write_text('section = "x"\nlanguage = en\n', encoding="utf-8")
    with pytest.raises(SourceError, match=r"a\.meta\.toml:2: This is not TOML: invalid value\. .* \[S009\]"):
        load(path)


def test_a_guessed_language_is_announced(tmp_path: Path) -> None:
    path = written(tmp_path, "हिन्दी का एक शीर्षक\n\nकुछ शब्द यहाँ लिखे हैं।\n", "a.txt", head="")
    loaded = load(path)
    assert loaded.article.metadata.language == "hi"
    assert loaded.notices == ("Language guessed from the script: hi. Set it with --language, or in the source.",)


def test_the_slug_is_the_stem_where_none_is_written(tmp_path: Path) -> None:
    assert load(written(tmp_path, "Words.", "2026-an-article.md")).article.metadata.slug == "2026-an-article"


def test_a_slug_that_would_leave_its_folder_is_made_safe_and_announced(tmp_path: Path) -> None:
    loaded = load(written(tmp_path, "Words.", head='---\ntitle: T\nlanguage: en\nslug: "../../etc"\n---\n\n'))
    assert loaded.article.metadata.slug == "etc"
    assert loaded.notices == ("The slug '../../etc' is written 'etc': it names files.",)


@pytest.mark.parametrize(
    ("written_slug", "safe"),
    [
        ("a/b\\c", "a-b-c"),
        (".hidden", "hidden"),
        ("a\nb\u0000c", "a-b-c"),
        ("CON", "CON_"),
        ("aux.en", "aux_.en"),
        ("console", "console"),
        ("e\u0301", "é"),
        ("trailing. ", "trailing"),
        ("...", ""),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("字" * 100, "字" * 60),
        ("\udc80x", "x"),
    ],
)
def test_a_slug_is_a_name_every_file_system_takes(written_slug: str, safe: str) -> None:
    assert slugs.safe(written_slug) == safe


def test_a_format_nobody_reads_is_named(tmp_path: Path) -> None:
    known = r"\.htm, \.html, \.md, \.txt, \.xhtml"
    with pytest.raises(
        FormatError, match=rf"a\.xyz: nothing reads articles of this kind\. Name one that ends in: {known}\."
    ):
        load(written(tmp_path, "x", "a.xyz"))


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"gone\.md: cannot be read: No such file or directory\. \[S000\]"):
        load(tmp_path / "gone.md")


@pytest.mark.parametrize("key", ["headings", "standfirst"])
def test_a_ruling_of_the_sidecar_is_no_unread_key(tmp_path: Path, key: str) -> None:
    path = written(tmp_path, "A title\n\nA line that stands first.\n\nA text with a full stop.\n", "a.txt", head="")
    (tmp_path / "a.meta.toml").write_text(
        'language = "en"\n' + {"headings": "headings = [3]\n", "standfirst": "standfirst = true\n"}[key],
        encoding="utf-8",
    )
    assert load(path).notices == ()


def test_a_value_of_no_use_in_a_sidecar_is_refused_by_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, "Words.")
    (tmp_path / "article.meta.toml").write_text('section = "x"\ndate = "soon"\n', encoding="utf-8")
    with pytest.raises(SourceError, match=r"article\.meta\.toml:2: date: 'soon' is no date"):
        load(path)


def test_a_sidecar_that_is_a_folder_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "article.meta.toml").mkdir()
    with pytest.raises(SourceError, match=r"article\.meta\.toml: cannot be read: Is a directory"):
        load(written(tmp_path, "Words."))


def test_a_pipe_is_refused_rather_than_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    with pytest.raises(SourceError, match=r"a\.md: cannot be read: it is no file"):
        load(tmp_path / "a.md")


# --- Notices ----------------------------------------------------------------------------------


def test_keys_nothing_is_read_from_are_told_with_their_lines(tmp_path: Path) -> None:
    path = written(tmp_path, "Words.", head="---\ntitle: A title\ntilte: B\nlanguage: en\nlayout: post\n---\n\n")
    (tmp_path / "article.meta.toml").write_text('sektion = "World"\n', encoding="utf-8")
    assert load(path).notices == (
        "Keys that nothing is read from: 'tilte' (line 3), 'layout' (line 5), 'sektion' (sidecar). "
        "Mend a slip; leave others be.",
    )


def test_an_embargo_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, "Words.", head="---\ntitle: A title\nlanguage: en\nembargo: 2099-01-02\n---\n\n")
    assert load(path).notices == ("Under embargo until 2099-01-02.",)


# --- Typography -------------------------------------------------------------------------------

SMART = Settings(defaults=Defaults(smart=True))


def test_typography_is_set_when_asked_and_what_is_written_is_still_witnessed(tmp_path: Path) -> None:
    loaded = loader.load(written(tmp_path, '"Words" -- and more...'), SMART)
    assert texts(loaded)[-1] == "“Words” – and more…"
    assert loaded.findings == ()


def test_typography_is_left_alone_unless_asked(tmp_path: Path) -> None:
    assert texts(load(written(tmp_path, '"Words" -- and more...')))[-1] == '"Words" -- and more...'


def test_a_text_file_that_cannot_be_made_smart_says_so(tmp_path: Path) -> None:
    path = written(tmp_path, 'A title\n\nSome "words", and a full stop.\n', "a.txt", head="")
    chosen = Settings(defaults=Defaults(smart=True, language="en"))
    loaded = loader.load(path, chosen)
    assert texts(loaded)[-1] == 'Some "words", and a full stop.'
    assert loaded.notices == ("Typographic quotation marks are set in Markdown alone; here they stand as written.",)


# --- Pictures ---------------------------------------------------------------------------------


def test_a_picture_below_the_folder_is_loaded(tmp_path: Path) -> None:
    picture(tmp_path / "images" / "a red.png")
    loaded = load(written(tmp_path, "See ![A square](images/a%20red.png) here."))
    assert [resource.media_type for resource in loaded.resources.values()] == ["image/png"]
    assert (loaded.findings, loaded.losses) == ((), ())


def test_a_picture_in_another_form_is_converted_and_recorded(tmp_path: Path) -> None:
    picture(tmp_path / "a.bmp", "BMP")
    loaded = load(written(tmp_path, "See ![A square](a.bmp) here."))
    assert [resource.media_type for resource in loaded.resources.values()] == ["image/png"]
    before, after = (tmp_path / "a.bmp").stat().st_size, len(loaded.resources["a.bmp"].content)
    change = f"was converted to PNG; {before:,} bytes became {after:,}"
    assert [(loss.code, loss.line, loss.message) for loss in loaded.losses] == [
        ("L002", 6, f"Line 6: the picture 'a.bmp' {change}.")
    ]


@pytest.mark.parametrize(
    "source",
    [
        "../secret.png",
        "images/../../secret.png",
        "%2e%2e/secret.png",
        "/etc/hostname",
        "//example.org/a.png",
        "https://example.org/a.png",
        "file:///etc/hostname",
        "data:image/png;base64,AAAA",
        "link.png",
        "folder/secret.png",
    ],
)
def test_a_picture_from_elsewhere_is_refused_by_line(tmp_path: Path, source: str) -> None:
    secret = picture(tmp_path / "secret.png")
    own = tmp_path / "own"
    (own / "images").mkdir(parents=True)
    (own / "link.png").symlink_to(secret)
    (own / "folder").symlink_to(tmp_path)
    loaded = load(written(own, f"Words.\n\nSee ![A square]({source}) here."))
    assert [(finding.code, finding.line) for finding in loaded.findings] == [("S010", 8)]
    assert "is not in the article's folder. Copy it there" in loaded.findings[0].message
    assert loaded.resources == {}


def test_a_missing_picture_is_refused_by_line(tmp_path: Path) -> None:
    loaded = load(written(tmp_path, "See ![A square](no.png) here."))
    assert [finding.message for finding in loaded.findings] == [
        "Line 6: the picture 'no.png' does not exist. Put it where the article says."
    ]
    assert loaded.findings[0].code == "S011"


def test_every_picture_that_cannot_be_loaded_is_named_at_once(tmp_path: Path) -> None:
    loaded = load(written(tmp_path, "![A](no.png) and\n\n![B](neither.png) there."))
    assert [(finding.code, finding.line) for finding in loaded.findings] == [("S011", 6), ("S011", 8)]


def test_what_is_no_picture_is_refused_by_line(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    loaded = load(written(tmp_path, "See ![A square](a.svg) here."))
    assert [finding.code for finding in loaded.findings] == ["S012"]
    assert "is a drawing in SVG without a size. Put a PNG or JPEG file" in loaded.findings[0].message


def test_a_picture_of_too_many_pixels_is_to_be_made_smaller(tmp_path: Path) -> None:
    Pillow.new("1", (10000, 10000)).save(tmp_path / "a.png")
    (finding,) = load(written(tmp_path, "See ![A square](a.png) here.")).findings
    assert finding.code == "S012"
    assert finding.message.endswith("is larger than 89,478,485 pixels. Make it smaller: editions show few of them.")


def test_a_name_too_long_for_a_file_is_a_finding_not_a_crash(tmp_path: Path) -> None:
    loaded = load(written(tmp_path, f"See ![A square]({'x' * 300}.png) here."))
    assert [finding.code for finding in loaded.findings] == ["S011"]


def test_words_stand_for_a_missing_picture_where_that_is_wanted(tmp_path: Path) -> None:
    loaded = load(written(tmp_path, "See ![a square](https://example.org/no.png) here."), "placeholder")
    assert texts(loaded)[-1] == "See a square here."
    assert loaded.findings == ()
    assert [(loss.code, loss.line) for loss in loaded.losses] == [("L001", 6)]


def test_a_missing_figure_becomes_paragraphs_of_its_words(tmp_path: Path) -> None:
    loaded = load(written(tmp_path, "Before.\n\n![What it shows](no.png)\n\nAfter."), "placeholder")
    assert texts(loaded)[-3:] == ["Before.", "What it shows", "After."]
    assert all(isinstance(block, Paragraph) for block in loaded.article.blocks)


def test_a_missing_decorative_picture_goes_and_is_recorded(tmp_path: Path) -> None:
    loaded = load(written(tmp_path, "See ![](no.png) here."), "placeholder")
    assert texts(loaded)[-1] == "See here."
    assert loaded.losses[0].message.endswith("it is left out, having no alternative text.")


def test_a_missing_cover_is_found_too(tmp_path: Path) -> None:
    path = written(tmp_path, "Words.", head="---\ntitle: T\nlanguage: en\ncover: no.png\n---\n\n")
    assert [finding.message for finding in load(path).findings] == [
        "Front matter: the picture 'no.png' does not exist. Put it where the article says."
    ]
    assert load(path, "placeholder").article.metadata.cover is None


# --- Links ------------------------------------------------------------------------------------


def test_an_absolute_link_stays_as_written(tmp_path: Path) -> None:
    body = "[a](https://example.org/?a=1&b=%20#x), [m](mailto:a@example.org), [t](tel:+123)."
    assert targets(load(written(tmp_path, body))) == [
        "https://example.org/?a=1&b=%20#x",
        "mailto:a@example.org",
        "tel:+123",
    ]


def test_a_relative_link_is_completed_from_the_canonical_url(tmp_path: Path) -> None:
    head = "---\ntitle: T\nlanguage: en\ncanonical_url: https://example.org/2026/a/\n---\n\n"
    loaded = load(written(tmp_path, "[a](../b.html) and [c](/c) and [d](#nowhere).", head=head))
    assert targets(loaded) == [
        "https://example.org/2026/b.html",
        "https://example.org/c",
        "https://example.org/2026/a/#nowhere",
    ]
    assert loaded.losses == ()


@pytest.mark.parametrize("target", ["b.html", "/b", "//example.org/b", "#nowhere", "?q=1"])
def test_a_link_that_leads_nowhere_keeps_its_text_and_is_recorded(tmp_path: Path, target: str) -> None:
    loaded = load(written(tmp_path, f"See [the *page*]({target}) here."))
    assert (targets(loaded), texts(loaded)[-1]) == ([], "See the page here.")
    assert [(loss.code, loss.line) for loss in loaded.losses] == [("L003", 6)]


def test_a_link_to_a_heading_of_the_article_stays(tmp_path: Path) -> None:
    loaded = load(written(tmp_path, "[there](#the-end)\n\n## The end\n\nWords."))
    assert (targets(loaded), loaded.losses) == (["#the-end"], ())


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "JaVaScript:x", "data:text/html,x", "vbscript:x", "file:///x"]
)
def test_a_link_that_could_run_or_open_files_is_not_carried(target: str) -> None:
    assert links.resolve(target, "https://example.org/") is None


def test_a_scheme_broken_by_a_line_end_is_no_scheme() -> None:
    assert (
        links.resolve("java\nscript:alert(1)", "https://example.org/") == "https://example.org/java%0Ascript:alert(1)"
    )


def test_what_no_uri_may_hold_is_percent_encoded() -> None:
    assert links.resolve("https://example.org/a b\u00a0c|é", None) == "https://example.org/a%20b%C2%A0c%7Cé"
