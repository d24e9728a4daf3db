"""One attempt: a picture that cannot be had is left out where its words can stand alone."""

from typing import Any

import pytest

from bot.botapi.client import PlainBot
from bot.kit.effects import Outgoing
from bot.outbox.delivery import MISSING_AFTER, TelegramDelivery
from bot.outbox.delivery_result import NotDelivered, Rejected, Sent
from bot.playground import Phone, Playground
from bot.playground.faults import GatewayAnswer
from bot.playground.phone import grey_png

WORDS = {"text": "words alone"}


def nothing_is_drawn(recipe: dict[str, Any]) -> bytes:
    raise FileNotFoundError(recipe["path"])


@pytest.fixture
async def nader(server: Playground) -> Phone:
    phone = await server.phone(101, "Nader")
    await phone.send("/start")
    return phone


@pytest.mark.parametrize(
    ("params", "picture"),
    [({"caption": "x"}, {"kind": "file", "path": "gone.png"}), ({"caption": "x", "photo": "no-such-file"}, None)],
)
async def test_the_words_go_without_the_picture(
    api: PlainBot, nader: Phone, params: dict[str, Any], picture: dict[str, Any] | None
) -> None:
    card = Outgoing(101, "sendPhoto", params, picture=picture, fallback=WORDS)
    assert isinstance(await TelegramDelivery(api, nothing_is_drawn).deliver(card), Sent)
    assert (await nader.receives("words alone")).photo is None


@pytest.mark.usefixtures("nader")
async def test_without_words_it_is_refused(api: PlainBot) -> None:
    card = Outgoing(101, "sendPhoto", {"caption": "x"}, picture={"kind": "file", "path": "gone.png"})
    verdict = await TelegramDelivery(api, nothing_is_drawn).deliver(card)
    assert isinstance(verdict, Rejected)
    assert "the picture failed" in verdict.problem


NOT_FOUND = GatewayAnswer(404, "application/json", '{"ok":false,"error_code":404,"description":"Not Found"}')
BACK = {"telegram_payment_charge_id": "c"}


@pytest.mark.usefixtures("nader")
async def test_a_server_that_says_it_cannot_send_messages_is_asked_again(api: PlainBot, server: Playground) -> None:
    await server.fault("answer_before", "sendMessage", count=20, answer=NOT_FOUND)
    message_sender = TelegramDelivery(api, nothing_is_drawn)
    for _ in range(20):
        assert isinstance(await message_sender.deliver(Outgoing(101, "sendMessage", {"text": "x"})), NotDelivered)
    assert isinstance(await message_sender.deliver(Outgoing(101, "sendMessage", {"text": "x"})), Sent)


async def test_a_method_that_is_missing_is_believed_after_some_tries_and_with_a_token_that_works(
    api: PlainBot, server: Playground
) -> None:
    await server.fault("answer_before", "refundStarPayment", count=20, answer=NOT_FOUND)
    await server.fault("answer_before", "getMe", answer=NOT_FOUND)
    message_sender = TelegramDelivery(api, nothing_is_drawn)
    verdicts = [
        await message_sender.deliver(Outgoing(101, "refundStarPayment", BACK)) for _ in range(MISSING_AFTER + 1)
    ]
    assert [type(each) for each in verdicts] == [NotDelivered] * MISSING_AFTER + [Rejected]


async def test_an_answer_follows_a_group_that_has_become_a_supergroup(api: PlainBot, server: Playground) -> None:
    await server.add_group(-100500, "Friends")
    moved = '{"ok":false,"error_code":400,"description":"moved","parameters":{"migrate_to_chat_id":-100500}}'
    answer = GatewayAnswer(400, "application/json", moved)
    await server.fault("answer_before", "sendMessage", answer=answer)
    message_sender = TelegramDelivery(api, nothing_is_drawn)
    sent = await message_sender.deliver(Outgoing(-500, "sendMessage", {"text": "x"}))
    assert isinstance(sent, Sent)
    assert sent.moved_to == -100500
    await server.fault("answer_before", "sendMessage", count=2, answer=answer)
    assert isinstance(await message_sender.deliver(Outgoing(-500, "sendMessage", {"text": "x"})), Rejected)


EDIT = {"message_id": 0, "media": {"type": "photo", "caption": "<b>new</b>", "parse_mode": "HTML"}}


def grey(_recipe: dict[str, Any]) -> bytes:
    return grey_png()


async def test_a_picture_and_its_words_are_exchanged_in_place(api: PlainBot, nader: Phone) -> None:
    sender = TelegramDelivery(api, grey)
    sent = await sender.deliver(Outgoing(101, "sendPhoto", {"caption": "old"}, picture={"kind": "grey"}))
    assert isinstance(sent, Sent)
    assert sent.message_id is not None
    params = {**EDIT, "message_id": sent.message_id}
    edit = Outgoing(101, "editMessageMedia", params, picture={"kind": "grey"}, fallback=WORDS)
    assert isinstance(await sender.deliver(edit), Sent)
    (card,) = [each for each in await nader.messages() if each.photo is not None]
    assert (card.text, card.photo) == ("new", grey_png())


async def test_a_picture_whose_message_is_gone_is_sent_anew(api: PlainBot, nader: Phone) -> None:
    params = {**EDIT, "message_id": 9_999, "reply_markup": {"inline_keyboard": []}}
    edit = Outgoing(101, "editMessageMedia", params, picture={"kind": "grey"}, fallback=WORDS)
    assert isinstance(await TelegramDelivery(api, grey).deliver(edit), Sent)
    assert (await nader.receives("new")).photo == grey_png()


async def test_words_are_sent_where_the_new_picture_cannot_be_drawn(api: PlainBot, nader: Phone) -> None:
    edit = Outgoing(101, "editMessageMedia", EDIT, picture={"kind": "file", "path": "gone.png"}, fallback=WORDS)
    assert isinstance(await TelegramDelivery(api, nothing_is_drawn).deliver(edit), Sent)
    assert (await nader.receives("words alone")).photo is None
