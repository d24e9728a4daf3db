"""Defines the results of a send attempt and reads them from Telegram's answer. Pure."""

from dataclasses import dataclass

from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.botapi.client import retry_after_ms
from bot.botapi.transport import NotDone
from bot.kit.effects import RenderedCard


@dataclass(frozen=True, slots=True)
class Sent:
    """Telegram has the message. `message_id` is None for a call that creates no message or changed nothing.

    `card` is the rendered card of the message. `moved_to` is the new id of a group that has become a supergroup.
    """

    message_id: int | None
    card: RenderedCard | None = None
    moved_to: int | None = None


@dataclass(frozen=True, slots=True)
class RateLimited:
    """Telegram limits the rate: nothing may be sent until the wait is over."""

    wait_ms: int


@dataclass(frozen=True, slots=True)
class NotDelivered:
    """The message certainly did not reach Telegram: it can be sent again."""

    problem: str


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """The delivery is unconfirmed: without a usable answer, the message may have been sent."""

    problem: str


@dataclass(frozen=True, slots=True)
class Blocked:
    """The user blocked the bot or never started it."""

    problem: str


@dataclass(frozen=True, slots=True)
class MessageMissing:
    """The message to edit is missing or cannot be edited."""

    problem: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """Telegram rejects this message permanently."""

    problem: str


DeliveryResult = Sent | RateLimited | NotDelivered | Unconfirmed | Blocked | MessageMissing | Rejected

_UNCHANGED = ("message is not modified", "charge_already_refunded")
_GONE = ("message to edit not found", "message can't be edited", "there is no text in the message to edit")
_NEVER = ("Not Found", "Request Entity Too Large")
"""Telegram's own error texts. A gateway's page with the same words is a ForeignAnswer, with another beginning."""


def result_of(error: TelegramError) -> DeliveryResult:
    """Returns the delivery result of a Telegram error. It matches Telegram's texts, because they have no codes."""
    text = str(error)
    match error:
        case RetryAfter():
            return RateLimited(retry_after_ms(error))
        case Forbidden():
            return Blocked(text)
        case NotDone():
            return NotDelivered(text)
        case BadRequest():  # a NetworkError in the library, although Telegram answered
            return _verdict_on_bad_request(text)
        case InvalidToken() if "Unauthorized" in text:
            return NotDelivered(text)  # the token was revoked; a new one will be configured
        case _:
            return Rejected(text) if text.startswith(_NEVER) else Unconfirmed(text)


def _verdict_on_bad_request(text: str) -> DeliveryResult:
    words = text.lower()
    if any(each in words for each in _UNCHANGED):
        return Sent(None)
    if any(each in words for each in _GONE):
        return MessageMissing(text)
    return Rejected(text)
