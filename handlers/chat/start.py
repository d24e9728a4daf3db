"""Handles /start and /code: the home card, and following a friend's link."""

from typing import Final

from bot.kit.context import Context
from bot.kit.dialogues import Step
from bot.kit.feature import Command, Feature, on, on_plain_answer
from bot.kit.formatting import Text
from bot.kit.home_button import OpenHome, back_home
from bot.kit.links import Followed
from engine.codes import clean_link
from handlers.chat.buy import show_landing
from handlers.chat.home import show_home
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
        ctx.say("code-ask", rows=[back_home()])


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


FEATURE = Feature(
    "start",
    commands=(Command("start", start), Command("code", code)),
    buttons=(on(OpenHome, show_home),),
    steps=(on_plain_answer(CodeAsked, take_code),),
)
