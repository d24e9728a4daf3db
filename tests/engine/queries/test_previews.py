from itertools import pairwise
from pathlib import Path

import pytest

from books import open_engine
from engine.errors import OverRefund
from engine.events.model import Reject
from engine.queries.previews import RefundPreview, preview_refund
from engine.service import Engine
from stores import UNILEVEL

BY_HAND = {**UNILEVEL, "program": {"currency": "IRT", "approval": "manual"}}


async def a_sale(engine: Engine, amount: int) -> None:
    """An order by somebody with three members above."""
    people = [(await engine.get_or_create_person("telegram", str(number)))[0] for number in range(4)]
    await engine.join(people[0], key="join:0")
    for sponsor, person in pairwise(people):
        await engine.attribute(person, sponsor, key=f"attribute:{person}")
        if person != people[-1]:
            await engine.join(person, key=f"join:{person}")
    await engine.purchase("o-17", people[-1], amount, "phone", actor="admin")


async def previewed(engine: Engine, amount: int | None) -> RefundPreview:
    order = await engine.order("o-17")
    assert order is not None
    return preview_refund(order, amount, [each.commission for each in await engine.explain_source("order:o-17")])


async def reversed_in_all(engine: Engine) -> int:
    return sum(each.commission.reversed for each in await engine.explain_source("order:o-17"))


@pytest.mark.parametrize("parts", [[100_003], [1, 2, 100_000], [33_334, 33_334, 33_335], [50_000, None]])
async def test_what_is_told_before_is_what_happens(tmp_path: Path, parts: list[int | None]) -> None:
    async with open_engine(tmp_path / "moaref.db") as engine:
        await a_sale(engine, 100_003)
        for number, part in enumerate(parts):
            told, before = await previewed(engine, part), await reversed_in_all(engine)
            await engine.refund("o-17", part, key=f"refund:{number}", actor="admin")
            order = await engine.order("o-17")
            assert order is not None
            assert told.taken_back == await reversed_in_all(engine) - before
            assert told.left - told.amount == order.total - order.refunded
        assert await reversed_in_all(engine) == 20_000


async def test_a_rejected_commission_has_nothing_left_to_take(tmp_path: Path) -> None:
    async with open_engine(tmp_path / "moaref.db", BY_HAND) as engine:
        await a_sale(engine, 100_000)
        whole = await previewed(engine, None)
        first = (await engine.explain_source("order:o-17"))[0].commission
        await engine.submit(Reject(first.source, first.member), key="reject")
        assert (await previewed(engine, None)).taken_back == whole.taken_back - first.amount


@pytest.mark.parametrize("amount", [100_001, 10**15])
async def test_more_than_is_left_is_refused_as_the_rule_would(tmp_path: Path, amount: int) -> None:
    async with open_engine(tmp_path / "moaref.db") as engine:
        await a_sale(engine, 100_000)
        with pytest.raises(OverRefund) as refused:
            await previewed(engine, amount)
        assert refused.value.left == 100_000


async def test_of_an_order_refunded_in_whole_nothing_is_left(tmp_path: Path) -> None:
    async with open_engine(tmp_path / "moaref.db") as engine:
        await a_sale(engine, 100_000)
        await engine.refund("o-17", None, key="r1", actor="admin")
        with pytest.raises(OverRefund) as refused:
            await previewed(engine, None)
        assert refused.value.left == 0
