"""Builds what notices to members share: the balance below, the button to withdraw, and why a commission was paid."""

from dataclasses import dataclass

from bot.kit.buttons import Press
from bot.kit.context import message_to
from bot.kit.effects import Outgoing
from bot.kit.formatting import Argument, Choice, Count, Lines, Money, Term
from bot.kit.keyboards import Rows
from bot.kit.person import Person
from bot.kit.references import notice_reference
from engine.notices import CommissionCredited
from engine.queries.views import Balance, NoticeRow
from engine.records import Commission
from handlers.chat.buttons import OpenBalance, OpenWithdrawAnew
from handlers.notices.renderer import NoticeRenderer
from handlers.phrases import name_for, period


@dataclass(frozen=True, slots=True)
class Foot:
    """Holds the end of a message about money, and the button's row if that money can be withdrawn now."""

    lines: Lines
    withdraw: Rows


def message(
    row: NoticeRow, to: Person, renderer: NoticeRenderer, text_id: str, rows: Rows, **arguments: Argument
) -> Outgoing:
    """Builds a notice's message, under the notice's reference."""
    return message_to(to, renderer.texts, text_id, rows=rows, reference=notice_reference(row.number), **arguments)


async def foot(
    row: NoticeRow, to: Person, renderer: NoticeRenderer, *, freed: bool = False, until_now: bool = False
) -> Foot:
    """Returns the current balance, in a line; of money that was `freed` also whether it has reached the minimum, and
    the way to withdraw.

    until_now: what has come since counts as part of it, as the message tells that, too.
    """
    if not freed:
        return Foot(Lines((balance_line(await renderer.engine.balance(to.id), renderer),)), [])
    balance, by_it, later = await renderer.engine.balance_since(to.id, row.seq)
    least, before = minimum(renderer), balance.available - later - by_it
    after = balance.available if until_now else before + by_it
    told = [Term("minimum-reached", minimum=money(least, renderer))] if least > 1 and before < least <= after else []
    return Foot(Lines((balance_line(balance, renderer), *told)), withdraw_row(balance, renderer))


def minimum(renderer: NoticeRenderer) -> int:
    """Returns the least that can be withdrawn, in minor units."""
    return max(1, renderer.engine.programme.program.min_withdrawal)


def withdraw_row(balance: Balance, renderer: NoticeRenderer) -> Rows:
    """Returns the button to withdraw, alone in its row; none below the minimum."""
    return [[Press("button-withdraw", OpenWithdrawAnew())]] if balance.available >= minimum(renderer) else []


def balance_line(balance: Balance, renderer: NoticeRenderer) -> Term:
    """Returns the balance in one line."""
    currency = renderer.bot.currency
    return Term(
        "notice-balance",
        available=Money(balance.available, currency),
        waits=Choice("yes" if balance.pending else "no"),
        pending=Money(balance.pending, currency),
        held=Choice("yes" if balance.held else "no"),
        held_amount=Money(balance.held, currency),
    )


def money(amount: int, renderer: NoticeRenderer) -> Money:
    """Returns an amount in the programme's currency."""
    return Money(amount, renderer.bot.currency)


def balance_row() -> list[Press]:
    """Returns the row that leads to the balance, in a new message."""
    return [Press("button-balance", OpenBalance(fresh=True))]


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
