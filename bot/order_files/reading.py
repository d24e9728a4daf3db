"""From the rows of a file to orders: rows that stand together under one order id are its lines."""

import csv
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import groupby
from pathlib import Path
from typing import BinaryIO, Final, TypeVar
from zoneinfo import ZoneInfo

from bot.order_files import cells
from bot.order_files.cells import WrongCell
from bot.order_files.columns import columns_of, delimiter_of
from bot.order_files.encoding import encoding_of
from bot.order_files.problems import Problem, UnreadableFile
from engine.events import Line
from engine.money import Currency

T = TypeVar("T")

PRODUCT: Final = "purchase"
"""What was bought, where the file does not say."""
LINES_MAX: Final = 500
_ECHO_LENGTH_MAX: Final = 40
_HEADER_LENGTH_MAX: Final = 2_000


@dataclass(frozen=True, slots=True)
class FileOrder:
    """An order as the file tells it.

    `line` is where it begins; `buyer` as it was written; `at` is ISO 8601 with its offset, empty where the file does
    not say.
    """

    line: int
    id: str
    buyer: str
    at: str
    lines: tuple[Line, ...]

    @property
    def total(self) -> int:
        """In minor units."""
        return sum(line.amount for line in self.lines)


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    order: str
    buyer: str
    at: str
    bought: Line


class OrderFile:
    """A file of orders. Amounts are in the currency's major unit; times without an offset are the zone's.

    Each iteration reads it once more, a row at a time: memory does not grow with it. What is wrong with an order comes
    in its place.
    """

    def __init__(self, path: Path, currency: Currency, zone: ZoneInfo) -> None:
        """Raises UnreadableFile for what is no such file, OSError."""
        self.path = path
        self.read = 0.0
        """How much of the file the latest iteration has read, from 0 to 1."""
        self.rows = 0
        """How many rows that was, but for the header and empty ones."""
        self._currency = currency
        self._zone = zone
        self._encoding = encoding_of(path)
        self._bytes = max(1, path.stat().st_size)
        with self._opened() as (_, _, header):
            self._delimiter = delimiter_of(header)
            self._columns = columns_of(next(csv.reader([header], delimiter=self._delimiter)))

    def __iter__(self) -> Iterator[FileOrder | Problem]:
        """The orders and problems, in the file's order. Raises UnreadableFile for what is no text further down."""
        with self._opened() as (raw, text, _):
            reader = csv.reader(text, delimiter=self._delimiter)
            rows = (self._row(1 + reader.line_num, row) for row in reader if any(cell.strip() for cell in row))
            self.rows = 0
            for _, group in groupby(rows, key=_order_of):
                yield from _together(group)
                self.read = min(1.0, raw.tell() / self._bytes)

    @contextmanager
    def _opened(self) -> Iterator[tuple[BinaryIO, TextIOWrapper, str]]:
        """The bytes, the text behind its header, and the header."""
        with self.path.open("rb") as raw, TextIOWrapper(raw, encoding=self._encoding, newline="") as text:
            try:
                header = text.readline(_HEADER_LENGTH_MAX)
                if not header.strip():
                    raise UnreadableFile("no_header")
                yield raw, text, header
            except (UnicodeDecodeError, csv.Error):
                raise UnreadableFile("no_text") from None

    def _row(self, line: int, row: list[str]) -> _Row | Problem:
        columns, column, order = self._columns, "order", ""
        self.rows += 1

        def read(name: str, place: int | None, how: Callable[[str], T]) -> T:
            nonlocal column
            column = name
            return how(row[place] if place is not None and place < len(row) else "")

        try:
            if any(cell.strip() for cell in row[columns.width :]):
                raise WrongCell("too_many_cells", row[columns.width])
            order = read("order", columns.order, cells.needed)
            return _Row(
                line,
                order,
                read("buyer", columns.buyer, cells.needed),
                read("at", columns.at, lambda cell: cells.time(cell, self._zone)),
                Line(
                    read("product", columns.product, cells.name) or PRODUCT,
                    read("amount", columns.amount, lambda cell: cells.amount(cell, self._currency)),
                    read("category", columns.category, cells.name) or None,
                    read("quantity", columns.quantity, cells.quantity),
                ),
            )
        except WrongCell as wrong:
            return Problem(line, wrong.code, column, wrong.value[:_ECHO_LENGTH_MAX], order)


def _order_of(row: _Row | Problem) -> object:
    """Rows of one order are alike; a problem that names no order is like nothing else."""
    return row.order or row


def _together(rows: Iterable[_Row | Problem]) -> Iterator[FileOrder | Problem]:
    """The order that the rows make, or what spoils it. Every row names the same buyer; the first one's time counts.

    The same row again is the same line: a file that was put together twice counts once.
    """
    first: _Row | None = None
    bought: dict[tuple[str, Line], None] = {}
    problems: list[Problem] = []
    for row in rows:
        if isinstance(row, Problem):
            problems.append(row)
        elif first is not None and row.buyer != first.buyer:
            problems.append(Problem(row.line, "other_buyer", "buyer", row.buyer, row.order))
        elif (row.at, row.bought) in bought:
            continue
        elif len(bought) == LINES_MAX:
            problems.append(Problem(row.line, "too_many_lines", "order", row.order, row.order))
        else:
            first = first or row
            bought[row.at, row.bought] = None
    if problems:
        yield from problems
    elif first is not None:
        yield FileOrder(first.line, first.order, first.buyer, first.at, tuple(line for _, line in bought))
