"""WooCommerce's webhooks: orders as they are now, recorded before they are acknowledged."""

from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.kit.shop import Shop
from bot.kit.woocommerce import deleted_order, product_of, snapshot_of
from handlers.web.authentication import signed_body_of
from handlers.web.desk import desk_of
from handlers.web.problems import Problem

PRODUCT_TOPICS: Final = ("product.created", "product.updated", "product.restored")


async def post_delivery(request: Request) -> Response:
    """200 once the order's state is recorded, with what it came to; 401 without a right signature.

    A product's categories are kept. The test ping is a form and bears no signature: it is answered and does nothing. So
    are other topics; what is signed and names no topic must be an order.
    """
    shop = _shop(request)
    body = await signed_body_of(request, shop)
    if body is None:
        return JSONResponse({"change": "nothing"})
    topic, till = request.headers.get("x-wc-webhook-topic", ""), desk_of(request).till
    if topic in PRODUCT_TOPICS:
        await desk_of(request).categories.put(shop, [product_of(body)])
    if topic and not topic.startswith("order."):
        return JSONResponse({"change": "nothing"})
    if topic == "order.deleted":
        await till.deleted(shop, deleted_order(body))
        return JSONResponse({"change": "nothing"})
    return JSONResponse({"change": await till.snapshot(snapshot_of(body, shop))})


def _shop(request: Request) -> Shop:
    shop = desk_of(request).shops.get(request.path_params["name"])
    if shop is None or shop.kind != "woocommerce":
        raise Problem(404, "unknown_shop", "there is no WooCommerce shop of that name in the configuration")
    return shop
