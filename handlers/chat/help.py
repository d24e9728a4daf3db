"""Handles /help: what the bot can do for this person."""

from bot.kit.context import Context
from bot.kit.feature import Command, Feature, on_plain
from bot.kit.formatting import Lines, Term
from bot.kit.home_button import back_home
from bot.kit.support_button import support_row
from handlers.chat.buttons import OpenHelp


async def show_help(ctx: Context) -> None:
    """Shows a short help: a member's commands to members, a pointer to /admin to admins."""
    joined = await ctx.engine.member(ctx.person.id) is not None
    lines = [Term("help-member" if joined else "help-newcomer"), Term("help-everybody")]
    if ctx.person.is_admin:
        lines.append(Term("help-admin"))
    ctx.say("help-card", rows=[support_row(ctx.bot), back_home()], lines=Lines(tuple(lines)))


FEATURE = Feature("help", commands=(Command("help", show_help),), buttons=(on_plain(OpenHelp, show_help),))
