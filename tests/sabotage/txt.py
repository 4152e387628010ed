"""Broken plain text."""

from __future__ import annotations

from collections.abc import Callable, Mapping


def swapped(old: str, new: str, count: int = 1) -> Callable[[bytes], bytes]:
    """What puts ``new`` for ``old``, which has to be there."""

    def variant(content: bytes) -> bytes:
        text = content.decode("utf-8")
        assert old in text, f"there is no '{old}' to break"
        return text.replace(old, new, count).encode("utf-8")

    return variant


VARIANTS: Mapping[str, Callable[[bytes], bytes]] = {
    "a letter changed": swapped("two people read", "two people lead"),
    "a word dropped": swapped("not listen", "listen"),
    "a paragraph dropped": swapped("The remedies are old, and their order matters:\n\n", ""),
    "a figure changed": swapped("4.1", "4.7"),
    "a heading of another level": swapped("\n### Errors", "\n## Errors"),
    "a heading that is a paragraph": swapped("\n\n\n## A reader", "\n\nA reader"),
    "a list that begins elsewhere": swapped("  3. read", "  1. read"),
    "a bullet that is a paragraph": swapped("  - a table loses", "a table loses"),
    "a task that is done": swapped("[ ] Every page", "[x] Every page"),
    "a quotation that is none": swapped("  > The compositor", "The compositor"),
    "a note called elsewhere": swapped("house-blind.\u00a0[Note\u00a02]", "house-blind.\u00a0[Note\u00a03]"),
    "a link that leads elsewhere": swapped(
        "https://sample-review.example/corrections\n", "https://elsewhere.example/\n"
    ),
    "a link that is not explained": swapped("  [1] ", "  "),
    "a picture described otherwise": swapped("  [Image] Four", "  [Image] Five"),
    "a caption of another figure": swapped("  ~ Errors left", "  ~ Errors lost"),
    "another author": swapped("Nora Feld", "Nora Field"),
    "another date": swapped("October 5, 2026", "October 6, 2026"),
    "the dates' labels changed about": swapped("Published:", "Updated:"),
    "a cell in another column": swapped("           4.1 |        2.0 |", "           2.0 |        4.1 |"),
    "a row dropped": swapped("  First proof ‖           1.3 |        0.4 |\n", ""),
    "a dash of another length": swapped("\u2014 a saying", "\u2013 a saying"),
    "a ligature taken apart": swapped("ﬁrst", "first"),
    "a line of code changed": swapped("return said", "return  said"),
    "a sentence added": swapped("# Notes", "This was added.\n\n\n# Notes"),
    "a control character": swapped("At a quarter", "At a\x07 quarter"),
    "the end of a line in another system's way": swapped("\n", "\r\n", -1),
    "another encoding": lambda content: content.decode("utf-8").encode("utf-16"),
    "cut off": lambda content: content[: len(content) // 2],
    "the last line end missing": lambda content: content.rstrip(b"\n"),
    "a title that is another": swapped("# The last proof", "# The first proof"),
}
