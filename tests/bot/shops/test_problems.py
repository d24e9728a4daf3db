"""What admins have to look at is told to each of them once, however often it happens and whenever they come."""

from __future__ import annotations

from pathlib import Path

from bot.kit.effects import Outgoing
from bot.kit.person import Person
from bot.kit.shop import ShopProblem
from bot.outbox.teller import Teller
from bot.shops.problems import ShopProblems
from bot.store.people import Profiles
from machine import ADMIN, Store
from quick_clock import QuickClock
from storefront import Storefront, open_storefront


def said(problem: ShopProblem, admin: Person) -> list[Outgoing]:
    words = f"{problem.kind} {problem.shop}:{problem.order} {problem.content}"
    return [Outgoing(admin.chat_id, "sendMessage", {"text": words})]


def teller(front: Storefront, written: list[None]) -> Teller:
    people = Profiles(front.stores.writer, front.stores.machine, frozenset({ADMIN}))
    return Teller(
        ShopProblems(front.stores.machine, people, said),
        front.stores.writer,
        front.outbox,
        subject="problems",
        clock=QuickClock(),
        written=lambda: written.append(None),
    )


async def test_each_problem_waits_for_an_admin_and_is_told_once(tmp_path: Path) -> None:
    written: list[None] = []
    async with open_storefront(tmp_path) as front:
        for _ in range(3):
            await front.order(currency="EUR")
        await teller(front, written).step()
        assert (front.rows("SELECT * FROM outbox"), written) == ([], [])
        store = Store(front.stores.writer, front.stores.machine)
        await store.know(ADMIN, "Hamid", now=front.clock.now)
        for _ in range(2):
            await teller(front, written).step()
        await front.order(currency="EUR", order="2")
        await teller(front, written).step()
        told = front.rows("SELECT cause, json_extract(params, '$.text') FROM outbox ORDER BY id")
        assert [text.partition(" {")[0] for _, text in told] == ["no_rate main:1", "no_rate main:2"]
        assert len({cause for cause, _ in told}) == 2
        assert len(written) == 2
