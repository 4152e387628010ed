"""Whether what a package says of its accessibility is true: each claim is derived again from the documents.

EPUB Accessibility 1.1 §2, and the Schema.org Accessibility Properties for Discoverability Vocabulary. What a machine
cannot see (whether alternative texts describe well) nobody can claim here: conformance and certificates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from exporter.extractors.xhtml import Node
from exporter.summaries import Pictures, summaries
from exporter.walk import normalise

Claims = Mapping[str, tuple[str, ...]]

_MOVING = ("video", "audio", "iframe", "object", "embed", "script", "canvas")
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")


def false_claims(claims: Claims, pages: Sequence[Node], sheets: Sequence[str]) -> Iterator[str]:
    """A phrase on each claim that the documents ``pages`` and style sheets do not bear out; of none there is none."""
    pictures = [image for page in pages if not _is_cover(page) for image in page.below("img")]
    yield from _modes(claims, pictures)
    for feature in claims.get("schema:accessibilityFeature", ()):
        if fault := _feature(feature, pages, pictures, sheets):
            yield f"accessibilityFeature '{feature}' is claimed, and {fault}"
    for hazard in claims.get("schema:accessibilityHazard", ()):
        if hazard != "none" or any(_has(pages, name) for name in _MOVING):
            yield f"accessibilityHazard '{hazard}' is claimed, and is not so"
    if fault := _summary(claims, pages, pictures):
        yield fault
    for name in claims:
        if not name.startswith("schema:"):
            yield f"'{name}' is claimed, which no machine can tell"


def _modes(claims: Claims, pictures: Sequence[Node]) -> Iterator[str]:
    modes = claims.get("schema:accessMode", ())
    true = {"textual", "visual"} if pictures else {"textual"}
    if modes and set(modes) != true:
        yield f"accessMode is said to be {', '.join(modes)}, and is {', '.join(sorted(true))}"
    enough = "textual" if _all_described(pictures) else "textual,visual"
    for sufficient in claims.get("schema:accessModeSufficient", ()):
        if sufficient != enough:
            yield f"accessModeSufficient is said to be {sufficient}, and is {enough}"


def _summary(claims: Claims, pages: Sequence[Node], pictures: Sequence[Node]) -> str:
    """What is wrong with the summary, "" where nothing is, or there is none."""
    headings = any(_has(pages, name) for name in _HEADINGS)
    described: Pictures = "described" if _all_described(pictures) else "undescribed"
    true = summaries(headings=headings, pictures=described if pictures else "no_pictures")
    said = [words for words in claims.get("schema:accessibilitySummary", ()) if words not in true]
    return f"accessibilitySummary says '{said[0]}', which is more or less than can be told" if said else ""


def _all_described(pictures: Sequence[Node]) -> bool:
    return all(normalise(image.get("alt")) for image in pictures)


def _feature(feature: str, pages: Sequence[Node], pictures: Sequence[Node], sheets: Sequence[str]) -> str:
    """What is against a feature, "" where nothing is."""
    match feature:
        case "alternativeText":
            bare = not pictures or not _all_described(pictures)
            return "a picture has none, or there is no picture" if bare else ""
        case "tableOfContents":
            lists = [nav for page in pages for nav in page.below("nav") if "toc" in nav.words]
            return "" if any(True for nav in lists for _ in nav.below("a")) else "there is none"
        case "structuralNavigation":
            return "" if any(_has(pages, name) for name in _HEADINGS) else "there are no headings"
        case "rubyAnnotations":
            return "" if _has(pages, "ruby") else "there are none"
        case "displayTransformability":
            return "a style sheet overrules readers" if any("!important" in sheet for sheet in sheets) else ""
        case "readingOrder":
            return ""  # the documents are read in it
        case _:
            return "is none that can be told from the documents"


def _has(pages: Sequence[Node], name: str) -> bool:
    return any(True for page in pages for _ in page.below(name))


def _is_cover(page: Node) -> bool:
    return any("doc-cover" in image.words for image in page.below("img"))
