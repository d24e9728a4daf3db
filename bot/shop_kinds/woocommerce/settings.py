"""Defines the settings of a WooCommerce shop."""

import re
from collections.abc import Iterator
from typing import Annotated, Final, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, model_validator

from bot.kit.config_tables import http_address
from bot.kit.shop import PAID_STATUSES, Counted
from bot.kit.shop_kind import ShopSettings

NEEDED_FOR_CALLS: Final = "url, consumer_key and consumer_secret"

_UNPAID: Final = frozenset({"cancelled", "failed", "refunded", "trash", "checkout-draft"})
_LOOPBACK: Final = ("127.0.0.1", "::1", "localhost")


def _shop_url(url: str) -> str:
    parts = urlsplit(http_address(url)) if url else None
    if parts is not None and parts.scheme != "https" and parts.hostname not in _LOOPBACK:
        raise ValueError("an address that begins with https://, as the keys are sent there")
    return url.rstrip("/")


def _paid_statuses(statuses: list[str]) -> list[str]:
    plain = [status.strip().lower().removeprefix("wc-") for status in statuses]
    if not plain or not all(re.fullmatch(r"[a-z0-9_-]{1,64}", status) for status in plain):
        raise ValueError("statuses of orders by their slugs, such as processing")
    if not _UNPAID.isdisjoint(plain):
        raise ValueError(f"statuses of orders that are paid: none of {', '.join(sorted(_UNPAID))}")
    return plain


class WooCommerceSettings(ShopSettings):
    """Configures one shop: its REST API and the keys for it, and which orders count."""

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

    @property
    def takes_coupons(self) -> bool:
        """Returns whether friends' codes can become coupons there: by the same keys as orders are requested with."""
        return self.polled

    def warnings(self) -> Iterator[tuple[str, str]]:
        """Yields what the operator may not have meant, each by its key."""
        if not self.polled:
            yield "url", "there is none, so changes missed by the shop's webhooks are never polled"

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        keys = (self.consumer_key.get_secret_value(), self.consumer_secret.get_secret_value())
        given = [bool(each) for each in (self.url, *keys)]
        if any(given) and not all(given):
            raise ValueError(f"{NEEDED_FOR_CALLS} together, or none of them")
        return self
