"""Attributes and heads of pages that make them show, fetch or say something else."""

from __future__ import annotations

from collections.abc import Mapping

_WORDS = "Proofreading, they"
_PARAGRAPH = f"<p>{_WORDS}"
_LINK = '<a href="https'

PAGES: Mapping[str, tuple[str, str]] = {
    "a paragraph that pops up": (_PARAGRAPH, f'<p popover="">{_WORDS}'),
    "a paragraph nobody can reach": (_PARAGRAPH, f'<p inert="">{_WORDS}'),
    "a paragraph set to the right": (_PARAGRAPH, f'<p align="right">{_WORDS}'),
    "a paragraph of a size by the window": (_PARAGRAPH, f'<p style="font-size:0.01vw">{_WORDS}'),
    "a cell of a pixel": ("<td", '<td width="1" height="1"'),
    "cells far apart": ("<table", '<table cellpadding="999"'),
    "a column of no width": ("<thead", '<colgroup><col style="width:0.01em"/></colgroup><thead'),
    "a row that floats": ("<tr>", '<tr style="float:right">'),
    "links in the colour of the page": ("<body", '<body link="#ffffff"'),
    "a link that tells another": (_LINK, '<a ping="https://elsewhere.example/" href="https'),
    "a link that saves a file": (_LINK, '<a download="program.exe" href="https'),
    "a picture pressed flat": ("<img ", '<img width="900" height="10" '),
    "a picture of a pixel": ("<img ", '<img width="1" '),
    "a picture with a border": ("<img ", '<img border="200" hspace="400" '),
    "a list without its markers": ("<ul", '<ul type="none"'),
    "words too small": (_WORDS, f"{'<small>' * 8}Proofreading,{'</small>' * 8} they"),
    "a figure beside an author": ('<span class="furniture">By ', '<span class="furniture">By 40% '),
    "what others show of the page": ("</head>", '<meta property="og:title" content="He is guilty"/></head>'),
    "a picture others show of the page": (
        "</head>",
        '<meta property="og:image" content="https://elsewhere.example/x.png"/></head>',
    ),
    "a page for the night alone": ("</head>", '<meta name="color-scheme" content="dark"/></head>'),
    "a page wider than the window": (
        "</head>",
        '<meta name="viewport" content="width=9999, initial-scale=0.01"/></head>',
    ),
    "something fetched at once": ("</head>", '<link rel="preload" href="https://elsewhere.example/"/></head>'),
    "a picture beside the title": ("</head>", '<link rel="icon" href="data:image/png;base64,AAAA"/></head>'),
}

HTML: Mapping[str, tuple[str, str]] = {
    "letters taken for others": ('<meta charset="utf-8"/>', '<meta charset="windows-1252"/><meta charset="utf-8"/>'),
    "letters taken for others, the old way": (
        '<meta charset="utf-8"/>',
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252"/><meta charset="utf-8"/>',
    ),
}
"""What is of no consequence in XHTML."""
