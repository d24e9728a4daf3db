"""Defines the rows of a member's team as data, and the rows that plans have in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Side: TypeAlias = Literal["left", "right"]

_SIDES: Final[tuple[Side, Side]] = ("left", "right")


@dataclass(frozen=True, slots=True)
class NobodyRow:
    """Says that nobody has joined below the member."""


@dataclass(frozen=True, slots=True)
class LevelRow:
    """Holds the number of members at a level below; 1 is the nearest."""

    level: int
    members: int


@dataclass(frozen=True, slots=True)
class RecruitsRow:
    """Holds the number of members who joined through the member's link, wherever placed."""

    members: int


@dataclass(frozen=True, slots=True)
class LegRow:
    """Holds a leg's number of members and its volume in the open period; None where volumes pay nothing."""

    side: Side
    members: int
    volume: int | None


@dataclass(frozen=True, slots=True)
class CloseRow:
    """Holds when the open period closes (milliseconds UTC)."""

    at: int


TeamRow: TypeAlias = NobodyRow | LevelRow | RecruitsRow | LegRow | CloseRow


@dataclass(frozen=True, slots=True)
class TeamFacts:
    """Holds what is counted below a member.

    `levels` counts the members at level 1, 2, ..., as far as there are any; `recruits` those whom the member brought;
    `legs` are members and volume of the left and the right leg, empty for plans without legs; `closes` is when the open
    period closes, None where no periods are paid.
    """

    levels: Sequence[int]
    recruits: int
    legs: Sequence[tuple[int, int]]
    closes: int | None


def level_rows(depth: int, facts: TeamFacts) -> Iterator[TeamRow]:
    """Yields the levels that the plan pays; if it pays none, the members directly sponsored."""
    if not facts.levels:
        yield NobodyRow()
    elif depth:
        yield from (LevelRow(level, members) for level, members in enumerate(facts.levels, start=1))
    else:
        yield RecruitsRow(facts.recruits)


def leg_rows(facts: TeamFacts, *, with_volume: bool) -> Iterator[TeamRow]:
    """Yields the legs, and when their volumes are paid."""
    for side, (members, volume) in zip(_SIDES, facts.legs, strict=False):
        yield LegRow(side, members, volume if with_volume else None)
    if facts.legs and with_volume and facts.closes is not None:
        yield CloseRow(facts.closes)
