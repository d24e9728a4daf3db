"""Handles /admin: the admins' queues, and the commands that they can type."""

from typing import Final

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.feature import Command, Feature, on_plain
from bot.kit.formatting import Count, Lines, Term, Text
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
"""The commands on the home card, each with its description."""


async def home(ctx: Context) -> None:
    """Shows the queues, with a way to each, and the commands; the admins' pages lead back to it."""
    _, requests = await ctx.engine.open_withdrawals(count=0)
    commissions = await _to_approve(ctx)
    _, held_invitations = await ctx.friends.held_invitations(skip=0, count=0)
    questions = await ctx.support.waiting() if ctx.bot.support is not None else 0
    counts = {
        "admin-requests-wait": requests,
        "admin-commissions-wait": commissions,
        "admin-asides-wait": held_invitations,
        "admin-questions-wait": questions,
    }
    waiting = [Term(text_id, count=Count(count)) for text_id, count in counts.items() if count]
    lines = [Term("admin-command", command=Text(f"/{name}"), description=Term(f"command-{name}")) for name in COMMANDS]
    ctx.say(
        "admin-home",
        rows=[
            [Press("button-admin-open-requests", OpenPending(1), "primary", count=Count(requests))],
            [_commissions_button(commissions)],
            [Press("button-admin-recording", OpenRecording())],
            [Press("button-admin-broadcasts", OpenBroadcasts(1))],
            [Press("button-admin-asides", OpenAsides(1), count=Count(held_invitations))] if held_invitations else [],
            back_home(),
        ],
        waiting=Lines(tuple(waiting) or (Term("admin-nothing-waits"),)),
        commands=Lines(tuple(lines)),
    )


async def _to_approve(ctx: Context) -> int:
    """Counts the commissions that wait for approval; 0 with automatic approval."""
    if ctx.engine.programme.approves_by_itself:
        return 0
    _, waiting = await ctx.engine.undecided(False, count=0)
    return waiting


def _commissions_button(waiting: int) -> Press:
    if waiting:
        return Press("button-admin-commissions-waiting", OpenCommissions(1), count=Count(waiting))
    return Press("button-admin-commissions", OpenCommissions(1))


async def recording(ctx: Context) -> None:
    """Explains how to type purchases, refunds and corrections."""
    commands = (*EXAMPLES, "/refund o-17", "/refund o-17 50000", "/adjust @sara -5000")
    ctx.say("admin-recording", rows=[back_to_admin()], examples=examples(commands))


FEATURE = Feature(
    "admin",
    commands=(Command("admin", home, admin=True),),
    buttons=(on_plain(OpenAdmin, home), on_plain(OpenRecording, recording)),
)
