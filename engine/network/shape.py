"""Defines how a network with numbered places grows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shape:
    """Holds a plan's growth rules: the places under each member, how many of them are the left leg, and the spill."""

    places: int
    left: int
    spill: str

    @property
    def legs(self) -> int:
        """Returns the number of legs: a left and a right one, or none where all places are alike."""
        return 2 if self.left < self.places else 0
