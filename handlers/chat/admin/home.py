"""Handles /admin: everything that waits, today's figures, and the way to each list and command."""

from typing import Final

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.feature import Command, Feature, on_plain
from bot.kit.formatting import Count, Lines, Money, Term, Text
from bot.kit.home_button import back_home
from engine.queries.figures import bounds
from handlers.chat.admin.admins import OpenAdmins
from handlers.chat.admin.buttons import (
    OpenCommands,
    OpenOverview,
    OpenPurchase,
    OpenRecording,
    OpenStats,
    back_to_admin,
)
from handlers.chat.admin.orders import examples
from handlers.chat.admin.programme_buttons import OpenOfferList, OpenRates
from handlers.chat.admin.purchase_questions import EXAMPLES
from handlers.chat.admin.waiting import waiting_buttons
from handlers.chat.buttons import OpenAdmin

COMMANDS: Final = (
    "pending",
    "approve",
    "reject",
    "paid",
    "commissions",
    "stats",
    "purchase",
    "import",
    "refund",
    "adjust",
    "member",
    "suspend",
    "reinstate",
    "why",
    "broadcast",
    "aside",
)
"""The commands on their page, each with its description."""

OWNERS: Final = ("offer", "rate", "admins")
"""Those that owners find there as well."""


async def home(ctx: Context) -> None:
    """Shows what waits, with a way to each list; the admins' pages lead back to it."""
    buttons, waiting = await waiting_buttons(ctx)
    today = await ctx.figures.figures(*bounds(ctx.engine.programme.program, "today", ctx.now))
    ctx.say(
        "admin-home",
        rows=[
            *buttons,
            [Press("button-admin-stats", OpenStats("today", fresh=False))],
            [Press("button-admin-recording", OpenRecording()), Press("button-admin-commands", OpenCommands())],
            _owners_buttons() if ctx.person.is_owner else [],
            back_home(),
        ],
        waiting=Count(waiting),
        orders=Count(today.orders),
        sold=Money(today.sold, ctx.bot.currency),
        credited=Money(today.credited, ctx.bot.currency),
    )


async def overview(ctx: Context) -> None:
    """Shows the same as a new message: the summary above stays."""
    ctx.message = None
    await home(ctx)


def _owners_buttons() -> list[Press]:
    return [
        Press("button-offer-list", OpenOfferList()),
        Press("button-rate-list", OpenRates()),
        Press("button-admins", OpenAdmins()),
    ]


async def commands(ctx: Context) -> None:
    """Lists the commands that admins can type, and to owners theirs as well."""
    names = COMMANDS + OWNERS if ctx.person.is_owner else COMMANDS
    lines = [Term("admin-command", command=Text(f"/{name}"), description=Term(f"command-{name}")) for name in names]
    ctx.say("admin-commands", rows=[back_to_admin()], commands=Lines(tuple(lines)))


async def recording(ctx: Context) -> None:
    """Explains how to type purchases, refunds and corrections."""
    commands = (*EXAMPLES, "/refund o-17", "/refund o-17 50000", "/adjust @sara -5000")
    rows = [[Press("button-admin-purchase", OpenPurchase())], back_to_admin()]
    ctx.say("admin-recording", rows=rows, examples=examples(commands))


FEATURE = Feature(
    "admin",
    commands=(Command("admin", home, admin=True),),
    buttons=(
        on_plain(OpenAdmin, home),
        on_plain(OpenOverview, overview),
        on_plain(OpenRecording, recording),
        on_plain(OpenCommands, commands),
    ),
)
