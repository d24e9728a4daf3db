"""Handles /suspend and /reinstate: shows the consequences first; the member reads the reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.dialogues import Step
from bot.kit.errors import UserError
from bot.kit.feature import Command, Feature, on, on_answer
from bot.kit.formatting import Argument, Choice, Code, Lines, Term, Text
from bot.kit.person import Person
from bot.kit.refusals import tell
from engine.codes import clean
from engine.errors import OwnMembership, UnknownMember
from engine.records import Member
from handlers.chat.admin.buttons import (
    ConfirmMembership,
    ReinstateMember,
    SuspendMember,
    back_to_admin,
    confirmation,
)
from handlers.chat.admin.finding import ask_whom, person_for
from handlers.chat.admin.parsing import REASON_LENGTH_MAX, short
from handlers.phrases import name_of
from handlers.suspension import what_reinstating_means, what_suspending_means

DRAFT: Final = "membership"
Act = Literal["suspend", "reinstate"]
CONFIRM_LABELS: Final[Mapping[Act, str]] = {
    "suspend": "button-admin-suspend-confirm",
    "reinstate": "button-admin-reinstate-confirm",
}

_USAGE: Final[Mapping[Act, str]] = {"suspend": "admin-usage-suspend", "reinstate": "admin-usage-reinstate"}


class SuspensionReasonAsked(Step, frozen=True, tag="suspension-reason"):
    """Waits for the reason of a suspension; `member` is a code."""

    admin: ClassVar[bool] = True
    member: str


@dataclass(eq=False)
class SuspendedAlready(UserError):
    """Raised if the membership is suspended already."""

    code: ClassVar[str] = "suspended_already"


@dataclass(eq=False)
class NotSuspended(UserError):
    """Raised if the membership is not suspended."""

    code: ClassVar[str] = "not_suspended"


async def suspend(ctx: Context) -> None:
    """Handles /suspend WHO REASON: shows the consequences, and waits for confirmation."""
    await _called(ctx, "suspend")


async def suspend_person(ctx: Context, person: Person, words: Sequence[str]) -> None:
    """Shows the consequences and waits for confirmation; without a reason asks for it."""
    await _suspend(ctx, person.id, words)


async def _suspend(ctx: Context, id: str, words: Sequence[str]) -> None:
    member = await _member(id, "suspend", ctx)
    if words:
        await _ask(member, "suspend", short(" ".join(words), REASON_LENGTH_MAX), ctx)
    else:
        await _ask_reason(member, ctx)


async def reinstate(ctx: Context) -> None:
    """Handles /reinstate WHO [REASON]: shows the consequences, and waits for confirmation."""
    await _called(ctx, "reinstate")


async def reinstate_person(ctx: Context, person: Person, words: Sequence[str]) -> None:
    """Shows the consequences and waits for confirmation."""
    await _reinstate(ctx, person.id, words)


async def _reinstate(ctx: Context, id: str, words: Sequence[str]) -> None:
    reason = short(" ".join(words), REASON_LENGTH_MAX) if words else ""
    await _ask(await _member(id, "reinstate", ctx), "reinstate", reason, ctx)


async def press_suspend(ctx: Context, button: SuspendMember) -> None:
    """Asks for the reason, and shows the consequences already."""
    await _ask_reason(await _member(button.member, "suspend", ctx), ctx)


async def _ask_reason(member: Member, ctx: Context) -> None:
    ctx.ask(SuspensionReasonAsked(member.id))
    ctx.say(
        "admin-ask-suspension-reason",
        rows=[back_to_admin()],
        member=await name_of(ctx, member.id),
        means=Lines(tuple(await what_suspending_means(member, ctx))),
    )


async def take_reason(ctx: Context, step: SuspensionReasonAsked) -> None:
    """Takes the reason; unreadable input is asked for again."""
    reason = short(ctx.text or "", REASON_LENGTH_MAX)
    ctx.end()
    try:
        member = await _member(step.member, "suspend", ctx)
    except (UnknownMember, SuspendedAlready) as refusal:  # another admin was quicker, so the question ends too
        tell(refusal, ctx)
    else:
        await _ask(member, "suspend", reason, ctx)


async def press_reinstate(ctx: Context, button: ReinstateMember) -> None:
    """Shows the card at once: reinstating needs no reason."""
    await _ask(await _member(button.member, "reinstate", ctx), "reinstate", "", ctx)


async def _called(ctx: Context, act: Act) -> None:
    """Finds the member whom the command names, also one whom only a shop knows, by their code, and goes on."""
    if not ctx.words:
        ctx.say(_USAGE[act], rows=await ask_whom(ctx, act), example=Code(f"/{act} @sara"))
        return
    word, *rest = ctx.words
    code = clean(word)
    if code is not None and await ctx.people.get(code) is None and await ctx.engine.member(code) is not None:
        id = code
    elif (person := await person_for(ctx, act, word, rest)) is not None:
        id = person.id
    else:
        return
    await (_suspend if act == "suspend" else _reinstate)(ctx, id, rest)


async def _member(id: str, act: Act, ctx: Context) -> Member:
    """Returns the member. Raises UnknownMember, OwnMembership, SuspendedAlready, NotSuspended."""
    member = await ctx.engine.member(id)
    if member is None:
        raise UnknownMember(id)
    if id == ctx.person.id:
        raise OwnMembership(id)
    if member.suspended == (act == "suspend"):
        raise SuspendedAlready if member.suspended else NotSuspended
    return member


async def _ask(member: Member, act: Act, reason: str, ctx: Context) -> None:
    token = ctx.draft(DRAFT, act=act, member=member.id, reason=reason)
    means = await (what_suspending_means if act == "suspend" else what_reinstating_means)(member, ctx)
    ctx.say(
        "admin-membership-confirm",
        rows=confirmation(ConfirmMembership(token), "membership", token, label=CONFIRM_LABELS[act]),
        act=Choice(act),
        member=await name_of(ctx, member.id),
        code=Code(member.id),
        reason=_reason(reason),
        means=Lines(tuple(means)),
    )


def _reason(reason: str) -> Argument:
    return Text(reason) if reason else Term("no-reason")


async def confirm(ctx: Context, button: ConfirmMembership) -> None:
    """Does what the card said, or reports that another admin was quicker."""
    draft = await ctx.open(button.token, DRAFT)
    act, id, reason = draft.values["act"], draft.values["member"], draft.values["reason"]
    before = await ctx.engine.member(id)
    carry_out = ctx.engine.suspend if act == "suspend" else ctx.engine.reinstate
    outcome = await carry_out(id, actor=ctx.person.id, key=f"membership:{draft.token}", reason=reason)
    if before is not None and before.suspended == (act == "suspend") and not outcome.repeated:
        raise SuspendedAlready if before.suspended else NotSuspended
    ctx.use(draft)
    again = ReinstateMember(id) if act == "suspend" else SuspendMember(id)
    undo = Press("button-admin-reinstate" if act == "suspend" else "button-admin-suspend", again)
    ctx.say(
        "admin-membership-done",
        rows=[[undo], back_to_admin()],
        act=Choice(act),
        member=await name_of(ctx, id),
        code=Code(id),
        reason=_reason(reason),
    )


FEATURE = Feature(
    "suspension",
    commands=(Command("suspend", suspend, admin=True), Command("reinstate", reinstate, admin=True)),
    buttons=(on(SuspendMember, press_suspend), on(ReinstateMember, press_reinstate), on(ConfirmMembership, confirm)),
    steps=(on_answer(SuspensionReasonAsked, take_reason),),
)
