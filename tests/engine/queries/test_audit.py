"""The audit trail: what somebody did for others, in the journal's order."""

from pathlib import Path

from books import Clock, open_engine
from engine.events.model import ProgrammeChanged
from engine.service import Engine

DIRECT = {"program": {"currency": "IRT"}, "ranks": [{"id": "base", "commission": "20%"}]}
SHEBA = "IR820540102680020817909002"
DAY = 86_400_000


async def everything(engine: Engine) -> tuple[str, str]:
    """One of each act, by an admin; the member and their friend."""
    seller, _ = await engine.get_or_create_person("telegram", "1")
    friend, _ = await engine.get_or_create_person("telegram", "2")
    await engine.join(seller, key="join")
    await engine.attribute(friend, seller, key="attribute")
    await engine.purchase("o1", friend, 100_000, "phone", actor="ali")
    await engine.purchase("o2", friend, 100_000, "phone", actor="shop:woo")
    await engine.refund("o1", 10_000, key="refund", actor="ali")
    await engine.adjust("a1", seller, -500, "mistake", actor="ali")
    destination = await engine.keep_destination(seller, "sheba", SHEBA)
    for id in ("w1", "w2", "w3"):
        await engine.withdraw(id, seller, 1000, destination)
    await engine.authorise("w1", actor="ali")
    await engine.settle("w1", "paid", actor="ali", tracking="T")
    await engine.settle("w2", "rejected", actor="ali")
    await engine.settle("w3", "cancelled", actor=seller)
    await engine.suspend(seller, actor="ali", key="suspend")
    await engine.reinstate(seller, actor="shell:root", key="reinstate")
    await engine.submit(
        ProgrammeChanged({**DIRECT, "ranks": [{"id": "base", "commission": "10%"}]}), key=None, actor="shell:root"
    )
    return seller, friend


async def test_each_act_says_who_what_for_whom_and_how_much(tmp_path: Path) -> None:
    async with open_engine(tmp_path / "books.db", DIRECT) as engine:
        seller, friend = await everything(engine)
        acts, end = await engine.acts_after(0)
        assert [(each.actor, each.kind, each.whom, each.amount, each.name) for each in acts] == [
            ("ali", "purchased", friend, 100_000, "o1"),
            ("ali", "refunded", friend, 10_000, "o1"),
            ("ali", "adjusted", seller, -500, ""),
            ("ali", "approved", seller, 1000, "1"),
            ("ali", "paid", seller, 1000, "1"),
            ("ali", "rejected", seller, 1000, "2"),
            ("ali", "suspended", seller, None, ""),
            ("shell:root", "reinstated", seller, None, ""),
            ("shell:root", "programme", "", None, ""),
        ]
        assert end == await engine.journal_end()
        assert await engine.acts_after(end) == ([], end)


async def test_a_days_acts_are_those_from_its_beginning_to_its_end(tmp_path: Path) -> None:
    clock = Clock()
    async with open_engine(tmp_path / "books.db", DIRECT, clock=clock) as engine:
        first = clock.now
        seller, _ = await everything(engine)
        for number in range(1, 4):
            clock.pass_days(1)
            await engine.adjust(f"later-{number}", seller, number, "more", actor="ali")
        whole = await engine.acts_between(first, first + 10 * DAY)
        assert len(whole) == 12
        assert [each.amount for each in await engine.acts_between(first + DAY, first + 3 * DAY)] == [1, 2]
        assert await engine.acts_between(first + 4 * DAY, first + 9 * DAY) == []
        assert len(await engine.acts_between(0, first + 1)) == 9


async def test_commissions_that_were_decided_by_hand_are_acts_and_refused_events_are_none(tmp_path: Path) -> None:
    tables = {**DIRECT, "program": {"currency": "IRT", "approval": "manual"}}
    async with open_engine(tmp_path / "books.db", tables) as engine:
        seller, friend = [(await engine.get_or_create_person("telegram", each))[0] for each in ("1", "2")]
        await engine.join(seller, key="join")
        await engine.attribute(friend, seller, key="attribute")
        for order in ("o1", "o2"):
            await engine.purchase(order, friend, 100_000, "phone", actor="shop:woo")
        await engine.approve(1, actor="ali", key="approve")
        await engine.reject(2, actor="ali", key="reject")
        acts, _ = await engine.acts_after(0)
        assert [(each.kind, each.whom, each.amount, each.name) for each in acts] == [
            ("commission_approved", seller, 20_000, "order:o1"),
            ("commission_rejected", seller, 20_000, "order:o2"),
        ]


async def test_who_decided_is_read_from_the_journal_and_a_repeated_approval_is_nobody_s(tmp_path: Path) -> None:
    tables = {**DIRECT, "program": {"currency": "IRT", "approval": "manual"}}
    async with open_engine(tmp_path / "books.db", tables) as engine:
        seller, friend = [(await engine.get_or_create_person("telegram", each))[0] for each in ("1", "2")]
        await engine.join(seller, key="join")
        await engine.attribute(friend, seller, key="attribute")
        await engine.purchase("o1", friend, 100_000, "phone", actor="shop:woo")
        explained = await engine.explain(1)
        assert explained is not None
        assert await engine.approval_of(explained.commission) is None
        await engine.approve(1, actor="ali", key="a1")
        await engine.approve(1, actor="hamid", key="a2")
        approval = await engine.approval_of(explained.commission)
        assert approval is not None
        assert (approval.kind, approval.actor) == ("approved", "ali")
        destination = await engine.keep_destination(seller, "sheba", SHEBA)
        for id in ("w1", "order:o1"):  # an id may look like a commission's source
            await engine.withdraw(id, seller, 1000, destination)
            assert await engine.decisions_on_withdrawal(id) == []
        await engine.authorise("w1", actor="ali", key="k1")
        await engine.authorise("w1", actor="hamid", key="k2")
        await engine.settle("w1", "paid", actor="shell:root", tracking="T")
        await engine.settle("order:o1", "cancelled", actor=seller)
        made = await engine.decisions_on_withdrawal("w1")
        assert [(each.kind, each.actor) for each in made] == [("approved", "ali"), ("paid", "shell:root")]
        assert [each.kind for each in await engine.decisions_on_withdrawal("order:o1")] == ["cancelled"]
