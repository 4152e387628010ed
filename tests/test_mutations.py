"""The mutations of ``make mutations``: that each kind does what it says, and a few of them end to end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.mutations import report
from tests.mutations.kinds import KINDS
from tests.mutations.sources import Source, sources
from tests.mutations.trials import FORMATS, Bench, Trial, pages
from tests.mutations.trials import reason as why

TEXT = "The 12 “résumés”, told\u00a0twice: Öl & שָׁלוֹם, ١٢٣.\n"
ARTICLE = f"---\ntitle: A title\nlanguage: en\n---\n\n{TEXT}\nAnother text, with a [link](https://example.org/).\n"


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    made = Bench((Source("mutated", ".md", ARTICLE, tmp_path_factory.mktemp("sources")),))
    yield made
    made.close()


# --- Kinds ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_changes_no_more_than_a_word_or_two(kind: str) -> None:
    for seed in range(50):
        change = KINDS[kind](TEXT, Random(seed))
        assert change is not None
        assert abs(len(change.apply(TEXT)) - len(TEXT)) <= max(map(len, TEXT.split())) + 1


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("character deleted", "a", {""}),
        ("character inserted", "a", {"aa"}),
        ("character replaced", "а", {"a"}),
        ("characters swapped", "ab", {"ba"}),
        ("character doubled", "a", {"aa"}),
        ("word dropped", "one", {""}),
        ("word doubled", "one", {"one one"}),
        ("words swapped", "one two", {"two one"}),
        ("accent removed", "é", {"e"}),
        ("space", "a b", {"ab", " a b", "a  b"}),
        ("digit", "٣", set("٠١٢٤٥٦٧٨٩")),
        ("case", "ä", {"Ä"}),
    ],
)
def test_a_kind_does_what_its_name_says(kind: str, before: str, after: set[str]) -> None:
    changes = [KINDS[kind](before, Random(seed)) for seed in range(30)]
    assert {change.apply(before) for change in changes if change} <= after


@pytest.mark.parametrize("kind", ["accent removed", "digit", "case", "words swapped", "punctuation"])
def test_a_kind_leaves_alone_what_has_nothing_of_it(kind: str) -> None:
    assert KINDS[kind]("字", Random(1)) is None


# --- Trials -----------------------------------------------------------------------------------


def test_the_same_number_is_the_same_mutation(bench: Bench) -> None:
    assert bench.trial("digit", 3) == bench.trial("digit", 3)


@pytest.mark.parametrize("kind", KINDS)
def test_a_mutation_is_seen_by_every_edition_that_can_hold_it(kind: str, bench: Bench) -> None:
    trials = [bench.trial(kind, number) for number in range(2)]
    assert report.faults(trials) == []


def test_a_change_of_the_source_alone_is_no_mutation(bench: Bench) -> None:
    """Two spaces are one."""
    trial = bench.trial("space", 1)
    assert trial.old.split() != trial.new.split()


def test_what_a_page_shows_is_compared_by_its_pixels(bench: Bench) -> None:
    (source,) = bench._sources
    other = Source("other", ".md", ARTICLE.replace("Another", "Anether"), source.folder)
    assert pages(bench._editions(source, "pdf")) != pages(bench._editions(other, "pdf"))


def test_an_unseen_change_says_why(bench: Bench) -> None:
    (source,) = bench._sources
    original = bench._originals(source, ARTICLE)
    softened = bench._loaded(source, ARTICLE.replace("twice", "twi\u00adce"))
    assert why(original, softened) == "spaces or hyphens at the end of a line, or nothing with ink"


# --- Report -----------------------------------------------------------------------------------


def test_a_change_that_is_drawn_and_not_seen_is_a_fault() -> None:
    codes = dict.fromkeys(FORMATS, ("V003",))
    seen = Trial("case", "a", 1, "x", "X", codes=codes)
    unseen = Trial("case", "a", 1, "x", "X", codes={**codes, "pdf": ()}, pixels=True)
    assert report.faults([seen]) == []
    assert report.faults([seen, unseen]) == [unseen]


def test_the_report_lists_every_unseen_change_with_its_place() -> None:
    codes = dict.fromkeys(FORMATS, ("V003",))
    trial = Trial("case", "a", 7, "x\u00ad", "X", codes={**codes, "pdf": ()}, reason="why")
    written = "\n".join(report.lines([trial]))
    assert "case: a:7: x<00AD> -> X" in written
    assert "why" in written


def test_the_hard_article_is_mutated_section_by_section_and_loses_no_note() -> None:
    hard = [source for source in sources() if source.name.startswith("hard")]
    whole = Path("tests/cases/hard/hard.md")
    written = (Path(__file__).parent.parent / whole).read_text(encoding="utf-8")
    assert sum(source.text.count("\n## ") for source in hard) == written.count("\n## ")
    assert sum(source.text.count("\n[^") for source in hard) == written.count("\n[^")
