"""Runs the demo's bot: the real one, in this loop, with the local server as its Bot API."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.app import App
    from bot.assembly.scheduling import ProveBooks
    from bot.config import Config
    from bot.kit.languages import Language
    from bot.playground import ServerAddress
    from bot.playground.host import Upcoming
    from bot.runtime.clock import Clock
    from engine.service import Engine


def demo_config(address: "ServerAddress", database: Path, tables: Mapping[str, Any]) -> "Config":
    """Returns the configuration: the shop's tables, the local Bot API, and limits without delays."""
    from bot.config import build
    from bot.playground.story import ADMINS
    from engine.vault import new_key

    telegram = {
        "token": address.token,
        "base_url": address.base_url,
        "base_file_url": address.base_file_url,
        "admins": list(ADMINS.values()),
        "messages_per_second": 1000,
        "messages_per_chat_per_second": 100,
        "chat_burst": 100,
        "poll_timeout_seconds": 5,
    }
    store = {"url": f"sqlite:///{database}", "key": new_key()}
    notify = {"gather_seconds": 0}  # each message is shown at once
    return build({"notify": notify, **tables, "telegram": telegram, "store": store}, {}, database.parent)


@asynccontextmanager
async def running_bot(
    config: "Config", clock: "Clock", prove: "ProveBooks | None" = None
) -> AsyncIterator[tuple["App", "asyncio.Future[None]"]]:
    """Yields the real bot in this loop, with a future that completes when it fails."""
    from bot.app import App
    from bot.assembly.scheduling import prove_in_a_process

    app = await App.open(config, clock, prove or prove_in_a_process)
    running = asyncio.ensure_future(app.run())
    try:
        yield app, running
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await app.close()


@dataclass(frozen=True, slots=True)
class HostedBot:
    """Offers the bot to the demo's host."""

    app: "App"
    clock: "Clock"

    @property
    def engine(self) -> "Engine":
        """Returns the engine that the bot serves."""
        return self.app.engine

    @property
    def web(self) -> str:
        """Returns the URL of its purchase API."""
        assert self.app.server is not None  # the demo's configuration has [http]
        return self.app.server.address

    async def speak(self, telegram_id: int, name: str, language: "Language") -> None:
        """Knows a person by another name from now on, and writes to them in another language."""
        from bot.store.profiles import UserSeen

        people = self.app.services.people
        person = await people.by_telegram_id(telegram_id)
        if person is None:
            return
        if not person.blocked:  # who has blocked the bot is met again when they are back
            seen = UserSeen(telegram_id, name, person.username, language, seq=0)
            await people.arrive(person.id, seen, self.clock.now())
        await people.choose_language(person.id, language)

    async def upcoming(self) -> list["Upcoming"]:
        """Returns the next slot of each scheduled job."""
        from bot.assembly.scheduling import prove_in_a_process, timetable_of
        from bot.kit.calendar_slots import next_slot, slot_before
        from bot.playground.host import Upcoming

        now, found = self.clock.now(), []
        for job in timetable_of(self.app.services, prove_in_a_process).jobs.values():
            for scheduled in await job.schedules():
                following = next_slot(scheduled.schedule, slot_before(scheduled.schedule, now).label)
                found.append(Upcoming(job.name, following.at))
        return found

    async def introduce(self, telegram_id: int, name: str, username: str, language: "Language") -> str:
        """Creates a person known by name to whom nothing is sent: they count as having blocked the bot."""
        from bot.inbox.dispatcher import REALM
        from bot.store.profiles import UserSeen

        services, now = self.app.services, self.clock.now()
        person, _ = await self.engine.get_or_create_person(REALM, str(telegram_id))
        await services.people.arrive(person, UserSeen(telegram_id, name, username, language, seq=0), now)
        await services.outbox.mark_blocked(telegram_id, now, now)
        return person


@asynccontextmanager
async def launch(
    address: "ServerAddress",
    database: Path,
    tables: Mapping[str, Any],
    clock: "Clock",
    prove: "ProveBooks | None" = None,
) -> AsyncIterator[HostedBot]:
    """Runs the bot for the host; its failure is logged. The books are verified by `prove`, else in a process."""
    async with running_bot(demo_config(address, database, tables), clock, prove) as (app, running):
        running.add_done_callback(_tell_of_failure)
        yield HostedBot(app, clock)


def _tell_of_failure(running: "asyncio.Future[None]") -> None:
    if not running.cancelled() and (problem := running.exception()) is not None:
        logging.getLogger(__name__).error("the bot has ended: %s", problem, exc_info=problem)
