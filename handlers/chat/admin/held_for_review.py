"""Handles /aside: an admin reviews invitations before they count, and releases or drops each with a reason."""

from typing import ClassVar, Final

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.dialogues import Step
from bot.kit.errors import UserError
from bot.kit.feature import Command, Feature, on, on_answer
from bot.kit.formatting import Choice, Code, Count, Lines, Term, When
from bot.kit.friends import AsideDecided, HeldInvitation, OwnAside
from bot.kit.pagination import in_rows, paginate
from bot.kit.refusals import tell
from handlers.chat.admin.buttons import DropAside, OpenAside, OpenAsides, ReleaseAside, back_to_admin, turning
from handlers.chat.admin.member import standing_rows
from handlers.chat.admin.orders import examples
from handlers.chat.admin.parsing import REASON_LENGTH_MAX, number_of, short
from handlers.phrases import name_of

PAGE_SIZE: Final = 6
_BUTTONS_A_ROW: Final = 3
EXAMPLES: Final = ("/aside", "/aside 17", "/aside release 17", "/aside release 17 all", "/aside drop 17 one family")


class AsideReasonAsked(Step, frozen=True, tag="aside-reason"):
    """Waits for the reason for dropping an invitation, or `every` one that is like it."""

    admin: ClassVar[bool] = True
    number: int
    every: bool


async def held_invitations(ctx: Context) -> None:
    """Handles /aside [NUMBER], /aside release NUMBER [all], /aside drop NUMBER [all] REASON."""
    match ctx.words:
        case []:
            await _show_page(ctx, 1)
        case [verb, number] if verb.lower() == "release":
            await _release(number_of(number), ctx, every=False)
        case [verb, number, word] if verb.lower() == "release" and word.lower() == "all":
            await _release(number_of(number), ctx, every=True)
        case [verb, number, word, *reason] if verb.lower() == "drop" and word.lower() == "all" and reason:
            await _drop(number_of(number), " ".join(reason), ctx, every=True)
        case [verb, number, *reason] if verb.lower() == "drop" and reason:
            await _drop(number_of(number), " ".join(reason), ctx, every=False)
        case [number] if number.lower() not in ("release", "drop"):
            await _show_card(ctx, number_of(number))
        case _:
            ctx.say("admin-usage-aside", rows=[back_to_admin()], examples=examples(EXAMPLES))


# The list


async def open_page(ctx: Context, button: OpenAsides) -> None:
    """Turns pages, and leads back from a card."""
    await _show_page(ctx, button.page)


async def _show_page(ctx: Context, wanted: int) -> None:
    _, total = await ctx.friends.held_invitations(skip=0, count=0)
    if not total:
        ctx.say("admin-asides-none", rows=[back_to_admin()])
        return
    page = paginate(total, wanted, PAGE_SIZE)
    found, _ = await ctx.friends.held_invitations(skip=page.skip, count=page.size)
    lines = Lines(tuple([await _line(each, ctx) for each in found]))
    cards = [Press("button-admin-aside", OpenAside(each.id), number=Count(each.id)) for each in found]
    rows = [*in_rows(cards, _BUTTONS_A_ROW), turning(page, OpenAsides), back_to_admin()]
    ctx.say("admin-asides", rows=rows, total=Count(total), asides=lines)


async def _line(held: HeldInvitation, ctx: Context) -> Term:
    return Term(
        "admin-asides-line",
        number=Count(held.id),
        friend=await name_of(ctx, held.person),
        member=await name_of(ctx, held.member),
        reason=Choice(held.reason),
    )


# The card


async def open_card(ctx: Context, button: OpenAside) -> None:
    """Shows one invitation, also when leaving the question for a reason."""
    await _show_card(ctx, button.number)


async def _show_card(ctx: Context, number: int) -> None:
    held = await ctx.friends.held_invitation(number)
    ctx.say(
        "admin-aside",
        rows=[*await _decisions(held, ctx), [Press("button-admin-asides-list", OpenAsides(1))]],
        number=Count(number),
        friend=await name_of(ctx, held.person),
        friend_code=Code(held.person),
        member=await name_of(ctx, held.member),
        member_code=Code(held.member),
        date=When(held.at, ctx.bot.zone, time=True),
        reason=Choice(held.reason),
        decision=Choice(held.decision or "none"),
    )


async def _decisions(held: HeldInvitation, ctx: Context) -> list[list[Press]]:
    """Returns the buttons: each decision stands alone in its row; nobody decides on their own friends."""
    if held.decision is not None or ctx.person.id in (held.member, held.person):
        return []
    one = [
        [Press("button-admin-release", ReleaseAside(held.id, every=False), "success")],
        [Press("button-admin-leave-out", DropAside(held.id, every=False), "danger")],
    ]
    count = Count(held.alike)
    every = [
        [Press("button-admin-release-all", ReleaseAside(held.id, every=True), count=count)],
        [Press("button-admin-leave-out-all", DropAside(held.id, every=True), count=count)],
    ]
    return [*one, *(every if held.alike > 1 else []), *await standing_rows(held.member, ctx)]


# Decisions


async def press_release(ctx: Context, button: ReleaseAside) -> None:
    """Releases it; the list shows what is left, whoever was first."""
    await _release(button.number, ctx, every=button.every)


async def _release(number: int, ctx: Context, *, every: bool) -> None:
    try:
        count = await ctx.friends.release(number, actor=ctx.person.id, every=every)
    except (AsideDecided, OwnAside) as refusal:
        tell(refusal, ctx)
    else:
        _answer(ctx, "released", count)
    await _show_page(ctx, 1)


async def press_drop(ctx: Context, button: DropAside) -> None:
    """Asks for the reason, which both will read."""
    held = await ctx.friends.held_invitation(button.number)
    refusal: UserError | None = None
    if ctx.person.id in (held.member, held.person):
        refusal = OwnAside(held.id)
    elif held.decision is not None and not button.every:
        refusal = AsideDecided(held.id)
    if refusal is not None:
        tell(refusal, ctx)
        await _show_page(ctx, 1)
        return
    ctx.ask(AsideReasonAsked(held.id, button.every))
    ctx.say(
        "admin-ask-aside-reason",
        rows=[[Press("button-admin-aside", OpenAside(held.id), number=Count(held.id))]],
        friend=await name_of(ctx, held.person),
        member=await name_of(ctx, held.member),
        count=Count(held.alike if button.every else 1),
    )


async def take_reason(ctx: Context, step: AsideReasonAsked) -> None:
    """Takes the reason and drops the invitation; unreadable input is asked for again."""
    await _drop(step.number, ctx.text or "", ctx, every=step.every)
    ctx.end()


async def _drop(number: int, reason: str, ctx: Context, *, every: bool) -> None:
    words = short(reason, REASON_LENGTH_MAX)
    try:
        count = await ctx.friends.drop(number, actor=ctx.person.id, reason=words, every=every)
    except (AsideDecided, OwnAside) as refusal:
        tell(refusal, ctx)
    else:
        _answer(ctx, "dropped", count)
    await _show_page(ctx, 1)


def _answer(ctx: Context, decision: str, count: int) -> None:
    if ctx.data is None:
        ctx.say("admin-aside-decided", decision=Choice(decision), count=Count(count))
    else:
        ctx.toast("toast-admin-aside", decision=Choice(decision), count=Count(count))


FEATURE = Feature(
    "aside",
    commands=(Command("aside", held_invitations, admin=True),),
    buttons=(
        on(OpenAsides, open_page),
        on(OpenAside, open_card),
        on(ReleaseAside, press_release),
        on(DropAside, press_drop),
    ),
    steps=(on_answer(AsideReasonAsked, take_reason),),
)
