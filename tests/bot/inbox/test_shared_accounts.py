"""Whom a message shows: the author of what was forwarded, or the person of a contact."""

from typing import Any

import pytest
from telegram import Message

from bot.inbox.shared_accounts import shared_account
from bot.kit.person import SharedAccount

SARA = {"id": 7, "is_bot": False, "first_name": "Sara", "last_name": "Ahmadi"}
BOT = {"id": 8, "is_bot": True, "first_name": "A bot"}
CHANNEL = {"id": -100, "type": "channel", "title": "News"}


def message(**more: Any) -> Message:
    return Message.de_json({"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}, **more}, None)


@pytest.mark.parametrize(
    ("more", "account"),
    [
        ({"text": "hello"}, None),
        ({"forward_origin": {"type": "user", "date": 1, "sender_user": SARA}}, SharedAccount(7, "Sara Ahmadi", True)),
        ({"forward_origin": {"type": "user", "date": 1, "sender_user": BOT}}, None),
        (
            {"forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "Sara"}},
            SharedAccount(None, "Sara", True),
        ),
        ({"forward_origin": {"type": "channel", "date": 1, "chat": CHANNEL, "message_id": 3}}, None),
        ({"forward_origin": {"type": "chat", "date": 1, "sender_chat": CHANNEL}}, None),
        ({"forward_origin": {"type": "a kind of tomorrow", "date": 1}}, None),
        ({"forward_from": SARA}, SharedAccount(7, "Sara Ahmadi", True)),
        ({"forward_from": BOT}, None),
        ({"forward_from": "Sara"}, None),
        ({"forward_from": {"id": "7"}}, None),
        ({"forward_sender_name": "Sara"}, SharedAccount(None, "Sara", True)),
        ({"forward_sender_name": 5}, None),
        (
            {"contact": {"phone_number": "+98", "first_name": "Sara", "last_name": "Ahmadi", "user_id": 7}},
            SharedAccount(7, "Sara Ahmadi", False),
        ),
        ({"contact": {"phone_number": "+98", "first_name": "Sara"}}, SharedAccount(None, "Sara", False)),
        (
            {
                "contact": {"phone_number": "+98", "first_name": "Sara", "user_id": 7},
                "forward_origin": {"type": "user", "date": 1, "sender_user": {**SARA, "id": 9}},
            },
            SharedAccount(7, "Sara", False),
        ),
    ],
)
def test_a_message_shows_an_account_or_none(more: dict[str, Any], account: SharedAccount | None) -> None:
    assert shared_account(message(**more)) == account
