"""Defines notification preferences. Hours are whole hours of the person's own zone."""

from dataclasses import dataclass, replace
from typing import Final, Literal, Protocol, get_args

Group = Literal["friends", "commissions", "releases", "ranks", "withdrawals", "rewards"]
"""Kinds of notices that can be switched off together. Payouts and corrections have no switch."""
Frequency = Literal["off", "daily", "weekly", "monthly"]

GROUPS: Final[tuple[Group, ...]] = get_args(Group)
FREQUENCIES: Final[tuple[Frequency, ...]] = get_args(Frequency)


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
    """Holds one person's effective preferences."""

    muted: frozenset[Group]
    digest: Frequency
    hour: int
    zone: str
    quiet: Quiet
    always: bool


@dataclass(frozen=True, slots=True)
class ChosenPreferences:
    """Holds a person's choices; None for the default. always: a digest also without news.

    muted: kinds switched off. wanted: kinds switched on although they are off by default.
    """

    muted: frozenset[Group] = frozenset()
    digest: Frequency | None = None
    hour: int | None = None
    zone: str | None = None
    quiet: Quiet | None = None
    always: bool = False
    wanted: frozenset[Group] = frozenset()

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
        )


class PreferenceRepository(Protocol):
    """Stores people's choices; the store implements it."""

    async def of(self, person_id: str) -> ChosenPreferences:
        """Returns the person's choices; all defaults if they have made none."""
