"""Carries out an admin's decision about a request: in time, or they are told that somebody else was first."""

from collections.abc import Awaitable, Callable

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.formatting import Count
from bot.kit.refusals import tell
from engine.errors import AlreadySettled, NotApproved, OwnRequest, Refusal
from engine.queries.views import WithdrawalView
from handlers.chat.admin.buttons import OpenRequest
from handlers.chat.admin.who_decided import decided_by, tell_decided
from handlers.chat.admin.withdrawal_card import OPEN_STATES, request_numbered, show_request

Decide = Callable[[WithdrawalView, str, Context], Awaitable[bool]]
"""Carries out a decision with the typed reason or tracking code. Returns False if it asks first."""


async def in_time(decide: Decide, request: WithdrawalView, words: str, ctx: Context) -> bool:
    """Carries it out, or tells why it cannot be. Returns whether the card is to be shown; unreadable input raises."""
    try:
        return await decide(request, words, ctx)
    except Refusal as refusal:
        await _tell(refusal, request.number, ctx)
        return ctx.data is not None


async def _tell(refusal: Refusal, number: int, ctx: Context) -> None:
    if isinstance(refusal, AlreadySettled):
        now = await request_numbered(number, ctx.engine)
        await tell_decided(AlreadySettled(now.id, now.state), await decided_by(now, ctx), ctx)
    else:
        tell(refusal, ctx)


async def take_answer(number: int, decide: Decide, ctx: Context) -> None:
    """Carries out a decision, and ends the question even if it is too late; unreadable input is asked for again."""
    request = await request_numbered(number, ctx.engine)
    done = True
    try:
        done = await decide(request, ctx.text or "", ctx)
    except Refusal as refusal:
        await _tell(refusal, number, ctx)
    ctx.end()
    if done:
        await show_request(ctx, request.number)


async def is_open_to(request: WithdrawalView, ctx: Context, *, paying: bool = False) -> bool:
    """Returns whether this admin may decide it now; if not, tells them why and shows the current card."""
    refusal: Refusal | None = None
    if request.member == ctx.person.id:
        refusal = OwnRequest(request.id)
    elif request.state not in OPEN_STATES:
        refusal = AlreadySettled(request.id, request.state)
    elif paying and request.state == "requested":
        refusal = NotApproved(request.id)
    if refusal is not None:
        await _tell(refusal, request.number, ctx)
        await show_request(ctx, request.number)
    return refusal is None


def back_to_request(request: WithdrawalView) -> list[Press]:
    """Returns the row that leads back to the request's card."""
    return [Press("button-admin-request", OpenRequest(request.number), number=Count(request.number))]
