"""Serves the shop's part of the demo's interface: shelf, sales, and orders to the shop's server."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated

from pydantic import Field
from starlette.requests import Request

from bot.kit.json import Json
from bot.playground.control import order
from bot.playground.host.host import Host
from bot.playground.orders import UserAction

Pieces = Annotated[int, Field(ge=1, le=99)]


class OrderGoods(UserAction):
    """Orders goods: the phone's owner, pieces by goods, and a referral code or a one-time token ("" for neither)."""

    person: int
    basket: Annotated[dict[str, Pieces], Field(min_length=1, max_length=20)]
    code: Annotated[str, Field(max_length=64)] = ""


class SendAgain(UserAction):
    """Sends an order to the bot once more."""

    order: str


class RefundGoods(UserAction):
    """Refunds an amount of an order in minor units; without one, all that is left."""

    order: str
    amount: Annotated[int, Field(gt=0, le=10**15)] | None = None


def shop_routes(host: Host) -> list[tuple[str, str, Callable[[Request], Awaitable[Json]]]]:
    """Returns the handlers by method and path."""

    async def look(request: Request) -> Json:
        return host.shop_state(int(request.query_params.get("after", 0)))

    async def buy(request: Request) -> Json:
        wanted = await order(request, OrderGoods)
        return (await host.shop_for(wanted.person).buy(wanted.person, wanted.basket, wanted.code.strip())).as_json()

    async def again(request: Request) -> Json:
        return (await host.shop.send_again((await order(request, SendAgain)).order)).as_json()

    async def refund(request: Request) -> Json:
        wanted = await order(request, RefundGoods)
        return (await host.shop.refund(wanted.order, wanted.amount)).as_json()

    return [
        ("GET", "/demo/shop", look),
        ("POST", "/demo/shop/buy", buy),
        ("POST", "/demo/shop/again", again),
        ("POST", "/demo/shop/refund", refund),
    ]
