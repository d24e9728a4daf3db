"""Describes a problem with a shop's order: which one, what is wrong, and what can be done."""

from typing import Final

from bot.kit.formatting import Choice, Code, Term, Text
from bot.kit.shop import ShopProblem

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


def problem_term(problem: ShopProblem) -> Term:
    """Describes a problem, with what can be done about it."""
    return Term(
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
