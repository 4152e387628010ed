"""The font library on disk: built once, checked at every use, mended by building it again."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import lru_cache
from html import escape
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import TypeAlias

from exporter.errors import ToolError
from exporter.fonts.faces import Face, Package, faces

Progress: TypeAlias = Callable[[int, int, str], None]
"""Called after each face with how many are made, of how many, and its family."""

_RECIPE = 4
"""To be raised when ``instancing`` makes other bytes of the same sources."""

_FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><reset-dirs/><dir>{folder}</dir><cachedir>{folder}/fontconfig</cachedir>
<match target="pattern"><test name="family"><string>emoji</string></test>
<edit name="family" mode="prepend" binding="strong"><string>Ed Emoji</string></edit></match></fontconfig>
"""
# Pango asks for the family "emoji" where UTS #51 has a sequence be drawn as one, a keycap from its digit on.


@dataclass(frozen=True, slots=True)
class Entry:
    """A face of the library. ``characters`` are ranges of code points, first and last."""

    family: str
    weight: int
    style: str
    file: str
    sha256: str
    size: int
    scripts: tuple[str, ...]
    characters: tuple[tuple[int, int], ...]


def library(
    folder: Path | None = None, progress: Progress | None = None, *, wanted: tuple[Face, ...] = faces()
) -> Path:
    """The library's own folder below ``folder`` (else the user's cache), built where it is missing or damaged.

    It holds the faces, ``manifest.json`` and a ``fonts.conf`` that knows nothing else. Its name
    is a digest of all it is made from. ``wanted`` are the faces, all of them unless told.
    Raises ToolError naming the pip package that is missing.
    """
    parent = folder or _cache()
    target = parent / _digest(wanted)
    if not _intact(target):
        parent.mkdir(parents=True, exist_ok=True)
        with _locked(parent / ".lock"):
            if not _intact(target):
                _build(target, wanted, progress)
    return target


def entries(folder: Path) -> tuple[Entry, ...]:
    """What the manifest of the library ``folder`` lists."""
    return _entries(folder, (folder / "manifest.json").stat().st_mtime_ns)


def _build(target: Path, wanted: tuple[Face, ...], progress: Progress | None) -> None:
    """Build beside ``target`` and put it there whole."""
    import tempfile

    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".building-") as temporary:
        unfinished = Path(temporary) / "library"
        unfinished.mkdir()
        listed = []
        for number, face in enumerate(wanted, 1):
            listed.append(_write_face(face, unfinished))
            if progress:
                progress(number, len(wanted), face.family)
        (unfinished / "manifest.json").write_text(json.dumps([asdict(e) for e in listed]) + "\n", encoding="utf-8")
        (unfinished / "fonts.conf").write_text(
            _FONTS_CONF.format(folder=escape(str(target), quote=False)), encoding="utf-8"
        )
        if target.exists():
            target.rename(Path(temporary) / "damaged")
        unfinished.rename(target)


def _write_face(face: Face, folder: Path) -> Entry:
    from exporter.fonts.instancing import characters, static_face

    source = _source(face)
    if face.sha256 and hashlib.sha256(source.read_bytes()).hexdigest() != face.sha256:
        raise ToolError(
            f"{source} is not the file of {face.package.name} {face.package.version}. Install that version."
        )
    content = static_face(face, source)
    file = face.name + (".otf" if content.startswith(b"OTTO") else ".ttf")
    (folder / file).write_bytes(content)
    sha256 = hashlib.sha256(content).hexdigest()
    ranges = tuple(_ranges(characters(content)))
    return Entry(face.family, face.weight, face.style, file, sha256, len(content), face.scripts, ranges)


def _ranges(codes: list[int]) -> Iterator[tuple[int, int]]:
    """Runs of consecutive code points, first and last."""
    first = last = -1
    for code in codes:
        if code != last + 1 and last >= 0:
            yield first, last
        if code != last + 1:
            first = code
        last = code
    if last >= 0:
        yield first, last


# Where things are


def _cache() -> Path:
    """The user's cache, by the XDG Base Directory Specification."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(base) if base.startswith("/") else Path.home() / ".cache") / "article-exporter" / "fonts"


def _source(face: Face) -> Path:
    if not face.package.module:
        return Path(face.package.folder, face.file)
    spec = find_spec(face.package.module)
    if spec is None or not spec.submodule_search_locations:
        raise _missing(face.package)
    path = Path(spec.submodule_search_locations[0]) / face.package.folder / face.file
    if not path.is_file():
        raise ToolError(f"Package {face.package.name} has no font '{face.file}'. Reinstall article-exporter.")
    return path


def _missing(package: Package) -> ToolError:
    return ToolError(f"Fonts are missing: package {package.name}. Run: pip install {package.name}")


def _digest(wanted: tuple[Face, ...]) -> str:
    packages = sorted({face.package for face in wanted}, key=lambda package: package.name)
    made_from = [str(_RECIPE), _FONTS_CONF, *(f"{package.name} {_version(package)}" for package in packages)]
    made_from += [f"{name} {version(name)}" for name in ("uharfbuzz", "fonttools")]
    made_from += [repr(face) for face in wanted]
    return hashlib.sha256("\n".join(made_from).encode()).hexdigest()[:16]


def _version(package: Package) -> str:
    if package.version:
        return package.version
    try:
        return version(package.name)
    except PackageNotFoundError:
        raise _missing(package) from None


# Whether it is whole


def _intact(target: Path) -> bool:
    """Whether everything the manifest lists is there, in the right size."""
    try:
        listed = entries(target)
        sizes_agree = all((target / entry.file).stat().st_size == entry.size for entry in listed)
        return bool(listed) and sizes_agree and (target / "fonts.conf").is_file()
    except (OSError, ValueError, TypeError, KeyError):
        return False


@lru_cache(maxsize=8)
def _entries(folder: Path, _modified: int) -> tuple[Entry, ...]:
    listed = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return tuple(
        Entry(**{**e, "scripts": tuple(e["scripts"]), "characters": tuple(map(tuple, e["characters"]))}) for e in listed
    )


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold ``path`` against other processes that would build the same."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
