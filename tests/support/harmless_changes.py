"""Changes a file of orders harmlessly, as spreadsheets do: a reader must find all of its content."""

from __future__ import annotations

import csv
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from random import Random

from persiantools.jdatetime import JalaliDate

from spreadsheets import (
    AMOUNT,
    ARABIC,
    AT,
    BUYER,
    COLUMNS,
    FARSI,
    MONTHS,
    ORDER,
    QUANTITY,
    Mutation,
    Sheet,
    change_cells,
)

HARMLESS: list[Mutation] = []


def harmless(mutation: Mutation) -> Mutation:
    HARMLESS.append(mutation)
    return mutation


@harmless
def delimiter(sheet: Sheet, random: Random) -> None:
    sheet.delimiter = random.choice(";\t|,")


@harmless
def encoding(sheet: Sheet, random: Random) -> None:
    sheet.encoding = random.choice(["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])


@harmless
def line_ends(sheet: Sheet, random: Random) -> None:
    sheet.newline = random.choice(["\r\n", "\r"])


@harmless
def all_quoted(sheet: Sheet, _: Random) -> None:
    sheet.quoting = csv.QUOTE_ALL


@harmless
def separator_line(sheet: Sheet, _: Random) -> None:
    sheet.text.append(lambda text: f"sep={sheet.delimiter}{sheet.newline}{text}")


@harmless
def titles(sheet: Sheet, random: Random) -> None:
    lines = ["گزارش فروش", "Orders of the month, 1405", "", "سفارش", '"Sales"']
    sheet.before += random.sample(lines, random.randint(1, 3))


@harmless
def headings(sheet: Sheet, random: Random) -> None:
    ways: list[Callable[[str], str]] = [
        lambda name: name.upper(),
        lambda name: name.title(),
        lambda name: name.replace("ی", "ي").replace("ک", "ك"),
        lambda name: name.replace("ار", "ارـــ"),
        lambda name: name.replace(" ", "\u200c"),
        lambda name: name.replace(" ", "\u00a0"),
        lambda name: f" {name}\u200f ",
        lambda name: f"\ufeff{name}",
        lambda name: {"order": "Order ID", "شماره سفارش": "شمارهٔ سفارش"}.get(name, name),
        lambda name: {"order": "order_id", "buyer": "Customer"}.get(name, name),
    ]
    way = random.choice(ways)
    sheet.headings = [way(name) for name in sheet.headings]


@harmless
def other_columns_first(sheet: Sheet, random: Random) -> None:
    order = random.sample(range(len(COLUMNS)), len(COLUMNS))
    sheet.headings = [sheet.headings[place] for place in order]
    _postponed(sheet, lambda row: [row[place] for place in order])


def _postponed(sheet: Sheet, change: Callable[[list[str]], list[str]]) -> None:
    """Changes the rows when the file is written: until then columns keep their places."""
    write = sheet.content

    def moved(row: list[str]) -> list[str]:
        is_whole = len(row) >= len(COLUMNS) and any(map(str.strip, row))
        return change(row) + row[len(COLUMNS) :] if is_whole else row

    def content() -> bytes:
        kept = sheet.rows
        sheet.rows = [moved(row) for row in kept]
        try:
            return write()
        finally:
            sheet.rows = kept

    sheet.content = content  # type: ignore[method-assign]


@harmless
def shuffled(sheet: Sheet, random: Random) -> None:
    random.shuffle(sheet.rows)


@harmless
def twice(sheet: Sheet, random: Random) -> None:
    sheet.rows += deepcopy(sheet.rows[: random.randint(1, len(sheet.rows))])


@harmless
def empty_rows(sheet: Sheet, random: Random) -> None:
    for _ in range(random.randint(1, 3)):
        sheet.rows.insert(random.randint(0, len(sheet.rows)), random.choice([[], [""] * 6, [" "] * 9, ["\u00a0", ""]]))


@harmless
def empty_columns(sheet: Sheet, random: Random) -> None:
    sheet.rows = [row + [""] * random.randint(0, 3) for row in sheet.rows]


@harmless
def persian_digits(sheet: Sheet, random: Random) -> None:
    script = random.choice([FARSI, ARABIC])
    for column in (AMOUNT, QUANTITY, AT):
        change_cells(sheet, random, column, lambda cell: cell.translate(script))


@harmless
def thousands(sheet: Sheet, random: Random) -> None:
    mark = random.choice([",", "٬", "،", " ", "\u00a0", "."])
    change_cells(sheet, random, AMOUNT, lambda cell: f"{int(cell):,}".replace(",", mark) if cell.isdecimal() else cell)


@harmless
def units(sheet: Sheet, random: Random) -> None:
    change_cells(sheet, random, AMOUNT, lambda cell: f"{cell} {random.choice(['تومان', 'toman', 'IRT'])}")


@harmless
def decimals(sheet: Sheet, random: Random) -> None:
    parts = [".0", ".00", "٫۰", "٫00"]
    change_cells(sheet, random, QUANTITY, lambda cell: cell + random.choice(parts) if cell.isdecimal() else cell)


@harmless
def amount_decimals(sheet: Sheet, random: Random) -> None:
    change_cells(sheet, random, AMOUNT, lambda cell: cell + ".00" if cell.isdecimal() else cell)


@harmless
def kept_as_text(sheet: Sheet, random: Random) -> None:
    change_cells(sheet, random, random.choice([ORDER, BUYER]), lambda cell: f'="{cell}"')


@harmless
def apostrophes(sheet: Sheet, random: Random) -> None:
    change_cells(sheet, random, ORDER, lambda cell: f"'{cell}" if cell.isdecimal() else cell)


@harmless
def marks(sheet: Sheet, random: Random) -> None:
    mark = random.choice("\u200e\u200f\u2066\u2069\u061c\ufeff\u2060\u00ad\u00a0")
    for column in (ORDER, BUYER, AMOUNT, QUANTITY, AT):
        change_cells(sheet, random, column, lambda cell: mark + cell + mark)


@harmless
def dates(sheet: Sheet, random: Random) -> None:
    way = random.choice(["slash", "jalali", "last", "time", "name"])

    def change(cell: str) -> str:
        try:
            day = date.fromisoformat(cell)
        except ValueError:
            return cell
        jalali = JalaliDate(day)  # type: ignore[no-untyped-call]
        ways = {
            "slash": f"{day.year}/{day.month}/{day.day}",
            "jalali": f"{jalali.year}/{jalali.month:02}/{jalali.day:02}",
            "last": f"{day.day:02}.{day.month:02}.{day.year}" if day.day > 12 else cell,
            "time": f"{cell} 00:00:00",
            "name": f"{day.day}-{MONTHS[day.month - 1]}-{day.year}",
        }
        return ways[way]

    change_cells(sheet, random, AT, change)
