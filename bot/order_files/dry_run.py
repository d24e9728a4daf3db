"""Performs the dry run: what a file would record, and the errors by line. Writes nothing."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import Final

from bot.order_files.lookup import Known
from bot.order_files.problems import RowProblem
from bot.order_files.reading import FileOrder, OrderFile
from engine.events.codec import lines_json
from engine.store.driver import connect_scratch

PROBLEMS_KEPT: Final = 20


@dataclass(slots=True)
class DryRun:
    """Counts new orders and their sum in minor units, orders that exist already, and wrong lines.

    `rows` counts all of the file's rows, whatever their result.
    """

    rows: int = 0
    orders: int = 0
    total: int = 0
    repeated: int = 0
    wrong: int = 0
    problems: list[RowProblem] = field(default_factory=list)
    """The first problems."""

    def add(self, judged: FileOrder | RowProblem | None) -> None:
        """Adds a result: a new order, a problem, or None for an order that exists already."""
        match judged:
            case FileOrder():
                self.orders += 1
                self.total += judged.total
            case RowProblem():
                self.wrong += 1
                if len(self.problems) < PROBLEMS_KEPT:
                    self.problems.append(judged)
            case None:
                self.repeated += 1


def survey(file: OrderFile, known: Known, progress: Callable[[], None] = lambda: None) -> DryRun:
    """Reads the whole file and calls `progress` after each order. Raises UnreadableFile, OSError."""
    found = DryRun()
    with closing(_Memory()) as memory:
        for each in file:
            found.add(memory.judged(each, known))
            progress()
    found.rows = file.rows
    return found


def judged(each: FileOrder | RowProblem, known: Known) -> FileOrder | RowProblem | None:
    """Returns a new order, its problem, or None if it exists already.

    The returned order has its buyer's id in place of the file's name for them.
    """
    if isinstance(each, RowProblem):
        return each
    if known.is_of_shop(each):
        return RowProblem(each.line, "number_of_shop", "order", each.id, each.id)
    buyer = known.buyer(each.buyer)
    if buyer is None:
        return RowProblem(each.line, "unknown_buyer", "buyer", each.buyer, each.id)
    order = replace(each, buyer=buyer)
    match known.order(order):
        case "other":
            return RowProblem(each.line, "other_content", "order", each.id, each.id)
        case "same":
            return None
        case _:
            return order


class _Memory:
    """Remembers the file's earlier orders, in a temporary file that is deleted with it."""

    def __init__(self) -> None:
        self._met = connect_scratch()
        self._met.execute("CREATE TABLE met (id TEXT PRIMARY KEY, digest BLOB NOT NULL) WITHOUT ROWID")
        self._met.execute("BEGIN")

    def close(self) -> None:
        self._met.close()

    def judged(self, each: FileOrder | RowProblem, known: Known) -> FileOrder | RowProblem | None:
        order = judged(each, known)
        if not isinstance(order, FileOrder):
            return order
        digest = blake2b(f"{order.buyer} {lines_json(order.lines)}".encode(), digest_size=16).digest()
        if self._met.execute("INSERT OR IGNORE INTO met VALUES (?, ?)", (order.id, digest)).rowcount:
            return order
        earlier = self._met.execute("SELECT digest FROM met WHERE id = ?", (order.id,)).fetchone()[0]
        return None if earlier == digest else RowProblem(order.line, "other_content", "order", order.id, order.id)
