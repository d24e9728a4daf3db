"""Finds the headings of an order file: which cell holds what. Names may be in English or Persian, in any order.

Titles may stand above them, and a line such as `sep=;` that tells a spreadsheet the delimiter.
"""

import csv
import re
import unicodedata
from collections.abc import Sequence
from io import StringIO
from itertools import islice
from typing import Final, NamedTuple

from bot.kit.digits import normalised
from bot.order_files.problems import UnreadableFile

NAMES: Final[dict[str, tuple[str, ...]]] = {
    "order": ("order", "order id", "order number", "order no", "سفارش", "شماره سفارش", "شناسه سفارش", "کد سفارش"),
    "buyer": ("buyer", "customer", "خریدار", "مشتری"),
    "amount": ("amount", "مبلغ"),
    "at": ("at", "date", "order date", "تاریخ", "تاریخ سفارش"),
    "product": ("product", "کالا", "محصول", "نام کالا", "نام محصول"),
    "category": ("category", "دسته", "دسته‌بندی"),
    "quantity": ("quantity", "qty", "تعداد"),
}
NEEDED: Final = ("order", "buyer", "amount")
DELIMITERS: Final = ",;\t|\u061b\u060c"
"""The last two are Persian, which a spreadsheet takes where Windows is set to Persian."""
ROWS_SEARCHED: Final = 50
"""Headings stand in one of so many first rows."""
_SEPARATOR: Final = re.compile(r'\s*"?sep=([^\w"\r\n])"?[,;\t|\u061b\u060c\s]*', re.IGNORECASE)
_PERSIAN: Final = str.maketrans("يىكةە", "ییکهه")


def heading_key(heading: str) -> str:
    """Returns a heading's letters and digits in small letters: without blanks, joiners, kashida and marks above
    letters.
    """
    apart = unicodedata.normalize("NFKD", normalised(heading)).translate(_PERSIAN).casefold()
    return "".join(letter for letter in apart if letter.isalnum() and letter != "\u0640")


_COLUMNS: Final = {heading_key(name): column for column, names in NAMES.items() for name in names}


class Columns(NamedTuple):
    """Holds the index of each column in a row, from 0; None for one that the file does not have."""

    order: int
    buyer: int
    amount: int
    at: int | None
    product: int | None
    category: int | None
    quantity: int | None


class Headings(NamedTuple):
    """Holds how to read the rows below. `rows` are those up to the headings, themselves included."""

    delimiter: str
    rows: int
    columns: Columns
    row: list[str]
    """The headings as written."""

    @property
    def cells(self) -> int:
        """Returns the number of cells in a row, up to the last with a heading."""
        return 1 + max(place for place in self.columns if place is not None)


def headings_of(text: str) -> Headings:
    """Finds the headings in the beginning of a file, with any supported delimiter.

    Raises UnreadableFile for an unknown or repeated name, or a missing required one.
    """
    found = [each for delimiter in _delimiters(text) if (each := _found(text, delimiter)) is not None]
    if not found:
        first = next(iter(text.splitlines()), "")
        if first.strip():
            columns_of(next(csv.reader([first], delimiter=max(DELIMITERS, key=first.count))))  # raises the reason
        raise UnreadableFile("no_header")
    _, delimiter, rows, row = max(found, key=lambda each: each[0])
    return Headings(delimiter, rows, columns_of(row), row)


def columns_of(header: Sequence[str]) -> Columns:
    """Returns the columns of a header. Raises UnreadableFile for an unknown or repeated name, or a missing required
    one.
    """
    places: dict[str, int] = {}
    for place, cell in enumerate(header):
        name, column = normalised(cell).lower(), _COLUMNS.get(heading_key(cell))
        if name and (column is None or column in places):
            raise UnreadableFile("unknown_column", name)
        if column is not None:
            places[column] = place
    for column in NEEDED:
        if column not in places:
            raise UnreadableFile("missing_column", column)
    return Columns(**{column: places.get(column) for column in NAMES})  # type: ignore[arg-type]  # the needed ones are there


def _delimiters(text: str) -> str:
    """Returns the delimiters to try, the one that the file names first."""
    first = text.lstrip("\ufeff\r\n").splitlines()[:1]
    named = _SEPARATOR.fullmatch(first[0]) if first else None
    return (named[1] if named else "") + DELIMITERS


def _found(text: str, delimiter: str) -> tuple[int, str, int, list[str]] | None:
    """Returns the number of names in the row of headings, its delimiter, the rows up to it, and the row; None without
    one.

    The row with the most names wins: a title may happen to be one of them.
    """
    best: tuple[int, str, int, list[str]] | None = None
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    for number, row in enumerate(islice(reader, ROWS_SEARCHED), 1):
        known = len({_COLUMNS[key] for cell in row if (key := heading_key(cell)) in _COLUMNS})
        if known > (best[0] if best else 0):
            best = known, delimiter, number, row
    return best
