"""`moaref shop problems`: what is open, with its reason, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path
from subprocess import CompletedProcess

from storefront import open_storefront, woo_order
from warm import moaref


def problems(folder: Path, *arguments: str) -> CompletedProcess[str]:
    return moaref("shop", "problems", *arguments, "--store", f"sqlite:///{folder / 'moaref.db'}")


async def test_open_problems_are_listed_with_their_reasons_and_passed_ones_on_request(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        await front.deliver(woo_order(5, total="much"))
        await front.deliver(woo_order(6, currency="EUR"))
        await front.deliver(woo_order(7, total="much"))
        await front.deliver(woo_order(7))
        await front.order(currency="EUR")
    done = problems(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "woo:5  2026-03-21T11:00:00.000Z  cannot be read: total: a number, such as 19.99",
        "woo:6  2026-03-21T11:00:00.000Z  there is no rate for its currency: 100000.00 EUR",
        "main:1  2026-03-21T11:00:00.000Z  there is no rate for its currency: 1000.00 EUR",
    ]
    assert [line.split()[0] for line in problems(tmp_path, "main").stdout.splitlines()] == ["main:1"]
    assert problems(tmp_path, "woo", "--all").stdout.splitlines()[2].endswith("(passed)")
    found = json.loads(problems(tmp_path, "woo", "--json").stdout)
    assert found[0] == {
        "shop": "woo",
        "order": "5",
        "kind": "unreadable",
        "reason": "total: a number, such as 19.99",
        "at": "2026-03-21T11:00:00.000Z",
        "told": None,
        "settled": None,
    }


async def test_without_problems_it_says_so(tmp_path: Path) -> None:
    async with open_storefront(tmp_path):
        pass
    assert problems(tmp_path).stdout == "no shop order needs a decision\n"
    assert json.loads(problems(tmp_path, "--json").stdout) == []


def test_without_a_store_it_is_one_line_and_a_status(tmp_path: Path) -> None:
    done = problems(tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no store yet" in done.stderr
