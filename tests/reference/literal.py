"""The commission rules once more: slow, literal and independent of the engine, which is tested against it.

Everything is recomputed from first principles after every event; nothing is kept that could be counted again.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from literal_credit import mature, settle
from literal_events import HANDLERS, Event
from literal_periods import boundaries, close_period
from literal_programme import Tables, filled_in
from literal_world import RefusedError, World


def replay(tables: Tables, events: list[Event]) -> dict[str, Any]:
    """The result object of section 10 for a valid programme file's tables and valid events in time order.

    Line numbers of refusals count the events from 1.
    """
    world = World(filled_in(tables), now=first_time(events))
    refused = []
    for line, event in enumerate(events, start=1):
        pass_time(world, until=time_of(event))
        try:
            HANDLERS[event["type"]](world, event)
        except RefusedError as refusal:
            refused.append({"line": line, "code": refusal.code})
        settle(world)
    return world.shown() | {"refused": refused}


def first_time(events: list[Event]) -> datetime:
    return time_of(events[0]) if events else datetime.min.replace(tzinfo=UTC)


def time_of(event: Event) -> datetime:
    return datetime.fromisoformat(event["at"]).astimezone(UTC)


def pass_time(world: World, until: datetime) -> None:
    """Closes the periods that end on the way, settling after each, and lets commissions mature."""
    if world.programme["plan"]["pairing"] is not None:
        for boundary, first_day in boundaries(world.programme, world.now, until):
            world.now = boundary
            close_period(world, first_day)
            settle(world)
    world.now = until
    mature(world)
