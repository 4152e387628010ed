"""The Markdown this project reads: CommonMark, GFM, notes and definition lists, as one configured parser.

Typography is left alone, URLs are given as written, and raw HTML comes through as tokens.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.common.utils import MD_TRIM_CHARS, isStrSpace
from markdown_it.rules_block import StateBlock, heading, lheading, paragraph
from markdown_it.rules_block.table import escapedSplit, table
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_def
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin

from exporter.errors import SourceError
from exporter.readers.references import reference
from exporter.readers.tree import DEEPEST

# markdown-it drops what is nested deeper than ``maxNesting``; the tree refuses it long before.
_OPTIONS = {"maxNesting": 2 * DEEPEST, "html": True, "tasklists": True, "strikethrough_single_tilde": True}


class _Parser(MarkdownIt):
    """Gives URLs as written, whatever their scheme: to judge them is the reader's business."""

    def normalizeLink(self, url: str) -> str:
        return url

    def normalizeLinkText(self, link: str) -> str:
        return link

    def validateLink(self, url: str) -> bool:  # noqa: ARG002
        return True


def tokens(text: str, *, file: str, before: int = 0, smart: bool = False) -> list[Token]:
    """The block tokens of ``text``, which stands ``before`` lines down in ``file``.

    ``smart`` sets typographic quotation marks and dashes. Raises SourceError (S007) for a row of a
    table that has more cells than its head: GFM would drop them.
    """
    environment = {"file": file, "before": before}
    return _parser(smart).parse(text, environment)


def inline_tokens(text: str, *, smart: bool = False) -> list[Token]:
    """The inline tokens of ``text``, taken by itself: no notes, no links by reference."""
    (token,) = _parser(smart).parseInline(text, {})
    return token.children or []


@lru_cache(maxsize=2)
def _parser(smart: bool) -> MarkdownIt:
    parser = _Parser("commonmark", {**_OPTIONS, "typographer": smart})
    parser.enable(["table", "strikethrough", *(("replacements", "smartquotes") if smart else ())])
    parser.use(gfm_autolink_plugin)
    parser.use(footnote_plugin, inline=False, move_to_end=False)
    parser.block.ruler.at("footnote_def", footnote_def, {"alt": ["paragraph", "reference", "blockquote"]})
    parser.use(deflist_plugin)
    parser.inline.ruler.at("entity", reference)
    parser.block.ruler.at("table", _lossless_table, {"alt": ["paragraph", "reference"]})
    parser.block.ruler.at("paragraph", _keeping_spaces(paragraph))
    parser.block.ruler.at("heading", _keeping_spaces(heading), {"alt": ["paragraph", "reference", "blockquote"]})
    parser.block.ruler.at("lheading", _keeping_spaces(lheading))
    deflist = next(rule.fn for rule in parser.block.ruler.__rules__ if rule.name == "deflist")
    parser.block.ruler.at("deflist", _keeping_spaces(deflist), {"alt": ["paragraph", "reference", "blockquote"]})
    return parser


# --- Spaces -----------------------------------------------------------------------------------

_BLANK = " \t\n\r\f\v"
_Rule = Callable[[StateBlock, int, int, bool], bool]


def _keeping_spaces(rule: _Rule) -> _Rule:
    """``rule``, whose block keeps no-break, ideographic and other spaces at its ends.

    CommonMark strips spaces and tabs there; markdown-it strips all that Unicode calls white space.
    """

    def keeping(state: StateBlock, first: int, end: int, silent: bool) -> bool:
        before = len(state.tokens)
        if not rule(state, first, end, silent):
            return False
        for token in state.tokens[before:]:
            if token.type == "inline" and token.map:
                _restore_spaces(token, state, token.map[0], max(token.map[1], token.map[0] + 1) - 1)
        return True

    return keeping


def _restore_spaces(token: Token, state: StateBlock, first: int, last: int) -> None:
    head, tail = (state.src[state.bMarks[n] + state.tShift[n] : state.eMarks[n]] for n in (first, last))
    if not token.content:
        token.content = head.strip(_BLANK) if not head.strip() else ""
        return
    begun, ended = token.content.partition("\n")[0], token.content.rpartition("\n")[2]
    if begun not in head or ended not in tail:  # whole lines of such spaces
        token.content = state.getLines(first, last + 1, state.blkIndent, False).strip(_BLANK)
        return
    before = head[: head.find(begun)]
    after = tail[tail.rfind(ended) + len(ended) :]
    lead = before[len(before.rstrip(MD_TRIM_CHARS)) :].lstrip(_BLANK)
    trail = after[: len(after) - len(after.lstrip(MD_TRIM_CHARS))].rstrip(_BLANK)
    token.content = f"{lead}{token.content}{trail}"


# --- Tables -----------------------------------------------------------------------------------


def _lossless_table(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """markdown-it's rule for tables, with a word about the cells it would drop, and all spaces kept."""
    before = len(state.tokens)
    if first + 1 < end and not _begins_table(state, first):
        return False
    if not table(state, first, end, silent):
        return False
    if not silent:
        rows = [_cells(state, line) for line in (first, *range(first + 2, state.line))]
        for line, row in enumerate(rows[1:], first + 2):
            if any(cell.strip() for cell in row[len(rows[0]) :]):
                raise _too_many_cells(state, line, len(rows[0]))
        _fill(state.tokens[before:], rows)
    return True


def _begins_table(state: StateBlock, first: int) -> bool:
    """Whether two lines can begin a table: of as many cells, no-break spaces being some, and no heading (``---``)."""
    rule = state.src[state.bMarks[first + 1] : state.eMarks[first + 1]].strip(_BLANK)
    return (
        rule.strip("-") != ""
        and not rule.strip("|:- \t")
        and len(_cells(state, first)) == len(_cells(state, first + 1))
    )


def _fill(tokens: Sequence[Token], rows: Sequence[Sequence[str]]) -> None:
    """Put the cells' text, stripped of no more than CommonMark says, into their tokens."""
    inlines = (token for token in tokens if token.type == "inline")
    for row in rows:
        for cell in (*row, *[""] * len(rows[0]))[: len(rows[0])]:
            next(inlines).content = cell.strip(_BLANK)


def _cells(state: StateBlock, line: int) -> list[str]:
    start, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    while start < end and isStrSpace(state.src[end - 1]):
        end -= 1
    cells = escapedSplit(state.src[start:end])
    if cells and not cells[0]:
        del cells[0]
    if cells and not cells[-1]:
        del cells[-1]
    return cells


def _too_many_cells(state: StateBlock, line: int, columns: int) -> SourceError:
    message = f"This row has more cells than the head of its table ({columns}). Widen the head, or write '\\|'."
    return SourceError(message, file=state.env["file"], line=state.env["before"] + line + 1, code="S007")
