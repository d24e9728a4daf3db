"""Handles /friends: how far each friend has come, and why a person who opened the member's link is not their friend."""

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.feature import Command, Feature, on
from bot.kit.formatting import Argument, Choice, Count, Lines, Term, Text, When
from bot.kit.links import FriendSeen
from bot.kit.pagination import paginate
from bot.kit.person import Person
from handlers.chat.buttons import OpenFriends, OpenLink, OpenTeam, back_home
from handlers.chat.friend_explained import FRIENDS_A_PAGE, why_buttons
from handlers.chat.joining import invite_to_join
from handlers.chat.sharing import title_of


async def show_friends(ctx: Context) -> None:
    """Handles /friends."""
    await _show(ctx, 1)


async def open_page(ctx: Context, button: OpenFriends) -> None:
    """Opens a page, by the button under the team and by those that turn pages."""
    await _show(ctx, button.page)


async def _show(ctx: Context, wanted: int) -> None:
    """Shows the wanted page, or the nearest that there is."""
    if await ctx.engine.member(ctx.person.id) is None:
        invite_to_join(ctx, "friends-of-nobody")
        return
    skip = (max(1, wanted) - 1) * FRIENDS_A_PAGE
    found, total = await ctx.links.friends(ctx.person.id, skip=skip, size=FRIENDS_A_PAGE)
    page = paginate(total, wanted, FRIENDS_A_PAGE)
    if page.skip != skip:
        await _show(ctx, page.number)
        return
    people = [(friend, await ctx.people.get(friend.person)) for friend in found]
    lines = [line for friend, person in people for line in _friend(ctx, friend, person)]
    ways = [Press("button-team", OpenTeam(1)), Press("button-link", OpenLink())]
    rows = [*why_buttons(people, page.number), page.turning(OpenFriends), ways, back_home()]
    ctx.say("friends-page", rows=rows, lines=Lines(tuple(lines or [Term("friends-none")])))


def _friend(ctx: Context, friend: FriendSeen, person: Person | None) -> list[Term]:
    """Returns the friend's name and nothing else about them, then a line for each step taken, or for the obstacle."""
    who = Term("friends-name", name=_name(person))
    if friend.purpose is not None:
        link = Text(title_of(ctx.bot, friend.purpose, ctx.language))
        who = Term("friends-name-through", name=_name(person), link=link)
    if friend.outcome != "came":
        opened = Term("friends-opened", date=_date(ctx, friend.at))
        return [who, opened, Term("friends-not", why=Choice(friend.outcome))]
    lines = [who, Term("friends-came", date=_date(ctx, friend.at))]
    if friend.joined is not None:
        lines.append(Term("friends-joined", date=_date(ctx, friend.joined)))
    if friend.bought is None:
        return [*lines, Term("friends-not", why=Choice("nothing"))]
    return [*lines, Term("friends-bought", date=_date(ctx, friend.bought), orders=Count(friend.orders))]


def _name(person: Person | None) -> Argument:
    """Returns the friend's name; shop customers have none here, and their code is private."""
    return Text(person.name) if person is not None else Term("friends-customer")


def _date(ctx: Context, ms: int) -> When:
    return When(ms, ctx.bot.zone)


FEATURE = Feature("friends", commands=(Command("friends", show_friends),), buttons=(on(OpenFriends, open_page),))
