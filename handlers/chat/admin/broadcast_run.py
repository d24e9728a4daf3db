"""Starts, pauses, resumes and ends broadcasts. A second press changes nothing."""

from typing import Final

from bot.kit.broadcasts import Broadcast
from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.errors import UserError
from bot.kit.feature import ButtonHandler, on
from bot.kit.formatting import Choice, Count
from handlers.chat.admin.broadcast_buttons import (
    Act,
    AskToCancel,
    AskToStart,
    OpenBroadcast,
    StartBroadcast,
    SteerBroadcast,
)
from handlers.chat.admin.broadcast_cards import audience_of, duration_of, found, show_broadcast


class NothingToSend(UserError):
    """Raised for a broadcast without a text."""

    code = "nothing_to_send"


async def press_start(ctx: Context, button: AskToStart) -> None:
    """Asks for confirmation before it is sent."""
    await ask_to_start(ctx, await found(ctx, button.id))


async def ask_to_start(ctx: Context, broadcast: Broadcast) -> None:
    """Asks for confirmation with the number of people and the duration; a started one shows its card instead."""
    if broadcast.state != "draft":
        await show_broadcast(ctx, broadcast)
        return
    if not broadcast.content.texts:
        raise NothingToSend
    people, blocked = await ctx.broadcasts.reach(broadcast.audience, ctx.now)
    ctx.say(
        "admin-broadcast-confirm",
        rows=[
            [Press("button-broadcast-confirm", StartBroadcast(broadcast.id), "success")],
            [Press("button-back", OpenBroadcast(broadcast.id))],
        ],
        number=Count(broadcast.id),
        audience=audience_of(ctx.bot, broadcast.audience),
        people=Count(people - blocked),
        duration=duration_of(people - blocked, ctx.bot),
        rate=Count(ctx.bot.broadcasts_per_second),
    )


async def start(ctx: Context, button: StartBroadcast) -> None:
    """Starts it; the pressed card shows the progress from here on."""
    broadcast = await found(ctx, button.id)
    if broadcast.state == "draft":
        message_id = None if ctx.message is None or ctx.message.has_picture else ctx.message.id
        await ctx.broadcasts.start(broadcast.id, ctx.person.chat_id, message_id, ctx.now)
    await show_broadcast(ctx, await found(ctx, broadcast.id))


async def press_cancel(ctx: Context, button: AskToCancel) -> None:
    """Asks for confirmation before it ends for good."""
    await ask_to_cancel(ctx, await found(ctx, button.id))


async def ask_to_cancel(ctx: Context, broadcast: Broadcast) -> None:
    """Asks for confirmation: sent messages stay sent; a draft is deleted.

    For a running one it asks in a message of its own: the card goes on to be edited.
    """
    if broadcast.state in ("cancelled", "done"):
        await show_broadcast(ctx, broadcast)
        return
    ctx.say(
        "admin-broadcast-cancel",
        rows=[
            [Press("button-broadcast-cancel-yes", SteerBroadcast("cancel", broadcast.id), "danger")],
            [Press("button-back", OpenBroadcast(broadcast.id))],
        ],
        number=Count(broadcast.id),
        new=broadcast.state != "draft",
        state=Choice(broadcast.state),
        sent=Count(broadcast.counts.sent),
    )


async def steer(ctx: Context, button: SteerBroadcast) -> None:
    """Pauses, resumes or ends it for good."""
    await steered(ctx, button.act, button.id)


async def steered(ctx: Context, act: Act, id: int) -> None:
    """Does it if the state allows it, and shows the resulting state."""
    await found(ctx, id)
    if act == "pause":
        await ctx.broadcasts.pause(id)
    elif act == "resume":
        await ctx.broadcasts.resume(id)
    else:
        await ctx.broadcasts.cancel(id, ctx.now)
    await show_broadcast(ctx, await found(ctx, id))


RUN: Final[tuple[ButtonHandler, ...]] = (
    on(AskToStart, press_start),
    on(StartBroadcast, start),
    on(AskToCancel, press_cancel),
    on(SteerBroadcast, steer),
)
