"""Admins whom owners add: once for each cause, remembered, and on a record that only grows."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.kit.admins import AddedAdmin
from bot.kit.person import Person
from bot.runtime.signals import Topic
from bot.store.admins import AdminRoll, admin_changes
from bot.store.database import Database

SARA = Person("SARA", 101, "Sara", "sara", "en", is_admin=False, blocked=False)


@asynccontextmanager
async def roll_in(
    folder: Path, owners: frozenset[int] = frozenset({900})
) -> AsyncIterator[tuple[AdminRoll, list[int]]]:
    stores = await Database.open(folder / "m.db")
    changed = Topic[int]()
    told = changed.subscribe(asyncio.Event())
    roll = AdminRoll(stores.writer, stores.machine, owners=owners, added=stores.added_admins, changed=changed)
    seen: list[int] = []
    try:
        yield roll, seen
        seen += told
        assert stores.former_admins <= {101}
    finally:
        await stores.close()


async def test_an_added_admin_is_one_at_once_and_after_a_restart(tmp_path: Path) -> None:
    async with roll_in(tmp_path) as (roll, told):
        assert await roll.add(SARA, owner="HAMID", cause="admin:1", at=5)
        assert 101 in roll
        assert sorted(roll) == [101, 900]
        assert len(roll) == 2
    assert told == [101]
    async with roll_in(tmp_path) as (roll, _):
        assert 101 in roll
        assert await roll.added() == [AddedAdmin(101, "SARA", "HAMID", 5)]


async def test_what_was_done_is_done_once_for_its_cause(tmp_path: Path) -> None:
    async with roll_in(tmp_path) as (roll, _):
        assert await roll.add(SARA, owner="HAMID", cause="admin:1", at=5)
        assert await roll.add(SARA, owner="HAMID", cause="admin:1", at=5)
        assert not await roll.add(SARA, owner="ALI", cause="admin:2", at=6)
        sara = AddedAdmin(101, "SARA", "", 0)
        assert await roll.remove(sara, owner="ALI", cause="admin:3", at=7)
        assert await roll.remove(sara, owner="ALI", cause="admin:3", at=7)
        assert not await roll.remove(sara, owner="HAMID", cause="admin:4", at=8)
        assert 101 not in roll
        assert await roll.added() == []


async def test_who_lost_the_role_is_known_after_a_restart(tmp_path: Path) -> None:
    async with roll_in(tmp_path) as (roll, _):
        await roll.add(SARA, owner="HAMID", cause="admin:1", at=5)
        await roll.remove(AddedAdmin(101, "SARA", "", 0), owner="ALI", cause="admin:2", at=6)
    stores = await Database.open(tmp_path / "m.db")
    changes = await stores.writer.run(admin_changes)
    await stores.close()
    assert (stores.added_admins, stores.former_admins) == (frozenset(), frozenset({101}))
    assert [(each.kind, each.owner, each.at) for each in changes] == [("added", "HAMID", 5), ("removed", "ALI", 6)]


async def test_an_owner_is_on_no_list_of_added_ones(tmp_path: Path) -> None:
    async with roll_in(tmp_path) as (roll, _):
        await roll.add(SARA, owner="HAMID", cause="admin:1", at=5)
    async with roll_in(tmp_path, frozenset({900, 101})) as (roll, _):
        assert await roll.added() == []
        assert sorted(roll) == [101, 900]
