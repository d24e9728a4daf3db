"""Combines many problems of one shop and kind in one message to an admin."""

from collections.abc import Sequence

from bot.kit.context import message_to
from bot.kit.effects import Outgoing
from bot.kit.formatting import Code, Count, Lines, Term, Text
from bot.kit.person import Person
from bot.kit.shop import ShopProblem
from bot.kit.texts import Texts
from handlers.notices.shops import shop_problem

ORDERS_MAX = 15


def shop_problems(problems: Sequence[ShopProblem], to: Person, texts: Texts) -> list[Outgoing]:
    """Returns the last problem as it is sent alone, after the number and names of similar ones."""
    orders = [Term("shop-problem-order", order=Code(f"{each.shop}:{each.order}")) for each in problems[-ORDERS_MAX:]]
    if len(problems) > ORDERS_MAX:
        orders.append(Term("listed-more", count=Count(len(problems) - ORDERS_MAX)))
    message = message_to(
        to,
        texts,
        "admin-shop-problems",
        count=Count(len(problems)),
        shop=Text(problems[-1].shop),
        orders=Lines(tuple(orders)),
    )
    return [*shop_problem(problems[-1], to, texts), message]
