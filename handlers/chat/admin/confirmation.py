"""Discards a card that waits for confirmation."""

from bot.kit.context import Context
from bot.kit.feature import Feature, on
from handlers.chat.admin.buttons import DropCard, back_to_admin


async def drop(ctx: Context, button: DropCard) -> None:
    """From now on the card's other button does nothing, either."""
    ctx.use(await ctx.open(button.token, button.kind))
    ctx.say("admin-card-dropped", rows=[back_to_admin()])


FEATURE = Feature("drop", buttons=(on(DropCard, drop),))
