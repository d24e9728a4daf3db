"""Handles /adjust: an admin corrects a member's account by hand, with a reason that the member reads."""

from bot.kit.context import Context
from bot.kit.feature import Command, Feature, on
from bot.kit.formatting import Code, Money, Text
from engine.errors import OwnAccount, UnknownMember
from handlers.chat.admin.buttons import ConfirmAdjustment, back_to_admin, confirmation
from handlers.chat.admin.parsing import REASON_LENGTH_MAX, leading_amount, person_of, short
from handlers.phrases import name_of


async def adjust(ctx: Context) -> None:
    """Handles /adjust MEMBER AMOUNT REASON: repeats it all and waits for confirmation. The amount may be below zero."""
    if len(ctx.words) < 2:
        _show_usage(ctx)
        return
    person = await person_of(ctx.words[0], ctx.people)
    if person.id == ctx.person.id:
        raise OwnAccount(person.id)  # the engine refuses it too, but only after the confirmation
    member = await ctx.engine.member(person.id)
    if member is None:
        raise UnknownMember(person.id)
    amount, words = leading_amount(ctx.words[1:], ctx.bot.currency, signed=True)
    if not words:
        _show_usage(ctx)
        return
    reason = short(" ".join(words), REASON_LENGTH_MAX)
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
    """The card's token is the correction's id, so that it counts once."""
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


def _show_usage(ctx: Context) -> None:
    ctx.say("admin-usage-adjust", example=Code("/adjust @sara 5000"), less=Code("/adjust @sara -5000"))


FEATURE = Feature(
    "adjust",
    commands=(Command("adjust", adjust, admin=True),),
    buttons=(on(ConfirmAdjustment, confirm),),
)
