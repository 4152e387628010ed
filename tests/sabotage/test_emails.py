"""Every broken body of an email is caught by ``exporter verify``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sabotage import emails
from tests.sabotage.trial import caught, sound


@pytest.mark.parametrize("name", ["email.html", "email.txt"])
def test_the_sound_body_is_found_sound(name: str, tmp_path: Path) -> None:
    assert caught(sound(name), name, tmp_path) == ()


@pytest.mark.parametrize("name", emails.HTML)
def test_a_broken_html_body_is_caught(name: str, tmp_path: Path) -> None:
    assert caught(emails.HTML[name](sound("email.html")), "email.html", tmp_path)


@pytest.mark.parametrize("name", emails.TEXT)
def test_a_broken_text_body_is_caught(name: str, tmp_path: Path) -> None:
    assert caught(emails.TEXT[name](sound("email.txt")), "email.txt", tmp_path)


def test_each_variant_changes_the_body() -> None:
    changed = [variant(sound("email.html")) != sound("email.html") for variant in emails.HTML.values()]
    changed += [variant(sound("email.txt")) != sound("email.txt") for variant in emails.TEXT.values()]
    assert all(changed)
