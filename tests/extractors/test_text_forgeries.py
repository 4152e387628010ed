"""Text editions that say something else, however alike they look: none verifies."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.extractors.forgeries import codes, edition, replaced

FORGERIES: Mapping[str, tuple[str, str, str]] = {
    "a word is added": ("Last words.", "Last words. No.", "V003"),
    "a paragraph is added": ("Last words.\n", "Last words.\n\nNo.\n", "V002"),
    "two paragraphs become one": ("Two.\n\n    More", "Two.\n    More", "V013"),
    "a letter is replaced by its double": ("Last words.", "L\u0430st words.", "V003"),
    "an invisible character is added": ("Last words.", "Last wo\u200brds.", "V003"),
    "an override is added": ("Last words.", "\u202eLast words.\u202c", "V003"),
    "a byte order mark is added": ("# Everything", "\ufeff# Everything", "V001"),
    "lines end as on another system": ("Last words.\n", "Last words.\r\n", "V001"),
    "a line is written over": ("Last words.", "No.\rLast words.", "V001"),
    "a page is turned": ("Last words.", "Last\fwords.", "V001"),
    "a terminal is told to hide": ("Last words.", "\x1b[8mLast words.\x1b[0m", "V001"),
    "a terminal is told to hide by one byte": ("Last words.", "\x9b8mLast words.", "V001"),
    "a line ends where none does": ("Last words.", "Last\u2028words.", "V001"),
    "an author becomes a victim": ("By\u00a0Ana", "Against\u00a0Ana", "V002"),
    "a label has a foreign letter": ("By\u00a0Ana", "\u0412y\u00a0Ana", "V002"),
    "a label is turned round": ("By\u00a0Ana", "\u202eBy\u00a0Ana", "V002"),
    "the dates change roles": ("Published:\u00a0", "Updated:\u00a0", "V007"),
    "an author is called a date": ("By\u00a0Ana", "Published\u00a0Ana", "V007"),
    "an author becomes a date": ("By\u00a0Ana", "By:\u00a0Ana", "V007"),
    "the notes are called otherwise": ("# Notes", "# Lies", "V002"),
    "a picture is called otherwise": ("[Image] A red square", "[Fake] A red square", "V002"),
    "a credit is called otherwise": ("(Credit) Photo", "(Blame) Photo", "V002"),
    "a list starts elsewhere": ("  3. Third", "  4. Third", "V007"),
    "a number becomes a bullet": ("  3. Third", "  -  Third", "V007"),
    "an item comes out of its list": ("      - nested", "  - nested", "V007"),
    "a box is ticked": ("[ ] open", "[x] open", "V007"),
    "a heading rises": ("### Quotes", "## Quotes", "V007"),
    "a border makes a head": ("Chad    |", "Chad    \u2016", "V007"),
    "a cell is lost": ("Peru    | Lima          |", "Peru    |", "V001"),
    "cells are exchanged": ("Peru    | Lima ", "Lima    | Peru ", "V004"),
    "code loses its indent": ("      return", "    return", "V003"),
    "code ends early": ("  # end\n  ```", "  ```", "V003"),
    "the list of links is exchanged": ("  [1] https://example.org/a?b=1&c=2", "  [1] https://example.org/x", "V008"),
    "a mark is exchanged": ("x\u00a0[2]", "x\u00a0[1]", "V001"),
    "a link leads to another heading": ("#1 Lists", "#3 The end", "V008"),
    "a link names another heading": ("#1 Lists", "#1 Lies", "V008"),
    "something follows the links": ("https://example.org/note\n", "https://example.org/note\n\n  No.\n", "V001"),
    "a part is added at the end": ("\n\n# Links", "\n\n# No\n\n  [9] x\n\n\n# Links", "V001"),
    "the end is cut off": ("https://example.org/note\n", "https://example.org/note", "V001"),
}
"""What to replace by what, no-break spaces spelt out, and the code that is due."""


@pytest.mark.parametrize(("old", "new", "code"), FORGERIES.values(), ids=FORGERIES.keys())
def test_a_text_does_not_verify_when(old: str, new: str, code: str) -> None:
    assert code in codes("txt", replaced(edition("txt"), (old, new)))


def test_the_text_itself_verifies() -> None:
    assert codes("txt", edition("txt")) == set()


def test_two_notes_exchanged_are_reported() -> None:
    whole = edition("txt")
    exchange = (("[Note\u00a01] The first note", "[Note\u00a02] The first note"),)
    assert codes("txt", replaced(whole, *exchange)) != set()
