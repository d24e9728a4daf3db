"""A computer's clock that somebody sets, while its ticks go on."""

from __future__ import annotations

from dataclasses import dataclass

from bot.runtime.clock import SystemClock


@dataclass
class SetClock(SystemClock):
    """`off_ms` is how far it is from the right time; ticks and waiting are the computer's own."""

    off_ms: int = 0

    def now(self) -> int:
        return super().now() + self.off_ms
