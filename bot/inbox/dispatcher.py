"""Routes an update from the worker to its handler: finds the person, builds their context, returns the outcome."""

import logging
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Final

from telegram import CallbackQuery, ChatMemberUpdated, Message, RefundedPayment, SuccessfulPayment, Update, User
from telegram import Document as File
from telegram.constants import ChatMemberStatus, ChatType

from bot.inbox.shared_accounts import shared_account
from bot.kit.bot_facts import BotFacts
from bot.kit.context import Context, MessageRef, message_to
from bot.kit.effects import Effects, Outgoing
from bot.kit.formatting import Code, Text
from bot.kit.imports import Document
from bot.kit.json import Json
from bot.kit.languages import language_for
from bot.kit.person import NAMELESS, Person, clean_name
from bot.kit.products import Payment
from bot.kit.references import error_reference
from bot.kit.router import route
from bot.kit.routes import Routes
from bot.kit.services import ChatServices
from bot.kit.support import SentMessage
from bot.kit.support_button import support_row
from bot.runtime.signals import Topic
from bot.store.inbox import Received, sender_of
from bot.store.profiles import Profiles, UserSeen, UserState
from bot.store.update_results import FailedUpdate, UpdateOutcome

REALM: Final = "telegram"
ADMINS_PAUSE_MS: Final = 60_000
"""Minimum time between alerts of failures to the admins, ms; the log has every failure."""

_COPYABLE: Final = (
    *("text", "photo", "document", "voice", "audio", "video", "video_note", "animation", "sticker"),
    *("contact", "location", "venue"),
)
"""The kinds of content that Telegram always copies; polls, games, gifts and payments are not among them."""

_AWAY = (ChatMemberStatus.BANNED, ChatMemberStatus.LEFT)
_log = logging.getLogger(__name__)


class UpdateDispatcher:
    """Implements the worker's Dispatcher: routes updates to handlers.

    `people` records who writes. `random` makes tokens and references, `now` gives ms, UTC; `chat_returned` is told the
    Telegram id of a person who had blocked the bot and is back.
    """

    def __init__(
        self,
        services: ChatServices,
        people: Profiles,
        *,
        facts: Callable[[], BotFacts],
        routes: Routes,
        random: Random,
        now: Callable[[], int],
        chat_returned: Topic[int],
    ) -> None:
        self._services = services
        self._engine = services.engine
        self._people = people
        self._texts = services.texts
        self._facts = facts
        self._routes = routes
        self._random = random
        self._now = now
        self._chat_returned = chat_returned
        self._admins_told_at = -ADMINS_PAUSE_MS

    async def handle(self, update: Update, received: Received) -> UpdateOutcome:
        """Returns the update's outcome; unsupported kinds have none."""
        if update.my_chat_member is not None:
            return await self._member_changed(update.my_chat_member, received)
        if update.callback_query is not None:
            return await self._pressed(update.callback_query, received)
        if update.edited_message is not None and update.edited_message.from_user is not None:
            return await self._edited(update.edited_message, update.edited_message.from_user, received)
        if update.message is not None and update.message.migrate_to_chat_id is not None:
            return UpdateOutcome(moved=(update.message.chat.id, update.message.migrate_to_chat_id))
        if update.message is not None and update.message.from_user is not None:
            return await self._written(update.message, update.message.from_user, received)
        return UpdateOutcome()

    async def _written(self, message: Message, sender: User, received: Received) -> UpdateOutcome:
        if self._is_ignored(message, sender):
            return UpdateOutcome()
        context = await self._of_message(message, sender, received)
        context.payment, context.given_back = _payment(message.successful_payment), _payment(message.refunded_payment)
        context.document = _document(message.document)
        context.account = shared_account(message)
        context.forwarded = _is_somebody_elses(message)
        if context.forwarded:
            return await self._routed(context)
        context.text = message.text
        if context.dialogue is not None:
            context.html = message.text_html if message.text is not None else message.caption_html
            context.photo = message.photo[-1].file_id if message.photo else None
        return await self._routed(context)

    async def _edited(self, message: Message, sender: User, received: Received) -> UpdateOutcome:
        """Routes the news that a message was edited; the edit is neither a command nor an answer."""
        if self._facts().support is None or self._is_ignored(message, sender):
            return UpdateOutcome()
        return await self._routed(await self._of_message(message, sender, received, edited=True))

    async def _of_message(self, message: Message, sender: User, received: Received, *, edited: bool = False) -> Context:
        """Builds a message's context, without its content."""
        private = message.chat.type == ChatType.PRIVATE
        state = await self._standing(sender, received, private=private)
        context = self._context(state, received, chat_id=message.chat.id)
        context.topic = _topic(message)
        context.sent = _sent(message, self._facts().username, edited=edited)
        return context

    def _is_ignored(self, message: Message, sender: User) -> bool:
        """Returns whether a message is nobody's, or ours. An anonymous admin of a group may answer for support."""
        if self._is_ours(message) or message.is_automatic_forward:
            return True
        if message.sender_chat is not None:
            return not self._may_be_an_answer(message)
        return sender.is_bot

    def _may_be_an_answer(self, message: Message) -> bool:
        support = self._facts().support
        in_group = message.chat.type in (ChatType.GROUP, ChatType.SUPERGROUP)
        return support is not None and support.chat < 0 and in_group and message.reply_to_message is not None

    def _is_ours(self, message: Message) -> bool:
        """Returns whether the message was sent via this bot's own inline mode, in any chat; these are ignored."""
        return message.via_bot is not None and message.via_bot.username == self._facts().username

    async def _pressed(self, press: CallbackQuery, received: Received) -> UpdateOutcome:
        chat = press.message.chat if press.message is not None else None
        private = chat is not None and chat.id == press.from_user.id
        state = await self._standing(press.from_user, received, private=private)
        context = self._context(state, received, chat_id=chat.id if chat is not None else None)
        context.data = press.data or ""
        if isinstance(press.message, Message):
            context.message = MessageRef(press.message.message_id, bool(press.message.photo))
            context.topic = _topic(press.message)
        return replace(await self._routed(context), press=press.id)

    async def _routed(self, context: Context) -> UpdateOutcome:
        await route(self._routes, context)
        return UpdateOutcome(context.effects, context.person.id or None)

    async def _member_changed(self, change: ChatMemberUpdated, received: Received) -> UpdateOutcome:
        if change.chat.type != ChatType.PRIVATE:
            return UpdateOutcome()
        if change.new_chat_member.status in _AWAY:
            return UpdateOutcome(went_away=change.from_user.id)
        known = await self._people.standing(change.from_user.id, received.seq)
        if known is not None:  # a person is created on their first message
            await self._arrive(known, change.from_user, received)
        return UpdateOutcome()

    async def _standing(self, sender: User, received: Received, *, private: bool) -> UserState:
        """Returns the sender's state. In private chats creates new persons and records changes of their profile."""
        known = await self._people.standing(sender.id, received.seq)
        if not private:
            return known or UserState(self._stranger(sender.id, _name_of(sender), sender.language_code), None)
        if known is None:
            return await self._meet(sender, received)
        return await self._arrive(known, sender, received)

    async def _meet(self, sender: User, received: Received) -> UserState:
        person_id, _ = await self._engine.get_or_create_person(REALM, str(sender.id))
        arrival = _arrival(sender, received)
        await self._people.arrive(person_id, arrival, received.received_at)
        person = replace(
            self._stranger(sender.id, arrival.name, arrival.language), id=person_id, username=arrival.username
        )
        return UserState(replace(person, is_new=True), None)

    async def _arrive(self, known: UserState, sender: User, received: Received) -> UserState:
        arrival, person = _arrival(sender, received), known.person
        if (person.name, person.username, person.blocked) == (arrival.name, arrival.username, False):
            return known
        await self._people.arrive(person.id, arrival, received.received_at)
        if person.blocked:
            self._chat_returned.publish(person.chat_id)
        fresh = replace(person, name=arrival.name, username=arrival.username, blocked=False)
        return replace(known, person=fresh)

    def _stranger(self, telegram_id: int, name: str, language: str | None) -> Person:
        """Returns a person without a profile: their id is empty."""
        is_admin, is_owner = (telegram_id in each for each in (self._facts().admins, self._services.admins.owners))
        tongue = language_for(language)
        return Person("", telegram_id, name, None, tongue, is_admin, blocked=False, is_owner=is_owner)

    def _context(self, state: UserState, received: Received, chat_id: int | None) -> Context:
        return Context(
            services=self._services,
            bot=self._facts(),
            random=self._random,
            now=received.received_at,  # identical when the update is handled again
            key=received.key,
            person=state.person,
            chat_id=chat_id,
            effects=Effects(),
            dialogue=state.dialogue,
        )

    async def apologise(self, received: Received, raw: Json) -> FailedUpdate:
        """Tells the person and the admins under one reference.

        An error in doing so is logged, with fewer or no messages.
        """
        reference = error_reference(self._random)
        press = raw.get("callback_query")
        press_id = press.get("id") if isinstance(press, dict) else None
        failed_update = FailedUpdate(reference, press=press_id if isinstance(press_id, str) else None)
        try:
            person = await self._concerned(received, raw)
            messages = await self._regrets(person, reference)
        except Exception:  # noqa: BLE001  an apology must not fail what it is for
            _log.exception("update %s failed: the person and the admins cannot be told", reference)
            return failed_update
        return replace(failed_update, messages=tuple(messages))

    async def _concerned(self, received: Received, raw: Json) -> Person | None:
        """Returns the person who expects an answer in private; None for groups and for updates without an answer."""
        press = raw.get("callback_query")
        message = press.get("message") if isinstance(press, dict) else raw.get("message")
        chat = message.get("chat") if isinstance(message, dict) else None
        sender = sender_of(raw)
        if sender is None or not isinstance(chat, dict) or chat.get("id") != sender:
            return None
        known = await self._people.standing(sender, received.seq)
        return known.person if known else self._stranger(sender, str(sender), None)

    async def _regrets(self, person: Person | None, reference: str) -> list[Outgoing]:
        code = Code(reference)
        regrets = []
        if person is not None:
            rows = [support_row(self._facts(), fresh=True)]
            regrets.append(message_to(person, self._texts, "error", rows=rows, reference=reference, code=code))
        if self._now() - self._admins_told_at >= ADMINS_PAUSE_MS:
            self._admins_told_at = self._now()
            who = Text(person.name if person else "…")
            regrets += [
                message_to(each, self._texts, "error-for-admins", reference=reference, code=code, person=who)
                for each in await self._people.admins()
                if person is None or each.id != person.id
            ]
        return regrets


def _topic(message: Message) -> int | None:
    """Returns the message's topic. Checks is_topic_message, because message_thread_id also numbers reply threads."""
    return message.message_thread_id if message.is_topic_message else None


def _sent(message: Message, username: str, *, edited: bool) -> SentMessage:
    """Identifies the message; `username` is this bot's."""
    replied = message.reply_to_message
    return SentMessage(
        message.message_id,
        replies_to=replied.message_id if replied is not None else None,
        to_bot=replied is not None and replied.from_user is not None and replied.from_user.username == username,
        album=message.media_group_id,
        copyable=any(getattr(message, kind) for kind in _COPYABLE),
        edited=edited,
    )


def _is_somebody_elses(message: Message) -> bool:
    """Returns whether the message was forwarded (new or old API fields), or sent via another bot's inline mode."""
    return (
        message.forward_origin is not None
        or message.via_bot is not None
        or any(name.startswith("forward_") for name in message.api_kwargs)
    )


def _document(sent: File | None) -> Document | None:
    return None if sent is None else Document(sent.file_id, sent.file_name or "", sent.file_size or 0)


def _payment(told: SuccessfulPayment | RefundedPayment | None) -> Payment | None:
    if told is None:
        return None
    return Payment(told.telegram_payment_charge_id, told.invoice_payload, told.currency, told.total_amount)


def _name_of(user: User) -> str:
    return clean_name(user.first_name, user.last_name, otherwise=user.username or NAMELESS)


def _arrival(user: User, received: Received) -> UserSeen:
    language = language_for(user.language_code)
    return UserSeen(user.id, _name_of(user), user.username, language, received.seq)
