"""Reads a request's body within a size and a time limit."""

import asyncio
from typing import Final

from starlette.requests import ClientDisconnect, Request

from handlers.web.problems import HttpProblem

BODY_SECONDS_MAX: Final = 30


async def body_of(request: Request, most: int) -> bytes:
    """Returns the raw body. Raises HttpProblem for one over `most` bytes, without reading it all."""
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
        raise HttpProblem(408, "too_slow", f"the body must arrive within {BODY_SECONDS_MAX} seconds") from None
    except ClientDisconnect:
        raise HttpProblem(400, "cut_off", "the body is incomplete") from None
    return bytes(body)


def _too_large(most: int) -> HttpProblem:
    return HttpProblem(413, "too_large", f"the body may have at most {most} bytes")
