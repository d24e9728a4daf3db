"""Texts ready to be passed on, with the member's code set in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.kit.campaigns import Campaign, CampaignWords
from bot.kit.links import Purpose
from chat import Chat, buttons_of, open_chat, text_of, texts_of
from handlers.chat.buttons import OpenReady
from handlers.chat.ready_texts import SendReady

LONG = "Long words. " * 30
CAMPAIGNS = {
    "nowruz": Campaign(
        "nowruz",
        ("case",),
        "/srv/nowruz.png",
        {
            "en": CampaignWords("Nowruz", "Shoes & more <3\n{link}\nCode: {code}"),
            "fa": CampaignWords("نوروز", "{link}"),
        },
    ),
    "long": Campaign(
        "long",
        (),
        "https://shop.example/long.jpg",
        {"en": CampaignWords("Long", f"{LONG}{{link}}"), "fa": CampaignWords("بلند", f"{LONG}{{link}}")},
    ),
    "plain": Campaign("plain", (), "", {"en": CampaignWords("Plain", "{link}"), "fa": CampaignWords("ساده", "{link}")}),
}


@asynccontextmanager
async def campaigning(folder: Path, *, inline: bool = False) -> AsyncIterator[Chat]:
    async with open_chat(folder) as chat:
        chat.facts = replace(chat.facts, campaigns=CAMPAIGNS, inline=inline)
        yield chat


async def code_for(chat: Chat, member: str, purpose: Purpose) -> str:
    (link,) = await chat.links.make(member, [purpose], chat.clock.now)
    return link.code


async def test_the_list_has_a_button_for_each_campaign_and_product(tmp_path: Path) -> None:
    async with campaigning(tmp_path) as chat:
        sara = await chat.member("Sara")
        card = (await chat.send(sara, "/link")).outgoing[1]
        assert buttons_of(card)["Ready texts"] == "ready:1"
        page = (await chat.press(sara, OpenReady(1))).outgoing[0]
        titles = ["\u2068Nowruz\u2069", "\u2068Long\u2069", "\u2068Plain\u2069", "\u2068A case\u2069"]
        assert list(buttons_of(page))[:4] == titles


async def test_a_text_bears_the_member_s_link_and_code_as_they_are_with_a_picture(tmp_path: Path) -> None:
    async with campaigning(tmp_path) as chat:
        sara = await chat.member("Sara")
        (ready,) = (await chat.press(sara, SendReady(0))).outgoing
        code = await code_for(chat, sara.id, Purpose("campaign", "nowruz", ("case",)))
        link = f"https://t.me/moaref_bot?start={code}"
        assert ready.method == "sendPhoto"
        assert ready.picture == {"kind": "file", "path": "/srv/nowruz.png"}
        assert text_of(ready) == f"Shoes &amp; more &lt;3\n{link}\nCode: {code}"
        assert ready.fallback is not None
        assert ready.fallback["text"] == text_of(ready)
        assert buttons_of(ready)["Copy text"] == f"Shoes & more <3\n{link}\nCode: {code}"
        share = buttons_of(ready)["Share"]
        assert share.startswith("https://t.me/share/url?url=https%3A%2F%2Ft.me%2Fmoaref_bot%3Fstart%3D")
        assert "Shoes%20%26%20more" in share


async def test_a_picture_of_the_web_is_named_and_a_long_text_s_link_is_what_is_copied(tmp_path: Path) -> None:
    async with campaigning(tmp_path) as chat:
        sara = await chat.member("Sara")
        (ready,) = (await chat.press(sara, SendReady(1))).outgoing
        assert (ready.picture, ready.params["photo"]) == (None, "https://shop.example/long.jpg")
        assert buttons_of(ready)["Copy link"].startswith("https://t.me/moaref_bot?start=")
        assert len(buttons_of(ready)["Share"]) < 600


async def test_a_text_without_a_picture_and_a_product_s_are_messages(tmp_path: Path) -> None:
    async with campaigning(tmp_path) as chat:
        sara = await chat.member("Sara", language="fa")
        (plain,) = (await chat.press(sara, SendReady(2))).outgoing
        (product,) = (await chat.press(sara, SendReady(3))).outgoing
        assert (plain.method, product.method) == ("sendMessage", "sendMessage")
        code = await code_for(chat, sara.id, Purpose("product", "case", ("case",)))
        assert text_of(product) == f"قاب\nقاب گوشی\nhttps://t.me/moaref_bot?start={code}"


async def test_with_the_inline_mode_the_share_button_opens_it_with_the_campaign(tmp_path: Path) -> None:
    async with campaigning(tmp_path, inline=True) as chat:
        (ready,) = (await chat.press(await chat.member("Sara"), SendReady(0))).outgoing
        assert buttons_of(ready)["Share"] == "nowruz"


@pytest.mark.parametrize("place", [4, -1])
async def test_a_text_that_is_gone_is_an_old_button(tmp_path: Path, place: int) -> None:
    async with campaigning(tmp_path) as chat:
        effects = await chat.press(await chat.member("Sara"), SendReady(place))
        assert (effects.outgoing, effects.toast is None) == ([], False)


async def test_a_friend_of_a_campaign_lands_on_its_products(tmp_path: Path) -> None:
    async with campaigning(tmp_path) as chat:
        sara = await chat.member("Sara")
        code = await code_for(chat, sara.id, Purpose("campaign", "nowruz", ("case",)))
        assert "A case" in texts_of(await chat.send(await chat.arrive("Hamid"), f"/start {code}"))[1]
