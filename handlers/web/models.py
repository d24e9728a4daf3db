"""Defines the purchase API's requests and answers: its OpenAPI document is made of these models."""

import re
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from engine.events.fields import AMOUNT_MAX

LINES_MAX = 500
CODE_LENGTH_MAX = 300
"""A link that was pasted whole is a code, too."""

ID_PATTERN = r"^[!-~]{1,64}$"

Id = Annotated[str, Field(pattern=ID_PATTERN, description="1 to 64 visible ASCII characters.")]
Name = Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f]{1,100}$", description="1 to 100 characters.")]
Amount = Annotated[int, Field(gt=0, le=AMOUNT_MAX, description="Minor units of the order's currency.")]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class LineIn(_Model):
    """A line of an order; `amount` is the line's total after discounts, without tax and shipping."""

    product: Name
    amount: Amount
    category: Name | None = None
    quantity: Annotated[int, Field(ge=1, le=1_000_000_000)] = 1


class OrderIn(_Model):
    """A paid order."""

    order: Annotated[Id, Field(description="The shop's own number of the order: it counts once.")]
    buyer: Annotated[Id, Field(description="The shop's own id of the customer; never an e-mail address.")]
    code: Annotated[
        str | None,
        Field(
            max_length=CODE_LENGTH_MAX,
            description="A member's referral code or link, or the one-time token that /shop gave the buyer; "
            "blanks, dashes and invisible marks in it do not count.",
        ),
    ] = None
    at: Annotated[
        AwareDatetime | None,
        Field(strict=False, description="When it was paid, with offset, as information alone; absent: now."),
    ] = None
    currency: Annotated[
        str | None, Field(pattern=r"^[A-Z]{3}$", description="ISO 4217, IRT or XTR; absent: the programme's own.")
    ] = None
    lines: Annotated[list[LineIn], Field(min_length=1, max_length=LINES_MAX)]


class RefundIn(_Model):
    """Money given back; without an amount all that is left of the order."""

    order: Id
    amount: Amount | None = None


class OrderOut(_Model):
    """The result of the order, in minor units of the programme's currency."""

    order: str
    total: int
    refunded: int
    currency: str
    credited: Annotated[bool, Field(description="Whether a member earns from it.")]
    reason: Annotated[
        Literal["no_sponsor", "suspended", "window", "not_first"] | None,
        Field(description="Why no member earns: the buyer has no sponsor, or a rule of the programme."),
    ] = None


class UseIn(_Model):
    """The order that uses the code."""

    order: Annotated[Id, Field(description="The shop's own number of the order; the code then works for no other.")]
    buyer: Annotated[Id | None, Field(description="The shop's own id of the customer, where there is one.")] = None


class RewardOut(_Model):
    """A friend's discount code. A reward without `percent` and `amount` is known to the shop by its name."""

    code: str
    reward: Annotated[str, Field(description="The reward's id in the configuration, or `share`.")]
    state: Literal["given", "used"]
    percent: Annotated[str | None, Field(description="The discount, such as 10%.")] = None
    amount: Annotated[int | None, Field(description="The discount, in minor units of `currency`.")] = None
    currency: str | None = None
    expires: Annotated[str | None, Field(description="When it expires, in UTC; absent: never.")] = None


class FieldProblem(_Model):
    """The place where a request is invalid, as a JSON pointer."""

    pointer: str
    detail: str


class ProblemOut(_Model):
    """Problem details (RFC 9457). `type` and `code` are stable."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[FieldProblem] | None = None
    left: Annotated[int | None, Field(description="The amount left of the order, if a refund is too large.")] = None


def matches(pattern: str, text: str) -> bool:
    """Returns whether an address's parameter matches a model's pattern."""
    return re.fullmatch(pattern.removeprefix("^").removesuffix("$"), text) is not None
