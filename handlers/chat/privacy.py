"""Handles /privacy: the data stored about a person."""

from bot.kit.context import Context
from bot.kit.feature import Command, Feature
from bot.kit.home_button import back_home


async def show_privacy(ctx: Context) -> None:
    """Shows five lines."""
    ctx.say("privacy-card", rows=[back_home()])


FEATURE = Feature("privacy", commands=(Command("privacy", show_privacy),))
