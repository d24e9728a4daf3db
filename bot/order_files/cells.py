"""One cell at a time: names, amounts, counts and times as people write them in tables."""

import re
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from persiantools.jdatetime import JalaliDate

from bot.kit.amounts import parse_amount
from bot.kit.digits import normalised
from bot.kit.errors import Misstep
from bot.order_files.problems import Code
from engine.money import Currency

NAME_LENGTH_MAX: Final = 64
QUANTITY_MAX: Final = 10**9
_PLAIN_DIGITS_MAX: Final = 15
_JALALI_YEARS: Final = range(1300, 1500)
_DATE: Final = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?", re.ASCII)


class WrongCell(Exception):
    """What cannot be read, and why."""

    def __init__(self, code: Code, value: str = "") -> None:
        super().__init__(code)
        self.code: Code = code
        self.value = value


def name(cell: str) -> str:
    """An id or a name: one line, Latin digits. Raises WrongCell."""
    kept = " ".join(normalised(cell).split())
    if len(kept) > NAME_LENGTH_MAX:
        raise WrongCell("too_long", kept)
    return kept


def needed(cell: str) -> str:
    """As `name`, and it must be there. Raises WrongCell."""
    kept = name(cell)
    if not kept:
        raise WrongCell("missing")
    return kept


def amount(cell: str, currency: Currency) -> int:
    """In minor units, above 0, as it would be read in the chat. Raises WrongCell."""
    if not currency.exponent and cell.isascii() and cell.isdecimal() and len(cell) <= _PLAIN_DIGITS_MAX:
        plain = int(cell)  # what nearly every cell of a shop's file is; the long way takes thirty times as long
        if plain:
            return plain
    if not cell.strip():
        raise WrongCell("missing")
    try:
        return parse_amount(cell, currency)
    except Misstep:
        raise WrongCell("not_an_amount", cell) from None


def quantity(cell: str) -> int:
    """How many; 1 where nothing stands. Raises WrongCell."""
    digits = normalised(cell)
    if not digits:
        return 1
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= _PLAIN_DIGITS_MAX):
        raise WrongCell("not_a_count", cell)
    if not 0 < int(digits) <= QUANTITY_MAX:
        raise WrongCell("not_a_count", cell)
    return int(digits)


def time(cell: str, zone: ZoneInfo) -> str:
    """ISO 8601 with its offset, empty where nothing stands: a Gregorian or Jalali date, with a time of day or without.

    What names no offset is meant in `zone`. Raises WrongCell.
    """
    written = normalised(cell)
    if not written:
        return ""
    try:
        at = _local(written) or datetime.fromisoformat(written)
    except ValueError:
        raise WrongCell("not_a_time", cell) from None
    return (at if at.tzinfo else at.replace(tzinfo=zone)).isoformat()


def _local(written: str) -> datetime | None:
    found = _DATE.fullmatch(written)
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    if year in _JALALI_YEARS:
        date = JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]
        year, month, day = date.year, date.month, date.day
    return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001  its zone is the caller's to say
