"""What became of one attempt to send, read from the platform's answer. Pure."""

from dataclasses import dataclass

from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.botapi.client import NotDone, silence_ms
from bot.kit.effects import RenderedCard


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform has it. `message_id` is None for a call that makes no message, or changed nothing.

    `card` is what a card's message was put into words as.
    """

    message_id: int | None
    card: RenderedCard | None = None


@dataclass(frozen=True, slots=True)
class RateLimited:
    """Too many requests: nothing may be sent for so long."""

    wait_ms: int


@dataclass(frozen=True, slots=True)
class NotDelivered:
    """The platform does not have it, that is sure: it can go again."""

    problem: str


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """No answer, or none that says anything: it may have been sent, and may not."""

    problem: str


@dataclass(frozen=True, slots=True)
class Blocked:
    """The person does not want us any more, or never did."""

    problem: str


@dataclass(frozen=True, slots=True)
class MessageMissing:
    """The message that was to be edited is not there, or cannot be edited."""

    problem: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """The platform will never take this one."""

    problem: str


DeliveryResult = Sent | RateLimited | NotDelivered | Unconfirmed | Blocked | MessageMissing | Rejected

_UNCHANGED = ("message is not modified", "charge_already_refunded")
_GONE = ("message to edit not found", "message can't be edited", "there is no text in the message to edit")
_NEVER = ("Not Found", "Request Entity Too Large")
"""What the platform itself says; a gateway's page that says so comes as ForeignAnswer, whose text begins otherwise."""


def result_of(error: TelegramError) -> DeliveryResult:
    """What an error of the platform means for a message. The words are Telegram's own; they have no codes."""
    text = str(error)
    match error:
        case RetryAfter():
            return RateLimited(silence_ms(error))
        case Forbidden():
            return Blocked(text)
        case NotDone():
            return NotDelivered(text)
        case BadRequest():  # a NetworkError to the library, though the platform has answered
            return _verdict_on_bad_request(text)
        case InvalidToken() if "Unauthorized" in text:
            return NotDelivered(text)  # the token was revoked: somebody will set a new one
        case _:
            return Rejected(text) if text.startswith(_NEVER) else Unconfirmed(text)


def _verdict_on_bad_request(text: str) -> DeliveryResult:
    words = text.lower()
    if any(each in words for each in _UNCHANGED):
        return Sent(None)
    if any(each in words for each in _GONE):
        return MessageMissing(text)
    return Rejected(text)
