"""What a paragraph became: split, merged, moved, changed, or several of these."""

from __future__ import annotations

from exporter.edition import Discrepancy, Extraction
from exporter.text import Said
from exporter.verifier import Passage, compare
from exporter.verifier.passages import passages

FIRST = "The harbour office prints the tables every evening before the lamps are lit."
SECOND = "Two clerks compare each figure with the list. Neither of them looks for any sense in it."
THIRD = "Nobody remembers who began the custom, and nobody has found a reason to end it."
LAST = "The sea keeps its own hours."
ARTICLE = (FIRST, SECOND, THIRD, LAST)
HALVES = tuple(f"{half}." for half in SECOND.rstrip(".").split(". "))


def entries(texts: tuple[str, ...]) -> tuple[Said, ...]:
    return tuple(Said(f"paragraph[{number}]", "paragraph", text, number) for number, text in enumerate(texts, 1))


def side_by_side(*edition: str) -> tuple[Passage, ...]:
    found = entries(edition)
    return passages(entries(ARTICLE), found, Extraction(found, frozenset(), {}))


def relations(*edition: str) -> list[str]:
    return [passage.relation for passage in side_by_side(*edition)]


def findings(*edition: str) -> list[Discrepancy]:
    return list(compare(entries(ARTICLE), {}, Extraction(entries(edition), frozenset(), {})))


def codes(*edition: str) -> list[str]:
    return [finding.code for finding in findings(*edition)]


def test_a_paragraph_in_two_pieces_is_split_and_nothing_else() -> None:
    assert relations(FIRST, *HALVES, THIRD, LAST) == ["same", "split", "same", "same"]
    assert codes(FIRST, *HALVES, THIRD, LAST) == ["V012"]


def test_a_split_paragraph_in_which_a_word_changed_is_both() -> None:
    changed = HALVES[1].replace("sense", "meaning")
    assert codes(FIRST, HALVES[0], changed, THIRD, LAST) == ["V012", "V003"]


def test_two_paragraphs_in_one_are_merged_and_nothing_else() -> None:
    assert relations(FIRST, f"{SECOND} {THIRD}", LAST) == ["same", "merged", "same"]
    assert codes(FIRST, f"{SECOND} {THIRD}", LAST) == ["V013"]


def test_a_text_without_spaces_is_split_without_one() -> None:
    source = "夜の十一時前、窓のない部屋で二人が読み合わせている。一人が原稿を持ち、もう一人がゲラを持つ。"
    at = source.index("。") + 1
    expected, found = entries((source, LAST)), entries((source[:at], source[at:], LAST))
    assert [each.code for each in compare(expected, {}, Extraction(found, frozenset(), {}))] == ["V012"]


def test_a_paragraph_that_stands_elsewhere_has_moved_from_there_to_here() -> None:
    found = side_by_side(SECOND, THIRD, FIRST, LAST)
    assert [(passage.relation, passage.move) for passage in found if passage.move] == [
        ("moved away", 1),
        ("moved here", 1),
    ]
    assert codes(SECOND, THIRD, FIRST, LAST) == ["V004"]


def test_a_paragraph_that_moved_and_changed_is_known_again() -> None:
    changed = FIRST.replace("evening", "morning")
    assert codes(SECOND, THIRD, LAST, changed) == ["V004", "V003"]


def test_of_texts_that_are_the_same_each_is_held_to_the_one_in_its_place() -> None:
    expected, found = entries((FIRST,) * 3), entries((SECOND, FIRST, THIRD))
    assert [each.code for each in compare(expected, {}, Extraction(found, frozenset(), {}))] == ["V003", "V003"]


def test_a_paragraph_said_twice_is_repeated() -> None:
    assert relations(FIRST, SECOND, FIRST, THIRD, LAST) == ["same", "same", "repeated", "same", "same"]


def test_what_is_added_stands_where_the_edition_has_it() -> None:
    assert relations(FIRST, "Buy now.", SECOND, THIRD, LAST) == ["same", "added", "same", "same", "same"]


def test_a_changed_paragraph_beside_one_that_is_gone_is_not_taken_for_it() -> None:
    changed = THIRD.replace("custom", "habit")
    found = findings(FIRST, changed, LAST)
    assert [(finding.code, finding.line) for finding in found] == [("V001", 2), ("V003", 3)]


def test_two_cells_are_no_pieces_of_one() -> None:
    expected = (Said("cell", "cell", "Old Quay"),)
    found = (Said("cell", "cell", "Old"), Said("cell", "cell", "Quay"))
    assert "V012" not in [each.code for each in compare(expected, {}, Extraction(found, frozenset(), {}))]
