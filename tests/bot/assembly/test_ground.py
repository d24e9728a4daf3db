"""What every part of a process stands on."""

from pathlib import Path
from random import Random

from bot.assembly.ground import Ground
from bot.config import build
from bot.kit.texts import LOCALE, Texts
from bot.stores import Stores
from engine.events import ProgrammeChanged
from stores import UNILEVEL
from ticking import StandingClock


async def test_dates_are_shown_in_the_zone_of_the_programme_in_force(tmp_path: Path) -> None:
    config = build(UNILEVEL, {}, tmp_path, token_needed=False)
    clock = StandingClock()
    async with Stores.with_engine(config.database, clock, config.programme_tables) as (stores, engine):
        ground = Ground.of(config, stores, engine, Texts(LOCALE, strict=True), clock, Random(1))
        assert ground.facts().zone == ground.notice_desk().bot.zone == UNILEVEL["program"].get("timezone", "UTC")
        moved = {**UNILEVEL, "program": {**UNILEVEL["program"], "timezone": "Asia/Tokyo"}}
        await engine.submit(ProgrammeChanged(moved), key=None)
        assert ground.facts().zone == ground.notice_desk().bot.zone == "Asia/Tokyo"
