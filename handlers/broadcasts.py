"""Defines the messages that tell admins about their broadcasts while these run, and when they are over."""

from bot.kit.bot_facts import BotFacts
from bot.kit.broadcasts import Broadcast
from bot.kit.effects import Outgoing
from bot.kit.keyboards import keyboard, text_edit, text_message
from bot.kit.person import Person
from bot.kit.texts import Texts
from handlers.chat.admin.broadcast_cards import progress_arguments, running_rows


class BroadcastWords:
    """Writes the messages for the admin who started or wrote a broadcast."""

    def __init__(self, texts: Texts, facts: BotFacts) -> None:
        self._texts = texts
        self._facts = facts

    def progress(self, broadcast: Broadcast, reader: Person, message_id: int) -> Outgoing:
        """Returns the current card of a started broadcast, as an edit of the message that shows it."""
        html = self._texts.render(reader.language, "admin-broadcast", **progress_arguments(broadcast, self._facts))
        markup = keyboard(running_rows(broadcast), reader.language, self._texts)
        edit = text_edit(reader.chat_id, message_id, html, markup)
        return Outgoing(edit.chat_id, edit.method, edit.params)  # a missing message is not sent anew

    def result(self, broadcast: Broadcast, reader: Person) -> Outgoing:
        """Returns the message with a broadcast's result."""
        html = self._texts.render(reader.language, "admin-broadcast", **progress_arguments(broadcast, self._facts))
        return text_message(reader.chat_id, html, None, reference=f"B-{broadcast.id}")
