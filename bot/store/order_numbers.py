"""Stores the numbers of orders that the bot numbers itself, such as S-104."""

from collections.abc import Callable
from typing import Any

from bot.kit.order_numbers import FIRST_NUMBER, NumberedOrder, Prefix
from bot.store import load_queries
from engine.events.model import Order
from engine.service import Engine
from engine.store.reader import Reader
from engine.transaction import Transaction


class OrderNumberStore:
    """Holds the table `order_numbers`; implements the kit's OrderNumbers."""

    def __init__(self, engine: Engine, reader: Reader) -> None:
        self._engine = engine
        self._reader = reader
        self._queries = load_queries("order_numbers")

    async def record(
        self,
        prefix: Prefix,
        cause: str,
        order: Callable[[str], Order],
        *,
        key: str,
        actor: str,
        details: dict[str, Any] | None = None,
    ) -> NumberedOrder:
        """Records the order under its number, both in one transaction: an error leaves no number, either."""

        def job(books: Transaction) -> NumberedOrder:
            id = self._numbered(books, prefix, cause)
            return NumberedOrder(id, books.submit(order(id), key=key, actor=actor, details=details))

        recorded = await self._engine.transaction(job)
        if recorded.outcome.refusal is not None:
            raise recorded.outcome.refusal
        return recorded

    def _numbered(self, books: Transaction, prefix: Prefix, cause: str) -> str:
        """Returns the cause's number, a new one that no order has where it has none yet."""
        row = self._queries.of_cause(books.connection, cause=cause)
        if row is not None:
            return str(row["id"])
        if books.order(cause) is not None:  # recorded by an earlier version
            return cause
        number = (self._queries.last(books.connection)["number"] or FIRST_NUMBER - 1) + 1
        while books.order(f"{prefix}-{number}") is not None:  # brought by a file, or typed by hand
            number += 1
        id = f"{prefix}-{number}"
        self._queries.put_number(books.connection, number=number, id=id, cause=cause)
        return id

    async def id_of(self, cause: str) -> str:
        """Returns the id of the order of this cause, which is the cause itself where it has no number."""
        row = await self._reader.fetch_one(self._queries.of_cause.sql, {"cause": cause})
        return str(row["id"]) if row is not None else cause

    async def cause_of(self, order: str) -> str:
        """Returns the cause of a numbered order; any other order's id is its own cause."""
        row = await self._reader.fetch_one(self._queries.of_id.sql, {"id": order})
        return str(row["cause"]) if row is not None else order
