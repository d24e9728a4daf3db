"""Creates a benchmark's people: chains of members, buyers at their ends, admins; and their concurrent actions."""

import asyncio
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Final
from urllib.parse import parse_qs, urlsplit

from bot.cli.benchmarks.lean_platform import LeanPlatform
from bot.cli.benchmarks.processes import FIRST_ADMIN
from bot.cli.frame import CommandError
from bot.kit.json import Json

CHAIN: Final = 4
"""Length of a chain of members and their buyer: three members are credited with each purchase."""
_QUIET_SECONDS = 0.3
_PICTURE_SECONDS_MAX = 30


@dataclass(frozen=True, slots=True)
class MillionPeople:
    """Holds the people by Telegram id."""

    members: tuple[int, ...]
    buyers: tuple[int, ...]
    admins: tuple[int, ...]


async def settle_in(platform: LeanPlatform, *, chains: int, admins: int) -> MillionPeople:
    """Lets everyone start the bot; members get their links, through which the next of their chain joins."""
    ids = [FIRST_ADMIN + place for place in range(admins)]
    await _all_write(platform, ((id, "/start") for id in ids))
    places = [[10_000 + chain * CHAIN + place for chain in range(chains)] for place in range(CHAIN)]
    codes = [""] * chains
    for place in places:
        starts = ((id, f"/start {code}".strip()) for id, code in zip(place, codes, strict=True))
        await _all_write(platform, starts)
        if place is not places[-1]:
            await _all_write(platform, ((id, "/link") for id in place))
            codes = [await _own_code(platform, id) for id in place]
    return MillionPeople(tuple(id for place in places[:-1] for id in place), tuple(places[-1]), tuple(ids))


async def _all_write(platform: LeanPlatform, texts: Iterable[tuple[int, str]]) -> None:
    platform.inject(*(written(id, text) for id, text in texts))
    await until_quiet(platform)


async def until_quiet(platform: LeanPlatform) -> None:
    """Waits until the bot makes no more calls for a moment: all that was caused is sent and marked."""
    before = -1
    while (now := sum((await platform.counts()).values())) != before:
        before = now
        await asyncio.sleep(_QUIET_SECONDS)


async def _own_code(platform: LeanPlatform, id: int) -> str:
    """Returns the code in the person's link, once its picture is drawn and sent."""
    try:
        async with asyncio.timeout(_PICTURE_SECONDS_MAX):
            while (link := _own_link(platform, id)) is None:  # noqa: ASYNC110  looked for in what was sent
                await asyncio.sleep(_QUIET_SECONDS)
    except TimeoutError:
        raise CommandError(f"{id} got no link") from None
    return parse_qs(urlsplit(link).query)["start"][0]


def _own_link(platform: LeanPlatform, id: int) -> str | None:
    messages = [each for each in platform.sent if each["chat_id"] == str(id)]
    copied = (each.get("copy_text", {}).get("text", "") for message in messages for each in _buttons(message))
    return next((text for text in copied if "://" in text), None)


async def ask_for_balances(platform: LeanPlatform, people: MillionPeople, count: int) -> float:
    """Sends /balance from everyone in turn, all at once. Returns the answers a second."""
    updates = [written(id, "/balance") for id in islice(cycle(people.members), count)]
    sent = (await platform.counts())["sendMessage"]
    return count / await _timed(platform, updates, "sendMessage", sent + count)


async def record_purchases(platform: LeanPlatform, people: MillionPeople, count: int) -> float:
    """Sends /purchase at once, then all confirmations at once. Returns the purchases a second, with everybody told.

    The time to read the cards in between is not counted.
    """
    pairs = list(zip(islice(cycle(people.admins), count), cycle(people.buyers), strict=False))
    commands = [written(admin, f"/purchase {buyer} 100000") for admin, buyer in pairs]
    counts = await platform.counts()
    sent, edited = counts["sendMessage"], counts["editMessageText"]
    seconds = await _timed(platform, commands, "sendMessage", sent + count)
    cards = list(platform.sent)[-count:]
    told = sent + count + count * (CHAIN - 1)
    presses = [pressed(card) for card in cards]
    began = time.perf_counter()
    platform.inject(*presses)
    await platform.until("editMessageText", edited + count)
    await platform.until("sendMessage", told)
    return count / (seconds + time.perf_counter() - began)


async def _timed(platform: LeanPlatform, updates: Iterable[Json], method: str, total: int) -> float:
    began = time.perf_counter()
    platform.inject(*updates)
    await platform.until(method, total)
    return time.perf_counter() - began


def written(id: int, text: str) -> Json:
    """Returns an update: a person's text in their chat."""
    command = text.partition(" ")[0]
    return {
        "message": {
            "message_id": 1_000_000,
            "date": int(time.time()),
            "from": _person(id),
            "chat": {"id": id, "type": "private", "first_name": _person(id)["first_name"]},
            "text": text,
            "entities": [{"type": "bot_command", "offset": 0, "length": len(command)}],
        }
    }


def pressed(card: Json) -> Json:
    """Returns an update: a press of the first button under a card, by the chat's owner."""
    id, number = int(card["chat_id"]), int(card["message_id"])
    return {
        "callback_query": {
            "id": f"{id}{number}",
            "from": _person(id),
            "message": {
                "message_id": number,
                "date": int(time.time()),
                "chat": {"id": id, "type": "private", "first_name": _person(id)["first_name"]},
                "text": card["text"],
            },
            "chat_instance": str(id),
            "data": _buttons(card)[0]["callback_data"],
        }
    }


def _buttons(message: Json) -> list[Json]:
    keyboard = json.loads(message.get("reply_markup", '{"inline_keyboard":[]}'))
    return [button for row in keyboard["inline_keyboard"] for button in row]


def _person(id: int) -> Json:
    name = "Sara" if id < FIRST_ADMIN * 10 else "Karim"
    return {"id": id, "is_bot": False, "first_name": f"{name} {id}", "language_code": "en"}
