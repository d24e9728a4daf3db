"""What is handed to a store, and what comes back."""

from dataclasses import dataclass, field
from typing import Any

from engine.errors import Refusal
from engine.events.model import Event


@dataclass(frozen=True, slots=True)
class Submission:
    """An event with what caused it. `key` makes it count once; `actor` is the person who did it.

    `former_key` is the key that an earlier version would have given it: what was journaled under that is a repeat, too.
    `details` is what the running programme notes beside the event (a destination, a tracking code); no rule sees it.
    """

    event: Event
    key: str | None = None
    actor: str | None = None
    details: dict[str, Any] = field(default_factory=dict)
    former_key: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where the event stands in the journal (`seq`; `at` in milliseconds UTC); `repeated` if it was there before."""

    seq: int
    at: int
    refusal: Refusal | None = None
    repeated: bool = False
