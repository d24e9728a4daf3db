import pytest
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.botapi.client import NotDone
from bot.outbox.delivery_result import Blocked, Flooded, Gone, Refused, Sent, Unconfirmed, Unreached, verdict_on

UNCHANGED = (
    "Message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (RetryAfter(7), Flooded),
        (Forbidden("Forbidden: bot was blocked by the user"), Blocked),
        (Forbidden("Forbidden: user is deactivated"), Blocked),
        (BadRequest(UNCHANGED), Sent),
        (BadRequest("Message to edit not found"), Gone),
        (BadRequest("Message can't be edited"), Gone),
        (BadRequest("There is no text in the message to edit"), Gone),
        (BadRequest("Chat not found"), Refused),
        (BadRequest("Can't parse entities: unclosed start tag"), Refused),
        (NotDone("ClientConnectorError: "), Unreached),
        (TimedOut(), Unconfirmed),
        (NetworkError("ServerDisconnectedError: "), Unconfirmed),
        (NetworkError("Bad Gateway"), Unconfirmed),
        (NetworkError("Request Entity Too Large"), Refused),
        (TelegramError("Invalid server response"), Unconfirmed),
        (InvalidToken("Unauthorized"), Unreached),
        (InvalidToken("Not Found"), Refused),
    ],
)
def test_what_the_platforms_words_mean_for_a_message(error: TelegramError, kind: type) -> None:
    assert isinstance(verdict_on(error), kind)


def test_how_long_to_be_silent_is_in_milliseconds() -> None:
    assert verdict_on(RetryAfter(7)) == Flooded(7_000)
