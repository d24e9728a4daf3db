"""Renders notices to members: a friend came, money came or went, a rank was reached.

Where delivery was unconfirmed, the repeat says so with the notice's reference (bot/outbox/repeats.py).
"""

import asyncio
from typing import Final

from bot.kit.buttons import Press
from bot.kit.effects import Outgoing
from bot.kit.formatting import Argument, Choice, Code, Count, Lines, Term, Text, When
from bot.kit.home_button import back_home
from bot.kit.keyboards import Rows
from bot.kit.person import Person
from bot.kit.support_button import support_row
from engine.notices import (
    BalanceAdjusted,
    CapReached,
    CommissionCredited,
    CommissionRejected,
    CommissionReleased,
    CommissionReversed,
    CommissionsAvailable,
    FriendBought,
    FriendCame,
    FriendJoined,
    MemberReinstated,
    MemberSuspended,
    RankReached,
)
from engine.queries.views import NoticeRow
from handlers.chat.buttons import OpenHistory, OpenLink, OpenRank, OpenTeam, OpenWhy
from handlers.notices.milestones import is_celebrated
from handlers.notices.parts import balance_row, foot, message, money, reason_of
from handlers.notices.renderer import NoticeRenderer, renders
from handlers.phrases import known_as, missing, name_for, rate


def _why(number: int) -> list[Press]:
    return [Press("button-why", OpenWhy(number, 0))]


# Friends


async def friend_came(notice: FriendCame, row: NoticeRow, to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Tells that a person opened this member's link; the first is a milestone."""
    rows = [[Press("button-link", OpenLink())]]
    if await is_celebrated(row, to, renderer):
        came = await friend_line(notice, to, renderer)
        return [message(row, to, renderer, "notice-first-friend", rows, came=came)]
    line = await friend_line(notice, to, renderer)
    return [message(row, to, renderer, line.message_id, rows, **line.arguments)]


async def friend_line(notice: FriendCame, to: Person, renderer: NoticeRenderer) -> Term:
    """Says who came: a friend of the chat by name, or a customer of the shop."""
    if await renderer.people.get(notice.friend) is None:
        return Term("notice-customer-came")
    return Term("notice-friend-came", friend=await name_for(renderer, to, notice.friend))


async def friend_joined(notice: FriendJoined, row: NoticeRow, to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Tells that a friend has become a member."""
    friend = await name_for(renderer, to, notice.friend)
    return [message(row, to, renderer, "notice-friend-joined", [balance_row()], friend=friend)]


async def friend_bought(notice: FriendBought, row: NoticeRow, to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Tells that a friend's order pays this member nothing, and why."""
    arguments: dict[str, Argument] = {
        "friend": await name_for(renderer, to, notice.friend),
        "total": money(notice.total, renderer),
        "why": Choice(notice.why),
        "foot": (await foot(row, to, renderer)).lines,
    }
    return [message(row, to, renderer, "notice-friend-bought", [balance_row()], **arguments)]


# Commissions


async def commission(
    notice: CommissionCredited, row: NoticeRow, to: Person, renderer: NoticeRenderer
) -> list[Outgoing]:
    """Tells that a commission was credited: how much, for what, and when it can be withdrawn; the first sale is a
    milestone.
    """
    reason, state, end, first = await asyncio.gather(  # asked together, they are one look at the books
        reason_of(notice, to, renderer),
        _standing(notice, row, to, renderer),
        foot(row, to, renderer, freed=notice.state == "available"),
        is_celebrated(row, to, renderer),
    )
    arguments: dict[str, Argument] = {
        "amount": money(notice.amount, renderer),
        "reason": reason,
        "state": state,
        "foot": end.lines,
    }
    team = [[Press("button-team", OpenTeam(0))]] if notice.state == "held" else []
    rows = [*end.withdraw, _why(notice.number), balance_row(), *team]
    return [message(row, to, renderer, "notice-first-sale" if first else "notice-commission", rows, **arguments)]


async def _standing(
    notice: CommissionCredited | CommissionReleased, row: NoticeRow, to: Person, renderer: NoticeRenderer
) -> Argument:
    """Describes the state it was credited in, and what it waits for."""
    state = notice.state
    if isinstance(notice, CommissionCredited) and notice.blocker is not None and state == "held":
        who = Choice(await known_as(renderer, to, notice.blocker))
        held = Term("standing-held", who=who, member=await name_for(renderer, to, notice.blocker))
        return Lines((held, *await missing(renderer, notice.blocker)))
    until = When(notice.matures, renderer.bot.zone, time=True)
    ripe = notice.matures <= row.at
    waits_for = "word" if ripe else "time" if renderer.engine.programme.approves_by_itself else "both"
    return Term("standing-free", waits=Choice("nothing" if state == "available" else waits_for), until=until)


async def released(notice: CommissionReleased, row: NoticeRow, to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Tells that nothing blocks a commission any more: which one it is, and when it can be withdrawn."""
    explained = await renderer.engine.explain(notice.number)
    assert explained is not None  # the notice is of its own journal row
    end = await foot(row, to, renderer, freed=notice.state == "available")
    arguments: dict[str, Argument] = {
        "amount": money(notice.amount, renderer),
        "reason": await reason_of(explained.commission, to, renderer),
        "state": await _standing(notice, row, to, renderer),
        "foot": end.lines,
    }
    rows = [*end.withdraw, _why(notice.number), balance_row()]
    return [message(row, to, renderer, "notice-released", rows, **arguments)]


async def available(
    notice: CommissionsAvailable, row: NoticeRow, to: Person, renderer: NoticeRenderer
) -> list[Outgoing]:
    """Tells that commissions can now be withdrawn: they have come due, or were approved."""
    end = await foot(row, to, renderer, freed=True)
    arguments: dict[str, Argument] = {
        "amount": money(notice.amount, renderer),
        "count": Count(notice.count),
        "foot": end.lines,
    }
    explained = _why(notice.number) if notice.count == 1 else [Press("button-history", OpenHistory(0))]
    return [message(row, to, renderer, "notice-available", [*end.withdraw, explained], **arguments)]


async def reversed_(notice: CommissionReversed, row: NoticeRow, to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Tells that a refund took a commission back; a balance below zero is explained."""
    balance = await renderer.engine.balance(to.id)
    arguments: dict[str, Argument] = {
        "amount": money(notice.amount, renderer),
        "left": money(notice.left, renderer),
        "order": Code(notice.order),
        "below": Choice("yes" if balance.available < 0 else "no"),
        "foot": (await foot(row, to, renderer)).lines,
    }
    return [message(row, to, renderer, "notice-reversed", [_why(notice.number), balance_row()], **arguments)]


async def rejected(notice: CommissionRejected, row: NoticeRow, to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Tells that an admin rejected a commission, mostly with a reason."""
    reason = await renderer.engine.reason_of(row.seq)
    arguments: dict[str, Argument] = {
        "amount": money(notice.amount, renderer),
        "reason": Text(reason) if reason else Term("no-reason"),
        "foot": (await foot(row, to, renderer)).lines,
    }
    return [message(row, to, renderer, "notice-rejected", [_why(notice.number), balance_row()], **arguments)]


async def cap_reached(notice: CapReached, row: NoticeRow, to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Tells that a cap left nothing of a commission."""
    arguments: dict[str, Argument] = {
        "cut": money(notice.cut, renderer),
        "limit": money(notice.limit, renderer),
        "cap": Choice(notice.cap),
        "foot": (await foot(row, to, renderer)).lines,
    }
    return [message(row, to, renderer, "notice-cap-reached", [balance_row()], **arguments)]


async def adjusted(notice: BalanceAdjusted, row: NoticeRow, to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Tells that an admin corrected the balance by hand."""
    end = await foot(row, to, renderer, freed=notice.amount > 0)
    arguments: dict[str, Argument] = {
        "amount": money(notice.amount, renderer),
        "reason": Text(notice.reason),
        "foot": end.lines,
    }
    return [message(row, to, renderer, "notice-adjusted", [*end.withdraw, balance_row()], **arguments)]


# Ranks and membership


async def rank_reached(notice: RankReached, row: NoticeRow, to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Tells the new rank and its rate; its bonus comes as a commission of its own."""
    reached = renderer.engine.programme.rank_by_id.get(notice.rank)
    rates = [] if reached is None else [reached.commission.text]  # a changed programme may have dropped it since
    arguments: dict[str, Argument] = {
        "rank": renderer.bot.titles.of("rank", notice.rank),
        "gives": Lines(tuple(Term("earns-directly", rate=rate(renderer, text)) for text in rates)),
    }
    rows = [[Press("button-rank", OpenRank(fresh=True))], balance_row()]
    return [message(row, to, renderer, "notice-rank-reached", rows, **arguments)]


async def suspended(_notice: MemberSuspended, row: NoticeRow, to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Tells that the membership is suspended."""
    reason = await renderer.engine.reason_of(row.seq)
    given: Argument = Text(reason) if reason else Term("no-reason")
    rows: Rows = [support_row(renderer.bot, fresh=True), back_home(fresh=True)]
    return [message(row, to, renderer, "notice-suspended", rows, reason=given)]


async def reinstated(_notice: MemberReinstated, row: NoticeRow, to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Tells that the membership is reinstated."""
    return [message(row, to, renderer, "notice-reinstated", [back_home(fresh=True)])]


RENDERERS: Final = (
    renders(FriendCame, friend_came),
    renders(FriendJoined, friend_joined),
    renders(FriendBought, friend_bought),
    renders(CommissionCredited, commission),
    renders(CommissionReleased, released),
    renders(CommissionsAvailable, available),
    renders(CommissionReversed, reversed_),
    renders(CommissionRejected, rejected),
    renders(CapReached, cap_reached),
    renders(BalanceAdjusted, adjusted),
    renders(RankReached, rank_reached),
    renders(MemberSuspended, suspended),
    renders(MemberReinstated, reinstated),
)
