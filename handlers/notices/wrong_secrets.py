"""Reports requests with a wrong secret or signature to admins."""

from bot.kit.context import message_to
from bot.kit.effects import Outgoing
from bot.kit.failed_attempts import FailedAttempt
from bot.kit.formatting import Choice, Code, Text
from bot.kit.person import Person
from bot.kit.texts import Texts


def wrong_secret(attempt: FailedAttempt, to: Person, texts: Texts) -> list[Outgoing]:
    """Returns one message: at which shop, what is wrong, from where, and what to compare."""
    message = message_to(
        to,
        texts,
        "admin-wrong-secret",
        shop=Text(attempt.shop),
        reason=Choice(attempt.reason),
        address=Code(attempt.address),
    )
    return [message]
