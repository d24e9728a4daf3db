"""A computer's clock that jumps: nothing is dated by it, nothing becomes payable by it, and admins are told."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import tomlkit

from bot.runtime.clock import SystemClock
from bot.runtime.trusted_time import DAY_MS, HOUR_MS
from clocks import SetClock
from connected import Connected, connected
from engine.verify.ledger import verify_file
from running import ADMIN, tables
from shell import shell
from stores import UNILEVEL

TEN_YEARS = 3650 * DAY_MS
MATURING = {**UNILEVEL, "program": {**UNILEVEL["program"], "maturity_days": 14}}


def rows(folder: Path, sql: str) -> list[Any]:
    with closing(sqlite3.connect(folder / "moaref.db")) as connection:
        return connection.execute(sql).fetchall()


async def an_admin_and_a_member(shop: Connected) -> str:
    """The member's code."""
    admin, nader = await shop.phone(ADMIN, "Hamid"), await shop.phone(101, "Nader")
    await admin.send("/start")
    await admin.receives()
    await nader.send("/link")
    await nader.receives("Your link")
    return await shop.person(nader)


@pytest.mark.parametrize("jump", [TEN_YEARS, 40 * DAY_MS, -56 * 365 * DAY_MS])
async def test_a_jump_for_one_order_dates_nothing_matures_nothing_and_is_told(tmp_path: Path, jump: int) -> None:
    clock, right = SetClock(), SystemClock()
    async with connected(tmp_path, clock=clock, programme=MATURING) as shop:
        code, admin = await an_admin_and_a_member(shop), await shop.phone(ADMIN, "Hamid")
        assert (await shop.order(order="1", code=code)).status_code == 201
        clock.off_ms = jump
        assert (await shop.order(order="2", code=code)).status_code == 201
        await shop.app.engine.tick()
        await admin.receives("The server's clock has jumped")
        assert {state for (state,) in rows(tmp_path, "SELECT state FROM commissions")} == {"pending"}
        clock.off_ms = 2_000  # corrected, but for two seconds
        await admin.receives("The server's clock is used again")
        assert (await shop.order(order="3", code=code)).status_code == 201
        times = [at for (at,) in rows(tmp_path, "SELECT at FROM journal ORDER BY seq")]
        assert right.now() - HOUR_MS < times[0] <= times[-1] <= right.now() + 2_000
        later = rows(tmp_path, "SELECT MAX(due_at) FROM runs")[0][0]
        assert later is None or later <= right.now() + 2_000
    assert verify_file(tmp_path / "moaref.db").holds


async def test_small_corrections_are_told_to_nobody(tmp_path: Path) -> None:
    clock = SetClock()
    async with connected(tmp_path, clock=clock) as shop:
        await an_admin_and_a_member(shop)
        for off_ms in (30_000, -30_000, 600_000):
            clock.off_ms = off_ms
            await asyncio.sleep(2.2)  # longer than the watch rests
        cards = await (await shop.phone(ADMIN, "Hamid")).messages()
        assert not [card.text for card in cards if "clock" in card.text]


async def test_a_clock_that_was_wrong_all_along_is_accepted_from_the_shell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """For the bot that began sixty days behind the right time jumps ahead, and the shell has the right time."""
    clock = SetClock(off_ms=-60 * DAY_MS - 60_000)  # a minute more, for two readings lie a little apart
    store = f"sqlite:///{tmp_path / 'moaref.db'}"
    async with connected(tmp_path, clock=clock) as shop:
        code, admin = await an_admin_and_a_member(shop), await shop.phone(ADMIN, "Hamid")
        clock.off_ms = 0
        await admin.receives("The server's clock has jumped")
        assert await asyncio.to_thread(shell, "clock", "show", "--store", store) == 1
        assert "60 days and 0 hours ahead of" in capsys.readouterr().out
        assert await asyncio.to_thread(shell, "clock", "accept", "--store", store) == 0
        await admin.receives("The server's clock is used again")
        assert (await shop.order(order="1", code=code)).status_code == 201
        assert await asyncio.to_thread(shell, "clock", "show", "--store", store) == 0
    last = rows(tmp_path, "SELECT MAX(at) FROM journal")[0][0]
    assert abs(SystemClock().now() - last) < HOUR_MS


async def test_a_start_with_a_wrong_clock_goes_on_from_what_the_store_knows_and_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    right = SystemClock()
    async with connected(tmp_path) as shop:
        await an_admin_and_a_member(shop)
    for number, off_ms in enumerate((TEN_YEARS, -TEN_YEARS, 2 * HOUR_MS)):
        caplog.clear()
        async with connected(tmp_path, clock=SetClock(off_ms=off_ms)) as shop:
            assert (await shop.order(order=str(number))).status_code == 201
        assert caplog.text.count("the computer's clock says") == 1
    times = [at for (at,) in rows(tmp_path, "SELECT at FROM journal")]
    assert max(times) <= right.now()
    assert verify_file(tmp_path / "moaref.db").holds


async def test_commands_on_the_shell_refuse_a_clock_far_ahead_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The store was served by a clock sixty days behind that of the shell, since the same start of the computer."""
    async with connected(tmp_path, clock=SetClock(off_ms=-60 * DAY_MS)) as shop:
        await an_admin_and_a_member(shop)
        config = tmp_path / "config.toml"
        whole = tables(shop.playground, tmp_path / "moaref.db", MATURING)
        config.write_text(tomlkit.dumps(whole), encoding="utf-8")
        config.chmod(0o600)
    before = rows(tmp_path, "SELECT COUNT(*) FROM journal")
    for command in (("programme", "apply", "--yes"), ("jobs", "run", "tidying")):
        assert await asyncio.to_thread(shell, *command, "--config", config) == 1
        assert "moaref clock accept" in capsys.readouterr().err
    assert rows(tmp_path, "SELECT COUNT(*) FROM journal") == before
    assert await asyncio.to_thread(shell, "check", "--config", config) == 0
    assert "warning: clock: the computer's clock says" in capsys.readouterr().out


async def test_a_journal_that_is_ahead_goes_on_from_its_end_and_no_word_turns_it_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = f"sqlite:///{tmp_path / 'moaref.db'}"
    async with connected(tmp_path, clock=SetClock(off_ms=TEN_YEARS)) as shop:
        await an_admin_and_a_member(shop)
    ahead = rows(tmp_path, "SELECT MAX(at) FROM journal")[0][0]
    async with connected(tmp_path) as shop:
        await (await shop.phone(ADMIN, "Hamid")).send("/start")
        assert (await shop.order(order="1")).status_code == 201
    assert ahead <= rows(tmp_path, "SELECT MAX(at) FROM journal")[0][0] <= ahead + HOUR_MS
    assert shell("clock", "accept", "--store", store) == 1
    assert "time in the journal never goes back" in capsys.readouterr().err
