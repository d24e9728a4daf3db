from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bot.pace import Bucket, back_off


def times_of(bucket: Bucket, count: int, start: int = 0) -> list[int]:
    """When each of `count` goes that are wanted at once."""
    ticks, times = start, []
    for _ in range(count):
        ticks += bucket.wait(ticks)
        bucket.take(ticks)
        times.append(ticks)
    return times


def test_a_bucket_lets_its_burst_through_and_then_keeps_its_pace() -> None:
    assert times_of(Bucket(1, 3), 5, start=7_000) == [7_000, 7_000, 7_000, 8_000, 9_000]


def test_after_a_silence_a_bucket_is_full_again_and_no_fuller() -> None:
    bucket = Bucket(1, 3)
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
    bucket, ticks, times = Bucket(per_second, burst), 0, []
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
