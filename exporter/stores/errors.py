"""What a store answers instead of doing what it is asked."""

from __future__ import annotations

import errno


class StoreError(OSError):
    """A store cannot be reached or refuses; ``filename`` is the address, ``strerror`` the store's reason."""

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(errno.EIO, reason, address)

    def __reduce__(self) -> tuple[type[StoreError], tuple[str, str]]:
        """OSError would be unpickled from three arguments."""
        return type(self), (str(self.filename), str(self.strerror))
