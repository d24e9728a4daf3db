"""Builds the ASGI application: the handlers' paths with their services, and the error responses."""

import logging

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response

from bot.runtime.clock import SystemClock
from bot.runtime.signals import Signal
from bot.web.body_budget import BodyBudget
from bot.web.failed_attempts import FailedAttempts
from engine.errors import MoarefError
from engine.store.driver import DriverError
from handlers.web import routes
from handlers.web.problems import HttpProblem, on_error, on_http, on_problem, response_to
from handlers.web.services import WebServices

_log = logging.getLogger(__name__)


def application(services: WebServices, attempts: FailedAttempts | None = None) -> Starlette:
    """Returns the application, with the services, the counter of wrong secrets (`attempts`) and the body budget."""
    app = Starlette(
        routes=routes(services.kinds),
        middleware=[Middleware(BodyBudget)],
        exception_handlers={
            HttpProblem: on_problem,
            HTTPException: on_http,
            MoarefError: on_error,
            DriverError: _store_away,
            Exception: _failed,
        },
    )
    app.router.redirect_slashes = False  # it would redirect to any host that the request names
    app.state.services = services
    app.state.attempts = attempts or FailedAttempts(SystemClock().ticks, Signal())
    return app


async def _store_away(_request: Request, error: Exception) -> Response:
    """Answers 503: nothing was recorded, so the caller must retry."""
    _log.error("database unavailable; request delayed: %s", error)
    again = HttpProblem(503, "unavailable", "this cannot be recorded now; try again")
    return response_to(again, {"Retry-After": "5"})


async def _failed(_request: Request, _error: Exception) -> Response:
    return response_to(HttpProblem(500, "failed", "this went wrong and has been logged; nothing was recorded"))
