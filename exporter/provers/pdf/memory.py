"""Answers that do not change, each asked for once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Key = TypeVar("Key")
Answer = TypeVar("Answer")


class Memory(dict[Key, Answer]):
    """What ``ask`` answers to each key: ``memory[key]`` asks where nobody did before."""

    def __init__(self, ask: Callable[[Key], Answer]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, key: Key) -> Answer:
        answer = self[key] = self._ask(key)
        return answer
