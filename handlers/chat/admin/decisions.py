"""/approve, /reject and /paid: an admin's word on a request, typed out or by the buttons of its card.

Every attempt has a key of its own, so that the books take it once and still tell a second one that it comes too late.
"""

from collections.abc import Awaitable, Callable
from typing import Final

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.display import Choice, Code, Count, Money
from bot.kit.feature import Command, Feature
from bot.kit.refusals import tell
from engine.errors import AlreadySettled, NotApproved, OwnRequest, Refusal
from engine.views import WithdrawalView
from handlers.chat.admin.buttons import (
    ApproveRequest,
    OpenPending,
    OpenRequest,
    PayRequest,
    RejectRequest,
    back_to_admin,
)
from handlers.chat.admin.cards import OPEN_STATES, card_of, request_numbered, show_request
from handlers.chat.admin.words import NAME_LENGTH_MAX, REASON_LENGTH_MAX, is_number, number_of, short
from handlers.wording import name_of

REJECT_STEP: Final = "admin-reject"
PAY_STEP: Final = "admin-pay"

Decide = Callable[[WithdrawalView, str, Context], Awaitable[None]]
"""Carries out a decision with what was typed about it: a reason or a tracking code."""


# Typed out


async def approve(ctx: Context) -> None:
    """/approve NUMBER"""
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
    """/reject NUMBER REASON"""
    if len(ctx.words) < 2:
        ctx.say("admin-usage-reject", example=Code("/reject 17"))
        return
    if all(is_number(word) for word in ctx.words):  # no reason that a member should read
        _say_one_at_a_time(ctx, "/reject")
        return
    await _decide_typed(_reject, ctx)


async def paid(ctx: Context) -> None:
    """/paid NUMBER TRACKING"""
    if len(ctx.words) < 2:
        ctx.say("admin-usage-paid", example=Code("/paid 17 140501020304"))
        return
    await _decide_typed(_pay, ctx)


def _say_one_at_a_time(ctx: Context, command: str) -> None:
    """Answers several numbers behind one command, of which nothing was done."""
    rows = [[Press("button-admin-pending", OpenPending(1))], back_to_admin()]
    ctx.say("admin-one-at-a-time", rows=rows, of=Choice("requests"), example=Code(f"{command} {ctx.words[0]}"))


async def _decide_typed(decide: Decide, ctx: Context) -> None:
    request = await request_numbered(number_of(ctx.words[0]), ctx.engine)
    await decide(request, " ".join(ctx.words[1:]), ctx)
    await show_request(ctx, request.number)


# By button


async def press_approve(ctx: Context) -> None:
    """The card shows what has become of the request, whoever was first."""
    assert isinstance(ctx.button, ApproveRequest)
    request = await request_numbered(ctx.button.number, ctx.engine)
    try:
        await _approve(request, ctx)
    except Refusal as refusal:
        tell(refusal, ctx)
    else:
        ctx.toast("toast-admin-approved")
    await show_request(ctx, request.number)


async def press_reject(ctx: Context) -> None:
    """Asks for the reason."""
    assert isinstance(ctx.button, RejectRequest)
    request = await request_numbered(ctx.button.number, ctx.engine)
    if not await _is_open_to(request, ctx):
        return
    ctx.ask(REJECT_STEP, number=request.number)
    ctx.say(
        "admin-ask-reason",
        rows=[_back(request)],
        number=Count(request.number),
        member=await name_of(ctx, request.member),
        amount=Money(request.amount, ctx.bot.currency),
    )


async def press_paid(ctx: Context) -> None:
    """Repeats where the money goes, and asks for the tracking code."""
    assert isinstance(ctx.button, PayRequest)
    request = await request_numbered(ctx.button.number, ctx.engine)
    if not await _is_open_to(request, ctx, paying=True):
        return
    ctx.ask(PAY_STEP, number=request.number)
    card = await card_of(request, ctx.person, ctx)
    repeated = {name: card.arguments[name] for name in ("number", "member", "amount", "destination")}
    ctx.say("admin-ask-tracking", rows=[card.copy, _back(request)], **repeated)


async def _is_open_to(request: WithdrawalView, ctx: Context, *, paying: bool = False) -> bool:
    """Whether this admin may decide it now. If not, they are told why and see the card as it is."""
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


# The answers to what was asked


async def take_reason(ctx: Context) -> None:
    """Why the request is rejected."""
    await _take(_reject, ctx)


async def take_tracking(ctx: Context) -> None:
    """The tracking code of the payment."""
    await _take(_pay, ctx)


async def _take(decide: Decide, ctx: Context) -> None:
    """Ends the question also where it has come too late; what cannot be read is asked again."""
    assert ctx.dialogue is not None
    assert ctx.text is not None
    request = await request_numbered(ctx.dialogue.values["number"], ctx.engine)
    try:
        await decide(request, ctx.text, ctx)
    except Refusal as refusal:
        tell(refusal, ctx)
    ctx.end()
    await show_request(ctx, request.number)


# Carried out


async def _approve(request: WithdrawalView, ctx: Context) -> None:
    """The rules are silent about a second approval, but its admin should hear of the first."""
    outcome = await ctx.engine.authorise(request.id, actor=ctx.person.id, key=ctx.key_for("approve"))
    if request.state == "approved" and not outcome.repeated:
        raise AlreadySettled(request.id, request.state)


async def _reject(request: WithdrawalView, words: str, ctx: Context) -> None:
    reason = short(words, REASON_LENGTH_MAX)
    key = ctx.key_for("reject")
    await ctx.engine.settle(request.id, "rejected", actor=ctx.person.id, reason=reason, key=key)


async def _pay(request: WithdrawalView, words: str, ctx: Context) -> None:
    tracking = short(words, NAME_LENGTH_MAX)
    key = ctx.key_for("pay")
    await ctx.engine.settle(request.id, "paid", actor=ctx.person.id, tracking=tracking, key=key)


FEATURE = Feature(
    "decisions",
    commands=(
        Command("approve", approve, admin=True),
        Command("reject", reject, admin=True),
        Command("paid", paid, admin=True),
    ),
    buttons={ApproveRequest: press_approve, RejectRequest: press_reject, PayRequest: press_paid},
    admin_steps={REJECT_STEP: take_reason, PAY_STEP: take_tracking},
)
