"""Handles /why for admins: any commission, an order with all that it paid or why it paid nobody, or a person.

Answers "My friend joined and nothing came".
"""

from typing import Final

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.digits import identifier, whole_number
from bot.kit.feature import Feature, on
from bot.kit.formatting import Argument, Choice, Code, Count, Lines, Money, Term, Text, When
from bot.kit.links import Visit
from bot.kit.pagination import in_rows
from bot.kit.person import Person
from engine.errors import UnknownOrder
from engine.queries.views import Explained, OrderView
from handlers.chat.admin.buttons import ExplainCommission, back_to_admin
from handlers.chat.admin.member import orders_of, refunded_of, sponsor_line
from handlers.chat.admin.parsing import NobodyFound, NothingFound, order_of, person_of
from handlers.chat.admin.purchase import credits_of, examples
from handlers.chat.explanation import commission_numbered, explanation
from handlers.chat.sharing import title_of
from handlers.phrases import name_of

EXAMPLES: Final = ("/why 12", "/why o-17", "/why @sara")
VISITS_SHOWN: Final = 8
_ORDER: Final = "order:"
_BUTTONS_A_ROW: Final = 4


async def explain_for_admin(ctx: Context) -> None:
    """Handles /why NUMBER, /why ORDER or /why PERSON; an ambiguous argument is read in this order."""
    if len(ctx.words) != 1:
        ctx.say("admin-usage-why", rows=[back_to_admin()], examples=examples(EXAMPLES))
        return
    word = identifier(ctx.words[0])
    if word.startswith(_ORDER):
        await _explain_order(await _order_called(word.removeprefix(_ORDER), ctx), ctx)
    elif (explained := await _commission_called(word, ctx)) is not None:
        await _explain_commission(explained, ctx)
    elif (order := await order_of(word, ctx.engine)) is not None:
        await _explain_order(order, ctx)
    else:
        await _explain_person(await _person_called(word, ctx), ctx)


async def explain_this(ctx: Context, button: ExplainCommission) -> None:
    """The button of a commission under its order."""
    await _explain_commission(await commission_numbered(button.number, ctx.engine), ctx)


async def _commission_called(word: str, ctx: Context) -> Explained | None:
    number = whole_number(word)
    return await ctx.engine.explain(number) if number is not None else None


async def _order_called(id: str, ctx: Context) -> OrderView:
    order = await ctx.engine.order(id)
    if order is None:
        raise UnknownOrder(id)
    return order


async def _person_called(word: str, ctx: Context) -> Person:
    """Finds the person. Raises NothingFound, as the argument may have been meant as anything."""
    try:
        return await person_of(word, ctx.people)
    except NobodyFound as nobody:
        raise NothingFound(nobody.word) from None


async def _explain_commission(explained: Explained, ctx: Context) -> None:
    commission = explained.commission
    ctx.say(
        "admin-why-commission",
        rows=[back_to_admin()],
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
    used = await ctx.engine.conversion_of(order.id)
    ctx.say(
        "admin-why-order",
        rows=[*in_rows(buttons, _BUTTONS_A_ROW), back_to_admin()],
        order=Code(order.id),
        buyer=await name_of(ctx, order.buyer),
        amount=Money(order.total, ctx.bot.currency),
        date=When(order.at, ctx.bot.zone, time=True),
        converted=Choice("yes" if used else "no"),
        used=Text(used or ""),
        commissions=await credits_of(order.id, ctx),
        **refunded_of(order, ctx),
    )


async def _explain_person(person: Person, ctx: Context) -> None:
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


FEATURE = Feature("why-for-admins", buttons=(on(ExplainCommission, explain_this),))
