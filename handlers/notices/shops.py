"""Reports shops' problems to admins: unrecorded orders, and what needs attention."""

from typing import Final

from bot.kit.context import message_to
from bot.kit.effects import Outgoing
from bot.kit.formatting import Choice, Code, Text
from bot.kit.person import Person
from bot.kit.shop import ShopProblem
from bot.kit.texts import Texts

KINDS: Final = (
    "no_rate",
    "worthless",
    "conflict",
    "unreadable",
    "more_left",
    "currency_changed",
    "late_friend",
    "child_given_back",
    "number_taken",
    "deleted",
    "reward_twice",
    "reward_of_another",
)


def shop_problem(problem: ShopProblem, to: Person, texts: Texts) -> list[Outgoing]:
    """Returns one message: which order of which shop, what is wrong, and what can be done."""
    message = message_to(
        to,
        texts,
        "admin-shop-problem",
        kind=Choice(problem.kind if problem.kind in KINDS else "other"),
        shop=Text(problem.shop),
        order=Code(f"{problem.shop}:{problem.order}"),
        total=Text(problem.content.get("total", "")),
        recorded=Text(problem.content.get("recorded", "")),
        currency=Text(problem.content.get("currency", "")),
        parent=Code(problem.content.get("parent", "")),
        sponsor=Code(problem.content.get("sponsor", "")),
        reason=Text(problem.content.get("reason", "")),
    )
    return [message]
