"""Builds the Bot API's parameters: messages, and keyboards from typed rows.

Telegram has no right-to-left setting for keyboards, so the buttons of a row are reversed for right-to-left languages.
"""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote, urlencode

from bot.kit.buttons import Copy, Press, RowElement, Share, Url
from bot.kit.effects import Outgoing
from bot.kit.json import Json
from bot.kit.languages import HABITS, Language
from bot.kit.row_width import broken
from bot.kit.texts import Texts
from bot.kit.truncate import CAPTION_LENGTH_MAX, LABEL_LENGTH_MAX, TEXT_LENGTH_MAX, cut_html, cut_plain

Rows = Sequence[Sequence[RowElement]]
_SHARE_PAGE = "https://t.me/share/url"


def text_message(chat_id: int, html: str, markup: Json | None, reference: str | None = None) -> Outgoing:
    """Builds a new text message."""
    return Outgoing(chat_id, "sendMessage", _text_params(html, markup), reference=reference)


def text_edit(chat_id: int, message_id: int, html: str, markup: Json | None, reference: str | None = None) -> Outgoing:
    """Builds an edit of the message's text and keyboard; a new message if it is gone."""
    params = _text_params(html, markup)
    edit = {"message_id": message_id, **params}
    return Outgoing(chat_id, "editMessageText", edit, reference=reference, fallback=params)


def picture_message(
    chat_id: int,
    html: str,
    markup: Json | None,
    picture: Json,
    reference: str | None = None,
) -> Outgoing:
    """Builds a picture with a caption, drawn from its recipe when it is sent, or fetched from {"address": ...}.

    Without the picture the caption is sent alone.
    """
    params: Json = {"caption": cut_html(html, CAPTION_LENGTH_MAX), "parse_mode": "HTML"}
    if markup:
        params["reply_markup"] = markup
    if "address" in picture:
        params["photo"] = picture["address"]
    drawn = None if "address" in picture else picture
    fallback = _text_params(html, markup)
    return Outgoing(chat_id, "sendPhoto", params, picture=drawn, reference=reference, fallback=fallback)


def in_topic(outgoing: Outgoing, topic: int | None) -> Outgoing:
    """Returns the same message in a topic of its chat. An edit stays in place; its replacement goes there."""
    if topic is None:
        return outgoing
    there = {"message_thread_id": topic}
    params = {**outgoing.params, **there} if outgoing.method.startswith("send") else outgoing.params
    fallback = {**outgoing.fallback, **there} if outgoing.fallback is not None else None
    return replace(outgoing, params=params, fallback=fallback)


def keyboard(rows: Rows | None, language: Language, texts: Texts) -> Json | None:
    """Returns an InlineKeyboardMarkup, or None without buttons. A row that is too wide is broken into several."""
    drawn = []
    for row in rows or ():
        buttons = [_button(element, language, texts) for element in row]
        drawn += broken(buttons, [each["text"] for each in buttons])
    if not drawn:
        return None
    if HABITS[language].right_to_left:
        drawn = [row[::-1] for row in drawn]
    return {"inline_keyboard": drawn}


def _text_params(html: str, markup: Json | None) -> Json:
    params: Json = {
        "text": cut_html(html, TEXT_LENGTH_MAX),
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    if markup:
        params["reply_markup"] = markup
    return params


def _button(element: RowElement, language: Language, texts: Texts) -> Json:
    arguments = element.arguments if isinstance(element, Press) else {}
    label = cut_plain(texts.plain(language, element.label_id, **arguments), LABEL_LENGTH_MAX)
    match element:
        case Press():
            style = {"style": element.style} if element.style else {}
            return {"text": label, "callback_data": element.button.pack(), **style}
        case Copy():
            return {"text": label, "copy_text": {"text": element.text}}
        case Share(inline=str()):
            return {"text": label, "switch_inline_query": element.inline}
        case Share():
            query = urlencode({"url": element.url, "text": element.text}, quote_via=quote)
            return {"text": label, "url": f"{_SHARE_PAGE}?{query}"}
        case Url():
            return {"text": label, "url": element.url}
