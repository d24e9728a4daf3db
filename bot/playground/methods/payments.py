"""Implements payments: invoices, pre-checkout answers, refunds, and the list of Star transactions."""

from __future__ import annotations

from bot.kit.json import Json
from bot.playground.call import Call, Method
from bot.playground.chats import Chat
from bot.playground.content import keyboard_of, replied_to
from bot.playground.limits import check_invoice
from bot.playground.payments import STARS, Invoice, InvoicePayment
from bot.playground.refusals import BadRequest, MalformedCall
from bot.playground.world import World

TRANSACTIONS_MAX = 100


async def send_invoice(world: World, call: Call) -> Json:
    """Sends an invoice. Stars take no provider and one price; other currencies need a provider's token."""
    check_invoice(call["title"], call["description"], call["payload"])
    prices: list[Json] = call["prices"]
    if call["currency"] == STARS:
        if len(prices) != 1:
            raise MalformedCall("STARS_INVOICE_INVALID")
    elif not call.get("provider_token"):
        raise BadRequest("PAYMENT_PROVIDER_INVALID")
    total = sum(int(price["amount"]) for price in prices)
    if total <= 0:
        raise MalformedCall("CURRENCY_TOTAL_AMOUNT_INVALID")
    keyboard = keyboard_of(call)
    if keyboard is not None and "pay" not in keyboard["inline_keyboard"][0][0]:
        raise MalformedCall("the first button of an invoice's keyboard must be a Pay button")
    shown = {
        "title": call["title"],
        "description": call["description"],
        "start_parameter": call.get("start_parameter", ""),
        "currency": call["currency"],
        "total_amount": total,
    }
    chat = world.chat_to_write(call["chat_id"])
    message = world.post(chat, {"invoice": shown}, keyboard, replied_to(call, chat))
    world.payments.ask(message, Invoice(call["payload"], call["currency"], total))
    return message.as_json()


async def answer_pre_checkout_query(world: World, call: Call) -> bool:
    """Accepts a payment, or refuses it with a reason."""
    answer = {"ok": call["ok"], "error": call.get("error_message")}
    if not call["ok"] and not call.get("error_message"):
        raise MalformedCall("error_message must be non-empty")
    checkout = world.payments.answer(call["pre_checkout_query_id"], world.now_ms(), answer)
    if call["ok"]:
        payment = world.payments.pay(checkout, world.now_s)
        _tell(world, checkout.message.chat, payment, "successful_payment", invoice=checkout.message.id)
    checkout.answered.set()
    return True


async def refund_star_payment(world: World, call: Call) -> bool:
    """Refunds Stars, completely."""
    give_back(world, call["user_id"], call["telegram_payment_charge_id"])
    return True


async def get_star_transactions(world: World, call: Call) -> Json:
    """Lists payments and refunds, oldest first."""
    limit = call.get("limit", TRANSACTIONS_MAX)
    if not 1 <= limit <= TRANSACTIONS_MAX:
        raise MalformedCall("limit must be between 1 and 100")
    return {"transactions": world.payments.transactions(max(0, call.get("offset", 0)), limit)}


def give_back(world: World, user_id: int, charge: str) -> InvoicePayment:
    """Refunds a payment and tells both sides; raises `BadRequest`."""
    payment = world.payments.refund(user_id, charge, world.now_s)
    _tell(world, world.chats[user_id], payment, "refunded_payment")
    return payment


def _tell(world: World, chat: Chat, payment: InvoicePayment, kind: str, **beside: int) -> None:
    """Writes the service message about a payment, which is also an update; the fields `beside` are for phones alone."""
    message = chat.add(payment.user.as_json(), world.now_s, {kind: payment.as_json()})
    world.events.add(chat.id, "message", {"message": message.as_json(), **beside})
    world.updates.add("message", message.as_json())


METHODS: dict[str, Method] = {
    "sendInvoice": send_invoice,
    "answerPreCheckoutQuery": answer_pre_checkout_query,
    "refundStarPayment": refund_star_payment,
    "getStarTransactions": get_star_transactions,
}
