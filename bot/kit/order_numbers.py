"""Numbers orders: the bot gives its own orders numbers that can be said aloud, and keeps others' numbers reserved.

S-104 was recorded by hand, B-105 was paid in the chat; both are counted together. Connected shops and the chat record
their own orders, which nobody types: an order recorded by hand under such a number would block the real one.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Literal, NamedTuple, Protocol

from bot.kit.digits import identifier
from bot.kit.errors import UserError
from bot.kit.products import CHAT_ORDERS
from engine.events.model import Order
from engine.submission import Outcome

Prefix = Literal["S", "B"]
BY_HAND: Final[Prefix] = "S"
PAID_HERE: Final[Prefix] = "B"
FIRST_NUMBER: Final = 101

_OWN: Final = re.compile(r"(?:([sb])\s*[-\u2010-\u2015\u2212_]?\s*)?0*([1-9][0-9]{0,14})", re.IGNORECASE)
_PAID: Final = re.compile(r"B-[0-9]+")


@dataclass(eq=False)
class NumberOfShop(UserError):
    """Raised for a number that begins with a shop's name, or with the prefix of orders paid in the chat."""

    code: ClassVar[str] = "number_of_shop"
    prefix: str


class NumberedOrder(NamedTuple):
    """Holds the id under which an order was recorded, and what came of it."""

    id: str
    outcome: Outcome


class OrderNumbers(Protocol):
    """Gives orders their numbers; the store implements it.

    A `cause` identifies the purchase or payment. Under earlier versions it was itself the order's id, and such orders
    keep theirs.
    """

    async def record(
        self,
        prefix: Prefix,
        cause: str,
        order: Callable[[str], Order],
        *,
        key: str,
        actor: str,
        details: dict[str, Any] | None = None,
    ) -> NumberedOrder:
        """Records the order that `order` makes of its number, in one transaction with the number.

        The same cause has the same number however often it comes, also in another process. Raises as `Engine.submit`.
        """

    async def id_of(self, cause: str) -> str:
        """Returns the id of the order of this cause: its number, or the cause itself where it has none."""

    async def cause_of(self, order: str) -> str:
        """Returns the cause of a numbered order; any other order's id is its own cause."""


def spoken(typed: str) -> list[str]:
    """Returns the ids that may be meant by what people type of a number: s-104, "S104", S-۱۰۴, or 104 alone.

    The likeliest first; nothing for what is no number of the bot's own.
    """
    match = _OWN.fullmatch(identifier(typed).strip("#\u2116 "))
    if match is None:
        return []
    prefixes = [match[1].upper()] if match[1] else [BY_HAND, PAID_HERE]
    return [f"{prefix}-{match[2]}" for prefix in prefixes]


def is_paid_here(order: str) -> bool:
    """Returns whether an order was paid in the chat: numbered B-104, or named by its charge in earlier versions."""
    return _PAID.fullmatch(order) is not None or order.partition(":")[0] in CHAT_ORDERS


def prefix_of_shop(order: str, shops: Iterable[str]) -> str | None:
    """Returns the number's prefix, as "woo:", if its orders are recorded automatically; else None.

    Ignores capitals and full-width letters, in which it could be mistaken for the real one.
    """
    plain = unicodedata.normalize("NFKC", order)
    if _PAID.fullmatch(plain.strip().upper()):
        return f"{PAID_HERE}-"
    name, colon, _ = plain.partition(":")
    name = name.strip().casefold()
    return f"{name}:" if colon and name in (*CHAT_ORDERS, *shops) else None


def refuse_number_of_shop(order: str, shops: Iterable[str]) -> None:
    """Raises NumberOfShop for such a number."""
    if (prefix := prefix_of_shop(order, shops)) is not None:
        raise NumberOfShop(prefix)
