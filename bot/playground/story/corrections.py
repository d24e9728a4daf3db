"""Plays the story's evening: a refund, an adjusted account, and a changed language."""

from __future__ import annotations

from typing import Final

from bot.kit.formatting import Choice, Code, OwnName, Term, Text
from bot.playground.story.purchases import ORDER, SHARES
from bot.playground.story.stage import Stage
from bot.playground.story.words import StoryWords, story_languages, toman

REFUNDED: Final = 50_000
TAKEN_BACK: Final = {member: share // 2 for member, share in SHARES.items()}
PRESENT: Final = 10_000


async def refund(stage: Stage) -> None:
    """Plays the refund of half an order: half of each commission is reversed; Maryam, already paid, goes below zero."""
    hamid, words = await stage.enter("hamid"), stage.words
    await hamid.writes(f"/refund {ORDER} {words.typed(REFUNDED)}")
    taken = toman(sum(TAKEN_BACK.values()))
    card = await hamid.sees("admin-refund-confirm", order=Code(ORDER), amount=toman(REFUNDED), taken=taken)
    await hamid.presses(card, "button-admin-confirm")
    await hamid.sees("admin-refund-recorded", *_lines(words), amount=toman(REFUNDED), order=Code(ORDER))
    for member, amount in TAKEN_BACK.items():
        actor = await stage.enter(member)
        await actor.sees(
            "notice-reversed",
            amount=toman(amount),
            order=Code(ORDER),
            left=toman(SHARES[member] - amount),
            below=Choice("yes" if member == "maryam" else "no"),
        )


async def correction(stage: Stage) -> None:
    """Plays a manual adjustment, with a reason that the member reads."""
    hamid, maryam, words = await stage.enter("hamid"), await stage.enter("maryam"), stage.words
    reason = Text(words.line("reason-of-correction"))
    await hamid.writes(f"/adjust @maryam {words.typed(PRESENT)} {reason.value}")
    before, after = toman(-TAKEN_BACK["maryam"]), toman(PRESENT - TAKEN_BACK["maryam"])
    card = await hamid.sees("admin-adjust-confirm", amount=toman(PRESENT), reason=reason, available=before)
    await hamid.presses(card, "button-admin-confirm")
    await hamid.sees("admin-adjust-recorded", amount=toman(PRESENT), reason=reason, available=after)
    await maryam.sees("notice-adjusted", amount=toman(PRESENT), reason=reason)


async def language(stage: Stage) -> None:
    """Plays a change of language: the home card arrives in the chosen language."""
    nader = await stage.enter("nader")
    other = StoryWords(next(each for each in story_languages() if each != stage.words.language), stage.words.catalogue)
    await nader.writes("/language")
    card = await nader.sees("language-ask")
    toast = await nader.presses(card, "button-speak", language=OwnName(other.language))
    nader.words = other
    await nader.is_told(toast, "toast-language-chosen")
    available = toman(SHARES["nader"] - TAKEN_BACK["nader"])
    await nader.sees("home-member", shop=other.shop("name"), available=available)


def _lines(words: StoryWords) -> list[Term]:
    return [
        Term(
            "admin-commission-line",
            member=words.name(member),
            amount=toman(SHARES[member]),
            state=Choice("available"),
            part=Choice("part"),
            reversed=toman(taken),
        )
        for member, taken in TAKEN_BACK.items()
    ]
