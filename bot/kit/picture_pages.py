"""Answers with a picture that switches in place: its buttons exchange picture and caption in the same message."""

from dataclasses import replace
from typing import Final

from bot.kit import keyboards
from bot.kit.context import Context
from bot.kit.effects import Outgoing
from bot.kit.formatting import Argument
from bot.kit.json import Json
from bot.kit.keyboards import Rows
from bot.kit.look_ups import kind_of

_IN_MEDIA: Final = ("caption", "parse_mode")


def show_picture(ctx: Context, text_id: str, picture: Json, rows: Rows, /, **arguments: Argument) -> None:
    """Exchanges the picture that the pressed button is under, or sends a new one; the text says it in words.

    `picture` is a recipe (see Outgoing), the text the caption.
    """
    chat_id = ctx.person.chat_id if ctx.chat_id is None else ctx.chat_id
    html = ctx.texts.render(ctx.language, text_id, **arguments)
    sent = keyboards.picture_message(chat_id, html, keyboards.keyboard(rows, ctx.language, ctx.texts), picture)
    place = ctx.message if ctx.message is not None and ctx.message.has_picture else None
    outgoing = picture_edit(sent, place.id) if place is not None else sent
    kind = kind_of(text_id, edited=place.id if place else None, asked=ctx.text if ctx.data is None else ctx.data)
    ctx.effects.outgoing.append(keyboards.in_topic(replace(outgoing, kind=kind), ctx.topic))


def picture_edit(sent: Outgoing, message_id: int) -> Outgoing:
    """Turns a new picture's call into the edit of a message that has one; it is sent anew where that is gone."""
    media = {"type": "photo", **{name: sent.params[name] for name in _IN_MEDIA}}
    others = {name: value for name, value in sent.params.items() if name not in _IN_MEDIA}
    return replace(sent, method="editMessageMedia", params={"message_id": message_id, "media": media, **others})
