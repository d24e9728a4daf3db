"""Counts requests whose secret or signature is wrong: slows those who go on, writes the log, says when admins hear.

The right secret is never counted and never slowed, whoever else guesses at the same time. Time comes in as `ticks`, ms
of a steady clock.
"""

import logging
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from bot.kit.failed_attempts import FailedAttempt, Slowdown
from bot.runtime.rate_limit import TokenBucket

LOG_EVERY_MS: Final = 60_000
FREE_ATTEMPTS: Final = 10
"""So many wrong ones in a row are answered at once; then one in SECONDS_FOR_EACH is."""
SECONDS_FOR_EACH: Final = 6
DELAY_S: Final = 0.5
"""How long the answers to others are held back."""
DELAYED_MAX: Final = 64
"""How many answers are held back together: the connections that they take are not to shut others out."""
ADDRESSES_MAX: Final = 1_000
TOLD_FROM: Final = 3
"""A shop's webhook is switched off after five answers in a row that are not 2xx."""
TOLD_WITHIN_MS: Final = 24 * 3_600_000

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Line:
    """What the log says of one shop and reason."""

    written_at: int | None = None
    unwritten: int = 0
    address: str = ""


@dataclass(slots=True)
class _Shop:
    """When the last attempts at a shop failed, and when admins were told."""

    failed_at: deque[int] = field(default_factory=lambda: deque(maxlen=TOLD_FROM))
    told_at: int | None = None


class FailedAttempts:
    """The failed attempts of one process. `goes_on` is called when there is something to tell admins."""

    def __init__(self, ticks: Callable[[], int], *, delay_s: float = 0) -> None:
        """`delay_s` is how long answers are held back, in seconds."""
        self._ticks = ticks
        self._delay_s = delay_s
        self._lines: dict[tuple[str, str], _Line] = {}
        self._shops: dict[str, _Shop] = {}
        self._buckets: OrderedDict[tuple[str, str], TokenBucket] = OrderedDict()
        self._untold: dict[str, FailedAttempt] = {}
        self._delayed_until: deque[int] = deque()
        self.goes_on: Callable[[], None] = lambda: None

    def note(self, attempt: FailedAttempt) -> Slowdown | None:
        """Counts the attempt; how its answer is slowed, None where it is answered at once."""
        ticks = self._ticks()
        self._write_down(attempt, ticks)
        if not attempt.is_guess:
            return None
        self._look_whether_it_goes_on(attempt, ticks)
        wait_ms = self._wait(attempt, ticks)
        return None if wait_ms == 0 else Slowdown(self._delay(ticks), retry_after_s=max(1, -(-wait_ms // 1000)))

    def flush(self) -> None:
        """Writes the lines whose minute is over. To be called now and then."""
        ticks = self._ticks()
        for (shop, reason), line in list(self._lines.items()):
            if line.written_at is not None and ticks - line.written_at >= LOG_EVERY_MS:
                if line.unwritten:
                    self._log(shop, reason, line, ticks)
                else:
                    del self._lines[shop, reason]

    def untold(self) -> list[FailedAttempt]:
        """The shops that admins have to hear of, by their last attempts; each once."""
        told, self._untold = list(self._untold.values()), {}
        return told

    def put_back(self, attempts: list[FailedAttempt]) -> None:
        """They could not be told: they are to be told later."""
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
            self.goes_on()

    def _wait(self, attempt: FailedAttempt, ticks: int) -> int:
        """Milliseconds until one more would be answered at once; 0 where this one is, which takes its place."""
        key = (attempt.shop, attempt.address)
        bucket = self._buckets.pop(key, None) or TokenBucket(1 / SECONDS_FOR_EACH, FREE_ATTEMPTS)
        self._buckets[key] = bucket  # the last of them is the latest
        if len(self._buckets) > ADDRESSES_MAX:
            self._buckets.popitem(last=False)
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
