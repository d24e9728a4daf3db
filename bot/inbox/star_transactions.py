"""Reconciles Telegram's list of Star transactions with the ledger: records missed payments and reverses refunds.

A message about a payment may be lost; Telegram's list of transactions is complete.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from telegram.error import TelegramError

from bot.botapi.protocol import Api
from bot.kit.json import JsonView
from bot.kit.order_numbers import PAID_HERE, OrderNumbers
from bot.kit.products import STARS, Catalogue, NotForSale, Payment
from bot.runtime.ticker import Recurring
from bot.store.outbox import Outbox
from engine.errors import Conflict, OverRefund
from engine.service import Engine
from engine.store.driver import Connection, DriverError
from engine.store.writer import Writer

CURSOR: Final = "stars"
PAGE_SIZE: Final = 100
ACTOR: Final = "stars"
DAY_MS: Final = 24 * 3_600_000
HOUR_MS: Final = 3_600_000
HEAD_START_MS: Final = 5_000
"""Delay after the start, in which the inbox's payment messages are handled first, so that payers get receipts."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Holds the number of transactions read, and of the payments and refunds among them that were new."""

    seen: int
    recorded: int
    refunded: int


class StarTransactions:
    """Walks Telegram's list from where the last run stopped."""

    def __init__(
        self,
        api: Api,
        engine: Engine,
        outbox: Outbox,
        writer: Writer,
        catalogue: Callable[[], Catalogue],
        order_numbers: OrderNumbers,
        *,
        realm: str,
    ) -> None:
        """`realm` is the realm of Telegram accounts among the engine's identities."""
        self._api = api
        self._engine = engine
        self._outbox = outbox
        self._writer = writer
        self._catalogue = catalogue
        self._order_numbers = order_numbers
        self._realm = realm

    async def reconcile(self) -> Reconciled:
        """Reads to the end of the list. Raises TelegramError, DriverError; the next call resumes from there."""
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

    def recurring(self) -> Recurring:
        """Returns the reconciliation: shortly after the start and then daily; after a failure, within the hour."""

        async def work() -> None:
            await self.reconcile()

        passing = (TelegramError, DriverError)
        return Recurring("Star transactions", DAY_MS, work, retry_ms=HOUR_MS, first_ms=HEAD_START_MS, passing=passing)

    async def _move(self, offset: int) -> None:
        def write(connection: Connection) -> None:
            self._outbox.move_cursor(connection, CURSOR, offset)

        await self._writer.run(write)

    async def _came(self, transaction: JsonView) -> bool:
        """Records a payment that the ledger lacks. Returns whether it did."""
        payer = transaction.get("source")
        payment = _payment(transaction, payer)
        if payment is None or payer is None or await self._is_recorded(payment):
            return False
        person, _ = await self._engine.get_or_create_person(self._realm, str(payer["user"]["id"]))
        key = f"stars:{payment.charge}"
        try:
            order, noted = self._catalogue().order(payment, person)
        except NotForSale:
            _log.error("payment %s not recorded: its currency has no exchange rate", payment.order)
            return False
        try:
            await self._order_numbers.record(PAID_HERE, payment.order, order, key=key, actor=ACTOR, details=noted)
        except Conflict:  # its message arrived meanwhile
            return False
        _log.warning("payment %s was missed; recorded now", payment.order)
        return True

    async def _went(self, transaction: JsonView) -> bool:
        """Reverses a refunded payment that the ledger still counts. Returns whether it did.

        A refund has the number of the transaction that it reverses, and may lack the invoice's details.
        """
        receiver = transaction.get("receiver")
        if receiver is None or receiver.get("type") != "user":
            return False
        payment = Payment(transaction["id"], "", STARS, transaction["amount"])
        if not await self._is_recorded(payment):
            return False
        order = await self._order_numbers.id_of(payment.order)
        try:
            outcome = await self._engine.refund(order, None, key=f"refund:{payment.order}", actor=ACTOR)
        except OverRefund:
            return False
        return not outcome.repeated

    async def _is_recorded(self, payment: Payment) -> bool:
        return await self._engine.order(await self._order_numbers.id_of(payment.order)) is not None


def _payment(transaction: JsonView, payer: JsonView | None) -> Payment | None:
    """Returns the payment, None unless a person paid one of the bot's invoices."""
    if payer is None or payer.get("type") != "user" or "invoice_payload" not in payer:
        return None
    return Payment(transaction["id"], payer["invoice_payload"], STARS, transaction["amount"])
