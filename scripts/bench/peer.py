"""The peers, used as one who knows them would: a pool of processes, an article at a time, four editions of each.

PYTHON peer.py WAY JOBS PANDOC SOURCES OUT

Runs in build/bench/venv and imports nothing of this project. Writes OUT/NAME.{pdf,docx,epub,txt}. Ways:

typst-command      pandoc once a format; the PDF by ``--pdf-engine=typst``, as its manual has it
typst              pandoc once a format; the PDF by ``-t typst``, compiled by a compiler the process keeps
typst-kept         one pandoc for all, kept by its Lua; the PDF as above
weasyprint         pandoc once a format; the PDF by ``--pdf-engine=weasyprint``
weasyprint-kept    pandoc once a format; the PDF by ``-t html5``, laid out by a WeasyPrint the process keeps
libreoffice        pandoc once a format; the PDFs by one LibreOffice a process, of the DOCX
"""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from pathlib import Path
from typing import Any

_FORMATS = {"docx": "docx", "epub": "epub", "plain": "txt"}


def pandoc(program: Path, source: Path, format_: str, target: Path, *options: str) -> None:
    """One command, one edition."""
    _run(program, source, "--standalone", f"--to={format_}", f"--output={target}", *options)


def commands(program: Path, source: Path, target: Path) -> None:
    """The editions other than PDF."""
    for format_, suffix in _FORMATS.items():
        pandoc(program, source, format_, target.with_suffix(f".{suffix}"))


def typst_command(program: Path, out: Path, source: Path) -> None:
    """Four commands of pandoc, one of which runs typst's."""
    target = out / source.name
    commands(program, source, target)
    engine = Path(__file__).with_name("typst")
    pandoc(program, source, "typst", target.with_suffix(".pdf"), f"--pdf-engine={engine}")


def typst(program: Path, out: Path, source: Path) -> None:
    """Four commands of pandoc; typst is kept."""
    target = out / source.name
    commands(program, source, target)
    pandoc(program, source, "typst", target.with_suffix(".typ"))
    compiled(target.with_suffix(".typ"))


def compiled(source: Path) -> None:
    """The PDF of a typst source, beside it."""
    _compiler(source.parent).compile(str(source), output=str(source.with_suffix(".pdf")))
    source.unlink()


@cache
def _compiler(root: Path) -> Any:
    import typst  # type: ignore[import-not-found]

    return typst.Compiler(root=str(root))


def weasyprint(program: Path, out: Path, source: Path) -> None:
    """Four commands of pandoc, one of which runs WeasyPrint's."""
    target = out / source.name
    commands(program, source, target)
    engine = Path(sys.executable).with_name("weasyprint")
    pandoc(program, source, "html5", target.with_suffix(".pdf"), f"--pdf-engine={engine}")


def weasyprint_kept(program: Path, out: Path, source: Path) -> None:
    """Four commands of pandoc; WeasyPrint and its fonts are kept."""
    from weasyprint import HTML

    target = out / source.name
    commands(program, source, target)
    page = target.with_suffix(".html")
    pandoc(program, source, "html5", page)
    HTML(page).write_pdf(target.with_suffix(".pdf"), font_config=_fonts())
    page.unlink()


@cache
def _fonts() -> Any:
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


def by_share(way: str, jobs: int, program: Path, sources: list[Path], out: Path) -> None:
    """Ways that take many articles a process: each process gets its share at once."""
    shares = [sources[number::jobs] for number in range(min(jobs, len(sources)))]
    with ProcessPoolExecutor(jobs) as pool:
        list(pool.map(partial({"typst-kept": typst_kept, "libreoffice": libreoffice}[way], program, out), shares))


def typst_kept(program: Path, out: Path, share: list[Path]) -> None:
    """One pandoc for all; typst is kept."""
    listed = "".join(f"{source}\n" for source in share)
    _run(program, "lua", Path(__file__).with_name("peer.lua"), out, listed=listed)
    for source in share:
        compiled((out / source.name).with_suffix(".typ"))


def libreoffice(program: Path, out: Path, share: list[Path]) -> None:
    """Three commands of pandoc an article; one LibreOffice, with a profile of its own, for all."""
    for source in share:
        commands(program, source, out / source.name)
    profile = f"-env:UserInstallation={(out / f'profile-{share[0].stem}').absolute().as_uri()}"
    documents = [(out / source.name).with_suffix(".docx") for source in share]
    _run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", out, *documents)


def by_article(way: str, jobs: int, program: Path, sources: list[Path], out: Path) -> None:
    """Ways that take an article at a time."""
    ways = {
        "typst-command": typst_command,
        "typst": typst,
        "weasyprint": weasyprint,
        "weasyprint-kept": weasyprint_kept,
    }
    one = ways[way]
    with ProcessPoolExecutor(jobs) as pool:
        list(pool.map(partial(one, program, out), sources))


def _run(*command: str | Path, listed: str = "") -> None:
    """One command, which finds this Python first; ``listed`` is its standard input."""
    found = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(
        [str(part) for part in command],
        check=True,
        stdout=subprocess.DEVNULL,
        input=listed.encode(),
        env={**os.environ, "PATH": found},
    )


if __name__ == "__main__":
    way, jobs, program, folder, target = sys.argv[1:]
    found = sorted(Path(folder).glob("*.md"))
    Path(target).mkdir(parents=True, exist_ok=True)
    run = by_share if way in ("typst-kept", "libreoffice") else by_article
    run(way, int(jobs), Path(program), found, Path(target))
