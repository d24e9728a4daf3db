"""/admin: what waits, and what an admin can type."""

from typing import Final

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.display import Count, Lines, Term, Text
from bot.kit.feature import Command, Feature
from handlers.chat.admin.broadcast_buttons import OpenBroadcasts
from handlers.chat.admin.buttons import OpenAsides, OpenCommissions, OpenPending, OpenRecording, back_to_admin
from handlers.chat.admin.purchase import EXAMPLES, examples
from handlers.chat.buttons import OpenAdmin, back_home

COMMANDS: Final = (
    "pending",
    "approve",
    "reject",
    "paid",
    "commissions",
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
"""What the home card lists, each with its description."""


async def home(ctx: Context) -> None:
    """The card that the admins' pages lead back to."""
    _, open_requests = await ctx.engine.open_withdrawals(count=0)
    rows = [
        [Press("button-admin-open-requests", OpenPending(1), "primary", count=Count(open_requests))],
        [Press("button-admin-commissions", OpenCommissions(1))],
        [Press("button-admin-recording", OpenRecording())],
        [Press("button-admin-broadcasts", OpenBroadcasts(1))],
        *await _asides(ctx),
        back_home(),
    ]
    lines = [Term("admin-command", command=Text(f"/{name}"), description=Term(f"command-{name}")) for name in COMMANDS]
    ctx.say("admin-home", rows=rows, count=Count(open_requests), commands=Lines(tuple(lines)))


async def _asides(ctx: Context) -> list[list[Press]]:
    """A row where invitations wait."""
    _, waiting = await ctx.friends.asides(skip=0, count=0)
    return [[Press("button-admin-asides", OpenAsides(1), count=Count(waiting))]] if waiting else []


async def recording(ctx: Context) -> None:
    """How to type what the shop's day brings."""
    commands = (*EXAMPLES, "/refund o-17", "/refund o-17 50000", "/adjust @sara -5000")
    ctx.say("admin-recording", rows=[back_to_admin()], examples=examples(commands))


FEATURE = Feature(
    "admin",
    commands=(Command("admin", home, admin=True),),
    buttons={OpenAdmin: home, OpenRecording: recording},
)
