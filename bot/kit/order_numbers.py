"""Reserves order numbers: connected shops and the chat record their own orders, which nobody types.

An order recorded by hand under such a number would block the real one.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from bot.kit.errors import UserError
from bot.kit.products import CHAT_ORDERS


@dataclass(eq=False)
class NumberOfShop(UserError):
    """Raised for a number that begins with a shop's name, or with the prefix of orders paid in the chat."""

    code: ClassVar[str] = "number_of_shop"
    prefix: str


def prefix_of_shop(order: str, shops: Iterable[str]) -> str | None:
    """Returns the number's prefix, as "woo:", if its orders are recorded automatically; else None.

    Ignores capitals and full-width letters, in which it could be mistaken for the real one.
    """
    name, colon, _ = unicodedata.normalize("NFKC", order).partition(":")
    name = name.strip().casefold()
    return f"{name}:" if colon and name in (*CHAT_ORDERS, *shops) else None


def refuse_number_of_shop(order: str, shops: Iterable[str]) -> None:
    """Raises NumberOfShop for such a number."""
    if (prefix := prefix_of_shop(order, shops)) is not None:
        raise NumberOfShop(prefix)
