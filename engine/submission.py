"""Defines a store's input and output for an event."""

from dataclasses import dataclass, field
from typing import Any

from engine.errors import Refusal
from engine.events.model import Event


@dataclass(frozen=True, slots=True)
class Submission:
    """Holds an event with its cause. `key` makes it count once; `actor` is the person who did it.

    `former_key` is the key that an earlier version would have given it: an event journaled under it is a repeat, too.
    `details` are noted beside the event (a destination, a tracking code); no rule reads them.
    """

    event: Event
    key: str | None = None
    actor: str | None = None
    details: dict[str, Any] = field(default_factory=dict)
    former_key: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Holds the event's journal row (`seq`; `at` in milliseconds UTC); `repeated` if it was there before."""

    seq: int
    at: int
    refusal: Refusal | None = None
    repeated: bool = False
