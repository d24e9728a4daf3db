"""Handles messages that nothing expects: offers to pass them on to support, where the configuration names a chat."""

import base64
from hashlib import sha256
from typing import Final

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.effects import Draft
from bot.kit.feature import Feature
from bot.kit.home_button import back_home
from bot.kit.keyboards import Rows
from bot.kit.support import Handover, SentMessage, SupportChannel
from bot.kit.support_button import support_row
from handlers.chat.buttons import OpenHelp, SendToSupport

KIND: Final = "support"
"""The kind of the drafts that hold the numbers of offered messages."""

_TOKEN_BYTES: Final = 6
_ALBUM_LENGTH_MAX: Final = 10


async def offer(ctx: Context) -> None:
    """Offers to pass the message on; nothing is passed on without the tap. Of an album one offer holds all pictures."""
    channel, sent = ctx.bot.support, ctx.sent
    if channel is None or not channel.chat or sent is None or channel.chat == ctx.chat_id or not sent.copyable:
        _say_unknown(ctx)
    elif sent.album is not None:
        await _offer_album(ctx, channel, sent, album_token(ctx.person.id, sent.album))
    else:
        _offer(ctx, ctx.draft(KIND, messages=str(sent.id), forwarded=int(ctx.forwarded)))


def _say_unknown(ctx: Context) -> None:
    rows: Rows = [support_row(ctx.bot), [Press("button-help", OpenHelp())], back_home()]
    ctx.say("forwarded-text" if ctx.forwarded else "unknown-text", rows=rows)


def _offer(ctx: Context, token: str) -> None:
    send = Press("button-support-send", SendToSupport(token), style="primary")
    ctx.say("support-offer", rows=[[send], back_home()])


async def _offer_album(ctx: Context, channel: SupportChannel, sent: SentMessage, token: str) -> None:
    """Offers the album with its first picture, adds the later ones, and passes them on where the tap came before."""
    found = await ctx.drafts.find(token)
    if found is not None and found.used:
        own = ctx.person.chat_id
        ctx.pass_on(Handover("question", ctx.person.id, own, (sent.id,), channel.chat, forwarded=ctx.forwarded))
        return
    before = messages_of(found) if found is not None else ()
    if sent.id in before or len(before) >= _ALBUM_LENGTH_MAX:
        return
    numbers = " ".join(map(str, (*before, sent.id)))
    ctx.draft(KIND, token=token, messages=numbers, forwarded=int(ctx.forwarded))
    if found is None:
        _offer(ctx, token)


def album_token(person_id: str, album: str) -> str:
    """Returns the token of the draft for a person's album, the same for each of its pictures."""
    digest = sha256(f"{person_id} {album}".encode()).digest()[:_TOKEN_BYTES]
    return base64.urlsafe_b64encode(digest).decode()


def messages_of(draft: Draft) -> tuple[int, ...]:
    """Returns the numbers of the messages that a draft offers."""
    return tuple(int(each) for each in str(draft.values["messages"]).split())


FEATURE = Feature("unexpected", unexpected=offer)
