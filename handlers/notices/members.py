"""Renders notices to members: a friend came, money came or went, a withdrawal took a step.

Every message about money ends with its notice's reference, so that a repeat is recognised.
"""

from collections.abc import Mapping
from typing import Any, Final

from bot.kit.buttons import Press
from bot.kit.context import message_to
from bot.kit.effects import Outgoing
from bot.kit.formatting import Argument, Choice, Code, Count, Lines, Money, Term, Text, When
from bot.kit.keyboards import Rows
from bot.kit.person import Person
from bot.kit.references import notice_reference
from engine.queries.views import NoticeRow
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
from handlers.notices.renderer import NoticeRenderer, Renderer
from handlers.phrases import known_as, masked, missing, name_for, period, rate


def _message(
    notice: NoticeRow, to: Person, renderer: NoticeRenderer, text_id: str, rows: Rows, **arguments: Argument
) -> Outgoing:
    return message_to(to, renderer.texts, text_id, rows=rows, reference=notice_reference(notice.number), **arguments)


async def _foot(notice: NoticeRow, to: Person, renderer: NoticeRenderer) -> Lines:
    """Returns the end of every message about money: the new balance, and the notice's reference."""
    return Lines(
        (await balance_line(to, renderer), Term("notice-reference", code=Code(notice_reference(notice.number))))
    )


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


def _money(notice: NoticeRow, renderer: NoticeRenderer, name: str = "amount") -> Money:
    return Money(notice.values[name], renderer.bot.currency)


def _balance_row() -> list[Press]:
    return [Press("button-balance", OpenBalance(fresh=True))]


def _why_rows(notice: NoticeRow) -> Rows:
    return [[Press("button-why", OpenWhy(notice.values["number"], 0))], _balance_row()]


# Friends


async def friend_came(notice: NoticeRow, to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Tells that a person opened this member's link."""
    friend = await name_for(renderer, to, notice.values["friend"])
    return [_message(notice, to, renderer, "notice-friend-came", [[Press("button-link", OpenLink())]], friend=friend)]


async def friend_joined(notice: NoticeRow, to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Tells that a friend has become a member."""
    friend = await name_for(renderer, to, notice.values["friend"])
    return [_message(notice, to, renderer, "notice-friend-joined", [_balance_row()], friend=friend)]


async def friend_bought(notice: NoticeRow, to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Tells that a friend's order pays this member nothing, and why."""
    arguments: dict[str, Argument] = {
        "friend": await name_for(renderer, to, notice.values["friend"]),
        "total": _money(notice, renderer, "total"),
        "why": Choice(notice.values["why"]),
        "reference_line": await _foot(notice, to, renderer),
    }
    return [_message(notice, to, renderer, "notice-friend-bought", [_balance_row()], **arguments)]


# Commissions


async def commission(notice: NoticeRow, to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Tells that a commission was credited: how much, for what, and when it can be withdrawn."""
    arguments: dict[str, Argument] = {
        "amount": _money(notice, renderer),
        "reason": await reason_of(notice.values, to, renderer),
        "state": await _standing(notice, to, renderer),
        "reference_line": await _foot(notice, to, renderer),
    }
    held = notice.values["state"] == "held"
    rows = [*_why_rows(notice), [Press("button-team", OpenTeam(0))]] if held else _why_rows(notice)
    return [_message(notice, to, renderer, "notice-commission", rows, **arguments)]


async def reason_of(credited: Mapping[str, Any], to: Person, renderer: NoticeRenderer) -> Term:
    """Describes a commission by its source, kind and level."""
    origin, _, name = credited["source"].partition(":")
    if origin == "order":
        order = await renderer.engine.order(name)
        buyer = await name_for(renderer, to, order.buyer) if order is not None else Term("person-of-team")
        return Term("reason-order", kind=Choice(credited["kind"]), level=Count(credited["level"]), buyer=buyer)
    if origin == "join":
        return Term("reason-signup", friend=await name_for(renderer, to, name))
    if origin == "period":
        return Term("reason-pairing", first_day=period(renderer, name))
    return Term("reason-rank", rank=Text(name))


async def _standing(notice: NoticeRow, to: Person, renderer: NoticeRenderer) -> Argument:
    """Describes the state it was credited in, and what it waits for."""
    state = notice.values["state"]
    if state == "held":
        blocker = notice.values["blocker"]
        who = Choice(await known_as(renderer, to, blocker))
        held = Term("standing-held", who=who, member=await name_for(renderer, to, blocker))
        return Lines((held, *await missing(renderer, blocker)))
    until = When(notice.values["matures"], renderer.bot.zone, time=True)
    ripe = notice.values["matures"] <= notice.at
    waits_for = "word" if ripe else "time" if renderer.engine.programme.approves_by_itself else "both"
    return Term("standing-free", waits=Choice("nothing" if state == "available" else waits_for), until=until)


async def released(notice: NoticeRow, to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Tells that nothing blocks a commission any more: which one it is, and when it can be withdrawn."""
    explained = await renderer.engine.explain(notice.values["number"])
    assert explained is not None  # the notice is of its own journal row
    it = explained.commission
    credited = {"source": it.source, "kind": it.kind, "level": it.level}
    arguments: dict[str, Argument] = {
        "amount": _money(notice, renderer),
        "reason": await reason_of(credited, to, renderer),
        "state": await _standing(notice, to, renderer),
        "reference_line": await _foot(notice, to, renderer),
    }
    return [_message(notice, to, renderer, "notice-released", _why_rows(notice), **arguments)]


async def available(notice: NoticeRow, to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Tells that commissions can now be withdrawn: they have come due, or were approved."""
    arguments: dict[str, Argument] = {
        "amount": _money(notice, renderer),
        "count": Count(notice.values["count"]),
        "reference_line": await _foot(notice, to, renderer),
    }
    why = Press("button-why", OpenWhy(notice.values["number"], 0))
    explained = why if notice.values["count"] == 1 else Press("button-history", OpenHistory(0))
    rows = [[Press("button-withdraw", OpenWithdrawAnew())], [explained]]
    return [_message(notice, to, renderer, "notice-available", rows, **arguments)]


async def reversed_(notice: NoticeRow, to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Tells that a refund took a commission back; a balance below zero is explained."""
    balance = await renderer.engine.balance(to.id)
    arguments: dict[str, Argument] = {
        "amount": _money(notice, renderer),
        "left": _money(notice, renderer, "left"),
        "order": Code(notice.values["order"]),
        "below": Choice("yes" if balance.available < 0 else "no"),
        "reference_line": await _foot(notice, to, renderer),
    }
    return [_message(notice, to, renderer, "notice-reversed", _why_rows(notice), **arguments)]


async def rejected(notice: NoticeRow, to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Tells that an admin rejected a commission, mostly with a reason."""
    reason = await renderer.engine.reason_of(notice.seq)
    arguments: dict[str, Argument] = {
        "amount": _money(notice, renderer),
        "reason": Text(reason) if reason else Term("no-reason"),
        "reference_line": await _foot(notice, to, renderer),
    }
    return [_message(notice, to, renderer, "notice-rejected", _why_rows(notice), **arguments)]


async def cap_reached(notice: NoticeRow, to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Tells that a cap left nothing of a commission."""
    arguments: dict[str, Argument] = {
        "cut": _money(notice, renderer, "cut"),
        "limit": _money(notice, renderer, "limit"),
        "cap": Choice(notice.values["cap"]),
        "reference_line": await _foot(notice, to, renderer),
    }
    return [_message(notice, to, renderer, "notice-cap-reached", [_balance_row()], **arguments)]


async def adjusted(notice: NoticeRow, to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Tells that an admin corrected the balance by hand."""
    arguments: dict[str, Argument] = {
        "amount": _money(notice, renderer),
        "reason": Text(notice.values["reason"]),
        "reference_line": await _foot(notice, to, renderer),
    }
    return [_message(notice, to, renderer, "notice-adjusted", [_balance_row()], **arguments)]


# Ranks and membership


async def rank_reached(notice: NoticeRow, to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Tells the new rank and its rate; its bonus comes as a commission of its own."""
    reached = renderer.engine.programme.rank_by_id.get(notice.values["rank"])
    rates = [] if reached is None else [reached.commission.text]  # a changed programme may have dropped it since
    arguments: dict[str, Argument] = {
        "rank": Text(notice.values["rank"]),
        "gives": Lines(tuple(Term("earns-directly", rate=rate(renderer, text)) for text in rates)),
    }
    rows = [[Press("button-rank", OpenRank(fresh=True))], _balance_row()]
    return [_message(notice, to, renderer, "notice-rank-reached", rows, **arguments)]


async def suspended(notice: NoticeRow, to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Tells that the membership is suspended."""
    reason = await renderer.engine.reason_of(notice.seq)
    given: Argument = Text(reason) if reason else Term("no-reason")
    return [_message(notice, to, renderer, "notice-suspended", [back_home(fresh=True)], reason=given)]


async def reinstated(notice: NoticeRow, to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Tells that the membership is reinstated."""
    return [_message(notice, to, renderer, "notice-reinstated", [back_home(fresh=True)])]


# Withdrawals


async def withdrawal_step(notice: NoticeRow, to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Tells that a withdrawal was approved, rejected with its reason, or paid: then this is the receipt."""
    request = await renderer.engine.withdrawal(notice.values["number"])
    assert request is not None  # the notice is of its own journal row
    arguments: dict[str, Argument] = {
        "number": Count(request.number),
        "amount": _money(notice, renderer),
        "reference_line": await _foot(notice, to, renderer),
    }
    if notice.kind == "withdrawal_rejected":
        arguments["reason"] = Text(request.reason) if request.reason else Term("no-reason")
        return [_message(notice, to, renderer, "notice-withdrawal-rejected", [_balance_row()], **arguments)]
    arguments["destination"] = masked(request.destination_kind, request.last_four)
    if notice.kind == "withdrawal_paid":
        arguments["tracking"] = Code(request.tracking or "-")
        return [_message(notice, to, renderer, "notice-withdrawal-paid", [_balance_row()], **arguments)]
    return [_message(notice, to, renderer, "notice-withdrawal-approved", [_balance_row()], **arguments)]


async def own_doing(_notice: NoticeRow, _to: Person, _renderer: NoticeRenderer) -> list[Outgoing]:
    """Returns nothing: the member's own act was answered in the chat."""
    return []


RENDERERS: Final[Mapping[str, Renderer]] = {
    "friend_came": friend_came,
    "friend_joined": friend_joined,
    "friend_bought": friend_bought,
    "commission": commission,
    "released": released,
    "available": available,
    "reversed": reversed_,
    "rejected": rejected,
    "cap_reached": cap_reached,
    "adjusted": adjusted,
    "rank_reached": rank_reached,
    "suspended": suspended,
    "reinstated": reinstated,
    "withdrawal_requested": own_doing,
    "withdrawal_cancelled": own_doing,
    "withdrawal_approved": withdrawal_step,
    "withdrawal_rejected": withdrawal_step,
    "withdrawal_paid": withdrawal_step,
}
