"""The header of a file of orders: which cell holds what. Names may be in English or Persian, in any order."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from bot.kit.digits import normalised
from bot.order_files.problems import UnreadableFile

NAMES: Final[dict[str, tuple[str, ...]]] = {
    "order": ("order", "order_id", "سفارش", "شماره سفارش"),
    "buyer": ("buyer", "خریدار"),
    "amount": ("amount", "مبلغ"),
    "at": ("at", "date", "تاریخ"),
    "product": ("product", "کالا", "محصول"),
    "category": ("category", "دسته", "دسته‌بندی"),
    "quantity": ("quantity", "تعداد"),
}
NEEDED: Final = ("order", "buyer", "amount")
DELIMITERS: Final = ",;\t"

_COLUMNS: Final = {name: column for column, names in NAMES.items() for name in names}


class Columns(NamedTuple):
    """The place of each column in a row, from 0; None for one that the file does not have."""

    order: int
    buyer: int
    amount: int
    at: int | None
    product: int | None
    category: int | None
    quantity: int | None

    @property
    def width(self) -> int:
        """How many cells a row has."""
        return 1 + max(place for place in self if place is not None)


def delimiter_of(header: str) -> str:
    """Comma, semicolon or tab: whichever the first line has most of."""
    return max(DELIMITERS, key=header.count)


def columns_of(header: Sequence[str]) -> Columns:
    """Raises UnreadableFile for a name we do not know, one that comes twice, or a needed one that is not there."""
    places: dict[str, int] = {}
    for place, cell in enumerate(header):
        name = normalised(cell).lower()
        column = _COLUMNS.get(name)
        if name and (column is None or column in places):
            raise UnreadableFile("unknown_column", name)
        if column is not None:
            places[column] = place
    for column in NEEDED:
        if column not in places:
            raise UnreadableFile("missing_column", column)
    return Columns(**{column: places.get(column) for column in NAMES})  # type: ignore[arg-type]  # the needed ones are there
