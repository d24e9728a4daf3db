"""One attempt: a picture that cannot be had is left out where its words can stand alone."""

from typing import Any

import pytest

from bot.kit.effects import Outgoing
from bot.outbox.courier import TelegramCourier
from bot.outbox.verdicts import Refused, Sent
from bot.playground import Phone, Playground
from bot.transport import PlainBot

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
    assert isinstance(await TelegramCourier(api, nothing_is_drawn).deliver(card), Sent)
    assert (await nader.receives("words alone")).photo is None


@pytest.mark.usefixtures("nader")
async def test_without_words_it_is_refused(api: PlainBot) -> None:
    card = Outgoing(101, "sendPhoto", {"caption": "x"}, picture={"kind": "file", "path": "gone.png"})
    verdict = await TelegramCourier(api, nothing_is_drawn).deliver(card)
    assert isinstance(verdict, Refused)
    assert "the picture failed" in verdict.problem
