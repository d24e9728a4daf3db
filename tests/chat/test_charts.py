"""Charts in the running bot: one message whose picture, words and buttons are exchanged in place."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.kit.formatting import Choice, Count
from bot.kit.languages import Language
from bot.playground.card import ChatCard
from bot.playground.story.stage import Actor
from bot.playground.story.words import story_languages
from scene import open_scene

both_languages = pytest.mark.parametrize("language", story_languages())


async def switched(nader: Actor, card: ChatCard, period: str) -> ChatCard:
    """Presses the button of another period; returns the same message as it is then."""
    await nader.presses(card, "button-earnings-period", period=Choice(period), chosen=Choice("no"))
    changed = await nader.sees("earnings-card", period=Choice(period), count=Count(1))
    assert changed.edited
    assert changed.id == card.id
    assert changed.photo is not None
    return changed


@both_languages
async def test_earnings_switch_in_place(tmp_path: Path, language: Language) -> None:
    async with open_scene(tmp_path, language) as scene:
        nader = await scene.enter("nader")
        await scene.buys("karim", 100_000)
        async with scene.nothing_changes():
            await nader.writes("/earnings")
            weeks = await nader.sees("earnings-card", period=Choice("week"), count=Count(1))
            assert weeks.photo is not None
            days = await switched(nader, weeks, "day")
            await switched(nader, days, "month")
            assert len([each for each in await nader.phone.messages() if each.id == weeks.id]) == 1


@both_languages
async def test_a_pages_chart_is_a_message_of_its_own(tmp_path: Path, language: Language) -> None:
    async with open_scene(tmp_path, language) as scene:
        nader = await scene.enter("nader")
        await scene.buys("karim", 100_000)
        await nader.writes("/why 1")
        why = await nader.sees("why-card")
        await nader.presses(why, "button-chart")
        shares = await nader.sees("shares-card", refunded=Choice("no"))
        assert shares.photo is not None
        assert shares.id != why.id
        await scene.playground.assert_no_violations()
