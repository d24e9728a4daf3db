"""Renders a broadcast for its recipients."""

from bot.kit.broadcasts import BroadcastContent
from bot.kit.buttons import Press
from bot.kit.effects import Outgoing
from bot.kit.keyboards import keyboard
from bot.kit.languages import Language
from bot.kit.texts import Texts
from handlers.chat.buttons import StopBroadcasts

NOBODY = 0


def broadcast_message(content: BroadcastContent, language: Language, texts: Texts) -> Outgoing:
    """Renders a broadcast for people who read this language; the caller sets `chat_id`.

    Adds to the author's text only the button that stops broadcasts.
    """
    _, html = content.text_for(language)
    markup = keyboard([[Press("button-broadcast-stop", StopBroadcasts())]], language, texts)
    params = {"parse_mode": "HTML", "reply_markup": markup}
    if content.photo is None:
        return Outgoing(NOBODY, "sendMessage", {"text": html, **params})
    return Outgoing(NOBODY, "sendPhoto", {"photo": content.photo, "caption": html, **params})
