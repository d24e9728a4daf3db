"""The plans: where a new member is placed. Adding a plan is one file and one line here."""

from typing import Protocol

from engine.draft import Draft
from engine.plans import direct, unilevel


class Place(Protocol):
    """A new member's parent and slot, under a sponsor who is a member."""

    def __call__(self, sponsor: str, draft: Draft, /) -> tuple[str, int | None]: ...


PLACES: dict[str, Place] = {
    "direct": direct.place,
    "unilevel": unilevel.place,
}
