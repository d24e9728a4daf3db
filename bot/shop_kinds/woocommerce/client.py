"""Calls WooCommerce's REST API (wc/v3): orders and their refunds, products, and new coupons."""

import base64
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, Final, Self

import aiohttp

from bot.kit.json import Json
from bot.kit.shop_kind import CouponRefused, ShopUnreachable, TimeLimits
from bot.shop_kinds.woocommerce.answers import Answer, NoJson
from bot.shop_kinds.woocommerce.settings import WooCommerceSettings
from engine.timestamps import utc

PAGE_SIZE: Final = 100
PAGES_MAX: Final = 1_000
READINGS_MAX: Final = 3
"""Number of times that a list is read when it loses items meanwhile."""
FAILURES: Final = (TimeoutError, aiohttp.ClientError, OSError, ValueError, RecursionError)
"""Errors of a shop that is unreachable or answers with nonsense."""
ORDERS: Final = "/wp-json/wc/v3/orders"
PRODUCTS: Final = "/wp-json/wc/v3/products"
COUPONS: Final = "/wp-json/wc/v3/coupons"
REASON_LENGTH_MAX: Final = 100
THERE_ALREADY: Final = "woocommerce_rest_coupon_code_already_exists"
BEYOND_THE_LAST: Final = "invalid_page_number"
NOT_ALLOWED: Final = (401, 403, 404)


def gmt(at_ms: int) -> str:
    """Returns milliseconds UTC as the API writes times that its fields call GMT: 2026-03-21T10:00:00."""
    return utc(at_ms).strftime("%Y-%m-%dT%H:%M:%S")


_log = logging.getLogger(__name__)


class NotAllowed(ShopUnreachable):
    """Reports that these keys may not read this, or that it no longer exists."""


class WooCommerceClient:
    """Calls one shop. `async with`; keys are sent in a header.

    Where that leads to 401, as at hosts that strip Authorization, they are put into the address instead, which
    WooCommerce accepts over HTTPS.
    """

    def __init__(self, name: str, settings: WooCommerceSettings, limits: TimeLimits) -> None:
        self._name = name
        self._url = settings.url
        key, secret = settings.consumer_key.get_secret_value(), settings.consumer_secret.get_secret_value()
        self._in_header = {"Authorization": f"Basic {base64.b64encode(f'{key}:{secret}'.encode()).decode()}"}
        self._in_address = {"consumer_key": key, "consumer_secret": secret}
        self._header_is_stripped = False
        self._has_shrunk = False
        self._timeout = aiohttp.ClientTimeout(total=limits.total, sock_connect=limits.connect, sock_read=limits.read)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(timeout=self._timeout, cookie_jar=aiohttp.DummyCookieJar())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session is not None:
            await self._session.close()

    async def modified_after(self, at_ms: int) -> AsyncIterator[Any]:
        """Yields every order changed after that moment (ms, UTC), newest change first. Raises ShopUnreachable.

        Newest first, because an order that changes meanwhile then moves others to a later page, where they are read
        twice, and never to an earlier one, where they would be missed. An order that leaves the list moves others to an
        earlier page; they are found when the list is read again.
        """
        after = gmt(at_ms)
        params = {"modified_after": after, "dates_are_gmt": "true", "orderby": "modified", "order": "desc"}
        async for each in self._list(ORDERS, {**params, "status": "any"}):
            yield each

    async def numbered(self, ids: Sequence[str]) -> list[Any]:
        """Returns the existing orders with those numbers. Raises ShopUnreachable."""
        found: list[Any] = []
        for first in range(0, len(ids), PAGE_SIZE):
            params = {"include": ",".join(ids[first : first + PAGE_SIZE]), "status": "any"}
            found += [each async for each in self._list(ORDERS, params)]
        return found

    async def refunds(self, order: str) -> list[Json]:
        """Returns the refunds of an order, with their own lines. Raises NotAllowed, ShopUnreachable."""
        return [each async for each in self._list(f"{ORDERS}/{order}/refunds", {}) if isinstance(each, dict)]

    async def products(self) -> AsyncIterator[Json]:
        """Yields every product, with only its number, SKU and categories. Raises ShopUnreachable."""
        params = {"orderby": "id", "order": "asc", "_fields": "id,sku,categories", "status": "any"}
        async for each in self._list(PRODUCTS, params):
            if isinstance(each, dict):
                yield each

    async def make_coupon(self, coupon: Json) -> None:
        """Creates the coupon; an existing code counts as success.

        Raises CouponRefused, ShopUnreachable.
        """
        answer = await self._ask("POST", COUPONS, {}, coupon)
        if answer.status == 400:
            self._content(answer)
            if answer.code != THERE_ALREADY:
                raise CouponRefused(f"shops.{self._name}: {str(answer.code or None)[:REASON_LENGTH_MAX]}")
        elif answer.status != 201:
            raise ShopUnreachable(f"shops.{self._name}: the shop accepts no coupons, {answer.status_in_words()}")

    async def _list(self, path: str, params: Mapping[str, str]) -> AsyncIterator[Any]:
        """Yields the items of all pages, each numbered item once; reads again where the list lost some meanwhile.

        An item malformed by a plugin does not stop the others: it need not be an object.
        """
        met: set[str] = set()
        for _ in range(READINGS_MAX):
            self._has_shrunk = False
            async for each in self._pages(path, params):
                id = str(each.get("id", "")) if isinstance(each, dict) else ""
                if each not in (None, []) and (not id or id not in met):
                    yield each
                    met.add(id)
            if not self._has_shrunk:
                return
        raise ShopUnreachable(f"shops.{self._name}: the shop's list shrinks while it is read")

    async def _pages(self, path: str, params: Mapping[str, str]) -> AsyncIterator[Any]:
        """Yields the pages, up to the last by the headers, or without them up to the first empty one.

        A short page may not be the last.
        """
        total = 0
        for page in range(1, PAGES_MAX + 1):
            answer = await self._ask("GET", path, {**params, "per_page": str(PAGE_SIZE), "page": str(page)})
            if page > 1 and answer.status == 400 and BEYOND_THE_LAST in answer.code:
                return
            found = self._found(answer)
            self._has_shrunk |= answer.total is not None and answer.total < total
            total = answer.total or 0
            for each in found:
                yield each
            if page >= answer.pages_of(PAGE_SIZE) if answer.pages else not found:
                return
        raise ShopUnreachable(f"shops.{self._name}: more than {PAGES_MAX} pages at once")

    def _found(self, answer: Answer) -> list[Any]:
        if answer.status != 200:
            kind = NotAllowed if answer.status in NOT_ALLOWED else ShopUnreachable
            raise kind(f"shops.{self._name}: the shop answers with {answer.status_in_words()}")
        found = self._content(answer)
        if isinstance(found, dict) and found and all(key.isdecimal() for key in found):
            return list(found.values())  # a PHP list from which a plugin removed an item
        if not isinstance(found, list):
            raise ShopUnreachable(f"shops.{self._name}: the shop's answer is not a list")
        return found

    def _content(self, answer: Answer) -> Any:
        try:
            return answer.json()
        except NoJson as problem:
            raise ShopUnreachable(f"shops.{self._name}: the shop answers {problem}") from None

    async def _ask(self, method: str, path: str, params: Mapping[str, str], content: Json | None = None) -> Answer:
        answer = await self._send(method, path, params, content)
        if answer.status == 401 and not self._header_is_stripped:
            again = await self._send(method, path, {**params, **self._in_address}, content)
            if again.status != 401:
                self._header_is_stripped = True
                _log.info("shop %s: its host strips the header Authorization; keys sent in the URL", self._name)
                return again
        return answer

    async def _send(self, method: str, path: str, params: Mapping[str, str], content: Json | None) -> Answer:
        assert self._session is not None  # created by __aenter__
        keys = self._in_address if self._header_is_stripped else {}
        try:
            async with self._session.request(
                method,
                f"{self._url}{path}",
                params={**params, **keys},
                json=content,
                headers=None if keys else self._in_header,
                allow_redirects=False,
            ) as answer:
                headers = {name.lower(): value for name, value in answer.headers.items()}
                return Answer(answer.status, await answer.read(), headers)
        except FAILURES as problem:
            raise ShopUnreachable(f"shops.{self._name}: {type(problem).__name__}") from None
