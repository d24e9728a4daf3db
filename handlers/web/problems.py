"""Defines errors as problem details (RFC 9457): a stable type, a status, a sentence for the shop's developers."""

import asyncio
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.kit.rewards import (
    RewardError,
    RewardExpired,
    RewardOfAnother,
    RewardUsed,
    RewardWithheld,
    UnknownReward,
)
from bot.kit.shop import Malformed, NoRate, RequestConflict, ShopError, Worthless
from engine.errors import (
    AmountOutOfRange,
    Conflict,
    KeyReused,
    MoarefError,
    OverRefund,
    SumOutOfRange,
    UnknownOrder,
)
from engine.events.fields import AMOUNT_MAX

MEDIA_TYPE: Final = "application/problem+json"
TYPE: Final = "urn:moaref:problem:"
"""The prefix of a problem's type, followed by its code; never changes."""

_REWARDS: Final[Mapping[type[RewardError], tuple[int, str]]] = {
    UnknownReward: (404, "there is no such code"),
    RewardUsed: (409, "the code was used for another order"),
    RewardOfAnother: (409, "the code was issued to another person"),
    RewardWithheld: (409, "the code does not count: its owner and their inviter are paid out at the same account"),
    RewardExpired: (410, "the code has expired"),
}


class HttpProblem(Exception):
    """Ends a request with an error; `more` are members of the problem's own.

    `retry_after_s` tells when to retry, `delay_s` how long the answer is delayed, both in seconds.
    """

    def __init__(
        self, status: int, code: str, detail: str, *, retry_after_s: int | None = None, delay_s: float = 0, **more: Any
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.detail = detail
        self.retry_after_s = retry_after_s
        self.delay_s = delay_s
        self.more = more


def response_to(problem: HttpProblem, headers: Mapping[str, str] | None = None) -> Response:
    """Returns the response for a problem."""
    content = {
        "type": f"{TYPE}{problem.code}",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "code": problem.code,
        "detail": problem.detail,
        **problem.more,
    }
    return JSONResponse(content, problem.status, headers=headers, media_type=MEDIA_TYPE)


def problem_of(error: MoarefError) -> HttpProblem:
    """Converts an engine error to the problem that the shop gets."""
    match error:
        case RequestConflict(id=id) | Conflict(id=id):
            return HttpProblem(409, "conflict", f"{id} was used before with other content")
        case KeyReused():
            return HttpProblem(409, "conflict", "this request was sent before with other content")
        case UnknownOrder():
            return HttpProblem(404, error.code, "there is no such order of this shop")
        case OverRefund(left=left):
            return HttpProblem(422, error.code, "the refund exceeds what is left of the order", left=left)
        case AmountOutOfRange() | SumOutOfRange():
            return HttpProblem(422, error.code, "the amount, or a sum with it, exceeds what can be stored")
        case RewardError():
            status, detail = _REWARDS[type(error)]
            return HttpProblem(status, error.code, detail)
        case ShopError():
            return HttpProblem(422, error.code, _detail(error))
        case _:
            return HttpProblem(503, "unavailable", "this cannot be recorded now; try again")


def _detail(error: ShopError) -> str:
    match error:
        case NoRate(currency=currency):
            return f"there is no rate for {currency}; the admins have been notified"
        case Malformed(key=key, expected=expected):
            return f"{key}: {expected}"
        case Worthless(total=total) if total:
            return f"the order comes to {total} minor units of the programme's currency; at most {AMOUNT_MAX} are taken"
        case _:
            return "the order comes to nothing in the programme's currency"


async def on_problem(_request: Request, error: Exception) -> Response:
    """Handles a HttpProblem raised by a handler."""
    assert isinstance(error, HttpProblem)
    headers = {"WWW-Authenticate": "Bearer"} if error.status == HTTPStatus.UNAUTHORIZED else {}
    if error.retry_after_s is not None:
        headers["Retry-After"] = str(error.retry_after_s)
    if error.delay_s:
        await asyncio.sleep(error.delay_s)
    return response_to(error, headers)


async def on_error(_request: Request, error: Exception) -> Response:
    """Handles an engine error, as its problem."""
    assert isinstance(error, MoarefError)
    return response_to(problem_of(error))


async def on_http(_request: Request, error: Exception) -> Response:
    """Handles the framework's refusals: an unknown path, another method."""
    assert isinstance(error, HTTPException)
    code = HTTPStatus(error.status_code).phrase.lower().replace(" ", "_")
    return response_to(HttpProblem(error.status_code, code, error.detail), error.headers)
