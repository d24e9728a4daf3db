"""Handles /approve, /reject and /paid: an admin decides a request, typed out or by the buttons of its card.

Every attempt has a key of its own, so that it counts once and a second attempt is told that it is too late, and who
was first.
"""

from functools import partial
from typing import ClassVar, Final

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.dialogues import Step
from bot.kit.digits import normalised
from bot.kit.feature import Command, Feature, on, on_answer
from bot.kit.formatting import Code, Count, Money
from bot.kit.keyboards import Rows
from engine.batch_decisions import PinnedRequest, decide_withdrawals
from engine.errors import AlreadySettled, OwnRequest
from engine.queries.views import WithdrawalView
from handlers.chat.admin.buttons import (
    ApproveRequest,
    ConfirmPayment,
    DropCard,
    OpenPending,
    PayOwing,
    PayRequest,
    RejectRequest,
    back_to_admin,
)
from handlers.chat.admin.deciding import Decide, back_to_request, in_time, is_open_to, take_answer
from handlers.chat.admin.number_lists import leading_numbers, only
from handlers.chat.admin.parsing import NAME_LENGTH_MAX, REASON_LENGTH_MAX, NotANumber, number_of, short
from handlers.chat.admin.rejection import reject_request
from handlers.chat.admin.request_batches import ask_about, ask_about_all
from handlers.chat.admin.withdrawal_card import owed_by, recipe_of, request_numbered, show_request
from handlers.phrases import name_of

PAYMENT_DRAFT: Final = "payment"

EVERYTHING: Final = ("all", "همه")
"""The words for all requests that wait for a decision."""


class TrackingAsked(Step, frozen=True, tag="admin-pay"):
    """Waits for the tracking code of a payment. `owed`: the debt that the admin was shown, in minor units."""

    admin: ClassVar[bool] = True
    number: int
    owed: int = 0


# Typed out


def _to_the_list() -> Rows:
    return [[Press("button-admin-pending", OpenPending(1))], back_to_admin()]


async def approve(ctx: Context) -> None:
    """Handles /approve NUMBER, and /approve with several numbers and ranges, or "all", which ask first."""
    if not ctx.words:
        ctx.say(
            "admin-usage-approve", rows=_to_the_list(), example=Code("/approve 17"), several=Code("/approve 1 2 5-9")
        )
        return
    if normalised(" ".join(ctx.words)).lower() in EVERYTHING:
        await ask_about_all(ctx)
        return
    spans, rest = leading_numbers(" ".join(ctx.words))
    if rest or not spans:
        raise NotANumber.of(rest or ctx.words[0])
    if (number := only(spans)) is None:
        await ask_about(spans, "approved", ctx)
        return
    await _decide_typed(_approve, number, "", ctx)


async def reject(ctx: Context) -> None:
    """Handles /reject NUMBER REASON, and /reject with several numbers and ranges, which asks first."""
    spans, reason = leading_numbers(" ".join(ctx.words))
    if ctx.words and not spans:
        raise NotANumber.of(ctx.words[0])
    if not reason:  # numbers alone are no reason for a member to read
        ctx.say("admin-usage-reject", rows=_to_the_list(), example=Code("/reject 17"), several=Code("/reject 1 2 5-9"))
        return
    if (number := only(spans)) is None:
        await ask_about(spans, "rejected", ctx, reason=short(reason, REASON_LENGTH_MAX))
        return
    await _decide_typed(reject_request, number, reason, ctx)


async def paid(ctx: Context) -> None:
    """Handles /paid NUMBER TRACKING."""
    if len(ctx.words) < 2:
        ctx.say("admin-usage-paid", rows=_to_the_list(), example=Code("/paid 17 140501020304"))
        return
    await _decide_typed(_pay, number_of(ctx.words[0]), " ".join(ctx.words[1:]), ctx)


async def _decide_typed(decide: Decide, number: int, words: str, ctx: Context) -> None:
    request = await request_numbered(number, ctx.engine)
    if await in_time(decide, request, words, ctx):
        await show_request(ctx, request.number)


# By button


async def press_approve(ctx: Context, button: ApproveRequest) -> None:
    """Approves the request; the card shows the resulting state, whoever was first."""
    request = await request_numbered(button.number, ctx.engine)
    if await in_time(_approve, request, "", ctx) and ctx.effects.toast is None:
        ctx.toast("toast-admin-approved")
    await show_request(ctx, request.number)


async def press_paid(ctx: Context, button: PayRequest) -> None:
    """Repeats the destination, and asks for the tracking code; if the member owes money, asks first whether to pay."""
    await _begin_payment(button.number, ctx, known=0)


async def press_pay_owing(ctx: Context, button: PayOwing) -> None:
    """Continues although the member owes money; asks again if the debt has grown."""
    await _begin_payment(button.number, ctx, known=button.owed)


async def _begin_payment(number: int, ctx: Context, *, known: int) -> None:
    """Begins a payment; `known` is the debt that the admin was shown, in minor units."""
    request = await request_numbered(number, ctx.engine)
    if not await is_open_to(request, ctx, paying=True):
        return
    owed = await owed_by(request, ctx)
    if owed > known:
        rows = [
            [Press("button-admin-pay-owing", PayOwing(number, owed), "danger")],
            [Press("button-admin-reject", RejectRequest(number))],
            back_to_request(request),
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


# Answers to questions


async def take_tracking(ctx: Context, step: TrackingAsked) -> None:
    """Takes the tracking code of the payment."""
    await take_answer(step.number, partial(_pay, known=step.owed), ctx)


# Carrying out


async def _approve(request: WithdrawalView, _words: str, ctx: Context) -> bool:
    """Approves the request as it was read; one that somebody else has decided since raises AlreadySettled."""
    pinned = PinnedRequest(request.number, request.amount, "requested")
    key = ctx.key_for("approve")
    (decided,) = await decide_withdrawals(ctx.engine, [pinned], "approved", actor=ctx.person.id, key=key)
    if decided.left_out == "own":
        raise OwnRequest(request.id)
    if decided.left_out is not None:
        raise AlreadySettled(request.id, decided.left_out)
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
        on(PayRequest, press_paid),
        on(PayOwing, press_pay_owing),
        on(ConfirmPayment, confirm_payment),
    ),
    steps=(on_answer(TrackingAsked, take_tracking),),
)
