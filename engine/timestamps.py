"""Times as they are kept, in milliseconds since 1970 (UTC), and as aware datetimes."""

from datetime import UTC, datetime, timedelta
from typing import Final

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)


def milliseconds(at: datetime) -> int:
    """Returns milliseconds since 1970 in UTC; what is finer is cut off."""
    return (at - EPOCH) // _MILLISECOND


def utc(at_ms: int) -> datetime:
    """Returns the datetime in UTC of milliseconds since 1970. OverflowError after the year 9999."""
    return EPOCH + at_ms * _MILLISECOND
