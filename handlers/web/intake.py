"""How a request is read: at most so long, and from a shop that we know."""

import asyncio
import hmac
from typing import Final, TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import ClientDisconnect, Request

from bot.kit.shop import Shop
from handlers.web.desk import desk_of
from handlers.web.problems import Problem

API_BYTES_MAX: Final = 256 * 1024
WEBHOOK_BYTES_MAX: Final = 2 * 1024 * 1024
BODY_SECONDS_MAX: Final = 30
PROBLEMS_MAX: Final = 20

Model = TypeVar("Model", bound=BaseModel)


async def body_of(request: Request, most: int) -> bytes:
    """The raw body. Raises Problem for one that is over `most` bytes, without reading it all."""
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS_MAX):
            async for part in request.stream():
                body += part
                if len(body) > most:
                    raise Problem(413, "too_large", f"a body is at most {most} bytes")
    except TimeoutError:
        raise Problem(408, "too_slow", f"a body arrives within {BODY_SECONDS_MAX} seconds") from None
    except ClientDisconnect:
        raise Problem(400, "cut_off", "the body did not arrive whole") from None
    return bytes(body)


def shop_that_asks(request: Request) -> Shop:
    """The shop whose secret is shown. Raises Problem; how long that takes says nothing of any secret."""
    scheme, _, shown = request.headers.get("authorization", "").partition(" ")
    offered = shown.strip().encode("latin-1")  # the bytes as they came
    found = None
    for shop in desk_of(request).shops.values():
        if shop.kind == "api" and hmac.compare_digest(shop.secret.encode(), offered):
            found = shop
    if scheme.lower() != "bearer" or found is None:
        raise Problem(401, "unauthorized", "Authorization: Bearer SECRET, with the secret of a shop")
    return found


async def model_of(request: Request, model: type[Model]) -> Model:
    """The request's JSON as the model. Raises Problem; what was sent is not repeated in it."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise Problem(415, "unsupported_media_type", "application/json")
    body = await body_of(request, API_BYTES_MAX)
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False, include_context=False)[:PROBLEMS_MAX]
    errors = [{"pointer": "/" + "/".join(map(str, each["loc"])), "detail": each["msg"]} for each in found]
    if found[0]["type"] == "json_invalid":
        raise Problem(400, "not_json", "the body is no JSON in UTF-8")
    raise Problem(422, "invalid", "the request is not as it is described in openapi.json", errors=errors)
