"""Defines shops for handlers: the data that a shop sends, and where it is recorded.

Amounts are minor units of the currency that is named; None for a currency is the programme's own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Final, Literal, Protocol

from engine.errors import MoarefError
from engine.events.model import Line

PAID_STATUSES: Final = frozenset({"processing", "completed"})
"""The states that WooCommerce itself counts as paid."""

Counted = Literal["parent", "children"]
"""Which orders count where a marketplace splits one into sub-orders."""


@dataclass(frozen=True, slots=True)
class Shop:
    """Holds a configured shop. `page` is the address of its links, with {code}.

    `categories` are configured by SKU or product id, `said` are those that the shop reported. Orders in one of
    `paid_statuses` count; of split orders, the parent or its `sub_orders`.
    """

    name: str
    kind: str
    secret: str = field(repr=False)
    page: str = ""
    categories: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict, repr=False)
    paid_statuses: frozenset[str] = PAID_STATUSES
    sub_orders: Counted = "parent"

    @property
    def realm(self) -> str:
        """Returns the realm of its customers' identities."""
        return f"shop:{self.name}"

    def order(self, id: str) -> str:
        """Returns the engine's id of one of its orders, unique across shops."""
        return f"{self.name}:{id}"

    def category_of(self, names: Iterable[str]) -> str | None:
        """Returns a product's category by these names: a configured one, else the one that the shop reported."""
        return next((known[name] for known in (self.categories, self.said) for name in names if name in known), None)

    def address(self, code: str) -> str | None:
        """Returns its page with a member's code in it; None if no page is configured."""
        return self.page.replace("{code}", code) or None


@dataclass(frozen=True, slots=True)
class ShopProduct:
    """Holds a shop's product: the names that lines of orders may use for it, and its category."""

    names: tuple[str, ...]
    category: str | None


@dataclass(frozen=True, slots=True)
class Purchase:
    """Holds an order as its shop sends it. `buyer` is the shop's own customer.

    `codes`: what may say who the buyer is or came through: one-time tokens, referral codes, anything else is passed
    over. `coupons`: what was taken off by, codes of friends' rewards among them. `total` is what refunds are counted
    by, tax and shipping included where the shop does; `at` is kept as information alone. `guest` is what the
    buyer is called while the shop has no account of theirs; empty where each buyer has one.
    """

    shop: Shop
    id: str
    buyer: str
    lines: tuple[Line, ...]
    total: int
    currency: str | None = None
    codes: tuple[str, ...] = ()
    at: str | None = None
    coupons: tuple[str, ...] = ()
    guest: str = ""


@dataclass(frozen=True, slots=True)
class Refunding:
    """Holds a refund by a shop, in the order's currency; None is all that is left."""

    shop: Shop
    order: str
    amount: int | None = None


PaymentState = Literal["paid", "open", "over"]
"""paid: it counts; open: not yet, or not decided; over: nothing of it is left."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Holds an order's state at a shop: `modified` in milliseconds UTC, `refunded` of the purchase's total.

    The shop's figures are so many of the currency's major unit as `factor` says. `shipping_refunded` is the part of
    `refunded` for shipping alone, `goods_refunded` the part for the lines, where the refunds' own lines are known.
    `parent` is the number of the order that it is a part of; `split`: there are orders that are parts of it.
    """

    purchase: Purchase
    status: str
    payment_state: PaymentState
    modified: int
    refunded: int
    factor: int = 1
    shipping_refunded: int = 0
    parent: str | None = None
    split: bool = False
    goods_refunded: int | None = None

    @property
    def wants_refund_lines(self) -> bool:
        """Returns whether its refunds' details matter: after no refund or a complete one they do not."""
        return self.refunded > 0 and self.goods_refunded is None and self.payment_state != "over"

    @property
    def refunded_part(self) -> tuple[int, int]:
        """Returns the refunded part of the whole, both without shipping: an unspecified refund counts for the goods."""
        total = self.purchase.total - self.shipping_refunded
        return min(self.refunded - self.shipping_refunded, total), total


@dataclass(frozen=True, slots=True)
class Receipt:
    """Holds the result of an order, in minor units of the programme's currency.

    `credited`: whether a member is; else `reason` is the engine's code. `repeated`: it was recorded before.
    """

    order: str
    total: int
    refunded: int
    currency: str
    credited: bool
    reason: str | None
    repeated: bool = False


Change = Literal["recorded", "refunded", "nothing", "older", "refused"]
"""The effect of a snapshot."""


@dataclass(frozen=True, slots=True)
class ShopProblem:
    """Holds a problem for admins: `kind` is a refusal's code, "more_left", "deleted" or "unreadable".

    For an unreadable order `order` is its number as far as readable, and `content` holds the `reason` alone.
    """

    shop: str
    order: str
    kind: str
    content: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OpenProblem:
    """Holds a problem that nobody has dealt with."""

    id: int
    problem: ShopProblem


class ShopProblemList(Protocol):
    """Lists open problems for admins; bot/shops implements it."""

    async def waiting(self, *, skip: int, count: int) -> tuple[list[OpenProblem], int]:
        """Returns a page of the open problems, the oldest first, and their total number."""

    async def settle(self, id: int) -> bool:
        """Notes that a problem has been dealt with. Returns whether it was open."""


class ShopOrders(Protocol):
    """Records shops' data, each in one durable transaction before anything is answered."""

    async def order(self, purchase: Purchase, *, key: str | None) -> Receipt:
        """Records an order. Raises RequestConflict, NoRate, Worthless, Conflict (of the engine)."""

    async def refund(self, refunding: Refunding, *, key: str | None) -> Receipt:
        """Records a refund. Raises RequestConflict, UnknownOrder, OverRefund with `left` in the order's currency."""

    async def snapshot(self, snapshot: Snapshot) -> Change:
        """Records an order's state; an unacceptable one is kept for the admins as refused, without an error."""

    async def unreadable(self, shop: Shop, order: str, problem: "Malformed") -> None:
        """Keeps an unreadable order with the reason until it can be read; admins are notified."""

    async def deleted(self, shop: Shop, order: str) -> None:
        """Notes that the shop has deleted the order. No money moves; admins are notified if some is left."""


class Categories(Protocol):
    """Stores shops' product categories."""

    async def put(self, shop: Shop, products: Iterable[ShopProduct]) -> None:
        """Stores the products' categories, for orders read from now on."""


class Clicks(Protocol):
    """Counts clicks."""

    async def count(self, code: str, tag: str) -> None:
        """Adds one click to today's count."""


@dataclass(eq=False)
class ShopError(MoarefError):
    """Base of errors about a shop's data that cannot be recorded; `code` is stable and public."""

    code: ClassVar[str] = "shop_error"

    def __str__(self) -> str:
        return self.code


@dataclass(eq=False)
class RequestConflict(ShopError):
    """Raised for an id or an idempotency key that was used with other content."""

    code: ClassVar[str] = "conflict"
    id: str


@dataclass(eq=False)
class Malformed(ShopError):
    """Raised for data that cannot be read as an order; `key` names the place."""

    code: ClassVar[str] = "malformed"
    key: str
    expected: str


@dataclass(eq=False)
class NoRate(ShopError):
    """Raised for an order in a currency without a configured rate."""

    code: ClassVar[str] = "no_rate"
    currency: str


@dataclass(eq=False)
class Worthless(ShopError):
    """Raised for an order that comes to nothing in the programme's currency, or to more than is recorded: `total` minor
    units.
    """

    code: ClassVar[str] = "worthless"
    order: str
    total: int = 0
