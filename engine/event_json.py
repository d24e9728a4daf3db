"""Events as the lines of a journal: JSON in, JSON out, and nothing that section 10 does not list."""

import json
from collections.abc import Callable
from dataclasses import MISSING, fields
from datetime import UTC, datetime, timedelta
from typing import Any

from engine.events import NAMES, TYPES, Event, Line
from engine.rates import EXPECTED_RATE, parse_rate

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)

AMOUNT_MAX = 10**15
"""As in programme files: sums of such amounts fit what a store can hold."""

MATURITY_DAYS_MAX = 36_500

EXPECTED_TIME = "an ISO 8601 time with its offset, such as 2026-03-21T10:00:00Z"


class BadEvent(ValueError):
    """A line that is no event; its message says what was expected."""


def parse_line(text: str | bytes) -> tuple[datetime, Event]:
    """The time and event of one line of a journal. Raises BadEvent."""
    try:
        read = text if isinstance(text, str) else text.decode("utf-8")
        content = _DECODER.decode(read)
        if "\\ud" in read or "\\uD" in read:
            json.dumps(content, ensure_ascii=False).encode("utf-8")  # half of a surrogate pair is no letter
    except (ValueError, RecursionError):
        raise BadEvent("expected one JSON object in UTF-8") from None
    if type(content) is not dict:
        raise BadEvent("expected one JSON object in UTF-8")
    at = parse_time(content.pop("at", None))
    return at, from_json(content)


def parse_time(value: object) -> datetime:
    """Raises BadEvent."""
    if type(value) is str:
        try:
            at = datetime.fromisoformat(value)
        except ValueError:
            at = None
        if at is not None and at.tzinfo is not None:
            return at
    raise BadEvent(f"at: expected {EXPECTED_TIME}")


def milliseconds(at: datetime) -> int:
    """Milliseconds since 1970 in UTC."""
    return (at - _EPOCH) // _MILLISECOND


def iso_time(at_ms: int) -> str:
    """Milliseconds UTC as 2026-03-21T10:00:00.000Z."""
    return (_EPOCH + at_ms * _MILLISECOND).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def from_json(content: dict[str, Any]) -> Event:
    """The event of a journal line without its `at`; empties `content`. Raises BadEvent."""
    name = content.pop("type", None)
    kind = TYPES.get(name) if type(name) is str else None
    if kind is None:
        raise BadEvent(f"type: expected one of {', '.join(TYPES)}")
    return kind(**_fields(kind, content, ""))


def to_json(event: Event) -> dict[str, Any]:
    """The event as a journal line without its `at`; what is at its default is left out."""
    return {"type": NAMES[type(event)], **_given(event)}


def canonical(event: Event) -> str:
    """One text for one content: what journal rows hold and keys are compared by."""
    return json.dumps(to_json(event), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _given(record: Any) -> dict[str, Any]:
    given = {}
    defaults = _DEFAULTS[type(record)]
    for name in _CHECKS[type(record)]:
        value = getattr(record, name)
        if name not in defaults or value != defaults[name]:
            given[name] = [_given(line) for line in value] if name == "lines" else value
    return given


def _fields(kind: type, content: dict[str, Any], prefix: str) -> dict[str, Any]:
    checks, required = _CHECKS[kind], _REQUIRED[kind]
    for name in required:
        if name not in content:
            raise BadEvent(f"{prefix}{name}: expected, but it is not there")
    values = {}
    for name, value in content.items():
        check = checks.get(name)
        if check is None:
            raise BadEvent(f"{prefix}{name}: not a field of this event; expected {', '.join(checks) or 'none'}")
        values[name] = check(value, prefix + name)
    return values


def _name(value: Any, key: str) -> str:
    if type(value) is not str or not value:
        raise BadEvent(f"{key}: expected a text that is not empty")
    return value


def _optional_name(value: Any, key: str) -> str | None:
    return None if value is None else _name(value, key)


def _text(value: Any, key: str) -> str:
    if type(value) is not str:
        raise BadEvent(f"{key}: expected a text")
    return value


def _count(value: Any, key: str) -> int:
    if type(value) is not int or not 0 < value <= AMOUNT_MAX:
        raise BadEvent(f"{key}: expected a whole number above 0, at most {AMOUNT_MAX}")
    return value


def _optional_count(value: Any, key: str) -> int | None:
    return None if value is None else _count(value, key)


def _days(value: Any, key: str) -> int | None:
    if value is not None and (type(value) is not int or not 0 <= value <= MATURITY_DAYS_MAX):
        raise BadEvent(f"{key}: expected a whole number of days, 0 or above, at most {MATURITY_DAYS_MAX}")
    return value


def _change(value: Any, key: str) -> int:
    if type(value) is not int or not 0 < abs(value) <= AMOUNT_MAX:
        raise BadEvent(f"{key}: expected a whole number other than 0, at most {AMOUNT_MAX} above or below it")
    return value


def _rate(value: Any, key: str) -> str | None:
    if value is None:
        return None
    try:
        return parse_rate(_name(value, key)).text
    except ValueError:
        raise BadEvent(f"{key}: expected {EXPECTED_RATE}") from None


def _lines(value: Any, key: str) -> tuple[Line, ...]:
    if type(value) is not list or not value:
        raise BadEvent(f"{key}: expected at least one line")
    lines = []
    for number, line in enumerate(value):
        if type(line) is not dict:
            raise BadEvent(f"{key}[{number}]: expected an object")
        lines.append(Line(**_fields(Line, line, f"{key}[{number}].")))
    return tuple(lines)


def _outcome(value: Any, key: str) -> str:
    if value not in ("paid", "rejected", "cancelled"):
        raise BadEvent(f"{key}: expected paid, rejected or cancelled")
    return str(value)


def _tables(value: Any, key: str) -> dict[str, Any]:
    if type(value) is not dict:
        raise BadEvent(f"{key}: expected the tables of a programme file as an object")
    return value


def _no_constants(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


# One decoder for all lines: json.loads makes a new one for each call that names a hook.
_DECODER = json.JSONDecoder(parse_constant=_no_constants)

Check = Callable[[Any, str], Any]

_BY_NAME: dict[str, Check] = {
    "amount": _count,
    "quantity": _count,
    "commission": _rate,
    "sponsor": _optional_name,
    "category": _optional_name,
    "maturity_days": _days,
    "lines": _lines,
    "outcome": _outcome,
    "reason": _text,
    "tables": _tables,
}
_NAMES: dict[type, tuple[str, ...]] = {
    **{kind: tuple(field.name for field in fields(kind)) for kind in TYPES.values()},
    Line: Line._fields,
}
_DEFAULTS: dict[type, dict[str, Any]] = {
    **{
        kind: {field.name: field.default for field in fields(kind) if field.default is not MISSING}
        for kind in TYPES.values()
    },
    Line: Line._field_defaults,
}
_CHECKS: dict[type, dict[str, Check]] = {
    kind: {name: _BY_NAME.get(name, _name) for name in names} for kind, names in _NAMES.items()
}
_CHECKS[TYPES["refund"]]["amount"] = _optional_count
_CHECKS[TYPES["adjust"]]["amount"] = _change
_REQUIRED: dict[type, list[str]] = {
    kind: [name for name in names if name not in _DEFAULTS[kind]] for kind, names in _NAMES.items()
}


def lines_json(lines: tuple[Line, ...]) -> str:
    """An order's lines with their defaults filled in, as a store keeps them."""
    return json.dumps(lines, ensure_ascii=False, separators=(",", ":"))


def lines_from_json(text: str) -> tuple[Line, ...]:
    """The lines that `lines_json` wrote."""
    return tuple(Line(*line) for line in json.loads(text))
