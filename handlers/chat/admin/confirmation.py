"""Leaving a card that waits for confirmation."""

from bot.kit.context import Context
from bot.kit.feature import Feature
from handlers.chat.admin.buttons import DropCard, back_to_admin


async def drop(ctx: Context) -> None:
    """From now on the card's other button does nothing, either."""
    assert isinstance(ctx.button, DropCard)
    ctx.use(await ctx.open(ctx.button.token, ctx.button.kind))
    ctx.say("admin-card-dropped", rows=[back_to_admin()])


FEATURE = Feature("drop", buttons={DropCard: drop})
