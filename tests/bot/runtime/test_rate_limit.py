import heapq
from collections import deque
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.runtime.backoff import back_off
from bot.runtime.rate_limit import InFlightWindow, TokenBucket


def times_of(bucket: TokenBucket, count: int, start: int = 0) -> list[int]:
    """When each of `count` goes that are wanted at once."""
    ticks, times = start, []
    for _ in range(count):
        ticks += bucket.wait(ticks)
        bucket.take(ticks)
        times.append(ticks)
    return times


def test_a_bucket_lets_its_burst_through_and_then_keeps_its_pace() -> None:
    assert times_of(TokenBucket(1, 3), 5, start=7_000) == [7_000, 7_000, 7_000, 8_000, 9_000]


def test_after_a_silence_a_bucket_is_full_again_and_no_fuller() -> None:
    bucket = TokenBucket(1, 3)
    times_of(bucket, 3)
    assert bucket.full_at(0) == 3_000
    assert times_of(bucket, 4, start=60_000) == [60_000, 60_000, 60_000, 61_000]


@given(
    per_second=st.integers(1, 50),
    burst=st.integers(1, 20),
    gaps=st.lists(st.integers(0, 3_000), min_size=1, max_size=60),
    window=st.integers(1, 5_000),
)
def test_in_no_stretch_of_time_more_go_than_burst_and_pace_allow(
    per_second: int, burst: int, gaps: list[int], window: int
) -> None:
    bucket, ticks, times = TokenBucket(per_second, burst), 0, []
    for gap in gaps:
        ticks += gap
        ticks += bucket.wait(ticks)
        bucket.take(ticks)
        times.append(ticks)
    for begin in times:
        inside = sum(begin <= each < begin + window for each in times)
        assert inside <= burst + window * per_second / 1000 + 1


@given(tries=st.integers(1, 100), seed=st.integers())
def test_back_off_doubles_up_to_its_cap_and_is_cut_by_at_most_a_half(tries: int, seed: int) -> None:
    whole = min(60_000, 1000 * 2 ** (tries - 1))
    assert whole // 2 <= back_off(tries, cap_ms=60_000, random=Random(seed)) <= whole


def test_a_window_lets_its_limit_through_and_waits_a_second_from_the_answers() -> None:
    window = InFlightWindow(2)
    for _ in range(2):
        assert window.wait(0) == 0
        window.leave()
    assert window.wait(0) is None, "nobody knows yet when they arrive"
    window.come_back(0, 80)
    assert window.wait(80) == 1_001
    window.come_back(0, 300)
    assert window.wait(1_081) == 0
    window.leave()
    assert window.wait(1_081) == 220


def arrivals_through(window: InFlightWindow, road_ms: int, jitter: list[int]) -> list[int]:
    """When calls arrive that are wanted at once; each is late on its way there by so much, on its way back never."""
    ticks, arrivals = 0, []
    answers: list[tuple[int, int]] = []  # a heap: when it comes, when its call left
    for late in jitter:
        while (wait := window.wait(ticks)) != 0:
            moments = [ticks + wait] if wait is not None else []
            ticks = max(ticks, min(moments + [at for at, _ in answers[:1]]))
            while answers and answers[0][0] <= ticks:
                window.come_back(heapq.heappop(answers)[1], ticks)
        window.leave()
        arrivals.append(ticks + road_ms + late)
        heapq.heappush(answers, (ticks + 2 * road_ms + late, ticks))
    return sorted(arrivals)


@settings(deadline=None, max_examples=50)
@given(
    road_ms=st.integers(0, 400),
    jitter=st.lists(st.integers(0, 300), min_size=120, max_size=120),
    limit=st.integers(1, 40),
)
def test_no_second_at_the_other_end_sees_more_than_the_window_allows(
    road_ms: int, jitter: list[int], limit: int
) -> None:
    """The first call took no longer than the road: what the quickest of all loses, nobody can know."""
    arrivals = arrivals_through(InFlightWindow(limit), road_ms, [0, *jitter])
    gaps = [later - earlier for earlier, later in zip(arrivals, arrivals[limit:], strict=False)]
    assert min(gaps) >= 1_000


def test_a_long_road_without_jitter_costs_no_pace() -> None:
    arrivals = arrivals_through(InFlightWindow(30), 300, [0] * 301)
    assert arrivals[300] - arrivals[60] <= 8_000 * 1.05


@settings(deadline=None, max_examples=50)
@given(
    road_us=st.integers(0, 9_000),
    works_us=st.lists(st.integers(0, 3_000), min_size=120, max_size=120),
    limit=st.integers(1, 40),
)
def test_ticks_that_are_whole_let_no_call_through_too_early(road_us: int, works_us: list[int], limit: int) -> None:
    """A tick is the millisecond that has begun: a call may leave, and its answer come, almost one later.

    `works_us` is what we do besides between two calls, in microseconds.
    """
    window, us = InFlightWindow(limit), 0
    arrivals: list[int] = []
    answers: deque[tuple[int, int]] = deque()  # when it comes, when its call left
    for works in works_us:
        us += works
        while (wait := window.wait(us // 1000)) != 0 or (answers and answers[0][0] <= us):
            if answers and (wait is None or answers[0][0] <= us):
                us = max(us, answers[0][0])
                window.come_back(answers.popleft()[1] // 1000, us // 1000)
            elif wait:
                us = (us // 1000 + wait) * 1000
        window.leave()
        arrivals.append(us + road_us)
        answers.append((us + 2 * road_us, us))
    gaps = [later - earlier for earlier, later in zip(arrivals, arrivals[limit:], strict=False)]
    assert min(gaps) >= 1_000_000
