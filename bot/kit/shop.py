"""Shops as handlers see them: what a shop says, and where it is recorded.

Amounts are minor units of the currency that is named; None for a currency is the programme's own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Final, Literal, Protocol

from engine.errors import MoarefError
from engine.events.model import Line

PAID_STATUSES: Final = frozenset({"processing", "completed"})
"""What WooCommerce itself calls an order that is paid."""

Counted = Literal["parent", "children"]
"""Which orders count where a marketplace splits one into sub-orders."""


@dataclass(frozen=True, slots=True)
class Shop:
    """A configured shop. `page` is where its links lead, with {code}.

    `categories` are by SKU or product id as the configuration has them, `said` as the shop says by now. Orders in one
    of `paid_statuses` count; of those that a marketplace splits, the parent or its `sub_orders`.
    """

    name: str
    kind: Literal["api", "woocommerce"]
    secret: str = field(repr=False)
    page: str = ""
    categories: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict, repr=False)
    paid_statuses: frozenset[str] = PAID_STATUSES
    sub_orders: Counted = "parent"

    @property
    def realm(self) -> str:
        """The realm of its customers' identities."""
        return f"shop:{self.name}"

    def order(self, id: str) -> str:
        """The engine's id of one of its orders: no two shops' orders have one name."""
        return f"{self.name}:{id}"

    def category_of(self, names: Iterable[str]) -> str | None:
        """Of a product with these names: what is configured for one of them, else what the shop says."""
        return next((known[name] for known in (self.categories, self.said) for name in names if name in known), None)

    def address(self, code: str) -> str | None:
        """Its page with a member's code in it; None where no page is configured."""
        return self.page.replace("{code}", code) or None


@dataclass(frozen=True, slots=True)
class ShopProduct:
    """What a shop says of a product: the names that lines of orders may call it by, and the category it is in."""

    names: tuple[str, ...]
    category: str | None


@dataclass(frozen=True, slots=True)
class Purchase:
    """An order as its shop tells of it. `buyer` is the shop's own customer.

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
    """Money that a shop gave back, in the order's currency; None is all that is left."""

    shop: Shop
    order: str
    amount: int | None = None


Standing = Literal["paid", "open", "over"]
"""paid: it counts; open: not yet, or not decided; over: nothing of it is left."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An order as its shop has it at a moment: `modified` in milliseconds UTC, `refunded` of the purchase's total.

    Figures of the shop are so many of the currency's major unit as `factor` says. `shipping_refunded` is what of
    `refunded` was for shipping alone, `goods_refunded` what was for the lines, where the refunds' own lines are known.
    `parent` is the number of the order that it is a part of; `split`: there are orders that are parts of it.
    """

    purchase: Purchase
    status: str
    standing: Standing
    modified: int
    refunded: int
    factor: int = 1
    shipping_refunded: int = 0
    parent: str | None = None
    split: bool = False
    goods_refunded: int | None = None

    @property
    def refunded_part(self) -> tuple[int, int]:
        """Returns how much went back of how much, both without shipping: as it is not told of what, so of the goods."""
        total = self.purchase.total - self.shipping_refunded
        return min(self.refunded - self.shipping_refunded, total), total


@dataclass(frozen=True, slots=True)
class Receipt:
    """What has become of an order, in minor units of the programme's currency.

    `credited`: whether a member is; else `reason` says why not, as the engine calls it. `repeated`: it was so before.
    """

    order: str
    total: int
    refunded: int
    currency: str
    credited: bool
    reason: str | None
    repeated: bool = False


Change = Literal["recorded", "refunded", "nothing", "older", "refused"]
"""What a snapshot came to."""


@dataclass(frozen=True, slots=True)
class ShopProblem:
    """What an admin has to look at: `kind` is a refusal's code, "more_left", "deleted" or "unreadable".

    Of what cannot be read `order` is the number as far as it shows, and `content` names the `reason` alone.
    """

    shop: str
    order: str
    kind: str
    content: Mapping[str, str]


class ShopOrders(Protocol):
    """Where what shops say is recorded, each in one durable transaction before anything is answered."""

    async def order(self, purchase: Purchase, *, key: str | None) -> Receipt:
        """Raises RequestConflict, NoRate, Worthless, Conflict (of the engine)."""

    async def refund(self, refunding: Refunding, *, key: str | None) -> Receipt:
        """Raises RequestConflict, UnknownOrder, OverRefund with `left` in the order's currency."""

    async def snapshot(self, snapshot: Snapshot) -> Change:
        """What cannot be taken is kept for the admins: refused, and no error."""

    async def unreadable(self, shop: Shop, order: str, problem: "Malformed") -> None:
        """What a shop says of this order cannot be read: kept with the reason until it can; admins hear of it."""

    async def deleted(self, shop: Shop, order: str) -> None:
        """The shop no longer has the order. No money moves; the admins hear of it where some is left."""


class Categories(Protocol):
    """Where what shops say of their products is kept."""

    async def put(self, shop: Shop, products: Iterable[ShopProduct]) -> None:
        """Orders that are read from now on know it."""


class Clicks(Protocol):
    """Where clicks are counted."""

    async def count(self, code: str, tag: str) -> None:
        """One more, today."""


@dataclass(eq=False)
class ShopError(MoarefError):
    """The root of what a shop says that cannot be recorded; `code` is stable and public."""

    code: ClassVar[str] = "shop_error"

    def __str__(self) -> str:
        return self.code


@dataclass(eq=False)
class RequestConflict(ShopError):
    """An id or an idempotency key that came before with other content."""

    code: ClassVar[str] = "conflict"
    id: str


@dataclass(eq=False)
class Malformed(ShopError):
    """What cannot be read as an order; `key` names the place."""

    code: ClassVar[str] = "malformed"
    key: str
    expected: str


@dataclass(eq=False)
class NoRate(ShopError):
    """An order in a currency that the configuration has no rate for."""

    code: ClassVar[str] = "no_rate"
    currency: str


@dataclass(eq=False)
class Worthless(ShopError):
    """An order that comes to nothing in the programme's currency, or to more than is recorded: `total` minor units."""

    code: ClassVar[str] = "worthless"
    order: str
    total: int = 0
