"""Defines the configuration's tables about shops: `[http]`, `[shops.NAME]` and `[exchange]`."""

import re
from typing import Annotated, Final, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, model_validator

from bot.config.tables import ConfigTable, CurrencyCode, http_address
from bot.kit.products import CHAT_ORDERS
from bot.kit.shop import PAID_STATUSES, Counted
from engine.exchange import parse_rate

SECRET_LENGTH_MIN = 6
SECRET_LENGTH_SAFE = 16
"""A shorter secret may be guessed."""

_UNPAID: Final = frozenset({"cancelled", "failed", "refunded", "trash", "checkout-draft"})
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def _public_url(url: str) -> str:
    return http_address(url).rstrip("/") if url else url


def _shop_url(url: str) -> str:
    parts = urlsplit(http_address(url)) if url else None
    if parts is not None and parts.scheme != "https" and parts.hostname not in _LOOPBACK:
        raise ValueError("an address that begins with https://, as the keys are sent there")
    return url.rstrip("/")


def _page(page: str) -> str:
    if page and (page.count("{code}") != 1 or re.search("[{}]", page.replace("{code}", ""))):
        raise ValueError("an address with {code} in it, once, and no other braces")
    return http_address(page) if page else page


def _secret(secret: SecretStr) -> SecretStr:
    if len(secret.get_secret_value()) < SECRET_LENGTH_MIN:
        raise ValueError(f"a secret of at least {SECRET_LENGTH_MIN} characters, known to the shop and to us")
    return secret


def _paid_statuses(statuses: list[str]) -> list[str]:
    plain = [status.strip().lower().removeprefix("wc-") for status in statuses]
    if not plain or not all(re.fullmatch(r"[a-z0-9_-]{1,64}", status) for status in plain):
        raise ValueError("statuses of orders by their slugs, such as processing")
    if not _UNPAID.isdisjoint(plain):
        raise ValueError(f"statuses of orders that are paid: none of {', '.join(sorted(_UNPAID))}")
    return plain


def _shop_name(name: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name) or len(name) > 32:
        raise ValueError("a shop's name of small letters, digits and single underscores, at most 32")
    if name in CHAT_ORDERS:
        raise ValueError("another name: this one is the prefix of orders paid in the chat")
    return name


class Http(ConfigTable):
    """Configures the HTTP server for shops and link clicks; without this table none is started. Port 0 picks a free
    one.
    """

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65_535)] = 8080
    public_url: Annotated[str, AfterValidator(_public_url)] = ""


class ShopTable(ConfigTable):
    """Configures one shop: its protocol, the secret it signs or shows, and polling."""

    kind: Literal["api", "woocommerce"]
    secret: Annotated[SecretStr, AfterValidator(_secret)]
    page: Annotated[str, AfterValidator(_page)] = ""
    url: Annotated[str, AfterValidator(_shop_url)] = ""
    consumer_key: SecretStr = SecretStr("")
    consumer_secret: SecretStr = SecretStr("")
    categories: dict[str, str] = Field(default_factory=dict)
    paid_statuses: Annotated[list[str], AfterValidator(_paid_statuses)] = Field(
        default_factory=lambda: sorted(PAID_STATUSES)
    )
    sub_orders: Counted = "parent"

    @property
    def polled(self) -> bool:
        """Returns whether missed orders can be requested."""
        return bool(self.url)

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        keys = (self.consumer_key.get_secret_value(), self.consumer_secret.get_secret_value())
        given = [bool(each) for each in (self.url, *keys)]
        if self.kind == "api" and (any(given) or self.categories):
            raise ValueError('url, consumer_key, consumer_secret and categories for kind = "woocommerce" alone')
        if self.kind == "api" and not {"paid_statuses", "sub_orders"}.isdisjoint(self.model_fields_set):
            raise ValueError('paid_statuses and sub_orders for kind = "woocommerce" alone')
        if any(given) and not all(given):
            raise ValueError("url, consumer_key and consumer_secret together, or none of them")
        return self


Shops = dict[Annotated[str, AfterValidator(_shop_name)], ShopTable]
Rates = dict[Annotated[CurrencyCode, BeforeValidator(str.upper)], Annotated[str, AfterValidator(parse_rate)]]


def no_secret_twice(shops: Shops) -> Shops:
    """Validates that no two shops share a secret, as a secret identifies its shop. Raises ValueError."""
    secrets = [shop.secret.get_secret_value() for shop in shops.values()]
    if len(set(secrets)) < len(secrets):
        raise ValueError("a different secret for each shop")
    return shops
