from hypothesis import given
from hypothesis import strategies as st

from bot.inbox.keyed_queue import KeyedQueue
from bot.runtime.rate_limit import TokenBucket


def test_of_one_lane_one_item_is_out_at_a_time() -> None:
    lanes: KeyedQueue[str, int] = KeyedQueue()
    lanes.add("nader", 1)
    lanes.add("nader", 2)
    assert lanes.take() == ("nader", 1)
    assert lanes.take() is None
    lanes.done("nader")
    assert lanes.take() == ("nader", 2)


def test_different_lanes_go_side_by_side_and_take_turns() -> None:
    lanes: KeyedQueue[str, int] = KeyedQueue()
    for item in (1, 2):
        lanes.add("nader", item)
        lanes.add("sara", item)
    assert [lanes.take(), lanes.take(), lanes.take()] == [("nader", 1), ("sara", 1), None]
    lanes.done("sara")
    assert lanes.take() == ("sara", 2)
    assert (len(lanes), lanes.out) == (1, 2)


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.booleans()), max_size=80))
def test_each_lane_keeps_its_order_and_nothing_is_lost(steps: list[tuple[str, bool]]) -> None:
    lanes: KeyedQueue[str, int] = KeyedQueue()
    added: dict[str, list[int]] = {key: [] for key in "abcd"}
    taken: dict[str, list[int]] = {key: [] for key in "abcd"}
    out: list[str] = []

    def take_all() -> None:
        while (found := lanes.take()) is not None:
            assert found[0] not in out
            taken[found[0]].append(found[1])
            out.append(found[0])

    for number, (key, finish) in enumerate(steps):
        lanes.add(key, number)
        added[key].append(number)
        take_all()
        if finish:
            lanes.done(out.pop(0))
            take_all()
    while out:
        lanes.done(out.pop())
        take_all()
    assert taken == added
    assert len(lanes) == 0


def test_who_is_over_their_pace_comes_behind_all_others_and_loses_nothing() -> None:
    ticks = 0
    lanes: KeyedQueue[str, int] = KeyedQueue(lambda: TokenBucket(1, 2), lambda: ticks)
    for item in range(4):
        lanes.add("busy", item)
    gone = []
    for item in range(2):
        assert lanes.take() == ("busy", item)
        lanes.done("busy")
    lanes.add("nader", 9)
    lanes.add("sara", 9)
    while (found := lanes.take()) is not None:
        gone.append(found)
        lanes.done(found[0])
    assert gone == [("nader", 9), ("sara", 9), ("busy", 2), ("busy", 3)]
    ticks = 10_000
    lanes.add("busy", 4)
    lanes.add("nader", 10)
    assert lanes.take() == ("busy", 4)
