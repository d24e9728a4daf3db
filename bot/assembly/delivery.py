"""Wires everything that leaves the bot: answers, notices and broadcasts, all through the outbox."""

from collections.abc import Awaitable
from typing import Any, Final

from bot.assembly.notification_policy import ChatNotificationPolicy, ChatRateWords
from bot.assembly.services import Services
from bot.botapi.client import PlainBot
from bot.broadcasts.recipients import BroadcastRecipients
from bot.broadcasts.repository import BroadcastStore
from bot.broadcasts.runner import BroadcastRunner
from bot.kit.effects import RenderedCard
from bot.monitoring.store_watch import StoreWatch
from bot.notifications.act_notices import ActNotices
from bot.notifications.card_updates import CardUpdates
from bot.notifications.notice_dispatcher import NoticeDispatcher
from bot.notifications.rate_notices import RateNotices
from bot.outbox.admin_alerts import AdminAlerts
from bot.outbox.delivery import TelegramDelivery
from bot.outbox.sender import Limits, Sender
from bot.pictures.renderer import ImageRenderer
from bot.runtime.ticker import Recurring
from bot.store.pending_notices import HeldNotices
from bot.store.preferences import CachedPreferences
from bot.store.rate_changes import RateChanges
from bot.store.request_cards import RequestCards
from handlers.broadcasts import BroadcastWords
from handlers.chat.broadcast_message import broadcast_message
from handlers.digests.by_hand import ByHandWords
from handlers.notices.request_cards import render_card

LISTEN_MS: Final = 2_000


class DeliveryWiring:
    """Holds the parts that send; handlers use `broadcasts`."""

    def __init__(self, services: Services, telegram: PlainBot) -> None:
        self._services = services
        stores = services.stores
        self.broadcasts = BroadcastStore(stores.writer, stores.machine, services.signals.broadcast_changed)
        self._recipients = BroadcastRecipients(
            stores.writer,
            stores.machine,
            services.outbox,
            lambda content, language: broadcast_message(content, language, services.texts),
        )
        self._message_sender = TelegramDelivery(
            telegram,
            ImageRenderer().draw,
            services.config.telegram.provider_token.get_secret_value(),
            render_card=self._render_card,
        )
        self.alerts = AdminAlerts(services.people, services.texts, self._message_sender)
        self._sender = self._new_sender()

    def tasks(self) -> list[Awaitable[None]]:
        """Returns the tasks, each to be run until cancelled."""
        return [self._sender.run(), *self._pumps(), self._herald().run()]

    def recurring(self) -> list[Recurring]:
        """Returns the recurring work: the watch on the store's file, and the look for other processes' messages."""
        return [
            StoreWatch(self._services.stores, self.alerts).recurring(),
            Recurring("outbox look", LISTEN_MS, self._look),
        ]

    def _new_sender(self) -> Sender:
        table = self._services.config.telegram
        limits = Limits(
            table.messages_per_second,
            table.messages_per_chat_per_second,
            table.chat_burst,
            table.broadcasts_per_second,
        )
        return Sender(
            self._services.outbox,
            self._message_sender,
            clock=self._services.clock,
            random=self._services.random,
            signals=self._services.signals,
            limits=limits,
            broadcasts=self._recipients,
        )

    def _pumps(self) -> list[Awaitable[None]]:
        return [
            self._pump().run(),
            self._card_updates().run(),
            self._act_notices().run(),
            self._rate_notices().run(),
        ]

    def _rate_notices(self) -> RateNotices:
        services, machine = self._services, self._services.stores.machine
        words = ChatRateWords(CachedPreferences(machine), services.notice_renderer)
        return RateNotices(services.for_outbox(), services.engine, RateChanges(machine), words)

    def _act_notices(self) -> ActNotices:
        services = self._services
        return ActNotices(
            services.for_outbox(),
            services.engine,
            ByHandWords(services.notice_renderer),
            books_changed=services.engine.watch(),
        )

    async def _render_card(self, card: dict[str, Any]) -> RenderedCard:
        return await render_card(card, self._services.notice_renderer())

    def _card_updates(self) -> CardUpdates:
        services = self._services
        cards = RequestCards(services.stores.machine)
        return CardUpdates(services.for_outbox(), cards, books_changed=services.engine.watch())

    def _pump(self) -> NoticeDispatcher:
        services, machine = self._services, self._services.stores.machine
        return NoticeDispatcher(
            services.for_outbox(),
            services.engine,
            HeldNotices(machine),
            ChatNotificationPolicy(CachedPreferences(machine), services.notice_renderer),
            random=services.random,
            gather_ms=1000 * services.config.notify.gather_seconds,
        )

    def _herald(self) -> BroadcastRunner:
        services = self._services
        words = BroadcastWords(services.texts, services.facts())
        return BroadcastRunner(services.for_outbox(), self._recipients, self.broadcasts, words)

    async def _look(self) -> None:
        """Wakes the sender for other processes on the same store, which cannot, such as `moaref jobs run`."""
        self._services.signals.outbox_changed.set()
