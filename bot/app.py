"""The composition root: the only place where the machine's objects are created and tied together."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from random import Random, SystemRandom
from typing import Any, Final

from telegram.error import TelegramError

from bot.clock import Clock
from bot.clockwork import catalogue_of, facts_of, timetable_of
from bot.config import Config
from bot.desk import REALM, ChatDesk
from bot.friends_side import FriendsSide
from bot.heartbeat import Heartbeat
from bot.inbox.checkouts import Checkouts
from bot.inbox.inline import InlineAnswers
from bot.inbox.poller import Poller
from bot.inbox.presses import Presses
from bot.inbox.worker import Worker
from bot.kit.context import BotFacts, message_to
from bot.kit.menus import menus
from bot.kit.products import Catalogue
from bot.kit.routes import Routes
from bot.kit.texts import Texts
from bot.links.book import LinkBook
from bot.order_files.importer import Importer
from bot.outbox.courier import TelegramCourier
from bot.outbox.herald import Herald
from bot.outbox.notices import NoticePump
from bot.outbox.sender import AT_ONCE, Limits, Sender
from bot.payments import StarTransactions
from bot.pictures.gallery import Gallery
from bot.running import say_hello, together
from bot.schedule.timetable import Timetable
from bot.shop_side import ShopSide
from bot.store.broadcasts import BroadcastStore
from bot.store.drafts import Drafts
from bot.store.fates import FateStore
from bot.store.held import HeldNotices
from bot.store.imports import Imports
from bot.store.inbox import Inbox
from bot.store.mailing import Mailing
from bot.store.outbox import Outbox, Priority
from bot.store.outcomes import Outcomes
from bot.store.people import Profiles
from bot.store.wishes import KeptWishes
from bot.stores import Stores
from bot.transport import PlainBot, build_bot
from bot.voice import ChatVoice
from bot.web.server import HttpServer
from engine.codes import new_code, new_link_code
from engine.service import Engine
from engine.vault import Vault
from engine.verify import Verdict
from handlers.broadcasts import BroadcastWords
from handlers.chat import features
from handlers.chat.admin.import_orders import ImportWords
from handlers.chat.broadcast_message import broadcast_message
from handlers.chat.inline import InlineDesk, offer

LOCALE: Final = Path(__file__).parent.parent / "locale"
LISTEN_MS: Final = 2_000
THREADS_BESIDE: Final = 8
"""For proofs and the like, beside one for each message that is on its way."""

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
        self._broadcasts_stirred = asyncio.Event()
        self._broadcasts = BroadcastStore(stores.writer, stores.machine, self._broadcasts_stirred.set)
        self._mailing = Mailing(
            stores.writer,
            stores.machine,
            self._outbox,
            lambda content, language: broadcast_message(content, language, self._texts),
        )
        self._menus_to_set: list[dict[str, Any]] = []
        self.server = server
        self._friends = FriendsSide(
            config,
            stores,
            engine,
            people=self._people,
            outbox=self._outbox,
            texts=self._texts,
            clock=clock,
            random=self._random,
        )
        self._links = LinkBook(
            engine,
            stores.writer,
            stores.machine,
            lambda: new_link_code(self._random),
            admit=self._friends.book.admit,
            stirred=self._friends.stirred,
        )
        self._shops = ShopSide(
            config,
            stores,
            engine,
            people=self._people,
            links=self._links,
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
            await say_hello(telegram, clock, random)
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
        facts = facts_of(self.config, self.engine, self._texts, self._telegram.username)
        facts = replace(facts, inline=bool(self._telegram.supports_inline_queries))
        self._menus_to_set = menus(self._routes, self._texts, self._admins)
        # Charts are drawn one at a time; those that wait must not keep the threads from a picture that a person wants.
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(AT_ONCE + THREADS_BESIDE))
        presses = Presses(self._telegram)
        checkouts = Checkouts(self._telegram, self._texts, self._catalogue)
        inline = self._inline(facts)

        def urgent(updates: Sequence[Mapping[str, Any]]) -> None:
            checkouts.look_at(updates)
            inline.look_at(updates)

        sender = self._sender()
        importer = self._importer(sender)

        def committed() -> None:
            sender.wake()
            importer.wake()
            self._friends.committed()

        worker = self._worker(facts, sender, presses, committed)
        poller = Poller(
            self._telegram,
            self._inbox,
            clock=self._clock,
            random=self._random,
            stored=worker.wake,
            urgent=urgent,
            timeout_seconds=self.config.telegram.poll_timeout_seconds,
        )
        _log.info("@%s is ready", facts.username)
        try:
            await together(
                poller.run(),
                worker.run(),
                sender.run(),
                self._pump(facts, sender),
                *self._shops.jobs(facts, sender.wake),
                *([self._stars().run(self._clock)] if self.config.products else []),
                self._herald(facts, sender).run(),
                importer.run(),
                *self._friends.jobs(lambda: self._now(facts), sender.wake),
                self._heartbeat(sender),
                self._timetable(facts, sender).run(),
                self._listen(sender),
            )
        finally:
            await asyncio.gather(presses.finish(), checkouts.finish(), inline.finish())

    async def close(self) -> None:
        """Ends the connections and finishes what waits to be written."""
        with suppress(TelegramError):
            await self._telegram.shutdown()
        if self.server is not None:
            self.server.close()
        await self.stores.close()

    def _now(self, facts: BotFacts) -> BotFacts:
        """With the programme's zone as it is now: it may change while we run."""
        return replace(facts, zone=self.engine.programme.program.timezone)

    def _catalogue(self) -> Catalogue:
        return catalogue_of(self.config, self.engine)

    def _inline(self, facts: BotFacts) -> InlineAnswers:
        desk = InlineDesk(self.engine, self._links, self._texts, facts)
        return InlineAnswers(self._telegram, self._people, lambda asking: offer(asking, desk), self._clock.now)

    def _stars(self) -> StarTransactions:
        return StarTransactions(
            self._telegram, self.engine, self._outbox, self.stores.writer, self._catalogue, realm=REALM
        )

    def _sender(self) -> Sender:
        telegram = self.config.telegram
        limits = Limits(
            telegram.messages_per_second,
            telegram.messages_per_chat_per_second,
            telegram.chat_burst,
            telegram.broadcasts_per_second,
        )
        courier = TelegramCourier(self._telegram, Gallery().draw, telegram.provider_token.get_secret_value())
        return Sender(
            self._outbox,
            courier,
            clock=self._clock,
            random=self._random,
            limits=limits,
            broadcasts=self._mailing,
        )

    def _herald(self, facts: BotFacts, sender: Sender) -> Herald:
        return Herald(
            self._mailing,
            self._broadcasts,
            self._outbox,
            self._people,
            self.stores.writer,
            BroadcastWords(self._texts, facts),
            clock=self._clock,
            stirred=self._broadcasts_stirred,
            written=sender.wake,
        )

    def _importer(self, sender: Sender) -> Importer:
        return Importer(
            Imports(self.stores.writer, self.stores.machine, self._outbox),
            self._people,
            self.engine,
            self.stores.path,
            self._telegram.fetch,
            ImportWords(self._texts),
            clock=self._clock,
            written=sender.wake,
        )

    def _worker(self, facts: BotFacts, sender: Sender, presses: Presses, committed: Callable[[], None]) -> Worker:
        desk = ChatDesk(
            engine=self.engine,
            people=self._people,
            drafts=Drafts(self.stores.machine),
            broadcasts=self._broadcasts,
            fates=FateStore(self.stores.machine),
            wishes=KeptWishes(self.stores.machine),
            friends=self._friends.book,
            links=self._links,
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
            committed=committed,
            workers=self.config.telegram.workers,
        )

    async def _pump(self, facts: BotFacts, sender: Sender) -> None:
        machine = self.stores.machine
        await NoticePump(
            self.engine,
            self._people,
            self._outbox,
            HeldNotices(machine),
            self.stores.writer,
            ChatVoice(self.engine, self._people, KeptWishes(machine), self._texts, facts),
            clock=self._clock,
            random=self._random,
            written=sender.wake,
            gather_ms=1000 * self.config.notify.gather_seconds,
        ).run()

    async def _heartbeat(self, sender: Sender) -> None:
        async def alarm(verdict: Verdict) -> None:
            await self._tell_admins(verdict)
            sender.wake()

        await Heartbeat(
            self.engine,
            self.stores.path,
            clock=self._clock,
            alarm=alarm,
            chores=self._set_menus,
        ).run()

    def _timetable(self, facts: BotFacts, sender: Sender) -> Timetable:
        return timetable_of(
            self.config,
            self.stores,
            self.engine,
            self._texts,
            facts,
            clock=self._clock,
            random=self._random,
            written=sender.wake,
        )

    async def _listen(self, sender: Sender) -> None:
        """Another process on the same store, such as `moaref jobs run`, cannot wake the sender."""
        while True:
            await self._clock.wait(asyncio.Event(), LISTEN_MS)
            sender.wake()

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
