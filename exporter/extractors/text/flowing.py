"""Takes back the breaks of ``format=flowed`` with DelSp=yes (RFC 3676, 4.4)."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.errors import ExtractionError


def fixed(lines: Sequence[str]) -> list[str]:
    """``lines`` without breaks that are none of the text's; as they are where the first does not end with a space.

    Raises ExtractionError where the last line goes on.
    """
    if not lines[0].endswith(" "):
        return list(lines)
    whole: list[str] = []
    pending: list[str] = []
    for line in lines:
        said = line.removeprefix(" ")
        if said.endswith(" "):
            pending.append(said[:-1])
        else:
            whole.append("".join([*pending, said]))
            pending = []
    if pending:
        raise ExtractionError("The last line goes on in a line that is missing: the text is cut off. Render it again.")
    return whole
