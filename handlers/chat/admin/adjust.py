"""Handles /adjust: an admin corrects a member's account by hand, with a reason that the member reads."""

from collections.abc import Sequence
from typing import ClassVar

from bot.kit.context import Context
from bot.kit.dialogues import Step
from bot.kit.feature import Command, Feature, on, on_answer
from bot.kit.formatting import Code, Money, Text
from bot.kit.keyboards import Rows
from bot.kit.person import Person
from engine.errors import OwnAccount, UnknownMember
from handlers.chat.admin.buttons import ConfirmAdjustment, back_to_admin, confirmation
from handlers.chat.admin.finding import ask_whom, person_for
from handlers.chat.admin.parsing import REASON_LENGTH_MAX, leading_amount, short, who_and_the_rest
from handlers.phrases import name_of


class AdjustmentAsked(Step, frozen=True, tag="adjustment"):
    """Waits for the amount and the reason of a correction; `member` is a code."""

    admin: ClassVar[bool] = True
    member: str


async def adjust(ctx: Context) -> None:
    """Handles /adjust MEMBER AMOUNT REASON: repeats it all and waits for confirmation. The amount may be below zero."""
    if not ctx.words:
        _show_usage(ctx, await ask_whom(ctx, "adjust"))
        return
    who, words = who_and_the_rest(ctx.words, ctx.bot.currency, signed=True)
    if (person := await person_for(ctx, "adjust", who, words)) is not None:
        await adjust_of(ctx, person, words)


async def adjust_of(ctx: Context, person: Person, words: Sequence[str]) -> None:
    """Shows the card of a correction; without an amount and a reason asks for them."""
    if person.id == ctx.person.id:
        raise OwnAccount(person.id)  # the engine refuses it too, but only after the confirmation
    member = await ctx.engine.member(person.id)
    if member is None:
        raise UnknownMember(person.id)
    if not words:
        _ask_amount(ctx, person)
        return
    amount, rest = leading_amount(words, ctx.bot.currency, signed=True)
    if not rest:
        _show_usage(ctx)
        return
    reason = short(" ".join(rest), REASON_LENGTH_MAX)
    token = ctx.draft("adjustment", member=person.id, amount=amount, reason=reason)
    ctx.say(
        "admin-adjust-confirm",
        rows=confirmation(ConfirmAdjustment(token), "adjustment", token),
        member=Text(person.name),
        code=Code(person.id),
        amount=Money(amount, ctx.bot.currency),
        reason=Text(reason),
        available=Money(member.available, ctx.bot.currency),
    )


async def confirm(ctx: Context, button: ConfirmAdjustment) -> None:
    """Records the correction. The card's token is its id, so that it counts once."""
    draft = await ctx.open(button.token, "adjustment")
    member, amount, reason = draft.values["member"], draft.values["amount"], draft.values["reason"]
    await ctx.engine.adjust(draft.token, member, amount, reason, actor=ctx.person.id)
    ctx.use(draft)
    balance = await ctx.engine.balance(member)
    ctx.say(
        "admin-adjust-recorded",
        rows=[back_to_admin()],
        member=await name_of(ctx, member),
        amount=Money(amount, ctx.bot.currency),
        reason=Text(reason),
        available=Money(balance.available, ctx.bot.currency),
    )


def _ask_amount(ctx: Context, person: Person) -> None:
    ctx.ask(AdjustmentAsked(person.id))
    ctx.say(
        "admin-ask-adjustment",
        rows=[back_to_admin()],
        member=Text(person.name),
        code=Code(person.id),
        example=Code("5000"),
        less=Code("-5000"),
    )


async def take_amount(ctx: Context, step: AdjustmentAsked) -> None:
    """Takes the amount with its reason; unreadable input is asked for again."""
    person = await ctx.people.get(step.member)
    if person is None:
        raise UnknownMember(step.member)
    _, reason = leading_amount(ctx.words, ctx.bot.currency, signed=True)
    if not reason:
        _ask_amount(ctx, person)
        return
    ctx.end()
    await adjust_of(ctx, person, ctx.words)


def _show_usage(ctx: Context, rows: Rows | None = None) -> None:
    ctx.say("admin-usage-adjust", rows=rows, example=Code("/adjust @sara 5000"), less=Code("/adjust @sara -5000"))


FEATURE = Feature(
    "adjust",
    commands=(Command("adjust", adjust, admin=True),),
    buttons=(on(ConfirmAdjustment, confirm),),
    steps=(on_answer(AdjustmentAsked, take_amount),),
)
