import re
from pathlib import Path
from typing import Any

from bot.kit.effects import Effects
from chat import DAY, UNILEVEL, buttons_of, open_chat, texts_of
from handlers.chat.buttons import OpenOffers
from plans import WEEKLY, binary, with_plan

NOWRUZ = {
    "id": "nowruz",
    "products": ["phone", "case"],
    "starts": "2026-03-20T00:00:00Z",
    "ends": "2026-04-03T20:30:00Z",
    "commission": "30%",
}
SPRING = {"id": "spring", "categories": ["books"], "starts": "2026-04-01T20:30:00Z", "commission": "5000"}
RATES = [{"product": "phone", "commission": "10%"}, {"category": "books", "commission": "12.5%"}]


def lines(effects: Effects) -> list[str]:
    return re.sub("<[^<>]+>|[\u2066\u2068\u2069]", "", texts_of(effects)[0]).split("\n")


def programme(**more: Any) -> dict[str, Any]:
    return {**UNILEVEL, **more}


async def test_offers_come_before_rates_and_rates_before_the_rank(tmp_path: Path) -> None:
    async with open_chat(tmp_path, programme(offers=[NOWRUZ, SPRING], rates=RATES)) as chat:
        assert lines(await chat.send(await chat.member("Nader"), "/offers")) == [
            "Offers and special rates",
            "30%, offer “nowruz”",
            "– until the end of 2026-04-03",
            "– on the product phone",
            "– on the product case",
            "5,000 toman each, offer “spring”",
            "– from 2026-04-02 00:00",
            "– on the category books",
            "10%, product phone",
            "12.5%, category books",
            "",
            "Everything else",
            "On what your friends buy: 20%",
            "On sales of members one level below you: 15% of the direct commission",
            "On sales of members 2 levels below you: 12% of the direct commission",
            "On sales of members 3 levels below you: 8% of the direct commission",
            "The shares of the levels above you come out of your direct commission.",
        ]


async def test_an_offer_is_shown_to_those_it_is_for_and_no_longer_than_it_holds(tmp_path: Path) -> None:
    async with open_chat(tmp_path, programme(offers=[{**NOWRUZ, "members": ["nobody"]}])) as chat:
        nader = await chat.member("Nader")
        assert "No offers or special rates at the moment." in lines(await chat.send(nader, "/offers"))
    (tmp_path / "other").mkdir()
    async with open_chat(tmp_path / "other", programme(offers=[NOWRUZ])) as chat:
        nader = await chat.member("Nader")
        assert "30%, offer “nowruz”" in lines(await chat.send(nader, "/offers"))
        chat.clock.now += 30 * DAY
        assert "30%, offer “nowruz”" not in lines(await chat.send(nader, "/offers"))


async def test_an_offer_on_everything_says_so_and_a_long_one_says_how_many_more(tmp_path: Path) -> None:
    every = {"id": "all", "commission": "40%"}
    many = {"id": "many", "commission": "1%", "products": [f"p{number}" for number in range(11)]}
    async with open_chat(tmp_path, programme(offers=[every, many])) as chat:
        told = lines(await chat.send(await chat.member("Nader"), "/offers"))
        assert told[1:3] == ["40%, offer “all”", "– on every product"]
        assert "– on the product p7" in told
        assert "– on the product p8" not in told
        assert "– and 3 more" in told


async def test_pairing_is_among_what_pays(tmp_path: Path) -> None:
    async with open_chat(tmp_path, binary(pairing=WEEKLY)) as chat:
        told = lines(await chat.send(await chat.member("Nader"), "/offers"))
        assert "Pairing bonus: 10% of your weaker leg, paid every week" in told


async def test_shares_of_the_sale_are_told_as_such(tmp_path: Path) -> None:
    async with open_chat(tmp_path, with_plan(kind="unilevel", levels=["3%"], base="sale")) as chat:
        told = lines(await chat.send(await chat.member("Nader"), "/offers"))
        assert told[-1] == "On sales of members one level below you: 3% of the order"


async def test_eight_a_page(tmp_path: Path) -> None:
    rates = [{"product": f"p{number}", "commission": "10%"} for number in range(1, 11)]
    async with open_chat(tmp_path, programme(rates=rates)) as chat:
        nader = await chat.member("Nader")
        first = await chat.send(nader, "/offers")
        assert [each for each in lines(first) if "product" in each][-1] == "10%, product p8"
        assert list(buttons_of(first.outgoing[0])) == ["Next", "Home"]
        second = await chat.press(nader, buttons_of(first.outgoing[0])["Next"])
        assert lines(second)[1:3] == ["10%, product p9", "10%, product p10"]
        assert list(buttons_of(second.outgoing[0])) == ["Previous", "Home"]
        assert lines(await chat.press(nader, OpenOffers(-5))) == lines(first)


async def test_somebody_who_has_not_joined_sees_what_the_first_rank_pays(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        effects = await chat.send(await chat.arrive("Hamid", language="fa"), "/offers")
        assert "از خرید دوستان شما: ۲۰٪" in lines(effects)
        assert "دریافت لینک دعوت" in buttons_of(effects.outgoing[0])


async def test_a_pairing_bonus_is_named_with_the_pair_that_it_is_paid_for(tmp_path: Path) -> None:
    pairing = {"period": "day", "unit": 100_000, "bonus": 5_000}
    async with open_chat(tmp_path, with_plan(kind="binary", spill="left", pairing=pairing)) as chat:
        told = lines(await chat.send(await chat.member("Nader"), "/offers"))
        assert "Pairing bonus: 5,000 toman for each pair of 100,000 toman in both legs, paid every day" in told
    (tmp_path / "other").mkdir()
    uneven = {**pairing, "measure": "members", "unit": 2, "ratio": "2:1"}
    async with open_chat(tmp_path / "other", with_plan(kind="binary", spill="left", pairing=uneven)) as chat:
        told = lines(await chat.send(await chat.member("Nader"), "/offers"))
        pair = "each pair of 2 members in one leg and twice that in the other"
        assert f"Pairing bonus: 5,000 toman for {pair}, paid every day" in told
