"""Combines several notices in one message: a line each, the sum earned, and the new balance.

A new kind that may be combined is one function and one line here; the others are sent alone.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final

from bot.kit.buttons import Press
from bot.kit.context import message_to
from bot.kit.effects import Outgoing
from bot.kit.formatting import Argument, Choice, Code, Count, Lines, Money, Term, Text
from bot.kit.person import Person
from bot.kit.preferences import Group
from bot.kit.references import notice_reference
from engine.queries.reports import earned_in
from engine.queries.views import NoticeRow
from handlers.chat.buttons import OpenBalance, OpenHistory, OpenTeam
from handlers.notices.gathered_for_admins import ADMINS_LINES, render_for_admins
from handlers.notices.members import balance_line, reason_of
from handlers.notices.renderer import NoticeRenderer
from handlers.phrases import name_for

LINES_MAX: Final = 15

Line = Callable[[NoticeRow, Person, NoticeRenderer], Awaitable[Term]]


async def _friend(notice: NoticeRow, to: Person, renderer: NoticeRenderer) -> Term:
    friend = await name_for(renderer, to, notice.values["friend"])
    return Term("gathered-friend-came" if notice.kind == "friend_came" else "gathered-friend-joined", friend=friend)


async def _friend_bought(notice: NoticeRow, to: Person, renderer: NoticeRenderer) -> Term:
    friend = await name_for(renderer, to, notice.values["friend"])
    return Term("gathered-friend-bought", friend=friend, total=_money(notice, renderer, "total"))


async def _commission(notice: NoticeRow, to: Person, renderer: NoticeRenderer) -> Term:
    reason, state = await reason_of(notice.values, to, renderer), Choice(notice.values["state"])
    return Term("gathered-commission", amount=_money(notice, renderer), state=state, reason=reason)


async def _released(notice: NoticeRow, to: Person, renderer: NoticeRenderer) -> Term:
    explained = await renderer.engine.explain(notice.values["number"])
    assert explained is not None  # the notice is of its own journal row
    it = explained.commission
    reason = await reason_of({"source": it.source, "kind": it.kind, "level": it.level}, to, renderer)
    return Term("gathered-released", amount=_money(notice, renderer), reason=reason)


async def _available(notice: NoticeRow, _to: Person, renderer: NoticeRenderer) -> Term:
    return Term("gathered-available", amount=_money(notice, renderer))


async def _reversed(notice: NoticeRow, _to: Person, renderer: NoticeRenderer) -> Term:
    return Term("gathered-reversed", amount=_money(notice, renderer), order=Code(notice.values["order"]))


async def _rejected(notice: NoticeRow, _to: Person, renderer: NoticeRenderer) -> Term:
    reason = await renderer.engine.reason_of(notice.seq)
    given: Argument = Text(reason) if reason else Term("no-reason")
    return Term("gathered-rejected", amount=_money(notice, renderer), reason=given)


async def _cap_reached(notice: NoticeRow, _to: Person, renderer: NoticeRenderer) -> Term:
    return Term("gathered-cap-reached", cut=_money(notice, renderer, "cut"))


async def _rank_reached(notice: NoticeRow, _to: Person, _renderer: NoticeRenderer) -> Term:
    return Term("gathered-rank-reached", rank=Text(notice.values["rank"]))


def _money(notice: NoticeRow, renderer: NoticeRenderer, name: str = "amount") -> Money:
    return Money(notice.values[name], renderer.bot.currency)


LINES: Final[Mapping[str, tuple[Group, Line]]] = {
    "friend_came": ("friends", _friend),
    "friend_joined": ("friends", _friend),
    "friend_bought": ("friends", _friend_bought),
    "commission": ("commissions", _commission),
    "reversed": ("commissions", _reversed),
    "rejected": ("commissions", _rejected),
    "released": ("releases", _released),
    "available": ("releases", _available),
    "rank_reached": ("ranks", _rank_reached),
    "cap_reached": ("ranks", _cap_reached),
}
"""By kind: the group that switches it off, and its line."""

ALONE: Final[Mapping[str, Group]] = {"withdrawal_approved": "withdrawals"}
"""Kinds with a switch but no line: a step of a withdrawal must not come after the next one."""

REWARDS: Final = ("signup", "rank")
"""The kinds of commissions that are bonuses, with a switch of their own."""


def group_of(notice: NoticeRow) -> Group | None:
    """Returns the switch of a notice; None for one that is always sent."""
    if notice.kind == "commission" and notice.values["kind"] in REWARDS:
        return "rewards"
    return LINES[notice.kind][0] if notice.kind in LINES else ALONE.get(notice.kind)


def is_alone(notice: NoticeRow) -> bool:
    """Returns whether it is never combined with others: it has no line."""
    return notice.kind not in LINES and notice.kind not in ADMINS_LINES


async def render_together(notices: Sequence[NoticeRow], to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Returns one message of several notices, all of kinds with a line; notices to an admin form another one."""
    own = [notice for notice in notices if notice.kind in LINES]
    others = [notice for notice in notices if notice.kind in ADMINS_LINES]
    return [
        *(await _own_together(own, to, renderer) if own else []),
        *(await render_for_admins(others, to, renderer) if others else []),
    ]


async def _own_together(notices: Sequence[NoticeRow], to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Returns a member's combined message. Its reference is that of the last notice."""
    reference = notice_reference(notices[-1].number)
    lines = [await LINES[notice.kind][1](notice, to, renderer) for notice in notices[:LINES_MAX]]
    if len(notices) > LINES_MAX:
        lines.append(Term("listed-more", count=Count(len(notices) - LINES_MAX)))
    earned = earned_in(notices)
    total = [Term("gathered-total", amount=Money(earned, renderer.bot.currency))] if earned else []
    foot = [*total, await balance_line(to, renderer), Term("notice-reference", code=Code(reference))]
    rows = [[Press("button-balance", OpenBalance(fresh=True)), Press("button-history", OpenHistory(0))]]
    if any(LINES[notice.kind][0] == "friends" for notice in notices):
        rows.append([Press("button-team", OpenTeam(0))])
    message = message_to(
        to,
        renderer.texts,
        "notice-gathered",
        rows=rows,
        reference=reference,
        count=Count(len(notices)),
        lines=Lines(tuple(lines)),
        total=Lines(tuple(foot)),
    )
    return [message]
