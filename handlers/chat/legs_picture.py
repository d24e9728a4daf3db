"""Shows a binary member's legs as two bars, with what will be matched and when the period closes."""

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.errors import StaleButton
from bot.kit.feature import Feature, on_plain
from bot.kit.formatting import Choice, Count, Lines, Money, Term, When
from bot.kit.home_button import back_home
from bot.kit.json import Json
from bot.kit.picture_pages import show_picture
from engine.programme.model import Pairing
from engine.queries.next_pairing import next_pairing
from engine.queries.progress import LegProgress, next_close
from handlers.charts import Words, thousandths
from handlers.chat.buttons import OpenTeam, ShowLegs
from handlers.chat.joining import invite_to_join
from handlers.phrases import volume

_SIDES = ("left", "right")


async def show_legs(ctx: Context) -> None:
    """Shows the legs as they are now."""
    if await ctx.engine.member(ctx.person.id) is None:
        invite_to_join(ctx, "team-of-nobody")
        return
    plan = ctx.engine.programme.plan
    if not plan.legs or plan.pairing is None:
        raise StaleButton
    legs = await ctx.engine.legs(ctx.person.id)
    lines = [*_legs(ctx, legs, plan.pairing), *_foot(ctx, legs, plan.pairing)]
    show_picture(
        ctx,
        "legs-card",
        _recipe(ctx, legs, plan.pairing),
        [[Press("button-refresh", ShowLegs()), Press("button-team", OpenTeam(0))], back_home()],
        lines=Lines(tuple(lines)),
    )


def _legs(ctx: Context, legs: LegProgress, pairing: Pairing) -> list[Term]:
    parts = zip(_SIDES, legs.members, legs.volumes, strict=True)
    return [
        Term("team-leg-with-volume", side=Choice(side), members=Count(members), volume=volume(ctx, pairing, amount))
        for side, members, amount in parts
    ]


def _foot(ctx: Context, legs: LegProgress, pairing: Pairing) -> list[Term]:
    """Returns what would be matched now and what it would pay, and when the period closes."""
    paid = next_pairing(legs.volumes, pairing)
    left, right = (volume(ctx, pairing, each) for each in paid.used)
    lines = [
        Term("legs-matched", left=left, right=right),
        Term("legs-payment", amount=Money(paid.payment, ctx.bot.currency)),
    ]
    closes = next_close(ctx.engine.programme, ctx.now)
    return [*lines, Term("legs-closes", at=When(closes, ctx.bot.zone, time=True))] if closes is not None else lines


def _recipe(ctx: Context, legs: LegProgress, pairing: Pairing) -> Json:
    words, used = Words.of(ctx), next_pairing(legs.volumes, pairing).used
    most = max(1, *legs.volumes)
    bars = [
        {
            "label": words("legs-side", side=Choice(side)),
            "value": _short(ctx, pairing, amount),
            "share": thousandths(amount, most),
            "marked": thousandths(matched, most),
        }
        for side, amount, matched in zip(_SIDES, legs.volumes, used, strict=True)
    ]
    return {
        "kind": "progress",
        "language": words.language,
        "title": words("legs-title"),
        "subtitle": words("legs-legend"),
        "bars": bars,
        "foot": [words.term(each) for each in _foot(ctx, legs, pairing)],
    }


def _short(ctx: Context, pairing: Pairing, amount: int) -> str:
    words = Words.of(ctx)
    if pairing.measure == "members":
        return words("volume-members", members=Count(amount))
    return words.money(amount, ctx.bot.currency)


FEATURE = Feature("legs-picture", buttons=(on_plain(ShowLegs, show_legs),))
