"""Handles /rate, for owners alone: the rates of ranks, products and categories."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.dialogues import Step
from bot.kit.digits import normalised
from bot.kit.errors import StaleButton, UserError
from bot.kit.feature import Command, Feature, on, on_answer, on_plain, on_plain_answer
from bot.kit.formatting import Choice, Lines, Term
from engine.programme.edits import NewRate, RateOf
from engine.rates import Rate
from handlers.chat.admin.buttons import back_to_admin
from handlers.chat.admin.orders import examples
from handlers.chat.admin.programme_buttons import AskRate, AskRatedThing, DropRate, OpenRates
from handlers.chat.admin.programme_card import show_proposal
from handlers.chat.admin.programme_things import Thing, UnknownThing, known_things, rate_of, thing_called
from handlers.phrases import rate, titled

EXAMPLES: Final = ("/rate base 20%", "/rate phones 10%", "/rate product:phone-x 5%", "/rate phones none")
RATES_SHOWN: Final = 20
_NONE: Final = ("none", "remove", "هیچ", "حذف")


class RateAsked(Step, frozen=True, tag="rate-new"):
    """Waits for the rate of a rank, a product or a category."""

    admin: ClassVar[bool] = True
    owner: ClassVar[bool] = True
    of: RateOf
    id: str


class RatedThingAsked(Step, frozen=True, tag="rate-thing"):
    """Waits for the product or category that is to get a rate of its own."""

    admin: ClassVar[bool] = True
    owner: ClassVar[bool] = True


@dataclass(eq=False)
class RankNeedsRate(UserError):
    """Raised for taking a rank's rate away."""

    code: ClassVar[str] = "rank_needs_rate"


async def rates(ctx: Context) -> None:
    """Handles /rate [THING] [RATE]."""
    if not ctx.words:
        await _show(ctx)
        return
    thing, text = _read(ctx, ctx.words)
    if text:
        await _propose(ctx, thing, text)
    else:
        _ask(ctx, thing)


def _read(ctx: Context, words: Sequence[str]) -> tuple[Thing, str]:
    """Returns what the first words name, and the rest of them; with one rank alone a rate needs no name.

    Raises UnknownThing.
    """
    known = _things(ctx)
    for count in range(len(words), 0, -1):
        try:
            return thing_called(" ".join(words[:count]), known, ctx.bot), " ".join(words[count:])
        except UnknownThing:
            continue
    ranks = ctx.engine.programme.ranks
    if len(ranks) == 1 and normalised(words[0])[:1].isdecimal():
        return ("rank", ranks[0].id), " ".join(words)
    raise UnknownThing(words[0][:40])


def _things(ctx: Context) -> list[Thing]:
    ranks: list[Thing] = [("rank", each.id) for each in ctx.engine.programme.ranks]
    return [*ranks, *known_things(ctx.engine.programme, ctx.bot)]


def _rated(ctx: Context) -> list[tuple[Thing, str]]:
    """Returns what has a rate, with the rate."""
    programme = ctx.engine.programme
    ranks: list[tuple[Thing, str]] = [(("rank", each.id), each.commission.text) for each in programme.ranks]
    return [*ranks, *_of(programme.rates_by_product, "product"), *_of(programme.rates_by_category, "category")]


def _of(rates: Mapping[str, list[Rate]], of: RateOf) -> list[tuple[Thing, str]]:
    return [((of, id), each.text) for id, found in rates.items() for each in found]


async def _show(ctx: Context) -> None:
    seen, _ = await ctx.engine.programme_in_force()
    shown = _rated(ctx)[:RATES_SHOWN]
    changing = [
        [Press("button-rate-change", AskRate(place, seen), of=Choice(of), name=ctx.bot.titles.of(of, id))]
        for place, ((of, id), _) in enumerate(shown)
    ]
    ctx.say(
        "rate-list",
        rows=[*changing, [Press("button-rate-new", AskRatedThing())], back_to_admin()],
        lines=Lines(tuple(_line(ctx, thing, text) for thing, text in shown)),
        examples=examples(EXAMPLES),
    )


def _line(ctx: Context, thing: Thing, text: str) -> Term:
    of, id = thing
    return Term("rate-line", of=Choice(of), name=titled(ctx, of, id, everyone=True), rate=rate(ctx, text))


async def open_rates(ctx: Context) -> None:
    """Opens the rates."""
    await _show(ctx)


async def ask_rate(ctx: Context, button: AskRate) -> None:
    """Asks for another rate. A button of another programme is stale."""
    _ask(ctx, await _thing_at(ctx, button.place, button.seen), drop=DropRate(button.place, button.seen))


async def _thing_at(ctx: Context, place: int, seen: int) -> Thing:
    row, _ = await ctx.engine.programme_in_force()
    rated = _rated(ctx)
    if row != seen or not 0 <= place < len(rated):
        raise StaleButton
    return rated[place][0]


def _ask(ctx: Context, thing: Thing, drop: DropRate | None = None) -> None:
    of, id = thing
    ctx.ask(RateAsked(of, id))
    dropping = [[Press("button-rate-drop", drop)]] if drop is not None and of != "rank" else []
    name = titled(ctx, of, id, everyone=True)
    ctx.say("rate-ask", rows=[*dropping, [Press("button-back", OpenRates())]], of=Choice(of), name=name)


async def take_rate(ctx: Context, step: RateAsked) -> None:
    """Takes the rate; what is none is asked for again."""
    commission = rate_of(ctx.text or "", ctx.bot.currency)
    ctx.end()
    await show_proposal(ctx, NewRate(step.of, step.id, commission), {})


async def ask_thing(ctx: Context) -> None:
    """Asks which product or category gets a rate of its own."""
    ctx.ask(RatedThingAsked())
    ctx.say("rate-ask-thing", rows=[[Press("button-back", OpenRates())]])


async def take_thing(ctx: Context) -> None:
    """Takes the product or category; an unknown one is asked for again."""
    thing = thing_called(ctx.text or "", _things(ctx), ctx.bot)
    ctx.end()
    _ask(ctx, thing)


async def drop_rate(ctx: Context, button: DropRate) -> None:
    """Shows what taking the rate away changes."""
    of, id = await _thing_at(ctx, button.place, button.seen)
    await show_proposal(ctx, NewRate(of, id, None), {})


async def _propose(ctx: Context, thing: Thing, text: str) -> None:
    of, id = thing
    if normalised(text).casefold() not in _NONE:
        await show_proposal(ctx, NewRate(of, id, rate_of(text, ctx.bot.currency)), {})
    elif of == "rank":
        raise RankNeedsRate
    else:
        await show_proposal(ctx, NewRate(of, id, None), {})


FEATURE = Feature(
    "rate",
    commands=(Command("rate", rates, admin=True, owner=True),),
    buttons=(
        on_plain(OpenRates, open_rates),
        on(AskRate, ask_rate),
        on_plain(AskRatedThing, ask_thing),
        on(DropRate, drop_rate),
    ),
    steps=(on_answer(RateAsked, take_rate), on_plain_answer(RatedThingAsked, take_thing)),
)
