"""Makes the few Bot API calls that `init` and `check` need before there is a bot."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.errors import MoarefError

if TYPE_CHECKING:
    from pydantic import SecretStr

ANSWER_SECONDS = 20
POLL_SECONDS = 5
PAUSE_SECONDS = 1.0

Parameters = Mapping[str, int | str]
Call = Callable[["BotAddress", str, Parameters], Awaitable[Any]]
"""Calls a method of the Bot API and returns its result; raises PlatformError. Tests inject their own."""


@dataclass(frozen=True, slots=True)
class BotAddress:
    """Holds a bot's Bot API address: the URL up to the token, and the token."""

    base_url: str
    token: "SecretStr"


@dataclass(frozen=True, slots=True)
class FirstSender:
    """Holds a message's sender: their numeric Telegram id, their name, and their client's language, if it tells."""

    id: int
    name: str
    language: str | None = None


class PlatformError(MoarefError):
    """Reports that Telegram gave no answer or an error. `reason` contains neither address nor token."""

    def __init__(self, reason: str, *, status: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status


async def call_platform(address: BotAddress, method: str, parameters: Parameters) -> Any:
    """Calls a method over HTTP. Replaces the text of errors, which may contain the address and so the token."""
    import aiohttp

    url = f"{address.base_url}{address.token.get_secret_value()}/{method}"
    seconds = aiohttp.ClientTimeout(total=ANSWER_SECONDS + int(parameters.get("timeout", 0)))
    try:
        async with (
            aiohttp.ClientSession(timeout=seconds) as session,
            session.post(url, json=dict(parameters), allow_redirects=False) as reply,
        ):
            status, kind, content = reply.status, reply.headers.get("Content-Type", ""), await reply.read()
    except (aiohttp.ClientError, OSError, ValueError) as error:
        failure = PlatformError(f"Telegram cannot be reached ({type(error).__name__})")
    else:
        return _result(address, status, kind, content)
    raise failure


def _result(address: BotAddress, status: int, kind: str, content: bytes) -> Any:
    """Returns the result in Telegram's own answer.

    A gateway's page, whatever its status, says nothing about the token.
    """
    from bot.botapi.answers import OK, in_words, own_answer

    own = own_answer(kind, content)
    if own is None:
        words = in_words(status, kind, content).replace(address.token.get_secret_value(), "<token>")
        raise PlatformError(f"something else answers in Telegram's place ({words})", status=status)
    answer = json.loads(content.decode("utf-8", "replace"))
    if own.code == OK:
        return answer["result"]
    if own.code in (401, 404):
        raise PlatformError("Telegram does not know this token", status=own.code)
    raise PlatformError(f"Telegram answered {own.code}: {answer['description'] or 'no reason given'}", status=own.code)


async def username_of(call: Call, address: BotAddress) -> str:
    """Returns the @username, without the @, of the token's bot. Raises PlatformError."""
    me = await call(address, "getMe", {})
    username = me.get("username") if isinstance(me, dict) else None
    if not isinstance(username, str):
        raise PlatformError("Telegram answered getMe without a username")
    return username


async def wait_for_code(
    call: Call,
    address: BotAddress,
    code: str,
    *,
    seconds: float,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> FirstSender | None:
    """Returns the sender who sends the code to the bot in a private chat within the time (seconds); None without one.

    Updates are read without confirming them: other senders are answered once the bot runs. Raises PlatformError.
    """
    until = clock() + seconds
    while clock() < until:
        updates = await call(address, "getUpdates", {"timeout": POLL_SECONDS, "limit": 100})
        for update in updates if isinstance(updates, list) else []:
            if sender := _sender_of(update, code):
                return sender
        await sleep(PAUSE_SECONDS)
    return None


def _sender_of(update: object, code: str) -> FirstSender | None:
    """Returns the sender, when the update is a private message with exactly the code."""
    match update:
        case {"message": {"text": str(text), "chat": {"type": "private"}, "from": {"id": int(number), **person}}}:
            if text.strip() == code:
                name = str(person.get("username") or person.get("first_name") or number)
                language = person.get("language_code")
                return FirstSender(number, name, language if isinstance(language, str) else None)
    return None
