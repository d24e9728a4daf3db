"""`moaref import` and the tables of `moaref export`, as a shell sees them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from books import open_engine
from bot.cli.tables import harmless
from bot.store.database import Database
from engine.verify.ledger import verify_file
from shell import shell

CONFIG = """
[store]
url = "sqlite:///books.db"
[program]
currency = "USD"
[[ranks]]
id = "base"
commission = "20%"
"""


@pytest.fixture
async def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configuration, and a store with a member who has brought somebody."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.toml").write_text(CONFIG)
    await (await Database.open(tmp_path / "books.db")).close()
    tables = {
        "program": {"currency": "USD"},
        "ranks": [{"id": "base", "commission": "20%"}],
        "plan": {"kind": "direct"},
    }
    async with open_engine(tmp_path / "books.db", tables) as engine:
        await engine.join("nader", key="1")
        await engine.attribute("sara", "nader", key="2")
    return tmp_path


def exported(table: str, capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    capsys.readouterr()
    assert shell("export", table) == 0
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


def test_without_a_yes_nothing_is_recorded(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "orders.csv").write_text("order,buyer,amount\n1,sara,12.50\n")
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    assert shell("import", "orders.csv") == 0
    assert capsys.readouterr().out.strip() == "The file has 1 row.\n1 new order, 12.50 dollars"
    assert exported("orders", capsys) == []


def test_a_file_is_told_recorded_and_exported(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "orders.csv").write_text(
        "order,buyer,amount,product,quantity\n1,sara,12.50,=case,2\n1,sara,7.50,phone,1\n2,babak,1,,\n3,sara,x,,\n"
    )
    assert shell("import", "orders.csv", "--yes") == 1
    assert capsys.readouterr().out.splitlines() == [
        "The file has 4 rows.",
        "1 new order, 20.00 dollars",
        "2 lines have mistakes; their orders are left out.",
        "Line 4: I don't know babak. Name people by invitation code, @username or Telegram id.",
        "Line 5: x is not an amount in dollars.",
        "1 order was recorded, 20.00 dollars",
        "2 lines have mistakes; their orders are left out.",
    ]
    orders = exported("orders", capsys)
    assert [(each["order"], each["product"], each["amount"], each["seller"]) for each in orders] == [
        ("1", "'=case", "12.50", "nader"),
        ("1", "phone", "7.50", "nader"),
    ]
    assert [(each["member"], each["amount"]) for each in exported("commissions", capsys)] == [("nader", "4.00")]
    assert [each["credit"] for each in exported("transfers", capsys)] == ["available:nader"]
    assert [(each["member"], each["available"]) for each in exported("members", capsys)] == [("nader", "4.00")]
    assert verify_file(folder / "books.db").holds


def test_as_json_it_asks_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "orders.csv").write_text("order,buyer,amount\n1,sara,12.50\n2,nobody,1\n")
    assert shell("import", "orders.csv", "--json") == 1
    said = json.loads(capsys.readouterr().out)
    assert said["recorded"] is None
    assert said["found"]["problems"] == [
        {"line": 3, "code": "unknown_buyer", "column": "buyer", "value": "nobody", "order": "2"}
    ]
    assert shell("import", "orders.csv", "--json", "--yes") == 1
    assert json.loads(capsys.readouterr().out)["recorded"] == {"orders": 1, "total": 1250, "repeated": 0, "wrong": 1}


def test_what_cannot_be_read_is_told_with_status_2(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert shell("import", "missing.csv") == 2
    (folder / "picture.csv").write_bytes(b"\x89PNG\0\0")
    assert shell("import", "picture.csv") == 2
    (folder / "headless.csv").write_text("1,sara,12\n")
    assert shell("import", "headless.csv") == 2
    assert capsys.readouterr().err.splitlines() == [
        "missing.csv: No such file or directory",
        "picture.csv: This file has no text that I can read.",
        "headless.csv: The first line names a column that I don't know, or one twice: 1",
    ]
    (folder / "books.db").unlink()
    assert shell("import", "picture.csv") == 2


def test_an_exported_file_says_its_encoding(folder: Path) -> None:
    assert shell("export", "members", "--out", "members.csv") == 0
    assert (folder / "members.csv").read_bytes().startswith(b"\xef\xbb\xbfmember,")
    assert shell("export", "members", "--out", folder) == 2


@pytest.mark.parametrize("cell", ["=1+1", "+1 (555)", "-x", "@sara", "\t=1", "\r=1", "\n=1", "\0=1", "-1+1", "＝1"])
def test_a_formula_is_no_formula_any_more(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


def test_nor_is_one_where_semicolons_part_the_cells() -> None:
    assert harmless("sara;=1+1;a=b;@x") == "sara;'=1+1;a=b;'@x"


@pytest.mark.parametrize("cell", ["sara", "a; b-c", "-12.50", -5, 0, None, "", "12.50"])
def test_numbers_and_words_stay(cell: str | int | None) -> None:
    assert harmless(cell) == cell
