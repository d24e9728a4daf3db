"""Decides when the system clock is trusted. Pure; times are milliseconds since 1970, UTC.

A clock that is years ahead for one order would date all that follows, and mature every commission at once. So it is
compared with monotonic ticks, and at the start with the last moment that the store knows of.
"""

from dataclasses import dataclass, replace
from typing import Final

from engine.events.codec import iso_time

HOUR_MS: Final = 3_600_000
DAY_MS: Final = 24 * HOUR_MS
STEP_MAX_MS: Final = HOUR_MS
"""Clock correction accepted within a day without confirmation."""

ABSENCE_MAX_MS: Final = 400 * DAY_MS
"""Downtime accepted without confirmation of the clock."""

RELEASED_AT: Final = 1_767_225_600_000
"""2026-01-01T00:00:00Z. Every clock before it is wrong: computers without a battery start in 1970."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Holds a trusted moment, the ticks at it, and how far ahead of it the clock may be (None: any)."""

    at: int
    ticks: int
    ahead_max_ms: int | None = STEP_MAX_MS

    def expected(self, ticks: int) -> int:
        """Returns the time that follows from the ticks passed."""
        return self.at + ticks - self.ticks

    def agrees(self, wall: int, ticks: int) -> bool:
        """Returns whether the clock's time is plausible."""
        ahead = wall - self.expected(ticks)
        return ahead >= -STEP_MAX_MS and (self.ahead_max_ms is None or ahead <= self.ahead_max_ms)

    def is_due(self, ticks: int) -> bool:
        """Returns whether a plausible clock becomes the new anchor: at once at a start, afterwards once a day.

        In between, all small corrections together are measured against one moment.
        """
        return self.ahead_max_ms != STEP_MAX_MS or ticks - self.ticks >= DAY_MS


@dataclass(frozen=True, slots=True)
class Remembered:
    """Holds the last trusted moment, with the ticks at it since the computer's boot (None: unknown)."""

    at: int
    boot: str | None
    ticks: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """Holds a store's knowledge of time.

    journal_at: time of the journal's last event, None for an empty journal.
    seen_at: time of the bot's last activity that is not ahead of the clock, None where no bot has run.
    """

    remembered: Remembered | None = None
    journal_at: int | None = None
    seen_at: int | None = None


@dataclass(frozen=True, slots=True)
class ClockDoubt:
    """Reports that the system clock disagrees with the trusted time."""

    wall: int
    trusted: int

    @property
    def is_ahead(self) -> bool:
        """Returns whether the clock is ahead; else it is behind."""
        return self.wall > self.trusted

    def __str__(self) -> str:
        far, side = abs(self.wall - self.trusted), "ahead of" if self.is_ahead else "behind"
        days, hours = divmod(far // HOUR_MS, 24)
        return (
            f"the computer's clock says {_said(self.wall)}, {days} days and {hours} hours {side} {_said(self.trusted)},"
            " which follows from what is known; correct the clock, or run `moaref clock accept` if it is right"
        )


def first_anchor(evidence: Evidence, boot: str | None, wall: int, ticks: int) -> Anchor:
    """Returns the first anchor of a process. `boot` is the computer's boot id, None where it is unknown."""
    anchor = _anchor_of_this_boot(evidence.remembered, boot, ticks) or _anchor_of_the_past(evidence, wall, ticks)
    journal_at = evidence.journal_at
    if journal_at is not None and journal_at > anchor.expected(ticks) + STEP_MAX_MS:
        return replace(anchor, at=journal_at, ticks=ticks)
    return anchor


def _anchor_of_this_boot(remembered: Remembered | None, boot: str | None, ticks: int) -> Anchor | None:
    if remembered is None or boot is None or remembered.boot != boot or ticks < remembered.ticks:
        return None
    return Anchor(remembered.at + ticks - remembered.ticks, ticks)


def _anchor_of_the_past(evidence: Evidence, wall: int, ticks: int) -> Anchor:
    """Returns an anchor after a reboot or on another computer: an unknown time has passed."""
    known = [] if evidence.remembered is None else [evidence.remembered.at]
    if evidence.seen_at is not None:
        known += [evidence.seen_at, evidence.journal_at or 0]
    if known:
        return Anchor(max(known), ticks, ABSENCE_MAX_MS)
    return Anchor(wall, ticks) if wall >= RELEASED_AT else Anchor(RELEASED_AT, ticks, None)


def _said(at: int) -> str:
    try:
        return iso_time(at)
    except (ValueError, OverflowError):
        return f"{at} ms"
