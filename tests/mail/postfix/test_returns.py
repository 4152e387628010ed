"""What a real Postfix refuses, and what it sends back, ends where the documents say."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from exporter.cli import main
from exporter.mail import suppression
from exporter.mail.identities import Identities
from tests.mail.deliveries import House
from tests.mail.plans import Post
from tests.mail.postfix.conftest import Postfix

SECRET = "a secret of the house"


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A house whose secret is known."""
    (tmp_path / "source" / "issues").mkdir(parents=True)
    (tmp_path / "exporter.toml").write_text('[mail]\nsuppression = "suppressed.txt"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EXPORTER_MAIL_SECRET", SECRET)
    return tmp_path


def sent(house: Path, postfix: Postfix, *addresses: str, attached: int = 0) -> House:
    """Messages to ``addresses``, handed to Postfix."""
    post = Post(list(addresses), attached=attached)
    made = House(house / "source" / "issues" / "7.deliveries.sqlite3", post, postfix.port)
    made.deliver()
    return made


@pytest.mark.parametrize(
    ("address", "state", "code", "enhanced"),
    [
        ("anna@example.com", "accepted", 250, "2.0.0"),
        ("full@example.com", "deferred", 452, "4.2.2"),
        ("gone@example.com", "failed", 550, "5.1.1"),
        ("anna@slow.example.com", "deferred", 421, "4.7.0"),
    ],
)
def test_what_postfix_answers_is_what_is_recorded(
    house: Path, postfix: Postfix, address: str, state: str, code: int, enhanced: str
) -> None:
    row = sent(house, postfix, address).rows()[address]
    assert (row.state, row.code, row.enhanced) == (state, code, enhanced)
    assert "@" not in row.reply


def test_what_is_too_large_for_postfix_is_not_begun(house: Path, postfix: Postfix) -> None:
    row = sent(house, postfix, "anna@example.com", attached=20 << 20).rows()["anna@example.com"]
    assert (row.state, row.reason.rpartition("takes ")[2]) == ("failed", "26214400")


def test_mail_postfix_returns_comes_back_to_its_own_delivery(house: Path, postfix: Postfix) -> None:
    made = sent(house, postfix, "anna@example.com", "bob@bounce.example.com", "cy@bounce.example.com")
    postfix.settle()
    result = CliRunner().invoke(main, ["mail", "bounces", "import", str(postfix.maildir)])
    assert "2 reports are new" in result.stdout
    found = suppression.load(house / "suppressed.txt", Identities(SECRET)).suppressions
    gone = {made.post.by_recipient[each] for each in found}
    assert gone == {"bob@bounce.example.com", "cy@bounce.example.com"}
    assert set(made.states()) == {"accepted"}
