"""Wires everything that leaves the bot: answers, notices and broadcasts, all through the outbox."""

from collections.abc import Awaitable
from typing import Any, Final

from bot.assembly.notification_policy import ChatNotificationPolicy, ChatRateWords
from bot.assembly.services import Services
from bot.botapi.client import PlainBot
from bot.broadcasts.recipients import BroadcastRecipients
from bot.broadcasts.repository import BroadcastStore
from bot.broadcasts.runner import BroadcastRunner
from bot.config.brand import brand_of
from bot.kit.effects import RenderedCard
from bot.kit.support import SupportChannel
from bot.monitoring.store_watch import StoreWatch
from bot.monitoring.support_watch import SupportWatch
from bot.notifications.act_notices import ActNotices
from bot.notifications.card_updates import CardUpdates
from bot.notifications.notice_dispatcher import NoticeDispatcher
from bot.notifications.rate_notices import RateNotices
from bot.notifications.relay import OutboxRelay
from bot.notifications.support_news import Renderers, SupportNews
from bot.outbox.admin_alerts import AdminAlerts
from bot.outbox.delivery import TelegramDelivery
from bot.outbox.sender import Limits, Sender
from bot.pictures.renderer import ImageRenderer
from bot.runtime.ticker import Recurring
from bot.store.pending_notices import HeldNotices
from bot.store.preferences import CachedPreferences
from bot.store.rate_changes import RateChanges
from bot.store.request_cards import RequestCards
from bot.store.support import SupportMessages
from handlers.broadcasts import BroadcastWords
from handlers.chat.broadcast_message import broadcast_message
from handlers.digests.by_hand import ByHandWords
from handlers.notices.request_cards import render_card
from handlers.notices.support import answer_lost, chat_fails, question_lost, render_passed_on

LISTEN_MS: Final = 2_000


class DeliveryWiring:
    """Holds the parts that send; handlers use `broadcasts` and `support`."""

    def __init__(self, services: Services, telegram: PlainBot) -> None:
        self._services = services
        stores = services.stores
        self._telegram = telegram
        self.support = SupportMessages(stores.machine)
        self.broadcasts = BroadcastStore(stores.writer, stores.machine, services.signals.broadcast_changed)
        self._recipients = BroadcastRecipients(
            stores.writer,
            stores.machine,
            services.outbox,
            lambda content, language: broadcast_message(content, language, services.texts),
        )
        self._message_sender = TelegramDelivery(
            telegram,
            ImageRenderer(brand_of(services.config.brand, services.config.folder)).draw,
            services.config.telegram.provider_token.get_secret_value(),
            render_card=self._render_card,
        )
        self.alerts = AdminAlerts(services.people, services.texts, self._message_sender)
        self._sender = self._new_sender()

    def tasks(self) -> list[Awaitable[None]]:
        """Returns the tasks, each to be run until cancelled."""
        return [self._sender.run(), *self._pumps(), self._herald().run()]

    async def prepare(self) -> None:
        """Records the support chat, before the news that it has moved may come."""
        channel = self._services.facts().support
        if channel is not None and channel.chat:
            chat = channel.chat
            await self._services.stores.writer.run(lambda connection: self.support.know_chat(connection, chat))

    def recurring(self) -> list[Recurring]:
        """Returns the recurring work: the watches on the store's file and on the support chat, and the look for other
        processes' messages.
        """
        channel = self._services.facts().support
        return [
            StoreWatch(self._services.stores, self.alerts).recurring(),
            Recurring("outbox look", LISTEN_MS, self._look),
            *([self._support_watch(channel).recurring()] if channel is not None and channel.chat else []),
        ]

    def _support_watch(self, channel: SupportChannel) -> SupportWatch:
        return SupportWatch(self._telegram, self.support, channel, self._services.for_outbox())

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
            self._support_relay().run(),
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
        if "support" in card:
            return await render_passed_on(card, self.support, self._services.notice_renderer())
        return await render_card(card, self._services.notice_renderer())

    def _support_relay(self) -> OutboxRelay:
        services, channel = self._services, self._services.facts().support
        renderers = Renderers(
            question_lost=lambda to: question_lost(to, services.notice_renderer()),
            answer_lost=lambda row: answer_lost(row, services.notice_renderer()),
            chat_fails=lambda problem, to: chat_fails(problem, to, services.notice_renderer()),
        )
        news = SupportNews(self.support, services.people, renderers, channel.chat if channel is not None else 0)
        return services.relay(news, "support notifications", services.signals.support_failed)

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
