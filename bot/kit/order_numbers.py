"""Which numbers of orders nobody types: those of connected shops and of the chat itself, which bring their own orders.

An order that is recorded by hand under such a number would keep the real one out.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from bot.kit.errors import UserError
from bot.kit.products import CHAT_ORDERS


@dataclass(eq=False)
class NumberOfShop(UserError):
    """A number that begins with a shop's name, or as those of orders do that are paid in the chat."""

    code: ClassVar[str] = "number_of_shop"
    prefix: str


def prefix_of_shop(order: str, shops: Iterable[str]) -> str | None:
    """Returns what the number begins with, as "woo:", where its orders come by themselves; else None.

    However it is written: in capital or full-width letters it could be mistaken for the real one.
    """
    name, colon, _ = unicodedata.normalize("NFKC", order).partition(":")
    name = name.strip().casefold()
    return f"{name}:" if colon and name in (*CHAT_ORDERS, *shops) else None


def refuse_number_of_shop(order: str, shops: Iterable[str]) -> None:
    """Raises NumberOfShop for such a number."""
    if (prefix := prefix_of_shop(order, shops)) is not None:
        raise NumberOfShop(prefix)
