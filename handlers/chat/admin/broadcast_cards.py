"""Renders a broadcast's card: what a draft still lacks, and the progress once it was started."""

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from bot.kit.bot_facts import BotFacts
from bot.kit.broadcasts import Audience, Broadcast
from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.errors import UserError
from bot.kit.formatting import Choice, Count, LanguageNames, Lines, Term
from bot.kit.keyboards import Rows
from bot.kit.languages import fallback_first
from bot.kit.pagination import in_rows
from handlers.chat.admin.broadcast_buttons import (
    AskToCancel,
    AskToStart,
    DropPhoto,
    OpenAudience,
    OpenBroadcast,
    OpenBroadcasts,
    PreviewBroadcast,
    SteerBroadcast,
    TestBroadcast,
    WriteBroadcast,
)
from handlers.chat.admin.parsing import NotANumber, number_of

_TEXTS_A_ROW: Final = 2
_SECONDS_SHOWN_MAX: Final = 90
_MINUTES_SHOWN_MAX: Final = 90
_FATES: Final = ("sent", "blocked", "failed", "unknown", "declined")


@dataclass(eq=False)
class UnknownBroadcast(UserError):
    """Raised for an unknown number."""

    code: ClassVar[str] = "unknown_broadcast"
    word: str


async def found(ctx: Context, id: int) -> Broadcast:
    """Returns the broadcast of that number. Raises UnknownBroadcast."""
    broadcast = await ctx.broadcasts.find(id)
    if broadcast is None:
        raise UnknownBroadcast(str(id))
    return broadcast


async def named(ctx: Context, word: str) -> Broadcast:
    """Returns the broadcast that an admin names by its number. Raises UnknownBroadcast."""
    try:
        return await found(ctx, number_of(word))
    except NotANumber as error:
        raise UnknownBroadcast(error.word) from None


async def show_broadcast(ctx: Context, broadcast: Broadcast, *, new: bool = False) -> None:
    """Shows its card: a draft's with the possible actions, otherwise its progress."""
    if broadcast.state == "draft":
        await _show_draft(ctx, broadcast, new=new)
    elif broadcast.started_at is None:
        ctx.say("admin-broadcast-dropped", rows=[back_to_broadcasts()], number=Count(broadcast.id))
    else:
        ctx.say("admin-broadcast", rows=running_rows(broadcast), new=new, **progress_arguments(broadcast, ctx.bot))


async def _show_draft(ctx: Context, broadcast: Broadcast, *, new: bool) -> None:
    people, blocked = await ctx.broadcasts.reach(broadcast.audience, ctx.now)
    ctx.say(
        "admin-broadcast-draft",
        rows=_draft_rows(broadcast),
        new=new,
        number=Count(broadcast.id),
        audience=audience_of(ctx.bot, broadcast.audience),
        people=Count(people),
        blocked=Count(blocked),
        texts=_texts_of(broadcast),
        duration=duration_of(people - blocked, ctx.bot),
        rate=Count(ctx.bot.broadcasts_per_second),
    )


def _texts_of(broadcast: Broadcast) -> Term:
    """Describes what is written: in which languages, and who gets a text in another one."""
    written = tuple(each for each in fallback_first() if each in broadcast.content.texts)
    others = tuple(each for each in fallback_first() if each not in written)
    return Term(
        "admin-broadcast-texts",
        written=Choice("none" if not written else "some" if others else "all"),
        languages=LanguageNames(written),
        others=LanguageNames(others),
        photo=Choice("yes" if broadcast.content.photo else "no"),
    )


def _draft_rows(broadcast: Broadcast) -> Rows:
    id = broadcast.id
    writing = [
        Press("button-broadcast-write", WriteBroadcast(id, each), language=LanguageNames((each,)))
        for each in fallback_first()
    ]
    audience = [Press("button-broadcast-audience", OpenAudience(id))]
    if broadcast.content.photo:
        audience.append(Press("button-broadcast-drop-photo", DropPhoto(id)))
    rows = [*in_rows(writing, _TEXTS_A_ROW), audience]
    if broadcast.content.texts:
        looks = [
            Press("button-broadcast-preview", PreviewBroadcast(id)),
            Press("button-broadcast-test", TestBroadcast(id)),
        ]
        rows = [[Press("button-broadcast-start", AskToStart(id), "primary")], *rows, looks]
    return [*rows, [Press("button-broadcast-drop", AskToCancel(id))], back_to_broadcasts()]


def running_rows(broadcast: Broadcast) -> Rows:
    """Returns the buttons of a started broadcast.

    No button leads away while it runs: its message goes on to be edited.
    """
    id = broadcast.id
    if broadcast.state not in ("running", "paused"):
        return [back_to_broadcasts()]
    steer = Press("button-broadcast-pause", SteerBroadcast("pause", id))
    if broadcast.state == "paused":
        steer = Press("button-broadcast-resume", SteerBroadcast("resume", id), "success")
    refresh = Press("button-broadcast-refresh", OpenBroadcast(id))
    return [[steer], [Press("button-broadcast-cancel", AskToCancel(id), "danger"), refresh]]


def back_to_broadcasts() -> list[Press]:
    """Returns the row that every page of broadcasts ends with."""
    return [Press("button-admin-broadcasts", OpenBroadcasts(1))]


def progress_arguments(broadcast: Broadcast, bot: BotFacts) -> dict[str, Any]:
    """Returns the arguments of `admin-broadcast`: the count of each delivery status, and the remaining time."""
    counts = broadcast.counts
    lines = [_count(name, getattr(counts, name)) for name in _FATES if name == "sent" or getattr(counts, name)]
    if broadcast.state in ("running", "paused"):
        lines.append(
            Term("admin-broadcast-left", count=Count(counts.left), duration=duration_of(counts.left, bot))
            if broadcast.gathered
            else Term("admin-broadcast-gathering")
        )
    elif counts.left:
        lines.append(_count("left", counts.left))
    return {
        "number": Count(broadcast.id),
        "state": Choice(broadcast.state),
        "audience": audience_of(bot, broadcast.audience),
        "gathered": Choice("yes" if broadcast.gathered else "no"),
        "done": Count(counts.recipients - counts.left),
        "people": Count(counts.recipients),
        "lines": Lines(tuple(lines)),
    }


def _count(name: str, count: int) -> Term:
    return Term("admin-broadcast-count", kind=Choice(name), count=Count(count))


def audience_of(bot: BotFacts, audience: Audience) -> Term:
    """Describes a broadcast's audience."""
    return Term(
        "admin-broadcast-to",
        readers=Choice("some" if audience.language else "any"),
        language=LanguageNames((audience.language,) if audience.language else ()),
        ranked=Choice("yes" if audience.rank else "no"),
        rank=bot.titles.with_id("rank", audience.rank),
        activity=Choice(audience.activity or "any"),
    )


def duration_of(people: int, bot: BotFacts) -> Term:
    """Estimates how long it takes to write to so many people."""
    seconds = -(-max(people, 0) // bot.broadcasts_per_second)
    minutes = -(-seconds // 60)
    if seconds <= _SECONDS_SHOWN_MAX:
        return Term("admin-duration", unit=Choice("seconds"), count=Count(max(seconds, 1)))
    if minutes <= _MINUTES_SHOWN_MAX:
        return Term("admin-duration", unit=Choice("minutes"), count=Count(minutes))
    return Term("admin-duration", unit=Choice("hours"), count=Count(-(-minutes // 60)))
