"""What people are told by themselves, and how they choose it: the real bot on the playground's server.

The transcripts in `transcripts/` hold one member's side of it, word for word; rewrite them as those of the story.
"""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import tomlkit
from PIL import Image

from bot.app import App
from bot.config import build
from bot.kit.formatting import Argument, Choice, Count, Hour, Term
from bot.kit.languages import Language
from bot.playground import playground_server
from bot.playground.card import ChatCard
from bot.playground.story import shop_tables
from bot.playground.story.stage import Actor
from bot.playground.story.words import story_languages, toman
from quick_clock import QuickClock
from running import proved_here, tables
from scene import Scene, begun, open_scene, stage_on
from warm import moaref

TRANSCRIPTS = Path(__file__).parent / "transcripts"
WRITE = "MOAREF_WRITE_TRANSCRIPTS"
MASKS = {
    r"\b[2-9A-HJKMNP-TV-Z]{7}\b": "CODE",
    r"\b[ND]-[0-9A-Z]+\b": "REF",
    r"\d{4}-\d\d-\d\d( \d\d:\d\d)?": "DATE",
    r"[۰-۹]{1,2} \w+ [۰-۹]{4}(، ساعت [۰-۹:]{5})?": "DATE",
}
SOON_TOGETHER: dict[str, Any] = {"notify": {"digest": "weekly", "hour": 20, "gather_seconds": 2}}

both_languages = pytest.mark.parametrize("language", story_languages())


def same_as_transcript(name: str, text: str) -> None:
    for pattern, mask in MASKS.items():
        text = re.sub(pattern, mask, text)
    text = "\n".join(line.rstrip() for line in text.split("\n")) + "\n"
    file = TRANSCRIPTS / f"{name}.txt"
    if os.environ.get(WRITE):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


async def press_and_see(who: Actor, card: ChatCard, label: str, text: str, /, **arguments: Argument) -> ChatCard:
    await who.presses(card, label, **arguments)
    return await who.sees(text)


async def choose_everything(nader: Actor) -> None:
    """Nader wants no news of friends, a digest each day at nine, and his nights; then he looks at it once more."""
    await nader.writes("/settings")
    card = await nader.sees("settings-card")
    off = {"group": Choice("friends"), "state": Choice("on")}
    card = await press_and_see(nader, card, "button-settings-group", "settings-card", **off)
    card = await press_and_see(nader, card, "button-settings-digest", "settings-digest")
    card = await press_and_see(nader, card, "button-settings-frequency", "settings-digest", digest=Choice("daily"))
    card = await press_and_see(nader, card, "button-settings-hour", "settings-digest", hour=Hour(9))
    card = await press_and_see(nader, card, "button-back", "settings-card")
    card = await press_and_see(nader, card, "button-settings-zone", "settings-zones")
    card = await press_and_see(nader, card, "button-back", "settings-card")
    card = await press_and_see(nader, card, "button-settings-quiet", "settings-quiet")
    await press_and_see(nader, card, "button-settings-no-quiet", "settings-card")


async def by_hand(scene: Scene, folder: Path, *more: str) -> str:
    """`moaref jobs run balance-digest`, as a process beside the bot."""
    config = folder / "config.toml"
    config.write_text(tomlkit.dumps(tables(scene.playground, scene.database, {**shop_tables(), **SOON_TOGETHER})))
    done = await asyncio.to_thread(moaref, "jobs", "run", "balance-digest", "--config", str(config), *more)
    assert done.returncode == 0, done.stderr
    return done.stdout


async def sees_digest(who: Actor) -> ChatCard:
    """The first chart of a process takes its time."""
    return await who.phone.receives(*who.words.parts("digest-card"), timeout=30)


@both_languages
async def test_a_member_chooses_what_to_be_told_and_is_told_that_and_nothing_else(
    tmp_path: Path, language: Language
) -> None:
    async with open_scene(tmp_path, language, SOON_TOGETHER) as scene:
        nader, karim = await scene.enter("nader"), await scene.enter("karim")
        before = len(nader.phone.transcript())
        await choose_everything(nader)
        babak = await scene.enter("babak")
        await babak.opens(scene.stage.links["nader"])
        await babak.sees("home-friend")
        await asyncio.sleep(2.2)  # what came with Karim must be no reason to wait
        await nader.has_seen_everything()
        buyer = await scene.person_of(karim.phone.id)
        await scene.buys("karim", 100_000)
        for order, amount in (("o-2", 50_000), ("o-3", 25_000)):
            await scene.app.engine.purchase(order, buyer, amount, "shoes", actor="shop")
        card = await nader.sees("notice-gathered", count=Count(2))
        assert nader.words.parts("gathered-total", amount=toman(15_000))[-1] in card.text
        said = await by_hand(scene, tmp_path)
        assert said == "balance-digest: done, 1 messages for the bot to send\n"
        digest = await sees_digest(nader)
        assert digest.photo is not None
        assert Image.open(BytesIO(digest.photo)).size == (1080, 900)
        await nader.presses(digest, "button-settings")
        await nader.sees("settings-card")
        assert "done, 0 messages" in await by_hand(scene, tmp_path)
        await scene.playground.assert_no_violations()
        same_as_transcript(f"told.{language}", nader.phone.transcript()[before:].strip())


async def test_a_digest_is_written_for_those_who_have_nothing_new_when_it_is_forced(tmp_path: Path) -> None:
    async with open_scene(tmp_path, "en", SOON_TOGETHER) as scene:
        nader = await scene.enter("nader")
        await scene.buys("karim", 100_000)
        assert "1 messages" in await by_hand(scene, tmp_path)
        await sees_digest(nader)
        assert "1 messages" in await by_hand(scene, tmp_path, "--force")
        again = await sees_digest(nader)
        assert "Nothing has changed since" in again.text


HALF_AN_HOUR = 1_800_000


@asynccontextmanager
async def scene_before_noon(folder: Path, language: Language) -> AsyncIterator[tuple[Scene, QuickClock]]:
    """At half past eleven in Tehran; digests come at noon, and so does what admins hear."""
    notify = {"digest": "daily", "hour": 12, "admin_hour": 12, "gather_seconds": 0}
    clock, database = QuickClock(), folder / "moaref.db"
    async with playground_server() as playground:
        config = build(tables(playground, database, {**shop_tables(), "notify": notify}), {}, folder)
        app = await App.open(config, clock, proved_here)
        running = asyncio.ensure_future(app.run())
        try:
            yield await begun(Scene(stage_on(playground, language), app, database)), clock
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            await app.close()


@both_languages
async def test_at_their_hour_a_member_hears_how_they_stand_and_admins_how_the_day_went(
    tmp_path: Path, language: Language
) -> None:
    async with scene_before_noon(tmp_path, language) as (scene, clock):
        nader, hamid = await scene.enter("nader"), await scene.admin("hamid")
        await scene.buys("karim", 100_000)
        async with asyncio.timeout(20):
            while not await scene.app.stores.machine.fetch("SELECT slot FROM runs WHERE job = 'withdrawal-reminder'"):
                await asyncio.sleep(0.05)  # the timetable has to have been looked at before noon
        clock.skip(HALF_AN_HOUR)
        digest = await sees_digest(nader)
        assert nader.words.parts("digest-earned", amount=toman(20_000))[-1] in digest.text
        books = Term("admin-summary-books", holds=Choice("yes"))
        await hamid.phone.receives(*hamid.words.parts("admin-summary"), *hamid.words.parts_of(books), timeout=30)
        clock.skip(HALF_AN_HOUR)
        await asyncio.sleep(1.5)  # some ticks
        await nader.has_seen_everything()
        await hamid.has_seen_everything()
        await scene.playground.assert_no_violations()
