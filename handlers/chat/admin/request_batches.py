"""Handles several withdrawal requests at once: /approve 1 2 5-9, /reject 1 2 5-9 REASON, and all that wait.

One card names those that are meant, their number and sum, and what is left out and why; its button decides exactly
those. Whatever has changed by then is left out, and the receipt says so.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from bot.kit.buttons import Press, Style
from bot.kit.context import Context
from bot.kit.feature import Feature, on, on_plain
from bot.kit.formatting import Argument, Choice, Count, Lines, Money, Term, Text
from engine.batch_decisions import Decided, PinnedRequest, Verdict, WhyLeft, decide_withdrawals
from engine.queries.views import WithdrawalView
from handlers.chat.admin.buttons import ApproveAllRequests, ConfirmBatch, DropCard, OpenPending, back_to_admin
from handlers.chat.admin.left_out import left_out_lines
from handlers.chat.admin.number_lists import Span, expanded
from handlers.chat.admin.who_decided import decided_by
from handlers.chat.admin.withdrawal_card import OPEN_STATES
from handlers.phrases import name_of

DRAFT: Final = "batch"
BATCH_MAX: Final = 200
"""So many are decided by one confirmation; the oldest come first."""
LISTED: Final = 30
"""The most requests that a card lists."""
_LABELS: Final[Mapping[Verdict, tuple[str, Style]]] = {
    "approved": ("button-admin-batch-approved", "success"),
    "rejected": ("button-admin-batch-rejected", "danger"),
}
_STATES: Final[Mapping[Verdict, tuple[str, ...]]] = {"approved": ("requested",), "rejected": OPEN_STATES}


async def ask_about(spans: list[Span], verdict: Verdict, ctx: Context, *, reason: str = "") -> None:
    """Shows the card of these requests: those that may be decided, and the others with why they are left out."""
    numbers, wide = expanded(spans, BATCH_MAX)
    found = await ctx.engine.withdrawals_numbered(numbers)
    for low, high in wide:
        found |= {each.number: each for each in await ctx.engine.open_between(low, high, BATCH_MAX + 1)}
    left = [Decided(number, 0, "unknown") for number in numbers if number not in found]
    left += [
        Decided(each.number, each.amount, why)
        for each in found.values()
        if (why := _why_left(each, verdict, ctx)) is not None and (each.number in numbers or why == "own")
    ]
    chosen = [each for _, each in sorted(found.items()) if _why_left(each, verdict, ctx) is None]
    await _show_card(chosen, left, verdict, ctx, reason=reason)


async def ask_about_all(ctx: Context) -> None:
    """Shows the card of all requests that wait for a decision."""
    found, _ = await ctx.engine.open_withdrawals(state="requested", count=BATCH_MAX + 1)
    own = [Decided(each.number, each.amount, "own") for each in found if each.member == ctx.person.id]
    await _show_card([each for each in found if each.member != ctx.person.id], own, "approved", ctx)


def _why_left(request: WithdrawalView, verdict: Verdict, ctx: Context) -> WhyLeft | None:
    """Returns why this admin may not decide it so; None where they may."""
    if request.state not in _STATES[verdict]:
        return request.state
    return "own" if request.member == ctx.person.id else None


async def _show_card(
    wanted: Sequence[WithdrawalView], left: Sequence[Decided], verdict: Verdict, ctx: Context, *, reason: str = ""
) -> None:
    chosen, more = wanted[:BATCH_MAX], len(wanted) > BATCH_MAX
    lines = [await _line(each, ctx) for each in chosen[:LISTED]]
    if len(chosen) > LISTED:
        lines.append(Term("listed-more", count=Count(len(chosen) - LISTED)))
    notes = [Term("admin-batch-oldest", count=Count(BATCH_MAX))] if more else []
    notes += [Term("reason-line", reason=Text(reason))] if reason and chosen else []
    count, amount = Count(len(chosen)), Money(sum(each.amount for each in chosen), ctx.bot.currency)
    rows = [[Press("button-admin-pending", OpenPending(1))], back_to_admin()]
    if chosen:
        what = ",".join(f"{each.number}:{each.amount}:{each.state}" for each in chosen)
        token = ctx.draft(DRAFT, verdict=verdict, requests=what, reason=reason)
        label, style = _LABELS[verdict]
        confirm = Press(label, ConfirmBatch(token), style, count=count, amount=amount)
        rows = [[confirm], [Press("button-leave", DropCard("batch", token))]]
    ctx.say(
        "admin-batch-confirm",
        rows=rows,
        verdict=Choice(verdict),
        count=count,
        amount=amount,
        lines=Lines((*notes, *lines, *await left_out_lines(left, partial(_who, ctx)))),
    )


async def _line(request: WithdrawalView, ctx: Context) -> Term:
    return Term(
        "admin-batch-line",
        number=Count(request.number),
        member=await name_of(ctx, request.member),
        amount=Money(request.amount, ctx.bot.currency),
    )


async def _who(ctx: Context, number: int) -> Argument | None:
    request = await ctx.engine.withdrawal(number)
    return await decided_by(request, ctx) if request is not None else None


async def confirm(ctx: Context, button: ConfirmBatch) -> None:
    """Decides what the card named, as far as it still stands as it did."""
    draft = await ctx.open(button.token, DRAFT)
    verdict: Verdict = draft.values["verdict"]
    decided = await decide_withdrawals(
        ctx.engine,
        _pinned(draft.values["requests"]),
        verdict,
        actor=ctx.person.id,
        key=f"batch:{draft.token}",
        reason=draft.values["reason"],
    )
    ctx.use(draft)
    done = [each for each in decided if each.left_out is None]
    ctx.say(
        "admin-batch-done",
        rows=[[Press("button-admin-pending", OpenPending(1))], back_to_admin()],
        verdict=Choice(verdict),
        count=Count(len(done)),
        amount=Money(sum(each.amount for each in done), ctx.bot.currency),
        lines=Lines(tuple(await left_out_lines(decided, partial(_who, ctx)))),
    )


def _pinned(requests: str) -> list[PinnedRequest]:
    parts = (each.split(":") for each in requests.split(","))
    return [PinnedRequest(int(number), int(amount), state) for number, amount, state in parts]  # type: ignore[arg-type]


FEATURE = Feature("batches", buttons=(on_plain(ApproveAllRequests, ask_about_all), on(ConfirmBatch, confirm)))
