"""What the bot knows of itself."""

from pathlib import Path

import pytest

from backroom import open_backroom
from bot.app import LOCALE
from bot.clockwork import facts_of
from bot.config import build
from bot.kit.texts import Texts
from chat import UNILEVEL


@pytest.mark.parametrize(("in_all", "broadcasts", "estimated"), [(30, 25, 25), (10, 25, 10)])
async def test_a_broadcast_is_estimated_at_the_pace_that_it_will_have(
    tmp_path: Path, in_all: int, broadcasts: int, estimated: int
) -> None:
    pace = {"messages_per_second": in_all, "broadcasts_per_second": broadcasts}
    config = build({**UNILEVEL, "telegram": pace}, {}, tmp_path, token_needed=False)
    async with open_backroom(tmp_path) as room:
        facts = facts_of(config, room.engine, Texts(LOCALE), username="moaref_bot")
    assert facts.broadcasts_per_second == estimated
