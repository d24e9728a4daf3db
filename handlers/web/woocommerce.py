"""Receives WooCommerce's webhooks: current orders, recorded before they are acknowledged."""

import logging
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.kit.shop import Malformed, Shop
from bot.kit.woocommerce import deleted_order, order_name, product_of, snapshot_of
from handlers.web.authentication import signed_body_of
from handlers.web.problems import HttpProblem
from handlers.web.services import WebServices, services_of

PRODUCT_TOPICS: Final = ("product.created", "product.updated", "product.restored")

_log = logging.getLogger(__name__)


async def post_delivery(request: Request) -> Response:
    """Answers 200 once the order's state is recorded, with the outcome; 401 without a valid signature.

    An unreadable order is stored with the reason, reported to admins, requested again later, and acknowledged: five
    failures make WooCommerce switch the webhook off. A product's categories are stored. The test ping is a form: it is
    answered and does nothing. So are other topics; a signed delivery without a topic must be an order.
    """
    shop = _shop(request)
    body = await signed_body_of(request, shop)
    if body is None:
        return JSONResponse({"change": "nothing"})
    topic = request.headers.get("x-wc-webhook-topic", "")
    return JSONResponse({"change": await _taken(services_of(request), shop, topic, body)})


async def _taken(services: WebServices, shop: Shop, topic: str, body: bytes) -> str:
    """Handles a signed delivery and returns its outcome."""
    if topic in PRODUCT_TOPICS:
        await _keep_product(services, shop, body)
    if topic and not topic.startswith("order."):
        return "nothing"
    try:
        if topic == "order.deleted":
            await services.order_service.deleted(shop, deleted_order(body))
            return "nothing"
        snapshot = snapshot_of(body, shop)
    except Malformed as problem:
        await services.order_service.unreadable(shop, order_name(body), problem)
        return "unreadable"
    return await services.order_service.snapshot(snapshot)


async def _keep_product(services: WebServices, shop: Shop, body: bytes) -> None:
    """Stores a product's category; an unreadable one is requested with all others within the hour."""
    try:
        await services.categories.put(shop, [product_of(body)])
    except Malformed as problem:
        _log.warning("shop %s: product unreadable: %s", shop.name, problem.key)


def _shop(request: Request) -> Shop:
    shop = services_of(request).shops.get(request.path_params["name"])
    if shop is None or shop.kind != "woocommerce":
        raise HttpProblem(404, "unknown_shop", "there is no WooCommerce shop of that name in the configuration")
    return shop
