"""Handles /approve, /reject and /paid: an admin decides a request, typed out or by the buttons of its card.

Every attempt has a key of its own, so that it counts once and a second attempt is told that it is too late.
"""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import ClassVar, Final

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.dialogues import Step
from bot.kit.feature import Command, Feature, on, on_answer
from bot.kit.formatting import Choice, Code, Count, Money
from bot.kit.keyboards import Rows
from bot.kit.refusals import tell
from engine.errors import AlreadySettled, NotApproved, OwnRequest, Refusal
from engine.queries.views import WithdrawalView
from handlers.chat.admin.buttons import (
    ApproveRequest,
    ConfirmPayment,
    DropCard,
    OpenPending,
    OpenRequest,
    PayOwing,
    PayRequest,
    RejectRequest,
    back_to_admin,
)
from handlers.chat.admin.parsing import NAME_LENGTH_MAX, REASON_LENGTH_MAX, is_number, number_of, short
from handlers.chat.admin.withdrawal_card import OPEN_STATES, owed_by, recipe_of, request_numbered, show_request
from handlers.phrases import name_of

PAYMENT_DRAFT: Final = "payment"

Decide = Callable[[WithdrawalView, str, Context], Awaitable[bool]]
"""Carries out a decision with the typed reason or tracking code. Returns False if it asks first."""


class RejectionReasonAsked(Step, frozen=True, tag="admin-reject"):
    """Waits for the reason for rejecting the request of this number."""

    admin: ClassVar[bool] = True
    number: int


class TrackingAsked(Step, frozen=True, tag="admin-pay"):
    """Waits for the tracking code of a payment. `owed`: the debt that the admin was shown, in minor units."""

    admin: ClassVar[bool] = True
    number: int
    owed: int = 0


# Typed out


async def approve(ctx: Context) -> None:
    """Handles /approve NUMBER."""
    if len(ctx.words) > 1:
        _say_one_at_a_time(ctx, "/approve")
        return
    if not ctx.words:
        ctx.say("admin-usage-approve", example=Code("/approve 17"))
        return
    request = await request_numbered(number_of(ctx.words[0]), ctx.engine)
    await _approve(request, ctx)
    await show_request(ctx, request.number)


async def reject(ctx: Context) -> None:
    """Handles /reject NUMBER REASON."""
    if len(ctx.words) < 2:
        ctx.say("admin-usage-reject", example=Code("/reject 17"))
        return
    if all(is_number(word) for word in ctx.words):  # numbers alone are no reason for a member to read
        _say_one_at_a_time(ctx, "/reject")
        return
    await _decide_typed(_reject, ctx)


async def paid(ctx: Context) -> None:
    """Handles /paid NUMBER TRACKING."""
    if len(ctx.words) < 2:
        ctx.say("admin-usage-paid", example=Code("/paid 17 140501020304"))
        return
    await _decide_typed(_pay, ctx)


def _say_one_at_a_time(ctx: Context, command: str) -> None:
    """Answers several numbers after one command, for which nothing was done."""
    rows = [[Press("button-admin-pending", OpenPending(1))], back_to_admin()]
    ctx.say("admin-one-at-a-time", rows=rows, of=Choice("requests"), example=Code(f"{command} {ctx.words[0]}"))


async def _decide_typed(decide: Decide, ctx: Context) -> None:
    request = await request_numbered(number_of(ctx.words[0]), ctx.engine)
    if await decide(request, " ".join(ctx.words[1:]), ctx):
        await show_request(ctx, request.number)


# By button


async def press_approve(ctx: Context, button: ApproveRequest) -> None:
    """Approves the request; the card shows the resulting state, whoever was first."""
    request = await request_numbered(button.number, ctx.engine)
    try:
        await _approve(request, ctx)
    except Refusal as refusal:
        tell(refusal, ctx)
    else:
        ctx.toast("toast-admin-approved")
    await show_request(ctx, request.number)


async def press_reject(ctx: Context, button: RejectRequest) -> None:
    """Asks for the reason."""
    request = await request_numbered(button.number, ctx.engine)
    if not await _is_open_to(request, ctx):
        return
    ctx.ask(RejectionReasonAsked(request.number))
    ctx.say(
        "admin-ask-reason",
        rows=[_back(request)],
        number=Count(request.number),
        member=await name_of(ctx, request.member),
        amount=Money(request.amount, ctx.bot.currency),
    )


async def press_paid(ctx: Context, button: PayRequest) -> None:
    """Repeats the destination, and asks for the tracking code; if the member owes money, asks first whether to pay."""
    await _begin_payment(button.number, ctx, known=0)


async def press_pay_owing(ctx: Context, button: PayOwing) -> None:
    """Continues although the member owes money; asks again if the debt has grown."""
    await _begin_payment(button.number, ctx, known=button.owed)


async def _begin_payment(number: int, ctx: Context, *, known: int) -> None:
    """Begins a payment; `known` is the debt that the admin was shown, in minor units."""
    request = await request_numbered(number, ctx.engine)
    if not await _is_open_to(request, ctx, paying=True):
        return
    owed = await owed_by(request, ctx)
    if owed > known:
        rows = [
            [Press("button-admin-pay-owing", PayOwing(number, owed), "danger")],
            [Press("button-admin-reject", RejectRequest(number))],
            _back(request),
        ]
        await _warn_of_debt(request, owed, rows, ctx)
        return
    ctx.ask(TrackingAsked(number, owed))
    ctx.show_card(recipe_of(number, ctx.person, "payment"))


async def _warn_of_debt(request: WithdrawalView, owed: int, rows: Rows, ctx: Context) -> None:
    ctx.say(
        "admin-pay-owing",
        rows=rows,
        number=Count(request.number),
        member=await name_of(ctx, request.member),
        amount=Money(request.amount, ctx.bot.currency),
        owed=Money(owed, ctx.bot.currency),
    )


async def _is_open_to(request: WithdrawalView, ctx: Context, *, paying: bool = False) -> bool:
    """Returns whether this admin may decide it now; if not, tells them why and shows the current card."""
    refusal: Refusal | None = None
    if request.member == ctx.person.id:
        refusal = OwnRequest(request.id)
    elif request.state not in OPEN_STATES:
        refusal = AlreadySettled(request.id, request.state)
    elif paying and request.state == "requested":
        refusal = NotApproved(request.id)
    if refusal is not None:
        tell(refusal, ctx)
        await show_request(ctx, request.number)
    return refusal is None


def _back(request: WithdrawalView) -> list[Press]:
    return [Press("button-admin-request", OpenRequest(request.number), number=Count(request.number))]


# Answers to questions


async def take_reason(ctx: Context, step: RejectionReasonAsked) -> None:
    """Takes the reason for rejecting the request."""
    await _take(step.number, _reject, ctx)


async def take_tracking(ctx: Context, step: TrackingAsked) -> None:
    """Takes the tracking code of the payment."""
    await _take(step.number, partial(_pay, known=step.owed), ctx)


async def _take(number: int, decide: Decide, ctx: Context) -> None:
    """Carries out a decision, and ends the question even if it is too late; unreadable input is asked for again."""
    request = await request_numbered(number, ctx.engine)
    done = True
    try:
        done = await decide(request, ctx.text or "", ctx)
    except Refusal as refusal:
        tell(refusal, ctx)
    ctx.end()
    if done:
        await show_request(ctx, request.number)


# Carrying out


async def _approve(request: WithdrawalView, ctx: Context) -> None:
    """Approves the request; a second approval is reported to its admin, which the rules do not do."""
    outcome = await ctx.engine.authorise(request.id, actor=ctx.person.id, key=ctx.key_for("approve"))
    if request.state == "approved" and not outcome.repeated:
        raise AlreadySettled(request.id, request.state)


async def _reject(request: WithdrawalView, words: str, ctx: Context) -> bool:
    reason = short(words, REASON_LENGTH_MAX)
    key = ctx.key_for("reject")
    await ctx.engine.settle(request.id, "rejected", actor=ctx.person.id, reason=reason, key=key)
    return True


async def _pay(request: WithdrawalView, words: str, ctx: Context, known: int = 0) -> bool:
    """Pays the request, or asks once more if the member's debt exceeds `known`, which the admin was shown."""
    tracking = short(words, NAME_LENGTH_MAX)
    if await _asks_first(request, tracking, known, ctx):
        return False
    key = ctx.key_for("pay")
    await ctx.engine.settle(request.id, "paid", actor=ctx.person.id, tracking=tracking, key=key)
    return True


async def _asks_first(request: WithdrawalView, tracking: str, known: int, ctx: Context) -> bool:
    """Returns whether the debt exceeds `known`; then a card waits for the admin's confirmation."""
    owed = await owed_by(request, ctx)
    if owed <= known or request.state != "approved" or request.member == ctx.person.id:
        return False
    token = ctx.draft(PAYMENT_DRAFT, number=request.number, tracking=tracking, owed=owed)
    rows = [
        [Press("button-admin-pay-owing", ConfirmPayment(token), "danger")],
        [Press("button-leave", DropCard("payment", token))],
    ]
    await _warn_of_debt(request, owed, rows, ctx)
    return True


async def confirm_payment(ctx: Context, button: ConfirmPayment) -> None:
    """Pays with the tracking code that was typed before the warning."""
    draft = await ctx.open(button.token, PAYMENT_DRAFT)
    number, tracking, known = (draft.values[name] for name in ("number", "tracking", "owed"))
    request = await request_numbered(number, ctx.engine)
    if not await _asks_first(request, tracking, known, ctx):
        key = f"pay:{draft.token}"
        await ctx.engine.settle(request.id, "paid", actor=ctx.person.id, tracking=tracking, key=key)
        await show_request(ctx, number)
    ctx.use(draft)


FEATURE = Feature(
    "decisions",
    commands=(
        Command("approve", approve, admin=True),
        Command("reject", reject, admin=True),
        Command("paid", paid, admin=True),
    ),
    buttons=(
        on(ApproveRequest, press_approve),
        on(RejectRequest, press_reject),
        on(PayRequest, press_paid),
        on(PayOwing, press_pay_owing),
        on(ConfirmPayment, confirm_payment),
    ),
    steps=(on_answer(RejectionReasonAsked, take_reason), on_answer(TrackingAsked, take_tracking)),
)
