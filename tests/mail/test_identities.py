"""Keyed hashes in the place of addresses, the secret behind them, and the list of whom nothing is sent to."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.mail import addresses, credentials, suppression
from exporter.mail.credentials import Command, Kept, Variable
from exporter.mail.errors import MailError, SecretError
from exporter.mail.identities import Identities
from exporter.mail.suppression import Suppression

SECRET = "0123456789abcdef0123456789abcdef"
DAY = date(2026, 11, 30)


def identities(secret: str = SECRET) -> Identities:
    """Identities by a secret."""
    return Identities(secret)


def identity(written: str, secret: str = SECRET) -> str:
    """The identity of an address."""
    return identities(secret).recipient(addresses.parse(written))


def test_spellings_of_one_mailbox_are_one_recipient() -> None:
    assert identity("Ann@Bücher.example.com") == identity("ann@xn--bcher-kva.EXAMPLE.com")


def test_another_secret_makes_another_identity() -> None:
    assert identity("ann@example.com") != identity("ann@example.com", "x" * 32)


def test_an_identity_fits_a_return_path_and_names_nobody() -> None:
    found = identity("ann@example.com")
    assert len(f"bounces+{found}") <= 64
    assert set(found) <= set("0123456789abcdef")


@given(st.lists(st.tuples(st.text(max_size=9), st.integers(1, 99), st.text(max_size=9)), unique=True, max_size=9))
def test_no_two_deliveries_share_an_identity(deliveries: list[tuple[str, int, str]]) -> None:
    found = {identities().delivery(*each) for each in deliveries}
    assert len(found) == len(deliveries)


def test_a_test_message_is_another_one_than_the_real_one() -> None:
    assert identities().trial("7", 1, "a") != identities().delivery("7", 1, "a")


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(SecretError, match="openssl rand"):
        identities("secret")


def test_a_changed_secret_is_refused() -> None:
    with pytest.raises(SecretError, match=r"^7\.sqlite3: written with another secret"):
        identities("x" * 32).check(identities().fingerprint, "7.sqlite3")


def test_a_secret_is_not_shown_with_what_holds_it() -> None:
    assert SECRET not in repr(identities())


# --- Where secrets are kept -------------------------------------------------------------------


def owned(path: Path, content: str, mode: int = 0o600) -> Path:
    """A file of one's own."""
    path.write_text(content, encoding="utf-8")
    path.chmod(mode)
    return path


def test_a_secret_comes_from_the_environment() -> None:
    assert credentials.read(Variable("NEWS_SECRET"), {"NEWS_SECRET": SECRET}) == SECRET


def test_a_variable_that_is_not_set_is_told_by_its_name() -> None:
    with pytest.raises(SecretError, match="The environment variable NEWS_SECRET is empty or not set"):
        credentials.read(Variable("NEWS_SECRET"), {})


def test_a_secret_comes_from_a_file_of_ones_own(tmp_path: Path) -> None:
    assert credentials.read(Kept(owned(tmp_path / "key", SECRET + "\n")), {}) == SECRET


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_a_file_others_may_read_is_refused_with_what_mends_it(tmp_path: Path, mode: int) -> None:
    file = owned(tmp_path / "key", SECRET, mode)
    with pytest.raises(SecretError, match=f"chmod 600 {file}"):
        credentials.read(Kept(file), {})


def test_a_file_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(SecretError, match="cannot be read"):
        credentials.read(Kept(tmp_path / "key"), {})


def test_a_command_is_run_without_a_shell(tmp_path: Path) -> None:
    settings = owned(tmp_path / "exporter.toml", "", 0o644)
    command = Command((sys.executable, "-c", "import sys; print(sys.argv[1])", "$(echo no) secret"), settings)
    assert credentials.read(command, {}) == "$(echo no) secret"


def test_a_command_that_others_could_have_written_is_not_run(tmp_path: Path) -> None:
    settings, witness = owned(tmp_path / "exporter.toml", "", 0o666), tmp_path / "ran"
    with pytest.raises(SecretError, match="chmod 644"):
        credentials.read(Command(("touch", str(witness)), settings), {})
    assert not witness.exists()


def test_a_command_that_fails_says_nothing_of_what_it_printed(tmp_path: Path) -> None:
    settings = owned(tmp_path / "exporter.toml", "", 0o600)
    command = Command((sys.executable, "-c", f"print('{SECRET}'); raise SystemExit(3)"), settings)
    with pytest.raises(SecretError, match="ended with status 3") as raised:
        credentials.read(command, {})
    assert SECRET not in str(raised.value)


# --- Whom nothing is sent to ------------------------------------------------------------------


def test_who_left_stays_on_the_list(tmp_path: Path) -> None:
    file = tmp_path / "suppressed.txt"
    suppression.add(file, [Suppression(identity("ann@example.com"), "unsubscribed", DAY)], identities())
    suppression.add(file, [Suppression(identity("bob@example.com"), "bounced", DAY)], identities())
    found = suppression.load(file, identities())
    assert found.reason(identity("ANN@example.com")) == "unsubscribed"
    assert identity("bob@example.com") in found
    assert identity("cat@example.com") not in found


def test_nobody_is_on_the_list_twice(tmp_path: Path) -> None:
    file, ann = tmp_path / "suppressed.txt", Suppression(identity("ann@example.com"), "bounced", DAY)
    assert suppression.add(file, [ann, ann], identities()) == (ann,)
    assert suppression.add(file, [ann], identities()) == ()
    assert len(file.read_text(encoding="ascii").splitlines()) == 2


def test_the_list_holds_no_address_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "suppressed.txt"
    suppression.add(file, [Suppression(identity("ann@example.com"), "bounced", DAY)], identities())
    assert "ann" not in file.read_text(encoding="ascii")
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_list_made_with_another_secret_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "suppressed.txt"
    suppression.add(file, [Suppression(identity("ann@example.com"), "bounced", DAY)], identities())
    with pytest.raises(SecretError, match="another secret"):
        suppression.load(file, identities("x" * 32))


def test_a_line_that_is_not_understood_is_told_by_its_number(tmp_path: Path) -> None:
    file = tmp_path / "suppressed.txt"
    suppression.add(file, [Suppression(identity("ann@example.com"), "bounced", DAY)], identities())
    with file.open("a", encoding="ascii") as more:
        more.write("ann@example.com\n")
    with pytest.raises(MailError, match=r"suppressed\.txt:3: not 'DAY HASH REASON'"):
        suppression.load(file, identities())
