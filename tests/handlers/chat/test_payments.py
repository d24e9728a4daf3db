"""What is sold in the chat: the list, the invoice, and what a payment leads to."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.kit.effects import Effects
from bot.kit.products import Catalogue, Payment, ProductWords, in_each_language
from chat import GOODS, Chat, buttons_of, open_chat, texts_of
from engine.exchange import Exchange

PAID = Payment("c1", "case", "XTR", 50)


def press(effects: Effects, label: str) -> str:
    return next(data for text, data in buttons_of(effects.outgoing[-1]).items() if label in text)


async def available(chat: Chat, member: str) -> tuple[int, int]:
    balance = await chat.engine.balance(member)
    return balance.pending, balance.available


async def test_what_is_sold_is_listed_and_buying_brings_an_invoice(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.arrive("Sara")
        card = await chat.send(sara, "/buy")
        assert texts_of(card) == [
            "<b>What you can buy here</b>\n\n<b>\u2068A case\u2069</b> · 50 stars\n\u2068For a phone\u2069"
        ]
        bought = await chat.press(sara, press(card, "Buy"))
        (invoice,) = bought.outgoing
        assert (invoice.method, invoice.params) == (
            "sendInvoice",
            {
                "title": "A case",
                "description": "For a phone",
                "payload": "case",
                "currency": "XTR",
                "prices": [{"label": "A case", "amount": 50}],
            },
        )


async def test_a_product_without_a_description_is_named_once(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        (case,) = chat.facts.catalogue.products.values()
        plain = replace(case, words=in_each_language({"en": ProductWords("A case", "")}))
        chat.facts = replace(chat.facts, catalogue=replace(chat.facts.catalogue, products={"case": plain}))
        card = await chat.send(await chat.arrive("Sara"), "/buy")
        assert texts_of(card) == ["<b>What you can buy here</b>\n\n<b>\u2068A case\u2069</b> · 50 stars"]


async def test_in_persian_the_invoice_is_persian(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.arrive("Sara", language="fa")
        card = await chat.send(sara, "/buy")
        assert "محصول: <b>\u2068قاب\u2069</b> · ۵۰ ستاره" in texts_of(card)[0]
        (invoice,) = (await chat.press(sara, press(card, "خرید"))).outgoing
        assert invoice.params["title"] == "قاب"


async def test_a_button_with_an_old_price_sends_no_invoice(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.arrive("Sara")
        for data in ("inv:0:49", "inv:1:50", "inv:-1:50"):
            effects = await chat.press(sara, data)
            assert effects.outgoing == []
            assert effects.toast is not None


async def test_a_payment_pays_the_sponsor_once_however_often_it_is_told(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        nader = await chat.member("Nader")
        sara = await chat.friend("Sara", nader)
        thanks = await chat.pay(sara, PAID)
        assert texts_of(thanks) == [
            "<b>Thank you!</b>\n\u2068A case\u2069, 50 stars\nYour receipt: \u2068<code>B-101</code>\u2069"
        ]
        assert await available(chat, nader.id) == (15_000, 0)
        assert (await chat.pay(sara, PAID)).outgoing == []
        assert await available(chat, nader.id) == (15_000, 0)
        order = await chat.engine.order("B-101")
        assert order is not None
        assert (order.buyer, order.total) == (sara.id, 75_000)


@pytest.mark.parametrize("rates", [{"XTR": "2000"}, {}])
async def test_a_payment_that_is_told_again_after_the_rate_has_changed_is_known(
    tmp_path: Path, rates: dict[str, str]
) -> None:
    async with open_chat(tmp_path) as chat:
        await chat.arrive("Hamid", admin=True)
        nader = await chat.member("Nader")
        sara = await chat.friend("Sara", nader)
        await chat.pay(sara, PAID)
        chat.facts = replace(chat.facts, catalogue=Catalogue(Exchange(chat.facts.currency, rates), GOODS))
        assert (await chat.pay(sara, PAID)).outgoing == []
        assert await available(chat, nader.id) == (15_000, 0)


async def test_an_update_that_is_handled_again_at_another_rate_gives_its_receipt_again(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.arrive("Sara")
        first = await chat.pay(sara, PAID)
        chat.updates -= 1  # killed before the update was done
        chat.facts = replace(chat.facts, catalogue=Catalogue(Exchange(chat.facts.currency, {"XTR": "2000"}), GOODS))
        assert (await chat.pay(sara, PAID)).outgoing == first.outgoing
        order = await chat.engine.order("B-101")
        assert order is not None
        assert order.total == 75_000


async def test_an_update_that_is_handled_again_gives_its_receipt_again(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.arrive("Sara")
        first = await chat.pay(sara, PAID)
        chat.updates -= 1  # killed before the update was done
        assert (await chat.pay(sara, PAID)).outgoing == first.outgoing


async def test_after_21_days_it_can_be_withdrawn(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        nader = await chat.member("Nader")
        await chat.pay(await chat.friend("Sara", nader), PAID)
        chat.clock.now += 21 * 86_400_000 - 1
        await chat.engine.tick()
        assert await available(chat, nader.id) == (15_000, 0)
        chat.clock.now += 1
        await chat.engine.tick()
        assert await available(chat, nader.id) == (0, 15_000)


async def test_what_goes_back_takes_the_commission_along(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        nader = await chat.member("Nader")
        sara = await chat.friend("Sara", nader)
        await chat.pay(sara, PAID)
        told = await chat.get_back(sara, PAID)
        assert "Your payment was refunded" in texts_of(told)[0]
        assert await available(chat, nader.id) == (0, 0)


async def test_a_question_that_is_being_asked_stays(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        nader = await chat.member("Nader")
        await chat.buy(await chat.friend("Sara", nader), 100_000, "o-1")
        await chat.send(nader, "/withdraw")
        asked = chat.dialogues[nader.id]
        assert asked is not None
        await chat.pay(nader, PAID)
        assert chat.dialogues[nader.id] == asked


async def test_money_that_cannot_be_recorded_is_told_to_the_admins(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        await chat.arrive("Hamid", admin=True)
        sara = await chat.arrive("Sara")
        (told,) = (await chat.pay(sara, Payment("c2", "case", "USD", 50))).outgoing
        assert told.chat_id == 101
        assert "payment:c2" in told.params["text"]
        assert await chat.engine.order("payment:c2") is None
        (told,) = (await chat.get_back(sara, Payment("c3", "case", "XTR", 50))).outgoing
        assert "there is no such order in the books" in told.params["text"]


async def test_the_other_admins_hear_who_asked_for_stars_back(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        hamid, ali = await chat.arrive("Hamid", admin=True), await chat.arrive("Ali", admin=True)
        sara = await chat.friend("Sara", await chat.member("Nader"))
        await chat.pay(sara, PAID)
        asked = await chat.press(hamid, press(await chat.send(hamid, "/refund b101"), "Yes"))
        [told] = [each for each in asked.outgoing if each.chat_id == ali.chat_id]
        assert "Hamid" in told.params["text"]
        assert "B-101" in told.params["text"]


async def test_an_admins_refund_asks_the_platform_and_waits_for_its_word(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        hamid = await chat.arrive("Hamid", admin=True)
        nader = await chat.member("Nader")
        sara = await chat.friend("Sara", nader)
        await chat.pay(sara, PAID)
        assert "in full or not at all" in texts_of(await chat.send(hamid, "/refund stars:c1 10000"))[0]
        card = await chat.send(hamid, "/refund stars:c1")
        asked = await chat.press(hamid, press(card, "Yes"))
        call, said = asked.outgoing
        assert (call.method, call.chat_id, call.params) == (
            "refundStarPayment",
            sara.chat_id,
            {"telegram_payment_charge_id": "c1"},
        )
        assert "Telegram was asked" in said.params["text"]
        assert await available(chat, nader.id) == (15_000, 0)
        await chat.get_back(sara, PAID)
        assert await available(chat, nader.id) == (0, 0)
