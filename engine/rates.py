"""Computes a line's commission rate, and which of several rules gives it (section 4)."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

# Rates are exact: a percentage with four decimals is a whole number of millionths.
MILLION = 1_000_000

_PERCENT = re.compile(r"(\d{1,3})(?:\.(\d{1,4}))?%", re.ASCII)
_FIXED = re.compile(r"\d{1,15}", re.ASCII)

EXPECTED_PERCENT = 'a percentage up to "100%" with at most four decimals, such as "12.5%"'
EXPECTED_RATE = f'{EXPECTED_PERCENT}, or whole minor units for each unit sold, such as "5000"'


@dataclass(frozen=True, slots=True)
class Rate:
    """Holds a share in millionths, or a fixed number of minor units for each unit sold; `text` as written."""

    text: str
    millionths: int
    each: int

    def millionths_of(self, amount: int, quantity: int) -> int:
        """Returns what the rate pays on a line, in millionths of a minor unit, so that nothing is rounded yet."""
        return amount * self.millionths + quantity * self.each * MILLION

    def of(self, amount: int) -> int:
        """Returns a percentage's share of an amount in minor units, rounded down."""
        return amount * self.millionths // MILLION


def parse_percent(text: str) -> Rate:
    """Parses a percentage. Raises ValueError with what was expected."""
    if match := _PERCENT.fullmatch(text):
        millionths = int(match[1]) * 10_000 + int((match[2] or "").ljust(4, "0"))
        if millionths <= MILLION:
            return Rate(text, millionths, 0)
    raise ValueError(EXPECTED_PERCENT)


@lru_cache(maxsize=1024)
def parse_rate(text: str) -> Rate:
    """Parses a percentage, or minor units for each unit sold. Raises ValueError with what was expected."""
    if _FIXED.fullmatch(text):
        return Rate(text, 0, int(text))
    try:
        return parse_percent(text)
    except ValueError:
        raise ValueError(EXPECTED_RATE) from None


def is_rate(text: str) -> bool:
    """Returns whether the text is a percentage, or minor units for each unit sold."""
    try:
        parse_rate(text)
    except ValueError:
        return False
    return True


class Rule(NamedTuple):
    """Holds a rate and its source: `kind` is offer-product, offer-category, offer, product, category, rank or link."""

    kind: str
    name: str
    rate: Rate


# The most specific first; within one kind the rule that pays most for the line wins.
KINDS = ("link", "offer-product", "offer-category", "offer", "product", "category", "rank")


def choose(rules: list[Rule], amount: int, quantity: int) -> tuple[Rule, list[Rule]]:
    """Returns the rule that wins a line, and those that lost, best first. The rank's rule must be among them."""
    if len(rules) == 1:
        return rules[0], []
    ordered = sorted(
        rules,
        key=lambda rule: (KINDS.index(rule.kind), -rule.rate.millionths_of(amount, quantity), rule.name),
    )
    return ordered[0], ordered[1:]
