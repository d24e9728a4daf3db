"""Handles /commissions: lists held and pending ones; admins approve or reject, typed out or by the card's buttons.

Every attempt has a key of its own, so that it counts once and a second attempt is told that it is too late.
"""

from collections.abc import Sequence
from typing import ClassVar, Final

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.dialogues import Step
from bot.kit.feature import Command, Feature, on, on_answer
from bot.kit.formatting import Choice, Code, Count, Lines, Money, Term, When
from bot.kit.pagination import Pagination, in_rows, paginate
from bot.kit.refusals import tell
from engine.errors import AlreadySettled, OwnRequest, Refusal
from engine.records import Commission
from handlers.chat.admin.buttons import (
    ApproveCommission,
    OpenCommission,
    OpenCommissions,
    RejectCommission,
    back_to_admin,
    turning,
)
from handlers.chat.admin.member_commissions import commission_line, show_of
from handlers.chat.admin.orders import examples
from handlers.chat.admin.parsing import REASON_LENGTH_MAX, NobodyFound, is_number, number_of, short
from handlers.chat.explanation import commission_numbered, explanation
from handlers.phrases import name_of

PAGE_SIZE: Final = 6
_BUTTONS_A_ROW: Final = 2
EXAMPLES: Final = ("/commissions", "/commissions @sara", "/commissions approve 31", "/commissions reject 31")
_UNDECIDED: Final = ("held", "pending")


class CommissionReasonAsked(Step, frozen=True, tag="commission-reason"):
    """Waits for the reason for rejecting the commission of this number."""

    admin: ClassVar[bool] = True
    number: int


async def commissions(ctx: Context) -> None:
    """Handles /commissions [PAGE or WHO], /commissions approve NUMBER, /commissions reject NUMBER [REASON]."""
    match ctx.words:
        case []:
            await _show_page(ctx, 1)
        case [verb, number] if verb.lower() == "approve" and is_number(number):
            await _approve_typed(number_of(number), ctx)
        case [verb, first, *_] if verb.lower() == "approve":
            _say_one_at_a_time(first, ctx)
        case [verb, number, *reason] if verb.lower() == "reject":
            await _reject_typed(number_of(number), reason, ctx)
        case [verb, *_] if verb.lower() in ("approve", "reject"):
            ctx.say("admin-usage-commissions", rows=[back_to_admin()], examples=examples(EXAMPLES))
        case [page] if is_number(page):
            await _show_page_or_person(ctx, page)
        case who:
            await _show_person(ctx, who)


async def _show_person(ctx: Context, who: list[str]) -> None:
    """Shows the commissions of a person; several words that name nobody were meant otherwise."""
    try:
        await show_of(ctx, " ".join(who))
    except NobodyFound:
        if len(who) == 1:
            raise
        ctx.say("admin-usage-commissions", rows=[back_to_admin()], examples=examples(EXAMPLES))


async def _show_page_or_person(ctx: Context, typed: str) -> None:
    """Shows the page of that number. One above the last page may be a person's number, a card's or an order's."""
    page = number_of(typed)
    _, total = await ctx.engine.undecided(ctx.engine.programme.approves_by_itself, count=0)
    if page > paginate(total, page, PAGE_SIZE).pages:
        try:
            await show_of(ctx, typed)
        except NobodyFound:
            pass
        else:
            return
    await _show_page(ctx, page)


def _say_one_at_a_time(word: str, ctx: Context) -> None:
    """Answers several numbers, or "all", for which nothing was done."""
    example = Code(f"/commissions approve {word if is_number(word) else 31}")
    rows = [[Press("button-admin-commissions", OpenCommissions(1))], back_to_admin()]
    ctx.say("admin-one-at-a-time", rows=rows, of=Choice("commissions"), example=example)


# The list


async def open_page(ctx: Context, button: OpenCommissions) -> None:
    """Turns pages, and leads back from a card."""
    if not button.page:
        ctx.message = None
    await _show_page(ctx, button.page)


async def _show_page(ctx: Context, wanted: int) -> None:
    """Shows the commissions that wait for approval; with automatic approval, all that can still be rejected."""
    by_itself = ctx.engine.programme.approves_by_itself
    _, total = await ctx.engine.undecided(by_itself, count=0)
    approval = Choice("auto" if by_itself else "manual")
    if not total:
        ctx.say("admin-commissions-none", rows=[back_to_admin()], approval=approval)
        return
    page = paginate(total, wanted, PAGE_SIZE)
    found, _ = await ctx.engine.undecided(by_itself, skip=page.skip, count=page.size)
    lines = Lines(tuple([await commission_line(each, ctx) for each in found]))
    rows = _rows(found, page)
    ctx.say("admin-commissions", rows=rows, approval=approval, total=Count(total), commissions=lines)


def _rows(found: Sequence[Commission], page: Pagination) -> list[list[Press]]:
    cards = [Press("button-admin-commission", OpenCommission(each.number), number=Count(each.number)) for each in found]
    return [*in_rows(cards, _BUTTONS_A_ROW), turning(page, OpenCommissions), back_to_admin()]


# The card


async def open_commission(ctx: Context, button: OpenCommission) -> None:
    """Shows the card, also when leaving the question for a reason."""
    await _show_card(ctx, button.number)


async def _show_card(ctx: Context, number: int) -> None:
    """Shows the whole calculation, so that admins see what they decide. Raises UnknownCommission."""
    explained = await commission_numbered(number, ctx.engine)
    commission = explained.commission
    lines = await explanation(explained, ctx.person, ctx, everyone=True)
    ctx.say(
        "admin-why-commission",
        rows=_decisions(commission, ctx),
        number=Count(number),
        member=await name_of(ctx, commission.member),
        amount=Money(commission.amount, ctx.bot.currency),
        date=When(commission.credited, ctx.bot.zone, time=True),
        lines=Lines((*lines.terms, *_notes(commission, ctx))),
    )


def _notes(commission: Commission, ctx: Context) -> list[Term]:
    if commission.state not in _UNDECIDED:
        return []
    if commission.member == ctx.person.id:
        return [Term("admin-commission-own")]
    return [Term("admin-commission-approved")] if commission.approved else []


def _decisions(commission: Commission, ctx: Context) -> list[list[Press]]:
    """Returns the buttons: each decision stands alone in its row; nobody decides on their own commission."""
    rows = [[Press("button-admin-commissions", OpenCommissions(1))]]
    if commission.member == ctx.person.id or commission.state not in _UNDECIDED:
        return rows
    reject = [Press("button-admin-reject", RejectCommission(commission.number, sure=False), "danger")]
    if commission.approved or ctx.engine.programme.approves_by_itself:
        return [reject, *rows]
    return [[Press("button-admin-approve", ApproveCommission(commission.number), "success")], reject, *rows]


# Decisions


async def _approve_typed(number: int, ctx: Context) -> None:
    if ctx.engine.programme.approves_by_itself:
        ctx.say("admin-commissions-auto")
    else:
        await _approve(number, ctx)
    await _show_card(ctx, number)


async def _reject_typed(number: int, reason: list[str], ctx: Context) -> None:
    words = short(" ".join(reason), REASON_LENGTH_MAX) if reason else None
    await ctx.engine.reject(number, actor=ctx.person.id, key=ctx.key_for("reject"), reason=words)
    await _show_card(ctx, number)


async def press_approve(ctx: Context, button: ApproveCommission) -> None:
    """Approves it; the card shows the resulting state, whoever was first."""
    try:
        await _approve(button.number, ctx)
    except Refusal as refusal:
        tell(refusal, ctx)
    else:
        ctx.toast("toast-admin-approved")
    await _show_card(ctx, button.number)


async def _approve(number: int, ctx: Context) -> None:
    """Approves it; an approval without effect is reported to its admin, which the rules do not do."""
    commission = (await commission_numbered(number, ctx.engine)).commission
    outcome = await ctx.engine.approve(number, actor=ctx.person.id, key=ctx.key_for("approve"))
    if outcome.repeated:
        return
    if commission.approved or commission.state not in _UNDECIDED:
        state = commission.state if commission.state not in _UNDECIDED else "approved"
        raise AlreadySettled(commission.source, state)


async def press_reject(ctx: Context, button: RejectCommission) -> None:
    """Asks for the reason; pressed again under that question, rejects without one."""
    number = button.number
    if button.sure:
        await _reject(number, None, ctx)
        return
    commission = (await commission_numbered(number, ctx.engine)).commission
    refusal: Refusal | None = None
    if commission.member == ctx.person.id:
        refusal = OwnRequest(commission.source)
    elif commission.state not in _UNDECIDED:
        refusal = AlreadySettled(commission.source, commission.state)
    if refusal is None:
        await _ask_reason(commission, ctx)
    else:
        tell(refusal, ctx)
        await _show_card(ctx, number)


async def _ask_reason(commission: Commission, ctx: Context) -> None:
    number = Count(commission.number)
    ctx.ask(CommissionReasonAsked(commission.number))
    ctx.say(
        "admin-ask-commission-reason",
        rows=[
            [Press("button-admin-reject-plainly", RejectCommission(commission.number, sure=True), "danger")],
            [Press("button-admin-commission", OpenCommission(commission.number), number=number)],
        ],
        number=number,
        member=await name_of(ctx, commission.member),
        amount=Money(commission.net, ctx.bot.currency),
    )


async def take_reason(ctx: Context, step: CommissionReasonAsked) -> None:
    """Takes the reason and rejects, and ends the question even if it is too late; unreadable input is asked for
    again.
    """
    await _reject(step.number, short(ctx.text or "", REASON_LENGTH_MAX), ctx)
    ctx.end()


async def _reject(number: int, reason: str | None, ctx: Context) -> None:
    """Rejects it, or tells that it is too late; the card shows the resulting state."""
    try:
        await ctx.engine.reject(number, actor=ctx.person.id, key=ctx.key_for("reject"), reason=reason)
    except Refusal as refusal:
        tell(refusal, ctx)
    await _show_card(ctx, number)


FEATURE = Feature(
    "commissions",
    commands=(Command("commissions", commissions, admin=True),),
    buttons=(
        on(OpenCommissions, open_page),
        on(OpenCommission, open_commission),
        on(ApproveCommission, press_approve),
        on(RejectCommission, press_reject),
    ),
    steps=(on_answer(CommissionReasonAsked, take_reason),),
)
