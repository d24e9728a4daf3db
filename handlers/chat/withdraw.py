"""Handles /withdraw: amount, destination, and a card that repeats both before anything moves.

A card or Sheba is encrypted as soon as it is read; dialogues, drafts and buttons hold its number in the store alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.kit.amounts import parse_amount
from bot.kit.bank import parse_destination
from bot.kit.buttons import Button, Press
from bot.kit.context import Context
from bot.kit.dialogues import Step
from bot.kit.errors import StaleButton, UserError
from bot.kit.feature import Command, Feature, on, on_answer, on_plain, on_plain_answer
from bot.kit.formatting import Choice, Count, Money, When
from bot.kit.home_button import OpenHome, back_home
from engine.errors import Suspended, TooManyRequests
from engine.queries.views import DestinationView
from engine.queries.withdrawal_bounds import can_withdraw, check_amount, suggested_amounts
from engine.records import Member
from engine.withdrawal_limits import HOUR_MS
from handlers.chat.balance import balance_lines
from handlers.chat.buttons import CancelRequest, OpenBalance, OpenLink, OpenWithdraw, OpenWithdrawAnew
from handlers.phrases import masked, masked_fully

DRAFT: Final = "withdraw"
DESTINATIONS_SHOWN: Final = 5


class AmountAsked(Step, frozen=True, tag="withdraw-amount"):
    """Waits for an amount."""


class DestinationAsked(Step, frozen=True, tag="withdraw-destination"):
    """Waits for a card or Sheba, for an amount in minor units."""

    amount: int


@dataclass(frozen=True)
class TakeAmount(Button, prefix="wda"):
    """Takes one of the suggested amounts, in minor units."""

    amount: int


@dataclass(frozen=True)
class TakeDestination(Button, prefix="wdd"):
    """Takes a destination of an earlier withdrawal, for an amount in minor units."""

    amount: int
    destination: int


@dataclass(frozen=True)
class AskDestination(Button, prefix="wde"):
    """Asks for another destination than the stored one, for an amount in minor units."""

    amount: int


@dataclass(frozen=True)
class Confirm(Button, prefix="wdy"):
    """Confirms the card."""

    token: str


async def withdraw(ctx: Context) -> None:
    """Handles /withdraw [AMOUNT [DESTINATION]]: asks for what is missing."""
    member = await _able_member(ctx)
    if member is None:
        return
    if not ctx.words:
        _ask_amount(ctx, member)
        return
    amount, rest = _split(ctx)
    _check(ctx, amount, member)
    if rest:
        await _take_typed(ctx, amount, rest)
    else:
        await _take_only_destination(ctx, amount)


async def withdraw_anew(ctx: Context) -> None:
    """Starts a withdrawal in a new message, under a notice, which is to be kept."""
    ctx.message = None
    await withdraw(ctx)


async def _able_member(ctx: Context) -> Member | None:
    """Returns the member, or None after telling them why they cannot withdraw."""
    member = await ctx.engine.member(ctx.person.id)
    if member is None:
        ctx.say("withdraw-not-member", rows=[[Press("button-get-link", OpenLink(), style="primary")], back_home()])
        return None
    if member.suspended:
        raise Suspended(member.id)
    ctx.bot.withdrawals.check(await ctx.engine.withdrawals_since(member.id, ctx.now - HOUR_MS), ctx.now)
    if can_withdraw(member.available, _minimum(ctx)):
        return member
    ctx.say(
        "withdraw-nothing",
        rows=[[Press("button-balance", OpenBalance())], back_home()],
        lines=balance_lines(ctx, await ctx.engine.balance(member.id)),
        minimum=Money(_minimum(ctx), ctx.bot.currency),
        bounded=Choice("yes" if _minimum(ctx) else "no"),
    )
    return None


def _split(ctx: Context) -> tuple[int, str]:
    """Splits one line into amount and destination, both of which people write with blanks: the first cut that
    parses.
    """
    words = ctx.words
    for cut in range(1, len(words)):
        try:
            amount = parse_amount(" ".join(words[:cut]), ctx.bot.currency)
            parse_destination(" ".join(words[cut:]))
        except UserError:
            continue
        return amount, " ".join(words[cut:])
    return _as_far_as_it_reads(ctx, words)


def _as_far_as_it_reads(ctx: Context, words: Sequence[str]) -> tuple[int, str]:
    """Returns the longest start that is an amount, so that the problem with the rest can be reported."""
    for cut in range(len(words), 0, -1):
        try:
            return parse_amount(" ".join(words[:cut]), ctx.bot.currency), " ".join(words[cut:])
        except UserError:
            continue
    return parse_amount(words[0], ctx.bot.currency), ""


def _ask_amount(ctx: Context, member: Member) -> None:
    suggested = suggested_amounts(member.available, _minimum(ctx))
    labels = {
        "button-amount-all": suggested.all,
        "button-amount-half": suggested.half,
        "button-amount-minimum": suggested.minimum,
    }
    choices = [
        [Press(label, TakeAmount(amount), amount=Money(amount, ctx.bot.currency))]
        for label, amount in labels.items()
        if amount
    ]
    ctx.ask(AmountAsked())
    ctx.say("withdraw-ask-amount", rows=[*choices, back_home()], available=Money(member.available, ctx.bot.currency))


async def take_amount(ctx: Context, button: TakeAmount | None = None) -> None:
    """Takes a typed amount, or its button."""
    member = await _able_member(ctx)
    if member is None:
        ctx.end()
        return
    amount = button.amount if button is not None else parse_amount(ctx.text or "", ctx.bot.currency)
    _check(ctx, amount, member)
    await _take_only_destination(ctx, amount)


async def _take_only_destination(ctx: Context, amount: int) -> None:
    """Goes right to the confirmation where there is one stored destination; with several or none, asks for it."""
    kept = await ctx.engine.destinations(ctx.person.id)
    if len(kept) == 1:
        await _confirm_first(ctx, amount, kept[0].id, was_asked=False)
    else:
        _ask_destination(ctx, amount, kept)


async def ask_destination(ctx: Context, button: AskDestination) -> None:
    """Asks for the destination although one is stored."""
    member = await _able_member(ctx)
    if member is None:
        return
    _check(ctx, button.amount, member)
    _ask_destination(ctx, button.amount, await ctx.engine.destinations(ctx.person.id))


def _ask_destination(ctx: Context, amount: int, kept: Sequence[DestinationView]) -> None:
    choices = [
        [Press("button-destination", TakeDestination(amount, each.id), masked=masked(each.kind, each.last_four))]
        for each in kept[:DESTINATIONS_SHOWN]
    ]
    ctx.ask(DestinationAsked(amount))
    ctx.say("withdraw-ask-destination", rows=[*choices, back_home()], amount=Money(amount, ctx.bot.currency))


async def take_destination(ctx: Context, step: DestinationAsked) -> None:
    """Takes a typed card or Sheba."""
    await _take_typed(ctx, step.amount, ctx.text or "")


async def _take_typed(ctx: Context, amount: int, text: str) -> None:
    destination = parse_destination(text)
    number = await ctx.engine.keep_destination(ctx.person.id, destination.kind, destination.value)
    await _confirm_first(ctx, amount, number)


async def take_kept_destination(ctx: Context, button: TakeDestination) -> None:
    """Takes a stored destination, of its owner alone."""
    member = await _able_member(ctx)
    if member is None:
        return
    _check(ctx, button.amount, member)
    own = await ctx.engine.destinations(ctx.person.id)
    if button.destination not in {each.id for each in own}:
        raise StaleButton
    await _confirm_first(ctx, button.amount, button.destination)


async def _confirm_first(ctx: Context, amount: int, destination: int, *, was_asked: bool = True) -> None:
    ctx.end()
    token = ctx.draft(DRAFT, amount=amount, destination=destination)
    rows = [
        [Press("button-withdraw-confirm", Confirm(token), style="success")],
        [] if was_asked else [Press("button-withdraw-elsewhere", AskDestination(amount))],
        [Press("button-change", OpenWithdraw()), Press("button-leave", OpenHome())],
    ]
    ctx.say(
        "withdraw-confirm",
        rows=rows,
        amount=Money(amount, ctx.bot.currency),
        destination=await masked_fully(ctx, destination),
    )


async def confirm(ctx: Context, button: Confirm) -> None:
    """Requests the withdrawal. The draft's token is its id, so that it counts once however often it is pressed."""
    draft = await ctx.open(button.token, DRAFT)
    amount, destination = draft.values["amount"], draft.values["destination"]
    shown = await masked_fully(ctx, destination)  # first: nothing is reserved for an unreadable destination
    await ctx.engine.withdraw(draft.token, ctx.person.id, amount, destination, limits=ctx.bot.withdrawals)
    ctx.use(draft)
    request = await ctx.engine.withdrawal_called(draft.token)
    assert request is not None  # it has just been made
    ctx.say(
        "withdraw-done",
        rows=[[Press("button-cancel-request", CancelRequest(request.number), style="danger")], back_home(fresh=True)],
        number=Count(request.number),
        amount=Money(amount, ctx.bot.currency),
        destination=shown,
    )


def _check(ctx: Context, amount: int, member: Member) -> None:
    check_amount(amount, member.available, _minimum(ctx))


def _minimum(ctx: Context) -> int:
    return ctx.engine.programme.program.min_withdrawal


FEATURE = Feature(
    "withdraw",
    commands=(Command("withdraw", withdraw),),
    buttons=(
        on_plain(OpenWithdraw, withdraw),
        on_plain(OpenWithdrawAnew, withdraw_anew),
        on(TakeAmount, take_amount),
        on(TakeDestination, take_kept_destination),
        on(AskDestination, ask_destination),
        on(Confirm, confirm),
    ),
    steps=(on_plain_answer(AmountAsked, take_amount), on_answer(DestinationAsked, take_destination)),
    refusals={
        TooManyRequests: lambda error, ctx: {
            "count": Count(error.count),
            "at": When(error.at, ctx.bot.zone, time=True),
        }
    },
)
