"""Serves the browser's requests besides the control interface: the page, its files, people's files, and the stream."""

from __future__ import annotations

from urllib.parse import quote

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from bot.kit.json import Json
from bot.playground import acts, orders
from bot.playground.control import answering, order
from bot.playground.page.assets import GUARDS, KEEP, Assets, parts
from bot.playground.page.stream import Current, stream

DEMO = "/demo/state"


class ShareText(orders.UserAction):
    """Shares a text, with its link, from one person to another."""

    sender: int
    to: int
    text: str = Field(max_length=4096)
    link: str = Field(default="", max_length=2048)


class PutAway(orders.UserAction):
    """Removes shared messages from a person's phone."""

    person: int


def routes(current: Current) -> list[BaseRoute]:
    """Returns the page's routes over the current world."""
    return PhonesPage(current).routes()


class PhonesPage:
    """Serves the page of phones, over a world that may be replaced."""

    def __init__(self, current: Current) -> None:
        self._current = current
        self._assets = Assets()

    def routes(self) -> list[BaseRoute]:
        """Returns the routes; other addresses below `/page` are files."""
        return [
            Route("/", self.index, methods=["GET"]),
            Route("/page/about", answering(self.about), methods=["GET"]),
            Route("/page/stream", answering(self.stream), methods=["GET"]),
            Route("/page/share", answering(self.share), methods=["POST"]),
            Route("/page/away", answering(self.put_away), methods=["POST"]),
            Route("/page/files/{file_id}", answering(self.file), methods=["GET"]),
            Mount("/page", self._assets),
        ]

    async def index(self, request: Request) -> Response:
        """Answers with the page itself."""
        return await self._assets.get_response("index.html", request.scope)

    async def about(self, request: Request) -> Json:
        """Returns the bot's identity in every language it speaks, the page's files, and whether a demo runs it."""
        world = self._current()
        languages = {"", *world.profile.texts["description"]}
        return {
            "username": world.settings.username,
            "name": world.profile.text("name", ""),
            "inline": world.settings.inline_mode,
            "descriptions": {code: world.profile.text("description", code) for code in sorted(languages)},
            "people": [{**user.as_json(), "started": user.started} for user in world.users.values()],
            "parts": parts(),
            "demo": any(getattr(route, "path", "") == DEMO for route in request.app.routes),
        }

    async def stream(self, request: Request) -> Response:
        """Streams the events."""
        return stream(self._current, request)

    async def share(self, request: Request) -> bool:
        """Shares a text from one person to another; both phones are in this world."""
        world = self._current()
        shared = await order(request, ShareText)
        acts.share(world, world.users[shared.sender], world.users[shared.to], shared.text, shared.link)
        return True

    async def put_away(self, request: Request) -> bool:
        """Removes shared messages from a person's phone, in every browser."""
        world = self._current()
        acts.put_away(world, world.users[(await order(request, PutAway)).person])
        return True

    async def file(self, request: Request) -> Response:
        """Answers with a person's file: a picture to be shown, other files only as downloads."""
        stored = self._current().files.by_id(request.path_params["file_id"])
        shown = stored.width > 0
        headers = {
            **GUARDS,
            "Cache-Control": KEEP,
            "Content-Disposition": f"{'inline' if shown else 'attachment'}; filename*=utf-8''{quote(stored.name)}",
        }
        return Response(stored.data, media_type=stored.mime if shown else "application/octet-stream", headers=headers)
