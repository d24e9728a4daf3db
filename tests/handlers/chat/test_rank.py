import re
from pathlib import Path

from bot.kit.effects import Effects
from chat import buttons_of, open_chat, texts_of
from handlers.chat.buttons import OpenRank
from plans import BASE, SILVER, WEEKLY, binary, with_ranks


def lines(effects: Effects) -> list[str]:
    return re.sub("<[^<>]+>|[\u2066\u2068\u2069]", "", texts_of(effects)[0]).split("\n")


async def test_the_next_rank_is_told_with_what_it_asks_and_how_far_each_is(tmp_path: Path) -> None:
    async with open_chat(tmp_path, with_ranks(BASE, SILVER)) as chat:
        nader = await chat.member("Nader")
        await chat.buy(await chat.member("Babak", nader), 100_000, "o1")
        assert lines(await chat.send(nader, "/rank")) == [
            "Your rank: base",
            "On what your friends buy: 20%",
            "",
            "The next rank: silver",
            "Pays 25% on your friends' purchases. To reach it:",
            "– sold: 100,000 toman of 300,000 toman",
            "– earned: 20,000 toman of 50,000 toman",
            "– members brought: 1 of 2",
            "Reaching it pays 9,000 toman once.",
        ]


async def test_at_the_top_there_is_no_next_one(tmp_path: Path) -> None:
    async with open_chat(tmp_path, with_ranks(BASE, {**SILVER, "requires": {"recruits": 1}})) as chat:
        nader = await chat.member("Nader")
        await chat.member("Babak", nader)
        told = lines(await chat.send(nader, "/rank"))
        assert told[0] == "Your rank: silver"
        assert told[-1] == "This is the highest rank."


async def test_a_single_rank_says_so(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        assert lines(await chat.send(await chat.member("Nader"), "/rank"))[-1] == "This programme has just one rank."


async def test_a_ranks_bonus_and_caps_are_part_of_what_it_gives(tmp_path: Path) -> None:
    base = {"id": "base", "commission": "5000", "signup_bonus": 700, "max_commission": 9000, "pairing_cap": 0}
    tables = {**binary(pairing={**WEEKLY, "cap": 80_000}), "ranks": [base]}
    tables["program"] = {**tables["program"], "max_earnings": 1_000_000}
    async with open_chat(tmp_path, tables) as chat:
        nader = await chat.member("Nader")
        await chat.buy(await chat.friend("Hamid", nader), 100_000, "o1")
        assert lines(await chat.send(nader, "/rank"))[1:6] == [
            "On what your friends buy: 5,000 toman each",
            "For each member that you bring: 700 toman",
            "A single commission can be 9,000 toman at most.",
            "One period's pairing can be 80,000 toman at most.",
            "All your earnings together can be 1,000,000 toman at most; they are 5,000 toman so far.",
        ]


async def test_it_can_be_opened_by_a_button_in_place_and_fresh_under_news(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        nader = await chat.member("Nader", language="fa")
        page = await chat.press(nader, OpenRank())
        assert page.outgoing[0].method == "editMessageText"
        assert "رتبهٔ شما: base" in lines(page)
        assert "home:0" in buttons_of(page.outgoing[0]).values()
        assert (await chat.press(nader, OpenRank(fresh=True))).outgoing[0].method == "sendMessage"


async def test_somebody_who_has_not_joined_has_no_rank(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        effects = await chat.send(await chat.arrive("Hamid"), "/rank")
        assert "You have no rank yet." in texts_of(effects)[0]
        assert "Get my link" in buttons_of(effects.outgoing[0])
