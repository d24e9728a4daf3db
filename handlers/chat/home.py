"""Shows the home card: a newcomer's welcome with the next step first, or a member's balance and pages."""

from typing import Any, Final

from bot.kit.buttons import Copy, Press, RowElement, Style, Url
from bot.kit.context import Context
from bot.kit.formatting import Argument, Choice, Lines, Money, Term, Text
from bot.kit.home_button import OpenHome
from bot.kit.keyboards import Rows
from bot.kit.support_button import support_row
from engine.queries.withdrawal_bounds import can_withdraw
from engine.records import Member
from handlers.chat.buttons import (
    OpenAdmin,
    OpenBalance,
    OpenFriends,
    OpenGifts,
    OpenHelp,
    OpenLanguage,
    OpenLink,
    OpenMore,
    OpenOffers,
    OpenProducts,
    OpenWithdraw,
)
from handlers.chat.claim import what_to_expect
from handlers.chat.joining import costs_something, joining
from handlers.earnings import promise
from handlers.phrases import name_of

VISITS_SEEN: Final = 20
"""Among a person's last visits, the one that made them a friend is looked for."""


async def show_home(ctx: Context, button: OpenHome | None = None) -> None:
    """Shows the card that everything starts from; after a press it replaces the page."""
    member = await ctx.engine.member(ctx.person.id)
    fresh = button is not None and button.fresh
    if member is not None:
        _show_member(ctx, member, new=fresh)
        return
    person = await ctx.engine.person(ctx.person.id)
    if person is None or person.sponsor is None:
        _greet(ctx, _newcomer(ctx), _newcomers_rows(ctx, []), new=fresh)
        return
    gifts = await what_to_expect(ctx)
    card = Term("home-friend", shop=_shop(ctx), news=await _news(ctx, person.sponsor, gifts), welcome=_welcome(ctx))
    _greet(ctx, card, _newcomers_rows(ctx, await _way_on(ctx, person.sponsor, gifts=bool(gifts))), new=fresh)


def _greet(ctx: Context, card: Term, rows: Rows, *, new: bool) -> None:
    if costs_something(ctx):
        ctx.say("home-to-join", rows=rows, new=new, card=card, joining=joining(ctx))
    else:
        shown: dict[str, Any] = dict(card.arguments)
        ctx.say(card.message_id, rows=rows, new=new, **shown)


def _newcomer(ctx: Context) -> Term:
    return Term("home-newcomer", shop=_shop(ctx), welcome=_welcome(ctx))


async def _news(ctx: Context, sponsor: str, gifts: list[Term]) -> Lines:
    """Returns who invited the friend, and what they get for coming."""
    return Lines((Term("home-inviter", inviter=await name_of(ctx, sponsor)), *gifts))


def _welcome(ctx: Context) -> Lines:
    """Returns the operator's welcome, and what a new member earns; where joining costs something, that is listed with
    the costs.
    """
    own = Term("home-welcome", welcome=Text(ctx.bot.texts[ctx.language].welcome))
    earned = () if costs_something(ctx) else promise(ctx, ctx.person.id, ctx.engine.programme.ranks[0], ctx.now)
    return Lines((own, *earned))


def _shop(ctx: Context) -> Argument:
    return Text(ctx.bot.texts[ctx.language].name)


async def _way_on(ctx: Context, sponsor: str, *, gifts: bool) -> list[list[RowElement]]:
    """Returns the friend's next step: to the shop with the link's code in the address, to the products sold here, or
    to their gift.
    """
    gift = Press("button-gifts", OpenGifts(), style=None if _sells(ctx) else "primary")
    below: list[list[RowElement]] = [[gift]] if gifts else []
    code = await _code_of_friend(ctx, sponsor)
    address = ctx.bot.shop_address(ctx.language, code)
    if address is not None:
        by_hand: list[list[RowElement]] = [] if code in address else [[Copy("button-copy-code", code)]]
        return [[Url("button-shop", address)], *by_hand, *below]
    if ctx.bot.catalogue.products:
        return [[Press("button-products", OpenProducts(1), style="primary")], *below]
    return below


def _sells(ctx: Context) -> bool:
    return bool(ctx.bot.catalogue.products) or ctx.bot.shop_address(ctx.language, "") is not None


async def _code_of_friend(ctx: Context, sponsor: str) -> str:
    """Returns the code of the link that brought the friend, so that a purchase counts for it; else their inviter's."""
    visits = await ctx.links.visits(ctx.person.id, VISITS_SEEN)
    return next((each.link for each in visits if each.outcome == "came" and each.member == sponsor), sponsor)


def _newcomers_rows(ctx: Context, way_on: list[list[RowElement]]) -> Rows:
    """Returns a newcomer's buttons: the way on, then the link, which makes a member; if joining costs something, its
    benefits.
    """
    style: Style | None = None if way_on else "primary"
    link = Press("button-get-link", OpenLink(), style=style)
    return [
        *way_on,
        [Press("button-offers", OpenOffers(1), style=style) if costs_something(ctx) else link],
        [Press("button-balance", OpenBalance()), Press("button-help", OpenHelp())],
        [Press("button-language", OpenLanguage()), *support_row(ctx.bot), *_admins_button(ctx)],
    ]


def _show_member(ctx: Context, member: Member, *, new: bool) -> None:
    may_withdraw = can_withdraw(member.available, ctx.engine.programme.program.min_withdrawal) and not member.suspended
    rows: Rows = [
        [Press("button-link", OpenLink(), style="primary")],
        [Press("button-withdraw", OpenWithdraw())] if may_withdraw else [],
        [Press("button-balance", OpenBalance()), Press("button-friends", OpenFriends(1))],
        [Press("button-more", OpenMore()), *_admins_button(ctx)],
        support_row(ctx.bot) if member.suspended else [],
    ]
    begins = "no" if member.available or member.earnings else "yes"
    ctx.say(
        "home-member",
        rows=rows,
        new=new,
        shop=_shop(ctx),
        available=Money(member.available, ctx.bot.currency),
        begins=Choice("suspended" if member.suspended else begins),
    )


def _admins_button(ctx: Context) -> list[Press]:
    return [Press("button-admin", OpenAdmin())] if ctx.person.is_admin else []
