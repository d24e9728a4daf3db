"""Wires the intake of updates from the chat to their handlers."""

import asyncio
import logging
import os
from collections.abc import Awaitable, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

from bot.assembly.delivery import DeliveryWiring
from bot.assembly.referrals import ReferralWiring
from bot.assembly.services import Services
from bot.botapi.bot_profile import ProfileKeeper
from bot.botapi.client import PlainBot
from bot.botapi.command_menus import MenuKeeper
from bot.config.programme_file import ConfigurationFile
from bot.inbox.callback_answers import CallbackAnswers
from bot.inbox.dispatcher import REALM, UpdateDispatcher
from bot.inbox.greeting import keep_polling
from bot.inbox.inline_queries import InlineAnswers
from bot.inbox.poller import EDITS, KINDS, Poller
from bot.inbox.pre_checkout import PreCheckoutQueries
from bot.inbox.services import InboxServices
from bot.inbox.star_transactions import StarTransactions
from bot.inbox.update_gap import UpdateGap
from bot.inbox.worker import Worker
from bot.kit.bot_profile import ProfileText
from bot.kit.context import message_to
from bot.kit.formatting import When
from bot.kit.inline import Asking
from bot.kit.menus import admin_menus, menus, no_menus
from bot.kit.routes import Routes
from bot.kit.services import ChatServices
from bot.order_files.importer import Importer
from bot.referrals.figures import FiguresBook
from bot.referrals.links import LinkBook
from bot.runtime.ticker import Recurring
from bot.shops.open_problems import OpenProblems
from bot.store.bot_profile import BotProfileRows
from bot.store.delivery_status import DeliveryStatusRepository
from bot.store.drafts import DraftRepository
from bot.store.imports import Imports
from bot.store.inbox import Inbox
from bot.store.order_numbers import OrderNumberStore
from bot.store.preferences import CachedPreferences
from bot.store.update_results import UpdateResults
from engine.errors import StoreError
from engine.store.driver import DriverError
from handlers.bot_profile import profile_texts
from handlers.chat import features
from handlers.chat.admin.import_orders import ImportWords
from handlers.chat.inline import InlineServices, offer

MENU_TRIES: Final = 3
MENU_PAUSE_MS: Final = 2_000
_log = logging.getLogger(__name__)


class UpdateWiring:
    """Holds the parts that store updates and handle them; checkouts and inline queries are answered at once.

    Call `present` periodically; it also sets `menus`.
    """

    def __init__(
        self, services: Services, telegram: PlainBot, *, mail: DeliveryWiring, friends: ReferralWiring, links: LinkBook
    ) -> None:
        self._services = services
        self._telegram = telegram
        self._mail = mail
        self._friends = friends
        self._links = links
        config, stores = services.config, services.stores
        self._routes = Routes(
            features(
                with_shops=bool(config.shops),
                with_products=bool(config.products),
                with_support=config.support is not None,
            )
        )
        self._inbox = Inbox(stores.writer, stores.machine)
        own = menus(self._routes, services.texts, services.admins, services.admins.owners)
        self.menus = MenuKeeper(telegram, services.people, own)
        for former in stores.former_admins - set(services.admins):
            self._give_menu(former)
        rows = BotProfileRows(stores.writer, stores.machine, config.telegram.token.get_secret_value())
        self._profile = ProfileKeeper(telegram, rows, self._profile_texts, services.clock)
        self._presses = CallbackAnswers(telegram)
        self._checkouts = PreCheckoutQueries(telegram, services.texts, services.catalogue)
        self._inline = self._inline_answers()
        self._importer = self._new_importer()

    def tasks(self) -> list[Awaitable[None]]:
        """Returns the tasks, each to be run until cancelled; await `finish` afterwards."""
        polling, working = self._polling(self._poller()), self._working(self._worker())
        return [polling, working, self._importer.run(), self._keeping_menus()]

    async def present(self) -> None:
        """Brings the command menus and the bot's profile on Telegram up to date."""
        await self.menus.tell()
        await self._profile.tell()

    def _profile_texts(self) -> list[ProfileText]:
        return profile_texts(self._services.notice_renderer())

    def recurring(self) -> list[Recurring]:
        """Returns the recurring work."""
        return [self._stars().recurring()] if self._services.config.products else []

    async def _polling(self, poller: Poller) -> None:
        await self._services.identity.known.wait()
        await keep_polling(
            poller.run, self._telegram, self._services.identity, self._services.clock, self._tell_of_refusal
        )

    async def _working(self, worker: Worker) -> None:
        """Runs the worker once the bot's username is known: messages contain links with it."""
        await self._services.identity.known.wait()
        await worker.run()

    async def _keeping_menus(self) -> None:
        """Gives new admins their menu of commands, and takes it from those who are none any more."""
        woken = asyncio.Event()
        changed = self._services.signals.admins_changed.subscribe(woken)
        while True:
            await woken.wait()
            woken.clear()
            given = set()
            while changed:
                given.add(changed[0])
                self._give_menu(changed.popleft())
            await self._set_menus(given)

    async def _set_menus(self, chats: set[int]) -> None:
        """Sets these chats' menus, again where Telegram is slow; the next beat of the heart sets what is left then."""
        for _ in range(MENU_TRIES):
            with suppress(DriverError, StoreError):
                await self.menus.tell()
            if not self.menus.lacks(chats):
                return
            await self._services.clock.wait(asyncio.Event(), MENU_PAUSE_MS)

    def _give_menu(self, telegram_id: int) -> None:
        admins = self._services.admins
        is_owner = telegram_id in admins.owners
        own = admin_menus(self._routes, self._services.texts, telegram_id, is_owner=is_owner)
        self.menus.replace(telegram_id, own if telegram_id in admins else no_menus(telegram_id))

    async def _tell_of_refusal(self) -> None:
        """Alerts the admins of a refused token. The message is sent once the token is accepted again.

        Until then the log, /health and `moaref check` tell.
        """
        now, texts = self._services.clock.now(), self._services.texts
        since = When(now, self._services.facts().zone, time=True)
        try:
            await self._services.tell_admins(
                f"token-refused:{now}", lambda admin: message_to(admin, texts, "token-refused", since=since)
            )
        except DriverError as problem:
            _log.error("token refused: admins cannot be alerted: %s", problem)

    async def finish(self) -> None:
        """Waits until the immediate answers in flight are sent."""
        await asyncio.gather(self._presses.finish(), self._checkouts.finish(), self._inline.finish())

    def _for_inbox(self) -> InboxServices:
        services = self._services
        return InboxServices(self._inbox, services.clock, services.random, services.signals)

    def _poller(self) -> Poller:
        support = self._services.config.support
        return Poller(
            self._for_inbox(),
            self._telegram,
            urgent=self._look_at_once,
            away=self._services.identity.set_away,
            admit=self._gap().admit,
            timeout_seconds=self._services.config.telegram.poll_timeout_seconds,
            kinds=(*KINDS, EDITS) if support is not None and support.chat else KINDS,
        )

    def _gap(self) -> UpdateGap:
        services = self._services
        return UpdateGap(self._inbox, services.stores, self._mail.alerts, services.admins, services.clock)

    def _look_at_once(self, updates: Sequence[Mapping[str, Any]]) -> None:
        self._checkouts.look_at(updates)
        self._inline.look_at(updates)

    def _worker(self) -> Worker:
        services = self._services
        return Worker(
            self._for_inbox(),
            self._telegram,
            UpdateResults(services.stores.writer, self._inbox, services.outbox, self._mail.support),
            self._dispatcher(),
            answer=self._presses.answer,
            workers=services.config.telegram.workers,
        )

    def _dispatcher(self) -> UpdateDispatcher:
        services, machine = self._services, self._services.stores.machine
        for_chat = ChatServices(
            engine=services.engine,
            people=services.people,
            admins=services.admins,
            programme_file=self._programme_file(),
            drafts=DraftRepository(machine),
            broadcasts=self._mail.broadcasts,
            delivery_statuses=DeliveryStatusRepository(machine),
            preferences=CachedPreferences(machine),
            friends=self._friends.book,
            links=self._links,
            figures=FiguresBook(services.stores.figures),
            order_numbers=OrderNumberStore(services.engine, machine),
            shop_problems=OpenProblems(services.stores.writer, machine, services.clock.now),
            support=self._mail.support,
            texts=services.texts,
        )
        return UpdateDispatcher(
            for_chat,
            services.people,
            facts=services.facts,
            routes=self._routes,
            random=services.random,
            now=services.clock.now,
            chat_returned=services.signals.chat_returned,
        )

    def _programme_file(self) -> ConfigurationFile:
        services, engine = self._services, self._services.engine
        return ConfigurationFile(services.config.file, os.environ, lambda: engine.programme, services.titles)

    def _inline_answers(self) -> InlineAnswers:
        services = self._services

        def offered(asking: Asking) -> Awaitable[dict[str, Any]]:
            return offer(asking, InlineServices(services.engine, self._links, services.texts, services.facts()))

        return InlineAnswers(self._telegram, services.people, offered, services.clock.now)

    def _new_importer(self) -> Importer:
        services = self._services
        return Importer(
            services.for_outbox(),
            Imports(services.stores.writer, services.stores.machine, services.outbox),
            services.engine,
            services.stores.path,
            self._telegram.fetch,
            ImportWords(services.texts),
            shops=services.config.shops,
        )

    def _stars(self) -> StarTransactions:
        services = self._services
        return StarTransactions(
            self._telegram,
            services.engine,
            services.outbox,
            services.stores.writer,
            services.catalogue,
            OrderNumberStore(services.engine, services.stores.machine),
            realm=REALM,
        )
