"""Receives shops' webhooks: current orders, recorded before they are acknowledged."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.kit.shop import Shop, ShopProduct
from bot.kit.shop_kind import DeletedOrder, Delivered, ShopKind, UnreadableOrder, Webhooks
from handlers.web.authentication import verified_body_of
from handlers.web.problems import HttpProblem
from handlers.web.services import WebServices, services_of


def delivery_handler(kind: ShopKind[Any], webhooks: Webhooks) -> Callable[[Request], Awaitable[Response]]:
    """Returns the handler for shops of a kind."""

    async def post_delivery(request: Request) -> Response:
        """Answers 200 once the order's state is recorded, with the outcome; 401 where the shop has not signed it.

        An unreadable order is stored with the reason, reported to admins, requested again later, and acknowledged:
        platforms switch a webhook off that fails. A product's categories are stored. A test of the connection is
        answered and does nothing, as is a delivery of no interest.
        """
        shop = _shop(request, kind)
        body = await verified_body_of(request, shop, webhooks)
        content = webhooks.read(request.headers, body, shop) if body is not None else None
        return JSONResponse({"change": await _taken(services_of(request), shop, content)})

    return post_delivery


async def _taken(services: WebServices, shop: Shop, content: Delivered | None) -> str:
    """Records what was delivered and returns the outcome."""
    match content:
        case None:
            return "nothing"
        case ShopProduct():
            await services.categories.put(shop, [content])
            return "nothing"
        case DeletedOrder(order):
            await services.order_service.deleted(shop, order)
            return "nothing"
        case UnreadableOrder(order, problem):
            await services.order_service.unreadable(shop, order, problem)
            return "unreadable"
        case _:
            return await services.order_service.snapshot(content)


def _shop(request: Request, kind: ShopKind[Any]) -> Shop:
    shop = services_of(request).shops.get(request.path_params["name"])
    if shop is None or shop.kind != kind.name:
        raise HttpProblem(404, "unknown_shop", f"there is no {kind.title} shop of that name in the configuration")
    return shop
