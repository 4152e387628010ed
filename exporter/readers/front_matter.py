"""Front matter: the facts at the head of a Markdown file, in YAML, TOML or header lines."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

import yaml

from exporter.errors import SourceError

_YAML: Final = re.compile(r"\A(?P<fence>---)[ \t]*\n(?P<facts>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)
_TOML: Final = re.compile(r"\A(?P<fence>\+\+\+)[ \t]*\n(?P<facts>.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.S | re.M)
_HEADER: Final = re.compile(r"\A(?P<facts>(?:[A-Za-z][\w-]*:(?:[ \t].*)?\n(?:[ \t]+\S.*\n)*)+)(?:[ \t]*\n|\Z)")
_LEADS: Final = re.compile(r"(?:title|date|author|authors|slug|category|tags|summary|status):", re.I)
_KEY: Final = re.compile(r"""^["']?(?P<key>[A-Za-z_][\w-]*)["']?[ \t]*[:=]""", re.M)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The facts, the lines (from 1) their keys stand on, and where the body begins: its offset and lines before it."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    offset: int = 0
    before: int = 0


def front_matter(text: str, *, file: str) -> FrontMatter:
    """The front matter of ``text``: YAML between ``---``, TOML between ``+++``, or lines like ``Title: x`` (Pelican).

    Raises SourceError (S008) with the line where it is malformed or not a table of keys.
    """
    found = _YAML.match(text) or _TOML.match(text)
    if found and (_KEY.search(found["facts"]) or not found["facts"].strip()):
        parse = _yaml if found["fence"] == "---" else _toml
        return _located(parse(found["facts"], file), found, text)
    if _LEADS.match(text) and (found := _HEADER.match(text)):
        return _located(_header_lines(found["facts"]), found, text)
    return FrontMatter()


def _located(facts: Mapping[str, Any], found: re.Match[str], text: str) -> FrontMatter:
    first = text.count("\n", 0, found.start("facts")) + 1
    lines: dict[str, int] = {}
    for key in _KEY.finditer(found["facts"]):
        name = key["key"] if key["key"] in facts else key["key"].lower()
        lines.setdefault(name, first + found["facts"].count("\n", 0, key.start()))
    return FrontMatter(facts, lines, found.end(), text.count("\n", 0, found.end()))


class _Loader(yaml.SafeLoader):
    """YAML whose numbers stay as written and whose booleans are 1.2's: ``no`` is a language, ``007`` a title.

    Aliases are an error: ten lines of them can stand for a billion values, or for a list that holds itself.
    """

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """The next node, which is no alias."""
        if self.check_event(yaml.AliasEvent):
            alias = self.peek_event()  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(None, None, f"'*{alias.anchor}' repeats a value; write it out", alias.start_mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """A mapping; a key that stands twice is an error, not the last one's value."""
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"'{key.value}' stands twice", key.start_mark)
            seen.add(key.value if isinstance(key, yaml.ScalarNode) else "")
        return super().construct_mapping(node, deep)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.rsplit(":", 1)[1] in ("timestamp", "null", "merge")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|True|TRUE|false|False|FALSE"), list("tTfF"))


@lru_cache(maxsize=64)
def _yaml(written: str, file: str) -> Mapping[str, Any]:
    try:
        facts = yaml.load(written, _Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 2 if mark else 1
        raise _malformed(f"{error.problem or error.context}", file, line) from error
    except (yaml.YAMLError, ValueError) as error:
        raise _malformed(" ".join(str(error).split()), file, 1) from error
    except RecursionError:
        raise _malformed(_TOO_DEEP, file, 1) from None
    if facts is None:
        return {}
    if not isinstance(facts, dict):
        raise _malformed("it is not a list of 'key: value'", file, 2)
    return {str(key): value for key, value in facts.items()}


def _toml(written: str, file: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(written)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+)", str(error))
        raise _malformed(str(error), file, int(at[1]) + 1 if at else 1) from error
    except RecursionError:
        raise _malformed(_TOO_DEEP, file, 1) from None


def _header_lines(written: str) -> Mapping[str, Any]:
    """Pelican's: a key, a colon, a value that may go on on lines set in."""
    joined = re.sub(r"\n[ \t]+", " ", written)
    pairs = (line.partition(":") for line in joined.split("\n") if line)
    return {key.lower(): _several(key.lower(), value.strip()) for key, _, value in pairs}


def _several(key: str, value: str) -> str | list[str]:
    """Pelican's lists are divided by semicolons where there are any, else by commas."""
    if key not in ("authors", "tags", "keywords"):
        return value
    return [part.strip() for part in value.split(";" if ";" in value else ",") if part.strip()]


_TOO_DEEP: Final = "its lists or tables are nested too deeply"


def _malformed(problem: str, file: str, line: int) -> SourceError:
    return SourceError(f"The front matter is malformed: {problem}. Mend it.", file=file, line=line, code="S008")
