"""Whether the process answers and its books can be read."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from handlers.web.desk import desk_of


async def get_health(request: Request) -> Response:
    """200 when a look into the books comes back."""
    await desk_of(request).engine.balance("")
    return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})
