"""Reports to admins what was done by hand: who, what, for whom and how much."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from bot.kit.context import message_to
from bot.kit.effects import Outgoing
from bot.kit.formatting import Choice, Count, Lines, Money, Term, Text
from bot.kit.order_numbers import is_paid_here
from bot.kit.person import Person
from engine.queries.audit import Act
from handlers.notices.renderer import NoticeRenderer
from handlers.phrases import SHELL, RenderContext, actor_of, name_of

LINES_MAX: Final = 15
ALIKE_MAX: Final = 4
"""The most acts of one kind and actor on lines of their own; more become one line with their sum."""


async def done_by_hand(acts: Sequence[Act], context: RenderContext) -> list[Act]:
    """Returns acts done for others, on the shell or in the chat. Paying for one's own order is not one."""
    actors = {each: await context.people.get(each) for each in {act.actor for act in acts}}
    return [
        act
        for act in acts
        if act.actor.startswith(SHELL) or ((actor := actors[act.actor]) is not None and not _is_own(act, actor))
    ]


def _is_own(act: Act, actor: Person) -> bool:
    """Returns whether a buyer acted as buyer: an order paid in the chat, Stars refunded to them."""
    if act.kind not in ("purchased", "refunded") or act.whom != actor.id:
        return False
    return not actor.is_admin or is_paid_here(act.name)


async def by_hand_notice(acts: Sequence[Act], to: Person, context: NoticeRenderer) -> list[Outgoing]:
    """Returns one message of other people's acts; none if the reader did them all."""
    others = [act for act in acts if act.actor != to.id]
    if not others:
        return []
    alike = Counter((act.actor, act.kind) for act in others)
    lines = [await _line(act, context) for act in others if alike[act.actor, act.kind] <= ALIKE_MAX]
    lines += await totals([act for act in others if alike[act.actor, act.kind] > ALIKE_MAX], context)
    if len(lines) > LINES_MAX:
        lines = [*lines[: LINES_MAX - 1], Term("listed-more", count=Count(len(lines) - LINES_MAX + 1))]
    return [message_to(to, context.texts, "notice-by-hand", count=Count(len(others)), lines=Lines(tuple(lines)))]


async def totals(acts: Sequence[Act], context: RenderContext) -> list[Term]:
    """Returns a line for each kind of act of each actor, with their count and sum."""
    groups: dict[tuple[str, str], list[Act]] = {}
    for act in acts:
        groups.setdefault((act.actor, act.kind), []).append(act)
    return [
        Term(
            "by-hand-total",
            actor=await actor_of(context, actor),
            kind=Choice(kind),
            count=Count(len(group)),
            amount=Money(sum(act.amount or 0 for act in group), context.bot.currency),
        )
        for (actor, kind), group in groups.items()
    ]


async def _line(act: Act, context: RenderContext) -> Term:
    return Term(
        "by-hand-line",
        actor=await actor_of(context, act.actor),
        kind=Choice(act.kind),
        whom=await name_of(context, act.whom),
        amount=Money(act.amount or 0, context.bot.currency),
        name=await name_of(context, act.name) if act.kind == "attributed" else Text(act.name),
    )


class ByHandWords:
    """Selects and renders the acts reported to admins; `context` returns the current render context."""

    def __init__(self, context: Callable[[], NoticeRenderer]) -> None:
        self._context = context

    async def wanted(self, acts: Sequence[Act]) -> list[Act]:
        """Returns the acts done by hand for others."""
        return await done_by_hand(acts, self._context())

    async def say(self, acts: Sequence[Act], to: Person) -> Sequence[Outgoing]:
        """Returns one message of other people's acts."""
        return await by_hand_notice(acts, to, self._context())
