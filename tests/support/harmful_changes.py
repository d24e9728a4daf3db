"""Changes a file of orders harmfully, as spreadsheets and people do: unreadable values must be refused."""

from __future__ import annotations

import csv
from random import Random

from spreadsheets import (
    AMOUNT,
    AT,
    BUYER,
    ORDER,
    PRODUCT,
    QUANTITY,
    Mutation,
    Sheet,
    any_row,
    change_cells,
    change_orders,
    is_plain_number,
)

HARMFUL: list[Mutation] = []


def harmful(mutation: Mutation) -> Mutation:
    HARMFUL.append(mutation)
    return mutation


@harmful
def cut_numbers(sheet: Sheet, random: Random) -> None:
    def cut(cell: str) -> str:
        return f"{float(cell):.5E}" if cell.isdecimal() and cell.isascii() else cell

    if random.random() < 0.5:
        change_orders(sheet, random, cut)
    else:
        change_cells(sheet, random, AMOUNT, cut)


@harmful
def formatted_ids(sheet: Sheet, random: Random) -> None:
    change_orders(sheet, random, lambda cell: f"{int(cell):,}" if is_plain_number(cell) else cell)


@harmful
def float_ids(sheet: Sheet, random: Random) -> None:
    change_orders(sheet, random, lambda cell: f"{int(cell)}.0" if is_plain_number(cell) else cell)


@harmful
def errors(sheet: Sheet, random: Random) -> None:
    wrong = random.choice(["#REF!", "#N/A", "#########", "=A1+B1", "Err:502", "#NAME?"])
    change_cells(sheet, random, random.choice([BUYER, AMOUNT, PRODUCT, QUANTITY, AT]), lambda _: wrong)


@harmful
def errors_of_orders(sheet: Sheet, random: Random) -> None:
    wrong = random.choice(["#REF!", "#N/A", "#########", "=A1+B1", "Err:502", "???"])
    change_orders(sheet, random, lambda _: wrong)


@harmful
def long_cells(sheet: Sheet, random: Random) -> None:
    times = random.choice([40, 40_000])
    if random.random() < 0.5:
        change_orders(sheet, random, lambda cell: cell * times)
    else:
        change_cells(sheet, random, PRODUCT, lambda cell: cell * times)


@harmful
def cells_without_a_heading(sheet: Sheet, random: Random) -> None:
    any_row(sheet, random).append("more")


@harmful
def cells_missing(sheet: Sheet, random: Random) -> None:
    del any_row(sheet, random)[random.randint(1, AMOUNT) :]


@harmful
def totals(sheet: Sheet, random: Random) -> None:
    total = sum(int(row[AMOUNT]) for row in sheet.rows if len(row) > AMOUNT and row[AMOUNT].isdecimal())
    sheet.rows.append([random.choice(["", "Total", "جمع کل"]), "", str(total), *random.choice([[], ["جمع"]])])


@harmful
def merged_cells(sheet: Sheet, _: Random) -> None:
    """Merges neighbouring cells only, because a spreadsheet does not sort merged cells."""
    before: list[str] = []
    for row in sheet.rows:
        same = [len(each) > BUYER and each[:AMOUNT] for each in (before, row)]
        before = list(row)
        if same[0] and same[0] == same[1]:
            row[ORDER] = row[BUYER] = ""


@harmful
def unquoted_thousands(sheet: Sheet, random: Random) -> None:
    """Adds thousands separators without quoting the cell, as by hand in a text editor."""
    row = any_row(sheet, random)
    if len(row) > AMOUNT and row[AMOUNT].isdecimal() and row[AMOUNT].isascii():
        row[AMOUNT : AMOUNT + 1] = f"{int(row[AMOUNT]):,}".split(",")


@harmful
def lost_quote(sheet: Sheet, random: Random) -> None:
    sheet.quoting = csv.QUOTE_ALL if random.random() < 0.5 else csv.QUOTE_MINIMAL

    def lose(text: str) -> str:
        quotes = [place for place, letter in enumerate(text) if letter == '"']
        place = random.choice(quotes) if quotes else None
        return text if place is None else text[:place] + text[place + 1 :]

    sheet.text.append(lose)


@harmful
def opened_quote(sheet: Sheet, random: Random) -> None:
    def open_one(text: str) -> str:
        places = [place + 1 for place, letter in enumerate(text) if letter == sheet.delimiter]
        place = random.choice(places)
        return text[:place] + '"' + text[place:]

    sheet.text.append(open_one)


@harmful
def old_code_page(sheet: Sheet, _: Random) -> None:
    sheet.encoding = "cp1256"


@harmful
def ambiguous_dates(sheet: Sheet, random: Random) -> None:
    change_cells(sheet, random, AT, lambda _: "03/04/2026")


@harmful
def negative_amounts(sheet: Sheet, random: Random) -> None:
    change_cells(sheet, random, AMOUNT, lambda cell: random.choice([f"-{cell}", f"({cell})", f"{cell}-"]))


@harmful
def other_units(sheet: Sheet, random: Random) -> None:
    change_cells(sheet, random, AMOUNT, lambda cell: f"{cell} {random.choice(['ریال', '﷼', 'rial', '$'])}")
