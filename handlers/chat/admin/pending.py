"""Handles /pending: the requests that wait for an admin, and the card of each."""

from typing import Final

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.feature import Command, Feature, on
from bot.kit.formatting import Choice, Count, Lines, Money, Term
from bot.kit.pagination import Pagination, in_rows, paginate
from engine.queries.views import WithdrawalView
from handlers.chat.admin.buttons import ApproveAllRequests, OpenPending, OpenRequest, back_to_admin, turning
from handlers.chat.admin.parsing import number_of
from handlers.chat.admin.withdrawal_card import show_request
from handlers.figures import age
from handlers.phrases import RenderContext, masked, name_of

PAGE_SIZE: Final = 6
_BUTTONS_A_ROW: Final = 3


async def pending(ctx: Context) -> None:
    """Handles /pending [page]."""
    await _show_page(ctx, number_of(ctx.words[0]) if ctx.words else 1)


async def open_page(ctx: Context, button: OpenPending) -> None:
    """Turns to another page."""
    if not button.page:
        ctx.message = None
    await _show_page(ctx, button.page)


async def open_request(ctx: Context, button: OpenRequest) -> None:
    """Shows the card, also when leaving a question about it."""
    await show_request(ctx, button.number)


async def _show_page(ctx: Context, wanted: int) -> None:
    """Shows the page, or the last one there is."""
    _, total = await ctx.engine.open_withdrawals(count=0)
    if not total:
        ctx.say("admin-pending-none", rows=[back_to_admin()])
        return
    page = paginate(total, wanted, PAGE_SIZE)
    found, _ = await ctx.engine.open_withdrawals(skip=page.skip, count=page.size)
    lines = Lines(tuple([await request_line(request, ctx, ctx.now) for request in found]))
    ctx.say("admin-pending", rows=[*await _approve_all(ctx), *_rows(found, page)], total=Count(total), requests=lines)


async def request_line(request: WithdrawalView, context: RenderContext, now: int) -> Term:
    """Returns one request's line in a list; `now` (ms, UTC) gives its age."""
    return Term(
        "admin-pending-line",
        number=Count(request.number),
        member=await name_of(context, request.member),
        amount=Money(request.amount, context.bot.currency),
        destination=masked(request.destination_kind, request.last_four),
        state=Choice(request.state),
        age=age(now - request.requested),
    )


def _rows(found: list[WithdrawalView], page: Pagination) -> list[list[Press]]:
    cards = [
        Press("button-admin-request", OpenRequest(request.number), number=Count(request.number)) for request in found
    ]
    return [*in_rows(cards, _BUTTONS_A_ROW), turning(page, OpenPending), back_to_admin()]


async def _approve_all(ctx: Context) -> list[list[Press]]:
    """Returns the button that leads to the approval of all that wait for a decision; nothing where none does."""
    _, count = await ctx.engine.open_withdrawals(state="requested", count=0)
    return [[Press("button-admin-approve-all", ApproveAllRequests(), count=Count(count))]] if count > 1 else []


FEATURE = Feature(
    "pending",
    commands=(Command("pending", pending, admin=True),),
    buttons=(on(OpenPending, open_page), on(OpenRequest, open_request)),
)
