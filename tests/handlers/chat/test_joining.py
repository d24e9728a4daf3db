from pathlib import Path

import pytest

from chat import UNILEVEL, buttons_of, open_chat, texts_of
from plans import with_ranks

STARTER = {
    **UNILEVEL,
    "program": {**UNILEVEL["program"], "join": {"mode": "purchase", "products": ["starter", "starter-plus"]}},
    "ranks": [{"id": "base", "commission": "20%", "signup_bonus": 500}],
}
COSTS = (
    "You get a link of your own when you buy one of these:\n"
    "– \u2068starter\u2069\n"
    "– \u2068starter-plus\u2069\n\n"
    "Then you earn:\n"
    "On what your friends buy: 20%\n"
    "On sales of members one level below you: 15% of the direct commission\n"
    "On sales of members 2 levels below you: 12% of the direct commission\n"
    "On sales of members 3 levels below you: 8% of the direct commission\n"
    "The shares of the levels above you come out of your direct commission.\n"
    "For each member that you bring: 500 toman"
)


@pytest.mark.parametrize("command", ["/link", "/balance", "/team", "/rank"])
async def test_who_has_not_joined_sees_what_joining_costs_and_brings(tmp_path: Path, command: str) -> None:
    async with open_chat(tmp_path, STARTER) as chat:
        effects = await chat.send(await chat.arrive("Hamid"), command)
        assert texts_of(effects) == [COSTS]
        assert list(buttons_of(effects.outgoing[0])) == ["Rates", "Home"]


async def test_the_home_card_shows_it_below_the_shops_welcome(tmp_path: Path) -> None:
    async with open_chat(tmp_path, STARTER) as chat:
        sara = await chat.member("Sara")
        hamid = await chat.friend("Hamid", sara)
        effects = await chat.send(hamid, "/start")
        text = texts_of(effects)[0]
        assert text.startswith("<b>Welcome to \u2068Nader's Shop\u2069</b>\n\n\u2068Sara\u2069 invited you.\n")
        assert text.endswith(COSTS)
        assert "Get my link" not in buttons_of(effects.outgoing[0])
        stranger = texts_of(await chat.send(await chat.arrive("Karim"), "/start"))[0]
        assert "invited you" not in stranger
        assert stranger.endswith(COSTS)


async def test_after_the_purchase_they_are_a_member_with_a_link(tmp_path: Path) -> None:
    async with open_chat(tmp_path, STARTER) as chat:
        hamid = await chat.friend("Hamid", await chat.member("Sara"))
        await chat.buy(hamid, 100_000, "o1", "starter")
        assert "Your link" in texts_of(await chat.send(hamid, "/link"))[1]
        assert "Your balance: 0 toman" in texts_of(await chat.send(hamid, "/start"))[0]


async def test_where_no_product_joins_it_says_so(tmp_path: Path) -> None:
    tables = with_ranks({"id": "base", "commission": "20%"}, join={"mode": "purchase"})
    async with open_chat(tmp_path, tables) as chat:
        text = texts_of(await chat.send(await chat.arrive("Hamid"), "/link"))[0]
        assert "– at the moment there is nothing that does" in text


async def test_in_persian_too(tmp_path: Path) -> None:
    async with open_chat(tmp_path, STARTER) as chat:
        text = texts_of(await chat.send(await chat.arrive("حمید", language="fa"), "/start"))[0]
        assert "برای گرفتن لینک دعوت باید یکی از این‌ها را بخرید:\nمحصول \u2068starter\u2069" in text
        assert "از خرید دوستان شما: ۲۰٪" in text
