"""A WordPress shop that answers what is asked of it: changed orders, orders by number, and to make a coupon."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import AsyncIterator
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
    """`orders` by number, `asked` are the parameters of each request; while `failures` are left it fails.

    Coupons of the codes in `refused` it does not take; with `nonsense` it refuses all of them in these words.
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

    def put(self, *orders: Json) -> None:
        """The shop has these now."""
        self.orders |= {order["id"]: order for order in orders}

    async def listed(self, request: Request) -> Response:
        """GET /wp-json/wc/v3/orders"""
        if request.headers.get("authorization") != authorization():
            return JSONResponse({"code": "woocommerce_rest_cannot_view"}, 401)
        if self.failures:
            self.failures -= 1
            return Response("<html>Error establishing a database connection</html>", 500)
        asked = dict(request.query_params)
        self.asked.append(asked)
        return Response(json.dumps(self._page(asked)), media_type="application/json")

    async def made(self, request: Request) -> Response:
        """POST /wp-json/wc/v3/coupons; codes are kept in small letters, as WooCommerce keeps them."""
        if request.headers.get("authorization") != authorization():
            return JSONResponse({"code": "woocommerce_rest_cannot_create"}, 401)
        if self.failures:
            self.failures -= 1
            return Response("<html>Error establishing a database connection</html>", 500)
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
        """GET /wp-json/wc/v3/products"""
        if self.hides_products or request.headers.get("authorization") != authorization():
            return JSONResponse({"code": "woocommerce_rest_cannot_view"}, 401)
        size, page = int(request.query_params["per_page"]), int(request.query_params["page"])
        wanted = request.query_params["_fields"].split(",")
        shown = self.products[(page - 1) * size : page * size]
        return JSONResponse([{name: each[name] for name in wanted} for each in shown])

    def _page(self, asked: dict[str, str]) -> list[Json]:
        if "include" in asked:
            found = [self.orders[int(id)] for id in asked["include"].split(",") if int(id) in self.orders]
        else:
            assert (asked["dates_are_gmt"], asked["orderby"], asked["order"]) == ("true", "modified", "desc")
            found = [each for each in self.orders.values() if each["date_modified_gmt"] > asked["modified_after"]]
            found.sort(key=lambda each: str(each["date_modified_gmt"]), reverse=True)
        size = int(asked["per_page"])
        begin = (int(asked.get("page", "1")) - 1) * size
        return found[begin : begin + size]


def authorization() -> str:
    """What a request with the keys bears."""
    return f"Basic {base64.b64encode(f'{CONSUMER_KEY}:{CONSUMER_SECRET}'.encode()).decode()}"


@asynccontextmanager
async def fake_shop() -> AsyncIterator[FakeShop]:
    """Listening on the loopback."""
    shop = FakeShop()
    server = HttpServer(Http(port=0))
    routes = [
        Route("/wp-json/wc/v3/orders", shop.listed),
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
