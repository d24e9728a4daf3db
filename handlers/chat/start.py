"""Handles /start and /code: the home card, and following a friend's link."""

from typing import Any, Final

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.dialogues import Step
from bot.kit.feature import Command, Feature, on, on_plain_answer
from bot.kit.formatting import Lines, Money, Term, Text
from bot.kit.keyboards import Rows
from bot.kit.links import Followed
from bot.kit.support_button import support_row
from engine.codes import clean_link
from engine.records import Member
from handlers.chat.buttons import (
    OpenAdmin,
    OpenBalance,
    OpenGifts,
    OpenHelp,
    OpenHistory,
    OpenHome,
    OpenLanguage,
    OpenLink,
    OpenOffers,
    OpenRank,
    OpenTeam,
    OpenWithdraw,
)
from handlers.chat.buy import show_landing
from handlers.chat.claim import what_to_expect
from handlers.chat.joining import costs_something, joining
from handlers.chat.link import show_own
from handlers.phrases import name_of

_WAITING: Final = {"waiting": "aside-waiting", "dropped": "aside-dropped-before"}
ASKS_FOR_LINK = "link"
"""The start parameter of people who want a link of their own; no code is so short."""


class CodeAsked(Step, frozen=True, tag="code"):
    """Waits for a friend's code or link."""


async def start(ctx: Context) -> None:
    """Handles /start, which opens the home card; a link's /start CODE is followed first."""
    if ctx.words == [ASKS_FOR_LINK]:
        await show_own(ctx)
    elif ctx.words:
        await _follow(ctx, " ".join(ctx.words))
    else:
        await show_home(ctx)


async def code(ctx: Context) -> None:
    """Handles /code CODE, a link typed by hand: some clients lose the parameter of /start."""
    if ctx.words:
        await _follow(ctx, " ".join(ctx.words))
    else:
        ctx.ask(CodeAsked())
        ctx.say("code-ask")


async def take_code(ctx: Context) -> None:
    """Takes the answer to the question for a code."""
    ctx.end()
    await _follow(ctx, ctx.text or "")


async def _follow(ctx: Context, typed: str) -> None:
    """Follows a code. The first sponsor stays: in each case the person is told the outcome and sees the home card."""
    code = clean_link(typed)
    followed = None
    if code is None:
        ctx.say("code-malformed")
    else:
        followed = await ctx.links.follow(ctx.person.id, code, cause=ctx.key, now=ctx.now)
        await (_tell(ctx, followed) if followed is not None else _not_followed(ctx, code))
    await show_home(ctx)
    if followed is not None:
        show_landing(ctx, followed.link)


async def _not_followed(ctx: Context, code: str) -> None:
    """Tells the person that the code is unknown or their own, also by one of their additional links."""
    link = await ctx.links.owner_of(code)
    own = code == ctx.person.id or (link is not None and link.member == ctx.person.id)
    ctx.say("code-own" if own else "code-unknown")


async def _tell(ctx: Context, followed: Followed) -> None:
    """Tells a known person that nothing changes, and the other inviter, once.

    Decides by the visit's row, so that an update that is handled again gets the same answer.
    """
    if followed.outcome in ("came", "friend"):
        return
    if followed.outcome in _WAITING:
        ctx.say(_WAITING[followed.outcome], inviter=await name_of(ctx, followed.link.member))
        return
    if followed.outcome == "member":
        ctx.say("code-of-another-for-member")
    else:
        known = await ctx.engine.person(ctx.person.id)
        assert known is not None  # an unknown person has no other inviter
        ctx.say("code-of-another", inviter=await name_of(ctx, str(known.sponsor)))
    other = await ctx.people.get(followed.link.member)
    if followed.first and other is not None:
        text_id = "friend-was-member" if followed.outcome == "member" else "friend-was-here"
        ctx.tell(other, text_id, friend=Text(ctx.person.name))


async def show_home(ctx: Context, button: OpenHome | None = None) -> None:
    """Shows the card that everything starts from; after a press it replaces the page."""
    member = await ctx.engine.member(ctx.person.id)
    fresh = button is not None and button.fresh
    if member is None:
        await _greet(ctx, new=fresh)
    else:
        _show_member(ctx, member, new=fresh)


async def _greet(ctx: Context, *, new: bool) -> None:
    person = await ctx.engine.person(ctx.person.id)
    own = ctx.bot.texts[ctx.language]
    shown: dict[str, Any] = {"shop": Text(own.name), "welcome": Text(own.welcome)}
    text_id = "home-newcomer"
    if person is not None and person.sponsor is not None:
        text_id = "home-friend"
        shown["inviter"] = await name_of(ctx, person.sponsor)
    card = Term(text_id, **shown)
    gifts = await what_to_expect(ctx) if text_id == "home-friend" else []
    if gifts:
        text_id, shown = "home-with-gifts", {"card": card, "gifts": Lines(tuple(gifts))}
        card = Term(text_id, **shown)
    rows = _newcomers_rows(ctx, gifts=bool(gifts))
    if costs_something(ctx):
        ctx.say("home-to-join", rows=rows, new=new, card=card, joining=joining(ctx))
    else:
        ctx.say(text_id, rows=rows, new=new, **shown)


def _newcomers_rows(ctx: Context, *, gifts: bool) -> Rows:
    """Returns a newcomer's buttons: the link, which makes a member; if joining costs something, its benefits first."""
    link = Press("button-get-link", OpenLink(), style="primary")
    return [
        [Press("button-offers", OpenOffers(1), style="primary") if costs_something(ctx) else link],
        [Press("button-gifts", OpenGifts())] if gifts else [],
        [Press("button-balance", OpenBalance()), Press("button-help", OpenHelp())],
        [Press("button-language", OpenLanguage()), *support_row(ctx.bot), *_admins_button(ctx)],
    ]


def _show_member(ctx: Context, member: Member, *, new: bool) -> None:
    rows: Rows = [
        [Press("button-link", OpenLink(), style="primary")],
        [Press("button-balance", OpenBalance()), Press("button-history", OpenHistory(1))],
        [Press("button-team", OpenTeam(1)), Press("button-rank", OpenRank()), Press("button-offers", OpenOffers(1))],
        [Press("button-withdraw", OpenWithdraw()), Press("button-help", OpenHelp())],
        [Press("button-language", OpenLanguage()), *support_row(ctx.bot), *_admins_button(ctx)],
    ]
    shop, available = Text(ctx.bot.texts[ctx.language].name), Money(member.available, ctx.bot.currency)
    ctx.say("home-member", rows=rows, new=new, shop=shop, available=available)


def _admins_button(ctx: Context) -> list[Press]:
    return [Press("button-admin", OpenAdmin())] if ctx.person.is_admin else []


FEATURE = Feature(
    "start",
    commands=(Command("start", start), Command("code", code)),
    buttons=(on(OpenHome, show_home),),
    steps=(on_plain_answer(CodeAsked, take_code),),
)
