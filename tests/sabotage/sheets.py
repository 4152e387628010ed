"""Rules of style sheets that hide, cover, shrink or change what a document says, though each looks like looks."""

from __future__ import annotations

from collections.abc import Mapping

RULES: Mapping[str, str] = {
    # Too small to be read
    "a size by the window's width": "p { font-size: 0.01vw }",
    "the least of two sizes": "p { font-size: min(1em, 0.01vw) }",
    "a size between two that are none": "p { font-size: clamp(0.01vw, 1vw, 0.02vw) }",
    "a font of no size in short": "p { font: 0.01vw serif }",
    "every element smaller than what is around it": "* { font-size: 0.7em }",
    "an x-height of nothing": "p { font-size-adjust: 0 }",
    "text made smaller on telephones": "p { -webkit-text-size-adjust: 1% }",
    "tabs of no width": "pre { tab-size: 0 }",
    "a picture of no height": "img { height: 0.01em; width: 5em }",
    "a picture of no width": "img { width: 0.01em }",
    # Cut off, or over one another
    "lines of one pixel": "p { line-height: 1px }",
    "lines of a twentieth": "p { line-height: 5% }",
    "a box of no height that scrolls": "p { height: 0.01em; overflow: auto }",
    "a box that scrolls and says it is a picture's": "p:has(> img, em) { height: 0.01em; overflow: auto }",
    "a box of no width": "p { max-inline-size: 0; overflow: auto }",
    "a paragraph over the one before it": "p { margin-top: -3em; background: #fff }",
    "an outline over all around": "h2 { outline: 40em solid #fff }",
    "an outline over its own text": "p { outline: 1em solid #000; outline-offset: -1em }",
    "a border as wide as a page": "p { border-left: 9999px solid #fff }",
    "a line through a text": "p { text-decoration: line-through }",
    "a line below a text that is thick enough to hide it": "p { text-decoration: underline 2em }",
    "lines that never end": "p { white-space: nowrap }",
    "columns without room": "p { columns: 400 }",
    "a table without room": "table { table-layout: fixed; width: 16px }",
    "rows far from each other": "table { border-collapse: separate; border-spacing: 500em }",
    # Out of their place
    "cells in the order from the right": "td { float: right }",
    "paragraphs beside each other": "p { float: right; width: 40% }",
    "cells that leave their columns": "td { display: inline-block }",
    "paragraphs that run on": "p { display: inline }",
    "readings below their words": "rt { display: block }",
    "a word lifted off its line": "em { vertical-align: 9999px }",
    "letters far from each other": "p { letter-spacing: 1em }",
    # Other letters
    "small letters for capitals": "p { text-transform: lowercase }",
    "other kana": "p { text-transform: full-size-kana }",
    "letters over letters": 'p { text-emphasis: "x" }',
    "words at the ends of lines": 'p { hyphenate-character: "not" }',
    # In the colour of the ground
    "a colour that lets through, in new words": "p { color: rgb(0 0 0 / 0) }",
    "white in new words": "p { color: rgb(255 255 255); background: #fff }",
    "white by its hue": "p { color: hsl(0 0% 100%); background: #fff }",
    "the colour of the page, by the system's name": "p { color: canvas }",
    "the colour of the text as its ground": "p { background: currentColor }",
    "white where a colour is not set": "p { color: var(--nowhere, #ffffff); background: #fff }",
    "white where a colour is set again": "p { --one: #fff; color: var(--one); background: #fff } :root { --one: #000 }",
    "white in a rule inside another": "body { color: #000; background: #fff; & p { color: #fff } }",
    "white under two conditions": "@layer a { @media screen { body { background: #fff } p { color: #fff } } }",
    "white that is important, then black": "p { color: #fff !important; background: #fff } p { color: #000 }",
    "a ground taken away again": "p { color: #fff; background: #000 } main p { background: #fff }",
    "black on what is black": "p { background: #000 }",
    "the night alone": ":root { color-scheme: dark }",
    "a ground cut to the shape of letters": "p { background: #fff; -webkit-background-clip: text }",
    # For whom
    "a class in capitals": ".SUBTITLE { display: none }",
}
