"""Lists the kinds of things that wait for an admin: each is a line here, with its count and the button to its list."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.kit.buttons import Button, Press
from bot.kit.context import Context
from bot.kit.formatting import Count
from handlers.chat.admin.broadcast_buttons import OpenBroadcasts
from handlers.chat.admin.buttons import OpenAsides, OpenCommissions, OpenPending, OpenQuestions, OpenShopProblems


@dataclass(frozen=True, slots=True)
class Waiting:
    """Holds one kind. `label` is the text of its button, which takes the $count; `opens` is the button to its list.

    `when_none` is the label where nothing of the kind waits; without one there is no button then.
    """

    label: str
    count: Callable[[Context], Awaitable[int]]
    opens: Button
    when_none: str | None = None


async def _requests(ctx: Context) -> int:
    return (await ctx.engine.open_withdrawals(count=0))[1]


async def _commissions(ctx: Context) -> int:
    return 0 if ctx.engine.programme.approves_by_itself else (await ctx.engine.undecided(False, count=0))[1]


async def _invitations(ctx: Context) -> int:
    return (await ctx.friends.held_invitations(skip=0, count=0))[1]


async def _shop_problems(ctx: Context) -> int:
    return (await ctx.shop_problems.waiting(skip=0, count=0))[1]


async def _broadcasts(ctx: Context) -> int:
    return await ctx.broadcasts.under_way()


async def _questions(ctx: Context) -> int:
    return await ctx.support.waiting() if ctx.bot.support is not None else 0


WAITING: Final[tuple[Waiting, ...]] = (
    Waiting("button-admin-open-requests", _requests, OpenPending(1), "button-admin-pending"),
    Waiting("button-admin-commissions-waiting", _commissions, OpenCommissions(1), "button-admin-commissions"),
    Waiting("button-admin-asides", _invitations, OpenAsides(1)),
    Waiting("button-admin-questions", _questions, OpenQuestions(1)),
    Waiting("button-admin-shop-problems", _shop_problems, OpenShopProblems(1)),
    Waiting("button-admin-broadcasts-running", _broadcasts, OpenBroadcasts(1), "button-admin-broadcasts"),
)
"""In the order in which the home card shows them: what waits first, then the lists that are empty."""


async def waiting_buttons(ctx: Context, kinds: Sequence[Waiting] = WAITING) -> tuple[list[list[Press]], int]:
    """Returns the buttons, those of what waits first, and how many things wait in all."""
    counts = await asyncio.gather(*(each.count(ctx) for each in kinds))
    counted = list(zip(kinds, counts, strict=True))
    some = [[Press(each.label, each.opens, "primary", count=Count(count))] for each, count in counted if count]
    none = [[Press(each.when_none, each.opens)] for each, count in counted if not count and each.when_none]
    return some + none, sum(counts)
