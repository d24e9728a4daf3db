"""Handles /why for admins: any commission, an order with all that it paid or why it paid nobody, or a person.

Answers "My friend joined and nothing came".
"""

from collections.abc import Sequence
from typing import ClassVar, Final

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.dialogues import Step
from bot.kit.digits import identifier, whole_number
from bot.kit.feature import Feature, on, on_plain_answer
from bot.kit.formatting import Argument, Choice, Code, Count, Lines, Money, Term, Text, When
from bot.kit.links import Visit
from bot.kit.pagination import in_rows
from bot.kit.person import Person
from engine.errors import UnknownOrder
from engine.queries.views import Explained, OrderView
from handlers.chat.admin.buttons import ExplainCommission, ShowOrderShares, back_to_admin
from handlers.chat.admin.finding import person_for, person_of_account
from handlers.chat.admin.member import orders_of, refunded_of, sponsor_line
from handlers.chat.admin.orders import credits_of, examples
from handlers.chat.admin.parsing import NobodyFound, NothingFound, order_of
from handlers.chat.explanation import commission_numbered, explanation
from handlers.chat.sharing import title_of
from handlers.phrases import name_of

EXAMPLES: Final = ("/why 12", "/why o-17", "/why @sara")
VISITS_SHOWN: Final = 8
_ORDER: Final = "order:"
_BUTTONS_A_ROW: Final = 4


class WhyAsked(Step, frozen=True, tag="why-for-admins"):
    """Waits for what is to be explained."""

    admin: ClassVar[bool] = True
    accounts: ClassVar[bool] = True


async def explain_for_admin(ctx: Context) -> None:
    """Handles /why NUMBER, /why ORDER or /why PERSON; an ambiguous argument is read in this order."""
    if ctx.words:
        await _explain(ctx)
    else:
        ctx.ask(WhyAsked())
        ctx.say("admin-usage-why", rows=[back_to_admin()], examples=examples(EXAMPLES))


async def take_answer(ctx: Context) -> None:
    """Takes what is to be explained: typed, or a person who was forwarded or sent as a contact."""
    if ctx.account is not None:
        person = await person_of_account(ctx, ctx.account)
        ctx.end()
        await explain_person(ctx, person)
    else:
        ctx.end()
        await _explain(ctx)


async def _explain(ctx: Context) -> None:
    word = identifier(" ".join(ctx.words))
    if word.startswith(_ORDER):
        await _explain_order(await _order_called(word.removeprefix(_ORDER), ctx), ctx)
    elif (explained := await _commission_called(word, ctx)) is not None:
        await _explain_commission(explained, ctx)
    elif (order := await order_of(word, ctx)) is not None:
        await _explain_order(order, ctx)
    elif (person := await _person_called(" ".join(ctx.words), ctx)) is not None:
        await explain_person(ctx, person)


async def explain_this(ctx: Context, button: ExplainCommission) -> None:
    """Explains a commission, by the button under its order."""
    await _explain_commission(await commission_numbered(button.number, ctx.engine), ctx)


async def _commission_called(word: str, ctx: Context) -> Explained | None:
    number = whole_number(word)
    return await ctx.engine.explain(number) if number is not None else None


async def _order_called(id: str, ctx: Context) -> OrderView:
    order = await ctx.engine.order(id)
    if order is None:
        raise UnknownOrder(id)
    return order


async def _person_called(sought: str, ctx: Context) -> Person | None:
    """Finds the person, or lets the admin choose. Raises NothingFound, as it may have been meant as anything."""
    try:
        return await person_for(ctx, "why", sought)
    except NobodyFound as nobody:
        raise NothingFound(nobody.word) from None


async def _explain_commission(explained: Explained, ctx: Context) -> None:
    commission = explained.commission
    chart = [Press("button-chart", ShowOrderShares(commission.number))] if explained.order is not None else []
    ctx.say(
        "admin-why-commission",
        rows=[chart, back_to_admin()],
        number=Count(commission.number),
        member=await name_of(ctx, commission.member),
        amount=Money(commission.amount, ctx.bot.currency),
        date=When(commission.credited, ctx.bot.zone, time=True),
        lines=await explanation(explained, ctx.person, ctx, everyone=True),
    )


async def _explain_order(order: OrderView, ctx: Context) -> None:
    explained = await ctx.engine.explain_source(f"order:{order.id}")
    numbers = [each.commission.number for each in explained]
    buttons = [Press("button-admin-why", ExplainCommission(number), number=Count(number)) for number in numbers]
    chart = [Press("button-chart", ShowOrderShares(numbers[0]))] if numbers else []
    used = await ctx.engine.conversion_of(order.id)
    ctx.say(
        "admin-why-order",
        rows=[*in_rows(buttons, _BUTTONS_A_ROW), chart, back_to_admin()],
        order=Code(order.id),
        buyer=await name_of(ctx, order.buyer),
        amount=Money(order.total, ctx.bot.currency),
        date=When(order.at, ctx.bot.zone, time=True),
        converted=Choice("yes" if used else "no"),
        used=Text(used or ""),
        commissions=await credits_of(order.id, ctx),
        **refunded_of(order, ctx),
    )


async def explain_person(ctx: Context, person: Person, _words: Sequence[str] = ()) -> None:
    """Tells how a person came, and what became of it."""
    ctx.say(
        "admin-why-person",
        rows=[back_to_admin()],
        name=Text(person.name),
        code=Code(person.id),
        sponsor=await sponsor_line(person, ctx),
        steps=await _steps(person, ctx),
        orders=await orders_of(person, ctx),
    )


async def _steps(person: Person, ctx: Context) -> Lines:
    """Returns the person's links and their outcome, when they joined and first bought, or that they did not.

    The earliest first, as one tells a story.
    """
    steps = [await _visit(each, ctx) for each in reversed(await ctx.links.visits(person.id, VISITS_SHOWN))]
    joined, bought = await ctx.engine.member(person.id), await ctx.links.first_order(person.id)
    if joined is None:
        steps.append(Term("admin-not-joined"))
    else:
        steps.append(Term("admin-step-joined", date=When(joined.joined, ctx.bot.zone, time=True)))
    if bought is None:
        steps.append(Term("admin-step-no-order"))
    else:
        steps.append(Term("admin-step-bought", date=When(bought, ctx.bot.zone, time=True)))
    return Lines(tuple(steps))


async def _visit(visit: Visit, ctx: Context) -> Term:
    link: Argument = Code(visit.link)
    if visit.purpose is not None:
        link = Text(title_of(ctx.bot, visit.purpose, ctx.language))
    return Term(
        "admin-step-opened",
        date=When(visit.at, ctx.bot.zone, time=True),
        member=await name_of(ctx, visit.member),
        link=link,
        outcome=Choice(visit.outcome),
    )


FEATURE = Feature(
    "why-for-admins",
    buttons=(on(ExplainCommission, explain_this),),
    steps=(on_plain_answer(WhyAsked, take_answer),),
)
