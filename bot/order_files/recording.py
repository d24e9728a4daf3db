"""Records an order file: each order once, many in one transaction, without wrong ones."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol

from bot.order_files.dry_run import judged
from bot.order_files.lookup import Known
from bot.order_files.problems import RowProblem
from bot.order_files.reading import FileOrder, OrderFile
from engine.errors import OwnSale, Refusal
from engine.events.model import Event, Order
from engine.submission import Outcome

PAGE: Final = 200
"""Orders that are committed together: the running bot waits at most so long for its turn."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """Counts recorded orders and their sum in minor units, orders that existed before, and wrong ones.

    `own` counts orders from which the recording admin earns: another admin must record them.
    """

    orders: int = 0
    total: int = 0
    repeated: int = 0
    wrong: int = 0
    own: int = 0


class Books(Protocol):
    """The engine as the recording sees it: concurrent submissions are written together."""

    async def submit(
        self, event: Event, *, key: str | None, actor: str | None = None, details: dict[str, Any] | None = None
    ) -> Outcome:
        """Submits an event. Raises a Refusal."""


async def record(
    file: OrderFile, known: Known, books: Books, *, actor: str | None, progress: Callable[[Recorded], Awaitable[None]]
) -> Recorded:
    """Records the file's orders page by page, and calls `progress` at intervals.

    Other tasks of the loop run meanwhile, even if a whole file holds nothing new. An interrupted recording resumes by
    recording the file again. `known` must see what `books` have committed. Raises UnreadableFile, OSError.
    """
    so_far = Recorded()
    page: dict[str, FileOrder] = {}
    for number, each in enumerate(file):
        if len(page) == PAGE or (isinstance(each, FileOrder) and each.id in page):
            so_far = await _record(page, so_far, books, actor)
            page = {}
        if number % PAGE == 0:
            await progress(so_far)
            await asyncio.sleep(0)
        match judged(each, known):
            case FileOrder() as order:
                page[order.id] = order
            case RowProblem():
                so_far = replace(so_far, wrong=so_far.wrong + 1)
            case None:
                so_far = replace(so_far, repeated=so_far.repeated + 1)
    return await _record(page, so_far, books, actor)


async def _record(page: dict[str, FileOrder], so_far: Recorded, books: Books, actor: str | None) -> Recorded:
    outcomes = await asyncio.gather(*(_take(each, books, actor) for each in page.values()))
    taken = [each for each in outcomes if isinstance(each, FileOrder)]
    own = sum(isinstance(each, OwnSale) for each in outcomes)
    return replace(
        so_far,
        orders=so_far.orders + len(taken),
        total=so_far.total + sum(order.total for order in taken),
        wrong=so_far.wrong + len(page) - len(taken) - own,
        own=so_far.own + own,
    )


async def _take(order: FileOrder, books: Books, actor: str | None) -> FileOrder | Refusal:
    """Returns the recorded order, or the refusal by the rules or a guard.

    Its id makes it count once, so it needs no other key; its time of purchase is noted beside it.
    """
    event = Order(order.id, order.buyer, order.lines)
    try:
        await books.submit(event, key=None, actor=actor, details={"bought": order.at} if order.at else {})
    except Refusal as refusal:
        return refusal
    return order
