"""Wires the intake of updates from the chat to their handlers."""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Mapping, Sequence
from typing import Any

from bot.assembly.delivery import DeliveryWiring
from bot.assembly.referrals import ReferralWiring
from bot.assembly.services import Services
from bot.botapi.client import PlainBot
from bot.botapi.command_menus import MenuKeeper
from bot.inbox.callback_answers import CallbackAnswers
from bot.inbox.dispatcher import REALM, UpdateDispatcher
from bot.inbox.greeting import keep_polling
from bot.inbox.inline_queries import InlineAnswers
from bot.inbox.poller import Poller
from bot.inbox.pre_checkout import PreCheckoutQueries
from bot.inbox.star_transactions import StarTransactions
from bot.inbox.update_gap import UpdateGap
from bot.inbox.worker import Worker
from bot.kit.context import message_to
from bot.kit.formatting import When
from bot.kit.inline import Asking
from bot.kit.menus import menus
from bot.kit.routes import Routes
from bot.order_files.importer import Importer
from bot.referrals.links import LinkBook
from bot.store.delivery_status import FateStore
from bot.store.drafts import Drafts
from bot.store.imports import Imports
from bot.store.inbox import Inbox
from bot.store.preferences import CachedPreferences
from bot.store.update_results import UpdateResults
from handlers.chat import features
from handlers.chat.admin.import_orders import ImportWords
from handlers.chat.inline import InlineDesk, offer

_log = logging.getLogger(__name__)


class UpdateWiring:
    """Holds the parts that store updates and handle them; checkouts and inline queries are answered at once.

    Call `menus` periodically.
    """

    def __init__(
        self, ground: Services, telegram: PlainBot, *, mail: DeliveryWiring, friends: ReferralWiring, links: LinkBook
    ) -> None:
        self._ground = ground
        self._telegram = telegram
        self._mail = mail
        self._friends = friends
        self._links = links
        config, stores = ground.config, ground.stores
        self._routes = Routes(features(with_shops=bool(config.shops), with_products=bool(config.products)))
        self._inbox = Inbox(stores.writer, stores.machine)
        self.menus = MenuKeeper(
            telegram, ground.people, menus(self._routes, ground.texts, frozenset(config.telegram.admins))
        )
        self._presses = CallbackAnswers(telegram)
        self._checkouts = PreCheckoutQueries(telegram, ground.texts, ground.catalogue)
        self._inline = self._inline_answers()
        self._importer = self._new_importer()

    def tasks(self) -> list[Awaitable[None]]:
        """Returns the tasks, each to be run until cancelled; await `finish` afterwards."""
        worker = self._worker()
        polling, working = self._polling(self._poller(worker)), self._working(worker)
        jobs: list[Awaitable[None]] = [polling, working, self._importer.run()]
        if self._ground.config.products:
            jobs.append(self._stars().run(self._ground.clock))
        return jobs

    async def _polling(self, poller: Poller) -> None:
        await self._ground.identity.known.wait()
        await keep_polling(poller.run, self._telegram, self._ground.identity, self._ground.clock, self._tell_of_refusal)

    async def _working(self, worker: Worker) -> None:
        """Runs the worker once the bot's username is known: messages contain links with it."""
        await self._ground.identity.known.wait()
        await worker.run()

    async def _tell_of_refusal(self) -> None:
        """Alerts the admins of a refused token. The message is sent once the token is accepted again.

        Until then the log, /health and `moaref check` tell.
        """
        now, texts = self._ground.clock.now(), self._ground.texts
        since = When(now, self._ground.facts().zone, time=True)
        try:
            await self._ground.tell_admins(
                f"token-refused:{now}", lambda admin: message_to(admin, texts, "token-refused", since=since)
            )
        except sqlite3.Error as problem:
            _log.error("token refused: admins cannot be alerted: %s", problem)
        self._mail.sender.wake()

    async def finish(self) -> None:
        """Waits until the immediate answers in flight are sent."""
        await asyncio.gather(self._presses.finish(), self._checkouts.finish(), self._inline.finish())

    def _poller(self, worker: Worker) -> Poller:
        return Poller(
            self._telegram,
            self._inbox,
            clock=self._ground.clock,
            random=self._ground.random,
            stored=worker.wake,
            urgent=self._look_at_once,
            away=self._ground.identity.set_away,
            admit=self._gap().admit,
            timeout_seconds=self._ground.config.telegram.poll_timeout_seconds,
        )

    def _gap(self) -> UpdateGap:
        admins = frozenset(self._ground.config.telegram.admins)
        return UpdateGap(self._inbox, self._ground.stores, self._mail.alerts, admins, self._ground.clock)

    def _look_at_once(self, updates: Sequence[Mapping[str, Any]]) -> None:
        self._checkouts.look_at(updates)
        self._inline.look_at(updates)

    def _worker(self) -> Worker:
        ground = self._ground
        return Worker(
            self._telegram,
            self._inbox,
            UpdateResults(ground.stores.writer, self._inbox, ground.outbox),
            self._desk(),
            clock=ground.clock,
            answer=self._presses.answer,
            committed=self._committed,
            workers=ground.config.telegram.workers,
        )

    def _desk(self) -> UpdateDispatcher:
        ground, machine = self._ground, self._ground.stores.machine
        return UpdateDispatcher(
            engine=ground.engine,
            people=ground.people,
            drafts=Drafts(machine),
            broadcasts=self._mail.broadcasts,
            fates=FateStore(machine),
            wishes=CachedPreferences(machine),
            friends=self._friends.book,
            links=self._links,
            texts=ground.texts,
            facts=ground.facts,
            routes=self._routes,
            random=ground.random,
            now=ground.clock.now,
            returned=self._mail.sender.resume,
        )

    def _committed(self) -> None:
        """Wakes the sender after an update: its answer is sent before the notifications that it caused."""
        self._mail.sender.wake()
        self._importer.wake()
        self._friends.committed()

    def _inline_answers(self) -> InlineAnswers:
        ground = self._ground

        def offered(asking: Asking) -> Awaitable[dict[str, Any]]:
            return offer(asking, InlineDesk(ground.engine, self._links, ground.texts, ground.facts()))

        return InlineAnswers(self._telegram, ground.people, offered, ground.clock.now)

    def _new_importer(self) -> Importer:
        ground = self._ground
        return Importer(
            Imports(ground.stores.writer, ground.stores.machine, ground.outbox),
            ground.people,
            ground.engine,
            ground.stores.path,
            self._telegram.fetch,
            ImportWords(ground.texts),
            clock=ground.clock,
            written=self._mail.sender.wake,
            shops=ground.config.shops,
        )

    def _stars(self) -> StarTransactions:
        ground = self._ground
        return StarTransactions(
            self._telegram, ground.engine, ground.outbox, ground.stores.writer, ground.catalogue, realm=REALM
        )
