"""The benchmark's own pieces: generated articles, tables, the page they are kept in, and what is counted. No times."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from exporter import Plan, build, library
from exporter.settings import Settings
from scripts.bench import articles, contenders, document, stages, tables
from scripts.bench.contenders import CONTENDERS, EXPORTER, FORMATS, TYPST, TYPST_COMMAND, WEASYPRINT
from scripts.bench.measuring import Broken, run
from scripts.bench.stages import Clock, Profile
from scripts.bench.tables import Results
from scripts.bench.trials import Figures, Growth, Part, Scaling, Waits

ROOT = Path(__file__).parent.parent


def figures(name: str, **changed: object) -> Figures:
    """What was measured of one contender."""
    known = {"wall": (0.2, 0.1, 0.4), "processor": (0.3,) * 3, "memory": 300_000_000, "ratios": (4.0, 5.0, 4.5)}
    return Figures(**{"name": name, "articles": 200, "jobs": 2, "made": 800, **known, **changed})  # type: ignore[arg-type]


RESULTS = Results(
    machine={"processor": "One, 2 cores"},
    peers=(
        figures("exporter", verified=800),
        figures(TYPST_COMMAND.name),
        figures(TYPST.name, ratios=(0.9, 0.8, 1.0)),
        figures(WEASYPRINT.name, ratios=(9.0, 8.0, 11.0)),
    ),
    scaling=Scaling(
        batches=(
            figures("exporter", articles=1000),
            figures("exporter", articles=100),
            figures(TYPST.name, articles=100),
        ),
        growth=Growth(early=100, articles=1000, before=200_000_000, after=210_000_000),
        unchanged=(0.9, 0.8, 1.4),
    ),
    waits=Waits(cold=(1.0, 1.1), unchanged=(0.3,), issue=40, changed=(2.0,)),
    novel=(
        Part(size=300_000, wall=10, processor=10, memory=400_000_000),
        Part(size=1_200_000, wall=41, processor=40, memory=900_000_000),
    ),
    profile=Profile({"read": 0.1, "prove pdf": 0.3}, articles=10, pages=20),
)


def cells(line: str) -> list[str]:
    """The cells of a row of a table."""
    return [cell.strip() for cell in line.strip("|").split("|")]


# --- Articles ---------------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_bytes_and_another_one_others(tmp_path: Path) -> None:
    for name, seed in (("one", 1), ("again", 1), ("two", 2)):
        articles.write(tmp_path / name, 3, seed)
    one, again, two = (
        [path.read_bytes() for path in sorted((tmp_path / n).iterdir())] for n in ("one", "again", "two")
    )
    assert one == again
    assert not set(one) & set(two)


def test_an_article_is_the_same_in_a_batch_of_any_size(tmp_path: Path) -> None:
    articles.write(tmp_path / "few", 2)
    articles.write(tmp_path / "many", 5)
    name = "article-0002.md"
    assert (tmp_path / "few" / name).read_bytes() == (tmp_path / "many" / name).read_bytes()


def test_articles_have_some_four_hundred_words_and_all_constructs() -> None:
    for number in range(1, 50):
        body = articles.article(number).split("---\n", 2)[2]
        assert 380 <= len(re.findall(r"\w+", body)) <= 520
        for construct in ("\n## ", "](https://", "**", "*, it says", "\n|", "\n> ", "[^1]:", "`form "):
            assert construct in body


def test_no_two_articles_share_all_their_words() -> None:
    coined = [set(re.findall(r"\w+", articles.article(number))) for number in range(1, 11)]
    assert all(len(words - set().union(*coined[:at], *coined[at + 1 :])) >= 10 for at, words in enumerate(coined))


def test_generated_articles_and_novels_build_and_verify(tmp_path: Path) -> None:
    articles.write(tmp_path / "source", 2)
    (tmp_path / "source" / "novel.md").write_text(articles.novel(20_000), encoding="utf-8")
    out = tmp_path / "dist"
    report = build(
        [tmp_path / "source"], Plan(base=tmp_path, settings=Settings().with_defaults(out=out), fonts=library())
    )
    assert [article.failures for article in report.articles] == [(), (), ()]
    assert (contenders.editions(out), contenders.verified(out)) == (12, 12)


def test_a_novel_is_as_long_as_it_is_asked_to_be() -> None:
    size = len(articles.novel(100_000).encode())
    assert 100_000 <= size < 120_000


# --- Who is measured --------------------------------------------------------------------------


def test_editions_nobody_vouches_for_are_not_counted_as_verified(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    for suffix in (*FORMATS, "log"):
        (tmp_path / "a" / f"a.{suffix}").touch()
    editions = [{"format": format_, "verified": format_ == "pdf"} for format_ in FORMATS]
    (tmp_path / "a" / "manifest.json").write_text(json.dumps({"editions": editions}))
    assert (contenders.editions(tmp_path), contenders.verified(tmp_path)) == (4, 1)


def test_every_way_of_a_contender_is_one_the_peers_know() -> None:
    peer = (ROOT / "scripts" / "bench" / "peer.py").read_text(encoding="utf-8")
    ways = [each.way for each in CONTENDERS if each.way]
    assert [way for way in ways if f'"{way}"' not in peer or f"\n{way}  " not in peer] == []


# --- What is watched --------------------------------------------------------------------------


def test_a_run_counts_the_memory_of_children_once_they_are_there() -> None:
    child = "import time; held = bytearray(60_000_000); time.sleep(1)"
    script = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}], check=True)"
    done = run([sys.executable, "-c", script], lambda: 7)
    assert done.memory > 60_000_000
    assert {look.done for look in done.looks} == {7}
    assert all(look.largest <= look.memory for look in done.looks)


def test_a_run_counts_the_work_of_a_process_that_outlives_its_parent() -> None:
    work = "import time\nwhile time.process_time() < 0.4: pass"
    alone = run([sys.executable, "-c", "import subprocess"])
    orphan = run([sys.executable, "-c", f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {work!r}])"])
    assert orphan.processor > alone.processor + 0.3


def test_a_command_that_fails_is_told_with_its_last_words() -> None:
    with pytest.raises(Broken, match=r"ended with 3: no paper"):
        run([sys.executable, "-c", "import sys; print('no paper'); sys.exit(3)"])


# --- Stages -----------------------------------------------------------------------------------


def test_a_profile_has_every_stage_of_a_build(tmp_path: Path) -> None:
    articles.write(tmp_path / "source", 1)
    found = stages.profile([tmp_path / "source" / "article-0001.md"])
    formats = [f"{stage} {format_}" for stage in ("render", "prove") for format_ in FORMATS]
    assert list(found.seconds) == ["read", "prepare", "draw cover", *formats, "write", "the rest"]
    assert [stage for stage, seconds in found.seconds.items() if seconds <= 0] == []
    assert (found.articles, found.pages >= 1) == (1, True)


def test_a_stage_within_another_stops_its_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter((0, 1, 11, 13))
    monkeypatch.setattr("time.process_time", lambda: next(times))
    clock = Clock()
    with clock.stage("outer"), clock.stage("inner"):
        pass
    assert clock.seconds == {"outer": 3, "inner": 10}


# --- Tables -----------------------------------------------------------------------------------


def test_a_table_is_one_of_markdown_with_columns_of_one_width() -> None:
    lines = list(tables.table(("", "s"), [("one", "1.0"), ("a thousand", "900.0")]))
    assert cells(lines[3]) == ["a thousand", "900.0"]
    assert lines[1].endswith("-:|")
    assert len({len(line) for line in lines}) == 1


def test_peers_have_the_median_of_rounds_and_their_spread() -> None:
    row = cells(list(tables.peers([figures(TYPST.name)]))[2])
    assert row == [TYPST.name, "200", "2", "0.200 (0.100–0.400)", "4.50 (4.00–5.00)", "0.300", "300", "800", "none"]


def test_targets_say_what_is_met_and_what_is_not() -> None:
    met = {cells(line)[0]: cells(line)[-1] for line in list(tables.targets(RESULTS))[2:]}
    assert met == {
        "faster an article than pandoc --pdf-engine=typst": "yes",
        "faster an article than pandoc + typst": "NO",
        "faster an article than pandoc + WeasyPrint": "NO",
        "one article from a cold start, four editions verified": "yes",
        "the same, unchanged": "NO",
        "1,000 articles, unchanged": "yes",
        "40 articles, one of them changed": "yes",
        "growth of a worker from article 100 to 1,000": "yes",
        "memory for a text of 1.2 MB": "yes",
        "time for a byte of it, to that of a text of 0.3 MB": "yes",
        "editions verified": "yes",
    }


def test_one_edition_that_is_not_verified_misses_the_target() -> None:
    ours, *others = RESULTS.peers
    found = replace(RESULTS, peers=(replace(ours, verified=799), *others))
    assert cells(list(tables.targets(found))[-1])[-1] == "NO"


def test_a_batch_stands_beside_the_peers_of_its_size() -> None:
    rows = [cells(line) for line in list(tables.scaling(RESULTS.scaling))[2:]]
    assert [(row[0], row[-1]) for row in rows] == [("1,000", ""), ("100", "0.200")]


def test_stages_have_milliseconds_an_article_and_their_share() -> None:
    lines = list(tables.stages(RESULTS.profile))
    assert [cells(line) for line in lines[2:5]] == [
        ["read", "10.0", "25 %"],
        ["prove pdf", "30.0", "75 %"],
        ["all", "40.0", "100 %"],
    ]
    assert lines[-1].endswith("proving a page takes 15.0 ms.")


def test_results_go_into_a_file_and_a_page_of_every_section() -> None:
    assert json.loads(json.dumps(asdict(RESULTS)))["scaling"]["growth"]["articles"] == 1000
    text = "\n".join(tables.page(RESULTS, (EXPORTER, TYPST)))
    assert re.findall(r"^### (.*)$", text, re.M) == [
        "Targets",
        "Beside its peers",
        "Batches",
        "What a person waits for",
        "A novel",
        "Where the time goes",
        "The machine",
    ]


# --- The page ---------------------------------------------------------------------------------


def test_tables_take_the_place_of_earlier_ones_and_the_prose_stays() -> None:
    page = f"Before.\n\n{document.BEGIN}\nold\n{document.END}\n\nAfter.\n"
    once = document.with_tables(page, "new")
    assert once == f"Before.\n\n{document.BEGIN}\nnew\n\n{document.END}\n\nAfter.\n"
    assert document.with_tables(once, "new") == once


@pytest.mark.parametrize("text", ["", document.BEGIN, document.END, f"{document.END}{document.BEGIN}"])
def test_a_page_without_its_marks_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Put them back"):
        document.with_tables(text, "new")


def test_the_page_in_the_documentation_has_its_marks() -> None:
    page = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    assert "new table" in document.with_tables(page, "new table")
