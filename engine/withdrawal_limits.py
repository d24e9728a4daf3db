"""Limits how many withdrawals a member may request.

Checked by the running programme beyond the rules: refusals are never journaled, so a replay never meets them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from engine.errors import TooManyOpenRequests, TooManyRequests

HOUR_MS: Final = 3_600_000


class Requested(NamedTuple):
    """Holds a member's request: when it was made (ms, UTC), and whether it is open."""

    at: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class WithdrawalLimits:
    """Holds the limits: how many requests of one member may be open, and how many made within an hour; 0 = no limit."""

    open_requests: int = 1
    requests_an_hour: int = 3

    def check(self, requests: Sequence[Requested], now: int) -> None:
        """Raises TooManyOpenRequests or TooManyRequests where one more request is too many. `now` is ms, UTC."""
        open_now = sum(each.is_open for each in requests)
        if self.open_requests and open_now >= self.open_requests:
            raise TooManyOpenRequests(open_now)
        recent = sorted(each.at for each in requests if 0 <= now - each.at < HOUR_MS)
        if self.requests_an_hour and len(recent) >= self.requests_an_hour:
            raise TooManyRequests(len(recent), recent[-self.requests_an_hour] + HOUR_MS)
