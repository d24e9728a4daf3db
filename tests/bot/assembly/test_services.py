"""What every part of a process stands on."""

from pathlib import Path
from random import Random

import pytest

from bot.assembly.services import Services
from bot.config import build
from bot.kit.texts import LOCALE, Texts
from bot.store.database import Database
from engine.events.model import ProgrammeChanged
from stores import UNILEVEL
from ticking import StandingClock


async def test_dates_are_shown_in_the_zone_of_the_programme_in_force(tmp_path: Path) -> None:
    config = build(UNILEVEL, {}, tmp_path, token_needed=False)
    clock = StandingClock()
    async with Database.with_engine(config.database, clock, config.programme_tables) as (stores, engine):
        services = Services.of(config, stores, engine, Texts(LOCALE, strict=True), clock, Random(1))
        assert (
            services.facts().zone == services.notice_renderer().bot.zone == UNILEVEL["program"].get("timezone", "UTC")
        )
        moved = {**UNILEVEL, "program": {**UNILEVEL["program"], "timezone": "Asia/Tokyo"}}
        await engine.submit(ProgrammeChanged(moved), key=None)
        assert services.facts().zone == services.notice_renderer().bot.zone == "Asia/Tokyo"


@pytest.mark.parametrize(("in_all", "broadcasts", "estimated"), [(30, 25, 25), (10, 25, 10)])
async def test_a_broadcast_is_estimated_at_the_pace_that_it_will_have(
    tmp_path: Path, in_all: int, broadcasts: int, estimated: int
) -> None:
    pace = {"messages_per_second": in_all, "broadcasts_per_second": broadcasts}
    config = build({**UNILEVEL, "telegram": pace}, {}, tmp_path, token_needed=False)
    clock = StandingClock()
    async with Database.with_engine(config.database, clock, config.programme_tables) as (stores, engine):
        services = Services.of(config, stores, engine, Texts(LOCALE, strict=True), clock, Random(1))
        assert services.facts().broadcasts_per_second == estimated


async def test_friends_go_to_the_language_s_own_address_else_to_the_first_shop_that_has_a_page(tmp_path: Path) -> None:
    secret = {"kind": "api", "secret": "better-16-characters-or-more"}
    tables = {
        **UNILEVEL,
        "texts": {"fa": {"shop_url": "https://shop.example/fa"}},
        "shops": {
            "plain": secret,
            "main": {**secret, "secret": "another-16-characters", "page": "https://shop.example/?ref={code}"},
        },
    }
    config = build(tables, {}, tmp_path, token_needed=False)
    clock = StandingClock()
    async with Database.with_engine(config.database, clock, config.programme_tables) as (stores, engine):
        facts = Services.of(config, stores, engine, Texts(LOCALE, strict=True), clock, Random(1)).facts()
        assert facts.shop_address("fa", "8A5BCDE") == "https://shop.example/fa"
        assert facts.shop_address("en", "8A5BCDE") == "https://shop.example/?ref=8A5BCDE"
