"""Pictures and addresses as the rest of the project knows them: an ``img`` with its ``src``, links from their base."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urljoin

from exporter.edition import Loss
from exporter.readers.html.omissions import Omissions
from exporter.readers.tree import Element, Node, blank, elements

_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


def show_pictures(element: Element, omissions: Omissions) -> None:
    """Leave of each picture its ``img``: browsers' choices (``picture``, ``srcset``) and boxes around it go.

    Of a picture that a script loads late and the one in the ``noscript`` behind it, the latter is meant.
    A picture that is all of a figure but its caption loses its link (L003): a figure holds none.
    """
    shown: list[Node] = []
    for child in element.children:
        if isinstance(child, Element):
            show_pictures(child, omissions)
            picture = _only_picture(child)
            if child.name == "noscript" and picture and shown and _is_picture(shown[-1]):
                shown.pop()
            shown.append(picture or child)
        else:
            shown.append(child)
    element.children = shown
    if element.name == "figure":
        _unlink(element, omissions)


def _unlink(figure: Element, omissions: Omissions) -> None:
    captioned = any(isinstance(child, Element) and child.name == "figcaption" for child in figure.children)
    for at, child in enumerate(figure.children if captioned else []):
        if isinstance(child, Element) and child.name == "a" and _holds_picture_only(child):
            if target := child.attributes.get("href"):
                message = f"Line {child.first}: the link of the picture to '{target}' is left out; a figure holds none."
                omissions.losses.append(Loss("L003", message, child.first))
            figure.children[at] = next(each for each in child.children if _is_picture(each))


def _holds_picture_only(link: Element) -> bool:
    solid = [child for child in link.children if not blank(child)]
    return len(solid) == 1 and _is_picture(solid[0])


def _is_picture(node: Node) -> bool:
    return isinstance(node, Element) and node.name == "img"


def _only_picture(element: Element) -> Element | None:
    """The picture that is all ``element`` shows, where the element adds nothing."""
    if element.name not in ("picture", "span", "noscript") or {"lang", "dir", "id"} & element.attributes.keys():
        return None
    solid = [n for n in element.children if not blank(n) and not (isinstance(n, Element) and n.name == "source")]
    match solid:
        case [Element(name="img") as picture]:
            return picture
        case _:
            return None


def rebase(root: Element, base: str) -> None:
    """Complete the relative addresses below ``root`` from ``base``.

    A picture's stays a path where the base is an address: nothing is fetched, so it lies beside the file or nowhere.
    """
    if not base:
        return
    for element in elements([root]):
        name = {"a": "href", "img": "src"}.get(element.name, "")
        written = element.attributes.get(name, "")
        fixed = not written or written.startswith("#") or _SCHEME.match(written)
        if not fixed and (name == "href" or not _SCHEME.match(base)):
            element.attributes = {**element.attributes, name: urljoin(base, written)}
