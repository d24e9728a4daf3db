"""Defines kinds of shops: what each must tell of a platform, so that orders of its shops can be taken.

An implementation is a file or a package in `bot/shop_kinds/`; handlers get them with their services.
"""

import hashlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Annotated, Any, Final, Protocol, TypeVar

from pydantic import AfterValidator, SecretStr

from bot.kit.config_tables import ConfigTable, http_address
from bot.kit.failed_attempts import Reason
from bot.kit.shop import Malformed, Shop, ShopProduct, Snapshot
from engine.errors import MoarefError
from engine.money import Currency

SECRET_LENGTH_MIN: Final = 6
DIGEST_LENGTH: Final = 12
UNNAMED: Final = "body-"
"""What names of bodies without an order's number begin with; the queries know it."""


def _page(page: str) -> str:
    if page and (page.count("{code}") != 1 or re.search("[{}]", page.replace("{code}", ""))):
        raise ValueError("an address with {code} in it, once, and no other braces")
    return http_address(page) if page else page


def _secret(secret: SecretStr) -> SecretStr:
    if len(secret.get_secret_value()) < SECRET_LENGTH_MIN:
        raise ValueError(f"a secret of at least {SECRET_LENGTH_MIN} characters, known to the shop and to us")
    return secret


class ShopSettings(ConfigTable):
    """Configures one shop: its kind, the secret it signs with or shows, and the page of its links. Kinds add keys."""

    kind: str
    secret: Annotated[SecretStr, AfterValidator(_secret)]
    page: Annotated[str, AfterValidator(_page)] = ""

    @property
    def polled(self) -> bool:
        """Returns whether missed orders can be requested."""
        return False

    @property
    def takes_coupons(self) -> bool:
        """Returns whether friends' codes can become coupons there."""
        return False

    def warnings(self) -> Iterable[tuple[str, str]]:
        """Returns what the operator may not have meant, each by its key."""
        return ()

    @property
    def secrets(self) -> list[SecretStr]:
        """Returns the values of all keys that hold a secret."""
        values = (getattr(self, name) for name in type(self).model_fields)
        return [value for value in values if isinstance(value, SecretStr)]


Settings = TypeVar("Settings", bound=ShopSettings)


class BodyRefused(Exception):
    """Ends a request whose body is too large or does not arrive."""


class Unauthenticated(MoarefError):
    """Raised for a delivery that the shop has not sent; `detail` is for the shop's developers."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


class ShopUnreachable(MoarefError):
    """Reports a shop that is unreachable or answers wrongly; the text contains no key."""


class CouponRefused(MoarefError):
    """Reports that a shop rejects this one coupon."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """Holds a webhook's request. `headers` are looked up in any case; `body` reads at most so many bytes.

    `body` raises BodyRefused for a body over them.
    """

    headers: Mapping[str, str]
    body: Callable[[int], Awaitable[bytes]]


@dataclass(frozen=True, slots=True)
class UnreadableOrder:
    """Holds an order that cannot be read: its number as far as readable, else a name for its body, and the reason."""

    order: str
    problem: Malformed


@dataclass(frozen=True, slots=True)
class DeletedOrder:
    """Holds the number of an order that the shop has deleted."""

    order: str


def name_of_body(body: bytes) -> str:
    """Names a body without an order's number by a digest."""
    return f"{UNNAMED}{hashlib.sha256(body).hexdigest()[:DIGEST_LENGTH]}"


Delivered = Snapshot | UnreadableOrder | DeletedOrder | ShopProduct
"""What a delivery may hold."""


class Webhooks(Protocol):
    """Reads the webhooks of a kind of shop."""

    async def verified_body(self, delivery: Delivery, shop: Shop) -> bytes | None:
        """Returns the body that the shop has signed; None for a test of the connection, which is acknowledged.

        Raises Unauthenticated, where possible before the body is read, and BodyRefused.
        """

    def read(self, headers: Mapping[str, str], body: bytes, shop: Shop) -> Delivered | None:
        """Parses a verified delivery; None for one that is of no interest. An unreadable order is no error."""


@dataclass(frozen=True, slots=True)
class Coupon:
    """Holds a reward code as a coupon: single use, not combinable.

    `percent` is a text such as "10%", "" for none; else `amount` counts, in minor units of `currency`. `expires_at` is
    ms UTC, None for never. `reward` is the configured id, for the shop's own staff.
    """

    code: str
    reward: str
    percent: str
    amount: int
    currency: Currency
    expires_at: int | None = None


class ShopConnection(Protocol):
    """Asks one shop. Each method raises ShopUnreachable."""

    def orders_modified_after(self, shop: Shop, at_ms: int) -> AsyncIterator[Snapshot | UnreadableOrder]:
        """Yields every order changed after that moment (ms, UTC), newest change first."""

    async def orders_numbered(self, shop: Shop, ids: Sequence[str]) -> list[Snapshot | UnreadableOrder]:
        """Returns the existing orders with those numbers."""

    async def with_refund_lines(self, snapshot: Snapshot) -> Snapshot:
        """Returns the snapshot with its refunded goods; unchanged where the shop does not tell them."""

    def products(self) -> AsyncIterator[ShopProduct]:
        """Yields every product that can be read."""

    async def make_coupon(self, coupon: Coupon) -> None:
        """Creates the coupon; an existing code counts as success. Raises CouponRefused, too."""


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """Holds the limits of one request to a shop, in seconds: in all, to connect, and between two parts."""

    total: float
    connect: float
    read: float


PATIENT: Final = TimeLimits(60, 10, 30)
"""Limits where nobody waits for the answer."""


class ShopKind(Protocol[Settings]):
    """Describes a kind of shop. What a kind does not override, it does not do.

    `name` is its kind in the configuration and part of its webhooks' address; `title` is the platform's own name.
    """

    name: str
    title: str
    settings: type[Settings]
    uses_purchase_api: bool = False
    """Whether its shops show their secret at the purchase API, and report orders there."""
    webhooks: Webhooks | None = None
    needed_for_polling: str = ""
    """The settings without which a shop cannot be asked, in words; "" where no shop can."""
    needed_for_coupons: str = ""
    """The settings without which a shop takes no coupons, in words; "" where no shop does."""

    def shop(self, name: str, settings: Settings, said: Mapping[str, str]) -> Shop:
        """Returns a configured shop for handlers; `said` are the categories that the shop reports, a live view."""
        return Shop(name, self.name, settings.secret.get_secret_value(), settings.page, said=said)

    def connection(
        self, name: str, settings: Settings, limits: TimeLimits
    ) -> AbstractAsyncContextManager[ShopConnection]:
        """Returns a connection to a shop whose settings are `polled` or `takes_coupons`."""
        _ = limits
        raise ShopUnreachable(f"shops.{name}: shops of kind {settings.kind} cannot be asked")


ShopKinds = Mapping[str, ShopKind[Any]]
"""The known kinds, by name."""
