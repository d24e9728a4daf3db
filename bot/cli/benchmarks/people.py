"""Creates a benchmark's people: chains of members, buyers at their ends, admins; and their concurrent actions."""

import asyncio
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Final

from bot.cli.benchmarks.processes import FIRST_ADMIN
from bot.cli.frame import CommandError
from bot.kit.json import Json
from bot.playground.client import Playground
from bot.playground.phone import Phone

CHAIN: Final = 4
"""Length of a chain of members and their buyer: three members are credited with each purchase."""
WAIT_SECONDS_MAX: Final = 120
_LOOK_SECONDS = 0.005
_ANSWER_SECONDS_MAX = 30


@dataclass(frozen=True, slots=True)
class MillionPeople:
    """Holds the people by Telegram id."""

    members: tuple[int, ...]
    buyers: tuple[int, ...]
    admins: tuple[int, ...]


async def settle_in(playground: Playground, *, chains: int, admins: int) -> MillionPeople:
    """Lets everyone start the bot; members get their links, through which the next of their chain joins."""
    ids = [FIRST_ADMIN + place for place in range(admins)]
    await asyncio.gather(*(_arrive(playground, id) for id in ids))
    made = await asyncio.gather(*(_chain(playground, 10_000 + place * CHAIN) for place in range(chains)))
    await _until_quiet(playground)
    members = tuple(id for chain in made for id in chain[:-1])
    return MillionPeople(members, tuple(chain[-1] for chain in made), tuple(ids))


async def _arrive(playground: Playground, id: int) -> Phone:
    phone = await playground.phone(id, f"Sara {id}", language_code="en")
    await phone.send("/start")
    await phone.receives(timeout=_ANSWER_SECONDS_MAX)
    return phone


async def _chain(playground: Playground, first: int) -> list[int]:
    link: str | None = None
    for id in range(first, first + CHAIN):
        phone = await playground.phone(id, f"Karim {id}", language_code="en")
        if link is not None:
            await phone.open(link)
            await phone.receives(timeout=_ANSWER_SECONDS_MAX)
        if id < first + CHAIN - 1:
            link = await _own_link(phone)
    return list(range(first, first + CHAIN))


async def _own_link(phone: Phone) -> str:
    await phone.send("/link")
    while True:
        card = await phone.receives(timeout=_ANSWER_SECONDS_MAX)
        if links := [text for text in card.copy_texts if "://" in text]:
            return links[0]


async def ask_for_balances(playground: Playground, people: MillionPeople, count: int) -> float:
    """Sends /balance from everyone in turn, all at once. Returns the answers a second."""
    updates = [_written(id, "/balance") for id in islice(cycle(people.members), count)]
    sent = (await playground.counts()).get("sendMessage", 0)
    return count / await _timed(playground, updates, "sendMessage", sent + count)


async def record_purchases(playground: Playground, people: MillionPeople, count: int) -> float:
    """Sends /purchase at once, then all confirmations at once. Returns the recorded purchases a second.

    The time to read the cards in between is not counted. Notifications to members are sent meanwhile and afterwards,
    and waited for.
    """
    pairs = zip(islice(cycle(people.admins), count), cycle(people.buyers), strict=False)
    commands = [_written(admin, f"/purchase {buyer} 100000") for admin, buyer in pairs]
    counts = await playground.counts()
    sent, edited = counts.get("sendMessage", 0), counts.get("editMessageText", 0)
    calls = sum(counts.values())
    seconds = await _timed(playground, commands, "sendMessage", sent + count)
    cards = [call["answer"]["result"] for call in await playground.calls("sendMessage", after=calls)]
    presses = [_pressed(card) for card in cards]
    seconds += await _timed(playground, presses, "editMessageText", edited + count)
    told = count * (CHAIN - 1)
    await _until(playground, "sendMessage", sent + count + told)
    return count / seconds


async def _timed(playground: Playground, updates: Iterable[Json], method: str, total: int) -> float:
    began = time.perf_counter()
    await playground.inject(*updates)
    await _until(playground, method, total)
    return time.perf_counter() - began


async def _until(playground: Playground, method: str, total: int) -> None:
    """Waits until the server has answered so many calls of the method."""
    found = 0
    try:
        async with asyncio.timeout(WAIT_SECONDS_MAX):
            while (found := (await playground.counts()).get(method, 0)) < total:  # noqa: ASYNC110  another process
                await asyncio.sleep(_LOOK_SECONDS)
    except TimeoutError:
        raise CommandError(f"the bot made {found} calls of {method}, not {total}") from None


async def _until_quiet(playground: Playground, seconds: float = 0.3) -> None:
    before = -1
    while (now := sum((await playground.counts()).values())) != before:
        before = now
        await asyncio.sleep(seconds)


def _written(id: int, text: str) -> Json:
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


def _pressed(card: Json) -> Json:
    """Returns a press of the first button under a card, by the chat's owner."""
    keyboard = card["reply_markup"]
    rows = (json.loads(keyboard) if isinstance(keyboard, str) else keyboard)["inline_keyboard"]
    id = card["chat"]["id"]
    return {
        "callback_query": {
            "id": f"{id}{card['message_id']}",
            "from": _person(id),
            "message": card,
            "chat_instance": str(id),
            "data": rows[0][0]["callback_data"],
        }
    }


def _person(id: int) -> Json:
    name = "Sara" if id < FIRST_ADMIN * 10 else "Karim"
    return {"id": id, "is_bot": False, "first_name": f"{name} {id}", "language_code": "en"}
