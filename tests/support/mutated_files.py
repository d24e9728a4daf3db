"""Compares a mutated file of orders with the original: the same orders, or a reason for each missing one."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from bot.order_files.problems import RowProblem, UnreadableFile
from bot.order_files.reading import FileOrder, OrderFile
from engine.money import Currency
from harmful_changes import HARMFUL
from harmless_changes import HARMLESS, other_columns_first
from spreadsheets import Sheet, plain_sheet

Told = dict[str, tuple[str, str, Counter[tuple[str, int, int]]]]


def orders_in(found: list[FileOrder | RowProblem]) -> Told:
    """Returns buyer, lines and time by order id; lines in any order."""
    return {
        each.id: (each.buyer, each.at, Counter((line.product, line.amount, line.quantity) for line in each.lines))
        for each in found
        if isinstance(each, FileOrder)
    }


def read(folder: Path, sheet: Sheet) -> list[FileOrder | RowProblem]:
    path = folder / "orders.csv"
    path.write_bytes(sheet.content())
    return list(OrderFile(path, Currency.of("IRT"), ZoneInfo("Asia/Tehran")))


def mutated(sheet: Sheet, random: Random, *, harm: bool) -> Sheet:
    """Returns a copy of the sheet after one to four mutations, one of them harmful where requested."""
    copy = deepcopy(sheet)
    able = [
        each for each in HARMLESS if not (harm and each is other_columns_first)
    ]  # harmful changes work column by column
    chosen = random.sample(able, random.randint(1, 4))
    if harm:
        chosen.append(random.choice(HARMFUL))
        copy.harmless = False
    for mutation in chosen:
        mutation(copy, random)
        copy.done.append(mutation.__name__)
    return copy


def compare(folder: Path, seed: int) -> str:
    """Reads one mutated file; returns "read", "in part" or "refused". Fails where a value is read differently."""
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
    after, problems = orders_in(found), [each for each in found if isinstance(each, RowProblem)]
    for id, content in after.items():
        assert content == before.get(id), f"{told}\n{id} was {before.get(id)} and is {content}"
    assert all(each.line > 0 for each in problems), told
    if sheet.harmless:
        assert not problems, f"{told}\n{problems}"
    if len(after) == len(before):
        return "read"
    assert problems, f"{told}\nwithout a word: {before.keys() - after.keys()}"
    return "in part"
