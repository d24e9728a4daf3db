"""Counts requests with a wrong secret or signature: slows repeated ones, logs them, and decides on alerts to admins.

The right secret is never counted or slowed, even while others guess. Time is passed as `ticks`, ms of a
monotonic clock.
"""

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from cachetools import LRUCache

from bot.kit.failed_attempts import FailedAttempt, Slowdown
from bot.runtime.rate_limit import TokenBucket
from bot.runtime.signals import Signal

LOG_EVERY_MS: Final = 60_000
FREE_ATTEMPTS: Final = 10
"""Number of consecutive wrong ones answered at once; afterwards, one in SECONDS_FOR_EACH is."""
SECONDS_FOR_EACH: Final = 6
DELAY_S: Final = 0.5
"""Delay of the other answers."""
DELAYED_MAX: Final = 64
"""Maximum number of delayed answers: their connections must not exclude other clients."""
ADDRESSES_MAX: Final = 1_000
TOLD_FROM: Final = 3
"""A shop disables a webhook after five consecutive answers that are not 2xx."""
TOLD_WITHIN_MS: Final = 24 * 3_600_000

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Line:
    """Holds the log line of one shop and reason."""

    written_at: int | None = None
    unwritten: int = 0
    address: str = ""


@dataclass(slots=True)
class _Shop:
    """Holds the times of a shop's last failed attempts, and of the last alert to admins."""

    failed_at: deque[int] = field(default_factory=lambda: deque(maxlen=TOLD_FROM))
    told_at: int | None = None


class FailedAttempts:
    """Counts the failed attempts of one process. `refused` is set when admins are to be alerted."""

    def __init__(self, ticks: Callable[[], int], refused: Signal, *, delay_s: float = 0) -> None:
        """`delay_s` is the delay of slowed answers, in seconds."""
        self._ticks = ticks
        self._delay_s = delay_s
        self._lines: dict[tuple[str, str], _Line] = {}
        self._shops: dict[str, _Shop] = {}
        self._buckets = LRUCache[tuple[str, str], TokenBucket](ADDRESSES_MAX)
        self._untold: dict[str, FailedAttempt] = {}
        self._delayed_until: deque[int] = deque()
        self._refused = refused

    def note(self, attempt: FailedAttempt) -> Slowdown | None:
        """Counts the attempt. Returns its slowdown, None where it is answered at once."""
        ticks = self._ticks()
        self._write_down(attempt, ticks)
        if not attempt.is_guess:
            return None
        self._look_whether_it_goes_on(attempt, ticks)
        wait_ms = self._wait(attempt, ticks)
        return None if wait_ms == 0 else Slowdown(self._delay(ticks), retry_after_s=max(1, -(-wait_ms // 1000)))

    def flush(self) -> None:
        """Writes the log lines whose minute is over. Call it periodically."""
        ticks = self._ticks()
        for (shop, reason), line in list(self._lines.items()):
            if line.written_at is not None and ticks - line.written_at >= LOG_EVERY_MS:
                if line.unwritten:
                    self._log(shop, reason, line, ticks)
                else:
                    del self._lines[shop, reason]

    def untold(self) -> list[FailedAttempt]:
        """Returns the shops that admins are to be alerted of, by their last attempts; each once."""
        told, self._untold = list(self._untold.values()), {}
        return told

    def put_back(self, attempts: list[FailedAttempt]) -> None:
        """Queues the attempts again after an alert that could not be sent."""
        self._untold = {each.shop: each for each in attempts} | self._untold

    def _write_down(self, attempt: FailedAttempt, ticks: int) -> None:
        line = self._lines.setdefault((attempt.shop, attempt.reason), _Line())
        line.unwritten += 1
        line.address = attempt.address
        if line.written_at is None or ticks - line.written_at >= LOG_EVERY_MS:
            self._log(attempt.shop, attempt.reason, line, ticks)

    def _log(self, shop: str, reason: str, line: _Line, ticks: int) -> None:
        _log.warning("shop %s: %s, refused %d times, last from %s", shop, reason, line.unwritten, line.address)
        line.written_at, line.unwritten = ticks, 0

    def _look_whether_it_goes_on(self, attempt: FailedAttempt, ticks: int) -> None:
        shop = self._shops.setdefault(attempt.shop, _Shop())
        shop.failed_at.append(ticks)
        lasting = len(shop.failed_at) == TOLD_FROM and ticks - shop.failed_at[0] < TOLD_WITHIN_MS
        if lasting and (shop.told_at is None or ticks - shop.told_at >= TOLD_WITHIN_MS):
            shop.told_at = ticks
            self._untold[attempt.shop] = attempt
            self._refused.set()

    def _wait(self, attempt: FailedAttempt, ticks: int) -> int:
        """Returns the ms until one more would be answered at once; 0 where this one is, and takes its place."""
        key = (attempt.shop, attempt.address)
        if (bucket := self._buckets.get(key)) is None:
            self._buckets[key] = bucket = TokenBucket(1 / SECONDS_FOR_EACH, FREE_ATTEMPTS)
        if (wait_ms := bucket.wait(ticks)) == 0:
            bucket.take(ticks)
        return wait_ms

    def _delay(self, ticks: int) -> float:
        while self._delayed_until and self._delayed_until[0] <= ticks:
            self._delayed_until.popleft()
        if len(self._delayed_until) >= DELAYED_MAX:
            return 0
        self._delayed_until.append(ticks + round(1000 * self._delay_s))
        return self._delay_s
