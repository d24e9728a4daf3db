"""Runs the scheduler and its jobs on a real store without Telegram, and reads their messages from the outbox."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from bot.assembly.scheduling import timetable_of
from bot.assembly.services import Services
from bot.config import build
from bot.kit.languages import Language
from bot.kit.preferences import ChosenPreferences
from bot.kit.texts import LOCALE, Texts
from bot.schedule.scheduler import Scheduler
from bot.store import load_queries
from bot.store.database import Database
from bot.store.preferences import keep_wishes
from bot.store.profiles import Profiles, UserSeen
from chat import UNILEVEL
from engine.codes import new_code
from engine.service import Engine
from engine.vault import Vault, new_key
from handlers.notices import NoticeRenderer
from new_stores import begin_bot
from running import proved_here
from ticking import StandingClock

ADMINS = (900, 901)


@dataclass
class Letter:
    """Holds a row of the outbox."""

    cause: str
    chat_id: int
    method: str
    params: dict[str, Any]
    picture: dict[str, Any] | None
    reference: str | None

    @property
    def text(self) -> str:
        return str(self.params.get("text") or self.params["caption"])


@dataclass
class Backroom:
    """`clock` is shared by all parts."""

    stores: Database
    engine: Engine
    people: Profiles
    clock: StandingClock
    timetable: Scheduler
    notices: Callable[[], NoticeRenderer]

    async def person(self, telegram_id: int, name: str, language: Language = "en") -> str:
        """Creates a person who has started the bot; returns their id."""
        id, _ = await self.engine.get_or_create_person("telegram", str(telegram_id))
        await self.people.arrive(id, UserSeen(telegram_id, name, None, language, seq=0), self.clock.now())
        return id

    async def member(self, telegram_id: int, name: str, language: Language = "en", *, sponsor: str = "") -> str:
        """Creates a member, under a sponsor or alone; returns their id."""
        id = await self.person(telegram_id, name, language)
        if sponsor:
            await self.engine.attribute(id, sponsor, key=f"attribute:{id}")
        await self.engine.join(id, key=f"join:{id}")
        return id

    async def sells(self, seller: str, amount: int, order: str) -> None:
        """Records a purchase by a new friend of the seller, known only to a shop; amount in minor units."""
        buyer, _ = await self.engine.get_or_create_person("shop", order)
        await self.engine.attribute(buyer, seller, key=f"came:{order}")
        await self.engine.purchase(order, buyer, amount, "shoes", actor="shop")

    async def choose_preferences(self, person: str, preferences: ChosenPreferences) -> None:
        queries = load_queries("preferences")
        now = self.clock.now()
        await self.stores.writer.run(lambda connection: keep_wishes(queries, connection, person, preferences, now))

    async def letters(self) -> list[Letter]:
        """Returns all messages that were ever in the outbox."""
        sql = "SELECT cause, chat_id, method, params, picture, reference FROM outbox ORDER BY id"
        return [
            Letter(row[0], row[1], row[2], json.loads(row[3]), json.loads(row[4]) if row[4] else None, row[5])
            for row in await self.stores.machine.fetch(sql)
        ]

    async def at(self, time: int) -> list[Letter]:
        """Returns the messages that the scheduler writes at that time (ms, UTC)."""
        before = len(await self.letters())
        self.clock.time = time
        await self.timetable.tick()
        return (await self.letters())[before:]


@asynccontextmanager
async def open_backroom(
    folder: Path,
    *,
    tables: Mapping[str, Any] = UNILEVEL,
    notify: Mapping[str, Any] | None = None,
    clock: StandingClock | None = None,
) -> AsyncIterator[Backroom]:
    """Opens the scheduler on the store in the folder; a new store starts with the programme's tables."""
    own = {"telegram": {"admins": list(ADMINS)}, "notify": dict(notify or {"digest": "daily", "hour": 9})}
    config = build({**tables, **own}, {}, folder, token_needed=False)
    begin_bot(config.database)
    stores, clock, random = await Database.open(config.database), clock or StandingClock(), Random(3)
    try:
        engine = await Engine.open(
            stores.writer,
            stores.books,
            vault=Vault([new_key()]),
            now=clock.now,
            new_code=lambda: new_code(random),
            tables=config.programme_tables,
        )
        texts = Texts(LOCALE, strict=True)
        services = Services.of(config, stores, engine, texts, clock, random, username="moaref_bot")
        timetable = timetable_of(services, proved_here)
        yield Backroom(stores, engine, services.people, clock, timetable, services.notice_renderer)
    finally:
        await stores.close()
