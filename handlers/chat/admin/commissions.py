"""Handles /commissions: lists held and pending ones; admins approve or reject, typed out or by the card's buttons.

Every attempt has a key of its own, so that it counts once and a second attempt is told that it is too late.
"""

from collections.abc import Sequence
from typing import ClassVar, Final

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.dialogues import Step
from bot.kit.feature import Command, Feature, on, on_answer
from bot.kit.formatting import Choice, Count, Lines, Money, Term, When
from bot.kit.pagination import Pagination, in_rows, paginate
from bot.kit.refusals import tell
from engine.batch_decisions import PinnedCommission, approve_commissions
from engine.errors import AlreadySettled, OwnRequest, Refusal, UnknownCommission
from engine.queries.figures import WaitingScope
from engine.records import Commission
from handlers.chat.admin.buttons import (
    ApproveAllCommissions,
    ApproveCommission,
    OpenCommission,
    OpenCommissions,
    OpenWaitingMembers,
    RejectCommission,
    back_to_admin,
    turning,
)
from handlers.chat.admin.commission_batches import approved_by, ask_about, member_lines
from handlers.chat.admin.member_commissions import commission_line, show_of
from handlers.chat.admin.number_lists import leading_numbers, only
from handlers.chat.admin.orders import examples
from handlers.chat.admin.parsing import REASON_LENGTH_MAX, NobodyFound, is_number, number_of, short
from handlers.chat.admin.who_decided import tell_decided
from handlers.chat.explanation import commission_numbered, explanation
from handlers.phrases import name_of

PAGE_SIZE: Final = 6
_BUTTONS_A_ROW: Final = 2
EXAMPLES: Final = (
    "/commissions",
    "/commissions @sara",
    "/commissions approve 31",
    "/commissions approve 31-40",
    "/commissions approve @sara",
    "/commissions approve older 7",
    "/commissions approve all",
    "/commissions reject 31",
)
MEMBERS_SHOWN: Final = 5
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
        case [verb, *words] if verb.lower() == "approve" and words:
            await _approve_words(words, ctx)
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


async def _approve_words(words: list[str], ctx: Context) -> None:
    """Approves the one that is named, or asks about several."""
    spans, rest = leading_numbers(" ".join(words))
    number = None if rest else only(spans)
    if number is not None:
        await _approve_typed(number, ctx)
    elif ctx.engine.programme.approves_by_itself:
        ctx.say("admin-commissions-auto")
    else:
        await ask_about(words, spans, rest, ctx)


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
    lines = Lines(
        tuple([await commission_line(each, ctx) for each in found] + ([] if by_itself else await _totals(ctx)))
    )
    rows = [*([] if by_itself else await _together(ctx)), *_rows(found, page)]
    ctx.say("admin-commissions", rows=rows, approval=approval, total=Count(total), commissions=lines)


async def _totals(ctx: Context) -> list[Term]:
    """Returns the sums of the members for whom most waits, under a heading."""
    members = await ctx.figures.waiting_by_member(WaitingScope(own=""), MEMBERS_SHOWN)
    return [Term("admin-approvals-by-member"), *await member_lines(members, ctx)]


async def _together(ctx: Context) -> list[list[Press]]:
    """Returns the buttons that lead to the approval of many; nothing where there are no two to approve."""
    count, _ = await ctx.figures.waiting_total(WaitingScope(ctx.person.id))
    if count < 2:
        return []
    every = Press("button-admin-approve-all", ApproveAllCommissions(), count=Count(count))
    return [[every], [Press("button-admin-approve-some", OpenWaitingMembers())]]


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
    elif not await _in_time(number, ctx):
        return
    await _show_card(ctx, number)


async def _reject_typed(number: int, reason: list[str], ctx: Context) -> None:
    words = short(" ".join(reason), REASON_LENGTH_MAX) if reason else None
    await ctx.engine.reject(number, actor=ctx.person.id, key=ctx.key_for("reject"), reason=words)
    await _show_card(ctx, number)


async def press_approve(ctx: Context, button: ApproveCommission) -> None:
    """Approves it; the card shows the resulting state, whoever was first."""
    if await _in_time(button.number, ctx):
        ctx.toast("toast-admin-approved")
    await _show_card(ctx, button.number)


async def _in_time(number: int, ctx: Context) -> bool:
    """Approves it, or tells that it is too late, and who was first. Returns whether it is approved."""
    try:
        await _approve(number, ctx)
    except AlreadySettled as refusal:
        await tell_decided(refusal, await approved_by(ctx, number) if refusal.state == "approved" else None, ctx)
        return False
    except Refusal as refusal:
        tell(refusal, ctx)
        return False
    return True


async def _approve(number: int, ctx: Context) -> None:
    """Approves it; an approval without effect is reported to its admin, which the rules do not do."""
    commission = (await commission_numbered(number, ctx.engine)).commission
    pinned = PinnedCommission(number, commission.net)
    key = ctx.key_for("approve")
    (decided,) = await approve_commissions(ctx.engine, [pinned], actor=ctx.person.id, key=key)
    if decided.left_out == "own":
        raise OwnRequest(commission.source)
    if decided.left_out == "changed":
        raise UnknownCommission(commission.source, commission.member)
    if decided.left_out is not None:
        state = commission.state if commission.state not in _UNDECIDED else decided.left_out
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
