"""Parses several numbers as admins write them: 1 2 5-9, «۱، ۲ و ۵ تا ۹», #1,2; what stands behind them is left."""

import re
from typing import Final

from bot.kit.digits import normalised

Span = tuple[int, int]
"""The first and the last number of a range."""

_AROUND: Final = r"\s,،;؛.:()«»\"'"
_NUMBER: Final = r"[#№]?\s?(\d{1,15})"
_ITEM: Final = re.compile(rf"{_NUMBER}(?:\s*(?:[-‐‑–—−]|\.\.+|…|تا|to)\s*{_NUMBER})?(?=$|[{_AROUND}])", re.IGNORECASE)
_BETWEEN: Final = re.compile(rf"[{_AROUND}]*(?:(?:و|and|&)\s+(?=[#№]?\d))?[{_AROUND}]*", re.IGNORECASE)
_THOUSANDS: Final = re.compile(r"(?<=\d)٬(?=\d{3})")


def leading_numbers(text: str) -> tuple[list[Span], str]:
    """Returns the numbers and ranges at the start, in order and without overlaps, and the text after them.

    A range may be written from its end; a comma always separates.
    """
    plain = _THOUSANDS.sub("", normalised(text))
    spans, at = list[Span](), 0
    while (found := _ITEM.match(plain, place := _after(plain, at))) is not None:
        first = int(found[1])
        last = int(found[2]) if found[2] else first
        spans.append((min(first, last), max(first, last)))
        at = found.end()
    return merged(spans), plain[place:]


def _after(plain: str, at: int) -> int:
    found = _BETWEEN.match(plain, at)
    return found.end() if found is not None else at


def merged(spans: list[Span]) -> list[Span]:
    """Returns the same numbers in order, each once: ranges that overlap or touch become one."""
    result: list[Span] = []
    for low, high in sorted(spans):
        if result and low <= result[-1][1] + 1:
            result[-1] = (result[-1][0], max(high, result[-1][1]))
        else:
            result.append((low, high))
    return result


def expanded(spans: list[Span], most: int) -> tuple[set[int], list[Span]]:
    """Returns the numbers of the narrow ranges, at most `most` in all, and the ranges that are too wide for that."""
    numbers, wide = set[int](), list[Span]()
    for low, high in sorted(spans, key=lambda span: span[1] - span[0]):
        if high - low + 1 + len(numbers) <= most:
            numbers.update(range(low, high + 1))
        else:
            wide.append((low, high))
    return numbers, sorted(wide)


def only(spans: list[Span]) -> int | None:
    """Returns the number where it is just one; None for several."""
    return spans[0][0] if len(spans) == 1 and spans[0][0] == spans[0][1] else None
