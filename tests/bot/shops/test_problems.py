"""What admins have to review is told to each of them once, however often it happens and whenever they come."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.kit.effects import Outgoing
from bot.kit.person import Person
from bot.kit.shop import ShopProblem
from bot.kit.texts import LOCALE, Texts
from bot.notifications.relay import OutboxRelay
from bot.runtime.signals import Signals
from bot.shops.problems import GATHER_MS, ShopProblems
from bot.store.profiles import Profiles
from handlers.notices.shop_problems import shop_problems
from machine import ADMIN, Store
from quick_clock import QuickClock
from signalled import Counted, for_outbox
from storefront import Storefront, open_storefront
from ticking import StandingClock


def said(problem: ShopProblem, admin: Person) -> list[Outgoing]:
    words = f"{problem.kind} {problem.shop}:{problem.order} {problem.content}"
    return [Outgoing(admin.chat_id, "sendMessage", {"text": words})]


def teller(front: Storefront, written: Counted) -> OutboxRelay:
    people = Profiles(front.stores.writer, front.stores.machine, frozenset({ADMIN}))
    signals = Signals(outbox_changed=written)
    services = for_outbox(people, front.outbox, front.stores.writer, QuickClock(), signals)
    return OutboxRelay(services, ShopProblems(front.stores.machine, people, said), "problems")


async def test_each_problem_waits_for_an_admin_and_is_told_once(tmp_path: Path) -> None:
    written = Counted()
    async with open_storefront(tmp_path) as front:
        for _ in range(3):
            await front.order(currency="EUR")
        await teller(front, written).step()
        assert (front.rows("SELECT * FROM outbox"), written.times) == ([], 0)
        store = Store(front.stores.writer, front.stores.machine)
        await store.know(ADMIN, "Hamid", now=front.clock.now)
        for _ in range(2):
            await teller(front, written).step()
        await front.order(currency="EUR", order="2")
        await teller(front, written).step()
        told = front.rows("SELECT cause, json_extract(params, '$.text') FROM outbox ORDER BY id")
        assert [text.partition(" {")[0] for _, text in told] == ["no_rate main:1", "no_rate main:2"]
        assert len({cause for cause, _ in told}) == 2
        assert written.times == 2


async def test_many_of_a_kind_close_together_are_one_message_with_their_number(tmp_path: Path) -> None:
    def together(problems: Sequence[ShopProblem], admin: Person) -> list[Outgoing]:
        return [Outgoing(admin.chat_id, "sendMessage", {"text": f"{len(problems)} {problems[0].kind}"})]

    async with open_storefront(tmp_path) as front:
        store = Store(front.stores.writer, front.stores.machine)
        await store.know(ADMIN, "Hamid", now=front.clock.now)
        people = Profiles(front.stores.writer, front.stores.machine, frozenset({ADMIN}))
        clock = StandingClock()
        source = ShopProblems(front.stores.machine, people, said, render_many=together, now=clock.now)
        telling = OutboxRelay(for_outbox(people, front.outbox, store.writer, clock), source, "p")
        for number in range(150):
            await front.order(currency="EUR", order=f"e{number}")
            await telling.step()
            clock.time += 200
        told = [text for (text,) in front.rows("SELECT json_extract(params, '$.text') FROM outbox ORDER BY id")]
        assert [text.partition(" ")[0] for text in told] == ["no_rate"] * 3
        clock.time += GATHER_MS
        for _ in range(3):
            await telling.step()
        told = [text for (text,) in front.rows("SELECT json_extract(params, '$.text') FROM outbox ORDER BY id")]
        assert told[3:] == ["147 no_rate"]
        assert front.rows("SELECT COUNT(*) FROM shop_problems WHERE told_at IS NULL") == [(0,)]


def test_the_one_message_says_what_is_wrong_how_often_and_with_which_orders() -> None:
    problems = [ShopProblem("main", f"e{number}", "no_rate", {"total": "1.00 EUR"}) for number in range(150)]
    admin = Person("P1", 900, "Hamid", None, "en", is_admin=True, blocked=False)
    first, second = shop_problems(problems, admin, Texts(LOCALE, strict=True))
    assert "no rate" in first.params["text"]
    assert "150 orders of" in second.params["text"]
    assert "main:e149" in second.params["text"]
