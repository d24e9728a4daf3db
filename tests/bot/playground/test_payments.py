"""Invoices and Stars: a checkout waits for the bot's word, a payment has one number, money goes back once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from bot.playground import ControlRefusal, Phone, Playground

Json = dict[str, Any]
Call = Callable[..., Coroutine[Any, Any, Json]]

PHONE_CASE = {
    "chat_id": 101,
    "title": "A case",
    "description": "For a phone",
    "payload": "case",
    "currency": "XTR",
    "prices": [{"label": "A case", "amount": 50}],
}


async def latest(call: Call, kind: str) -> Json:
    update: Json = (await call("getUpdates", timeout=2))["result"][-1]
    return dict(update[kind])


async def sold(nader: Phone, call: Call, **changes: Any) -> str:
    """An invoice, sent and paid; the charge's id."""
    sent = await call("sendInvoice", **{**PHONE_CASE, **changes})
    paying = asyncio.create_task(nader.pay(sent["result"]["message_id"]))
    await asyncio.sleep(0.05)
    asked = await latest(call, "pre_checkout_query")
    assert (await call("answerPreCheckoutQuery", pre_checkout_query_id=asked["id"], ok=True))["ok"]
    return await paying


async def test_a_payment_is_asked_about_paid_and_told(nader: Phone, call: Call) -> None:
    charge = await sold(nader, call)
    told = await latest(call, "message")
    assert told["from"]["id"] == 101
    assert told["successful_payment"] == {
        "currency": "XTR",
        "total_amount": 50,
        "invoice_payload": "case",
        "telegram_payment_charge_id": charge,
        "provider_payment_charge_id": f"provider-{charge}",
    }


async def test_an_invoice_is_paid_once_and_phones_learn_what_its_receipt_is_for(
    nader: Phone, call: Call, server: Playground
) -> None:
    await sold(nader, call)
    *_, asked, told = (await server.get("chats/101"))["messages"]
    with pytest.raises(ControlRefusal, match="paid already"):
        await nader.pay(asked["message_id"])
    event = (await server.events(chat_id=101))[-1]
    assert (event["content"]["invoice"], event["content"]["message"]["message_id"]) == (
        asked["message_id"],
        told["message_id"],
    )


@pytest.mark.usefixtures("nader")
async def test_an_invoice_shows_no_payload(call: Call) -> None:
    sent = await call("sendInvoice", **PHONE_CASE)
    assert sent["result"]["invoice"] == {
        "title": "A case",
        "description": "For a phone",
        "start_parameter": "",
        "currency": "XTR",
        "total_amount": 50,
    }


async def test_the_bot_may_refuse_and_nothing_is_paid(nader: Phone, call: Call) -> None:
    sent = await call("sendInvoice", **PHONE_CASE)
    paying = asyncio.create_task(nader.pay(sent["result"]["message_id"]))
    await asyncio.sleep(0.05)
    asked = await latest(call, "pre_checkout_query")
    assert (asked["invoice_payload"], asked["total_amount"]) == ("case", 50)
    await call("answerPreCheckoutQuery", pre_checkout_query_id=asked["id"], ok=False, error_message="sold out")
    with pytest.raises(AssertionError, match="sold out"):
        await paying
    assert (await call("getStarTransactions"))["result"] == {"transactions": []}


async def test_a_word_that_comes_late_or_twice_is_refused(nader: Phone, call: Call, clock: Any) -> None:
    sent = await call("sendInvoice", **PHONE_CASE)
    with pytest.raises(AssertionError, match="the payment did not happen: None"):
        await nader.pay(sent["result"]["message_id"], timeout=0)
    asked = await latest(call, "pre_checkout_query")
    clock.advance(10.1)
    late = await call("answerPreCheckoutQuery", pre_checkout_query_id=asked["id"], ok=True)
    assert "query is too old" in late["description"]
    await sold(nader, call)
    asked = (await call("getUpdates"))["result"][-2]["pre_checkout_query"]
    twice = await call("answerPreCheckoutQuery", pre_checkout_query_id=asked["id"], ok=True)
    assert "query is too old" in twice["description"]


async def test_stars_go_back_once_and_both_ways_are_listed(nader: Phone, call: Call, clock: Any) -> None:
    charge = await sold(nader, call)
    clock.advance(60)
    assert (await call("refundStarPayment", user_id=101, telegram_payment_charge_id=charge))["result"] is True
    assert (await latest(call, "message"))["refunded_payment"]["telegram_payment_charge_id"] == charge
    again = await call("refundStarPayment", user_id=101, telegram_payment_charge_id=charge)
    assert again["description"] == "Bad Request: CHARGE_ALREADY_REFUNDED"
    came, went = (await call("getStarTransactions"))["result"]["transactions"]
    assert (came["id"], came["amount"], came["source"]["user"]["id"]) == (charge, 50, 101)
    assert (went["id"], went["date"] - came["date"], went["receiver"]["invoice_payload"]) == (charge, 60, "case")
    assert (await call("getStarTransactions", offset=1, limit=1))["result"]["transactions"] == [went]


async def test_the_platform_may_give_back_by_itself(nader: Phone, call: Call) -> None:
    charge = await sold(nader, call)
    await nader.is_given_back(charge)
    assert "refunded_payment" in await latest(call, "message")
    with pytest.raises(ControlRefusal, match="CHARGE_ID_INVALID"):
        await nader.is_given_back("stars-0")


async def test_another_currency_needs_its_provider(nader: Phone, call: Call) -> None:
    assert "PAYMENT_PROVIDER_INVALID" in (await call("sendInvoice", **{**PHONE_CASE, "currency": "USD"}))["description"]
    prices = [{"label": "A case", "amount": 500}, {"label": "Postage", "amount": 99}]
    charge = await sold(nader, call, currency="USD", provider_token="a-provider", prices=prices)
    assert (await latest(call, "message"))["successful_payment"]["total_amount"] == 599
    assert (await call("getStarTransactions"))["result"] == {"transactions": []}
    assert (
        "CHARGE_ID_INVALID"
        in (await call("refundStarPayment", user_id=101, telegram_payment_charge_id=charge))["description"]
    )


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"prices": [{"label": "a", "amount": 1}, {"label": "b", "amount": 1}]}, "STARS_INVOICE_INVALID"),
        ({"prices": [{"label": "a", "amount": 0}]}, "CURRENCY_TOTAL_AMOUNT_INVALID"),
        ({"title": "x" * 33}, "INVOICE_TITLE_INVALID"),
        ({"description": ""}, "INVOICE_DESCRIPTION_INVALID"),
        ({"payload": "x" * 129}, "INVOICE_PAYLOAD_INVALID"),
        ({"reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]]}}, "must be a Pay button"),
    ],
)
@pytest.mark.usefixtures("nader")
async def test_an_invoice_that_breaks_a_rule_is_refused(call: Call, changes: Json, problem: str) -> None:
    assert problem in (await call("sendInvoice", **{**PHONE_CASE, **changes}))["description"]


async def test_only_an_invoice_can_be_paid(nader: Phone, call: Call) -> None:
    sent = await call("sendMessage", chat_id=101, text="no invoice")
    with pytest.raises(ControlRefusal, match="no invoice"):
        await nader.pay(sent["result"]["message_id"])


async def test_the_transcript_tells_what_was_asked_paid_and_given_back(nader: Phone, call: Call) -> None:
    charge = await sold(nader, call)
    assert (await call("refundStarPayment", user_id=101, telegram_payment_charge_id=charge))["ok"]
    await nader.look()
    assert nader.transcript().splitlines()[-4:] == [
        "bot> (invoice) A case, 50 XTR",
        "     For a phone",
        "nader> (successful_payment) 50 XTR",
        "nader> (refunded_payment) 50 XTR",
    ]
