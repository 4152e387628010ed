"""A folder of templates from anywhere: it runs no code, opens no file but its own, and comes to an end."""

from __future__ import annotations

import json
import resource
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner

from exporter.cli import main
from exporter.sandbox import Environment, environment
from exporter.templating import builtin_templates

SECRET = "the house's own secret"


@pytest.fixture(autouse=True)
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with an article, a downloaded folder of templates, and a file beside it that is nobody's business."""
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text("---\ntitle: A title\nlanguage: en\n---\n\nSome words.\n", encoding="utf-8")
    Path("secret.css").write_text(f"/* {SECRET} */", encoding="utf-8")
    Path("looks").mkdir()
    Path("exporter.toml").write_text('[theme]\ntemplates = "looks"\n', encoding="utf-8")


def built_with(page: str, name: str = "article.html.j2", to: str = "html") -> str:
    """What stands against a build whose template ``name`` begins with ``page``; "" where nothing does."""
    original = (builtin_templates() / name).read_text(encoding="utf-8")
    Path("looks", name).write_text(page + original, encoding="utf-8")
    result = CliRunner().invoke(main, ["build", "a.md", "--to", to, "--json"])
    failures = json.loads(result.stdout)["articles"][0]["failures"]
    assert (result.exit_code == 0) == (not failures)
    assert SECRET not in "".join(file.read_text(encoding="utf-8") for file in Path("dist").rglob("*.html"))
    return " ".join(str(failure["message"]) for failure in failures)


@pytest.mark.parametrize(
    "expression",
    [
        "''.__class__.__mro__",
        "metadata.__class__",
        "metadata|attr('__class__')",
        "metadata['__class__']",
        "cycler.__init__.__globals__.os.system('touch run')",
        "lipsum.__globals__['os'].system('touch run')",
        "self.__init__.__globals__",
        "joiner.__init__.__globals__.__builtins__.open('secret.css').read()",
        "'{0.__class__.__mro__}'.format(metadata)",
        "('%s'|format(labels)).__class__.__base__.__subclasses__()",
        "[metadata]|map(attribute='__class__')|map(attribute='__mro__')|list",
        "namespace.__init__.__globals__",
        "dict.mro()",
        "range.__self__",
        "metadata.published.__reduce__",
    ],
)
def test_a_template_reaches_no_code(expression: str) -> None:
    failure = built_with(f"{{{{ {expression} }}}}")
    assert failure.startswith(str(Path("looks/article.html.j2").resolve()))
    assert not Path("run").exists()


NAMES = ["../secret.css", "/etc/hostname", "./../secret.css", "..\\secret.css", "a/../../secret.css"]


@pytest.mark.parametrize("name", NAMES)
def test_a_template_includes_no_file_from_elsewhere(name: str) -> None:
    assert name.replace("\\\\", "\\") in built_with(f"{{% include {json.dumps(name)} %}}")


@pytest.mark.parametrize("name", ["article.css", "mine.css"])
def test_a_link_that_leads_out_of_the_folder_is_refused_by_its_name(name: str) -> None:
    Path("looks", name).symlink_to(Path("secret.css").resolve())
    assert f"looks/{name}: a link that leads out of " in built_with(f"{{% include '{name}' %}}")


def test_a_folder_that_a_link_leads_to_is_taken() -> None:
    Path("looks").rename("shared")
    Path("looks").symlink_to("shared")
    assert built_with("") == ""


def test_values_stay_as_they_are() -> None:
    assert "unsafe" in built_with("{{ [].append(1) }}")


@pytest.mark.parametrize(
    "page",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{% for character in body %}" * 5 + "{% endfor %}" * 5,
        "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}",
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
        "{{ 9 ** 9 ** 9 ** 9 }}",
        "{{ range(999999999) }}",
    ],
)
def test_a_template_comes_to_an_end(page: str) -> None:
    assert built_with(page) != ""


@pytest.mark.parametrize(
    "page",
    [
        "{{ 'x' * 99999999999 }}",
        "{{ 'x'.ljust(99999999999) }}",
        "{{ '%99999999999d' % 1 }}",
        "{{ 'x'|center(99999999999) }}",
        "{% set ns = namespace(x='xxxxxxxx') %}{% for i in range(60) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
        "{% set ns = namespace(x=[1]) %}{% for i in range(60) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
    ],
)
def test_a_template_does_not_fill_the_machine(page: str) -> None:
    before = resource.getrlimit(resource.RLIMIT_AS)
    assert built_with(page) != ""
    assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_templates_in_several_threads_leave_the_process_as_it_was() -> None:
    before = resource.getrlimit(resource.RLIMIT_AS)
    template = sandboxed().from_string("{% for a in range(20000) %}{% endfor %}ok")
    with ThreadPoolExecutor(4) as threads:
        assert {each.result() for each in [threads.submit(template.render) for _ in range(16)]} == {"ok"}
    assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_each_rendering_has_a_budget_of_its_own() -> None:
    pages = sandboxed()
    template = pages.from_string("{% for a in range(99999) %}{% for b in '0123456789' %}{% endfor %}{% endfor %}ok")
    assert [template.render() for _ in range(3)] == ["ok"] * 3


def test_a_path_is_no_value() -> None:
    with pytest.raises(Exception, match="unsafe"):
        sandboxed().from_string("{{ file.read_text() }}").render(file=Path("secret.css"))


def sandboxed() -> Environment:
    import jinja2

    return environment(jinja2.DictLoader({}))


@pytest.mark.parametrize("rule", ["@import url(file:///etc/hostname);", "p { background: url(file:///etc/hostname) }"])
@pytest.mark.parametrize(("name", "to"), [("print.css", "pdf"), ("article.css", "html"), ("epub.css", "epub")])
def test_a_style_sheet_fetches_nothing(rule: str, name: str, to: str) -> None:
    assert built_with(rule, name, to) != ""
