"""Renders notices to members: a friend came, money came or went, a withdrawal took a step.

Every message about money ends with its notice's reference, so that a repeat is recognised.
"""

import asyncio
from typing import Final

from bot.kit.buttons import Press
from bot.kit.context import message_to
from bot.kit.effects import Outgoing
from bot.kit.formatting import Argument, Choice, Code, Count, Lines, Money, Term, Text, When
from bot.kit.keyboards import Rows
from bot.kit.person import Person
from bot.kit.references import notice_reference
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
    WithdrawalApproved,
    WithdrawalCancelled,
    WithdrawalNotice,
    WithdrawalPaid,
    WithdrawalRejected,
    WithdrawalRequested,
)
from engine.queries.views import NoticeRow, WithdrawalView
from engine.records import Commission
from handlers.chat.buttons import (
    OpenBalance,
    OpenHistory,
    OpenLink,
    OpenRank,
    OpenTeam,
    OpenWhy,
    OpenWithdrawAnew,
    back_home,
)
from handlers.notices.renderer import NoticeRenderer, renders
from handlers.phrases import known_as, masked, missing, name_for, period, rate


def _message(
    row: NoticeRow, to: Person, renderer: NoticeRenderer, text_id: str, rows: Rows, **arguments: Argument
) -> Outgoing:
    return message_to(to, renderer.texts, text_id, rows=rows, reference=notice_reference(row.number), **arguments)


async def _foot(row: NoticeRow, to: Person, renderer: NoticeRenderer) -> Lines:
    """Returns the end of every message about money: the new balance, and the notice's reference."""
    return Lines((await balance_line(to, renderer), Term("notice-reference", code=Code(notice_reference(row.number)))))


async def balance_line(to: Person, renderer: NoticeRenderer) -> Term:
    """Returns the member's current balance, in one line."""
    balance, currency = await renderer.engine.balance(to.id), renderer.bot.currency
    return Term(
        "notice-balance",
        available=Money(balance.available, currency),
        waits=Choice("yes" if balance.pending else "no"),
        pending=Money(balance.pending, currency),
        held=Choice("yes" if balance.held else "no"),
        held_amount=Money(balance.held, currency),
    )


def _money(amount: int, renderer: NoticeRenderer) -> Money:
    return Money(amount, renderer.bot.currency)


def _balance_row() -> list[Press]:
    return [Press("button-balance", OpenBalance(fresh=True))]


def _why_rows(number: int) -> Rows:
    return [[Press("button-why", OpenWhy(number, 0))], _balance_row()]


# Friends


async def friend_came(notice: FriendCame, row: NoticeRow, to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Tells that a person opened this member's link."""
    friend = await name_for(renderer, to, notice.friend)
    return [_message(row, to, renderer, "notice-friend-came", [[Press("button-link", OpenLink())]], friend=friend)]


async def friend_joined(notice: FriendJoined, row: NoticeRow, to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Tells that a friend has become a member."""
    friend = await name_for(renderer, to, notice.friend)
    return [_message(row, to, renderer, "notice-friend-joined", [_balance_row()], friend=friend)]


async def friend_bought(notice: FriendBought, row: NoticeRow, to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Tells that a friend's order pays this member nothing, and why."""
    arguments: dict[str, Argument] = {
        "friend": await name_for(renderer, to, notice.friend),
        "total": _money(notice.total, renderer),
        "why": Choice(notice.why),
        "reference_line": await _foot(row, to, renderer),
    }
    return [_message(row, to, renderer, "notice-friend-bought", [_balance_row()], **arguments)]


# Commissions


async def commission(
    notice: CommissionCredited, row: NoticeRow, to: Person, renderer: NoticeRenderer
) -> list[Outgoing]:
    """Tells that a commission was credited: how much, for what, and when it can be withdrawn."""
    reason, state, foot = await asyncio.gather(  # asked together, they are one look at the books
        reason_of(notice, to, renderer), _standing(notice, row, to, renderer), _foot(row, to, renderer)
    )
    arguments: dict[str, Argument] = {
        "amount": _money(notice.amount, renderer),
        "reason": reason,
        "state": state,
        "reference_line": foot,
    }
    held = notice.state == "held"
    rows = [*_why_rows(notice.number), [Press("button-team", OpenTeam(0))]] if held else _why_rows(notice.number)
    return [_message(row, to, renderer, "notice-commission", rows, **arguments)]


async def reason_of(credited: CommissionCredited | Commission, to: Person, renderer: NoticeRenderer) -> Term:
    """Describes a commission by its source, kind and level."""
    origin, _, name = credited.source.partition(":")
    if origin == "order":
        order = await renderer.engine.order(name)
        buyer = await name_for(renderer, to, order.buyer) if order is not None else Term("person-of-team")
        return Term("reason-order", kind=Choice(credited.kind), level=Count(credited.level), buyer=buyer)
    if origin == "join":
        return Term("reason-signup", friend=await name_for(renderer, to, name))
    if origin == "period":
        return Term("reason-pairing", first_day=period(renderer, name))
    return Term("reason-rank", rank=renderer.bot.titles.of("rank", name))


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
    arguments: dict[str, Argument] = {
        "amount": _money(notice.amount, renderer),
        "reason": await reason_of(explained.commission, to, renderer),
        "state": await _standing(notice, row, to, renderer),
        "reference_line": await _foot(row, to, renderer),
    }
    return [_message(row, to, renderer, "notice-released", _why_rows(notice.number), **arguments)]


async def available(
    notice: CommissionsAvailable, row: NoticeRow, to: Person, renderer: NoticeRenderer
) -> list[Outgoing]:
    """Tells that commissions can now be withdrawn: they have come due, or were approved."""
    arguments: dict[str, Argument] = {
        "amount": _money(notice.amount, renderer),
        "count": Count(notice.count),
        "reference_line": await _foot(row, to, renderer),
    }
    why = Press("button-why", OpenWhy(notice.number, 0))
    explained = why if notice.count == 1 else Press("button-history", OpenHistory(0))
    rows = [[Press("button-withdraw", OpenWithdrawAnew())], [explained]]
    return [_message(row, to, renderer, "notice-available", rows, **arguments)]


async def reversed_(notice: CommissionReversed, row: NoticeRow, to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Tells that a refund took a commission back; a balance below zero is explained."""
    balance = await renderer.engine.balance(to.id)
    arguments: dict[str, Argument] = {
        "amount": _money(notice.amount, renderer),
        "left": _money(notice.left, renderer),
        "order": Code(notice.order),
        "below": Choice("yes" if balance.available < 0 else "no"),
        "reference_line": await _foot(row, to, renderer),
    }
    return [_message(row, to, renderer, "notice-reversed", _why_rows(notice.number), **arguments)]


async def rejected(notice: CommissionRejected, row: NoticeRow, to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Tells that an admin rejected a commission, mostly with a reason."""
    reason = await renderer.engine.reason_of(row.seq)
    arguments: dict[str, Argument] = {
        "amount": _money(notice.amount, renderer),
        "reason": Text(reason) if reason else Term("no-reason"),
        "reference_line": await _foot(row, to, renderer),
    }
    return [_message(row, to, renderer, "notice-rejected", _why_rows(notice.number), **arguments)]


async def cap_reached(notice: CapReached, row: NoticeRow, to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Tells that a cap left nothing of a commission."""
    arguments: dict[str, Argument] = {
        "cut": _money(notice.cut, renderer),
        "limit": _money(notice.limit, renderer),
        "cap": Choice(notice.cap),
        "reference_line": await _foot(row, to, renderer),
    }
    return [_message(row, to, renderer, "notice-cap-reached", [_balance_row()], **arguments)]


async def adjusted(notice: BalanceAdjusted, row: NoticeRow, to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Tells that an admin corrected the balance by hand."""
    arguments: dict[str, Argument] = {
        "amount": _money(notice.amount, renderer),
        "reason": Text(notice.reason),
        "reference_line": await _foot(row, to, renderer),
    }
    return [_message(row, to, renderer, "notice-adjusted", [_balance_row()], **arguments)]


# Ranks and membership


async def rank_reached(notice: RankReached, row: NoticeRow, to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Tells the new rank and its rate; its bonus comes as a commission of its own."""
    reached = renderer.engine.programme.rank_by_id.get(notice.rank)
    rates = [] if reached is None else [reached.commission.text]  # a changed programme may have dropped it since
    arguments: dict[str, Argument] = {
        "rank": renderer.bot.titles.of("rank", notice.rank),
        "gives": Lines(tuple(Term("earns-directly", rate=rate(renderer, text)) for text in rates)),
    }
    rows = [[Press("button-rank", OpenRank(fresh=True))], _balance_row()]
    return [_message(row, to, renderer, "notice-rank-reached", rows, **arguments)]


async def suspended(_notice: MemberSuspended, row: NoticeRow, to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Tells that the membership is suspended."""
    reason = await renderer.engine.reason_of(row.seq)
    given: Argument = Text(reason) if reason else Term("no-reason")
    rows: Rows = [support_row(renderer.bot, fresh=True), back_home(fresh=True)]
    return [_message(row, to, renderer, "notice-suspended", rows, reason=given)]


async def reinstated(_notice: MemberReinstated, row: NoticeRow, to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Tells that the membership is reinstated."""
    return [_message(row, to, renderer, "notice-reinstated", [back_home(fresh=True)])]


# Withdrawals

_Step = tuple[WithdrawalView, dict[str, Argument]]
"""A request, and what all messages about it say."""


async def _step(notice: WithdrawalNotice, row: NoticeRow, to: Person, renderer: NoticeRenderer) -> _Step:
    request = await renderer.engine.withdrawal(notice.number)
    assert request is not None  # the notice is of its own journal row
    arguments: dict[str, Argument] = {
        "number": Count(request.number),
        "amount": _money(notice.amount, renderer),
        "reference_line": await _foot(row, to, renderer),
    }
    return request, arguments


async def withdrawal_approved(
    notice: WithdrawalApproved, row: NoticeRow, to: Person, renderer: NoticeRenderer
) -> list[Outgoing]:
    """Tells that a withdrawal was approved."""
    request, arguments = await _step(notice, row, to, renderer)
    arguments["destination"] = masked(request.destination_kind, request.last_four)
    return [_message(row, to, renderer, "notice-withdrawal-approved", [_balance_row()], **arguments)]


async def withdrawal_rejected(
    notice: WithdrawalRejected, row: NoticeRow, to: Person, renderer: NoticeRenderer
) -> list[Outgoing]:
    """Tells that a withdrawal was rejected, and why."""
    request, arguments = await _step(notice, row, to, renderer)
    arguments["reason"] = Text(request.reason) if request.reason else Term("no-reason")
    return [_message(row, to, renderer, "notice-withdrawal-rejected", [_balance_row()], **arguments)]


async def withdrawal_paid(
    notice: WithdrawalPaid, row: NoticeRow, to: Person, renderer: NoticeRenderer
) -> list[Outgoing]:
    """Tells that a withdrawal was paid: this is the receipt."""
    request, arguments = await _step(notice, row, to, renderer)
    arguments["destination"] = masked(request.destination_kind, request.last_four)
    arguments["tracking"] = Code(request.tracking or "-")
    return [_message(row, to, renderer, "notice-withdrawal-paid", [_balance_row()], **arguments)]


async def own_doing(
    _notice: WithdrawalNotice, _row: NoticeRow, _to: Person, _renderer: NoticeRenderer
) -> list[Outgoing]:
    """Returns nothing: the member's own act was answered in the chat."""
    return []


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
    renders(WithdrawalRequested, own_doing),
    renders(WithdrawalCancelled, own_doing),
    renders(WithdrawalApproved, withdrawal_approved),
    renders(WithdrawalRejected, withdrawal_rejected),
    renders(WithdrawalPaid, withdrawal_paid),
)
