"""Fakes a WordPress shop's REST API: changed orders, orders by number, and creating coupons."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.config.shops import Http
from bot.web.server import HttpServer
from storefront import until_it_listens

CONSUMER_KEY: Final = "ck_0123456789abcdef0123456789abcdef01234567"
CONSUMER_SECRET: Final = "cs_0123456789abcdef0123456789abcdef01234567"
Json = dict[str, Any]


@dataclass
class FakeShop:
    """Holds `orders` by number; `asked` are the parameters of each request; requests fail while `failures` are left.

    Coupons with the codes in `refused` are rejected; with `nonsense` all are, with this text. `refunds` by order, with
    lines of their own. `hidden` orders count in a page but are missing from it. `counts`: whether it sends the number
    of pages; `counted`: what it sends instead; `strips_keys`: whether its host removes the header Authorization; `page`
    is HTML served instead of the API. `between` is called after each page of orders. `among_orders` is added to each
    list of changed orders; `lists_as_objects`: lists are objects with numbered keys.
    """

    address: str = ""
    orders: dict[int, Json] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    failures: int = 0
    coupons: dict[str, Json] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    products: list[Json] = field(default_factory=list)
    hides_products: bool = False
    nonsense: str = ""
    refunds: dict[int, list[Json]] = field(default_factory=dict)
    hides_refunds: bool = False
    hidden: set[int] = field(default_factory=set)
    counts: bool = True
    counted: dict[str, str] = field(default_factory=dict)
    strips_keys: bool = False
    among_orders: list[Any] = field(default_factory=list)
    lists_as_objects: bool = False
    page: str = ""
    between: Callable[[int], None] = lambda _: None

    def put(self, *orders: Json) -> None:
        """Stores these orders."""
        self.orders |= {order["id"]: order for order in orders}

    def _refusal(self, request: Request, code: str, *, fails: bool = True) -> Response | None:
        """Returns the response that replaces the answer, None where the request is answered."""
        header = None if self.strips_keys else request.headers.get("authorization")
        in_address = [request.query_params.get(name) for name in ("consumer_key", "consumer_secret")]
        if header != authorization() and in_address != [CONSUMER_KEY, CONSUMER_SECRET]:
            return JSONResponse({"code": code}, 401)
        if self.page:
            return Response(self.page, media_type="text/html")
        if fails and self.failures:
            self.failures -= 1
            return Response("<html>Error establishing a database connection</html>", 500)
        return None

    async def listed(self, request: Request) -> Response:
        """Answers GET /wp-json/wc/v3/orders."""
        if (refusal := self._refusal(request, "woocommerce_rest_cannot_view")) is not None:
            return refusal
        asked = dict(request.query_params)
        self.asked.append(asked)
        answer = self._paged(self._found(asked), asked)
        self.between(int(asked["page"]))
        return answer

    async def refunded(self, request: Request) -> Response:
        """Answers GET /wp-json/wc/v3/orders/ID/refunds."""
        if self.hides_refunds:
            return JSONResponse({"code": "woocommerce_rest_cannot_view"}, 403)
        if (refusal := self._refusal(request, "woocommerce_rest_cannot_view")) is not None:
            return refusal
        return self._paged(self.refunds.get(request.path_params["id"], []), dict(request.query_params))

    async def made(self, request: Request) -> Response:
        """Answers POST /wp-json/wc/v3/coupons; codes are stored in lower case, as WooCommerce does."""
        if (refusal := self._refusal(request, "woocommerce_rest_cannot_create")) is not None:
            return refusal
        if self.nonsense:
            return Response(self.nonsense, 400, media_type="application/json")
        coupon = await request.json()
        if coupon["code"] in self.refused:
            return JSONResponse({"code": "rest_invalid_param", "data": {"status": 400}}, 400)
        if coupon["code"].lower() in self.coupons:
            return JSONResponse({"code": "woocommerce_rest_coupon_code_already_exists", "data": {"status": 400}}, 400)
        self.coupons[coupon["code"].lower()] = coupon
        return JSONResponse({"id": 719 + len(self.coupons), **coupon}, 201)

    async def shelf(self, request: Request) -> Response:
        """Answers GET /wp-json/wc/v3/products."""
        if self.hides_products or self._refusal(request, "", fails=False) is not None:
            return JSONResponse({"code": "woocommerce_rest_cannot_view"}, 401)
        wanted = request.query_params["_fields"].split(",")
        shown = [{name: each[name] for name in wanted} for each in self.products]
        return self._paged(shown, dict(request.query_params))

    def _found(self, asked: dict[str, str]) -> list[Json]:
        if "include" in asked:
            return [self.orders[int(id)] for id in asked["include"].split(",") if int(id) in self.orders]
        assert (asked["dates_are_gmt"], asked["orderby"], asked["order"]) == ("true", "modified", "desc")
        found = [each for each in self.orders.values() if each["date_modified_gmt"] > asked["modified_after"]]
        return sorted(found, key=lambda each: str(each["date_modified_gmt"]), reverse=True)

    def _paged(self, found: list[Json], asked: dict[str, str]) -> Response:
        size, page = int(asked["per_page"]), int(asked["page"])
        shown = [each for each in found[(page - 1) * size : page * size] if each.get("id") not in self.hidden]
        content: Any = [*shown, *self.among_orders] if "modified_after" in asked else shown
        if self.lists_as_objects:
            content = {str(2 * place): each for place, each in enumerate(content)}
        counted = {"X-WP-Total": str(len(found)), "X-WP-TotalPages": str(-(-len(found) // size))}
        counted |= self.counted
        return Response(json.dumps(content), media_type="application/json", headers=counted if self.counts else None)


def authorization() -> str:
    """Returns the header of a request with the keys."""
    return f"Basic {base64.b64encode(f'{CONSUMER_KEY}:{CONSUMER_SECRET}'.encode()).decode()}"


@asynccontextmanager
async def fake_shop() -> AsyncIterator[FakeShop]:
    """Serves the fake shop on the loopback."""
    shop = FakeShop()
    server = HttpServer(Http(port=0))
    routes = [
        Route("/wp-json/wc/v3/orders", shop.listed),
        Route("/wp-json/wc/v3/orders/{id:int}/refunds", shop.refunded),
        Route("/wp-json/wc/v3/products", shop.shelf),
        Route("/wp-json/wc/v3/coupons", shop.made, methods=["POST"]),
    ]
    app = Starlette(routes=routes)
    serving = asyncio.ensure_future(server.run(app))
    shop.address = server.address
    try:
        await until_it_listens(server.address)
        yield shop
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
