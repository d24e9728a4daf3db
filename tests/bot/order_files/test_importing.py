"""A file of orders against a store: what it would bring, what it brings, and nothing of it twice."""

import asyncio
from contextlib import closing
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from books import open_engine
from bot.kit.formatting import Lines
from bot.kit.texts import LOCALE, Texts
from bot.order_files import messages as telling
from bot.order_files.dry_run import PROBLEMS_KEPT, DryRun, survey
from bot.order_files.lookup import Known
from bot.order_files.reading import OrderFile
from bot.order_files.recording import PAGE, Recorded, record
from bot.store.database import Database
from disguises import disguised, linked
from engine.events.model import Line, Order
from engine.money import Currency
from engine.service import Engine
from engine.store.connection import connect
from engine.verify.ledger import verify_file

TOMAN = Currency.of("IRT")


async def prepared(path: Path) -> None:
    """The tables of the machine, too."""
    await (await Database.open(path)).close()


async def people(engine: Engine) -> tuple[str, str]:
    """A member and the friend they brought."""
    nader, _ = await engine.get_or_create_person("telegram", "101")
    sara, _ = await engine.get_or_create_person("telegram", "103")
    await engine.join(nader, key="join")
    await engine.attribute(sara, nader, key="attribute")
    return nader, sara


def file_of(folder: Path, *rows: str) -> OrderFile:
    path = folder / "orders.csv"
    path.write_text("\n".join(["order,buyer,amount,at", *rows]))
    return OrderFile(path, TOMAN, ZoneInfo("UTC"))


async def recorded(file: OrderFile, engine: Engine, books: Path) -> Recorded:
    with closing(connect(books)) as connection:
        return await record(file, Known(connection), engine, actor="hamid", progress=unheard)


async def unheard(_: Recorded) -> None:
    """Nobody asks how far it is."""


def surveyed(file: OrderFile, books: Path) -> DryRun:
    with closing(connect(books)) as connection:
        return survey(file, Known(connection))


async def test_a_file_pays_its_commissions_once_however_often_it_comes(tmp_path: Path) -> None:
    books = tmp_path / "books.db"
    await prepared(books)
    async with open_engine(books) as engine:
        nader, sara = await people(engine)
        file = file_of(tmp_path, *(f"{number},{sara},1000,2026-03-01" for number in range(2 * PAGE + 50)))
        count = 2 * PAGE + 50
        assert surveyed(file, books) == DryRun(rows=count, orders=count, total=1000 * count)
        assert await recorded(file, engine, books) == Recorded(orders=count, total=1000 * count)
        earned = (await engine.balance(nader)).available
        assert earned > 0
        assert surveyed(file, books) == DryRun(rows=count, repeated=count)
        assert await recorded(file, engine, books) == Recorded(repeated=count)
        assert (await engine.balance(nader)).available == earned
    assert verify_file(books).holds
    with closing(connect(books)) as connection:
        rows = connection.execute("SELECT actor, details FROM journal WHERE type = 'order'").fetchall()
    assert [tuple(row) for row in rows] == [("hamid", '{"bought":"2026-03-01T00:00:00+00:00"}')] * count


async def test_a_file_that_is_known_already_lets_others_have_their_turn(tmp_path: Path) -> None:
    books = tmp_path / "books.db"
    await prepared(books)
    async with open_engine(books) as engine:
        _, sara = await people(engine)
        file = file_of(tmp_path, *(f"{number},{sara},1000,2026-03-01" for number in range(10 * PAGE)))
        await recorded(file, engine, books)
        turns = 0

        async def others() -> None:
            nonlocal turns
            while True:
                turns += 1
                await asyncio.sleep(0)

        waiting = asyncio.ensure_future(others())
        assert (await recorded(file, engine, books)).repeated == 10 * PAGE
        waiting.cancel()
        assert turns >= 10


async def test_the_same_row_twice_in_one_file_counts_once(tmp_path: Path) -> None:
    books = tmp_path / "books.db"
    await prepared(books)
    async with open_engine(books) as engine:
        _, sara = await people(engine)
        file = file_of(tmp_path, f"1,{sara},1000,", f"2,{sara},500,", f"1,{sara},1000,", f"2,{sara},501,")
        found = surveyed(file, books)
        assert (found.orders, found.total, found.repeated, found.rows) == (2, 2001, 0, 4)
        assert await recorded(file, engine, books) == Recorded(orders=2, total=2001)


async def test_rows_that_were_sorted_since_are_the_same_order(tmp_path: Path) -> None:
    books = tmp_path / "books.db"
    await prepared(books)
    async with open_engine(books) as engine:
        _, sara = await people(engine)
        rows = (f"1,{sara},1000,", f"1,{sara},2000,", f"2,{sara},500,")
        assert await recorded(file_of(tmp_path, *rows), engine, books) == Recorded(orders=2, total=3500)
        assert await recorded(file_of(tmp_path, *rows[::-1]), engine, books) == Recorded(repeated=2)


async def test_an_order_whose_lines_are_alike_is_known_by_the_rows_that_it_makes(tmp_path: Path) -> None:
    books = tmp_path / "books.db"
    await prepared(books)
    async with open_engine(books) as engine:
        _, sara = await people(engine)
        await engine.submit(Order("7", sara, (Line("purchase", 1000), Line("purchase", 1000))), key=None)
        found = surveyed(file_of(tmp_path, f"7,{sara},1000,", f"7,{sara},1000,"), books)
        assert (found.rows, found.orders, found.repeated, found.wrong) == (2, 0, 1, 0)


async def test_every_row_is_counted_whatever_comes_of_it(tmp_path: Path) -> None:
    books = tmp_path / "books.db"
    await prepared(books)
    async with open_engine(books) as engine:
        _, sara = await people(engine)
        rows = (f"1,{sara},1000,", f"1,{sara},x,", "", f"2,{sara},500,", f"2,{sara},500,", "3,nobody,1,")
        found = surveyed(file_of(tmp_path, *rows), books)
        assert (found.rows, found.orders, found.wrong) == (5, 1, 2)


async def test_an_order_that_an_admin_has_typed_is_known(tmp_path: Path) -> None:
    books = tmp_path / "books.db"
    await prepared(books)
    async with open_engine(books) as engine:
        _, sara = await people(engine)
        await engine.purchase("7", sara, 1000, "purchase", actor="hamid")
        await engine.purchase("8", sara, 1000, "purchase", actor="hamid")
        found = surveyed(file_of(tmp_path, f"7,{sara},1000,", f"8,{sara},2000,"), books)
        assert (found.orders, found.repeated) == (0, 1)
        assert [each.code for each in found.problems] == ["other_content"]


async def test_buyers_have_three_names(tmp_path: Path) -> None:
    books = tmp_path / "books.db"
    await prepared(books)
    async with open_engine(books) as engine:
        _, sara = await people(engine)
        with closing(connect(books)) as connection:
            connection.execute("INSERT INTO profiles VALUES (?, 103, 'Sara', 'Sara', 'en', 1, 1, NULL, 1)", (sara,))
        rows = (f"1,{sara},10,", "2,@sARA,10,", "3,۱۰۳,10,", "4,@maryam,10,", "5,104,10,")
        file = file_of(tmp_path, *rows)
        assert [(each.line, each.code, each.value) for each in surveyed(file, books).problems] == [
            (5, "unknown_buyer", "@maryam"),
            (6, "unknown_buyer", "104"),
        ]
        assert await recorded(file, engine, books) == Recorded(orders=3, total=30, wrong=2)
        assert {order.buyer for order in await engine.orders_of(sara, 10)} == {sara}


async def test_of_many_problems_the_first_are_kept(tmp_path: Path) -> None:
    books = tmp_path / "books.db"
    await prepared(books)
    found = surveyed(file_of(tmp_path, *(f"{number},nobody,1," for number in range(50))), books)
    assert found.wrong == 50
    assert [each.line for each in found.problems] == list(range(2, 2 + PROBLEMS_KEPT))


async def test_orders_under_the_numbers_of_a_shop_or_of_the_chat_are_left_out_and_named(tmp_path: Path) -> None:
    books = tmp_path / "books.db"
    await prepared(books)
    async with open_engine(books) as engine:
        _, sara = await people(engine)
        file = file_of(
            tmp_path, f"woo:7,{sara},1000,", f"Woo:8,{sara},1000,", f"stars:x,{sara},1000,", f"o:9,{sara},5,"
        )
        with closing(connect(books)) as connection:
            known = Known(connection, ["woo"])
            found = survey(file, known)
            done = await record(file, known, engine, actor="admin", progress=unheard)
        assert [(each.line, each.code, each.value) for each in found.problems] == [
            (2, "number_of_shop", "woo:7"),
            (3, "number_of_shop", "Woo:8"),
            (4, "number_of_shop", "stars:x"),
        ]
        assert (done.orders, done.wrong) == (1, 3)


async def test_a_buyer_is_known_by_a_code_however_it_was_copied(tmp_path: Path) -> None:
    books, random = tmp_path / "books.db", Random(38)
    await prepared(books)
    async with open_engine(books) as engine:
        await engine.join("23ABCDE", key="join")
        typed = [random.choice((disguised, linked))("23ABCDE", random) for _ in range(200)]
        rows = [f'{number},"{word.replace(chr(34), chr(34) * 2)}",1000,' for number, word in enumerate(typed)]
        found = surveyed(file_of(tmp_path, *rows), books)
        assert found.problems == []
        assert found.orders == 200


async def test_orders_that_whoever_records_them_earns_from_are_left_to_another_and_told_apart(tmp_path: Path) -> None:
    books = tmp_path / "books.db"
    await prepared(books)
    async with open_engine(books) as engine:
        nader, sara = await people(engine)
        other, _ = await engine.get_or_create_person("telegram", "104")
        file = file_of(tmp_path, f"A1,{sara},1000,", f"A2,{other},500,", "A3,nobody,500,")
        with closing(connect(books)) as connection:
            done = await record(file, Known(connection), engine, actor=nader, progress=unheard)
        assert done == Recorded(orders=1, total=500, wrong=1, own=1)
        assert await engine.order("A1") is None
        said = Texts(LOCALE, strict=True).plain("en", "import-lines", lines=Lines(telling.done(done, TOMAN)))
        assert "You earn from one order: another admin has to record it." in said
