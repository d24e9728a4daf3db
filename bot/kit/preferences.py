"""Defines notification preferences. Hours are whole hours of the person's own zone."""

from dataclasses import dataclass, replace
from typing import Final, Literal, Protocol, get_args

Group = Literal["friends", "commissions", "releases", "ranks", "withdrawals", "rewards", "milestones"]
"""Kinds of notices that can be switched off together. Payouts and corrections have no switch."""
Frequency = Literal["off", "daily", "weekly", "monthly"]
Gather = Literal["now", "hourly", "daily"]
"""How often commissions are told: each at once, or together at the full hour, or at the digest's hour."""

GROUPS: Final[tuple[Group, ...]] = get_args(Group)
FREQUENCIES: Final[tuple[Frequency, ...]] = get_args(Frequency)
GATHERS: Final[tuple[Gather, ...]] = get_args(Gather)
GATHERED: Final[frozenset[Group]] = frozenset({"commissions", "releases"})
"""The kinds that `gather` is about."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """Holds quiet hours, from one (included) until another (excluded), over midnight or not.

    The same hour twice means none.
    """

    begins: int = 0
    ends: int = 0

    def __bool__(self) -> bool:
        return self.begins != self.ends

    def holds(self, hour: int) -> bool:
        """Returns whether this hour is a quiet one."""
        return (hour - self.begins) % 24 < (self.ends - self.begins) % 24


@dataclass(frozen=True, slots=True)
class Defaults:
    """Holds the preferences of people who have chosen nothing; the zone is the programme's."""

    digest: Frequency = "weekly"
    hour: int = 20
    quiet: Quiet = Quiet()
    muted: frozenset[Group] = frozenset()


@dataclass(frozen=True, slots=True)
class Preferences:
    """Holds one person's effective preferences.

    busy_from: the notice from which on a busy day has made `gather` hourly. may_become_hourly: a busy day would.
    """

    muted: frozenset[Group]
    digest: Frequency
    hour: int
    zone: str
    quiet: Quiet
    always: bool
    gather: Gather = "now"
    busy_from: int | None = None
    may_become_hourly: bool = False


@dataclass(frozen=True, slots=True)
class ChosenPreferences:
    """Holds a person's choices; None for the default. always: a digest also without news.

    muted: kinds switched off. wanted: kinds switched on although they are off by default. busy_from: no choice, but the
    notice of a busy day from which on commissions are told hourly to whoever has not chosen otherwise.
    """

    muted: frozenset[Group] = frozenset()
    digest: Frequency | None = None
    hour: int | None = None
    zone: str | None = None
    quiet: Quiet | None = None
    always: bool = False
    wanted: frozenset[Group] = frozenset()
    gather: Gather | None = None
    busy_from: int | None = None

    def switched(self, group: Group, defaults: Defaults, *, on: bool) -> "ChosenPreferences":
        """Returns the choices with a kind of notices on or off."""
        if on:
            wanted = self.wanted | (defaults.muted & {group})
            return replace(self, muted=self.muted - {group}, wanted=wanted)
        return replace(self, muted=self.muted | {group}, wanted=self.wanted - {group})

    def over(self, defaults: Defaults, zone: str) -> Preferences:
        """Returns the effective preferences, with defaults and the programme's zone for what was not chosen."""
        return Preferences(
            muted=self.muted | (defaults.muted - self.wanted),
            digest=defaults.digest if self.digest is None else self.digest,
            hour=defaults.hour if self.hour is None else self.hour,
            zone=self.zone or zone,
            quiet=defaults.quiet if self.quiet is None else self.quiet,
            always=self.always,
            gather=self.gather or ("now" if self.busy_from is None else "hourly"),
            busy_from=self.busy_from if self.gather is None else None,
            may_become_hourly=self.gather is None and self.busy_from is None,
        )


class PreferenceRepository(Protocol):
    """Stores people's choices; the store implements it."""

    async def of(self, person_id: str) -> ChosenPreferences:
        """Returns the person's choices; all defaults if they have made none."""
