"""A start that finds the store gone or older than it was: it says so, answers nobody, and waits for a word."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.inbox.update_gap import GAP_MAX, is_gap, is_word
from bot.playground import Playground, playground_server
from bot.playground.story import shop_tables
from bot.store.inbox import Confirmed
from connected import connected
from engine.verify.ledger import verify_file
from running import ADMIN, BotProcess, running_app


async def greeted(playground: Playground, id: int, name: str) -> None:
    phone = await playground.phone(id, name, language_code="en")
    await phone.send("/start")
    await phone.receives()


async def end_of(bot: BotProcess) -> int:
    """The status of a bot that ends by itself."""
    await bot.start()
    return await asyncio.to_thread(bot.wait)


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("moaref.db*"))


def sizes(folder: Path) -> dict[str, int]:
    return {file.name: file.stat().st_size for file in folder.glob("*.db*")}


def delete(folder: Path) -> None:
    for file in files(folder):
        file.unlink()


async def test_a_store_that_is_gone_is_not_made_anew_without_a_word(tmp_path: Path) -> None:
    async with playground_server() as playground:
        bot = BotProcess.prepared(playground, tmp_path, shop_tables())
        await bot.start_and_wait()
        await greeted(playground, 101, "Nader")
        await asyncio.to_thread(bot.stop)
        delete(tmp_path)
        left = sizes(tmp_path)
        assert await end_of(bot) == 1
        assert "there is no store, but this bot has served" in bot.log
        assert "moaref run --new-store" in bot.log
        assert sizes(tmp_path) == left
        await bot.start_and_wait("--new-store")
        await greeted(playground, 102, "Karim")
        await asyncio.to_thread(bot.stop)


async def test_yesterdays_copy_is_noticed_and_served_after_a_word(tmp_path: Path) -> None:
    async with playground_server() as playground:
        bot = BotProcess.prepared(playground, tmp_path, shop_tables())
        await bot.start_and_wait()
        await greeted(playground, 101, "Nader")
        await asyncio.to_thread(bot.stop)
        shutil.copyfile(tmp_path / "moaref.db", tmp_path / "copy")
        await bot.start_and_wait()
        await greeted(playground, 102, "Karim")
        await asyncio.sleep(6)  # the record is written every five seconds
        bot.kill()
        delete(tmp_path)
        (tmp_path / "copy").rename(tmp_path / "moaref.db")
        assert await end_of(bot) == 1
        assert "the store is older than what has been served" in bot.log
        await bot.start_and_wait("--new-store")
        await greeted(playground, 103, "Sara")
        await asyncio.to_thread(bot.stop)
    assert verify_file(tmp_path / "moaref.db").holds


async def test_a_record_that_nobody_can_write_stops_nothing(tmp_path: Path) -> None:
    async with playground_server() as playground:
        bot = BotProcess.prepared(playground, tmp_path, shop_tables())
        (tmp_path / f".moaref-{playground.token.partition(':')[0]}.json").mkdir()
        await bot.start_and_wait()
        assert await asyncio.to_thread(bot.stop) == 0
    assert "store record not written" in bot.log
    assert "Traceback" not in bot.log


def expect(store: Path, *, behind: int) -> None:
    """The store as it would be if the platform had been told of so many updates more."""
    with closing(sqlite3.connect(store)) as connection, connection:
        assert connection.execute("UPDATE confirmed_updates SET next = next - ?", (behind,)).rowcount == 1


async def test_a_store_far_behind_what_the_platform_has_had_confirmed_waits_for_an_admins_word(tmp_path: Path) -> None:
    store = tmp_path / "moaref.db"
    async with playground_server() as playground:
        admin = await playground.phone(ADMIN, "Hamid", language_code="en")
        nader = await playground.phone(101, "Nader", language_code="en")
        async with running_app(playground, store):
            for phone in (admin, nader):
                await phone.send("/start")
                await phone.receives()
        expect(store, behind=GAP_MAX + 3)
        async with running_app(playground, store, restarted=True):
            heard = len(await nader.messages())
            await nader.send("/link")
            await nader.send("/new_store")  # no admin
            await admin.receives("The bot answers nobody", timeout=20)
            await asyncio.sleep(6)  # it looks again, and neither answers nor says it again
            assert len(await nader.messages()) == heard
            await admin.send("/new_store")
            await admin.receives("The bot goes on with this store", timeout=20)
            await nader.receives("Your link", timeout=20)
            cards = [card.text for card in await admin.messages()]
            assert sum("answers nobody" in text for text in cards) == 1
    assert verify_file(store).holds


async def test_while_it_waits_for_a_word_shops_are_told_to_come_again(tmp_path: Path) -> None:
    async with connected(tmp_path) as shop:
        shop.app.stores.hold("older")
        answer = await shop.order(order="1")
        assert (answer.status_code, "Retry-After" in answer.headers) == (503, True)
        shop.app.stores.release()
        assert (await shop.order(order="1")).status_code == 201


@pytest.mark.parametrize(
    ("lowest", "hours", "gap"),
    [
        (1_000, 1, False),
        (1_000 + GAP_MAX, 1, False),
        (1_001 + GAP_MAX, 1, True),
        (9_000, 0, True),
        (9_000, 23, True),
        (9_000, 24, False),  # the rest may have expired
        (9_000, 200, False),  # the platform may count anew
        (5, 1, False),
    ],
)
def test_a_gap_is_judged_while_the_platform_still_keeps_what_is_missing(lowest: int, hours: int, gap: bool) -> None:
    assert is_gap(Confirmed(next=1_000, at=7_000_000), lowest, 7_000_000 + hours * 3_600_000) is gap


@pytest.mark.parametrize(
    ("message", "is_one"),
    [
        ({"text": "/new_store"}, True),
        ({"text": " /new_store "}, True),
        ({"text": "/new_store please"}, False),
        ({"text": "/new_store", "from": {"id": 101}, "chat": {"id": 101}}, False),
        ({"text": "/new_store", "chat": {"id": -100}}, False),
        ({"text": "/new_store", "forward_origin": {}}, False),
        ({"text": "/new_store", "forward_date": 5}, False),
        ({"text": "/new_store", "via_bot": {}}, False),
        ({"photo": []}, False),
        ({"text": None, "from": None}, False),
    ],
)
def test_only_an_admins_own_words_in_their_chat_are_the_word(message: dict[str, object], is_one: bool) -> None:
    whole = {"from": {"id": ADMIN}, "chat": {"id": ADMIN}, **message}
    assert is_word({"update_id": 1, "message": whole}, frozenset({ADMIN})) is is_one
    assert not is_word({"update_id": 1, "message": None}, frozenset({ADMIN}))
