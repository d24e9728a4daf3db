"""Plays the story's noon: a purchase, its commissions, and their explanation."""

from __future__ import annotations

from typing import Final

from bot.kit.formatting import Argument, Choice, Code, Count, Lines, Percent, Term, Text
from bot.playground.card import ChatCard
from bot.playground.story.stage import Actor, Stage
from bot.playground.story.words import ANY, StoryWords, toman

ORDER: Final = "o-1"
TOTAL: Final = 100_000
DIRECT: Final = 20_000
SHARES: Final = {"maryam": 13_000, "sara": 3_000, "babak": 2_400, "nader": 1_600}
"""Commissions of the order: the seller's is the direct commission less the levels above her."""


async def purchase(stage: Stage) -> None:
    """Plays a purchase: confirmed before it is recorded; each earner is told the amount, and its reason."""
    hamid, words = await stage.enter("hamid"), stage.words
    await hamid.writes("/start")
    await hamid.sees("home-newcomer")
    await hamid.presses(await _record(hamid, words), "button-admin-confirm")
    await hamid.sees("admin-purchase-recorded", before=Choice("no"), commissions=Lines(tuple(_credits(words))))
    for level, (member, amount) in enumerate(SHARES.items()):
        await _is_told_of_commission(await stage.enter(member), words, level, amount, own_friend=member == "maryam")


async def same_order(stage: Stage) -> None:
    """Plays a repeated order number, which counts once."""
    hamid, words = await stage.enter("hamid"), stage.words
    await hamid.presses(await _record(hamid, words), "button-admin-confirm")
    await hamid.sees("admin-purchase-recorded", before=Choice("yes"), commissions=Lines(tuple(_credits(words))))


async def balances(stage: Stage) -> None:
    """Plays the balances: amount, history, and the calculation behind it."""
    maryam, words = await stage.enter("maryam"), stage.words
    await maryam.writes("/balance")
    available = Term("balance-available", amount=toman(SHARES["maryam"]))
    card = await maryam.sees("balance-card", available, came=Count(1), joined=Count(0), bought=Count(1))
    await maryam.presses(card, "button-history")
    cause = Term("history-purchase", buyer=words.name("karim"))
    entry = Term("history-entry", row=Count(1), what=Choice("direct"), level=Count(0), cause=cause)
    card = await maryam.sees("history-page", entry, page=Count(1), pages=Count(1))
    await maryam.presses(card, "button-why-row", row=Count(1))
    await maryam.sees("why-card", *_calculation(words), amount=toman(SHARES["maryam"]))


async def explained(stage: Stage) -> None:
    """Plays the explanations of paid and unpaid commissions by order, by commission and by person."""
    hamid, words = await stage.enter("hamid"), stage.words
    await hamid.writes(f"/why {ORDER}")
    card = await hamid.sees("admin-why-order", *_credits(words), order=Code(ORDER), part=Choice("none"))
    await hamid.presses(card, "button-admin-why", number=Count(2))
    level = Term("why-level", level=Count(1), rate=Percent("15%"), of=Choice("direct"), base=toman(DIRECT))
    seller = Term("why-seller", seller=words.name("maryam"))
    await hamid.sees("admin-why-commission", seller, level, number=Count(2), member=words.name("sara"))
    await hamid.writes("/why @karim")
    sponsor = Term("admin-came-through", sponsor=words.name("maryam"), code=Code(stage.codes["maryam"]), date=ANY)
    await hamid.sees("admin-why-person", sponsor, name=words.name("karim"))


async def _record(hamid: Actor, words: StoryWords) -> ChatCard:
    product = words.line("product")
    await hamid.writes(f"/purchase @karim {words.typed(TOTAL)} {product} {ORDER}")
    return await hamid.sees(
        "admin-purchase-confirm",
        buyer=words.name("karim"),
        amount=toman(TOTAL),
        product=Text(product),
        order=Code(ORDER),
        credited=Term("admin-credited", sponsor=words.name("maryam")),
    )


def _credits(words: StoryWords) -> list[Term]:
    untouched: dict[str, Argument] = {"state": Choice("available"), "part": Choice("none"), "reversed": toman(0)}
    return [
        Term("admin-commission-line", member=words.name(member), amount=toman(amount), **untouched)
        for member, amount in SHARES.items()
    ]


async def _is_told_of_commission(
    member: Actor, words: StoryWords, level: int, amount: int, *, own_friend: bool
) -> None:
    """Checks the commission message: members see their own friends' names, and others as team members."""
    buyer = words.name("karim") if own_friend else Term("person-of-team")
    reason = Term("reason-order", kind=Choice("level" if level else "direct"), level=Count(level), buyer=buyer)
    state = Term("standing-free", waits=Choice("nothing"), until=ANY)
    text_id = "notice-commission" if level else "notice-first-sale"
    await member.sees(text_id, amount=toman(amount), reason=reason, state=state)


def _calculation(words: StoryWords) -> list[Term]:
    """Returns the lines of Maryam's commission."""
    levels = list(SHARES.values())[1:]
    return [
        Term("why-order", order=Code(ORDER), buyer=words.name("karim"), total=toman(TOTAL)),
        Term("why-direct", direct=toman(DIRECT), rounded=Choice("no")),
        *(Term("why-cut-out", level=Count(level), amount=toman(amount)) for level, amount in enumerate(levels, 1)),
        Term("why-amount", amount=toman(SHARES["maryam"])),
    ]
