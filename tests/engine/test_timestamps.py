from datetime import UTC, datetime, timedelta, timezone

import pytest

from engine.timestamps import EPOCH, milliseconds, utc


@pytest.mark.parametrize("at_ms", [-1, 0, 1, 1_774_051_200_123, 253_402_300_799_999])
def test_each_millisecond_is_kept_exactly(at_ms: int) -> None:
    assert milliseconds(utc(at_ms)) == at_ms


def test_the_same_moment_has_one_number_in_every_zone() -> None:
    tehran = timezone(timedelta(hours=3, minutes=30))
    assert milliseconds(datetime(1970, 1, 1, 3, 30, tzinfo=tehran)) == 0
    assert milliseconds(EPOCH + timedelta(microseconds=1_999)) == 1
    assert utc(0) == datetime(1970, 1, 1, tzinfo=UTC)
