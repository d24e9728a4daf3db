"""Sets up single exchanges: the real bot, the story's people, and access to the ledger."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.app import App
from bot.kit.formatting import Argument
from bot.kit.languages import Language
from bot.kit.texts import LOCALE, Texts
from bot.playground import Playground, playground_server
from bot.playground.story import Stage, shop_tables
from bot.playground.story.stage import Actor
from bot.playground.story.withdrawals import SHEBA
from running import running_app

Json = dict[str, Any]
Books = dict[str, list[tuple[Any, ...]]]

STATE = ("members", "persons", "orders", "commissions", "withdrawals", "adjustments", "transfers")
PATIENCE_S = 30


@dataclass
class Scene:
    """Holds the running bot (`app`) and its people; Nader is a member, Karim came through his link."""

    stage: Stage
    app: App
    database: Path
    bought: int = 0
    asked: int = 0

    @property
    def playground(self) -> Playground:
        return self.stage.playground

    async def enter(self, who: str) -> Actor:
        return await self.stage.enter(who)

    async def somebody(self, id: int, first_name: str, **more: str) -> Actor:
        """Creates a person outside the cast, with any name."""
        phone = await self.playground.phone(id, first_name, language_code=self.stage.words.language, **more)
        return Actor(phone, self.stage.words, PATIENCE_S)

    async def admin(self, who: str) -> Actor:
        """Returns Hamid or Ali, who has begun a chat."""
        admin = await self.enter(who)
        await admin.writes("/start")
        await admin.sees("home-newcomer")
        return admin

    async def asks_for(self, amount: int) -> str:
        """Submits Nader's withdrawal request (minor units) to the engine, seen by the admins; returns its id."""
        nader = await self.person_of((await self.enter("nader")).phone.id)
        self.asked += 1
        id = f"request-{self.asked}"
        destination = await self.app.engine.keep_destination(nader, "sheba", SHEBA)
        await self.app.engine.withdraw(id, nader, amount, destination)
        return id

    async def person_of(self, telegram_id: int) -> str:
        """Returns the engine's id of a person who has written to the bot."""
        return (await self.app.engine.get_or_create_person("telegram", str(telegram_id)))[0]

    async def buys(self, friend: str, amount: int, order: str = "") -> None:
        """Submits a purchase to the engine, with its notice to Nader; amount in minor units."""
        self.bought += 1
        buyer = await self.person_of((await self.enter(friend)).phone.id)
        await self.app.engine.purchase(order or f"o-{self.bought}", buyer, amount, "shoes", actor="shop")
        await (await self.enter("nader")).sees("notice-commission")

    def books(self, *, journal: bool = True) -> Books:
        """Returns the whole state of the engine, and the events that it accepted."""
        with closing(sqlite3.connect(self.database)) as connection:
            books = {table: _rows(connection, f"SELECT * FROM {table} ORDER BY 1, 2") for table in STATE}  # noqa: S608
            taken = "SELECT seq, type, content FROM journal WHERE refusal IS NULL ORDER BY seq"
            return {**books, "journal": _rows(connection, taken) if journal else []}

    @asynccontextmanager
    async def nothing_changes(self, *, journal: bool = True) -> AsyncIterator[None]:
        """Asserts that the block moves no money, creates no member, and violates no contract.

        `journal=False` allows events that have no effect by the rules, such as an order's repeat.
        """
        before = self.books(journal=journal)
        yield
        after = self.books(journal=journal)
        changed = {table: rows for table, rows in after.items() if rows != before[table]}
        assert not changed, changed
        await self.playground.assert_no_violations()
        await self.stage.is_quiet()

    async def is_answered(self, who: Actor, texts: Mapping[str, tuple[str, dict[str, Argument]]]) -> None:
        """Asserts that each text is answered with the message named beside it."""
        for text, (id, arguments) in texts.items():
            await who.writes(text)
            await who.sees(id, **arguments)


@asynccontextmanager
async def open_scene(folder: Path, language: Language = "en", programme: Json | None = None) -> AsyncIterator[Scene]:
    """Opens the scene with Nader as a member and Karim as his friend.

    `programme` replaces tables of the story's shop.
    """
    tables = {**shop_tables(), **(programme or {})}
    async with playground_server() as playground, running_app(playground, folder / "moaref.db", tables) as app:
        yield await begun(Scene(stage_on(playground, language), app, folder / "moaref.db"))


async def begun(scene: Scene) -> Scene:
    """Gives Nader his link, which Karim opens."""
    nader, karim = await scene.enter("nader"), await scene.enter("karim")
    await nader.writes("/link")
    await nader.sees("link-to-forward")
    card = await nader.sees("link-card")
    scene.stage.links["nader"], scene.stage.codes["nader"] = sorted(card.copy_texts, key=len, reverse=True)
    await karim.opens(scene.stage.links["nader"])
    await karim.sees("home-friend")
    await nader.sees("notice-friend-came")
    return scene


def stage_on(playground: Playground, language: Language) -> Stage:
    """Returns a stage whose texts must all be exact."""
    return Stage(playground, language, Texts(LOCALE, strict=True), patience=PATIENCE_S)


def _rows(connection: sqlite3.Connection, sql: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute(sql)]
