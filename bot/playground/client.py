"""Controls a playground from outside: a client of the control interface, wherever the server runs."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import asdict
from http import HTTPStatus
from typing import Any

import aiohttp

from bot.kit.json import Json
from bot.playground.faults import GatewayAnswer
from bot.playground.phone import Phone
from bot.playground.server import ServerAddress, serving
from bot.playground.transcript import transcript
from bot.playground.world import Settings

SPARE_S = 30  # beyond the server's own wait


class ControlRefusal(Exception):
    """Reports that the server refused a request; `status` is 400 or 404."""

    def __init__(self, status: int, problem: str) -> None:
        super().__init__(problem)
        self.status = status
        self.problem = problem


class Playground:
    """Controls a running server: phones for its people, faults for its calls, and the record of calls."""

    def __init__(self, address: ServerAddress, session: aiohttp.ClientSession) -> None:
        self.address = address
        self.names: dict[int, str] = {}
        self._session = session

    @property
    def base_url(self) -> str:
        """Returns the bot's `base_url` setting."""
        return self.address.base_url

    @property
    def base_file_url(self) -> str:
        """Returns the bot's `base_file_url` setting."""
        return self.address.base_file_url

    @property
    def token(self) -> str:
        """Returns the bot's token."""
        return self.address.token

    @property
    def bot_username(self) -> str:
        """Returns the bot's username, without @."""
        return self.address.bot_username

    @classmethod
    @contextlib.asynccontextmanager
    async def connect(cls, address: ServerAddress | str) -> AsyncIterator[Playground]:
        """Connects to a server by its address, or by its URL alone (`http://127.0.0.1:PORT`)."""
        async with aiohttp.ClientSession() as session:
            playground = cls(address if isinstance(address, ServerAddress) else ServerAddress(address, "", ""), session)
            if isinstance(address, str):
                about = await playground.get("bot")
                playground.address = ServerAddress(address, about["token"], about["username"])
            yield playground

    async def phone(
        self,
        id: int,
        first_name: str,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = None,
    ) -> Phone:
        """Gives a person a phone, or returns the phone of an existing person."""
        user = {
            "id": id,
            "first_name": first_name,
            "last_name": last_name,
            "username": username,
            "language_code": language_code,
        }
        phone = Phone(self, await self.post("users", user))
        self.names[phone.id] = phone.name
        return phone

    async def fault(
        self,
        kind: str,
        method: str = "*",
        *,
        count: int = 1,
        skip: int = 0,
        retry_after: int = 1,
        chat_id: int | None = None,
        answer: GatewayAnswer | None = None,
    ) -> None:
        """Plans a fault for the next `count` calls: `429` (`retry_after` in seconds), `500`, `cut_before`, `cut_after`.

        Or `answer_before`, `answer_after`, with the `answer` of a gateway. `method` may contain `*`; `skip` calls
        succeed first.
        """
        body = {"kind": kind, "method": method, "count": count, "skip": skip}
        between = {} if answer is None else asdict(answer)
        await self.post("faults", {**body, "retry_after": retry_after, "chat_id": chat_id, **between})

    async def clear_faults(self) -> None:
        """Drops every planned fault."""
        await self._ask("DELETE", "faults")

    async def conditions(
        self, *, delay_ms: int = 0, overall_per_second: int | None = None, per_chat_per_second: int | None = None
    ) -> None:
        """Sets the conditions from now on: a delay for each call, limits on messages. Omitted ones are lifted."""
        limits = {"overall_per_second": overall_per_second, "per_chat_per_second": per_chat_per_second}
        await self._ask("PUT", "conditions", json={"delay_ms": delay_ms, **limits})

    async def calls(self, method: str | None = None, *, after: int = 0) -> list[Json]:
        """Returns the calls after number `after`, of one method or of all, oldest first."""
        chosen = {} if method is None else {"method": method}
        return list(await self.get("calls", after=after, **chosen))

    async def counts(self) -> dict[str, int]:
        """Returns the number of calls of each method."""
        return dict(await self.get("counts"))

    async def violations(self) -> list[Json]:
        """Returns every call that broke the contract: `method`, `params`, `problem`."""
        return list(await self.get("violations"))

    async def assert_no_violations(self) -> None:
        """Fails, listing all violations, where a call broke the contract."""
        found = await self.violations()
        if found:
            raise AssertionError("\n".join(f"{each['method']}: {each['problem']} {each['params']}" for each in found))

    async def inject(self, *updates: Json) -> list[int]:
        """Queues updates unchanged, malformed ones too; returns their numbers."""
        return list(await self.post("updates", {"updates": list(updates)}))

    async def deliver_again(self, update_id: int, *, same_id: bool = True) -> int:
        """Queues a past update once more, under its own number or a new one; returns the number."""
        return int(await self.post(f"updates/{update_id}/again", {"same_id": same_id}))

    async def updates(self) -> list[int]:
        """Returns the numbers of all updates so far, in order of arrival."""
        return list((await self.get("updates"))["ids"])

    async def pending_updates(self) -> int:
        """Returns the number of updates that the bot has not confirmed."""
        return int((await self.get("updates"))["pending"])

    async def set_webhook(self, url: str) -> None:
        """Sets a webhook, which blocks polling, or removes it for an empty address."""
        await self._ask("PUT", "webhook", json={"url": url})

    async def add_group(self, id: int, title: str, topics: Sequence[int] = ()) -> None:
        """Makes a group that the bot is in; its id is negative. With topics it is a forum."""
        await self.post("groups", {"id": id, "title": title, "topics": list(topics)})

    async def change_group(self, id: int, *, refusal: str | None = None, moved_to: int | None = None) -> None:
        """Changes whether the bot may write there (`kicked`, `rights`, or None where it may), or the group's id."""
        await self.post(f"groups/{id}", {"refusal": refusal, "moved_to": moved_to})

    async def events(self, *, after: int = 0, chat_id: int | None = None, timeout: float = 0) -> list[Json]:
        """Returns the events after number `after`, of one chat or of all, waiting up to `timeout` seconds for one."""
        where = {} if chat_id is None else {"chat_id": chat_id}
        return list(await self.get("events", after=after, timeout=timeout, **where))

    async def transcript(self) -> str:
        """Returns the events of all chats as text, in order."""
        return transcript(await self.events(), self.names)

    async def download(self, file_id: str) -> bytes:
        """Returns a file's content, without a call of the bot, and so without planned faults."""
        async with self._session.get(f"{self.address.url}/control/files/{file_id}") as answer:
            if answer.status != HTTPStatus.OK:
                raise ControlRefusal(answer.status, f"no file {file_id}")
            return await answer.read()

    async def get(self, path: str, **query: str | float) -> Any:
        """Sends a query to the control interface; raises `ControlRefusal`."""
        return await self._ask("GET", path, params=query)

    async def post(self, path: str, body: Json | None = None) -> Any:
        """Sends a command to the control interface; raises `ControlRefusal`."""
        return await self._ask("POST", path, json=body or {})

    async def post_bytes(self, path: str, data: bytes, mime: str, query: Mapping[str, str]) -> Any:
        """Sends a file to the control interface."""
        return await self._ask("POST", path, data=data, headers={"Content-Type": mime}, params=query)

    async def _ask(self, method: str, path: str, **request: Any) -> Any:
        url = f"{self.address.url}/control/{path}"
        limit = aiohttp.ClientTimeout(total=SPARE_S + float(request.get("params", {}).get("timeout", 0)))
        async with self._session.request(method, url, timeout=limit, **request) as answer:
            body = await answer.json()
            if not body["ok"]:
                raise ControlRefusal(answer.status, body["error"])
            return body["result"]


@contextlib.asynccontextmanager
async def playground_server(port: int = 0, settings: Settings | None = None) -> AsyncIterator[Playground]:
    """Runs a server in this loop for the length of the block and yields a client of it."""
    async with serving(port, settings) as running, Playground.connect(running.address) as playground:
        yield playground
