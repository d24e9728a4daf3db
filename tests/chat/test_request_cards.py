"""A request's card in every admin's chat: it shows what is so, and the number only to whoever may still pay."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.app import App
from bot.playground.card import ChatCard
from bot.playground.client import Playground
from bot.playground.phone import Phone
from running import ADMIN, SECOND_ADMIN, BotProcess, running_app

SHEBA = "IR820540102680020817909002"
PATIENCE_S = 30


@dataclass
class Till:
    """Two admins, and Sara, who has 20,000 toman to withdraw."""

    playground: Playground
    database: Path
    hamid: Phone
    ali: Phone
    sara: Phone

    async def request(self, amount: int = 5000) -> None:
        """Sara asks for her money, and each admin has the card with the whole number."""
        await self.sara.send(f"/withdraw {amount} {SHEBA}")
        card = await self.sara.receives("Is this right?", timeout=PATIENCE_S)
        await card.tap("Yes, request it")
        for admin in (self.hamid, self.ali):
            await admin.receives("Withdrawal", SHEBA, timeout=PATIENCE_S)

    def dumped(self) -> str:
        """All that stands in the store as text."""
        with closing(sqlite3.connect(self.database)) as connection:
            return "\n".join(connection.iterdump())


async def begun(playground: Playground, database: Path) -> Till:
    people = [(ADMIN, "Hamid"), (SECOND_ADMIN, "Ali"), (101, "Sara"), (102, "Karim")]
    hamid, ali, sara, karim = [await playground.phone(*each, language_code="en") for each in people]
    for admin in (hamid, ali):
        await admin.send("/start")
        await admin.receives(timeout=PATIENCE_S)
    await sara.send("/link")
    link = await sara.receives("Your link", timeout=PATIENCE_S)
    await karim.open(next(text for text in link.copy_texts if "://" in text))
    await sara.receives("used your link", timeout=PATIENCE_S)
    await buys(hamid, 100_000, "o-1")
    return Till(playground, database, hamid, ali, sara)


async def buys(admin: Phone, amount: int, order: str) -> None:
    await admin.send(f"/purchase 102 {amount} shoes {order}")
    card = await admin.receives("Record this purchase?", order, timeout=PATIENCE_S)
    await card.tap("Yes, record it")
    await admin.receives("Purchase recorded", order, timeout=PATIENCE_S)


@asynccontextmanager
async def open_till(playground: Playground, folder: Path) -> AsyncIterator[tuple[Till, App]]:
    async with running_app(playground, folder / "moaref.db") as app:
        yield await begun(playground, folder / "moaref.db"), app


async def shown(phone: Phone, part: str) -> list[ChatCard]:
    """The messages of the bot that hold this now."""
    return [each for each in await phone.messages() if part in each.text]


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not await holds():
            await asyncio.sleep(0.05)


async def nobody_sees_the_number(till: Till, state: str) -> None:
    """All cards say what became of the request, no message of the admins' holds the number, and no table does."""

    async def all_edited() -> bool:
        return not any([await shown(admin, SHEBA) for admin in (till.hamid, till.ali)])

    await until(all_edited)
    for admin in (till.hamid, till.ali):
        cards = await shown(admin, "Requested:")
        assert cards
        assert all(f"State: {state}" in each.text and "•••• 9002" in each.text for each in cards)
        assert not any(
            {"Approve", "Reject", "Mark as paid", "Copy Sheba"} & {label for row in each.labels for label in row}
            for each in cards
        )
    assert SHEBA not in till.dumped()


async def test_each_admins_card_is_edited_as_the_request_goes_on_and_masked_once_it_is_paid(
    playground: Playground, tmp_path: Path
) -> None:
    async with open_till(playground, tmp_path) as (till, _):
        await till.request()
        await (await shown(till.hamid, SHEBA))[0].tap("Approve")
        await till.ali.receives("State: approved", timeout=PATIENCE_S)
        assert SHEBA in (await shown(till.ali, "State: approved"))[0].text
        await till.ali.send("/paid 1 T-17")
        await nobody_sees_the_number(till, "paid")


async def test_a_rejected_request_shows_its_number_to_nobody_any_more(playground: Playground, tmp_path: Path) -> None:
    async with open_till(playground, tmp_path) as (till, _):
        await till.request()
        await till.hamid.send("/pending")
        await (await till.hamid.receives("Open requests", timeout=PATIENCE_S)).tap("Request 1")
        await till.hamid.receives("Withdrawal", SHEBA, timeout=PATIENCE_S)
        await till.ali.send("/reject 1 wrong number")
        await nobody_sees_the_number(till, "rejected")


async def test_a_member_who_cancels_closes_the_cards_and_the_question_for_a_tracking_code_is_closed_too(
    playground: Playground, tmp_path: Path
) -> None:
    async with open_till(playground, tmp_path) as (till, _):
        await till.request()
        await till.sara.send("/cancel_withdrawal")
        await till.sara.receives("is cancelled", timeout=PATIENCE_S)
        await nobody_sees_the_number(till, "cancelled by the member")
        await till.request()
        await till.hamid.send("/approve 2")
        card = await till.hamid.receives("Withdrawal 2", "State: approved", timeout=PATIENCE_S)
        await card.tap("Mark as paid")
        await till.hamid.receives("Paying withdrawal", SHEBA, timeout=PATIENCE_S)
        await till.ali.send("/reject 2 no")

        async def closed() -> bool:
            return not await shown(till.hamid, SHEBA) and not await shown(till.ali, SHEBA)

        await until(closed)


async def test_a_page_that_has_taken_a_cards_place_is_left_alone(playground: Playground, tmp_path: Path) -> None:
    async with open_till(playground, tmp_path) as (till, _):
        await till.request()
        await (await shown(till.hamid, SHEBA))[0].tap("Open requests")
        await till.hamid.receives("Open requests", timeout=PATIENCE_S)
        await till.ali.send("/reject 1 no")

        async def closed() -> bool:
            return not await shown(till.ali, SHEBA)

        await until(closed)
        assert await shown(till.hamid, "Open requests: 1")
        assert not await shown(till.hamid, SHEBA)


async def test_a_card_that_comes_late_shows_what_is_so_by_then_and_waits_without_the_number(
    playground: Playground, tmp_path: Path
) -> None:
    async with open_till(playground, tmp_path) as (till, _):
        await till.ali.block()
        await till.sara.send(f"/withdraw 5000 {SHEBA}")
        await (await till.sara.receives("Is this right?", timeout=PATIENCE_S)).tap("Yes, request it")
        await till.hamid.receives("Withdrawal", SHEBA, timeout=PATIENCE_S)
        await till.hamid.send("/reject 1 no")
        await till.hamid.receives("State: rejected", timeout=PATIENCE_S)

        async def clean() -> bool:
            return SHEBA not in till.dumped()

        await until(clean)
        await till.ali.unblock()
        await till.ali.send("/help")
        await till.ali.receives("Withdrawal", "State: rejected", "•••• 9002", timeout=PATIENCE_S)
        assert not [each for each in await playground.calls("sendMessage") if _shows_to(SECOND_ADMIN, each)]


def _shows_to(chat_id: int, call: dict[str, Any]) -> bool:
    return int(call["params"]["chat_id"]) == chat_id and SHEBA in call["params"]["text"] and bool(call["answer"]["ok"])


async def test_a_refund_after_the_approval_is_seen_on_every_card(playground: Playground, tmp_path: Path) -> None:
    async with open_till(playground, tmp_path) as (till, app):
        await till.request(15_000)
        await till.hamid.send("/approve 1")
        await till.ali.receives("State: approved", timeout=PATIENCE_S)
        await app.engine.refund("o-1", None, key="refund", actor="shop:woo")
        for admin in (till.hamid, till.ali):
            card = await admin.receives("the member owes 15,000 toman", timeout=PATIENCE_S)
            await card.tap("Mark as paid")
            await admin.receives("Pay withdrawal 1 all the same?", "owes 15,000 toman", timeout=PATIENCE_S)


@pytest.mark.parametrize("kills", [3])
async def test_no_kill_leaves_a_card_open(playground: Playground, tmp_path: Path, kills: int) -> None:
    process = BotProcess.prepared(playground, tmp_path)
    await process.start_and_wait()
    try:
        till = await begun(playground, tmp_path / "moaref.db")
        for number in range(1, kills + 1):
            await till.request(1000)
            await till.hamid.send(f"/reject {number} no")
            await asyncio.sleep(0.15 * number)
            process.kill()
            await process.start_and_wait()
        await nobody_sees_the_number(till, "rejected")
    finally:
        process.kill()
