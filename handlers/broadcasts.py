"""What broadcasts look like to those who get them, and what their authors are told while they run."""

from bot.kit.broadcasts import Broadcast, Content
from bot.kit.buttons import Press
from bot.kit.context import BotFacts
from bot.kit.effects import Outgoing
from bot.kit.languages import Language
from bot.kit.person import Person
from bot.kit.screen import keyboard, text_edit, text_message
from bot.kit.texts import Texts
from handlers.chat.admin.broadcast_cards import progress_arguments, running_rows
from handlers.chat.buttons import StopBroadcasts

NOBODY = 0


def broadcast_message(content: Content, language: Language, texts: Texts) -> Outgoing:
    """A broadcast as people who read this language get it; `chat_id` is still to be set.

    Nothing is added to the author's words but the button with which one gets no more of them.
    """
    _, html = content.text_for(language)
    markup = keyboard([[Press("button-broadcast-stop", StopBroadcasts())]], language, texts)
    params = {"parse_mode": "HTML", "reply_markup": markup}
    if content.photo is None:
        return Outgoing(NOBODY, "sendMessage", {"text": html, **params})
    return Outgoing(NOBODY, "sendPhoto", {"photo": content.photo, "caption": html, **params})


class BroadcastWords:
    """What the herald tells a broadcast's author."""

    def __init__(self, texts: Texts, facts: BotFacts) -> None:
        self._texts = texts
        self._facts = facts

    def progress(self, broadcast: Broadcast, author: Person, message_id: int) -> Outgoing:
        """The card of a started broadcast as it is now, in the message that shows it."""
        html = self._texts.render(author.language, "admin-broadcast", **progress_arguments(broadcast, self._facts))
        markup = keyboard(running_rows(broadcast), author.language, self._texts)
        edit = text_edit(author.chat_id, message_id, html, markup)
        return Outgoing(edit.chat_id, edit.method, edit.params)  # where the message is gone, nobody misses it

    def result(self, broadcast: Broadcast, author: Person) -> Outgoing:
        """What came of it."""
        html = self._texts.render(author.language, "admin-broadcast", **progress_arguments(broadcast, self._facts))
        return text_message(author.chat_id, html, None, reference=f"B-{broadcast.id}")
