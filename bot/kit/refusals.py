"""Explains refusals: the text is the message `refused-<code>`, its arguments come from the error's fields.

Most fields are shown as their type says. Where a type does not tell enough (minor units are whole numbers, too), the
error's class has an explanation here or in the feature that knows it.
"""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final

from bot.kit.context import Context
from bot.kit.errors import UserError
from bot.kit.feature import Explain
from bot.kit.formatting import Argument, Choice, Count, Money, Text, Unit
from bot.kit.support_button import support_row
from engine.errors import (
    AlreadySettled,
    AmountOutOfRange,
    BelowMinimum,
    InsufficientFunds,
    OverRefund,
    Refusal,
    SumOutOfRange,
)
from engine.money import Currency

Told = Refusal | UserError
"""The errors that are reported to the person; any other is a bug or an outage."""

ENGINE_EXPLANATIONS: Final[Mapping[type[Exception], Explain]] = {
    AmountOutOfRange: lambda error, ctx: {
        "least": Money(error.least, ctx.bot.currency),
        "most": Money(error.most, ctx.bot.currency),
    },
    SumOutOfRange: lambda error, ctx: {"most": Money(error.most, ctx.bot.currency)},
    AlreadySettled: lambda error, _: {"state": Choice(error.state)},
    BelowMinimum: lambda error, ctx: {"minimum": Money(error.minimum, ctx.bot.currency)},
    InsufficientFunds: lambda error, ctx: {"available": Money(error.available, ctx.bot.currency)},
    OverRefund: lambda error, ctx: {"left": Money(error.left, ctx.bot.currency)},
}


ASKING: Final = frozenset({"suspended", "approved_already"})
"""The codes of errors whose text says whom to ask."""


def tell(error: Told, ctx: Context, explanations: Mapping[type[Exception], Explain] = ENGINE_EXPLANATIONS) -> None:
    """Reports the refusal: as an alert after a button press, otherwise as a message. Earlier answers stay.

    One that sends people to somebody who can help is a message with the button to support, where there is some.
    """
    text_id = text_id_of(error)
    arguments: dict[str, Any] = {**arguments_of(error, ctx, explanations)}
    to_support = support_row(ctx.bot, fresh=True) if error.code in ASKING else []
    if ctx.data is None or to_support:
        ctx.say(text_id, rows=[to_support], new=True, **arguments)
    else:
        ctx.toast(text_id, alert=True, **arguments)


def text_id_of(error: Told) -> str:
    """Returns the id of the error's message."""
    return f"refused-{error.code}"


def arguments_of(error: Told, ctx: Context, explanations: Mapping[type[Exception], Explain]) -> dict[str, Argument]:
    """Returns the message's arguments from the error's fields; `explanations` take precedence over the engine's own."""
    explain = explanations.get(type(error)) or ENGINE_EXPLANATIONS.get(type(error))
    known: Mapping[str, Argument] = explain(error, ctx) if explain else _by_type(error)
    wanted = ctx.texts.variables(text_id_of(error), ctx.language)
    return {name: argument for name, argument in known.items() if name in wanted}


def _by_type(error: Told) -> dict[str, Argument]:
    return {each.name: _shown_as(getattr(error, each.name)) for each in fields(error)}


def _shown_as(value: object) -> Argument:
    match value:
        case int():
            return Count(value)
        case Currency():
            return Unit(value)
        case _:
            return Text(str(value))
