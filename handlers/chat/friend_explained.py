"""Answers a member's "my friend came and I got nothing": by the button on /friends, or /why and the friend's name.

Only the member's own friends, and people who opened a link of theirs, are found; a friend's code is shown to nobody.
"""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.errors import StaleButton, UserError
from bot.kit.feature import Feature, on
from bot.kit.formatting import Choice, Code, Count, Lines, Money, Term, Text, When
from bot.kit.home_button import back_home
from bot.kit.links import FriendSeen, Visit
from bot.kit.name_search import needle_of
from bot.kit.pagination import in_rows
from bot.kit.person import Person
from bot.kit.truncate import cut_plain
from engine.queries.views import Explained, OrderView
from handlers.chat.buttons import ExplainFriend, OpenFriends, OpenWhy, PickFriend
from handlers.phrases import name_of

DRAFT: Final = "friends"
FRIENDS_SHOWN: Final = 8
FRIENDS_A_PAGE: Final = 6
ORDERS_SHOWN: Final = 5
_VISITS_LOOKED_AT: Final = 50
_ECHO_LENGTH_MAX: Final = 40
_NAME_ON_BUTTON_MAX: Final = 24
_A_ROW: Final = 2


@dataclass(eq=False)
class NoSuchFriend(UserError):
    """Raised for a name that none of the member's friends has."""

    code: ClassVar[str] = "no_such_friend"
    word: str


def why_buttons(friends: Sequence[tuple[FriendSeen, Person | None]], page: int) -> list[list[Press]]:
    """Returns the buttons under a page of friends, one for each who has a name here."""
    buttons = [
        Press("button-why-friend", ExplainFriend(page, friend.at), name=Text(_short(person.name)))
        for friend, person in friends
        if person is not None
    ]
    return in_rows(buttons, _A_ROW)


async def explain_called(ctx: Context, sought: str) -> None:
    """Explains the friend of that name, @username, number or code, or shows those who fit. Raises NoSuchFriend."""
    found = await _found(ctx, sought)
    if not found:
        raise NoSuchFriend(sought[:_ECHO_LENGTH_MAX])
    if len(found) == 1:
        await _explain(ctx, found[0].id, page=1)
        return
    token = ctx.draft(DRAFT, people=json.dumps([each.id for each in found]))
    buttons = [
        [Press("button-friend", PickFriend(token, place), name=Text(each.name))] for place, each in enumerate(found)
    ]
    ctx.say("friends-which", rows=[*buttons, back_home()], sought=Text(sought[:_ECHO_LENGTH_MAX]))


async def _found(ctx: Context, sought: str) -> list[Person]:
    exact = await ctx.people.find(sought)
    if exact is not None and await _came_near(ctx, exact.id):
        return [exact]
    needle = needle_of(sought)
    return await ctx.people.search_friends(ctx.person.id, needle, FRIENDS_SHOWN) if needle is not None else []


async def _came_near(ctx: Context, person: str) -> bool:
    """Returns whether the person is the member's friend, or opened a link of theirs."""
    known = await ctx.engine.person(person)
    return (known is not None and known.sponsor == ctx.person.id) or await _visit(ctx, person) is not None


async def _visit(ctx: Context, person: str) -> Visit | None:
    """Returns the first time that the person opened a link of the member's."""
    visits = await ctx.links.visits(person, _VISITS_LOOKED_AT)
    return next((each for each in reversed(visits) if each.member == ctx.person.id), None)


async def pick(ctx: Context, button: PickFriend) -> None:
    """Explains the one of those who fit."""
    draft = await ctx.open(button.token, DRAFT)
    people = json.loads(draft.values["people"])
    if not 0 <= button.place < len(people):
        raise StaleButton
    await _explain(ctx, people[button.place], page=1)


async def explain_this(ctx: Context, button: ExplainFriend) -> None:
    """Explains a friend of a page. Those who came since then may have moved them to the next one."""
    for page in (button.page, button.page + 1):
        skip = (max(1, page) - 1) * FRIENDS_A_PAGE
        friends, _ = await ctx.links.friends(ctx.person.id, skip=skip, size=FRIENDS_A_PAGE)
        friend = next((each for each in friends if each.at == button.at), None)
        if friend is not None:
            await _explain(ctx, friend.person, page=page)
            return
    raise StaleButton


async def _explain(ctx: Context, id: str, *, page: int) -> None:
    """Tells how far the friend came, and of each purchase what it brought the member, or why nothing."""
    known = await ctx.engine.person(id)
    reasons: list[Press] = []
    if known is not None and known.sponsor == ctx.person.id:
        lines, reasons = await _story(ctx, id, known.since or 0)
    elif (visit := await _visit(ctx, id)) is not None:
        opened = Term("friends-opened", date=When(visit.at, ctx.bot.zone))
        lines = [opened, Term("friends-not", why=Choice(visit.outcome))]
    else:
        raise StaleButton
    ctx.say(
        "friend-explained",
        rows=[*in_rows(reasons, _A_ROW), [Press("button-friends", OpenFriends(page)), *back_home()]],
        name=await name_of(ctx, id),
        lines=Lines(tuple(lines)),
    )


async def _story(ctx: Context, id: str, since: int) -> tuple[list[Term], list[Press]]:
    lines = [Term("friends-came", date=When(since, ctx.bot.zone))]
    member, orders = await asyncio.gather(ctx.engine.member(id), _orders(ctx, id))
    if member is not None:
        lines.append(Term("friends-joined", date=When(member.joined, ctx.bot.zone)))
    if not orders:
        return [*lines, Term("friend-bought-nothing")], []
    told = [await _order(ctx, each, since) for each in orders]
    return [*lines, *(line for line, _ in told)], [button for _, buttons in told for button in buttons]


async def _orders(ctx: Context, id: str) -> list[OrderView]:
    """Returns the friend's last orders, also those placed as a shop's customer before linking."""
    ids = [id, *await ctx.people.earlier(id)]
    found = [order for each in ids for order in await ctx.engine.orders_of(each, ORDERS_SHOWN)]
    return sorted(found, key=lambda order: order.at, reverse=True)[:ORDERS_SHOWN]


async def _order(ctx: Context, order: OrderView, since: int) -> tuple[Term, list[Press]]:
    """Tells what a purchase brought this member, with the way to the calculation; or why it brought nothing."""
    date = When(order.at, ctx.bot.zone)
    explained = await ctx.engine.explain_source(f"order:{order.id}")
    own = [each for each in explained if each.commission.member == ctx.person.id]
    if own:
        return _paid(ctx, order, own), [_reason(each) for each in own]
    why = order.no_seller or "nothing"
    if why == "no_sponsor" or order.at < since:
        why = "before"
    return Term("friend-order-unpaid", date=date, why=Choice(why)), []


def _paid(ctx: Context, order: OrderView, own: Sequence[Explained]) -> Term:
    commission = own[0].commission
    return Term(
        "friend-order-paid",
        date=When(order.at, ctx.bot.zone),
        order=Code(order.id),
        amount=Money(sum(each.commission.net for each in own), ctx.bot.currency),
        state=Choice(commission.state),
    )


def _reason(explained: Explained) -> Press:
    number = explained.commission.number
    return Press("button-why-commission", OpenWhy(number, 0), number=Count(number))


def _short(name: str) -> str:
    return cut_plain(name, _NAME_ON_BUTTON_MAX)


FEATURE = Feature("friend-explained", buttons=(on(ExplainFriend, explain_this), on(PickFriend, pick)))
