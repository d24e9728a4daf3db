"""Handles /cancel_withdrawal: a member cancels their own request, until it is approved."""

from typing import Final

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.digits import normalised, whole_number
from bot.kit.feature import Command, Feature, on
from bot.kit.formatting import Count, Money
from bot.kit.home_button import back_home
from engine.errors import ApprovedAlready, UnknownWithdrawal
from engine.queries.views import WithdrawalView
from handlers.chat.buttons import CancelRequest, OpenBalance, OpenWithdraw

REQUESTS_A_PAGE: Final = 6


async def cancel_withdrawal(ctx: Context) -> None:
    """Handles /cancel_withdrawal N; without a number the only open request, or a choice of several."""
    if ctx.words:
        await _cancel(ctx, await _own_request(ctx, ctx.words[0]))
        return
    found, total = await ctx.engine.open_withdrawals(member=ctx.person.id, state="requested", count=REQUESTS_A_PAGE)
    if total == 1:
        await _cancel(ctx, found[0])
    elif total:
        ctx.say("cancel-which", rows=[*([_choice(ctx, each)] for each in found), back_home()])
    elif approved := (await ctx.engine.open_withdrawals(member=ctx.person.id, count=1))[0]:
        raise ApprovedAlready(approved[0].id)
    else:
        ctx.say("cancel-nothing", rows=[[Press("button-withdraw", OpenWithdraw())], back_home()])


async def cancel_this(ctx: Context, button: CancelRequest) -> None:
    """Cancels the request of the button."""
    await _cancel(ctx, await _own_request(ctx, str(button.number)))


async def _own_request(ctx: Context, number: str) -> WithdrawalView:
    """Returns the member's own request; another member's is reported as unknown."""
    known = whole_number(number)
    request = await ctx.engine.withdrawal(known) if known is not None else None
    if request is None or request.member != ctx.person.id:
        raise UnknownWithdrawal(normalised(number).lstrip("#"))
    return request


async def _cancel(ctx: Context, request: WithdrawalView) -> None:
    await ctx.engine.settle(request.id, "cancelled", actor=ctx.person.id)
    ctx.say(
        "cancel-done",
        rows=[[Press("button-balance", OpenBalance())], back_home()],
        number=Count(request.number),
        amount=Money(request.amount, ctx.bot.currency),
    )


def _choice(ctx: Context, request: WithdrawalView) -> Press:
    return Press(
        "button-cancel-which",
        CancelRequest(request.number),
        style="danger",
        number=Count(request.number),
        amount=Money(request.amount, ctx.bot.currency),
    )


FEATURE = Feature(
    "cancel_withdrawal",
    commands=(Command("cancel_withdrawal", cancel_withdrawal),),
    buttons=(on(CancelRequest, cancel_this),),
)
