"""How a person shows another one to the bot: by forwarding a message, or by a contact card."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Message, MessageOriginHiddenUser, MessageOriginUser

from bot.playground import Phone, Playground

Json = dict[str, Any]
Call = Callable[..., Coroutine[Any, Any, Json]]


async def last_message(call: Call) -> Message:
    read = Message.de_json((await call("getUpdates"))["result"][-1]["message"], None)
    assert not read.api_kwargs, "the library knows every field"
    return read


async def test_a_forwarded_message_names_its_author_or_only_their_name(
    server: Playground, nader: Phone, call: Call
) -> None:
    sara = await server.phone(7, "Sara", "Ahmadi", username="sara")
    await nader.forward(sara, "Where is my order?")
    message = await last_message(call)
    assert message.text == "Where is my order?"
    assert isinstance(message.forward_origin, MessageOriginUser)
    assert message.forward_origin.sender_user.id == 7
    await nader.forward(sara, hidden=True)
    hidden = (await last_message(call)).forward_origin
    assert isinstance(hidden, MessageOriginHiddenUser)
    assert hidden.sender_user_name == "Sara Ahmadi"
    assert "7" not in json.dumps(hidden.to_dict()["sender_user_name"])


async def test_a_contact_has_an_account_or_a_number_alone(server: Playground, nader: Phone, call: Call) -> None:
    sara = await server.phone(7, "Sara", "Ahmadi")
    await nader.send_contact(sara)
    contact = (await last_message(call)).contact
    assert contact is not None
    assert (contact.user_id, contact.first_name, contact.last_name) == (7, "Sara", "Ahmadi")
    await nader.send_contact(sara, without_account=True)
    contact = (await last_message(call)).contact
    assert contact is not None
    assert contact.user_id is None
    assert contact.phone_number == "+989120000007"
