"""Shows admins the delivery status of the last messages to a person."""

from typing import Final

from bot.kit.context import Context
from bot.kit.delivery_status import DeliveryStatus
from bot.kit.formatting import Choice, Lines, Term, Text, When
from bot.kit.person import Person

MESSAGES_SHOWN: Final = 5
_PROBLEM_LENGTH_MAX: Final = 80


async def messages_to(person: Person, ctx: Context) -> Lines:
    """Returns a line for each message, the newest first."""
    delivery_statuses = await ctx.delivery_statuses.of_chat(person.chat_id, MESSAGES_SHOWN)
    return Lines(tuple(_line(each, ctx) for each in delivery_statuses) or (Term("admin-no-messages"),))


def _line(fate: DeliveryStatus, ctx: Context) -> Term:
    return Term(
        "admin-message-line",
        kind=Choice(fate.kind),
        named=Choice("yes" if fate.reference else "no"),
        reference=Text(fate.reference or ""),
        fate=Choice(fate.state),
        unsure=Choice("yes" if fate.unsure and fate.kind != "broadcast" else "no"),
        failed=Choice("yes" if fate.state == "failed" and fate.problem else "no"),
        problem=Text((fate.problem or "")[:_PROBLEM_LENGTH_MAX]),
        when=When(fate.at, ctx.bot.zone, time=True),
    )
