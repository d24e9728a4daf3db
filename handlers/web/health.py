"""Whether the process answers and its books can be read."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from handlers.web.services import desk_of


async def get_health(request: Request) -> Response:
    """200 when a look into the books comes back; `telegram` is there where the platform is not at hand."""
    desk = desk_of(request)
    await desk.engine.balance("")
    trouble = {"telegram": desk.trouble()} if desk.trouble() else {}
    return JSONResponse({"status": "ok", **trouble}, headers={"Cache-Control": "no-store"})
