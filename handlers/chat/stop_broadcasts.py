"""Handles the buttons under a broadcast that decline or accept broadcasts."""

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.feature import Feature, on_plain
from handlers.chat.buttons import AcceptBroadcasts, StopBroadcasts


async def stop(ctx: Context) -> None:
    """Declines broadcasts. Answers in a new message, so that the broadcast stays readable."""
    await ctx.broadcasts.decline(ctx.person.id, ctx.now)
    ctx.say("broadcasts-stopped", rows=[[Press("button-broadcasts-again", AcceptBroadcasts())]], new=True)


async def accept(ctx: Context) -> None:
    """Accepts broadcasts again."""
    await ctx.broadcasts.accept(ctx.person.id)
    ctx.say("broadcasts-again")


FEATURE = Feature("broadcasts", buttons=(on_plain(StopBroadcasts, stop), on_plain(AcceptBroadcasts, accept)))
