"""WooCommerce's REST API (wc/v3), as far as it is asked: which orders have changed, which products there are, and for
new coupons.
"""

import base64
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from typing import Any, Final, Self

import aiohttp

from bot.config.shops import ShopTable
from engine.errors import MoarefError

PAGE_SIZE: Final = 100
PAGES_MAX: Final = 1_000
TIMEOUT: Final = aiohttp.ClientTimeout(total=60, sock_connect=10, sock_read=30)
FAILURES: Final = (TimeoutError, aiohttp.ClientError, OSError, ValueError, RecursionError)
"""What a shop that is away, or talks nonsense, leads to."""
ORDERS: Final = "/wp-json/wc/v3/orders"
PRODUCTS: Final = "/wp-json/wc/v3/products"
COUPONS: Final = "/wp-json/wc/v3/coupons"
REASON_LENGTH_MAX: Final = 100
THERE_ALREADY: Final = "woocommerce_rest_coupon_code_already_exists"


class ShopUnreachable(MoarefError):
    """A shop does not answer as it should; the text holds no key."""


class CouponRefused(MoarefError):
    """A shop does not take this one coupon."""


class ShopClient:
    """Asks one shop. `async with`; keys travel in a header and never in an address."""

    def __init__(self, name: str, table: ShopTable) -> None:
        self._name = name
        self._url = table.url
        keys = f"{table.consumer_key.get_secret_value()}:{table.consumer_secret.get_secret_value()}"
        self._headers = {"Authorization": f"Basic {base64.b64encode(keys.encode()).decode()}"}
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        jar = aiohttp.DummyCookieJar()
        self._session = aiohttp.ClientSession(timeout=TIMEOUT, headers=self._headers, cookie_jar=jar)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session is not None:
            await self._session.close()

    async def modified_after(self, at_ms: int) -> AsyncIterator[dict[str, Any]]:
        """Every order changed after that moment (ms, UTC), the newest change first. Raises ShopUnreachable.

        Newest first, because an order that changes meanwhile then moves others to a later page, where they are met
        twice, and never to an earlier one, where they would be missed.
        """
        after = datetime.fromtimestamp(at_ms // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S")
        params = {"modified_after": after, "dates_are_gmt": "true", "orderby": "modified", "order": "desc"}
        async for each in self._pages(ORDERS, params):
            yield each

    async def numbered(self, ids: Sequence[str]) -> list[dict[str, Any]]:
        """The orders of those numbers that are there. Raises ShopUnreachable."""
        pages = [ids[first : first + PAGE_SIZE] for first in range(0, len(ids), PAGE_SIZE)]
        return [each for page in pages for each in await self._page(ORDERS, {"include": ",".join(page)})]

    async def products(self) -> AsyncIterator[dict[str, Any]]:
        """Every product, with its number, SKU and categories alone. Raises ShopUnreachable."""
        async for each in self._pages(PRODUCTS, {"orderby": "id", "order": "asc", "_fields": "id,sku,categories"}):
            yield each

    async def make_coupon(self, coupon: dict[str, Any]) -> None:
        """The shop has this coupon from here on; a code that is there already is as good.

        Raises CouponRefused, ShopUnreachable.
        """
        assert self._session is not None  # __aenter__ has made it
        try:
            async with self._session.post(f"{self._url}{COUPONS}", json=coupon, allow_redirects=False) as answer:
                status = answer.status
                told = await answer.json() if status == 400 else None
        except FAILURES as problem:
            raise ShopUnreachable(f"shops.{self._name}: {type(problem).__name__}") from None
        if status == 400:
            why = told.get("code") if isinstance(told, dict) else None
            if why != THERE_ALREADY:
                raise CouponRefused(f"shops.{self._name}: {str(why)[:REASON_LENGTH_MAX]}")
        elif status != 201:
            raise ShopUnreachable(f"shops.{self._name}: the shop takes no coupon, status {status}")

    async def _pages(self, path: str, params: dict[str, str]) -> AsyncIterator[dict[str, Any]]:
        for page in range(1, PAGES_MAX + 1):
            found = await self._page(path, {**params, "page": str(page)})
            for each in found:
                yield each
            if len(found) < PAGE_SIZE:
                return
        raise ShopUnreachable(f"shops.{self._name}: more than {PAGES_MAX * PAGE_SIZE} at once")

    async def _page(self, path: str, params: dict[str, str]) -> list[dict[str, Any]]:
        assert self._session is not None  # __aenter__ has made it
        asked = {**params, "per_page": str(PAGE_SIZE), "status": "any"}
        try:
            async with self._session.get(f"{self._url}{path}", params=asked, allow_redirects=False) as answer:
                if answer.status != 200:
                    raise ShopUnreachable(f"shops.{self._name}: the shop answers with status {answer.status}")
                found = await answer.json()
        except FAILURES as problem:
            raise ShopUnreachable(f"shops.{self._name}: {type(problem).__name__}") from None
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            raise ShopUnreachable(f"shops.{self._name}: the shop's answer is no list")
        return found
