"""Hosts the demo: keeps one session running, changes it on request, and reports its state."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Final

from bot.kit.json import Json
from bot.kit.languages import FALLBACK, Language
from bot.playground import acts
from bot.playground.faults import Fault, FaultKind
from bot.playground.host import books
from bot.playground.host.catalogue import load_catalogue
from bot.playground.host.clock import ShiftableClock
from bot.playground.host.crowd import DAYS, SIZE, Crowd
from bot.playground.host.people import visitors
from bot.playground.host.plans import load_plans
from bot.playground.host.shopfront import NAME, Shopfront, customer_of
from bot.playground.host.show import Launch, Show
from bot.playground.server import ServerAddress
from bot.playground.world import Settings, World
from engine.money import Currency

DAYS_OF_A_MONTH: Final = 31
"""The longest month, so that every month's end is passed."""
STARTING: Final = "starting"
MESSAGES: Final = "[se][ed][ni][dt]*"
"""Methods with visible effects: send... and edit..."""
SILENCE_S: Final = 3
LOOK_AGAIN_S: Final = 0.2
JOIN_S: Final = 20


class Busy(Exception):
    """Reports that another operation must finish first."""


class UnknownPhone(ValueError):
    """Reports that no person of that id has a phone here."""


class UnknownPlan(ValueError):
    """Reports an unknown plan id."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Holds the progress of an operation: its id, which the page translates, and how far it is."""

    label: str
    done: int = 0
    total: int = 0


class Host:
    """Hosts one demo. `folder` holds the stores, a file for each session; `kept` keeps those of earlier ones."""

    def __init__(self, launch: Launch, folder: Path, language: Language | None, *, kept: bool = False) -> None:
        """Builds it; with `language` None the first page to come decides, until then it is the fallback."""
        self.plans = load_plans()
        self.people = visitors()
        self.catalogue = load_catalogue()
        self.generation = 0
        self.busy: Progress | None = None
        self.changing = False
        self.over = False
        self._launch = launch
        self._folder = folder
        self._kept = kept
        self._crowds = 0
        self._secret = secrets.token_urlsafe(24)
        self._run = secrets.token_hex(8)
        self._chosen = language
        self._address = ServerAddress("", "", "")
        self.show = self._new_show(next(iter(self.plans)), language or FALLBACK)

    @property
    def world(self) -> World:
        """Returns the current world."""
        return self.show.world

    @property
    def token(self) -> str:
        """Returns the bot's token, which is valid only in this demo."""
        return self.show.world.settings.token

    async def open(self, url: str) -> None:
        """Starts the bot against the server at `url`."""
        self._address = ServerAddress(url, self.token, self.show.world.settings.username)
        async with self._alone(STARTING):
            await self.show.open(self._launch, self._address)

    async def close(self) -> None:
        """Ends the session, and every waiting request."""
        self.over = True
        await self.show.close()

    def state(self) -> Json:
        """Returns the demo's state; `now` is ms UTC on its own clock, `journal` the number of the last row.

        `run` differs from start to start; `chosen` is the language that the command was given, None without one.
        """
        return {
            "generation": self.generation,
            "now": self.show.clock.now(),
            "run": self._run,
            "lang": self.show.language,
            "chosen": self._chosen,
            "plan": self.show.plan.id,
            "plans": [plan.as_json() for plan in self.plans.values()],
            "people": [each.as_json(self.show.language) for each in self.people],
            "busy": asdict(self.busy) if self.busy else None,
            "journal": books.last_row(self.show.store),
            "shop": True,
        }

    async def pass_time(self, days: int) -> Json:
        """Advances days one by one, and runs the work due in each."""
        async with self._alone("time"):
            for day in range(days):
                self.busy = Progress("time", day, days)
                await self.show.pass_days(1)
        return self.state()

    async def bring_crowd(self) -> Json:
        """Lets eighty members join and buy for a month, some of them below the visible member."""
        async with self._alone("members"):
            await self._until_a_member()
            show = self.show
            visible, _ = await show.bot.engine.get_or_create_person("telegram", str(self.people[0].id))
            random = Random(self._crowds)  # noqa: S311  (the same crowd each time)
            known = self._crowds * SIZE
            crowd = Crowd(show.bot, show.language, visible, random=random, known=known)
            self._crowds += 1

            async def next_day(over: int) -> None:
                self.busy = Progress("members", over, DAYS)
                await show.pass_days(1)

            await crowd.come(next_day)
        return self.state()

    async def speak(self, language: Language) -> Json:
        """Lets everyone speak another language from now on; what is written stays as it is."""
        if self.busy is not None and self.busy.label == STARTING:  # nobody has met the bot yet
            await self.show.speak(self.people, language)
        else:
            async with self._alone("language"):
                await self.show.speak(self.people, language)
        return self.state()

    async def upcoming(self) -> Json:
        """Returns what the clock brings next, the earliest first: jobs, and the days on which commissions mature.

        Raises Busy where the bot does not serve yet.
        """
        show = self.show
        if not show.is_open:
            raise Busy
        found = [*await show.bot.upcoming(), *books.maturing(show.store, show.clock.now())]
        currency = Currency.of(show.plan.tables["program"]["currency"])
        return {
            "generation": self.generation,
            "currency": currency.code,
            "exponent": currency.exponent,
            "upcoming": [asdict(each) for each in sorted(found, key=lambda each: each.at)],
        }

    async def begin_anew(self, *, plan: str | None = None) -> Json:
        """Starts anew: another world, another store; the people of the old one must start the bot again."""
        if plan is not None and plan not in self.plans:
            raise UnknownPlan(f"no plan {plan}")
        async with self._alone("restarting"):
            self.changing = True
            try:
                await self._change(plan or self.show.plan.id, self.show.language)
            finally:
                self.changing = False
        return self.state()

    async def _change(self, plan: str, language: Language) -> None:
        old = self.show
        await old.close()
        if not self._kept:
            for file in self._folder.glob(f"{old.store.name}*"):
                file.unlink()
        self.generation += 1
        self._crowds = 0
        self.show = self._new_show(plan, language)
        await self.show.open(self._launch, self._address)

    def trouble(self, kind: FaultKind) -> Json:
        """Makes the bot's next message fail in this way."""
        fault = Fault(kind, MESSAGES, retry_after=SILENCE_S)
        self.show.world.faults.add(fault)
        return {"kind": fault.kind.value, "retry_after": fault.retry_after}

    @property
    def shop(self) -> Shopfront:
        """Returns the current shop. Raises Busy where the bot does not serve yet."""
        if not self.show.shop.api.is_open:
            raise Busy
        return self.show.shop

    def shop_for(self, person: int) -> Shopfront:
        """Returns the current shop for a customer with a phone. Raises Busy, UnknownPhone."""
        if person not in {each.id for each in self.people}:
            raise UnknownPhone(f"nobody {person} has a phone")
        return self.shop

    def shop_state(self, after: int) -> Json:
        """Returns the shelf, the customers as the bot knows them, the sales, and the exchanges since number `after`."""
        show = self.show
        currency = Currency.of(show.plan.tables["program"]["currency"])
        return {
            "generation": self.generation,
            "currency": currency.code,
            "exponent": currency.exponent,
            "categories": self.catalogue.categories,
            "goods": [goods.as_json() for goods in self.catalogue.goods.values()],
            "customers": [
                {
                    "person": each.id,
                    "number": customer_of(each.id),
                    **books.buyer(show.store, each.id, f"shop:{NAME}", customer_of(each.id)),
                }
                for each in self.people
            ],
            "sales": [sale.as_json() for sale in show.shop.sales.values()],
            "exchanges": [each.as_json() for each in show.shop.api.exchanges[max(0, after) :]],
        }

    async def journal(self, after: int, timeout: float) -> Json:
        """Returns the session's journal after number `after`, waiting up to `timeout` seconds for more."""
        show, loop = self.show, asyncio.get_running_loop()
        after = min(after, books.ROW_NUMBER_MAX)
        end = loop.time() + timeout
        while not (rows := books.rows_after(show.store, after)) and loop.time() < end:
            await asyncio.sleep(LOOK_AGAIN_S)
            if self.over or show is not self.show:
                break
        return {"generation": self.generation, "rows": rows, "names": books.names_in(show.store, rows)}

    def _new_show(self, plan: str, language: Language) -> Show:
        clock = ShiftableClock()
        world = World(Settings(secret=self._secret, now_ms=clock.now))
        store = self._folder / f"moaref-{self.generation + 1}.db"
        shop = Shopfront(self.catalogue, language, clock.now)
        show = Show(world, self.plans[plan], language, store, clock, shop)
        show.admit(self.people)
        return show

    async def _until_a_member(self) -> None:
        """Lets the visible member request a link, where that has not been done yet."""
        show, visitor = self.show, self.people[0]
        engine = show.bot.engine
        person, _ = await engine.get_or_create_person("telegram", str(visitor.id))
        if await engine.member(person) is None:
            acts.say(show.world, show.world.users[visitor.id], "/link")
        async with asyncio.timeout(JOIN_S):
            while await engine.member(person) is None:  # noqa: ASYNC110  (the bot sets no event for it)
                await asyncio.sleep(LOOK_AGAIN_S)

    @asynccontextmanager
    async def _alone(self, label: str) -> AsyncIterator[None]:
        """Runs one operation at a time. Raises Busy."""
        if self.busy is not None:
            raise Busy
        self.busy = Progress(label)
        try:
            yield
        finally:
            self.busy = None
