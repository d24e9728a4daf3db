"""Combines several notices in one message: a line each, the sum earned, and the new balance.

A new kind that may be combined is one function and one line here; the others are sent alone.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.kit.buttons import Press
from bot.kit.context import message_to
from bot.kit.effects import Outgoing
from bot.kit.formatting import Argument, Choice, Code, Count, Lines, Term, Text
from bot.kit.person import Person
from bot.kit.preferences import Group
from bot.kit.references import notice_reference
from engine.notices import (
    CapReached,
    CommissionCredited,
    CommissionRejected,
    CommissionReleased,
    CommissionReversed,
    CommissionsAvailable,
    FriendBought,
    FriendCame,
    FriendJoined,
    Notice,
    RankReached,
    WithdrawalApproved,
)
from engine.queries.reports import earned_in
from engine.queries.views import NoticeRow
from handlers.chat.buttons import OpenBalance, OpenHistory, OpenSettings, OpenTeam
from handlers.notices.gathered_for_admins import ADMINS_LINES, render_for_admins
from handlers.notices.members import friend_line
from handlers.notices.milestones import is_celebrated
from handlers.notices.parts import Foot, foot, money, reason_of
from handlers.notices.renderer import N, NoticeRenderer
from handlers.phrases import name_for

LINES_MAX: Final = 6
"""The first few are named, the others counted; the history has them all."""

Line = Callable[[N, NoticeRow, Person, NoticeRenderer], Awaitable[Term]]


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """Holds the switch of a kind of notices, and how one of them becomes a line."""

    group: Group
    line: Line[Any]


def _lines(notice: type[N], group: Group, line: Line[N]) -> tuple[type[Notice], NoticeLine]:
    """Registers the line of these notices, so that mypy compares both."""
    return notice, NoticeLine(group, line)


async def _friend_came(notice: FriendCame, row: NoticeRow, to: Person, renderer: NoticeRenderer) -> Term:
    came = await friend_line(notice, to, renderer)
    if await is_celebrated(row, to, renderer):
        return Term("gathered-first-friend", came=came)
    return Term("gathered-friend-came", came=came)


async def _friend_joined(notice: FriendJoined, _row: NoticeRow, to: Person, renderer: NoticeRenderer) -> Term:
    return Term("gathered-friend-joined", friend=await name_for(renderer, to, notice.friend))


async def _friend_bought(notice: FriendBought, _row: NoticeRow, to: Person, renderer: NoticeRenderer) -> Term:
    friend = await name_for(renderer, to, notice.friend)
    return Term("gathered-friend-bought", friend=friend, total=money(notice.total, renderer))


async def _commission(notice: CommissionCredited, row: NoticeRow, to: Person, renderer: NoticeRenderer) -> Term:
    reason, state = await reason_of(notice, to, renderer), Choice(notice.state)
    text_id = "gathered-first-sale" if await is_celebrated(row, to, renderer) else "gathered-commission"
    return Term(text_id, amount=money(notice.amount, renderer), state=state, reason=reason)


async def _released(notice: CommissionReleased, _row: NoticeRow, to: Person, renderer: NoticeRenderer) -> Term:
    explained = await renderer.engine.explain(notice.number)
    assert explained is not None  # the notice is of its own journal row
    reason = await reason_of(explained.commission, to, renderer)
    return Term("gathered-released", amount=money(notice.amount, renderer), reason=reason)


async def _available(notice: CommissionsAvailable, _row: NoticeRow, _to: Person, renderer: NoticeRenderer) -> Term:
    return Term("gathered-available", amount=money(notice.amount, renderer))


async def _reversed(notice: CommissionReversed, _row: NoticeRow, _to: Person, renderer: NoticeRenderer) -> Term:
    return Term("gathered-reversed", amount=money(notice.amount, renderer), order=Code(notice.order))


async def _rejected(notice: CommissionRejected, row: NoticeRow, _to: Person, renderer: NoticeRenderer) -> Term:
    reason = await renderer.engine.reason_of(row.seq)
    given: Argument = Text(reason) if reason else Term("no-reason")
    return Term("gathered-rejected", amount=money(notice.amount, renderer), reason=given)


async def _cap_reached(notice: CapReached, _row: NoticeRow, _to: Person, renderer: NoticeRenderer) -> Term:
    return Term("gathered-cap-reached", cut=money(notice.cut, renderer))


async def _rank_reached(notice: RankReached, _row: NoticeRow, _to: Person, renderer: NoticeRenderer) -> Term:
    return Term("gathered-rank-reached", rank=renderer.bot.titles.of("rank", notice.rank))


LINES: Final[Mapping[type[Notice], NoticeLine]] = dict(
    (
        _lines(FriendCame, "friends", _friend_came),
        _lines(FriendJoined, "friends", _friend_joined),
        _lines(FriendBought, "friends", _friend_bought),
        _lines(CommissionCredited, "commissions", _commission),
        _lines(CommissionReversed, "commissions", _reversed),
        _lines(CommissionRejected, "commissions", _rejected),
        _lines(CommissionReleased, "releases", _released),
        _lines(CommissionsAvailable, "releases", _available),
        _lines(RankReached, "milestones", _rank_reached),
        _lines(CapReached, "ranks", _cap_reached),
    )
)
"""By notice: the group that switches it off, and its line."""

ALONE: Final[Mapping[type[Notice], Group]] = {WithdrawalApproved: "withdrawals"}
"""Notices with a switch but no line: a step of a withdrawal must not come after the next one."""

REWARDS: Final = ("signup", "rank")
"""The kinds of commissions that are bonuses, with a switch of their own."""


def group_of(row: NoticeRow) -> Group | None:
    """Returns the switch of a notice; None for one that is always sent."""
    if isinstance(row.notice, CommissionCredited) and row.notice.kind in REWARDS:
        return "rewards"
    told = type(row.notice)
    return LINES[told].group if told in LINES else ALONE.get(told)


def is_alone(row: NoticeRow) -> bool:
    """Returns whether it is never combined with others: it has no line."""
    return type(row.notice) not in LINES and type(row.notice) not in ADMINS_LINES


async def render_together(
    rows: Sequence[NoticeRow], to: Person, renderer: NoticeRenderer, *, busy: bool = False
) -> list[Outgoing]:
    """Returns one message of several notices, all of kinds with a line; notices to an admin form another one.

    busy: the message says that commissions are told hourly from now on.
    """
    own = [row for row in rows if type(row.notice) in LINES]
    others = [row for row in rows if type(row.notice) in ADMINS_LINES]
    return [
        *([await _own_together(own, to, renderer, busy=busy)] if own else []),
        *(await render_for_admins(others, to, renderer) if others else []),
    ]


async def _own_together(rows: Sequence[NoticeRow], to: Person, renderer: NoticeRenderer, *, busy: bool) -> Outgoing:
    """Returns a member's combined message. Its reference is that of the last notice."""
    lines = list(
        await asyncio.gather(*(LINES[type(row.notice)].line(row.notice, row, to, renderer) for row in rows[:LINES_MAX]))
    )
    if len(rows) > LINES_MAX:
        lines.append(Term("listed-more", count=Count(len(rows) - LINES_MAX)))
    earned = earned_in(rows)
    total = [Term("gathered-total", amount=money(earned, renderer))] if earned else []
    end = await _foot(rows, to, renderer)
    hourly = [Term("gathered-hourly")] if busy else []
    return message_to(
        to,
        renderer.texts,
        "notice-gathered",
        rows=[*end.withdraw, *_ways(rows, busy=busy)],
        reference=notice_reference(rows[-1].number),
        count=Count(len(rows)),
        lines=Lines(tuple(lines)),
        total=Lines((*total, *end.lines.terms, *hourly)),
    )


async def _foot(rows: Sequence[NoticeRow], to: Person, renderer: NoticeRenderer) -> Foot:
    """Returns the foot of the first notice that made money available; what came later is part of its crossing."""
    freed = [row for row in rows if _frees(row.notice)]
    return await foot(freed[0] if freed else rows[-1], to, renderer, freed=bool(freed), until_now=True)


def _frees(notice: Notice) -> bool:
    if isinstance(notice, CommissionCredited | CommissionReleased):
        return notice.state == "available"
    return isinstance(notice, CommissionsAvailable)


def _ways(rows: Sequence[NoticeRow], *, busy: bool) -> list[list[Press]]:
    friends = any(LINES[type(row.notice)].group == "friends" for row in rows)
    return [
        [Press("button-balance", OpenBalance(fresh=True)), Press("button-history", OpenHistory(0))],
        *([[Press("button-team", OpenTeam(0))]] if friends else []),
        *([[Press("button-settings", OpenSettings(fresh=True))]] if busy else []),
    ]
