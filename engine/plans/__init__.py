"""Registers the plans: each places new members. Adding a plan is one file and one line here."""

from collections.abc import Mapping
from typing import Protocol

from engine.facts import Facts
from engine.plans import binary, direct, matrix, unilevel


class Place(Protocol):
    """Chooses a new member's parent and place, under a sponsor who is a member."""

    def __call__(self, sponsor: str, facts: Facts, /) -> tuple[str, int | None]: ...


PLACES: Mapping[str, Place] = {
    "direct": direct.place,
    "unilevel": unilevel.place,
    "matrix": matrix.place,
    "binary": binary.place,
}
