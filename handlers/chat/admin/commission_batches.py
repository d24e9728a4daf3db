"""Approves many commissions at once: all that wait, those of a member, those older than some days, or by number.

The card names their number and sum, and its button approves exactly those: what came later waits for another card, and
what has changed by then is left out.
"""

from collections.abc import Sequence
from functools import partial
from typing import Final

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.digits import normalised, whole_number
from bot.kit.feature import Feature, on, on_plain
from bot.kit.formatting import Argument, Count, Lines, Money, Term
from bot.kit.pagination import in_rows
from bot.kit.person import Person
from engine.batch_decisions import Decided, PinnedCommission, WhyLeft, approve_commissions
from engine.queries.figures import WaitingCommission, WaitingMember, WaitingScope
from engine.records import Commission
from handlers.chat.admin.buttons import (
    ApproveAllCommissions,
    ApproveOfMember,
    ApproveOlder,
    ConfirmApprovals,
    DropCard,
    OpenCommissions,
    OpenWaitingMembers,
    back_to_admin,
)
from handlers.chat.admin.finding import person_for
from handlers.chat.admin.left_out import left_out_lines
from handlers.chat.admin.number_lists import Span, expanded
from handlers.chat.admin.parsing import NotANumber
from handlers.phrases import actor_of, name_of

DRAFT: Final = "approvals"
BATCH_MAX: Final = 500
"""So many are approved by one confirmation; the oldest come first."""
LISTED: Final = 15
"""The most members that a card lists."""
AGES_DAYS: Final = (7, 30)
_DAY_MS: Final = 86_400_000
_ALL: Final = ("all", "همه")
_OLDER: Final = ("older", "قدیمی‌تر", "قدیمیتر", "قدیمی")


async def ask_about(words: Sequence[str], spans: list[Span], rest: str, ctx: Context) -> None:
    """Shows the card for what was typed: numbers, all, "older 7", or a member. Raises NotANumber, NobodyFound."""
    first = normalised(words[0]).lower()
    if spans and not rest:
        await _ask_about_numbers(spans, ctx)
    elif first in _ALL:
        await _ask(WaitingScope(ctx.person.id), ctx)
    elif first in _OLDER:
        days = next((number for each in words[1:] if (number := whole_number(each)) is not None), None)
        if days is None:
            raise NotANumber.of(words[-1])
        await _ask_about_older(days, ctx)
    elif (member := await person_for(ctx, "commissions-approve", " ".join(words))) is not None:
        await ask_about_person(ctx, member, ())


async def ask_about_person(ctx: Context, member: Person, _words: Sequence[str]) -> None:
    """Shows the card of all that wait of a member."""
    await _ask(WaitingScope(ctx.person.id, member=member.id), ctx)


async def ask_about_all(ctx: Context) -> None:
    """Shows the card of all that wait."""
    await _ask(WaitingScope(ctx.person.id), ctx)


async def ask_about_member(ctx: Context, button: ApproveOfMember) -> None:
    """Shows the card of a member's."""
    await _ask(WaitingScope(ctx.person.id, member=button.member), ctx)


async def press_older(ctx: Context, button: ApproveOlder) -> None:
    """Shows the card of those that were credited so many days ago or earlier."""
    await _ask_about_older(button.days, ctx)


async def _ask_about_older(days: int, ctx: Context) -> None:
    await _ask(WaitingScope(ctx.person.id, before=max(0, ctx.now - days * _DAY_MS)), ctx)


async def _ask(scope: WaitingScope, ctx: Context) -> None:
    found = await ctx.figures.waiting_commissions(scope, BATCH_MAX + 1)
    await _show_card(found, [], ctx)


async def _ask_about_numbers(spans: list[Span], ctx: Context) -> None:
    """Shows the card of these numbers: of a range that is too wide only what waits is looked at."""
    numbers, wide = expanded(spans, BATCH_MAX)
    known = await ctx.engine.commissions_numbered(numbers)
    chosen, left = [], [Decided(number, 0, "unknown") for number in numbers - known.keys()]
    for number, commission in known.items():
        why = _why_left(commission, ctx)
        if why is None:
            chosen.append(WaitingCommission(number, commission.member, commission.net))
        else:
            left.append(Decided(number, commission.net, why))
    for low, high in wide:
        chosen += await ctx.figures.waiting_commissions(WaitingScope(ctx.person.id, low=low, high=high), BATCH_MAX + 1)
    await _show_card(sorted(chosen, key=lambda each: each.number), left, ctx)


def _why_left(commission: Commission, ctx: Context) -> WhyLeft | None:
    if commission.approved or commission.state not in ("held", "pending"):
        return "rejected" if commission.state == "rejected" else "approved"
    return "own" if commission.member == ctx.person.id else None


async def _show_card(found: Sequence[WaitingCommission], left: Sequence[Decided], ctx: Context) -> None:
    chosen, more = found[:BATCH_MAX], len(found) > BATCH_MAX
    notes = [Term("admin-approvals-oldest", count=Count(BATCH_MAX))] if more else []
    count, amount = Count(len(chosen)), Money(sum(each.net for each in chosen), ctx.bot.currency)
    rows = [[Press("button-admin-commissions", OpenCommissions(1))], back_to_admin()]
    if chosen:
        what = ",".join(f"{each.number}:{each.net}" for each in chosen)
        token = ctx.draft(DRAFT, commissions=what)
        confirm = Press("button-admin-batch-approved", ConfirmApprovals(token), "success", count=count, amount=amount)
        rows = [[confirm], [Press("button-leave", DropCard("approvals", token))]]
    lines = Lines((*notes, *await _by_member(chosen, ctx), *await left_out_lines(left, partial(approved_by, ctx))))
    ctx.say("admin-approvals-confirm", rows=rows, count=count, amount=amount, lines=lines)


async def _by_member(chosen: Sequence[WaitingCommission], ctx: Context) -> list[Term]:
    """Returns a line for each member, the largest sums first."""
    sums: dict[str, tuple[int, int]] = {}
    for each in chosen:
        count, amount = sums.get(each.member, (0, 0))
        sums[each.member] = count + 1, amount + each.net
    members = [WaitingMember(member, *counted) for member, counted in sums.items()]
    members.sort(key=lambda each: (-each.amount, each.member))
    lines = await member_lines(members[:LISTED], ctx)
    return lines + ([Term("listed-more", count=Count(len(members) - LISTED))] if len(members) > LISTED else [])


async def member_lines(members: Sequence[WaitingMember], ctx: Context) -> list[Term]:
    """Returns a line for each member: how many wait, and their sum."""
    return [
        Term(
            "admin-approvals-line",
            member=await name_of(ctx, each.member),
            count=Count(each.commissions),
            amount=Money(each.amount, ctx.bot.currency),
        )
        for each in members
    ]


async def approved_by(ctx: Context, number: int) -> Argument | None:
    """Returns who approved the commission; None where nobody has."""
    explained = await ctx.engine.explain(number)
    approval = await ctx.engine.approval_of(explained.commission) if explained is not None else None
    return await actor_of(ctx, approval.actor) if approval is not None and approval.actor else None


async def open_members(ctx: Context) -> None:
    """Shows for which members most waits, with a button for each, and the buttons by age."""
    scope = WaitingScope(ctx.person.id)
    members = await ctx.figures.waiting_by_member(scope, LISTED)
    buttons = [
        Press("button-admin-approve-member", ApproveOfMember(each.member), member=await name_of(ctx, each.member))
        for each in members
    ]
    older = [Press("button-admin-approve-older", ApproveOlder(days), days=Count(days)) for days in AGES_DAYS]
    count, amount = await ctx.figures.waiting_total(scope)
    ctx.say(
        "admin-approvals-members",
        rows=[*in_rows(buttons, 2), older, [Press("button-admin-commissions", OpenCommissions(1))], back_to_admin()],
        count=Count(count),
        amount=Money(amount, ctx.bot.currency),
        lines=Lines(tuple(await member_lines(members, ctx))),
    )


async def confirm(ctx: Context, button: ConfirmApprovals) -> None:
    """Approves what the card named, as far as it still stands as it did."""
    draft = await ctx.open(button.token, DRAFT)
    pinned = [PinnedCommission(*map(int, each.split(":"))) for each in draft.values["commissions"].split(",")]
    key = f"approvals:{draft.token}"
    decided = await approve_commissions(ctx.engine, pinned, actor=ctx.person.id, key=key)
    ctx.use(draft)
    done = [each for each in decided if each.left_out is None]
    ctx.say(
        "admin-approvals-done",
        rows=[[Press("button-admin-commissions", OpenCommissions(1))], back_to_admin()],
        count=Count(len(done)),
        amount=Money(sum(each.amount for each in done), ctx.bot.currency),
        lines=Lines(tuple(await left_out_lines(decided, partial(approved_by, ctx)))),
    )


FEATURE = Feature(
    "approvals",
    buttons=(
        on_plain(ApproveAllCommissions, ask_about_all),
        on(ApproveOfMember, ask_about_member),
        on(ApproveOlder, press_older),
        on_plain(OpenWaitingMembers, open_members),
        on(ConfirmApprovals, confirm),
    ),
)
