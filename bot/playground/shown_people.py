"""Writes the messages by which a person shows another one to the bot: forwarded from them, or their contact card."""

from __future__ import annotations

from bot.kit.json import Json
from bot.playground.acts import text_of
from bot.playground.chats import User
from bot.playground.world import World

PHONE_NUMBER = "+98912{:07d}"
"""Nobody's: the digits behind the prefix are the person's Telegram id."""


def forwarded(world: World, author: User, text: str, *, hidden: bool) -> Json:
    """Returns the content of a message forwarded from its author, who may hide their account in forwards."""
    origin: Json = {"type": "user", "date": world.now_s, "sender_user": author.as_json()}
    if hidden:
        name = " ".join(part for part in (author.first_name, author.last_name) if part)
        origin = {"type": "hidden_user", "date": world.now_s, "sender_user_name": name}
    return {**text_of(text), "forward_origin": origin}


def contact(of: User, *, without_account: bool) -> Json:
    """Returns the content of a contact card; one whose number Telegram knows no account of has no user's id."""
    number = PHONE_NUMBER.format(of.id % 10**7)
    card: Json = {"phone_number": number, "first_name": of.first_name}
    if of.last_name is not None:
        card["last_name"] = of.last_name
    return {"contact": card if without_account else {**card, "user_id": of.id}}
