"""What each friend brought, added up anew whenever the member looks."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

from bot.kit.person import Person
from chat import UNILEVEL, Chat, open_chat
from engine.events.model import Reject

MANY = 10_000


async def sums(chat: Chat, member: Person) -> dict[str, int]:
    found, total = await chat.links.best_friends(member.id, skip=0, size=99)
    assert total == len(found)
    assert [each.earned for each in found] == sorted((each.earned for each in found), reverse=True)
    by_date, _ = await chat.links.friends(member.id, skip=0, size=99)
    dated = {each.person: each.earned for each in by_date if each.earned}
    assert dated == {each.person: each.earned for each in found}
    return dated


async def test_a_friend_s_sum_is_their_direct_commissions_less_what_was_taken_back(tmp_path: Path) -> None:
    tables = {**UNILEVEL, "program": {**UNILEVEL["program"], "approval": "manual"}, "plan": {"kind": "direct"}}
    async with open_chat(tmp_path, tables) as chat:
        sara = await chat.member("Sara")
        assert await sums(chat, sara) == {}
        hamid, karim, ali = [await chat.friend(each, sara) for each in ("Hamid", "Karim", "Ali")]
        await chat.buy(hamid, 100_000, "o-1")
        await chat.buy(karim, 200_000, "o-2")
        assert await sums(chat, sara) == {karim.id: 40_000, hamid.id: 20_000}
        await chat.buy(hamid, 100_000, "o-3")
        await chat.engine.refund("o-2", 150_000, key="r", actor="admin")
        await chat.buy(ali, 50_000, "o-4")
        await chat.engine.submit(Reject("order:o-4", sara.id), key="reject")
        assert await sums(chat, sara) == {hamid.id: 40_000, karim.id: 10_000}, "a rejected commission brought nothing"
        assert await sums(chat, sara) == {hamid.id: 40_000, karim.id: 10_000}, "a second look adds nothing"


async def test_levels_and_bonuses_are_no_friend_s(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara")
        ali = await chat.member("Ali", sara)
        hamid = await chat.friend("Hamid", ali)
        await chat.buy(hamid, 100_000, "o-1")
        assert await sums(chat, sara) == {}
        assert await sums(chat, ali) == {hamid.id: 17_000}


async def test_a_shop_s_customer_who_turns_out_to_be_a_friend_brings_to_that_friend(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara")
        hamid = await chat.friend("Hamid", sara)
        customer, _ = await chat.engine.get_or_create_person("shop:main", "7")
        await chat.engine.attribute(customer, sara.id, key="a")
        await chat.engine.purchase("main:1", customer, 100_000, "shoes", actor="shop")
        assert await sums(chat, sara) == {customer: 20_000}
        await linked(tmp_path, customer, hamid.id)
        await chat.buy(hamid, 50_000, "o-2")
        assert await sums(chat, sara) == {hamid.id: 30_000}
        await chat.engine.purchase("main:2", customer, 100_000, "shoes", actor="shop")
        assert await sums(chat, sara) == {hamid.id: 50_000}


async def linked(folder: Path, earlier: str, person: str) -> None:
    with closing(sqlite3.connect(folder / "moaref.db", timeout=10)) as connection:
        connection.execute("INSERT INTO shop_links VALUES ('main', '7', ?, ?, 0)", (earlier, person))
        connection.commit()


async def test_pages_of_ten_thousand_friends_come_at_once(tmp_path: Path) -> None:
    """Bounds a walk through all of them, not the machine: a page takes some milliseconds."""
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara")
        hamid = await chat.friend("Hamid", sara)
        await chat.buy(hamid, 1_000, "o-1")
        await chat.links.friends(sara.id, skip=0, size=6)
        with closing(sqlite3.connect(tmp_path / "moaref.db", timeout=10)) as connection:
            friends = [(f"F{number:06}", sara.id, number) for number in range(MANY)]
            connection.executemany("INSERT INTO persons VALUES (?, ?, ?, NULL, 1)", friends)
            connection.executemany(
                "INSERT INTO friend_sums VALUES (?, ?, ?)", [(sara.id, id, 1 + at) for id, _, at in friends]
            )
            connection.commit()
        begun = time.process_time()
        best, total = await chat.links.best_friends(sara.id, skip=0, size=6)
        last, _ = await chat.links.best_friends(sara.id, skip=MANY - 5, size=6)
        newest, everybody = await chat.links.friends(sara.id, skip=0, size=6)
        assert time.process_time() - begun < 1
        assert (total, everybody) == (MANY + 1, MANY + 1)
        assert [each.earned for each in best] == [MANY - place for place in range(6)]
        assert len(last) == 6
        assert len(newest) == 6
