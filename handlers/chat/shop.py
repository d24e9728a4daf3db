"""/shop: a one-time token that tells a connected shop who its customer is in the chat."""

from bot.kit.buttons import Copy
from bot.kit.context import Context
from bot.kit.feature import Command, Feature
from bot.kit.formatting import Code
from engine.codes import new_token
from handlers.chat.buttons import back_home


async def show_token(ctx: Context) -> None:
    """Entered at the shop once, it links the shop's customer to this person; no e-mail address ever does."""
    token = ctx.draft("shop", token=new_token(ctx.random))
    ctx.say("shop-token", rows=[[Copy("button-copy-token", token)], back_home()], token=Code(token))


FEATURE = Feature("shop", commands=(Command("shop", show_token),))
