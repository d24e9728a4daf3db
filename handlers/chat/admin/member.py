"""Handles /member: what an admin may see of a person, and lines about people that other pages show, too."""

from collections.abc import Sequence
from typing import Any, Final

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.feature import Command, Feature
from bot.kit.formatting import Choice, Code, Count, Lines, Money, Term, Text, When
from bot.kit.keyboards import Rows
from bot.kit.pagination import in_rows
from bot.kit.person import Person
from engine.queries.views import Balance, OrderView, WithdrawalView
from engine.records import Member
from handlers.chat.admin.buttons import AskAmount, OpenRequest, ReinstateMember, SuspendMember, back_to_admin
from handlers.chat.admin.finding import ask_whom, person_for
from handlers.chat.admin.messages import messages_to
from handlers.chat.links import link_line
from handlers.phrases import name_of

ORDERS_SHOWN: Final = 5
LINKS_SHOWN: Final = 8
REQUESTS_SHOWN: Final = 6
_REQUESTS_A_ROW: Final = 3


async def member(ctx: Context) -> None:
    """Handles /member WHO."""
    if not ctx.words:
        ctx.say("admin-usage-member", rows=await ask_whom(ctx, "member"), example=Code("/member @sara"))
        return
    if (person := await person_for(ctx, "member", " ".join(ctx.words))) is not None:
        await show_member(ctx, person)


async def show_member(ctx: Context, person: Person, _words: Sequence[str] = ()) -> None:
    """Shows the card of a person."""
    found, _ = await ctx.engine.open_withdrawals(member=person.id, count=REQUESTS_SHOWN)
    ctx.say(
        "admin-person",
        rows=[*_rows(found), *_recording(person, ctx), *await standing_rows(person.id, ctx), back_to_admin()],
        name=Text(person.name),
        id=Code(str(person.chat_id)),
        code=Code(person.id),
        username=_username(person),
        sponsor=await sponsor_line(person, ctx),
        membership=await _membership(person, ctx),
        orders=await orders_of(person, ctx),
        messages=await messages_to(person, ctx),
    )


def _recording(person: Person, ctx: Context) -> Rows:
    """Returns the button that records a purchase of theirs; nobody records their own."""
    return [] if person.id == ctx.person.id else [[Press("button-admin-purchase", AskAmount(person.id))]]


def _rows(requests: list[WithdrawalView]) -> Rows:
    cards = [Press("button-admin-request", OpenRequest(each.number), number=Count(each.number)) for each in requests]
    return in_rows(cards, _REQUESTS_A_ROW)


async def standing_rows(id: str, ctx: Context) -> list[list[Press]]:
    """Returns the button that suspends or reinstates a member; none for non-members and for the admin themself."""
    joined = await ctx.engine.member(id)
    if joined is None or id == ctx.person.id:
        return []
    if joined.suspended:
        return [[Press("button-admin-reinstate", ReinstateMember(id))]]
    return [[Press("button-admin-suspend", SuspendMember(id), "danger")]]


def _username(person: Person) -> Term:
    return (
        Term("admin-username", username=Text(f"@{person.username}")) if person.username else Term("admin-no-username")
    )


async def sponsor_line(person: Person, ctx: Context) -> Term:
    """Tells who brought the person, and when."""
    known = await ctx.engine.person(person.id)
    if known is None or known.sponsor is None or known.since is None:
        return Term("admin-came-alone")
    return Term(
        "admin-came-through",
        sponsor=await name_of(ctx, known.sponsor),
        code=Code(known.sponsor),
        date=When(known.since, ctx.bot.zone),
    )


async def _membership(person: Person, ctx: Context) -> Lines:
    """Tells since when they are a member, their balance, and the result of their link; or that they have not joined."""
    joined = await ctx.engine.member(person.id)
    if joined is None:
        return Lines((Term("admin-not-joined"),))
    came, members, bought = await ctx.engine.friends(person.id)
    friends = Term("admin-friends", came=Count(came), joined=Count(members), bought=Count(bought))
    balance = _balance(await ctx.engine.balance(person.id), ctx)
    return Lines((_joined(joined, ctx), balance, friends, *await _links(person, ctx)))


async def _links(person: Person, ctx: Context) -> list[Term]:
    """Lists the results of the member's links, the best first."""
    found, total = await ctx.links.made(person.id, size=LINKS_SHOWN)
    lines = [link_line(ctx, link, reach) for link, reach in found]
    return lines + ([Term("listed-more", count=Count(total - len(lines)))] if total > len(lines) else [])


def _joined(joined: Member, ctx: Context) -> Term:
    suspended = Choice("yes" if joined.suspended else "no")
    return Term("admin-joined", date=When(joined.joined, ctx.bot.zone), suspended=suspended)


def _balance(balance: Balance, ctx: Context) -> Term:
    return Term(
        "admin-balance",
        available=Money(balance.available, ctx.bot.currency),
        pending=Money(balance.pending, ctx.bot.currency),
        held=Money(balance.held, ctx.bot.currency),
        reserved=Money(balance.reserved, ctx.bot.currency),
        paid=Money(balance.paid, ctx.bot.currency),
    )


async def orders_of(person: Person, ctx: Context) -> Lines:
    """Lists the person's last orders with their outcome, also those placed as a shop's customer before linking."""
    ids = [person.id, *await ctx.people.earlier(person.id)]
    found = [order for id in ids for order in await ctx.engine.orders_of(id, ORDERS_SHOWN)]
    if not found:
        return Lines((Term("admin-no-orders"),))
    newest = sorted(found, key=lambda each: each.at, reverse=True)[:ORDERS_SHOWN]
    return Lines(tuple([await _order(each, ctx) for each in newest]))


async def _order(order: OrderView, ctx: Context) -> Term:
    return Term(
        "admin-order-line",
        order=Code(order.id),
        amount=Money(order.total, ctx.bot.currency),
        date=When(order.at, ctx.bot.zone),
        outcome=await outcome_of(order, ctx),
        **refunded_of(order, ctx),
    )


async def outcome_of(order: OrderView, ctx: Context) -> Term:
    """Tells who was credited with the order, or why nobody was."""
    if order.seller is None:
        return Term("admin-order-nobody", why=Choice(order.no_seller or "nothing"))
    return Term("admin-order-seller", seller=await name_of(ctx, order.seller))


def refunded_of(order: OrderView, ctx: Context) -> dict[str, Any]:
    """Tells whether any of the order was refunded, and the amount."""
    part = Choice("part" if order.refunded else "none")
    return {"part": part, "refunded": Money(order.refunded, ctx.bot.currency)}


FEATURE = Feature("member", commands=(Command("member", member, admin=True),))
