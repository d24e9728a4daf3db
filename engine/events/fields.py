"""Defines the types of event fields; each validates a journal line and says what was expected."""

from typing import Annotated, Any, Final, Literal, get_args

from msgspec import Meta

from engine.rates import EXPECTED_RATE

AMOUNT_MAX: Final = 10**15
"""The largest amount, as in programme files: sums of such amounts fit a store's integers."""

TOTAL_MAX: Final = 2**63 - 1
"""The largest number that a store can hold, and so the largest total of an order of very many lines."""

MATURITY_DAYS_MAX: Final = 36_500

EXPECTED_CHANGE: Final = f"a whole number other than 0, at most {AMOUNT_MAX} above or below it"

Name = Annotated[str, Meta(min_length=1, description="a text that is not empty")]
Text = Annotated[str, Meta(description="a text")]
RateText = Annotated[str, Meta(description=EXPECTED_RATE)]
Count = Annotated[int, Meta(gt=0, le=AMOUNT_MAX, description=f"a whole number above 0, at most {AMOUNT_MAX}")]
Change = Annotated[int, Meta(ge=-AMOUNT_MAX, le=AMOUNT_MAX, description=EXPECTED_CHANGE)]
Days = Annotated[
    int,
    Meta(ge=0, le=MATURITY_DAYS_MAX, description=f"a whole number of days, 0 or above, at most {MATURITY_DAYS_MAX}"),
]
HowSettled = Annotated[Literal["paid", "rejected", "cancelled"], Meta(description="paid, rejected or cancelled")]
Tables = Annotated[dict[str, Any], Meta(description="the tables of a programme file as an object")]


def expected(kind: Any) -> str:
    """Describes what a field of this type, or of this type or None, is expected to hold."""
    for part in (kind, *get_args(kind)):
        for meta in getattr(part, "__metadata__", ()):
            return str(meta.description)
    raise TypeError(f"{kind} does not say what it expects")
