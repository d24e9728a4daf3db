"""Builds files of orders as Excel and LibreOffice write them: a sheet, its mutations, and its encoding."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from random import Random

COLUMNS = ("order", "buyer", "amount", "product", "quantity", "at")
PERSIAN = ("شماره سفارش", "خریدار", "مبلغ", "کالا", "تعداد", "تاریخ")
ORDER, BUYER, AMOUNT, PRODUCT, QUANTITY, AT = range(len(COLUMNS))
FARSI = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
PRODUCTS = ["shoes", "کفش پیاده‌روی", 'case, "red"', "a; b", "phone 12", "گوشی"]


@dataclass
class Sheet:
    """Holds a sheet; `harmless`: a reader must find all of its content."""

    headings: list[str]
    rows: list[list[str]]
    before: list[str] = field(default_factory=list)
    delimiter: str = ","
    encoding: str = "utf-8"
    newline: str = "\n"
    quoting: int = csv.QUOTE_MINIMAL
    text: list[Callable[[str], str]] = field(default_factory=list)
    harmless: bool = True
    done: list[str] = field(default_factory=list)

    def content(self) -> bytes:
        """Returns the file's bytes."""
        out = io.StringIO(newline="")
        writer = csv.writer(
            out,
            delimiter=self.delimiter,
            lineterminator=self.newline,
            quoting=self.quoting,  # type: ignore[arg-type]
        )
        out.write("".join(line + self.newline for line in self.before))
        writer.writerows([self.headings, *self.rows])
        text = out.getvalue()
        for change in self.text:
            text = change(text)
        return text.encode(self.encoding, "replace")


def plain_sheet(random: Random) -> Sheet:
    """Returns a few orders of a few lines, all different."""
    rows = []
    for number in range(random.randint(1, 6)):
        id = random.choice([f"A-{number}", f"{number + 1:03}", str(4052310000000017 + number), f"o{number}"])
        buyer, day = (
            random.choice(["sara", "@karim", "23ABCDE"]),
            date(2026, random.randint(1, 12), random.randint(1, 28)),
        )
        for line in range(random.randint(1, 3)):
            amount = random.choice([1_500, 480_000, 12_345_000, 999]) + line
            rows.append([id, buyer, str(amount), random.choice(PRODUCTS), str(random.randint(1, 4)), day.isoformat()])
    return Sheet(list(random.choice([COLUMNS, PERSIAN])), rows)


Mutation = Callable[[Sheet, Random], None]


def change_cells(sheet: Sheet, random: Random, column: int, change: Callable[[str], str]) -> None:
    """Changes a whole column or a single cell."""
    chosen = sheet.rows if random.random() < 0.5 else random.sample(sheet.rows, 1)
    for row in chosen:
        if column < len(row) and row[column].strip():
            row[column] = change(row[column])


def change_orders(sheet: Sheet, random: Random, change: Callable[[str], str]) -> None:
    """Changes an order's number in all its rows alike, as a spreadsheet does."""
    filled = [row for row in sheet.rows if row and bare_id(row[ORDER])]
    id = bare_id(random.choice(filled)[ORDER])
    for row in filled:
        if bare_id(row[ORDER]) == id:
            row[ORDER] = change(id)


def bare_id(id: str) -> str:
    return "".join(letter for letter in id if letter.isalnum() or letter == "-")


def is_plain_number(cell: str) -> bool:
    """Returns whether the cell is a number that keeps its meaning without a leading zero."""
    return cell.isdecimal() and cell.isascii() and str(int(cell)) == cell and len(cell) > 3


def any_row(sheet: Sheet, random: Random) -> list[str]:
    return random.choice(sheet.rows)
