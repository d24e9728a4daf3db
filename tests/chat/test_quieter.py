"""A busy day at the real bot: ten messages, then one an hour, over a restart and for whoever has blocked the bot."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.kit.formatting import Choice, Count, Hour, Term
from bot.kit.languages import Language
from bot.playground import playground_server
from bot.playground.story import shop_tables
from bot.playground.story.stage import Actor
from bot.playground.story.words import story_languages, toman
from quick_clock import QuickClock
from running import running_app
from scene import Scene, begun, stage_on

HOUR = 3_600_000
SETTLED_S = 0.7
"""Within it notices that are not told would have been."""

AT_ONCE: dict[str, Any] = {**shop_tables(), "notify": {"digest": "off", "gather_seconds": 0}}

both_languages = pytest.mark.parametrize("language", story_languages())


async def sells(scene: Scene, buyer: str, *orders: int) -> None:
    for order in orders:
        await scene.app.engine.purchase(f"o-{order}", buyer, 10_000, "shoes", actor="shop")


async def hears_ten(scene: Scene, nader: Actor, buyer: str) -> None:
    """Ten commissions of a day, a message each: the first is the first sale."""
    for order in range(10):
        await sells(scene, buyer, order)
        await nader.sees("notice-commission" if order else "notice-first-sale", amount=toman(2_000))


async def is_silent(nader: Actor) -> None:
    await asyncio.sleep(SETTLED_S)
    await nader.has_seen_everything()


@both_languages
async def test_the_eleventh_commission_of_a_day_waits_for_the_hour_also_over_a_restart(
    tmp_path: Path, language: Language
) -> None:
    database, clock = tmp_path / "moaref.db", QuickClock(speed=1)
    async with playground_server() as playground:
        async with running_app(playground, database, AT_ONCE, clock=clock) as app:
            scene = await begun(Scene(stage_on(playground, language), app, database))
            nader, buyer = await scene.enter("nader"), await scene.person_of((await scene.enter("karim")).phone.id)
            await hears_ten(scene, nader, buyer)
            await sells(scene, buyer, 11, 12)
            await is_silent(nader)
        async with running_app(playground, database, AT_ONCE, clock=clock, restarted=True) as app:
            scene.app = app
            await sells(scene, buyer, 13)
            await is_silent(nader)
            clock.skip(HOUR)
            total = Term("gathered-total", amount=toman(6_000))
            card = await nader.sees("notice-gathered", total, Term("gathered-hourly"), count=Count(3))
            labels = [nader.words.label(each) for each in ("button-withdraw", "button-history", "button-settings")]
            assert set(labels) <= {label for row in card.labels for label in row}
            await nader.presses(card, "button-history")
            await nader.sees("history-page", page=Count(1), pages=Count(3))
            await sells(scene, buyer, 14, 15)
            await is_silent(nader)
            await nader.writes("/settings")
            card = await nader.sees(
                "settings-card", gather=Term("settings-gather-line", gather=Choice("hourly"), hour=Hour(20))
            )
            await nader.presses(card, "button-settings-gather")
            card = await nader.sees("settings-gather")
            await nader.presses(card, "button-settings-often", gather=Choice("now"), hour=Hour(20))
            await nader.sees("settings-card")
            await sells(scene, buyer, 16)
            await nader.sees("notice-commission", amount=toman(2_000))
            clock.skip(HOUR)
            await nader.sees("notice-gathered", count=Count(2))
            await is_silent(nader)
        await playground.assert_no_violations()


async def test_whoever_has_blocked_the_bot_meanwhile_reads_it_on_coming_back(tmp_path: Path) -> None:
    database, clock = tmp_path / "moaref.db", QuickClock(speed=1)
    async with playground_server() as playground, running_app(playground, database, AT_ONCE, clock=clock) as app:
        scene = await begun(Scene(stage_on(playground, "en"), app, database))
        nader, buyer = await scene.enter("nader"), await scene.person_of((await scene.enter("karim")).phone.id)
        await hears_ten(scene, nader, buyer)
        await sells(scene, buyer, 11, 12)
        await is_silent(nader)
        await nader.phone.block()
        clock.skip(HOUR)
        await is_silent(nader)
        await nader.phone.unblock()
        await nader.writes("/start")
        await nader.phone.receives(*nader.words.parts("notice-gathered", count=Count(2)), timeout=20)
