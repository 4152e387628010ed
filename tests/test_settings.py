"""Settings: found, typed, and refused by line where they are not known."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from exporter import mailsettings, settingsfile, toml
from exporter.errors import SettingsError
from exporter.settings import Settings

WHOLE = """\
[defaults]
to = ["docx", "txt"]
out = "out"
missing_images = "placeholder"
language = "fa"
authors = ["Ana Pérez"]
section = "World"

[publisher]
name = "The Sample"
rights = "CC BY 4.0"

[theme]
name = "plain"
templates = "looks"

[pdf]
columns = 2

[mail]
sender = "The Weekly <news@example.com>"
secret_file = "secret"
ladder = ["link", "text"]
refuse = 10
"""


def written(folder: Path, content: str) -> Path:
    path = folder / "exporter.toml"
    path.write_text(content, encoding="utf-8")
    return path


def refusal(folder: Path, content: str) -> str:
    path = written(folder, content)
    with pytest.raises(SettingsError) as caught:
        settingsfile.load(path)
    return str(caught.value).removeprefix(f"{path}:")


def test_every_key_of_the_mail_is_documented() -> None:
    document = (Path(__file__).parent.parent / "docs" / "settings.md").read_text(encoding="utf-8")
    table = document.partition("| [mail] |")[2].partition("\n\n")[0]
    assert re.findall(r"^\|? *(?:\|)? *`([a-z_]+)` \|", table, re.MULTILINE) == [
        field.name for field in fields(mailsettings.Mail)
    ]


def test_every_key_is_read(tmp_path: Path) -> None:
    found = settingsfile.load(written(tmp_path, WHOLE))
    assert found.defaults.to == ("docx", "txt")
    assert found.defaults.missing_images == "placeholder"
    assert (found.defaults.language, found.defaults.authors, found.defaults.section) == ("fa", ("Ana Pérez",), "World")
    assert (found.publisher.name, found.publisher.rights) == ("The Sample", "CC BY 4.0")
    assert found.theme.name == "plain"
    assert found.pdf.columns == 2
    assert (found.mail.sender, found.mail.ladder, found.mail.refuse) == (
        "The Weekly <news@example.com>",
        ("link", "text"),
        10,
    )


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    assert settingsfile.load(written(tmp_path, WHOLE)).mail.secret_file == tmp_path / "secret"
    found = settingsfile.load(written(tmp_path, WHOLE))
    assert (found.defaults.out, found.theme.templates) == (tmp_path / "out", tmp_path / "looks")


def test_an_empty_file_changes_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, "")
    assert settingsfile.load(path) == Settings(file=path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            '[defaults]\nlanguage = "en"\nlanguag = "fa"\n',
            "3: no key 'languag' in [defaults]. Known: to, out, missing_images, smart, language, authors, section,",
        ),
        ("\n[default]\n", "2: no table 'default'. Known: defaults, publisher, theme, pdf, "),
        ('language = "en"\n', "1: no table 'language'. Known: defaults, publisher, theme, pdf, "),
        ('\ntheme = "plain"\n', "2: 'theme' is a table; write [theme] above its keys."),
        ('[mail]\nhosts = "x"\n', "2: no key 'hosts' in [mail]. Known: sender, reply_to, list_id, "),
        ("[mail]\n\nport = 70000\n", "3: 'port' is a number of a port, 1 to 65535."),
        ('[mail]\nladder = ["text", "text"]\n', "2: 'ladder' is a list of smaller-pictures, link, text, each at most"),
        ('[mail]\nsecret_command = "pass x"\n', '2: \'secret_command\' is a list of texts: ["…", "…"].'),
        ('[mail]\nsender = "x\\u202e"\n', "2: 'sender': U+202E"),
        ('[defaults]\nto = "pdf"\n', '2: \'to\' is a list of texts: ["…", "…"].'),
        ("[publisher]\nname = 3\n", "2: 'name' is a text: \"…\"."),
        ('[defaults]\nmissing_images = "skip"\n', '2: \'missing_images\' is "error" or "placeholder".'),
        ('[defaults]\nout = ""\n', "2: 'out' is a path or a URL as a text: \"…\"."),
        ('[defaults]\nsmart = "yes"\n', "2: 'smart' is true or false."),
        ('[defaults]\n"languag" = "en"\n', "2: no key 'languag' in [defaults]."),
        ("[pdf]\ncolumns = 3\n", "2: 'columns' is 1 or 2."),
        ("[images]\nquality = 96\n", "2: 'quality' is a number from 1 to 95."),
        ("[images]\npage = 10\n", "2: 'page' is a number of pixels, 100 to 10000."),
        ("[pdf]\ncolumns = true\n", "2: 'columns' is 1 or 2."),
        ("[epub]\ncover = 1\n", "2: 'cover' is true, false or a picture: \"…\"."),
        ("[defaults]\nlanguage = \n", "2: invalid value."),
        ('[publisher]\nname = "x', "2: unterminated string."),
    ],
)
def test_what_is_not_known_is_refused_by_line(tmp_path: Path, content: str, message: str) -> None:
    assert refusal(tmp_path, content).startswith(message)


def test_bytes_that_are_not_utf_8_are_refused_by_line(tmp_path: Path) -> None:
    path = tmp_path / "exporter.toml"
    path.write_bytes(b'[publisher]\nname = "Caf\xe9"\n')
    with pytest.raises(SettingsError, match=r"exporter\.toml:2: byte 23 is not UTF-8\."):
        settingsfile.load(path)


def test_a_key_of_another_table_is_not_taken_for_the_culprit() -> None:
    content = b'[publisher]\nname = "x"\n\n[theme]\n# name = "no"\nname = 1\n'
    assert toml.line_of(content, "theme", "name") == 6


def test_a_byte_order_mark_is_no_key(tmp_path: Path) -> None:
    path = tmp_path / "exporter.toml"
    path.write_bytes(b'\xef\xbb\xbf[publisher]\nname = "x"\n')
    assert settingsfile.load(path).publisher.name == "x"


def test_the_nearest_file_upward_is_found(tmp_path: Path) -> None:
    path = written(tmp_path, "")
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    assert settingsfile.find([below]) == path


def test_the_first_folder_goes_before_the_next(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        written(tmp_path / name, "")
    assert settingsfile.find([tmp_path / "two", tmp_path / "one"]) == tmp_path / "two" / "exporter.toml"


def test_what_is_said_goes_over_the_file_and_silence_does_not(tmp_path: Path) -> None:
    file = settingsfile.load(written(tmp_path, WHOLE))
    chosen = file.with_defaults(to=("pdf",), language=None)
    assert (chosen.defaults.to, chosen.defaults.language) == (("pdf",), "fa")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"no\.toml: cannot be read \(No such file or directory\)"):
        settingsfile.load(tmp_path / "no.toml")
