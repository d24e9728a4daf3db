"""Handles /friends: how far each friend has come and what they brought, the newest or the best first, and why a person
who opened the member's link is not their friend.
"""

from collections.abc import Sequence

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.feature import Command, Feature, on
from bot.kit.formatting import Argument, Choice, Count, Lines, Money, Term, Text, When
from bot.kit.home_button import back_home
from bot.kit.links import FriendSeen
from bot.kit.pagination import paginate
from bot.kit.person import Person
from handlers.chat.buttons import OpenBestFriends, OpenFriends, OpenLink, OpenTeam
from handlers.chat.friend_explained import FRIENDS_A_PAGE, why_buttons
from handlers.chat.joining import invite_to_join
from handlers.chat.sharing import title_of


async def show_friends(ctx: Context) -> None:
    """Handles /friends."""
    await _show(ctx, 1)


async def open_page(ctx: Context, button: OpenFriends) -> None:
    """Opens a page, by the button under the team and by those that turn pages."""
    await _show(ctx, button.page)


async def open_best(ctx: Context, button: OpenBestFriends) -> None:
    """Opens a page of those who brought something, the best first."""
    if await ctx.engine.member(ctx.person.id) is None:
        invite_to_join(ctx, "friends-of-nobody")
        return
    skip = (max(1, button.page) - 1) * FRIENDS_A_PAGE
    found, total = await ctx.links.best_friends(ctx.person.id, skip=skip, size=FRIENDS_A_PAGE)
    page = paginate(total, button.page, FRIENDS_A_PAGE)
    if page.skip != skip:
        await open_best(ctx, OpenBestFriends(page.number))
        return
    order = [Press("button-friends-by-date", OpenFriends(1))]
    await _say(ctx, "friends-best", await _named(ctx, found), [page.turning(OpenBestFriends), order])


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
    order = [Press("button-friends-by-sum", OpenBestFriends(1))] if total > 1 else []
    people = await _named(ctx, found)
    await _say(ctx, "friends-page", people, [*why_buttons(people, page.number), page.turning(OpenFriends), order])


async def _named(ctx: Context, found: Sequence[FriendSeen]) -> list[tuple[FriendSeen, Person | None]]:
    return [(friend, await ctx.people.get(friend.person)) for friend in found]


async def _say(
    ctx: Context, text_id: str, people: Sequence[tuple[FriendSeen, Person | None]], ways: list[list[Press]]
) -> None:
    lines = [line for friend, person in people for line in _friend(ctx, friend, person)]
    rows = [*ways, [Press("button-team", OpenTeam(1)), Press("button-link", OpenLink())], back_home()]
    empty = Term("friends-none" if text_id == "friends-page" else "friends-none-best")
    ctx.say(text_id, rows=rows, lines=Lines(tuple(lines or [empty])))


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
    lines.append(Term("friends-bought", date=_date(ctx, friend.bought), orders=Count(friend.orders)))
    return [*lines, Term("friends-brought", amount=Money(friend.earned, ctx.bot.currency))]


def _name(person: Person | None) -> Argument:
    """Returns the friend's name; shop customers have none here, and their code is private."""
    return Text(person.name) if person is not None else Term("friends-customer")


def _date(ctx: Context, ms: int) -> When:
    return When(ms, ctx.bot.zone)


FEATURE = Feature(
    "friends",
    commands=(Command("friends", show_friends),),
    buttons=(on(OpenFriends, open_page), on(OpenBestFriends, open_best)),
)
