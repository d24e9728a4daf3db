"""Chooses a broadcast's audience by buttons: its language, rank and what people did."""

from dataclasses import replace
from typing import Final

from bot.kit.broadcasts import ACTIVITIES, Broadcast
from bot.kit.buttons import Press, Style
from bot.kit.context import Context
from bot.kit.feature import ButtonHandler, on
from bot.kit.formatting import Choice, Count, LanguageNames
from bot.kit.keyboards import Rows
from bot.kit.languages import fallback_first
from bot.kit.pagination import in_rows
from handlers.chat.admin.broadcast_buttons import Dimension, OpenAudience, OpenBroadcast, SetAudience
from handlers.chat.admin.broadcast_cards import audience_of, found, show_broadcast

_BUTTONS_A_ROW: Final = 3
_ACTIVITIES_A_ROW: Final = 2
_RANKS_SHOWN: Final = 12


async def open_audience(ctx: Context, button: OpenAudience) -> None:
    """Shows all conditions, those in force marked."""
    await _show_audience(ctx, await found(ctx, button.id))


async def set_audience(ctx: Context, button: SetAudience) -> None:
    """Changes one condition."""
    broadcast = await found(ctx, button.id)
    options = _options(ctx)[button.dimension]
    if 0 <= button.place < len(options):
        chosen = {button.dimension: options[button.place]}
        await ctx.broadcasts.address(broadcast.id, replace(broadcast.audience, **chosen))
    await _show_audience(ctx, await found(ctx, broadcast.id))


async def _show_audience(ctx: Context, broadcast: Broadcast) -> None:
    if broadcast.state != "draft":
        await show_broadcast(ctx, broadcast)
        return
    people, blocked = await ctx.broadcasts.reach(broadcast.audience, ctx.now)
    ctx.say(
        "admin-broadcast-audience",
        rows=_audience_rows(ctx, broadcast, _options(ctx)),
        number=Count(broadcast.id),
        audience=audience_of(ctx.bot, broadcast.audience),
        people=Count(people),
        blocked=Count(blocked),
    )


def _options(ctx: Context) -> dict[Dimension, tuple[str, ...]]:
    ranks = [rank.id for rank in ctx.engine.programme.ranks][:_RANKS_SHOWN]
    return {"language": ("", *fallback_first()), "rank": ("", *ranks), "activity": ("", *ACTIVITIES)}


def _audience_rows(ctx: Context, broadcast: Broadcast, options: dict[Dimension, tuple[str, ...]]) -> Rows:
    rows: list[list[Press]] = []
    for dimension, values in options.items():
        presses = [_option(ctx, broadcast, dimension, place, value) for place, value in enumerate(values)]
        width = _ACTIVITIES_A_ROW if dimension == "activity" else _BUTTONS_A_ROW
        rows += in_rows(presses, width)
    return [*rows, [Press("button-back", OpenBroadcast(broadcast.id))]]


def _option(ctx: Context, broadcast: Broadcast, dimension: Dimension, place: int, value: str) -> Press:
    holds = getattr(broadcast.audience, dimension) == value
    button = SetAudience(broadcast.id, dimension, place)
    style: Style | None = "primary" if holds else None
    chosen = Choice("yes" if holds else "no")
    if dimension == "rank":
        ranked = Choice("yes" if value else "no")
        return Press(
            "button-broadcast-rank",
            button,
            style,
            chosen=chosen,
            ranked=ranked,
            rank=ctx.bot.titles.with_id("rank", value),
        )
    if dimension == "language":
        readers, language = Choice("some" if value else "any"), LanguageNames((value,) if value else ())
        return Press("button-broadcast-language", button, style, chosen=chosen, readers=readers, language=language)
    return Press("button-broadcast-activity", button, style, chosen=chosen, value=Choice(value or "any"))


AUDIENCE: Final[tuple[ButtonHandler, ...]] = (on(OpenAudience, open_audience), on(SetAudience, set_audience))
