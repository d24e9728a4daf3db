from pathlib import Path

import pytest

from bot.kit.person import Person
from chat import UNILEVEL, Chat, buttons_of, open_chat, texts_of
from engine.queries.views import Entry
from handlers.chat.buttons import OpenHistory
from handlers.chat.history import what_of


async def seller_with(chat: Chat, orders: int) -> Person:
    """Sara, whose friend Hamid has bought so many times."""
    sara = await chat.member("Sara")
    hamid = await chat.friend("Hamid", sara)
    for number in range(1, orders + 1):
        await chat.buy(hamid, 100_000, f"A{number}")
    return sara


async def test_an_empty_history_leads_a_member_to_the_link_that_they_have(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        effects = await chat.send(await chat.member("Sara"), "/history")
        assert "Nothing has happened yet" in texts_of(effects)[0]
        assert list(buttons_of(effects.outgoing[0])) == ["My link", "Home"]


async def test_an_empty_history_offers_a_link_to_whoever_has_none(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        effects = await chat.send(await chat.arrive("Hamid"), "/history")
        assert texts_of(effects)[0].startswith("Nothing has happened yet. Get your link")
        assert list(buttons_of(effects.outgoing[0])) == ["Get my link", "Home"]


async def test_six_entries_a_page_with_older_newer_and_why(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await seller_with(chat, 8)
        first = await chat.send(sara, "/history")
        assert "page 1 of 2" in texts_of(first)[0]
        assert (
            "\n\n<u>Today</u>\n1) Purchase by \u2068Hamid\u2069: <b>+20,000 toman</b>\n2) Purchase by"
            in texts_of(first)[0]
        )
        buttons = buttons_of(first.outgoing[0])
        assert list(buttons) == ["1", "2", "3", "4", "5", "6", "Older", "Chart of earnings", "Home"]
        assert texts_of(first)[0].endswith("\n\nWhy? Tap a number:")
        assert buttons["1"] == "why:8:1"
        second = await chat.press(sara, buttons["Older"])
        assert second.outgoing[0].method == "editMessageText"
        assert list(buttons_of(second.outgoing[0])) == ["1", "2", "Newer", "Chart of earnings", "Home"]


@pytest.mark.parametrize("page", [-3, 0, 99])
async def test_a_page_that_is_not_there_is_the_nearest_one(tmp_path: Path, page: int) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await seller_with(chat, 1)
        assert "page 1 of 1" in texts_of(await chat.press(sara, OpenHistory(page)))[0]


async def test_each_step_of_the_money_has_its_own_words_and_sign(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await seller_with(chat, 1)
        kept = await chat.engine.keep_destination(sara.id, "card", "6037991000000004")
        await chat.engine.withdraw("w1", sara.id, 5000, kept)
        await chat.engine.settle("w1", "rejected", actor="admin")
        await chat.engine.withdraw("w2", sara.id, 6000, kept)
        await chat.engine.authorise("w2", actor="admin")
        await chat.engine.settle("w2", "paid", actor="admin")
        await chat.engine.refund("A1", 50_000, key="r", actor="admin")
        newest = texts_of(await chat.send(sara, "/history"))[0]
        assert "1) Refund · Purchase by \u2068Hamid\u2069: <b>\u221210,000 toman</b>" in newest
        assert "2) Withdrawal paid: <b>6,000 toman</b>" in newest
        assert "3) Withdrawal requested: <b>\u22126,000 toman</b>" in newest
        assert "4) Withdrawal given back: <b>+5,000 toman</b>" in newest
        await chat.engine.adjust("a", sara.id, -700, "a mistake", actor="admin")
        assert "1) Correction by an admin: <b>\u2212700 toman</b>" in texts_of(await chat.send(sara, "/history"))[0]


async def test_a_matured_commission_shows_in_the_history_of_a_persian_reader(tmp_path: Path) -> None:
    tables = {**UNILEVEL, "program": {**UNILEVEL["program"], "maturity_days": 1}}
    async with open_chat(tmp_path, tables) as chat:
        sara = await chat.member("سارا", language="fa")
        await chat.buy(await chat.friend("حمید", sara), 100_000, "A17")
        chat.clock.now += 86_400_000
        await chat.engine.tick()
        text = texts_of(await chat.send(sara, "/history"))[0]
        assert "<u>امروز</u>\n۱) سررسید پورسانت: <b>۲۰٬۰۰۰ تومان</b>\n<u>دیروز</u>\n" in text
        assert "۲) پورسانت خرید \u2068حمید\u2069: <b>\u2066+۲۰٬۰۰۰\u2069 تومان</b>\n\nدلیل هر ردیف:" in text


@pytest.mark.parametrize(
    ("debit", "credit", "event", "kind", "what"),
    [
        ("programme", "held", "order", "level", "level"),
        ("held", "available", "join", "level", "released"),
        ("held", "programme", "reject", "level", "rejected"),
        ("programme", "available", "join", "signup", "signup"),
        ("programme", "available", "order", "rank", "rank"),
    ],
)
def test_what_an_entry_is_follows_from_its_accounts_and_event(
    debit: str, credit: str, event: str, kind: str, what: str
) -> None:
    assert what_of(Entry(1, 0, 0, debit, credit, 5, event, 1, kind, 1, "order:1")) == what
