"""The composition root: the only place where the machine's objects are created and tied together."""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from random import Random, SystemRandom
from typing import Any, Final

from telegram.error import InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.clock import Clock
from bot.config import Config
from bot.config_products import for_sale
from bot.desk import REALM, ChatDesk
from bot.heartbeat import Heartbeat
from bot.inbox.checkouts import Checkouts
from bot.inbox.poller import Poller, TokenRefused
from bot.inbox.presses import Presses
from bot.inbox.worker import Worker
from bot.kit.context import BotFacts, ProgrammeTexts, message_to
from bot.kit.languages import LANGUAGES, Language
from bot.kit.menus import menus
from bot.kit.products import Catalogue
from bot.kit.routes import Routes
from bot.kit.texts import Texts
from bot.outbox.courier import TelegramCourier
from bot.outbox.notices import NoticePump
from bot.outbox.sender import AT_ONCE, Limits, Sender
from bot.pace import back_off
from bot.payments import StarTransactions
from bot.pictures.gallery import Gallery
from bot.shop_side import ShopSide
from bot.store.drafts import Drafts
from bot.store.inbox import Inbox
from bot.store.outbox import Outbox, Priority
from bot.store.outcomes import Outcomes
from bot.store.people import Profiles
from bot.store.tidy import tidy
from bot.stores import Stores
from bot.transport import PlainBot, build_bot
from bot.web.server import HttpServer
from engine.codes import new_code
from engine.exchange import Exchange
from engine.service import Engine
from engine.vault import Vault
from engine.verify import Verdict
from handlers.chat import features
from handlers.notices import NoticeDesk, render

LOCALE: Final = Path(__file__).parent.parent / "locale"
HELLO_CAP_MS: Final = 30_000

_log = logging.getLogger(__name__)


class App:
    """A bot on its store. `await App.open(...)`, `await app.run()` until cancelled, `await app.close()`."""

    def __init__(
        self,
        config: Config,
        stores: Stores,
        engine: Engine,
        telegram: PlainBot,
        clock: Clock,
        server: HttpServer | None = None,
    ) -> None:
        self.config = config
        self.stores = stores
        self.engine = engine
        self._telegram = telegram
        self._clock = clock
        self._random: Random = SystemRandom()
        self._texts = Texts(LOCALE)
        self._routes = Routes(features(with_shops=bool(config.shops), with_products=bool(config.products)))
        self._admins = frozenset(config.telegram.admins)
        self._people = Profiles(stores.writer, stores.machine, self._admins)
        self._inbox = Inbox(stores.writer, stores.machine)
        self._outbox = Outbox(stores.writer, stores.machine)
        self._menus_to_set: list[dict[str, Any]] = []
        self.server = server
        self._shops = ShopSide(
            config,
            stores,
            engine,
            people=self._people,
            outbox=self._outbox,
            texts=self._texts,
            clock=clock,
            server=server,
        )

    @classmethod
    async def open(cls, config: Config, clock: Clock) -> "App":
        """Opens the store and says hello to the platform, for as long as that takes.

        Raises TokenRefused, StoreError, ProgrammeError, VaultError, HttpUnavailable.
        """
        stores = await Stores.open(config.database)
        random = SystemRandom()
        key = config.store.key.get_secret_value()
        telegram: PlainBot | None = None
        server: HttpServer | None = None
        try:
            server = HttpServer(config.http) if config.http is not None else None
            engine = await Engine.open(
                stores.writer,
                stores.books,
                vault=Vault([key]) if key else None,
                now=clock.now,
                new_code=lambda: new_code(random),
                tables=config.programme_tables,
            )
            telegram = build_bot(
                config.telegram.token.get_secret_value(),
                base_url=config.telegram.base_url,
                base_file_url=config.telegram.base_file_url,
                connections=AT_ONCE + config.telegram.workers,  # for the sender, and for answers to presses
            )
            await _say_hello(telegram, clock, random)
        except BaseException:
            if telegram is not None:
                await telegram.shutdown()
            if server is not None:
                server.close()
            await stores.close()
            raise
        return cls(config, stores, engine, telegram, clock, server)

    async def run(self) -> None:
        """Serves until cancelled. Raises TokenRefused when the token is revoked meanwhile."""
        facts = self._facts()
        self._menus_to_set = menus(self._routes, self._texts, self._admins)
        presses = Presses(self._telegram)
        checkouts = Checkouts(self._telegram, self._texts, self._catalogue)
        sender = self._sender()
        worker = self._worker(facts, sender, presses)
        poller = Poller(
            self._telegram,
            self._inbox,
            clock=self._clock,
            random=self._random,
            stored=worker.wake,
            urgent=checkouts.look_at,
            timeout_seconds=self.config.telegram.poll_timeout_seconds,
        )
        _log.info("@%s is ready", facts.username)
        try:
            await _together(
                poller.run(),
                worker.run(),
                sender.run(),
                self._pump(facts, sender),
                self._heartbeat(sender),
                *self._shops.jobs(facts, sender.wake),
                *([self._stars().run(self._clock)] if self.config.products else []),
            )
        finally:
            await asyncio.gather(presses.finish(), checkouts.finish())

    async def close(self) -> None:
        """Ends the connections and finishes what waits to be written."""
        with suppress(TelegramError):
            await self._telegram.shutdown()
        if self.server is not None:
            self.server.close()
        await self.stores.close()

    def _facts(self) -> BotFacts:
        return BotFacts(
            username=self._telegram.username,
            link_url=self.config.telegram.link_url,
            admins=self._admins,
            texts={language: self._programme_texts(language) for language in LANGUAGES},
            currency=self.engine.programme.currency,
            zone=self.engine.programme.program.timezone,
            catalogue=self._catalogue(),
        )

    def _catalogue(self) -> Catalogue:
        return Catalogue(Exchange(self.engine.programme.currency, self.config.exchange), for_sale(self.config.products))

    def _stars(self) -> StarTransactions:
        return StarTransactions(
            self._telegram, self.engine, self._outbox, self.stores.writer, self._catalogue, realm=REALM
        )

    def _programme_texts(self, language: Language) -> ProgrammeTexts:
        """The operator's words; where they wrote none, the catalogue's."""
        own = getattr(self.config.texts, language)
        words = {
            name: getattr(own, name) or self._texts.plain(language, f"programme-{name}")
            for name in ("name", "welcome", "share")
        }
        return ProgrammeTexts(**words)

    def _sender(self) -> Sender:
        telegram = self.config.telegram
        limits = Limits(telegram.messages_per_second, telegram.messages_per_chat_per_second, telegram.chat_burst)
        courier = TelegramCourier(self._telegram, Gallery().draw, telegram.provider_token.get_secret_value())
        return Sender(self._outbox, courier, clock=self._clock, random=self._random, limits=limits)

    def _worker(self, facts: BotFacts, sender: Sender, presses: Presses) -> Worker:
        desk = ChatDesk(
            engine=self.engine,
            people=self._people,
            drafts=Drafts(self.stores.machine),
            texts=self._texts,
            facts=facts,
            routes=self._routes,
            random=self._random,
            now=self._clock.now,
            returned=sender.resume,
        )
        return Worker(
            self._telegram,
            self._inbox,
            Outcomes(self.stores.writer, self._inbox, self._outbox),
            desk,
            clock=self._clock,
            answer=presses.answer,
            committed=sender.wake,
            workers=self.config.telegram.workers,
        )

    async def _pump(self, facts: BotFacts, sender: Sender) -> None:
        def desk() -> NoticeDesk:
            zone = self.engine.programme.program.timezone  # it may change while we run
            return NoticeDesk(self.engine, self._people, self._texts, replace(facts, zone=zone))

        await NoticePump(
            self.engine,
            self._people,
            self._outbox,
            self.stores.writer,
            lambda notice, person: render(notice, person, desk()),
            clock=self._clock,
            random=self._random,
            written=sender.wake,
        ).run()

    async def _heartbeat(self, sender: Sender) -> None:
        async def alarm(verdict: Verdict) -> None:
            await self._tell_admins(verdict)
            sender.wake()

        await Heartbeat(
            self.engine,
            self.stores.path,
            clock=self._clock,
            tidy=self._tidy,
            alarm=alarm,
            chores=self._set_menus,
        ).run()

    async def _tidy(self) -> None:
        now = self._clock.now()
        await self.stores.writer.run(lambda connection: tidy(connection, self._inbox, self._outbox, now))

    async def _tell_admins(self, verdict: Verdict) -> None:
        now = self._clock.now()
        messages = {
            admin.id: message_to(admin, self._texts, "books-do-not-hold") for admin in await self._people.admins()
        }
        cause = f"proof:{now}:{len(verdict.problems)}"

        def write(connection: sqlite3.Connection) -> None:
            for admin, message in messages.items():
                self._outbox.enqueue(connection, f"{cause}/{admin}", [message], Priority.ANSWER, now)

        await self.stores.writer.run(write)

    async def _set_menus(self) -> None:
        """Tells the platform our commands; an admin's own menu, which it would refuse, once they have begun a chat."""
        begun = {None, *(admin.chat_id for admin in await self._people.admins())}
        still = [menu for menu in self._menus_to_set if menu["scope"].get("chat_id") not in begun]
        for menu in [menu for menu in self._menus_to_set if menu not in still]:
            try:
                await self._telegram.call("setMyCommands", menu)
            except TelegramError as problem:
                _log.debug("a menu is not set yet: %s", problem)
                still.append(menu)
        self._menus_to_set = still


async def _say_hello(telegram: PlainBot, clock: Clock, random: Random) -> None:
    """Asks the platform who we are until it says so."""
    tries = 0
    while True:
        try:
            await telegram.initialize()
        except InvalidToken:
            raise TokenRefused("the platform refuses the bot's token") from None
        except (NetworkError, RetryAfter) as problem:
            tries += 1
            _log.warning("the platform cannot be reached, it is tried again: %s", problem)
            await clock.wait(asyncio.Event(), back_off(tries, cap_ms=HELLO_CAP_MS, random=random))
        else:
            return


async def _together(*jobs: Awaitable[None]) -> None:
    """Runs all until one fails or we are cancelled; then all are cancelled and awaited."""
    tasks = [asyncio.ensure_future(job) for job in jobs]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
