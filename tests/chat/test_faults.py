"""Whatever the platform does to the bot, people get their answers and notices, in order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from aftermath import opened, until_settled
from bot.playground.client import Playground, playground_server
from bot.playground.phone import Phone
from bot.playground.server import ServerAddress
from engine.verify.ledger import verify_file
from gate import gate_to
from running import ADMIN, running_app

SHEBA = "IR820540102680020817909002"
PATIENCE_SECONDS = 60
QUESTIONS = {
    "/start": "Nader's shop",
    "/help": "What I can do",
    "/privacy": "What we keep about you",
    "/balance": "You have no balance yet",
    "/nonsense": "I don't know that command",
}


@dataclass(slots=True)
class Shop:
    """A running bot and three people: nader has a link, karim came through it, the admin records purchases."""

    playground: Playground
    database: Path
    nader: Phone
    karim: Phone
    admin: Phone

    async def settle(self) -> None:
        await until_settled(self.playground, self.database)

    async def sell(self, order: str, amount: int = 100_000) -> None:
        """The admin records that karim bought something."""
        await self.admin.send(f"/purchase {self.karim.id} {amount} shoes {order}")
        card = await self.admin.receives("Record this purchase?", order, timeout=PATIENCE_SECONDS)
        await card.tap("Yes, record it")
        await self.admin.receives("Purchase recorded", order, timeout=PATIENCE_SECONDS)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with opened(self.database) as store:
            return store.execute(sql).fetchall()


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    async with playground_server() as playground, running_app(playground, tmp_path / "moaref.db"):
        shop = await opened_shop(playground, tmp_path / "moaref.db")
        yield shop
        assert verify_file(shop.database).holds
        await playground.assert_no_violations()


async def opened_shop(playground: Playground, database: Path) -> Shop:
    people = [(101, "Nader"), (102, "Karim"), (ADMIN, "Ali")]
    nader, karim, admin = [await playground.phone(*each, language_code="en") for each in people]
    await admin.send("/start")
    await nader.send("/link")
    card = await nader.receives("Your link")
    await karim.open(next(text for text in card.copy_texts if "://" in text))
    await nader.receives("used your link")
    shop = Shop(playground, database, nader, karim, admin)
    await shop.settle()
    for phone in (nader, karim, admin):
        await phone.read_all()
    return shop


async def strangers(playground: Playground) -> list[Phone]:
    names = ("Sara", "Maryam", "Babak")
    return [await playground.phone(201 + place, name, language_code="en") for place, name in enumerate(names)]


async def ask_everything(phones: list[Phone]) -> None:
    for question in QUESTIONS:
        for phone in phones:
            await phone.send(question)


async def texts_of(phone: Phone) -> list[str]:
    return [card.text for card in await phone.read_all()]


def are_answers(texts: list[str]) -> bool:
    """One to each question, in their order."""
    answers = list(QUESTIONS.values())
    return len(texts) == len(answers) and all(part in text for part, text in zip(answers, texts, strict=True))


@pytest.mark.parametrize(
    ("kind", "method", "count"),
    [("429", "send*", 4), ("429", "*", 6), ("cut_before", "sendMessage", 6), ("500", "*", 4)],
)
async def test_answers_come_once_and_in_order_after_trouble(shop: Shop, kind: str, method: str, count: int) -> None:
    people = await strangers(shop.playground)
    await shop.playground.fault(kind, method, count=count, retry_after=1)
    await ask_everything(people)
    await shop.settle()
    met = [call["fault"] for call in await shop.playground.calls() if call["fault"]]
    assert len(met) == count
    for phone in people:
        assert are_answers(await texts_of(phone))


async def test_in_the_silence_that_the_platform_asks_for_nothing_is_sent(shop: Shop) -> None:
    (sara, maryam, _) = await strangers(shop.playground)
    await shop.playground.fault("429", "sendMessage", retry_after=2)
    await sara.send("/help")
    await sara.receives_nothing(within=0.2)
    await maryam.send("/help")
    await maryam.receives("What I can do", timeout=PATIENCE_SECONDS)
    to_them = {str(sara.id), str(maryam.id)}
    calls = [call for call in await shop.playground.calls("sendMessage") if call["params"]["chat_id"] in to_them]
    refused, *later = calls
    assert refused["fault"] == "429"
    assert len(later) == 2
    assert min(call["at"] for call in later) - refused["at"] >= 2000


async def test_a_message_whose_answer_is_lost_comes_twice_at_most_and_says_so_with_its_reference(shop: Shop) -> None:
    await shop.playground.fault("cut_after", "sendMessage", chat_id=shop.nader.id)
    await shop.sell("o-1")
    await shop.sell("o-2", 200_000)
    await shop.settle()
    first, again, second = await texts_of(shop.nader)
    assert "You earned 20,000 toman" in first
    assert "Reference: " not in first
    before, _, note = again.rpartition("\n")
    assert before == first
    assert note.startswith("You may have received this already. Reference: ")
    assert "N-" in note
    assert "You earned 40,000 toman" in second


async def test_an_edit_whose_answer_is_lost_is_made_once(shop: Shop) -> None:
    await shop.playground.fault("cut_after", "editMessageText", chat_id=shop.admin.id)
    await shop.sell("o-1")
    await shop.settle()
    assert await texts_of(shop.admin) == []
    assert shop.rows("SELECT state, COUNT(*) FROM outbox GROUP BY state") == [
        ("sent", len(shop.rows("SELECT 1 FROM outbox")))
    ]


async def test_a_picture_whose_upload_is_cut_comes(shop: Shop) -> None:
    await shop.playground.fault("cut_before", "sendPhoto", count=2)
    await shop.karim.send("/link")
    poster = await shop.karim.receives("Look at these shoes:", timeout=PATIENCE_SECONDS)
    assert poster.photo is not None
    await shop.karim.receives("Your link", timeout=PATIENCE_SECONDS)


async def test_while_the_platform_is_away_nothing_is_lost(tmp_path: Path) -> None:
    async with (
        playground_server() as playground,
        gate_to(playground.address.url) as gate,
        Playground.connect(ServerAddress(gate.url, playground.token, playground.bot_username)) as seen_by_the_bot,
        running_app(seen_by_the_bot, tmp_path / "moaref.db"),
    ):
        shop = await opened_shop(playground, tmp_path / "moaref.db")
        people = await strangers(playground)
        await shop.admin.send(f"/purchase {shop.karim.id} 100000 shoes o-1")
        card = await shop.admin.receives("Record this purchase?")
        await gate.close()
        await card.tap("Yes, record it")
        await ask_everything(people)
        await asyncio.sleep(1.5)
        for phone in people:
            assert await texts_of(phone) == []
        await gate.open()
        await shop.settle()
        for phone in people:
            assert are_answers(await texts_of(phone))
        assert "You earned 20,000 toman" in (await shop.nader.receives()).text
        assert verify_file(shop.database).holds


async def test_somebody_who_blocks_the_bot_gets_what_is_due_when_they_are_back(shop: Shop) -> None:
    await shop.nader.block()
    await shop.settle()
    assert shop.rows("SELECT telegram_id FROM profiles WHERE blocked_at IS NOT NULL") == [(shop.nader.id,)]
    await shop.sell("o-1")
    await shop.sell("o-2", 200_000)
    await shop.settle()
    await shop.nader.receives_nothing()
    assert shop.rows("SELECT COUNT(*) FROM outbox WHERE state = 'blocked'") == [(2,)]
    await shop.nader.unblock()
    await shop.nader.send("/start")
    await shop.settle()
    earned, more, home = await texts_of(shop.nader)
    assert "You earned 20,000 toman" in earned
    assert "You earned 40,000 toman" in more
    assert "Your balance: 60,000 toman" in home
    assert shop.rows("SELECT telegram_id FROM profiles WHERE blocked_at IS NOT NULL") == []


async def test_who_blocks_the_bot_before_its_answer_is_marked_and_holds_up_nobody(shop: Shop) -> None:
    await shop.playground.conditions(delay_ms=300)
    await shop.nader.send("/help")
    while not shop.rows("SELECT 1 FROM outbox WHERE state = 'new'"):
        await asyncio.sleep(0.01)
    await shop.nader.block()
    await shop.karim.send("/help")
    await shop.karim.receives("What I can do", timeout=PATIENCE_SECONDS)
    await shop.playground.conditions()
    await shop.settle()
    await shop.nader.receives_nothing()
    assert shop.rows("SELECT telegram_id FROM profiles WHERE blocked_at IS NOT NULL") == [(shop.nader.id,)]
    assert any(call["answer"].get("error_code") == 403 for call in await shop.playground.calls("sendMessage"))
    await shop.nader.unblock()
    await shop.nader.receives("What I can do", timeout=PATIENCE_SECONDS)


async def test_a_malformed_update_between_good_ones_is_set_aside_and_holds_up_nobody(shop: Shop) -> None:
    sender = {"id": shop.nader.id, "is_bot": False, "first_name": "Nader"}
    broken = {"message": {"message_id": "seven", "from": sender, "chat": {"id": shop.nader.id}, "text": {"no": "text"}}}
    await shop.nader.send("/help")
    await shop.playground.inject(broken, {"callback_query": {"id": "1"}}, {"message": "what?"})
    await shop.nader.send("/balance")
    await shop.karim.send("/help")
    await shop.settle()
    help_card, regret, balance = await texts_of(shop.nader)
    assert "What I can do" in help_card
    assert "Something went wrong on our side" in regret
    assert "Your balance" in balance
    assert "What I can do" in (await shop.karim.receives()).text
    parked = shop.rows("SELECT reference, content IS NOT NULL, problem <> '' FROM inbox WHERE state = 'parked'")
    assert len(parked) == 3
    assert all(kept and problem for _, kept, problem in parked)
    assert parked[0][0] in regret


async def test_an_update_that_comes_again_under_its_number_does_nothing(shop: Shop) -> None:
    await shop.karim.send("/help")
    await shop.karim.receives("What I can do")
    number = (await shop.playground.updates())[-1]
    await shop.playground.deliver_again(number)
    await shop.settle()
    await shop.karim.receives_nothing()
    assert shop.rows("SELECT update_id FROM inbox").count((number,)) == 1


async def test_a_press_that_comes_again_under_another_number_moves_no_money(shop: Shop) -> None:
    await shop.sell("o-1")
    await shop.nader.receives("You earned")
    await shop.nader.send(f"/withdraw 5000 {SHEBA}")
    card = await shop.nader.receives("Is this right?")
    await card.tap("Yes, request it")
    await shop.nader.receives("Request 1 submitted")
    number = (await shop.playground.updates())[-1]
    again = await shop.playground.deliver_again(number, same_id=False)
    await shop.playground.deliver_again(number)
    assert again != number
    await shop.settle()
    await shop.nader.receives_nothing()
    assert shop.rows("SELECT number, amount, state FROM withdrawals") == [(1, 5000, "requested")]
    assert shop.rows("SELECT COUNT(*) FROM journal WHERE type = 'withdraw'") == [(1,)]


async def test_a_confirmed_purchase_that_comes_again_under_another_number_counts_once(shop: Shop) -> None:
    await shop.sell("o-1")
    press = (await shop.playground.updates())[-1]
    await shop.playground.deliver_again(press, same_id=False)
    await shop.settle()
    assert [text for text in await texts_of(shop.nader) if "You earned" in text] != []
    assert shop.rows("SELECT COUNT(*) FROM journal WHERE type = 'order'") == [(1,)]
    assert shop.rows("SELECT COUNT(*) FROM notices WHERE kind = 'commission'") == [(1,)]
