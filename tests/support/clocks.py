"""Defines a system clock that can be set wrong, while its ticks continue."""

from __future__ import annotations

from dataclasses import dataclass

from bot.runtime.clock import SystemClock


@dataclass
class SetClock(SystemClock):
    """Shifts the time by `off_ms`; ticks and waiting are the computer's own."""

    off_ms: int = 0

    def now(self) -> int:
        return super().now() + self.off_ms
