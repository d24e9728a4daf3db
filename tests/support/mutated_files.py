"""Holds a mutated file of orders against the one that it was: the same orders, or a reason for each that is missing."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from bot.order_files.problems import Problem, UnreadableFile
from bot.order_files.reading import FileOrder, OrderFile
from engine.money import Currency
from spreadsheets import Sheet, mutated, plain_sheet

Told = dict[str, tuple[str, str, Counter[tuple[str, int, int]]]]


def orders_in(found: list[FileOrder | Problem]) -> Told:
    """Who bought what and when, by the order's id; lines in any order."""
    return {
        each.id: (each.buyer, each.at, Counter((line.product, line.amount, line.quantity) for line in each.lines))
        for each in found
        if isinstance(each, FileOrder)
    }


def read(folder: Path, sheet: Sheet) -> list[FileOrder | Problem]:
    path = folder / "orders.csv"
    path.write_bytes(sheet.content())
    return list(OrderFile(path, Currency.of("IRT"), ZoneInfo("Asia/Tehran")))


def compare(folder: Path, seed: int) -> str:
    """Reads one mutated file; "read", "in part" or "refused". Fails where anything is read otherwise than it was."""
    random = Random(seed)
    plain = plain_sheet(random)
    before = orders_in(read(folder, plain))
    assert len(before) == len({row[0] for row in plain.rows})
    sheet = mutated(plain, random, harm=random.random() < 0.6)
    told = f"seed {seed}: {sheet.done}\n{sheet.content()[:1500]!r}"
    try:
        found = read(folder, sheet)
    except UnreadableFile as error:
        refused = f"{told}: {error}"
        found = []
    else:
        refused = ""
    if refused:
        assert not sheet.harmless, refused
        return "refused"
    after, problems = orders_in(found), [each for each in found if isinstance(each, Problem)]
    for id, content in after.items():
        assert content == before.get(id), f"{told}\n{id} was {before.get(id)} and is {content}"
    assert all(each.line > 0 for each in problems), told
    if sheet.harmless:
        assert not problems, f"{told}\n{problems}"
    if len(after) == len(before):
        return "read"
    assert problems, f"{told}\nwithout a word: {before.keys() - after.keys()}"
    return "in part"
