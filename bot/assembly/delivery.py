"""Wires everything that leaves the bot: answers, notices and broadcasts, all through the outbox."""

import asyncio
from collections.abc import Awaitable
from typing import Any, Final

from bot.assembly.notification_policy import ChatNotificationPolicy
from bot.assembly.services import Services
from bot.botapi.client import PlainBot
from bot.broadcasts.recipients import Mailing
from bot.broadcasts.repository import BroadcastStore
from bot.broadcasts.runner import BroadcastRunner
from bot.kit.effects import RenderedCard
from bot.monitoring.store_watch import StoreWatch
from bot.notifications.act_notices import ActNotices
from bot.notifications.card_updates import CardUpdates
from bot.notifications.notice_dispatcher import NoticeDispatcher
from bot.outbox.admin_alerts import AdminAlerts
from bot.outbox.delivery import TelegramDelivery
from bot.outbox.sender import Limits, Sender
from bot.pictures.renderer import ImageRenderer
from bot.store.pending_notices import HeldNotices
from bot.store.preferences import CachedPreferences
from bot.store.request_cards import RequestCards
from handlers.broadcasts import BroadcastWords
from handlers.chat.broadcast_message import broadcast_message
from handlers.digests.by_hand import ByHandWords
from handlers.notices.request_cards import render_card

LISTEN_MS: Final = 2_000


class DeliveryWiring:
    """Holds the parts that send. Wake `sender` when the outbox has new messages; handlers use `broadcasts`."""

    def __init__(self, ground: Services, telegram: PlainBot) -> None:
        self._ground = ground
        self._stirred = asyncio.Event()
        stores = ground.stores
        self.broadcasts = BroadcastStore(stores.writer, stores.machine, self._stirred.set)
        self._mailing = Mailing(
            stores.writer,
            stores.machine,
            ground.outbox,
            lambda content, language: broadcast_message(content, language, ground.texts),
        )
        self._courier = TelegramDelivery(
            telegram,
            ImageRenderer().draw,
            ground.config.telegram.provider_token.get_secret_value(),
            render_card=self._render_card,
        )
        self.alerts = AdminAlerts(ground.people, ground.texts, self._courier)
        self.sender = self._sender()

    def tasks(self) -> list[Awaitable[None]]:
        """Returns the tasks, each to be run until cancelled."""
        return [self.sender.run(), *self._pumps(), self._herald().run(), self._listen()]

    def store_watch(self) -> StoreWatch:
        """Returns the watch that alerts the admins directly when the store's file is gone."""
        return StoreWatch(self._ground.stores, self.alerts, self._ground.clock)

    def _sender(self) -> Sender:
        table = self._ground.config.telegram
        limits = Limits(
            table.messages_per_second,
            table.messages_per_chat_per_second,
            table.chat_burst,
            table.broadcasts_per_second,
        )
        return Sender(
            self._ground.outbox,
            self._courier,
            clock=self._ground.clock,
            random=self._ground.random,
            limits=limits,
            broadcasts=self._mailing,
        )

    def _pumps(self) -> list[Awaitable[None]]:
        return [self._pump().run(), self._card_updates().run(), self._act_notices().run()]

    def _act_notices(self) -> ActNotices:
        ground = self._ground
        return ActNotices(
            ground.engine,
            ground.engine.watch(),
            ground.people,
            ground.outbox,
            ground.stores.writer,
            ByHandWords(ground.notice_desk),
            clock=ground.clock,
            written=self.sender.wake,
        )

    async def _render_card(self, card: dict[str, Any]) -> RenderedCard:
        return await render_card(card, self._ground.notice_desk())

    def _card_updates(self) -> CardUpdates:
        ground = self._ground
        return CardUpdates(
            ground.engine.watch(),
            RequestCards(ground.stores.machine),
            ground.outbox,
            ground.stores.writer,
            clock=ground.clock,
            written=self.sender.wake,
        )

    def _pump(self) -> NoticeDispatcher:
        ground, machine = self._ground, self._ground.stores.machine
        return NoticeDispatcher(
            ground.engine,
            ground.people,
            ground.outbox,
            HeldNotices(machine),
            ground.stores.writer,
            ChatNotificationPolicy(CachedPreferences(machine), ground.notice_desk),
            clock=ground.clock,
            random=ground.random,
            written=self.sender.wake,
            gather_ms=1000 * ground.config.notify.gather_seconds,
        )

    def _herald(self) -> BroadcastRunner:
        ground = self._ground
        return BroadcastRunner(
            self._mailing,
            self.broadcasts,
            ground.outbox,
            ground.people,
            ground.stores.writer,
            BroadcastWords(ground.texts, ground.facts()),
            clock=ground.clock,
            stirred=self._stirred,
            written=self.sender.wake,
        )

    async def _listen(self) -> None:
        """Wakes the sender for other processes on the same store, which cannot, such as `moaref jobs run`."""
        while True:
            await self._ground.clock.wait(asyncio.Event(), LISTEN_MS)
            self.sender.wake()
