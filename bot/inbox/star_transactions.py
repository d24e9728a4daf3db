"""The platform's list of Star transactions against the books: what was missed is recorded or taken back.

A message about a payment may never reach us; the platform's own list of transactions has them all.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from telegram.error import TelegramError

from bot.botapi.protocol import Api
from bot.kit.products import STARS, Catalogue, NotForSale, Payment
from bot.runtime.clock import Clock
from bot.runtime.loop import in_rounds
from bot.store.outbox import Outbox
from engine.errors import Conflict, OverRefund
from engine.service import Engine
from engine.store.writer import Writer

CURSOR: Final = "stars"
PAGE_SIZE: Final = 100
ACTOR: Final = "stars"
DAY_MS: Final = 24 * 3_600_000
HOUR_MS: Final = 3_600_000
HEAD_START_MS: Final = 5_000
"""Messages of payments that wait for the bot's start are handled by then: their payers get their receipts."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reconciled:
    """How many transactions were looked at, and how many payments and refunds among them were news."""

    seen: int
    recorded: int
    refunded: int


class StarTransactions:
    """Goes through the platform's list from where it last came to."""

    def __init__(
        self, api: Api, engine: Engine, outbox: Outbox, writer: Writer, catalogue: Callable[[], Catalogue], realm: str
    ) -> None:
        """`realm` is that of the platform's accounts among the engine's identities."""
        self._api = api
        self._engine = engine
        self._outbox = outbox
        self._writer = writer
        self._catalogue = catalogue
        self._realm = realm

    async def reconcile(self) -> Reconciled:
        """Until the end of the list. Raises TelegramError, sqlite3.Error: then it goes on from there another time."""
        first = offset = await self._outbox.cursor(CURSOR)
        recorded = refunded = 0
        while True:
            asked = {"offset": offset, "limit": PAGE_SIZE}
            page = (await self._api.call("getStarTransactions", asked))["transactions"]
            for transaction in page:
                recorded += await self._came(transaction)
                refunded += await self._went(transaction)
            offset += len(page)
            await self._move(offset)
            if len(page) < PAGE_SIZE:
                return Reconciled(offset - first, recorded, refunded)

    async def run(self, clock: Clock) -> None:
        """Soon and then once a day, until cancelled; where the platform does not answer, within the hour."""

        async def work() -> int:
            await self.reconcile()
            return DAY_MS

        await clock.wait(asyncio.Event(), HEAD_START_MS)
        passing = (TelegramError, sqlite3.Error)
        await in_rounds(work, asyncio.Event(), clock, subject="Star transactions", retry_ms=HOUR_MS, passing=passing)

    async def _move(self, offset: int) -> None:
        def write(connection: sqlite3.Connection) -> None:
            self._outbox.move_cursor(connection, CURSOR, offset)

        await self._writer.run(write)

    async def _came(self, transaction: Mapping[str, Any]) -> bool:
        """Whether it is a payment that the books did not have, and have now."""
        payer = transaction.get("source")
        payment = _payment(transaction, payer)
        if payment is None or payer is None or await self._engine.order(payment.order) is not None:
            return False
        person, _ = await self._engine.get_or_create_person(self._realm, str(payer["user"]["id"]))
        try:
            order, noted = self._catalogue().order(payment, person)
        except NotForSale:
            _log.error("%s was paid in money without a rate: it is not in the books", payment.order)
            return False
        try:
            await self._engine.submit(order, key=f"stars:{payment.charge}", actor=ACTOR, details=noted)
        except Conflict:  # its message has come meanwhile
            return False
        _log.warning("%s was missed and is recorded now", payment.order)
        return True

    async def _went(self, transaction: Mapping[str, Any]) -> bool:
        """Whether it is money given back that the books still count, and count no longer.

        A transaction that gives money back bears the number of the one that it undoes, and need not say what that was.
        """
        receiver = transaction.get("receiver")
        if receiver is None or receiver.get("type") != "user":
            return False
        order = Payment(transaction["id"], "", STARS, transaction["amount"]).order
        if await self._engine.order(order) is None:
            return False
        try:
            outcome = await self._engine.refund(order, None, key=f"refund:{order}", actor=ACTOR)
        except OverRefund:
            return False
        return not outcome.repeated


def _payment(transaction: Mapping[str, Any], payer: Mapping[str, Any] | None) -> Payment | None:
    """The payment, where it comes from a person who paid one of our invoices."""
    if payer is None or payer.get("type") != "user" or "invoice_payload" not in payer:
        return None
    return Payment(transaction["id"], payer["invoice_payload"], STARS, transaction["amount"])
