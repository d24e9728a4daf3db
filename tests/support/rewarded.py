"""Creates a storefront member's friends with rewards, and the shops' requests about their codes."""

from __future__ import annotations

from typing import Any

import httpx

from bot.kit.rewards import Reward
from bot.referrals.reward_issuing import RewardIssuer
from engine.transaction import Transaction
from gifts import WELCOME
from storefront import API_SECRET, Storefront

BEARER = {"Authorization": f"Bearer {API_SECRET}"}


async def friend(front: Storefront, reward: Reward = WELCOME, *, telegram_id: str = "50") -> tuple[str, str]:
    """Creates a friend of Nader's who has a chat; returns their id and code."""
    giving = RewardIssuer({reward.id: reward}, None, lambda: f"WORD{telegram_id}")
    person, _ = await front.engine.get_or_create_person("telegram", telegram_id)
    await front.engine.attribute(person, front.nader, key=f"attribute:{person}")

    def give(books: Transaction) -> str:
        books.connection.execute(
            "INSERT INTO profiles (person, telegram_id, name, language, first_update, seen_at, met_at)"
            " VALUES (?, ?, 'Sara', 'en', 1, ?, ?)",
            (person, int(telegram_id), front.clock.now, front.clock.now),
        )
        giving.came(books, person, front.nader, None, front.clock.now)
        return str(books.connection.execute("SELECT code FROM rewards WHERE person = ?", (person,)).fetchone()[0])

    return person, await front.engine.write_silently(give)


async def check(front: Storefront, code: str, **params: str) -> httpx.Response:
    return await front.web.get(f"/api/v1/rewards/{code}", params=params, headers=BEARER)


async def use(front: Storefront, code: str, order: str = "17", **fields: Any) -> httpx.Response:
    return await front.web.post(f"/api/v1/rewards/{code}/use", json={"order": order, **fields}, headers=BEARER)
