"""Admins hear of wrong secrets that go on, once a day, and the log's last lines are written."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.kit.failed_attempts import FailedAttempt
from bot.kit.texts import LOCALE, Texts
from bot.web.failed_attempts import TOLD_FROM, FailedAttempts
from bot.web.wrong_secret_alerts import WrongSecretAlerts
from handlers.notices.wrong_secrets import wrong_secret
from machine import ADMIN, Store, stopped, until
from quick_clock import QuickClock

WRONG = FailedAttempt("woo", "wrong_signature", "203.0.113.5")


async def test_what_goes_on_is_told_to_the_admins_once_a_day(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    store, clock, texts = await Store.open(tmp_path / "machine.db"), QuickClock(), Texts(LOCALE, strict=True)
    attempts = FailedAttempts(clock.ticks, store.signals.secret_refused)
    alerts = WrongSecretAlerts(
        store.for_outbox(clock), attempts, lambda attempt, admin: wrong_secret(attempt, admin, texts)
    )

    async def told() -> list[str]:
        return [row[0] for row in await store.rows("SELECT params FROM outbox ORDER BY id")]

    running = asyncio.ensure_future(alerts.run())
    try:
        await store.know(ADMIN, "Nader")
        for _ in range(20 * TOLD_FROM):
            attempts.note(WRONG)
        await until(told)
        (message,) = await told()
        for words in ("wrong signature", "woo", "203.0.113.5", "Secret in WooCommerce"):
            assert words in message
        clock.skip(61_000)
        attempts.note(FailedAttempt("main", "wrong_secret", "203.0.113.5"))
        store.signals.secret_refused.set()

        async def written() -> bool:
            return f"refused {20 * TOLD_FROM - 1} times" in caplog.text

        await until(written)
        clock.skip(24 * 3_600_000)
        for _ in range(TOLD_FROM):
            attempts.note(WRONG)

        async def twice() -> bool:
            return len(await told()) == 2

        await until(twice)
    finally:
        await stopped(running)
        await store.close()
