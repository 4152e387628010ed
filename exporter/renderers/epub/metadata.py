"""What the package document says about an article: Dublin Core, schema.org, and how accessible it is.

EPUB 3.3 §5.5 and EPUB Accessibility 1.1 §2. Claims are made of the content, never by habit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from exporter.article import Article, Metadata, Ruby
from exporter.renderers.markup import is_headed
from exporter.summaries import Pictures, summary
from exporter.walk import all_inlines, blocks, normalise, notes, parts, pictures


@dataclass(frozen=True, slots=True)
class Property:
    """A Dublin Core element ("dc:creator") or a ``meta`` property; ``attributes`` as the package document has them."""

    name: str
    value: str
    attributes: dict[str, str] = field(default_factory=dict)


def properties(article: Article, style: str) -> tuple[Property, ...]:
    """Everything the package document says, identifier, language and date of modification left out.

    ``style`` is the style sheet of the documents: what of their looks readers may change depends on it.
    """
    facts = (*_titles(article.metadata), *_creators(article.metadata), *_facts(article.metadata))
    return (*facts, *_access(article, style))


def _titles(metadata: Metadata) -> Iterator[Property]:
    yield Property("dc:title", metadata.title, {"id": "title"})
    yield _refining("title", "title-type", "main")
    if metadata.subtitle:
        yield Property("dc:title", metadata.subtitle, {"id": "subtitle"})
        yield _refining("subtitle", "title-type", "subtitle")


def _creators(metadata: Metadata) -> Iterator[Property]:
    for number, author in enumerate(metadata.authors, 1):
        yield Property("dc:creator", author, {"id": f"author-{number}"})
        yield _refining(f"author-{number}", "role", "aut", scheme="marc:relators")
        yield _refining(f"author-{number}", "display-seq", str(number))


def _facts(metadata: Metadata) -> Iterator[Property]:
    """Single values; empty ones are left out."""
    facts = (
        ("dc:date", metadata.published.isoformat() if metadata.published else ""),
        ("schema:dateModified", metadata.updated.isoformat() if metadata.updated else ""),
        ("schema:articleSection", metadata.section or ""),
        ("schema:translationOfWork", metadata.translation_of or ""),
        ("dc:publisher", metadata.publisher or ""),
        ("dc:rights", metadata.rights or ""),
        ("dc:description", metadata.summary or ""),
        ("dc:source", metadata.canonical_url or ""),
        *(("dc:subject", tag) for tag in metadata.tags),
    )
    yield from (Property(name, value) for name, value in facts if value)


def _refining(identifier: str, name: str, value: str, **more: str) -> Property:
    return Property(name, value, {"refines": f"#{identifier}", **more})


# --- Accessibility ----------------------------------------------------------------------------


def _access(article: Article, style: str) -> Iterator[Property]:
    shown = _pictures(article)
    yield Property("schema:accessMode", "textual")
    if shown != "no_pictures":
        yield Property("schema:accessMode", "visual")
    yield Property("schema:accessModeSufficient", "textual,visual" if shown == "undescribed" else "textual")
    yield from (Property("schema:accessibilityFeature", feature) for feature in _features(article, style))
    # Pictures are PNG or JPEG and stand still; there is no sound, no film, no script.
    yield Property("schema:accessibilityHazard", "none")
    language, words = summary(article.metadata.language, headings=_is_headed(article), pictures=shown)
    yield Property("schema:accessibilitySummary", words, {"xml:lang": language})


def _features(article: Article, style: str) -> Iterator[str]:
    """What holds of this article; what would hold of any text, and what only people can judge, is not claimed."""
    found = {
        "tableOfContents": True,
        "readingOrder": True,
        "structuralNavigation": _is_headed(article),
        "displayTransformability": "!important" not in style,
        "alternativeText": _pictures(article) == "described",
        "rubyAnnotations": any(isinstance(each, Ruby) for part in parts(article) for each in all_inlines(part)),
    }
    return (feature for feature, holds in found.items() if holds)


def _is_headed(article: Article) -> bool:
    """Whether there is more than the title to go to: headings, or notes, which stand under one."""
    return bool(notes(article)) or any(is_headed(block) for block in blocks(article.blocks))


def _pictures(article: Article) -> Pictures:
    shown = pictures(article)
    if not shown:
        return "no_pictures"
    return "described" if all(normalise(image.alt) for image in shown) else "undescribed"
