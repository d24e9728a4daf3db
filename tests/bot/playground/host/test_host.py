"""What can be done to the demo: time, people, plans, languages, troubles, and beginning anew."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.config import build
from bot.playground import Phone
from bot.playground.host.plans import load_plans
from demo import Demo, open_demo
from engine.verify.ledger import verify_file

DAY_MS = 86_400_000
Json = dict[str, Any]


def stores_in(folder: Path) -> set[str]:
    """The files there, but for what belongs to a store that is there too: its log, and the state that was proved."""
    names = {path.name for path in folder.iterdir() if not path.name.endswith(("-wal", "-shm"))}
    return {name for name in names if name.removesuffix(".proven") == name or name.removesuffix(".proven") not in names}


async def take_up(demo: Demo, who: str) -> Phone:
    person = next(each for each in (await demo.state())["people"] if each["username"] == who)
    name = person["name"][person["language"]]
    return await demo.phones.phone(person["id"], name, username=who, language_code=person["language"])


async def link_of(phone: Phone) -> str:
    await phone.send("/link")
    return str((await phone.receives("Your link")).copy_texts[0])


async def record_a_purchase(demo: Demo, buyer: str, amount: int) -> None:
    hamid = await take_up(demo, "hamid")
    await hamid.send(f"/purchase @{buyer} {amount}")
    await (await hamid.receives("Record this purchase?")).press("Yes, record it")


async def test_the_state_names_the_people_with_phones_in_their_order(demo: Demo) -> None:
    state = await demo.state()
    people = [(each["username"], each["role"], each["name"]["en"]) for each in state["people"]]
    assert people == [("nader", "member", "Nader"), ("babak", "friend", "Babak"), ("hamid", "admin", "Hamid")]
    assert (state["generation"], state["lang"], state["plan"]) == (0, "en", "unilevel")
    assert (state["busy"], state["shop"]) == (None, True)


@pytest.mark.parametrize("plan", load_plans().values(), ids=lambda plan: plan.id)
def test_every_plan_is_a_configuration_that_holds(plan: Any) -> None:
    build(plan.tables, {}, Path(), token_needed=False)
    for texts in (plan.title, plan.sentence, plan.portrait.strength, plan.portrait.drawback):
        assert set(texts) == {"en", "fa"}
        assert all(texts.values())


async def test_the_state_has_the_drawing_of_each_plan(demo: Demo) -> None:
    plans = {each["id"]: each for each in (await demo.state())["plans"]}
    assert {each["payee"]: each["rate"] for each in plans["unilevel"]["drawing"]["payments"]} == {
        "F": None, "E": "15%", "B": "12%", "A": "8%",
    }  # fmt: skip
    assert {each["name"]: each["parent"] for each in plans["binary"]["drawing"]["members"]}["D"] == "B"
    assert plans["direct"]["strength"]["en"].startswith("The easiest to explain")


async def test_the_state_has_what_each_plan_pays_for_an_order(demo: Demo) -> None:
    examples = {each["id"]: each["example"] for each in (await demo.state())["plans"]}
    assert {(each["price"], each["currency"], each["exponent"]) for each in examples.values()} == {(100_000, "IRT", 0)}
    assert {id: each["shares"] for id, each in examples.items()} == {
        "unilevel": {"A": 1_600, "B": 2_400, "E": 3_000, "F": 13_000},
        "direct": {"F": 15_000},
        "matrix": {"A": 2_000, "B": 3_000, "E": 5_000, "F": 10_000},
        "binary": {"F": 10_000},
    }
    alone = {id: each["alone"] for id, each in examples.items()}
    assert alone == {"unilevel": 20_000, "direct": 15_000, "matrix": 10_000, "binary": 10_000}
    assert {id: each["pairing"] for id, each in examples.items() if each["pairing"]} == {"binary": "8%"}


async def test_what_comes_next_is_told_in_order_with_what_matures(demo: Demo) -> None:
    await demo.post("/demo/plan", {"id": "direct"})
    await demo.earn_a_commission(amount="15,000")
    answer = (await demo.get("/demo/upcoming")).result
    now = (await demo.state())["now"]
    moments = [each["at"] for each in answer["upcoming"]]
    assert moments == sorted(moments)
    assert all(now < moment < now + 40 * DAY_MS for moment in moments)
    (maturity,) = [each for each in answer["upcoming"] if each["what"] == "maturity"]
    assert (maturity["count"], maturity["amount"], answer["currency"]) == (1, 15_000, "IRT")
    assert {"admin-summary", "tidying"} <= {each["what"] for each in answer["upcoming"]}
    await demo.post("/demo/clock", {"days": 8})
    later = (await demo.get("/demo/upcoming")).result["upcoming"]
    assert "maturity" not in {each["what"] for each in later}
    assert later[0]["at"] > now + 8 * DAY_MS


async def test_what_comes_next_is_told_while_time_passes_and_not_before_the_bot_serves(demo: Demo) -> None:
    passing = asyncio.create_task(demo.post("/demo/clock", {"months": 1}))
    while (await demo.state())["busy"] is None:
        await asyncio.sleep(0.01)
    assert (await demo.get("/demo/upcoming")).status == 200
    await passing
    beginning = asyncio.create_task(demo.post("/demo/restart"))
    while not demo.host.changing:
        await asyncio.sleep(0.001)
    assert (await demo.get("/demo/upcoming")).status == 503
    await beginning
    assert (await demo.get("/demo/upcoming")).status == 200


async def test_a_week_ripens_what_the_direct_plan_keeps_for_seven_days(demo: Demo) -> None:
    await demo.post("/demo/plan", {"id": "direct"})
    nader, babak = await take_up(demo, "nader"), await take_up(demo, "babak")
    await babak.open(await link_of(nader))
    await babak.receives("invited you")
    await record_a_purchase(demo, "babak", 100_000)
    await nader.receives("15,000")
    before = (await demo.state())["now"]
    answer = await demo.post("/demo/clock", {"days": 7})
    assert answer.result["now"] - before >= 7 * DAY_MS
    await nader.send("/balance")
    await nader.receives("Available", "15,000")


async def test_what_was_said_before_time_passed_is_answered_before(demo: Demo) -> None:
    nader = await take_up(demo, "nader")
    await nader.send("/start")
    await demo.post("/demo/clock", {"months": 1})
    answer = (await demo.phones.get(f"chats/{nader.id}"))["messages"][-1]
    assert answer["from"]["is_bot"]
    assert answer["date"] < (await demo.state())["now"] / 1000 - 30 * 86_400


async def test_a_crowd_comes_buys_for_a_month_and_leaves_right_books(demo: Demo) -> None:
    before = (await demo.state())["now"]
    going = asyncio.create_task(demo.post("/demo/members"))
    seen = []
    while not going.done():
        busy = (await demo.state())["busy"]
        if busy is not None and busy["label"] == "members":
            seen.append((busy["done"], busy["total"]))
        await asyncio.sleep(0.02)
    assert (await going).result["now"] - before >= 30 * DAY_MS
    assert seen == sorted(seen)
    assert seen[-1][1] == 30
    nader = await take_up(demo, "nader")
    await nader.read_all()
    await nader.send("/team")
    await nader.receives("Level 1: 4 members")
    verdict = verify_file(demo.host.show.store)
    assert (verdict.problems, verdict.members) == ((), 81)
    assert 20 < len(await nader.messages()) < 120


async def test_two_crowds_find_their_places_under_two_legs(demo: Demo) -> None:
    await demo.post("/demo/plan", {"id": "binary"})
    await demo.post("/demo/members")
    await demo.post("/demo/members")
    verdict = verify_file(demo.host.show.store)
    assert (verdict.problems, verdict.members) == ((), 161)


async def test_beginning_anew_forgets_everybody_and_the_store(demo: Demo, tmp_path: Path) -> None:
    nader = await take_up(demo, "nader")
    await link_of(nader)
    await demo.post("/demo/clock", {"days": 3})
    old = await demo.state()
    new = (await demo.post("/demo/restart")).result
    assert new["generation"] == old["generation"] + 1
    assert new["now"] < old["now"] - 2 * DAY_MS
    assert stores_in(tmp_path) == {"moaref-2.db"}
    assert (await demo.phones.get(f"chats/{nader.id}"))["messages"] == []
    again = await take_up(demo, "nader")
    await again.send("/start")
    await (await again.receives("Nader's Shoes")).press("Get my link")


async def test_stores_of_earlier_beginnings_are_kept_where_that_was_asked_for(tmp_path: Path) -> None:
    async with open_demo(tmp_path, kept=True) as demo:
        await demo.post("/demo/restart")
    assert stores_in(tmp_path) == {"moaref-1.db", "moaref-2.db"}


async def test_another_language_is_spoken_to_everybody(demo: Demo) -> None:
    state = (await demo.post("/demo/language", {"lang": "fa"})).result
    assert (state["lang"], {each["language"] for each in state["people"]}) == ("fa", {"fa"})
    nader = await take_up(demo, "nader")
    await nader.send("/start")
    await nader.receives("کفش نادر")


async def test_another_language_loses_nothing_and_reaches_who_does_not_write(demo: Demo) -> None:
    await demo.earn_a_commission()
    before = await demo.state()
    written = [each.get("text") for each in (await demo.phones.get("chats/101"))["messages"]]
    state = (await demo.post("/demo/language", {"lang": "fa"})).result
    assert (state["generation"], state["run"], state["journal"]) == (0, before["run"], before["journal"])
    assert [each.get("text") for each in (await demo.phones.get("chats/101"))["messages"]] == written
    hamid = await take_up(demo, "hamid")
    await hamid.send("/purchase @babak 50000")
    card = await hamid.receives("بابک")
    await card.press("بله")
    nader, seen = (await demo.state())["people"][0], len(written)
    async with asyncio.timeout(10):
        while len(told := (await demo.phones.get(f"chats/{nader['id']}"))["messages"]) == seen:
            await asyncio.sleep(0.05)
    assert "تومان" in told[-1]["text"]
    assert "بابک" in told[-1]["text"]


@pytest.mark.parametrize(("kind", "copies"), [("429", 1), ("500", 1), ("cut_before", 1), ("cut_after", 2)])
async def test_a_trouble_meets_the_next_message_and_the_bot_gets_over_it(demo: Demo, kind: str, copies: int) -> None:
    nader = await take_up(demo, "nader")
    planned = (await demo.post("/demo/trouble", {"kind": kind})).result
    assert planned["kind"] == kind
    await nader.send("/start")
    for _ in range(copies):
        await nader.receives("Nader's Shoes", timeout=10)
    assert [call["fault"] for call in await demo.phones.calls("sendMessage") if call["fault"]] == [kind]


async def test_the_journal_tells_what_is_written_with_its_transfers_and_names(demo: Demo) -> None:
    nader, babak = await take_up(demo, "nader"), await take_up(demo, "babak")
    await babak.open(await link_of(nader))
    await babak.receives("invited you")
    seen = (await demo.get("/demo/journal")).result["rows"][-1]["seq"]
    waiting = asyncio.create_task(demo.get("/demo/journal", after=seen, timeout=10))
    await record_a_purchase(demo, "babak", 100_000)
    answer = (await waiting).result
    (order,) = answer["rows"]
    assert (order["type"], order["content"]["lines"][0]["amount"]) == ("order", 100_000)
    (transfer,) = order["transfers"]
    assert (transfer["amount"], transfer["currency"], transfer["exponent"]) == (20_000, "IRT", 0)
    assert set(answer["names"].values()) == {"Nader", "Babak", "Hamid"}


async def test_waiting_for_the_journal_ends_with_its_show(demo: Demo) -> None:
    waiting = asyncio.create_task(demo.get("/demo/journal", after=1, timeout=50))
    await asyncio.sleep(0.1)
    await demo.post("/demo/restart")
    async with asyncio.timeout(2):
        assert (await waiting).result["generation"] == 1
