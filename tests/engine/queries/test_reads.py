"""What has been committed is seen by every question asked afterwards, however many are asked at once."""

import asyncio
from pathlib import Path

from books import open_engine

ASKERS = 8
JOINS = 60


async def test_a_question_sees_what_was_committed_before_it_while_others_are_asked(tmp_path: Path) -> None:
    async with open_engine(tmp_path / "moaref.db") as engine:

        async def ask() -> None:
            while True:
                await engine.balance("CODE001")
                await engine.open_withdrawals(count=5)

        askers = [asyncio.create_task(ask()) for _ in range(ASKERS)]
        try:
            for number in range(JOINS):
                person, _ = await engine.get_or_create_person("telegram", str(number))
                await engine.join(person, key=f"join:{number}")
                assert await engine.member(person) is not None
        finally:
            for each in askers:
                each.cancel()
            await asyncio.gather(*askers, return_exceptions=True)
