"""A file of orders, as spreadsheets write them."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.order_files.problems import RowProblem, UnreadableFile
from bot.order_files.reading import LINES_MAX, FileOrder, OrderFile
from engine.events.model import Line
from engine.money import Currency

TEHRAN = ZoneInfo("Asia/Tehran")
PERSIAN = "سفارش;خریدار;مبلغ;کالا;تاریخ\n۱۷;sara;«۱۵ هزار»;گوشی;۱۴۰۵/۰۱/۰۱\n۱۸;ali;۱۲٬۵۰۰ تومان;قاب;\n"


def read(path: Path, content: str | bytes, currency: str = "IRT") -> list[FileOrder | RowProblem]:
    file = path / "orders.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(OrderFile(file, Currency.of(currency), TEHRAN))


def test_a_plain_file(tmp_path: Path) -> None:
    content = "order,buyer,amount,product,category,quantity,at\nA-1,sara,15000,case,cases,3,2026-03-21T10:00:00+03:30\n"
    assert read(tmp_path, content) == [
        FileOrder(2, "A-1", "sara", "2026-03-21T10:00:00+03:30", (Line("case", 15000, "cases", 3),))
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
def test_persian_comes_in_four_encodings(tmp_path: Path, encoding: str) -> None:
    content = PERSIAN.replace("«", "").replace("»", "")
    if encoding == "cp1256":  # it has neither Persian digits nor a Persian ye
        content = content.translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹٬ی", "0123456789,ي"))
    phone, case = read(tmp_path, content.encode(encoding))
    assert isinstance(phone, FileOrder)
    assert (phone.id, phone.at, phone.lines) == ("17", "2026-03-21T00:00:00+03:30", (Line("گوشی", 15_000),))
    assert isinstance(case, FileOrder)
    assert (case.id, case.at, case.total) == ("18", "", 12_500)


def test_all_rows_under_one_id_are_one_order_wherever_they_stand(tmp_path: Path) -> None:
    content = (
        "order\tbuyer\tamount\tproduct\n1\tsara\t10\ta\n1\tsara\t20\tb\n2\tali\t30\tc\n1\tsara\t10\ta\n1\tsara\t5\td\n"
    )
    orders = [each for each in read(tmp_path, content) if isinstance(each, FileOrder)]
    assert [(each.line, each.id, each.total) for each in orders] == [(2, "1", 35), (4, "2", 30)]


def test_the_same_row_twice_in_an_order_is_one_line(tmp_path: Path) -> None:
    rows = ("1,sara,10,a,", "1,sara,10,a,", "1,sara,10,b,", "1,sara,10,a,", "1,sara,10,a,2026-03-21", "2,ali,10,a,")
    first, second = read(tmp_path, "\n".join(("order,buyer,amount,product,at", *rows)))
    assert isinstance(first, FileOrder)
    assert [line.product for line in first.lines] == ["a", "b", "a"]
    assert isinstance(second, FileOrder)
    assert second.total == 10


def test_dollars_are_read_as_dollars(tmp_path: Path) -> None:
    order, wrong = read(tmp_path, 'order,buyer,amount\n1,sara,12.50\n2,sara,"12,50"\n', "USD")
    assert isinstance(order, FileOrder)
    assert order.total == 1250
    assert wrong == RowProblem(3, "not_an_amount", "amount", "12,50", "2")


def test_a_quoted_cell_may_hold_the_delimiter_and_a_line_break(tmp_path: Path) -> None:
    first, second = read(tmp_path, 'order,buyer,amount,product\n1,sara,10,"a, or\nb"\n2,ali,20,c\n')
    assert isinstance(first, FileOrder)
    assert first.lines[0].product == "a, or b"
    assert isinstance(second, FileOrder)
    assert second.line == 4


def test_empty_rows_and_empty_cells_at_the_end_are_nothing(tmp_path: Path) -> None:
    assert len(read(tmp_path, "order,buyer,amount,,\n\n1,sara,10,,,\n , ,\n")) == 1


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (",sara,10,1,", RowProblem(2, "missing", "order")),
        ("1,,10,1,", RowProblem(2, "missing", "buyer", order="1")),
        ("1,sara,,1,", RowProblem(2, "missing", "amount", order="1")),
        ("1,sara,ten,1,", RowProblem(2, "not_an_amount", "amount", "ten", "1")),
        ("1,sara,0,1,", RowProblem(2, "not_an_amount", "amount", "0", "1")),
        ("1,sara,-5,1,", RowProblem(2, "not_an_amount", "amount", "-5", "1")),
        ("1,sara,10 dollars,1,", RowProblem(2, "not_an_amount", "amount", "10 dollars", "1")),
        ("1,sara,10,0,", RowProblem(2, "not_a_count", "quantity", "0", "1")),
        ("1,sara,10,1.5,", RowProblem(2, "not_a_count", "quantity", "1.5", "1")),
        ("1,sara,10,1,yesterday", RowProblem(2, "not_a_time", "at", "yesterday", "1")),
        ("1,sara,10,1,1404-12-30", RowProblem(2, "not_a_time", "at", "1404-12-30", "1")),
        ("1,sara,10,1,,more", RowProblem(2, "too_many_cells", "order", "more")),
        (f"{'1' * 65},sara,10,1,", RowProblem(2, "too_long", "order", "1" * 40)),
    ],
)
def test_a_line_that_is_wrong_says_where(tmp_path: Path, row: str, problem: RowProblem) -> None:
    assert read(tmp_path, f"order,buyer,amount,quantity,at\n{row}\n") == [problem]


def test_one_wrong_line_spoils_its_order_and_no_other(tmp_path: Path) -> None:
    found = read(tmp_path, "order,buyer,amount\n1,sara,10\n1,sara,x\n1,ali,5\n2,sara,20\n")
    assert found[:-1] == [
        RowProblem(3, "not_an_amount", "amount", "x", "1"),
        RowProblem(4, "other_buyer", "buyer", "ali", "1"),
    ]
    assert isinstance(found[-1], FileOrder)
    assert found[-1].id == "2"


def test_an_order_has_no_end_of_lines(tmp_path: Path) -> None:
    found = read(tmp_path, "order,buyer,amount\n" + "".join(f"1,sara,{1 + n}\n" for n in range(LINES_MAX + 2)))
    assert found == [RowProblem(line, "too_many_lines", "order", "1", "1") for line in (LINES_MAX + 2, LINES_MAX + 3)]


@pytest.mark.parametrize(
    ("content", "code", "value"),
    [
        (b"", "no_header", ""),
        (b"\n1,sara,10\n", "no_header", ""),
        (b"\x89PNG\r\n\0\0", "no_text", ""),
        (b"PK\x03\x04\0\0", "no_text", ""),
        (b"order,buyer,amount,colour\n", "unknown_column", "colour"),
        (b"order,order,amount\n", "unknown_column", "order"),
        (b"order,amount\n", "missing_column", "buyer"),
        ("order,buyer,amount\n".encode("utf-16")[:-1], "no_text", ""),
    ],
)
def test_what_is_no_file_of_orders(tmp_path: Path, content: bytes, code: str, value: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read(tmp_path, content)
    assert (refused.value.code, refused.value.value) == (code, value)


def test_how_much_has_been_read_grows_to_all(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("order,buyer,amount\n" + "".join(f"{number},sara,10\n" for number in range(20_000)))
    file = OrderFile(path, Currency.of("IRT"), TEHRAN)
    shares = [file.read for _ in file]
    assert shares == sorted(shares)
    assert shares[0] < 0.5
    assert shares[-1] == 1.0
