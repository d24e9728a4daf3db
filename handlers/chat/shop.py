"""Handles /shop: a one-time token that links a shop's customer to this person."""

from bot.kit.buttons import Copy
from bot.kit.context import Context
from bot.kit.feature import Command, Feature
from bot.kit.formatting import Code
from bot.kit.home_button import back_home
from engine.codes import new_token


async def show_token(ctx: Context) -> None:
    """Shows the token; entered at the shop once, it links the customer. E-mail addresses never do."""
    token = ctx.draft("shop", token=new_token(ctx.random))
    ctx.say("shop-token", rows=[[Copy("button-copy-token", token)], back_home()], token=Code(token))


FEATURE = Feature("shop", commands=(Command("shop", show_token),))
