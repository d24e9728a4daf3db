"""Detects values without a percent sign where only a percentage is allowed, and values that are not text."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from engine.rates import parse_percent

RATES: Final = ("commission", "rate", "percent", "budget", "step")
LISTS_OF_RATES: Final = ("levels",)
_TABLES: Final = ("ranks", "rates", "offers", "plan", "share", "rewards")
_LATIN: Final = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩٫٪", "0123456789" * 2 + ".%")


def percent_questions(tables: Mapping[str, Any]) -> list[str]:
    """Returns a line for each value of a configuration that only lacks its percent sign.

    For a refused configuration: explains a possible cause of its problems.
    """
    found = (each for name in _TABLES for each in _questions(tables.get(name), name))
    return list(found)


def _questions(value: Any, key: str) -> Iterator[str]:
    name = key.rpartition(".")[2].partition("[")[0]
    if isinstance(value, Mapping):
        for inner, each in value.items():
            yield from _questions(each, f"{key}.{inner}")
    elif isinstance(value, list):
        for place, each in enumerate(value):
            yield from _questions(each, f"{key}[{place}]")
    elif name in RATES + LISTS_OF_RATES and (meant := _meant(value)) is not None:
        yield f'{key}: was {meant} meant? Then write "{meant}"'


def _meant(value: Any) -> str | None:
    """Returns the percentage that the value would be with its sign; None if it is one, or cannot be."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    number = str(value).translate(_LATIN).replace(" ", "").strip("%")
    meant = f"{number}%"
    try:
        rate = parse_percent(meant)
    except ValueError:
        return None
    return meant if rate.millionths and meant != value else None
