"""Serves the purchase API: orders and refunds of any shop, answered once they are recorded."""

import re

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.kit.shop import Purchase, Receipt, Refunding, Shop
from engine.events.model import Line
from handlers.web.intake import model_of, shop_that_asks
from handlers.web.models import OrderIn, OrderOut, RefundIn
from handlers.web.problems import HttpProblem
from handlers.web.services import services_of


async def post_order(request: Request) -> Response:
    """Records an order: 201 the first time, 200 for a repeat."""
    shop, key = shop_that_asks(request), _idempotency_key(request)
    order = await model_of(request, OrderIn)
    return _answer(await services_of(request).order_service.order(_purchase(order, shop), key=key))


async def post_refund(request: Request) -> Response:
    """Records a refund: 201 the first time, 200 for a repeat; a partial one is a repeat only by its Idempotency-Key."""
    shop, key = shop_that_asks(request), _idempotency_key(request)
    refund = await model_of(request, RefundIn)
    return _answer(
        await services_of(request).order_service.refund(Refunding(shop, refund.order, refund.amount), key=key)
    )


def _purchase(order: OrderIn, shop: Shop) -> Purchase:
    lines = tuple(Line(line.product, line.amount, line.category, line.quantity) for line in order.lines)
    return Purchase(
        shop=shop,
        id=order.order,
        buyer=order.buyer,
        lines=lines,
        total=sum(line.amount for line in lines),
        currency=order.currency,
        codes=(order.code,) if order.code else (),
        at=order.at.isoformat() if order.at is not None else None,
    )


def _idempotency_key(request: Request) -> str | None:
    key = request.headers.get("idempotency-key")
    if key is not None and not re.fullmatch(r"[!-~]{1,128}", key):
        raise HttpProblem(422, "invalid", "Idempotency-Key: 1 to 128 visible ASCII characters")
    return key


def _answer(receipt: Receipt) -> Response:
    content = OrderOut.model_validate(
        {
            "order": receipt.order,
            "total": receipt.total,
            "refunded": receipt.refunded,
            "currency": receipt.currency,
            "credited": receipt.credited,
            "reason": receipt.reason,
        }
    )
    return JSONResponse(content.model_dump(exclude_none=True), 200 if receipt.repeated else 201)
