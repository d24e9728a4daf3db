"""Verifies the network: rebuilt from the tables, as a starting process does, it must equal the replayed one.

The network in memory is an index over the members' places and volumes. It is rebuilt from the tables here and queried
for all legs, one by one and all at once as a close does; the answers must be those of the network that the replay has
grown event by event.
"""

from collections.abc import Iterator

from engine.errors import StoreError
from engine.network.preorder import LegValues
from engine.network.tree import Tree
from engine.store.driver import Connection
from engine.store.sqlite import SqliteStore
from engine.verify.replay_store import ReplayStore


def compare_network(connection: Connection, replayed: ReplayStore) -> Iterator[str]:
    """Yields a line for each difference from the journal; none for a plan without places."""
    if replayed.programme is None or not replayed.programme.has_places:
        return
    grown, store = replayed.tree(), SqliteStore(connection)
    store.catch_up()
    try:
        found = store.tree()
    except (StoreError, LookupError, OverflowError) as problem:
        yield f"network: cannot be rebuilt from the tables: {problem!r}"
        return
    yield from _compare_volumes(found, grown)
    if found.ids != grown.ids:
        yield "network: its members are not those of the journal, in the order in which they joined"
        return
    if (found.parent, found.slot) != (grown.parent, grown.slot):
        yield "network: its places are not those of the journal"
        return
    yield from _compare_legs(found, grown)


def _compare_volumes(found: Tree, grown: Tree) -> Iterator[str]:
    """Compares the volumes that the open period began with, and those that came in since."""
    came, expected = dict(found.own_volumes()), dict(grown.own_volumes())
    for id in came.keys() | expected.keys():
        if came.get(id) != expected.get(id):
            yield f"open volume of {id}: {came.get(id, 0)} stored, {expected.get(id, 0)} expected"
    carried, expected_legs = ({number: legs for number, *legs in tree.each_carried()} for tree in (found, grown))
    for number in carried.keys() | expected_legs.keys():
        if carried.get(number) != expected_legs.get(number):
            legs, wanted = carried.get(number, [0, 0]), expected_legs.get(number, [0, 0])
            yield f"volume carried by member number {number}: {legs} stored, {wanted} expected"


def _compare_legs(found: Tree, grown: Tree) -> Iterator[str]:
    place = found.layout().place
    counts, volumes = _pairs(found.layout().members(place)), _pairs(found.volumes().at(place))
    for id, members_at_once, volumes_at_once in zip(found.ids, counts, volumes, strict=True):
        members, volume = grown.leg_counts(id), grown.leg_volumes(id)
        if (found.leg_counts(id), members_at_once) != (members, members):
            yield f"member {id}: {list(members_at_once)} members in the legs, the journal says {list(members)}"
        if (found.leg_volumes(id), volumes_at_once) != (volume, volume):
            yield f"member {id}: leg volumes {list(volumes_at_once)}, the journal says {list(volume)}"


def _pairs(legs: LegValues) -> Iterator[tuple[int, int]]:
    return zip(legs.left.tolist(), legs.right.tolist(), strict=True)
