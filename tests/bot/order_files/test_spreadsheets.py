"""What spreadsheets do to a file of orders, one thing at a time."""

import csv
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.order_files.problems import RowProblem, UnreadableFile, column_letter
from bot.order_files.quotes import check_quotes
from bot.order_files.reading import FileOrder, OrderFile
from engine.events.model import Line
from engine.money import Currency

HEADINGS = "order,buyer,amount,product,quantity,at"


def read(folder: Path, content: str | bytes, currency: str = "IRT") -> list[FileOrder | RowProblem]:
    file = folder / "orders.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(OrderFile(file, Currency.of(currency), ZoneInfo("Asia/Tehran")))


def one(folder: Path, content: str | bytes, currency: str = "IRT") -> FileOrder:
    [order] = read(folder, content, currency)
    assert isinstance(order, FileOrder), order
    return order


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        (['1,sara,10,"a'], 2),
        (["1,sara,10,a", '2,sara,10,"a', "3,sara,20,b", "4,sara,30,c"], 3),
        (["1,sara,10,a", '2,sara,10,"a', "3,sara,20,b", '4,sara,30,"c"'], 3),
        (["1,sara,10,a", '2,sara,10,"a', "3,sara,20,b", '4,sara,30,""'], 3),
        (["1,sara,10,a", '2,sara,10,"a', "3,sara,20,b", '4,sara,30,c"'], 3),
        (['1,sara,10,"a', 'and more"', '2,"sara,10,a', "3,sara,20,b"], 4),
        (['1,"sara"x,10,a'], 2),
        (['1,sara,10,a"', "2,sara,10,a"], 2),
        (['"1","sara","10","a', '"2","sara","10","a"'], 2),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_quotation_mark_that_is_not_closed_is_refused_where_its_row_begins(
    tmp_path: Path, rows: list[str], line: int, end: str
) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read(tmp_path, end.join(["order,buyer,amount,product", *rows]) + end)
    assert refused.value.code in ("unclosed_quote", "stray_quote")
    assert refused.value.line == line


def test_an_open_cell_that_swallows_more_than_a_cell_may_hold_is_told_as_what_it_is(tmp_path: Path) -> None:
    rows = "".join(f"{number},sara,10,a\n" for number in range(20_000))
    with pytest.raises(UnreadableFile) as refused:
        read(tmp_path, f'order,buyer,amount,product\n1,sara,10,"a\n{rows}')
    assert (refused.value.code, refused.value.line) == ("unclosed_quote", 2)
    with pytest.raises(UnreadableFile) as refused:
        read(tmp_path, f"order,buyer,amount,product\n1,sara,10,{'a' * csv.field_size_limit()}a\n")
    assert (refused.value.code, refused.value.line) == ("cell_too_large", 2)


@pytest.mark.parametrize(
    "row",
    [
        '1,sara,10,"a, b"',
        '1,sara,10,"a ""b"" c"',
        '1, "sara", 10, "a"',
        '="007",sara,10,a',
        '1,sara,10,5" pipe',
        '"1" ,sara,10,""',
    ],
)
def test_quotation_marks_that_are_closed_are_no_problem(row: str) -> None:
    check_quotes([f"{row}\n"], ",", 4)


def test_rows_of_one_order_that_stand_apart_are_gathered(tmp_path: Path) -> None:
    rows = ["1,sara,10,a", "2,ali,20,b", "1,sara,30,c", "3,ali,40,d", "2,ali,50,e", "1,sara,60,f"]
    found = read(tmp_path, "\n".join(["order,buyer,amount,product", *rows]))
    assert [(each.line, each.id, each.total) for each in found if isinstance(each, FileOrder)] == [
        (2, "1", 100),
        (3, "2", 70),
        (5, "3", 40),
    ]


def test_one_wrong_row_far_away_spoils_the_whole_order(tmp_path: Path) -> None:
    found = read(tmp_path, "order,buyer,amount\n1,sara,10\n2,ali,20\n1,sara,x\n1,ali,5\n")
    assert found[:2] == [
        RowProblem(4, "not_an_amount", "amount", "x", "1"),
        RowProblem(5, "other_buyer", "buyer", "ali", "1"),
    ]
    assert [each.id for each in found if isinstance(each, FileOrder)] == ["2"]


@pytest.mark.parametrize("below", [",,20,b", ",sara,20,b", "4.05231E+15,sara,20,b"])
def test_a_row_below_an_order_that_may_be_its_own_spoils_it(tmp_path: Path, below: str) -> None:
    found = read(tmp_path, f"order,buyer,amount,product\n1,sara,10,a\n{below}\n2,ali,30,c\n")
    assert [each.id for each in found if isinstance(each, FileOrder)] == ["2"]
    assert [each.order for each in found if isinstance(each, RowProblem)] == ["1"]


@pytest.mark.parametrize("footer", [",,30,جمع", "جمع کل,,30,", "Total,,30,", "\n,,30,"])
def test_a_row_of_totals_is_told_and_spoils_nothing(tmp_path: Path, footer: str) -> None:
    found = read(tmp_path, f"order,buyer,amount,product\n1,sara,10,a\n1,sara,20,b\n{footer}\n")
    assert [each.total for each in found if isinstance(each, FileOrder)] == [30]
    assert [each.code for each in found if isinstance(each, RowProblem)] == ["missing"]


@pytest.mark.parametrize(
    "id", ["4.05231E+15", "4,05231E+15", "4E+15", "4.0E15", "۴٫۰۵E+۱۵", "405.00", "4,052", "1٬234", "#####"]
)
def test_a_number_that_was_cut_or_formatted_is_refused_by_name(tmp_path: Path, id: str) -> None:
    [problem] = read(tmp_path, f'order,buyer,amount\n"{id}",sara,10\n')
    assert isinstance(problem, RowProblem)
    assert (problem.line, problem.code, problem.column, problem.cell) == (2, "changed_number", "order", "A")


@pytest.mark.parametrize("column", ["amount", "quantity", "buyer", "product"])
def test_a_cut_number_is_refused_in_every_column(tmp_path: Path, column: str) -> None:
    row = {"order": "1", "buyer": "sara", "amount": "10", "product": "a", "quantity": "1", column: "1.5E+5"}
    [problem] = read(tmp_path, ",".join(row) + "\n" + ",".join(row.values()))
    assert isinstance(problem, RowProblem)
    assert (problem.code, problem.column, problem.value) == ("changed_number", column, "1.5E+5")


@pytest.mark.parametrize("wrong", ["#REF!", "#N/A", "=A1", "=SUM(A1:A3)", "Err:502"])
def test_an_error_or_a_formula_is_no_id(tmp_path: Path, wrong: str) -> None:
    [problem] = read(tmp_path, f"order,buyer,amount\n{wrong},sara,10\n")
    assert isinstance(problem, RowProblem)
    assert (problem.code, problem.cell) == ("formula", "A")


@pytest.mark.parametrize(
    "above",
    ["sep=;\n", '"sep=;"\n', "\n\n", "گزارش فروش\n\n", "Report;of;orders\n", "سفارش\n", "\ufeff", "sep=;\nگزارش\n"],
)
def test_the_headings_may_stand_below_titles_and_a_line_that_names_the_separator(tmp_path: Path, above: str) -> None:
    order = one(tmp_path, f"{above}order;buyer;amount\n1;sara;10\n")
    assert (order.id, order.total) == ("1", 10)
    assert order.line == 2 + above.count("\n")


@pytest.mark.parametrize("mark", ["؛", "،"])
@pytest.mark.parametrize("above", ["", "sep={}\n", "گزارش فروش{0}{0}\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1256"])
def test_the_separators_of_persian_part_cells(tmp_path: Path, mark: str, above: str, encoding: str) -> None:
    text = above.format(mark) + mark.join(("سفارش", "مبلغ", "خريدار", "کالا\n1", "1,000", "sara", "کفش, قرمز\n"))
    order = one(tmp_path, (text if encoding != "cp1256" else text.replace("ی", "ي")).encode(encoding))
    assert (order.id, order.buyer, order.total, order.lines[0].product) == ("1", "sara", 1000, "کفش, قرمز")


def test_a_comma_of_persian_in_a_cell_parts_nothing(tmp_path: Path) -> None:
    order = one(tmp_path, "گزارش، فروش؛ کل،،\norder,buyer,amount,product\n1,sara,10,کفش، قرمز؛ مردانه\n")
    assert order.lines[0].product == "کفش، قرمز؛ مردانه"


@pytest.mark.parametrize(
    "heading",
    [
        "Order ID",
        "ORDER_ID",
        "order-id",
        "Order No.",
        "شماره سفارش",
        "شمارهٔ سفارش",
        "شماره\u200cسفارش",
        "شمـــاره سفـارش",
        "شماره\u00a0سفارش",
        "\u2067شماره سفارش\u2069",
        "شماره \u200fسفارش ",
        "\ufeffشماره سفارش",
    ],
)
def test_a_heading_is_known_however_it_was_written(tmp_path: Path, heading: str) -> None:
    assert one(tmp_path, f"{heading},خريدار,مبلغ\n1,sara,10\n").id == "1"


@pytest.mark.parametrize(
    ("id", "kept"),
    [
        ('="007"', "007"),
        ('"=""007"""', "007"),
        ("'007", "007"),
        ("«A-7»", "A-7"),
        ("\u2066A-7\u2069", "A-7"),
        ("۰۰۷", "007"),
    ],
)
def test_an_id_is_what_it_was_before_it_was_kept_as_text(tmp_path: Path, id: str, kept: str) -> None:
    assert one(tmp_path, f"order,buyer,amount\n{id},sara,10\n").id == kept


@pytest.mark.parametrize(
    ("quantity", "count"), [("1.0", 1), ("۱٫۰", 1), ("3.00", 3), ("2,0", 2), ("٤", 4), (" 5\u00a0", 5), ("۱٬۰۰۰", 1000)]
)
def test_a_quantity_may_have_empty_decimals(tmp_path: Path, quantity: str, count: int) -> None:
    assert one(tmp_path, f'{HEADINGS}\n1,sara,10,a,"{quantity}",\n').lines == (Line("a", 10, None, count),)


@pytest.mark.parametrize("quantity", ["1.5", "1,000", "1.000", "-1", "0", "0.0", "1e3"])
def test_a_quantity_that_could_be_two_is_none(tmp_path: Path, quantity: str) -> None:
    [problem] = read(tmp_path, f'{HEADINGS}\n1,sara,10,a,"{quantity}",\n')
    assert isinstance(problem, RowProblem)
    assert problem.column == "quantity"


@pytest.mark.parametrize(
    "amount",
    ["480000", "480,000", "۴۸۰٬۰۰۰", "480\u00a0000", "480000.00", "۴۸۰ هزار تومان", '="480000"', "480.000 ", "٤٨٠،٠٠٠"],
)
def test_an_amount_is_the_same_however_it_is_formatted(tmp_path: Path, amount: str) -> None:
    quoted = '"' + amount.replace('"', '""') + '"'
    assert one(tmp_path, f"order,buyer,amount\n1,sara,{quoted}\n").total == 480_000


@pytest.mark.parametrize("row", ["1,sara,480,000", "1,sara,480,000,,", "1,sara,1,480,000", "1,sara,480,000,a,1,"])
def test_an_amount_whose_thousands_part_cells_is_never_a_smaller_one(tmp_path: Path, row: str) -> None:
    found = read(tmp_path, f"{HEADINGS}\n{row}\n")
    assert all(isinstance(each, RowProblem) for each in found)


def test_a_cell_without_a_heading_and_one_that_is_too_long_are_named(tmp_path: Path) -> None:
    [unnamed] = read(tmp_path, "order,,buyer,amount\n1,lost,sara,10\n")
    assert isinstance(unnamed, RowProblem)
    assert (unnamed.code, unnamed.value, unnamed.cell) == ("too_many_cells", "lost", "B")
    [long] = read(tmp_path, f"order,buyer,amount,product\n1,sara,10,{'a' * 65}\n")
    assert isinstance(long, RowProblem)
    assert (long.code, long.column, long.cell) == ("too_long", "product", "D")
    assert [column_letter(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026/3/21", "2026-03-21T00:00:00"),
        ("21/03/2026", "2026-03-21T00:00:00"),
        ("3/21/2026 2:05 PM", "2026-03-21T14:05:00"),
        ("21.03.2026", "2026-03-21T00:00:00"),
        ("21-Mar-2026", "2026-03-21T00:00:00"),
        ("۱۴۰۵/۱/۱", "2026-03-21T00:00:00"),
        ("1405/01/01 02:05 ب.ظ", "2026-03-21T14:05:00"),
        ("31/06/1405", "2026-09-22T00:00:00"),
        ("2026-03-21 00:00:00", "2026-03-21T00:00:00"),
    ],
)
def test_a_date_is_read_in_both_calendars(tmp_path: Path, written: str, day: str) -> None:
    assert one(tmp_path, f'{HEADINGS}\n1,sara,10,a,1,"{written}"\n').at == f"{day}+03:30"


@pytest.mark.parametrize("written", ["03/04/2026", "3/21/26", "46102", "31/02/2026", "1404/12/30", "25:00", "########"])
def test_a_date_that_could_be_two_is_none(tmp_path: Path, written: str) -> None:
    [problem] = read(tmp_path, f'{HEADINGS}\n1,sara,10,a,1,"{written}"\n')
    assert isinstance(problem, RowProblem)
    assert (problem.code, problem.column) == ("not_a_time", "at")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_unicode_comes_with_and_without_its_mark(tmp_path: Path, encoding: str, mark: str) -> None:
    order = one(tmp_path, f"{mark}order,buyer,amount,product\r\n۱۷,سارا,۱۰,کفش\r\n".encode(encoding))
    assert (order.id, order.buyer, order.lines[0].product) == ("17", "سارا", "کفش")


def test_letters_that_a_code_page_has_lost_are_told(tmp_path: Path) -> None:
    for product in ("گوش?", "????", "پ?اده"):
        content = f"order,buyer,amount,product\n1,sara,10,{product}\n"
        [problem] = read(tmp_path, content.encode("cp1256") if product != "پ?اده" else content)
        assert isinstance(problem, RowProblem)
        assert problem.code == "lost_letters"
    damaged = (
        "order,buyer,amount,product\n1,sara,10," + "کفش پیاده‌روی مردانه و زنانه\n"
    ).encode() + b"2,sara,10,\xff\n"
    with pytest.raises(UnreadableFile):
        read(tmp_path, damaged)


def test_a_file_that_was_put_together_twice_counts_once_with_its_headings(tmp_path: Path) -> None:
    content = "order,buyer,amount\n1,sara,10\n2,ali,20\n"
    assert [each.total for each in read(tmp_path, content * 2) if isinstance(each, FileOrder)] == [10, 20]
