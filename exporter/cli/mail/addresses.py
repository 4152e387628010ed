"""Addresses on the command line."""

from __future__ import annotations

import click

from exporter.mail import addresses
from exporter.mail.addresses import Address, AddressError


class AddressType(click.ParamType[Address]):
    """An address of mail."""

    name = "address"

    def convert(self, value: str | Address, param: click.Parameter | None, ctx: click.Context | None) -> Address:
        """The address."""
        try:
            return addresses.parse(value) if isinstance(value, str) else value
        except AddressError as error:
            self.fail(f"It is no address: {error}.", param, ctx)
