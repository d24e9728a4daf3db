"""Opens the demo for tests: its site, in this loop with the real bot behind it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp

from bot.cli.demo_bot import launch
from bot.kit.languages import Language
from bot.playground import Playground
from bot.playground.host import Host, Site, open_site
from bot.playground.server import ServerAddress
from running import proved_here

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """Holds a status and its JSON."""

    status: int
    body: Json

    @property
    def result(self) -> Any:
        """Returns the result; raises AssertionError for a refusal."""
        assert self.body["ok"], self.body
        return self.body["result"]


class Demo:
    """Holds an open demo: its interface, its phones, its host and its site."""

    def __init__(self, site: Site, host: Host, session: aiohttp.ClientSession) -> None:
        self.site = site
        self.host = host
        self.session = session
        self.phones = Playground(ServerAddress(self.origin, host.token, ""), session)

    @property
    def origin(self) -> str:
        """Returns the address without path and key."""
        return self.site.url.partition("/?")[0].rstrip("/")

    async def get(self, path: str, *, headers: dict[str, str] | None = None, **query: str | float) -> Answer:
        async with self.session.get(f"{self.origin}{path}", params=query, headers=headers) as answer:
            return Answer(answer.status, await answer.json())

    async def post(self, path: str, body: Json | None = None, headers: dict[str, str] | None = None) -> Answer:
        async with self.session.post(f"{self.origin}{path}", json=body or {}, headers=headers) as answer:
            return Answer(answer.status, await answer.json())

    async def earn_a_commission(self, amount: str = "20,000") -> None:
        """Lets Nader earn an `amount` of toman, what the plan pays for 100,000.

        Babak comes through his link, and Hamid records Babak's purchase.
        """
        people = {person["username"]: person for person in (await self.state())["people"]}
        phones = [await self.phones.phone(each["id"], who.title(), username=who) for who, each in people.items()]
        nader, babak, hamid = phones
        await nader.send("/link")
        await babak.open((await nader.receives("Your link")).copy_texts[0])
        await babak.receives("invited you")
        await hamid.send("/purchase @babak 100000")
        await (await hamid.receives("Record this purchase?")).press("Yes, record it")
        await nader.receives(amount)

    async def state(self) -> Json:
        return dict((await self.get("/demo/state")).result)


@asynccontextmanager
async def open_demo(
    folder: Path, language: Language | None = None, *, kept: bool = False, key: str | None = None
) -> AsyncIterator[Demo]:
    """Opens a demo on a free port, once its bot serves; without a language the first browser decides."""
    host = Host(partial(launch, prove=proved_here), folder, language, kept=kept)
    async with open_site(host, key=key) as site, aiohttp.ClientSession() as session:
        await site.opening
        yield Demo(site, host, session)
