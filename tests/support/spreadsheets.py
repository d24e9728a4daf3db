"""Files of orders as Excel and LibreOffice leave them: a sheet, what happens to it, and how it is written."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from random import Random

from persiantools.jdatetime import JalaliDate

COLUMNS = ("order", "buyer", "amount", "product", "quantity", "at")
PERSIAN = ("شماره سفارش", "خریدار", "مبلغ", "کالا", "تعداد", "تاریخ")
ORDER, BUYER, AMOUNT, PRODUCT, QUANTITY, AT = range(len(COLUMNS))
FARSI = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
PRODUCTS = ["shoes", "کفش پیاده‌روی", 'case, "red"', "a; b", "phone 12", "گوشی"]


@dataclass
class Sheet:
    """`harmless`: whoever reads it must find all that was in it."""

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
        """The file."""
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
    """A few orders of a few lines, all of them different."""
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
HARMLESS: list[Mutation] = []
HARMFUL: list[Mutation] = []


def harmless(mutation: Mutation) -> Mutation:
    HARMLESS.append(mutation)
    return mutation


def harmful(mutation: Mutation) -> Mutation:
    HARMFUL.append(mutation)
    return mutation


def mutated(sheet: Sheet, random: Random, *, harm: bool) -> Sheet:
    """A copy of the sheet after one to four mutations, one of them harmful where that is asked for."""
    copy = deepcopy(sheet)
    able = [each for each in HARMLESS if not (harm and each is other_columns_first)]  # harm is done column by column
    chosen = random.sample(able, random.randint(1, 4))
    if harm:
        chosen.append(random.choice(HARMFUL))
        copy.harmless = False
    for mutation in chosen:
        mutation(copy, random)
        copy.done.append(mutation.__name__)
    return copy


def _cells(sheet: Sheet, random: Random, column: int, change: Callable[[str], str]) -> None:
    """A whole column or a single cell."""
    chosen = sheet.rows if random.random() < 0.5 else random.sample(sheet.rows, 1)
    for row in chosen:
        if column < len(row) and row[column].strip():
            row[column] = change(row[column])


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
    """Changes the rows when the file is written: until then columns stand where they were."""
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
        _cells(sheet, random, column, lambda cell: cell.translate(script))


@harmless
def thousands(sheet: Sheet, random: Random) -> None:
    mark = random.choice([",", "٬", "،", " ", "\u00a0", "."])
    _cells(sheet, random, AMOUNT, lambda cell: f"{int(cell):,}".replace(",", mark) if cell.isdecimal() else cell)


@harmless
def units(sheet: Sheet, random: Random) -> None:
    _cells(sheet, random, AMOUNT, lambda cell: f"{cell} {random.choice(['تومان', 'toman', 'IRT'])}")


@harmless
def decimals(sheet: Sheet, random: Random) -> None:
    parts = [".0", ".00", "٫۰", "٫00"]
    _cells(sheet, random, QUANTITY, lambda cell: cell + random.choice(parts) if cell.isdecimal() else cell)


@harmless
def amount_decimals(sheet: Sheet, random: Random) -> None:
    _cells(sheet, random, AMOUNT, lambda cell: cell + ".00" if cell.isdecimal() else cell)


@harmless
def kept_as_text(sheet: Sheet, random: Random) -> None:
    _cells(sheet, random, random.choice([ORDER, BUYER]), lambda cell: f'="{cell}"')


@harmless
def apostrophes(sheet: Sheet, random: Random) -> None:
    _cells(sheet, random, ORDER, lambda cell: f"'{cell}" if cell.isdecimal() else cell)


@harmless
def marks(sheet: Sheet, random: Random) -> None:
    mark = random.choice("\u200e\u200f\u2066\u2069\u061c\ufeff\u2060\u00ad\u00a0")
    for column in (ORDER, BUYER, AMOUNT, QUANTITY, AT):
        _cells(sheet, random, column, lambda cell: mark + cell + mark)


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

    _cells(sheet, random, AT, change)


@harmful
def cut_numbers(sheet: Sheet, random: Random) -> None:
    def cut(cell: str) -> str:
        return f"{float(cell):.5E}" if cell.isdecimal() and cell.isascii() else cell

    if random.random() < 0.5:
        _orders(sheet, random, cut)
    else:
        _cells(sheet, random, AMOUNT, cut)


@harmful
def formatted_ids(sheet: Sheet, random: Random) -> None:
    _orders(sheet, random, lambda cell: f"{int(cell):,}" if _is_number(cell) else cell)


@harmful
def float_ids(sheet: Sheet, random: Random) -> None:
    _orders(sheet, random, lambda cell: f"{int(cell)}.0" if _is_number(cell) else cell)


@harmful
def errors(sheet: Sheet, random: Random) -> None:
    wrong = random.choice(["#REF!", "#N/A", "#########", "=A1+B1", "Err:502", "#NAME?"])
    _cells(sheet, random, random.choice([BUYER, AMOUNT, PRODUCT, QUANTITY, AT]), lambda _: wrong)


@harmful
def errors_of_orders(sheet: Sheet, random: Random) -> None:
    wrong = random.choice(["#REF!", "#N/A", "#########", "=A1+B1", "Err:502", "???"])
    _orders(sheet, random, lambda _: wrong)


@harmful
def long_cells(sheet: Sheet, random: Random) -> None:
    times = random.choice([40, 40_000])
    if random.random() < 0.5:
        _orders(sheet, random, lambda cell: cell * times)
    else:
        _cells(sheet, random, PRODUCT, lambda cell: cell * times)


@harmful
def cells_without_a_heading(sheet: Sheet, random: Random) -> None:
    _at_random(sheet, random).append("more")


@harmful
def cells_missing(sheet: Sheet, random: Random) -> None:
    del _at_random(sheet, random)[random.randint(1, AMOUNT) :]


@harmful
def totals(sheet: Sheet, random: Random) -> None:
    total = sum(int(row[AMOUNT]) for row in sheet.rows if len(row) > AMOUNT and row[AMOUNT].isdecimal())
    sheet.rows.append([random.choice(["", "Total", "جمع کل"]), "", str(total), *random.choice([[], ["جمع"]])])


@harmful
def merged_cells(sheet: Sheet, _: Random) -> None:
    """Of neighbours alone: a spreadsheet does not sort merged cells."""
    before: list[str] = []
    for row in sheet.rows:
        same = [len(each) > BUYER and each[:AMOUNT] for each in (before, row)]
        before = list(row)
        if same[0] and same[0] == same[1]:
            row[ORDER] = row[BUYER] = ""


@harmful
def unquoted_thousands(sheet: Sheet, random: Random) -> None:
    """By hand, in a text editor."""
    row = _at_random(sheet, random)
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
    _cells(sheet, random, AT, lambda _: "03/04/2026")


@harmful
def negative_amounts(sheet: Sheet, random: Random) -> None:
    _cells(sheet, random, AMOUNT, lambda cell: random.choice([f"-{cell}", f"({cell})", f"{cell}-"]))


@harmful
def other_units(sheet: Sheet, random: Random) -> None:
    _cells(sheet, random, AMOUNT, lambda cell: f"{cell} {random.choice(['ریال', '﷼', 'rial', '$'])}")


def _orders(sheet: Sheet, random: Random, change: Callable[[str], str]) -> None:
    """An order's number is alike in all its rows, and so is what a spreadsheet makes of it."""
    filled = [row for row in sheet.rows if row and _bare(row[ORDER])]
    id = _bare(random.choice(filled)[ORDER])
    for row in filled:
        if _bare(row[ORDER]) == id:
            row[ORDER] = change(id)


def _bare(id: str) -> str:
    return "".join(letter for letter in id if letter.isalnum() or letter == "-")


def _is_number(cell: str) -> bool:
    """One that means the same without a zero before it."""
    return cell.isdecimal() and cell.isascii() and str(int(cell)) == cell and len(cell) > 3


def _at_random(sheet: Sheet, random: Random) -> list[str]:
    return random.choice(sheet.rows)
