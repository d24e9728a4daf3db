"""Reads a request's body within a size and a time limit."""

import asyncio
from typing import Final

from starlette.requests import ClientDisconnect, Request

from bot.kit.shop_kind import BodyRefused
from handlers.web.problems import HttpProblem

BODY_SECONDS_MAX: Final = 30


class BodyProblem(HttpProblem, BodyRefused):
    """Ends a request whose body is too large, too slow or incomplete."""


async def body_of(request: Request, most: int) -> bytes:
    """Returns the raw body. Raises BodyProblem for one over `most` bytes, without reading it all."""
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > most:
        raise _too_large(most)
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS_MAX):
            async for part in request.stream():
                body += part
                if len(body) > most:
                    raise _too_large(most)
    except TimeoutError:
        raise BodyProblem(408, "too_slow", f"the body must arrive within {BODY_SECONDS_MAX} seconds") from None
    except ClientDisconnect:
        raise BodyProblem(400, "cut_off", "the body is incomplete") from None
    return bytes(body)


def _too_large(most: int) -> BodyProblem:
    return BodyProblem(413, "too_large", f"the body may have at most {most} bytes")
