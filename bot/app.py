"""Opens the bot on its store, runs it until it is told to stop, and closes it. `bot.assembly` wires the parts."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from random import SystemRandom
from typing import Final

from telegram.error import TelegramError

from bot.assembly.delivery import DeliveryWiring
from bot.assembly.referrals import ReferralWiring
from bot.assembly.scheduling import (
    ProveBooks,
    clock_watch_of,
    heartbeat_of,
    prove_in_a_process,
    timetable_of,
    verification_of,
)
from bot.assembly.services import Services
from bot.assembly.shops import ShopWiring
from bot.assembly.updates import UpdateWiring
from bot.botapi.client import PlainBot, build_bot
from bot.config import Config
from bot.inbox.greeting import Greeter
from bot.kit.texts import LOCALE, Texts
from bot.outbox.sender import AT_ONCE
from bot.referrals.links import LinkBook
from bot.runtime.clock import Clock
from bot.runtime.supervisor import run_all
from bot.runtime.ticker import Recurring, Ticker
from bot.store.account import BotAccounts
from bot.store.database import Database
from bot.store.trusted_clock import TrustedClock, trusted_clock_on
from bot.web.server import HttpServer
from engine.codes import new_code, new_link_code
from engine.service import Engine
from engine.vault import Vault

THREADS_BESIDE: Final = 8
"""Threads for verification and similar work, beside one thread for each message in flight."""


class App:
    """Holds one running bot. `await App.open(...)`, `await app.run()` until cancelled, `await app.close()`."""

    def __init__(
        self, services: Services, telegram: PlainBot, server: HttpServer | None, clock: TrustedClock, prove: ProveBooks
    ) -> None:
        self.services = services
        self.clock = clock
        self.server = server
        self._telegram = telegram
        self._prove = prove
        self.mail = DeliveryWiring(services, telegram)
        self._friends = ReferralWiring(services)
        self.links = LinkBook(
            services.engine,
            services.stores.writer,
            services.stores.machine,
            lambda: new_link_code(services.random),
            admit=self._friends.book.admit,
            followed=services.signals.friends_changed,
        )
        self._shops = ShopWiring(services, self.links, server)
        self.chat = UpdateWiring(services, telegram, mail=self.mail, friends=self._friends, links=self.links)

    @property
    def config(self) -> Config:
        """Returns the configuration that the app was opened with."""
        return self.services.config

    @property
    def stores(self) -> Database:
        """Returns the opened database."""
        return self.services.stores

    @property
    def engine(self) -> Engine:
        """Returns the engine that the app serves."""
        return self.services.engine

    @classmethod
    async def open(cls, config: Config, clock: Clock, prove: ProveBooks = prove_in_a_process) -> "App":
        """Opens the store, without calling Telegram. `clock` is trusted within bounds; `prove` verifies the books.

        Raises StoreError, ProgrammeError, VaultError, HttpUnavailable.
        """
        stores = await Database.open(config.database)
        random = SystemRandom()
        key = config.store.key.get_secret_value()
        telegram: PlainBot | None = None
        server: HttpServer | None = None
        try:
            trusted = await stores.writer.run(lambda db: trusted_clock_on(db, clock))
            server = HttpServer(config.http) if config.http is not None else None
            engine = await Engine.open(
                stores.writer,
                stores.books,
                vault=Vault([key]) if key else None,
                now=trusted.now,
                new_code=lambda: new_code(random),
                tables=config.programme_tables,
            )
            telegram = build_bot(
                config.telegram.token.get_secret_value(),
                base_url=config.telegram.base_url,
                base_file_url=config.telegram.base_file_url,
                connections=AT_ONCE + config.telegram.workers,  # for the sender, and for answers to presses
            )
            await telegram.connect()
            last = await BotAccounts(stores.writer, stores.machine).last(config.telegram.token.get_secret_value())
        except BaseException:
            if telegram is not None:
                await telegram.shutdown()
            if server is not None:
                server.close()
            await stores.close()
            raise
        username, inline = (last.username, last.inline) if last is not None else ("", False)
        services = Services.of(config, stores, engine, Texts(LOCALE), trusted, random, username=username, inline=inline)
        return cls(services, telegram, server, trusted, prove)

    async def run(self, *beside: Recurring) -> None:
        """Serves until cancelled: shops at once, the chat as soon as the bot's username is known.

        `beside` recurs in the same process.

        Raises TokenRefused where Telegram refuses a token that it has never accepted.
        """
        # Charts are drawn one at a time; waiting charts must not occupy the threads that draw pictures on request.
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(AT_ONCE + THREADS_BESIDE))
        await self._shops.prepare()
        await self.mail.prepare()
        self.services.engine.expect_proof()
        try:
            await run_all(
                self._greeter().run(),
                *self.chat.tasks(),
                *self.mail.tasks(),
                *self._shops.tasks(),
                *self._friends.tasks(),
                Ticker(self.services.clock, [*self._recurring(), *beside]).run(),
            )
        finally:
            await self.chat.finish()

    def _recurring(self) -> list[Recurring]:
        services = self.services
        return [
            heartbeat_of(services, chores=self.chat.present).recurring(),
            verification_of(services, self._prove).recurring(),
            timetable_of(services, self._prove).recurring(),
            clock_watch_of(services, self.clock).recurring(),
            *self.chat.recurring(),
            *self.mail.recurring(),
            *self._shops.recurring(),
            *self._friends.recurring(),
        ]

    def _greeter(self) -> Greeter:
        services = self.services
        return Greeter(
            self._telegram,
            services.identity,
            BotAccounts(services.stores.writer, services.stores.machine),
            services.config.telegram.token.get_secret_value(),
            clock=services.clock,
            random=services.random,
        )

    async def close(self) -> None:
        """Closes the connections and flushes pending writes."""
        with suppress(TelegramError):
            await self._telegram.shutdown()
        if self.server is not None:
            self.server.close()
        await self.stores.close()
