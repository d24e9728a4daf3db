"""Encodes and decodes events as the JSON lines of a journal; section 10 lists every key."""

from datetime import UTC, datetime
from typing import Any

import msgspec

from engine.errors import AmountOutOfRange
from engine.events.fields import AMOUNT_MAX
from engine.events.model import TYPES, Adjust, Event, Line
from engine.events.validation_errors import first_problem
from engine.timestamps import EPOCH, utc

_AFTERWARDS = datetime(9000, 1, 1, tzinfo=UTC)  # calendars end before the year 10000, and maturity takes a century

EXPECTED_TIME = "an ISO 8601 time with its offset, such as 2026-03-21T10:00:00Z"


class BadEvent(ValueError):
    """Raised for a line that is no event; its message says what was expected."""


def parse_line(text: str | bytes) -> tuple[datetime, Event]:
    """Parses one line of a journal into its time and event. Raises BadEvent."""
    try:
        content = msgspec.json.decode(text)
    except (ValueError, RecursionError):
        content = None
    if type(content) is not dict:
        raise BadEvent("expected one JSON object in UTF-8")
    at = parse_time(content.pop("at", None))
    if not EPOCH <= at < _AFTERWARDS:
        raise BadEvent("at: expected a time of the years 1970 to 8999")
    return at, from_json(content)


def parse_time(value: object) -> datetime:
    """Parses a time. Raises BadEvent."""
    if type(value) is str:
        try:
            at = datetime.fromisoformat(value)
        except ValueError:
            at = None
        if at is not None and at.tzinfo is not None:
            return at
    raise BadEvent(f"at: expected {EXPECTED_TIME}")


def iso_time(at_ms: int) -> str:
    """Milliseconds UTC as 2026-03-21T10:00:00.000Z."""
    return utc(at_ms).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def from_json(content: dict[str, Any]) -> Event:
    """Builds the event of a journal line without its `at`. Raises BadEvent."""
    name = content.get("type")
    kind = TYPES.get(name) if type(name) is str else None
    if kind is None:
        raise BadEvent(f"type: expected one of {', '.join(TYPES)}")
    try:
        return msgspec.convert(content, kind)
    except (msgspec.ValidationError, RecursionError) as problem:
        raise BadEvent(first_problem(content, kind) or str(problem)) from None


_DECODERS = {kind: msgspec.json.Decoder(kind) for kind in TYPES.values()}


def check_event(event: Event) -> None:
    """Checks that a journal with this event can be replayed, wherever the event was built.

    Raises AmountOutOfRange for an amount out of bounds, BadEvent for anything else.
    """
    text = canonical(event)
    try:
        _DECODERS[type(event)].decode(text)
    except (msgspec.ValidationError, RecursionError) as problem:
        said = first_problem(msgspec.json.decode(text), type(event)) or str(problem)
        if said.partition(":")[0].endswith("amount"):
            raise AmountOutOfRange(-AMOUNT_MAX if isinstance(event, Adjust) else 1, AMOUNT_MAX) from None
        raise BadEvent(said) from None


def to_json(event: Event) -> dict[str, Any]:
    """Converts the event to a journal line without its `at`; fields at their default are left out."""
    content: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(event))
    return content


def canonical(event: Event) -> str:
    """Returns the canonical text of an event: stored in journal rows, and compared when a key repeats."""
    return msgspec.json.encode(event, order="sorted").decode()


def lines_json(lines: tuple[Line, ...]) -> str:
    """Encodes an order's lines with their defaults filled in, as a store keeps them."""
    return msgspec.json.encode([msgspec.structs.astuple(line) for line in lines]).decode()


def lines_from_json(text: str) -> tuple[Line, ...]:
    """Decodes the lines that `lines_json` wrote."""
    return tuple(Line(*line) for line in msgspec.json.decode(text))
