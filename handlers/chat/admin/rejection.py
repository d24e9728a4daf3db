"""Rejects a request by the buttons of its card: an admin picks a usual reason, or writes one."""

from typing import ClassVar

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.dialogues import Step
from bot.kit.feature import Feature, on, on_answer
from bot.kit.formatting import Choice, Count, Money
from bot.kit.languages import FALLBACK
from engine.queries.views import WithdrawalView
from handlers.chat.admin.buttons import REJECTIONS, RejectBecause, RejectRequest, WriteRejection
from handlers.chat.admin.deciding import back_to_request, in_time, is_open_to, take_answer
from handlers.chat.admin.parsing import REASON_LENGTH_MAX, short
from handlers.chat.admin.withdrawal_card import request_numbered, show_request
from handlers.phrases import name_of


class RejectionReasonAsked(Step, frozen=True, tag="admin-reject"):
    """Waits for the reason for rejecting the request of this number."""

    admin: ClassVar[bool] = True
    number: int


async def press_reject(ctx: Context, button: RejectRequest) -> None:
    """Offers the usual reasons; another one may be written at once."""
    await _ask(button.number, ctx, usual=True)


async def write_reason(ctx: Context, button: WriteRejection) -> None:
    """Asks for a reason in the admin's own words."""
    await _ask(button.number, ctx, usual=False)


async def _ask(number: int, ctx: Context, *, usual: bool) -> None:
    request = await request_numbered(number, ctx.engine)
    if not await is_open_to(request, ctx):
        return
    ctx.ask(RejectionReasonAsked(request.number))
    reasons = [
        [Press("button-admin-reject-because", RejectBecause(number, reason), why=Choice(reason))]
        for reason in REJECTIONS
    ]
    own = [[Press("button-admin-reject-own-words", WriteRejection(number))]]
    ctx.say(
        "admin-ask-reason",
        rows=[*(reasons + own if usual else []), back_to_request(request)],
        number=Count(request.number),
        member=await name_of(ctx, request.member),
        amount=Money(request.amount, ctx.bot.currency),
        usual=Choice("yes" if usual else "no"),
    )


async def reject_because(ctx: Context, button: RejectBecause) -> None:
    """Rejects with a usual reason, in the language of the member who reads it."""
    request = await request_numbered(button.number, ctx.engine)
    member = await ctx.people.get(request.member)
    language = member.language if member is not None else FALLBACK
    words = ctx.texts.plain(language, "rejection-reason", why=Choice(button.reason))
    await in_time(reject_request, request, words, ctx)
    ctx.end()
    await show_request(ctx, request.number)


async def take_reason(ctx: Context, step: RejectionReasonAsked) -> None:
    """Takes the reason for rejecting the request."""
    await take_answer(step.number, reject_request, ctx)


async def reject_request(request: WithdrawalView, words: str, ctx: Context) -> bool:
    """Rejects the request for this reason. Raises as Engine.settle, and for unreadable words."""
    reason = short(words, REASON_LENGTH_MAX)
    key = ctx.key_for("reject")
    await ctx.engine.settle(request.id, "rejected", actor=ctx.person.id, reason=reason, key=key)
    return True


FEATURE = Feature(
    "rejection",
    buttons=(on(RejectRequest, press_reject), on(WriteRejection, write_reason), on(RejectBecause, reject_because)),
    steps=(on_answer(RejectionReasonAsked, take_reason),),
)
