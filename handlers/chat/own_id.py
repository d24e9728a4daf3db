"""Handles /id: the person's own code and Telegram number, by which they can be named to an admin."""

from bot.kit.buttons import Copy
from bot.kit.context import Context
from bot.kit.feature import Command, Feature
from bot.kit.formatting import Code
from bot.kit.home_button import back_home
from bot.kit.keyboards import Rows


async def show_id(ctx: Context) -> None:
    """Handles /id."""
    number = str(ctx.person.chat_id)
    rows: Rows = [[Copy("button-copy-code", ctx.person.id), Copy("button-copy-number", number)], back_home()]
    ctx.say("own-id", rows=rows, code=Code(ctx.person.id), number=Code(number))


FEATURE = Feature("own-id", commands=(Command("id", show_id),))
