"""Simulates Telegram's payments: open invoices, pending checkouts, and completed payments.

A checkout must be answered within ten seconds, as in Telegram; the charge's id identifies a payment permanently.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field

from bot.kit.json import Json
from bot.playground.chats import Message, User
from bot.playground.refusals import BadRequest

CHECKOUT_MS = 10_000
STARS = "XTR"


@dataclass(frozen=True, slots=True)
class Invoice:
    """Holds an invoice; `total` in the currency's smallest unit."""

    payload: str
    currency: str
    total: int


@dataclass(slots=True)
class Checkout:
    """Holds a checkout: its time (milliseconds UTC) and the bot's answer. `charge` once it is paid."""

    id: str
    at: int
    user: User
    message: Message
    invoice: Invoice
    answer: Json | None = None
    charge: str | None = None
    answered: asyncio.Event = field(default_factory=asyncio.Event)

    def as_json(self) -> Json:
        """Returns the checkout as a `PreCheckoutQuery`."""
        return {
            "id": self.id,
            "from": self.user.as_json(),
            "currency": self.invoice.currency,
            "total_amount": self.invoice.total,
            "invoice_payload": self.invoice.payload,
        }


@dataclass(slots=True)
class InvoicePayment:
    """Holds a payment; times in seconds UTC. A payment is refunded once, and completely."""

    charge: str
    user: User
    invoice: Invoice
    at: int
    refunded_at: int | None = None

    def as_json(self) -> Json:
        """Returns the payment as a `SuccessfulPayment`; as a `RefundedPayment` it has the same fields."""
        return {
            "currency": self.invoice.currency,
            "total_amount": self.invoice.total,
            "invoice_payload": self.invoice.payload,
            "telegram_payment_charge_id": self.charge,
            "provider_payment_charge_id": f"provider-{self.charge}",
        }

    def transactions(self) -> list[Json]:
        """Returns the payment's Star transactions: the payment, and its refund if there was one."""
        partner = {
            "type": "user",
            "transaction_type": "invoice_payment",
            "user": self.user.as_json(),
            "invoice_payload": self.invoice.payload,
        }
        came = {"id": self.charge, "amount": self.invoice.total, "date": self.at, "source": partner}
        if self.refunded_at is None:
            return [came]
        went = {"id": self.charge, "amount": self.invoice.total, "date": self.refunded_at, "receiver": partner}
        return [came, went]


class Payments:
    """Holds all payments by number; `stamp` makes numbers unique across servers."""

    def __init__(self, stamp: int) -> None:
        self._stamp = stamp
        self._invoices: dict[tuple[int, int], Invoice] = {}
        self._checkouts: dict[str, Checkout] = {}
        self._receipts: set[tuple[int, int]] = set()
        self.paid: dict[str, InvoicePayment] = {}

    def ask(self, message: Message, invoice: Invoice) -> None:
        """Records the invoice of `message`: its payload is never shown to the person."""
        self._invoices[message.chat.id, message.id] = invoice

    def invoice_of(self, message: Message) -> Invoice | None:
        """Returns a message's invoice; None where it has none."""
        return self._invoices.get((message.chat.id, message.id))

    def is_paid(self, message: Message) -> bool:
        """Returns whether a message's invoice was paid: its button leads to the receipt from then on."""
        return (message.chat.id, message.id) in self._receipts

    def open(self, at: int, user: User, message: Message, invoice: Invoice) -> Checkout:
        """Records the start of a checkout; several may be pending at once, on several devices."""
        checkout = Checkout(f"{self._stamp}{len(self._checkouts)}", at, user, message, invoice)
        self._checkouts[checkout.id] = checkout
        return checkout

    def answer(self, id: str, now: int, answer: Json) -> Checkout:
        """Records the bot's answer; raises `BadRequest` for an unknown, finished or expired checkout."""
        checkout = self._checkouts.get(id)
        if checkout is None or checkout.answer is not None or now - checkout.at > CHECKOUT_MS:
            raise BadRequest("query is too old and response timeout expired or query ID is invalid")
        checkout.answer = answer
        return checkout

    def pay(self, checkout: Checkout, at: int) -> InvoicePayment:
        """Completes the payment; `at` in seconds UTC."""
        payment = InvoicePayment(f"stars-{self._stamp}-{len(self.paid) + 1}", checkout.user, checkout.invoice, at)
        self.paid[payment.charge] = payment
        self._receipts.add((checkout.message.chat.id, checkout.message.id))
        checkout.charge = payment.charge
        return payment

    def refund(self, user_id: int, charge: str, at: int) -> InvoicePayment:
        """Refunds a payment; `at` in seconds UTC. Raises `BadRequest` where there is nothing to refund."""
        payment = self.paid.get(charge)
        if payment is None or payment.user.id != user_id or payment.invoice.currency != STARS:
            raise BadRequest("CHARGE_ID_INVALID")
        if payment.refunded_at is not None:
            raise BadRequest("CHARGE_ALREADY_REFUNDED")
        payment.refunded_at = at
        return payment

    def transactions(self, offset: int, limit: int) -> list[Json]:
        """Returns Star transactions in order of time."""
        stars = [payment for payment in self.paid.values() if payment.invoice.currency == STARS]
        all_of_them = [each for payment in stars for each in payment.transactions()]
        return sorted(all_of_them, key=lambda each: int(each["date"]))[offset : offset + limit]

    async def wait(self, id: str, timeout: float) -> Checkout:
        """Returns a checkout once answered, or unanswered after `timeout` seconds. Raises KeyError where unknown."""
        checkout = self._checkouts[id]
        with suppress(TimeoutError):
            await asyncio.wait_for(checkout.answered.wait(), timeout)
        return checkout

    def close(self) -> None:
        """Ends all waiting at once."""
        for checkout in self._checkouts.values():
            checkout.answered.set()
