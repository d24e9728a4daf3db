"""Parses single cells: names, amounts, counts and times as people write them in tables."""

import re
import unicodedata
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.kit.amounts import parse_amount
from bot.kit.digits import identifier
from bot.kit.errors import UserError
from bot.order_files.dates import local_time
from bot.order_files.problems import Code
from bot.order_files.spreadsheet import cell_text, damage_of, is_cut
from engine.money import Currency

NAME_LENGTH_MAX: Final = 64
PERSON_LENGTH_MAX: Final = 300
QUANTITY_MAX: Final = 10**9
_PLAIN_DIGITS_MAX: Final = 15
_PLAIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}|[0-9]{1,15}")
_WHOLE: Final = re.compile(r"([0-9]{1,15}|[1-9][0-9]{0,2}(?:\u066c[0-9]{3})+)(?:[.\u066b]0{1,2}|\u066b0+|,0{1,2})?")


class WrongCell(Exception):
    """Raised for an unreadable cell, with the reason."""

    def __init__(self, code: Code, value: str = "") -> None:
        super().__init__(code)
        self.code: Code = code
        self.value = value


def name(cell: str, length_max: int = NAME_LENGTH_MAX) -> str:
    """Parses a product's or category's name: one line, Latin digits. Raises WrongCell."""
    if _PLAIN.fullmatch(cell):
        return cell  # the form of nearly every cell in a shop's file; the long way takes ten times as long
    kept = _one_line(cell_text(cell))
    if len(kept) > length_max:
        raise WrongCell("too_long", kept)
    if (damage := damage_of(kept)) is not None:
        raise WrongCell(damage, kept)
    return kept


def person(cell: str) -> str:
    """Parses a person's name, code or pasted link, which is required. Raises WrongCell."""
    return needed(cell, PERSON_LENGTH_MAX)


def needed(cell: str, length_max: int = NAME_LENGTH_MAX) -> str:
    """Parses a required id, without quotation marks. Raises WrongCell."""
    kept = cell if _PLAIN.fullmatch(cell) else identifier(name(cell, length_max))
    if not kept:
        raise WrongCell("missing")
    return kept


def amount(cell: str, currency: Currency) -> int:
    """Parses an amount into minor units, above 0, as in the chat. Raises WrongCell."""
    if not currency.exponent and cell.isascii() and cell.isdecimal() and len(cell) <= _PLAIN_DIGITS_MAX:
        plain = int(cell)  # the form of nearly every cell in a shop's file; the long way takes thirty times as long
        if plain:
            return plain
    written = cell_text(cell)
    if not written:
        raise WrongCell("missing")
    if is_cut(written):
        raise WrongCell("changed_number", written)
    try:
        return parse_amount(written, currency)
    except UserError:
        raise WrongCell("not_an_amount", cell) from None


def quantity(cell: str) -> int:
    """Parses a quantity; 1 for an empty cell. Raises WrongCell."""
    written = identifier(cell_text(cell))
    if not written:
        return 1
    if is_cut(written):
        raise WrongCell("changed_number", written)
    found = _WHOLE.fullmatch(written)
    count = int(found[1].replace("\u066c", "")) if found else 0
    if not 0 < count <= QUANTITY_MAX:
        raise WrongCell("not_a_count", cell)
    return count


def time(cell: str, zone: ZoneInfo) -> str:
    """Returns ISO 8601 with its offset, empty for an empty cell: a Gregorian or Jalali date, with a time of day or
    without.

    Without an offset it is in `zone`. Raises WrongCell.
    """
    written = identifier(cell_text(cell))
    if not written:
        return ""
    try:
        at = local_time(written) or datetime.fromisoformat(written)
        return (at if at.tzinfo else at.replace(tzinfo=zone)).isoformat()
    except (ValueError, OverflowError):
        raise WrongCell("not_a_time", cell) from None


def _one_line(text: str) -> str:
    """Removes control characters, which no store and no message should hold."""
    if not text.isprintable():
        text = "".join(" " if unicodedata.category(each) in ("Cc", "Zl", "Zp") else each for each in text)
    return " ".join(text.split())
