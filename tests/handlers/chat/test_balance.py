from pathlib import Path

from chat import UNILEVEL, buttons_of, open_chat, texts_of


async def test_somebody_who_has_not_joined_is_offered_a_link(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        effects = await chat.send(await chat.arrive("Hamid"), "/balance")
        assert "no balance yet" in texts_of(effects)[0]
        assert "Get my link" in buttons_of(effects.outgoing[0])


async def test_the_balance_names_each_state_that_holds_something_and_counts_friends(tmp_path: Path) -> None:
    tables = {**UNILEVEL, "program": {**UNILEVEL["program"], "maturity_days": 14}}
    async with open_chat(tmp_path, tables) as chat:
        sara = await chat.member("Sara")
        await chat.buy(await chat.friend("Hamid", sara), 100_000, "A17")
        await chat.member("Karim", sara)
        text = texts_of(await chat.send(sara, "/balance"))[0]
        assert "Available: <b>0 toman</b>" in text
        assert "Pending: 20,000 toman" in text
        assert "Held" not in text
        assert "Paid" not in text
        assert "Friends: 2 came, 1 joined, 1 bought." in text


async def test_a_balance_below_zero_is_explained(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara")
        await chat.buy(await chat.friend("Hamid", sara), 100_000, "A17")
        kept = await chat.engine.keep_destination(sara.id, "card", "6037991000000004")
        await chat.engine.withdraw("w", sara.id, 20_000, kept)
        await chat.engine.refund("A17", None, key="refund:1", actor="admin")
        text = texts_of(await chat.send(sara, "/balance"))[0]
        assert "Available: <b>\u221220,000 toman</b>" in text
        assert "What you earn next makes up for it first" in text
        assert "Reserved: 20,000 toman" in text


async def test_the_balance_in_persian(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("سارا", language="fa")
        await chat.buy(await chat.friend("حمید", sara), 100_000, "A17")
        text = texts_of(await chat.send(sara, "/balance"))[0]
        assert "قابل برداشت: <b>۲۰٬۰۰۰ تومان</b>" in text
        assert "۱ نفر آمده" in text
