"""Parses single values of WooCommerce's JSON, as PHP and plugins write them: numbers as texts, lists as objects."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.kit.digits import normalised
from bot.kit.shop import Malformed

ID_MAX: Final = 2**63 - 1
NUMBER_LENGTH_MAX: Final = 40
NAME_LENGTH_MAX: Final = 100

_WITH_EXPONENT: Final = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?[Ee][+-]?[0-9]{1,4}", re.ASCII)
_FIRST_YEAR: Final = 1971
"""MySQL writes an unknown time as the year 0 or as the beginning of 1970."""


def parse_json(body: bytes) -> Any:
    """Parses the JSON of a body, with exact fractions.

    Raises Malformed for anything but JSON in UTF-8, and for a repeated key.
    """
    try:
        text = body.removeprefix(b"\xef\xbb\xbf").decode()
        found = json.loads(
            text,
            parse_float=_exact,
            parse_int=_whole,
            parse_constant=_exact,
            object_pairs_hook=_object,
            strict=False,
        )
        if "\\ud" in text.lower():  # an escaped lone surrogate, too, which no store accepts
            json.dumps(found, ensure_ascii=False, default=str).encode()
    except (ValueError, RecursionError):
        raise Malformed("body", "JSON in UTF-8") from None
    return found


def object_of(body: bytes) -> dict[str, Any]:
    """Returns the object in a body. Raises Malformed."""
    found = parse_json(body)
    if not isinstance(found, dict):
        raise Malformed("body", "an object")
    return found


def _exact(text: str) -> Decimal:
    try:
        return Decimal(text.replace("Infinity", "NaN"))
    except InvalidOperation:  # an exponent beyond all limits
        return Decimal("NaN")


def _whole(text: str) -> int | Decimal:
    return int(text) if len(text) <= NUMBER_LENGTH_MAX else Decimal(text)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Malformed("body", "each key of an object once")
    return found


def is_nothing(value: Any) -> bool:
    """Returns whether a value is PHP's for nothing: null, false or an empty text."""
    return value is None or value is False or (isinstance(value, str) and not value.strip())


def entries_of(value: Any, key: str) -> list[Any]:
    """Returns a list, also one that PHP wrote as an object with a key for each entry. Raises Malformed."""
    if is_nothing(value):
        return []
    if isinstance(value, dict) and all(isinstance(each, dict | list) or is_nothing(each) for each in value.values()):
        return list(value.values())
    if not isinstance(value, list):
        raise Malformed(key, "a list")
    return value


def records_of(value: Any, key: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yields the objects of a list, each with its own key for problems, without empty entries. Raises Malformed."""
    for place, each in enumerate(entries_of(value, key)):
        if isinstance(each, dict):
            yield f"{key}.{place}", each
        elif each != [] and not is_nothing(each):
            raise Malformed(f"{key}.{place}", "an object")


def number_of(value: Any, key: str) -> Fraction | None:
    """Parses an exact number, written as a number or as a text; None where there is nothing. Raises Malformed."""
    if is_nothing(value):
        return None
    text = value
    if isinstance(value, int | Decimal) and value is not True and Decimal(value).is_finite():
        text = f"{value:f}" if abs(Decimal(value).adjusted()) < NUMBER_LENGTH_MAX else ""
    if isinstance(text, str) and 0 < len(text) <= 2 * NUMBER_LENGTH_MAX:
        plain = _without_exponent(normalised(text).replace("\u066b", "."))
        whole, _, part = plain.removeprefix("-").removeprefix("+").partition(".")
        if (whole + part).isascii() and (whole + part).isdigit() and len(whole) <= NUMBER_LENGTH_MAX:
            return Fraction(f"{'-' * plain.startswith('-')}{whole or 0}.{part or 0}")
    raise Malformed(key, "a number, such as 19.99")


def _without_exponent(text: str) -> str:
    """Returns a number as PHP writes what is very small or very large, such as 1.4210854715202E-14, in plain digits."""
    if not _WITH_EXPONENT.fullmatch(text):
        return text
    number = Decimal(text)
    return f"{number:f}" if abs(number.adjusted()) < NUMBER_LENGTH_MAX else text


def id_of(value: Any, key: str) -> int:
    """Parses a WordPress id, 0 where there is none. Raises Malformed."""
    if is_nothing(value):
        return 0
    digits = value.strip() if isinstance(value, str) else ""
    if digits.isascii() and digits.isdigit() and len(digits) < NUMBER_LENGTH_MAX:
        value = int(digits)
    if isinstance(value, int) and value is not True and 0 <= value <= ID_MAX:
        return value
    raise Malformed(key, "a number of WordPress, such as 727")


def printable(value: Any) -> str:
    """Returns a text as stored as a name, a number as its digits; empty for anything else."""
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return "".join(letter for letter in text if letter.isprintable())[:NAME_LENGTH_MAX]


def time_of(value: Any, key: str) -> datetime | None:
    """Parses a moment, in UTC without a zone; None where there is nothing or only zeros. Raises Malformed.

    PHP writes its own times as an object with the local time and a zone.
    """
    zone = None
    if isinstance(value, dict) and isinstance(value.get("timezone"), str):
        value, zone = value.get("date"), value["timezone"]
    if is_nothing(value) or (isinstance(value, str) and value.startswith("0000")):
        return None
    try:
        at = datetime.fromisoformat(normalised(value) if isinstance(value, str) else "")
        if at.tzinfo is None:
            at = at.replace(tzinfo=_zone(zone))
        return at.astimezone(UTC) if at.year >= _FIRST_YEAR else None
    except (ValueError, OverflowError, OSError):
        raise Malformed(key, "a time, such as 2026-03-21T10:00:00") from None


def _zone(name: str | None) -> timezone | ZoneInfo:
    """Returns a zone by its offset, such as +03:30, or by a place's name. Raises ValueError."""
    if name is None:
        return UTC
    if name.startswith(("+", "-")):
        hours, _, minutes = name[1:].partition(":")
        offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
        return timezone(-offset if name.startswith("-") else offset)
    try:
        return ZoneInfo(name)
    except (KeyError, OSError):
        raise ValueError("a time zone") from None
