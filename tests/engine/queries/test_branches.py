"""The tree below a member, by places and by sponsors; who is below whom; who sold; and what came in each period."""

from pathlib import Path
from typing import Any

import pytest

from books import MARCH, Clock, open_engine
from engine.programme.model import Pairing
from engine.queries.branches import CHILDREN_A_PAGE, ROWS_MAX, BranchMember, branch, is_placed_below
from engine.queries.next_pairing import NextPairing, next_pairing
from engine.service import Engine
from stores import UNILEVEL

DAY = 86_400_000
BINARY: dict[str, Any] = {**UNILEVEL, "plan": {"kind": "binary", "spill": "left"}}


async def person(engine: Engine, name: str, sponsor: str | None = None) -> str:
    id, _ = await engine.get_or_create_person("telegram", name)
    if sponsor is not None:
        await engine.attribute(id, sponsor, key=f"attribute:{name}")
    return id


async def member(engine: Engine, name: str, sponsor: str | None = None) -> str:
    id = await person(engine, name, sponsor)
    await engine.join(id, key=f"join:{name}")
    return id


async def test_a_tree_by_sponsors_has_three_levels_in_order(tmp_path: Path) -> None:
    async with open_engine(tmp_path / "moaref.db") as engine:
        nader = await member(engine, "nader")
        sara = await member(engine, "sara", nader)
        ali = await member(engine, "ali", sara)
        omid = await member(engine, "omid", ali)
        await member(engine, "deep", omid)
        await person(engine, "newcomer", nader)  # who has not joined is nobody's branch
        assert await branch(engine, nader) == [
            BranchMember(sara, 1, 1),
            BranchMember(ali, 2, 1),
            BranchMember(omid, 3, 1),
        ]
        assert [each.id for each in await branch(engine, ali)][:1] == [omid]
        assert await engine.is_sponsored_below(omid, nader)
        assert await engine.is_sponsored_below(nader, nader)
        assert not await engine.is_sponsored_below(nader, omid)
        assert not await engine.is_sponsored_below("nobody", nader)


async def test_a_tree_by_places_follows_the_spill(tmp_path: Path) -> None:
    async with open_engine(tmp_path / "moaref.db", BINARY) as engine:
        nader = await member(engine, "nader")
        one, two, three = [await member(engine, name, nader) for name in ("one", "two", "three")]
        assert await branch(engine, nader) == [
            BranchMember(one, 1, 1),
            BranchMember(three, 2, 0),
            BranchMember(two, 1, 0),
        ]
        below = [(three, nader), (three, one), (three, two), (nader, three), ("nobody", nader), (nader, "nobody")]
        found = await engine.in_network(lambda tree: [is_placed_below(tree, *each) for each in below])
        assert found == [True, True, False, False, False, False]


async def test_a_wide_team_is_shown_a_page_at_a_time_and_never_more_than_there_is_room_for(tmp_path: Path) -> None:
    async with open_engine(tmp_path / "moaref.db") as engine:
        nader = await member(engine, "nader")
        friends = [await member(engine, f"friend-{number}", nader) for number in range(2 * CHILDREN_A_PAGE)]
        for friend in friends:
            for number in range(4):
                await member(engine, f"{friend}-{number}", friend)
        pages = [await branch(engine, nader, skip=skip) for skip in (0, CHILDREN_A_PAGE)]
        nearest = [each.id for page in pages for each in page if each.level == 1]
        assert sorted(nearest) == sorted(friends)
        assert [len(each) for each in pages] == [ROWS_MAX, ROWS_MAX]
        counts = [sum(each.level == 2 for each in page) for page in pages]
        assert counts == [ROWS_MAX - CHILDREN_A_PAGE] * 2
        assert await branch(engine, nader, skip=99) == []


async def test_who_has_sold_since_a_moment_is_known(tmp_path: Path) -> None:
    clock = Clock()
    async with open_engine(tmp_path / "moaref.db", clock=clock) as engine:
        nader = await member(engine, "nader")
        sara = await member(engine, "sara", nader)
        buyer = await person(engine, "buyer", sara)
        await engine.purchase("o-1", buyer, 100_000, "shoes", actor="shop")  # Sara sold it; Nader has a level of it
        assert await engine.sold_since([nader, sara, buyer], MARCH) == {sara}
        clock.pass_days(1)
        assert await engine.sold_since([nader, sara], MARCH + DAY) == frozenset()
        assert await engine.sold_since([], MARCH) == frozenset()


async def test_what_an_account_gained_is_counted_when_it_was_booked_and_adds_up_to_the_balance(tmp_path: Path) -> None:
    clock = Clock()
    async with open_engine(tmp_path / "moaref.db", clock=clock) as engine:
        nader = await member(engine, "nader")
        buyer = await person(engine, "buyer", nader)
        await engine.purchase("o-1", buyer, 100_000, "shoes", actor="shop")
        clock.pass_days(1)
        await engine.refund("o-1", 50_000, key="refund", actor="shop")
        await engine.adjust("a-1", nader, 700, "a gift", actor="admin")
        clock.pass_days(1)
        begins = [MARCH, MARCH + DAY, MARCH + 2 * DAY]
        first, second, third = await engine.gained_by_part(nader, begins)
        assert first > 0
        assert second == 700 - first // 2
        assert third == 0
        balance = await engine.balance(nader)
        assert first + second == balance.held + balance.pending + balance.available
        assert await engine.gained_by_part(nader, begins[1:]) == [second, 0]
        assert await engine.gained_by_part("nobody", begins) == [0, 0, 0]


@pytest.mark.parametrize(
    ("volumes", "pairing", "matched"),
    [
        ((500, 300), {"rate": "10%"}, NextPairing((300, 300), 30)),
        ((500, 0), {"rate": "10%"}, NextPairing((0, 0), 0)),
        ((-5, 300), {"rate": "10%"}, NextPairing((0, 0), 0)),
        ((500, 300), {"unit": 100, "bonus": 7}, NextPairing((300, 300), 21)),
        ((500, 300), {"unit": 100, "bonus": 7, "ratio": "2:1"}, NextPairing((400, 200), 14)),
        ((10**15, 10**15), {"rate": "10%"}, NextPairing((10**15, 10**15), 10**14)),
    ],
)
def test_what_would_be_matched_now_is_what_the_close_would_match(
    volumes: tuple[int, int], pairing: dict[str, Any], matched: NextPairing
) -> None:
    assert next_pairing(volumes, Pairing.model_validate({"period": "week", **pairing})) == matched
