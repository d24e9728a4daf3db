"""Serves friends' codes to shops: may it be used, and it is used."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.kit.rewards import Gift
from engine.events.codec import iso_time
from handlers.web.intake import model_of, shop_that_asks
from handlers.web.models import ID_PATTERN, RewardOut, UseIn, matches
from handlers.web.problems import HttpProblem
from handlers.web.services import WebServices, services_of


async def get_reward(request: Request) -> Response:
    """Answers 200 for a code that may be used now, by the buyer if one is named."""
    shop = shop_that_asks(request)
    buyer = request.query_params.get("buyer")
    if buyer is not None and not matches(ID_PATTERN, buyer):
        raise HttpProblem(422, "invalid", "buyer: 1 to 64 visible ASCII characters")
    services = services_of(request)
    return _answer(await services.gifts.check(shop, _code(request), buyer), services, 200)


async def post_use(request: Request) -> Response:
    """Records the use of a code: 201 the first time, 200 for the same order again."""
    shop = shop_that_asks(request)
    use = await model_of(request, UseIn)
    services = services_of(request)
    gift, repeated = await services.gifts.use(shop, _code(request), use.order, use.buyer)
    return _answer(gift, services, 200 if repeated else 201)


def _code(request: Request) -> str:
    return str(request.path_params["code"])


def _answer(gift: Gift, services: WebServices, status: int) -> Response:
    content = RewardOut(
        code=gift.code or "",
        reward=gift.reward,
        state="used" if gift.used is not None else "given",
        percent=gift.percent or None,
        amount=gift.amount or None,
        currency=services.bot.currency.code if gift.amount else None,
        expires=iso_time(gift.expires) if gift.expires is not None else None,
    )
    return JSONResponse(content.model_dump(exclude_none=True), status, headers={"Cache-Control": "no-store"})
