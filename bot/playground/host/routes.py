"""Serves the demo's own interface: `/demo/...`, JSON over HTTP, answering as `/control` does.

`{"ok": true, "result": ...}`, or `{"ok": false, "error": ...}` with status 400 for an invalid request, 415 for a body
that is not JSON, 502 where the bot does not answer the shop, and 503, with `busy`, while another operation must finish
first.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, Field, ValidationError, model_validator
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.kit.json import Json
from bot.kit.languages import Language
from bot.playground.api import json_answer
from bot.playground.control import order, wait_of
from bot.playground.faults import FaultKind
from bot.playground.host.exchanges import Unanswered
from bot.playground.host.host import DAYS_OF_A_MONTH, Busy, Host
from bot.playground.host.shop_routes import shop_routes
from bot.playground.orders import UserAction
from bot.playground.story.words import story_languages

NEEDS_THE_WORLD: Final = ("/control/", "/demo/")
ALWAYS: Final = frozenset({"/demo/state", "/demo/shop"})
_log = logging.getLogger(__name__)


class PassTime(UserAction):
    """Advances the time: by days or months, not both."""

    days: int | None = Field(default=None, ge=1, le=366)
    months: int | None = Field(default=None, ge=1, le=12)

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.days is None) == (self.months is None):
            raise ValueError("expected either days or months")
        return self

    @property
    def whole_days(self) -> int:
        """Returns the total in days."""
        return self.days or DAYS_OF_A_MONTH * (self.months or 0)


class ChoosePlan(UserAction):
    """Starts anew with another programme."""

    id: str


def _demo_language(code: str) -> Language:
    if code not in story_languages():
        raise ValueError("expected a language of the demo")
    return code


class ChoosePageLanguage(UserAction):
    """Lets everyone speak another language."""

    lang: Annotated[Language, AfterValidator(_demo_language)]


class Nothing(UserAction):
    """Requests an operation without parameters."""


class Trouble(UserAction):
    """Plans a fault for the bot's next message."""

    kind: Literal["429", "500", "cut_before", "cut_after"]


def demo_routes(host: Host) -> list[Route]:
    """Returns the routes of the interface over a host."""

    async def state(_request: Request) -> Json:
        return host.state()

    async def clock(request: Request) -> Json:
        return await host.pass_time((await order(request, PassTime)).whole_days)

    async def members(request: Request) -> Json:
        await order(request, Nothing)
        return await host.bring_crowd()

    async def plan(request: Request) -> Json:
        return await host.begin_anew(plan=(await order(request, ChoosePlan)).id)

    async def restart(request: Request) -> Json:
        await order(request, Nothing)
        return await host.begin_anew()

    async def language(request: Request) -> Json:
        return await host.speak((await order(request, ChoosePageLanguage)).lang)

    async def upcoming(_request: Request) -> Json:
        return await host.upcoming()

    async def trouble(request: Request) -> Json:
        return host.trouble(FaultKind((await order(request, Trouble)).kind))

    async def journal(request: Request) -> Json:
        return await host.journal(int(request.query_params.get("after", 0)), wait_of(request))

    table: list[tuple[str, str, Callable[[Request], Awaitable[Json]]]] = [
        ("GET", "/demo/state", state),
        ("GET", "/demo/upcoming", upcoming),
        ("POST", "/demo/clock", clock),
        ("POST", "/demo/members", members),
        ("POST", "/demo/plan", plan),
        ("POST", "/demo/restart", restart),
        ("POST", "/demo/language", language),
        ("POST", "/demo/trouble", trouble),
        ("GET", "/demo/journal", journal),
        *shop_routes(host),
    ]
    return [Route(path, _answering(host, answer), methods=[method]) for method, path, answer in table]


def _answering(host: Host, answer: Callable[[Request], Awaitable[Json]]) -> Callable[[Request], Awaitable[Response]]:
    """Wraps a result, and every kind of failure."""

    async def endpoint(request: Request) -> Response:
        if request.method == "POST" and not _is_json(request):
            return _refusal("expected a JSON body", 415)
        try:
            return json_answer({"ok": True, "result": await answer(request)})
        except Busy:
            return busy(host)
        except Unanswered:
            return _refusal("the bot does not answer the shop", 502)
        except ValidationError as problem:
            return _refusal(_told(problem), 400)
        except ValueError as problem:
            return _refusal(str(problem), 400)
        except Exception:  # noqa: BLE001  (a page must be able to say that it did not work)
            if host.over:
                return busy(host)
            _log.exception("%s failed", request.url.path)
            return _refusal("something went wrong; the terminal says what", 500)

    return endpoint


class Curtain:
    """Answers 503 while the demo is changing; requests that need no world pass."""

    def __init__(self, app: ASGIApp, host: Host) -> None:
        self._app = app
        self._host = host

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request, or reports that the demo is busy."""
        path = scope["path"]
        if self._host.changing and path.startswith(NEEDS_THE_WORLD) and path not in ALWAYS:
            await busy(self._host)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def busy(host: Host) -> Response:
    """Returns the answer to requests that must wait."""
    what = asdict(host.busy) if host.busy else None
    response = json_answer({"ok": False, "error": "the demo is busy", "busy": what}, 503)
    response.headers["Retry-After"] = "1"
    return response


def _told(problem: ValidationError) -> str:
    """Returns each key's problem, without its input and without links to documentation."""
    errors = problem.errors(include_url=False, include_input=False, include_context=False)
    return "; ".join(": ".join([*map(str, each["loc"]), each["msg"]]) for each in errors)


def _is_json(request: Request) -> bool:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower() == "application/json"


def _refusal(problem: str, status: int) -> Response:
    return json_answer({"ok": False, "error": problem}, status)
