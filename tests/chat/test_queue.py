"""The admins' queue with real chats: few presses, every admin's copy follows, and who was first is said."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.app import App
from bot.assembly.scheduling import timetable_beside
from bot.kit.bidi import strip_controls
from bot.kit.texts import LOCALE, Texts
from bot.playground.card import ChatCard
from bot.playground.client import Playground
from bot.playground.faults import GatewayAnswer
from bot.playground.phone import Phone
from bot.runtime.clock import SystemClock
from engine.service import Engine
from running import ADMIN, SECOND_ADMIN, running_app
from stores import UNILEVEL

THIRD_ADMIN = 902
PATIENCE_S = 60
SHEBA = "IR820540102680020817909002"
MANUAL: dict[str, Any] = {**UNILEVEL, "program": {**UNILEVEL["program"], "approval": "manual"}}
GONE = {"ok": False, "error_code": 400, "description": "Bad Request: message to edit not found"}
ADMINS = {"admins": [ADMIN, SECOND_ADMIN, THIRD_ADMIN]}


@dataclass
class Taps:
    """Counts the presses of one person."""

    count: int = 0
    pressed: list[str] = field(default_factory=list)

    async def tap(self, card: ChatCard, label: str) -> None:
        self.count += 1
        self.pressed.append(label)
        await card.tap(label)


@dataclass
class Queue:
    """Hamid and Ali are admins, Reza is one who reads Persian; Sara earns."""

    app: App
    hamid: Phone
    ali: Phone
    reza: Phone
    sara: str

    @property
    def engine(self) -> Engine:
        return self.app.engine

    async def requests(self, first: int, last: int) -> None:
        """Sara asks for 1,000 and its number each time."""
        kept = await self.engine.keep_destination(self.sara, "sheba", SHEBA)
        for number in range(first, last + 1):
            await self.engine.withdraw(f"w{number}", self.sara, 1000 + number, kept)

    async def id_of(self, phone: Phone) -> str:
        return (await self.engine.get_or_create_person("telegram", str(phone.id)))[0]


@asynccontextmanager
async def open_queue(
    playground: Playground, folder: Path, programme: Any = None, *, restarted: bool = False, gather: int = 0
) -> AsyncIterator[Queue]:
    more = {"notify": {"digest": "off", "gather_seconds": gather}}
    people = [(ADMIN, "Hamid", "en"), (SECOND_ADMIN, "Ali", "en"), (THIRD_ADMIN, "Reza", "fa")]
    hamid, ali, reza = [await playground.phone(id, name, language_code=code) for id, name, code in people]
    async with running_app(
        playground, folder / "moaref.db", programme, more, telegram=ADMINS, restarted=restarted
    ) as app:
        sara, _ = await app.engine.get_or_create_person("telegram", "101")
        if not restarted:
            for admin in (hamid, ali, reza):
                await admin.send("/start")
                await admin.receives(timeout=PATIENCE_S)
            await app.engine.join(sara, key="join")
            await app.engine.adjust("plenty", sara, 1_000_000, "a present", actor="shell:shop")
        yield Queue(app, hamid, ali, reza, sara)


async def until_all_show(phone: Phone, part: str, count: int) -> None:
    """Waits until so many of the bot's messages hold this."""
    async with asyncio.timeout(PATIENCE_S):
        while sum(part in strip_controls(each.text) for each in await phone.messages()) < count:
            await asyncio.sleep(0.1)


async def until_none_shows(phone: Phone, part: str) -> None:
    """Waits until none of the bot's messages holds this any more."""
    async with asyncio.timeout(PATIENCE_S):
        while any(part in each.text for each in await phone.messages()):
            await asyncio.sleep(0.1)


async def test_thirty_withdrawals_are_approved_in_two_taps(playground: Playground, tmp_path: Path) -> None:
    async with open_queue(playground, tmp_path, gather=60) as queue:
        await queue.requests(1, 30)
        hamid, taps = queue.hamid, Taps()
        await hamid.send("/pending")
        await taps.tap(await hamid.receives("Open requests: 30", timeout=PATIENCE_S), "Approve all that wait: 30")
        card = await hamid.receives("Approve 30 requests, 30,465 toman in all?", timeout=PATIENCE_S)
        assert card.labels == [["Approve 30: 30,465 toman"], ["Cancel"]]
        await taps.tap(card, "Approve 30")
        receipt = await hamid.receives("Approved: 30 requests, 30,465 toman in all", timeout=PATIENCE_S)
        assert receipt.id == card.id
        assert (taps.count, (await queue.engine.open_withdrawals(state="approved", count=0))[1]) == (2, 30)


async def test_thirty_commissions_are_approved_in_two_taps(playground: Playground, tmp_path: Path) -> None:
    async with open_queue(playground, tmp_path, MANUAL) as queue:
        friend, _ = await queue.engine.get_or_create_person("telegram", "102")
        await queue.engine.attribute(friend, queue.sara, key="came")
        for number in range(30):
            await queue.engine.purchase(f"o-{number}", friend, 10_000, "phone", actor="shop:woo")
        reza, taps = queue.reza, Taps()
        await reza.send("/commissions")
        await taps.tap(await reza.receives("پورسانت‌های منتظر تأیید: ۳۰", timeout=PATIENCE_S), "تأیید همهٔ منتظرها: ۳۰")
        card = await reza.receives("تأیید ۳۰ پورسانت، جمعاً ۶۰٬۰۰۰ تومان؟", timeout=PATIENCE_S)
        await taps.tap(card, "تأیید ۳۰ مورد")
        await reza.receives("تأیید شد: ۳۰ پورسانت، جمعاً ۶۰٬۰۰۰ تومان", timeout=PATIENCE_S)
        assert (taps.count, (await queue.engine.undecided(False, count=0))[1]) == (2, 0)


async def test_the_morning_s_overview_is_one_tap_from_the_summary(playground: Playground, tmp_path: Path) -> None:
    async with open_queue(playground, tmp_path, MANUAL) as queue:
        await queue.requests(1, 2)
        async with timetable_beside(queue.app.config, Texts(LOCALE), SystemClock()) as timetable:
            await timetable.run_by_hand("admin-summary", force=False)
        taps = Taps()
        summary = await queue.hamid.receives("The books add up.", timeout=PATIENCE_S)
        await taps.tap(summary, "Overview")
        home = await queue.hamid.receives("2 things are waiting for you.", timeout=PATIENCE_S)
        assert home.labels[0] == ["Open requests: 2"]
        assert home.id != summary.id
        assert taps.count == 1


async def test_every_admin_s_copy_says_who_decided_in_their_language_and_loses_its_buttons(
    playground: Playground, tmp_path: Path
) -> None:
    async with open_queue(playground, tmp_path) as queue:
        await queue.requests(1, 4)
        for admin in (queue.hamid, queue.ali, queue.reza):
            await until_all_show(admin, SHEBA, 4)
        await queue.hamid.send("/reject 1-3 wrong number")
        card = await queue.hamid.receives("Reject 3 requests", timeout=PATIENCE_S)
        await card.tap("Reject 3")
        await queue.hamid.receives("Rejected: 3 requests", timeout=PATIENCE_S)
        await until_all_show(queue.ali, "Rejected by Hamid", 3)
        await until_all_show(queue.reza, "رد: Hamid", 3)
        await queue.ali.send("/approve 4")
        await until_all_show(queue.reza, "تأیید: Ali", 1)
        await queue.ali.send("/paid 4 T-17")
        await until_all_show(queue.reza, "پرداخت: Ali", 1)
        await until_all_show(queue.hamid, "Paid by Ali", 1)
        for admin in (queue.hamid, queue.ali, queue.reza):
            await until_none_shows(admin, SHEBA)
            closed = [each for each in await admin.messages() if "•••• 9002" in each.text]
            assert len(closed) >= 4
            assert {label for each in closed for row in each.labels for label in row} <= {
                "Open requests",
                "درخواست‌های باز",
            }


async def test_two_admins_at_once_get_one_outcome_and_the_second_is_told_who_was_first(
    playground: Playground, tmp_path: Path
) -> None:
    async with open_queue(playground, tmp_path) as queue:
        await queue.requests(1, 5)
        cards = []
        for admin in (queue.hamid, queue.ali):
            await admin.send("/approve 1-5")
            cards.append(await admin.receives("Approve 5 requests", timeout=PATIENCE_S))
        await asyncio.gather(*(each.tap("Approve 5") for each in cards))
        told = [await receipt_of(*each) for each in zip((queue.hamid, queue.ali), cards, strict=True)]
        first, second = sorted(told, key=lambda text: text.startswith("Nothing"))
        assert first.startswith("Approved: 5 requests, 5,015 toman in all")
        assert second.startswith("Nothing was approved\nLeft out: 5\n1: already approved by ")
        made = [event async for event in queue.engine.events() if event["type"] == "authorise"]
        assert len(made) == 5


async def receipt_of(admin: Phone, card: ChatCard) -> str:
    """Returns what has taken the card's place."""
    async with asyncio.timeout(PATIENCE_S):
        while (shown := await admin.look_at(card.id)).text == card.text:
            await asyncio.sleep(0.05)
    return shown.text


async def test_after_a_restart_copies_are_edited_and_old_buttons_decide_what_they_named(
    playground: Playground, tmp_path: Path
) -> None:
    async with open_queue(playground, tmp_path) as queue:
        await queue.requests(1, 3)
        await until_all_show(queue.ali, SHEBA, 3)
        await until_all_show(queue.hamid, SHEBA, 3)
        await queue.hamid.send("/approve 1-2")
        card = await queue.hamid.receives("Approve 2 requests", timeout=PATIENCE_S)
    async with open_queue(playground, tmp_path, restarted=True) as queue:
        await queue.requests(4, 4)
        await card.tap("Approve 2")
        assert (await receipt_of(queue.hamid, card)).startswith("Approved: 2 requests, 2,003 toman in all")
        await until_all_show(queue.ali, "Approved by Hamid", 2)
        again = await queue.hamid.answer_to(await card.tap("Approve 2"), timeout=PATIENCE_S)
        assert again is not None
        approved, total = await queue.engine.open_withdrawals(state="approved", count=9)
        assert (total, [each.number for each in approved]) == (2, [1, 2])


@pytest.mark.parametrize("language", ["en", "fa"])
async def test_a_copy_that_was_deleted_stops_nobody(playground: Playground, tmp_path: Path, language: str) -> None:
    async with open_queue(playground, tmp_path) as queue:
        await queue.requests(1, 2)
        reader = queue.ali if language == "en" else queue.reza
        await until_all_show(reader, SHEBA, 2)
        gone = GatewayAnswer(400, "application/json", json.dumps(GONE))
        await playground.fault("answer_before", "editMessageText", chat_id=reader.id, answer=gone)
        await queue.engine.settle("w1", "rejected", actor=await queue.id_of(queue.hamid), reason="no", key="r1")
        await queue.engine.settle("w2", "rejected", actor=await queue.id_of(queue.hamid), reason="no", key="r2")
        await until_all_show(reader, "Rejected by Hamid" if language == "en" else "رد: Hamid", 1)
        await reader.send("/help")
        await reader.receives(timeout=PATIENCE_S)
