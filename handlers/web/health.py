"""Reports whether the process answers and its store can be read."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from handlers.web.services import services_of


async def get_health(request: Request) -> Response:
    """Answers 200 if the store can be read; `telegram` is there while Telegram is unreachable."""
    services = services_of(request)
    await services.engine.balance("")
    trouble = {"telegram": services.trouble()} if services.trouble() else {}
    return JSONResponse({"status": "ok", **trouble}, headers={"Cache-Control": "no-store"})
