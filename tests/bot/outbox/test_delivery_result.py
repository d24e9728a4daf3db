import pytest
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.botapi.transport import NotDone
from bot.outbox.delivery_result import (
    Blocked,
    MessageMissing,
    NotDelivered,
    RateLimited,
    Rejected,
    Sent,
    Unconfirmed,
    result_of,
)

UNCHANGED = (
    "Message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (RetryAfter(7), RateLimited),
        (Forbidden("Forbidden: bot was blocked by the user"), Blocked),
        (Forbidden("Forbidden: user is deactivated"), Blocked),
        (BadRequest(UNCHANGED), Sent),
        (BadRequest("Message to edit not found"), MessageMissing),
        (BadRequest("Message can't be edited"), MessageMissing),
        (BadRequest("There is no text in the message to edit"), MessageMissing),
        (BadRequest("Chat not found"), Rejected),
        (BadRequest("Can't parse entities: unclosed start tag"), Rejected),
        (NotDone("ClientConnectorError: "), NotDelivered),
        (TimedOut(), Unconfirmed),
        (NetworkError("ServerDisconnectedError: "), Unconfirmed),
        (NetworkError("Bad Gateway"), Unconfirmed),
        (NetworkError("Request Entity Too Large"), Rejected),
        (TelegramError("Invalid server response"), Unconfirmed),
        (InvalidToken("Unauthorized"), NotDelivered),
        (InvalidToken("Not Found"), Rejected),
    ],
)
def test_what_the_platforms_words_mean_for_a_message(error: TelegramError, kind: type) -> None:
    assert isinstance(result_of(error), kind)


def test_how_long_to_be_silent_is_in_milliseconds() -> None:
    assert result_of(RetryAfter(7)) == RateLimited(7_000)
