"""Links, ready texts, the inline mode and friends, in the whole bot against the server and in both languages.

`transcripts/links.*.txt` hold what everybody sees, word for word; codes and dates are masked. After a change of texts:

    MOAREF_WRITE_TRANSCRIPTS=1 pytest tests/chat/test_links.py && git diff tests/chat/transcripts
"""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bot.app import App
from bot.kit.formatting import Argument, Choice, Money, Text
from bot.kit.languages import Language
from bot.kit.texts import LOCALE, Texts
from bot.playground import ChatCard, Phone, Playground, Settings, playground_server
from bot.playground.story.words import story_languages
from bot.playground.transcript import transcript
from engine.money import Currency
from posters import scanned
from running import ADMIN, running_app
from stores import UNILEVEL

TRANSCRIPTS = Path(__file__).parent / "transcripts"
WRITE = "MOAREF_WRITE_TRANSCRIPTS"
MASKS = {
    r"(?<=/code )\S+": "CODE",
    r"\bN-[0-9A-Z]+\b": "N-REF",
    r"\b[2-9A-HJKMNP-TV-Z]{7,8}\b": "CODE",
    r"\d{4}-\d\d-\d\d( \d\d:\d\d)?": "DATE",
    r"[۰-۹]{1,2} \w+ [۰-۹]{4}(، ساعت [۰-۹:]{5})?": "DATE",
}
GROUP = -500
NAMES = {
    "en": {101: "Nader", 102: "Babak", 103: "Sara", 104: "Maryam", 105: "Karim", ADMIN: "Hamid"},
    "fa": {101: "نادر", 102: "بابک", 103: "سارا", 104: "مریم", 105: "کریم", ADMIN: "حمید"},
}
TAG = {"en": "instagram", "fa": "اینستاگرام"}
SHOP: dict[str, Any] = {
    **UNILEVEL,
    "exchange": {"XTR": "1500"},
    "products": [
        {"id": "case", "price": 50, "category": "phones", "en": {"title": "A case"}, "fa": {"title": "قاب گوشی"}},
        {"id": "stand", "price": 70, "category": "phones", "en": {"title": "A stand"}, "fa": {"title": "پایهٔ گوشی"}},
    ],
    "campaigns": [
        {
            "id": "nowruz",
            "picture": "nowruz.png",
            "products": ["case"],
            "en": {"title": "Nowruz", "text": "New year, new case!\n{link}\nCode: {code}"},
            "fa": {"title": "نوروز", "text": "سال نو، قاب نو!\n{link}\nکد دعوت: {code}"},
        }
    ],
}


@dataclass
class Play:
    """People whose phones speak one language, and the bot's words in it."""

    playground: Playground
    app: App
    language: Language
    texts: Texts

    async def phone(self, id: int) -> Phone:
        return await self.playground.phone(id, NAMES[self.language][id], language_code=self.language)

    def name(self, id: int) -> str:
        return NAMES[self.language][id]

    def says(self, text_id: str, **arguments: Argument) -> str:
        return self.texts.plain(self.language, text_id, **arguments)

    async def person_of(self, phone: Phone) -> str:
        return (await self.app.engine.get_or_create_person("telegram", str(phone.id)))[0]

    async def buys(self, phone: Phone, order: str) -> None:
        buyer = await self.person_of(phone)
        await self.app.engine.purchase(order, buyer, 100_000, "case", actor="shop")


@asynccontextmanager
async def playing(folder: Path, language: Language, settings: Settings | None = None) -> AsyncIterator[Play]:
    picture = BytesIO()
    Image.new("RGB", (32, 32), "green").save(picture, "PNG")
    (folder / "nowruz.png").write_bytes(picture.getvalue())
    async with (
        playground_server(settings=settings) as playground,
        running_app(playground, folder / "books.db", SHOP) as app,
    ):
        yield Play(playground, app, language, Texts(LOCALE, strict=True))
        await playground.assert_no_violations()


@pytest.mark.parametrize("language", story_languages())
async def test_a_day_with_links(tmp_path: Path, language: Language) -> None:
    async with playing(tmp_path, language) as play:
        nader, hamid = await play.phone(101), await play.phone(ADMIN)
        await nader.send("/link")
        poster = await nader.receives("t.me")
        assert poster.photo is not None
        assert scanned(poster.photo) in poster.links
        card = await nader.receives("t.me")
        tagged = await sara_comes_by_a_tag(play, nader)
        await karim_types_a_product_s_code(play, nader, card)
        campaign = await a_ready_text(play, nader, card)
        await babak_was_a_member(play, nader, campaign)
        await maryam_came_through_babak(play, nader, tagged)
        await sara_joins_and_buys(play, nader)
        await nader.send("/friends")
        friends = await nader.receives(play.says("friends-not", why=Choice("elsewhere")))
        assert play.says("friends-not", why=Choice("member")) in friends.text
        assert play.says("friends-not", why=Choice("nothing")) in friends.text
        assert TAG[language] in (await nader_s_links(play, nader, card)).text
        await hamid.send(f"/why {await play.person_of(await play.phone(104))}")
        await hamid.receives(NAMES[language][101], NAMES[language][102])
        await hamid.send(f"/member {await play.person_of(nader)}")
        await hamid.receives(TAG[language])
        await compare(play.playground, language)


async def sara_comes_by_a_tag(play: Play, nader: Phone) -> str:
    """The link that she opened."""
    sara = await play.phone(103)
    await nader.send(f"/link {TAG[play.language]}")
    tagged = await nader.receives(TAG[play.language])
    link, code = sorted(tagged.copy_texts, key=len, reverse=True)
    assert link.endswith(code)
    assert len(code) == 8
    assert tagged.photo is not None
    await sara.open(link)
    await sara.receives(play.name(101))
    await nader.receives(play.name(103))
    return link


async def karim_types_a_product_s_code(play: Play, nader: Phone, card: ChatCard) -> None:
    """His client lost the link, his digits are others: he lands on the product all the same."""
    karim = await play.phone(105)
    await (await nader_s_links(play, nader, card)).press(play.says("button-link-for"))
    goods = await nader.receives(play.says("links-goods"))
    case = Text(title("case", play.language))
    await goods.press(play.says("button-thing", kind=Choice("product"), name=case))
    code = min((await nader.receives(case.value, "t.me")).copy_texts, key=len)
    await karim.send(f"/code {in_persian_digits(code.lower())}")
    await karim.receives(play.name(101))
    landing = await karim.receives(case.value)
    assert landing.labels[0] == [play.says("button-buy", title=case, price=Money(50, Currency.of("XTR")))]
    await nader.receives(play.name(105))


async def a_ready_text(play: Play, nader: Phone, card: ChatCard) -> str:
    """A campaign's, with its picture and the member's link, which is returned."""
    await card.press(play.says("button-ready"))
    page = await nader.receives({"en": "Ready texts", "fa": "متن‌های آماده"}[play.language])
    await page.press({"en": "Nowruz", "fa": "نوروز"}[play.language])
    ready = await nader.receives({"en": "New year", "fa": "سال نو"}[play.language])
    assert ready.photo is not None
    assert ready.copy_texts == [ready.text]
    assert ready.button(play.says("button-share")).inline == "nowruz"
    return ready.links[0]


async def babak_was_a_member(play: Play, nader: Phone, link: str) -> None:
    babak = await play.phone(102)
    await babak.send("/link")
    await babak.receives("t.me")
    await babak.receives("t.me")
    await babak.open(link)
    await babak.receives(play.says("code-of-another-for-member"))
    await nader.receives(play.name(102))


async def maryam_came_through_babak(play: Play, nader: Phone, link: str) -> None:
    babak, maryam = await play.phone(102), await play.phone(104)
    code = await play.person_of(babak)
    await maryam.open(f"https://t.me/{play.playground.bot_username}?start={code}")
    await maryam.receives(play.name(102))
    await babak.receives(play.name(104))
    await maryam.open(link)
    await maryam.receives(play.name(102))
    await nader.receives(play.name(104))


async def sara_joins_and_buys(play: Play, nader: Phone) -> None:
    sara = await play.phone(103)
    await sara.send("/link")
    await sara.receives("t.me")
    await nader.receives(play.name(103))
    await play.buys(sara, "o-1")
    await nader.receives({"en": "20,000", "fa": "۲۰٬۰۰۰"}[play.language])


async def nader_s_links(play: Play, nader: Phone, card: ChatCard) -> ChatCard:
    await card.press(play.says("button-links"))
    return await nader.receives({"en": "Your links", "fa": "لینک‌های شما"}[play.language])


def title(product: str, language: Language) -> str:
    found = next(each for each in SHOP["products"] if each["id"] == product)
    return str(found[language]["title"])


def in_persian_digits(code: str) -> str:
    return code.translate({ord(str(digit)): "۰۱۲۳۴۵۶۷۸۹"[digit] for digit in range(10)})


async def compare(playground: Playground, language: Language) -> None:
    """Chat by chat: which of two chats is written to first is nobody's concern."""
    chats = []
    for id, name in NAMES[language].items():
        chats += ["", f"--- {name}", "", transcript(await playground.events(chat_id=id), NAMES[language])]
    text = "\n".join(chats).lstrip() + "\n"
    for pattern, mask in MASKS.items():
        text = re.sub(pattern, mask, text)
    file = TRANSCRIPTS / f"links.{language}.txt"
    if os.environ.get(WRITE):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


# --- the inline mode


@pytest.mark.parametrize("language", story_languages())
async def test_the_bot_s_name_in_a_group_offers_the_member_s_cards_and_a_friend_comes_by_one(
    tmp_path: Path, language: Language
) -> None:
    async with playing(tmp_path, language) as play:
        await play.playground.add_group(GROUP, "Friends")
        nader, sara = await play.phone(101), await play.phone(103)
        await nader.send("/link")
        await nader.receives("t.me")
        await nader.receives("t.me")
        offer = await nader.types(chat_id=GROUP)
        titles = [title(each["id"], language) for each in SHOP["products"]]
        assert offer.titles == [play.says("inline-own"), {"en": "Nowruz", "fa": "نوروز"}[language], *titles]
        assert (offer.is_personal, offer.button) == (True, None)
        assert offer.cache_time <= 60
        sent = await offer.choose(title("stand", language))
        assert sent.button(play.says("button-open-link")).url == sent.links[0]
        await sara.open(sent.links[0])
        await sara.receives(NAMES[language][101])
        await sara.receives(title("stand", language))
        await nader.receives(NAMES[language][103])
        ((link, reach),), _ = await play.app.links.made(await play.person_of(nader), size=1)
        assert link.purpose is not None
        assert (link.purpose.name, reach.came) == ("stand", 1)


async def test_what_is_typed_behind_the_name_narrows_the_cards_and_finds_tags(tmp_path: Path) -> None:
    async with playing(tmp_path, "en") as play:
        nader = await play.phone(101)
        await nader.send("/link Instagram")
        await nader.receives("instagram")
        assert (await nader.types("insta")).titles == ["instagram"]
        assert (await nader.types("STAND")).titles == ["A stand"]
        assert (await nader.types("nothing like it")).titles == []


async def test_a_card_sent_into_the_chat_with_the_bot_is_no_message_to_it(tmp_path: Path) -> None:
    async with playing(tmp_path, "en") as play:
        nader = await play.phone(101)
        await nader.send("/link")
        await nader.receives("t.me")
        await nader.receives("t.me")
        await (await nader.types()).choose("My link")
        await nader.receives_nothing()


@pytest.mark.parametrize("language", story_languages())
async def test_somebody_who_is_no_member_is_offered_the_way_to_a_link(tmp_path: Path, language: Language) -> None:
    async with playing(tmp_path, language) as play:
        await play.playground.add_group(GROUP, "Friends")
        sara = await play.phone(103)
        offer = await sara.types(chat_id=GROUP)
        assert offer.results == []
        assert offer.button is not None
        assert offer.button["text"] == play.says("button-get-link")
        start = offer.button["start_parameter"]
        await sara.open(f"https://t.me/{play.playground.bot_username}?start={start}")
        assert (await sara.receives("t.me")).photo is not None
        await sara.receives("t.me")
        assert (await sara.types(chat_id=GROUP)).titles[0] == play.says("inline-own")


async def test_where_the_inline_mode_is_off_the_share_page_is_opened(tmp_path: Path) -> None:
    async with playing(tmp_path, "en", Settings(inline_mode=False)) as play:
        nader = await play.phone(101)
        await nader.send("/link")
        await nader.receives("t.me")
        share = (await nader.receives("t.me")).button("Share")
        assert share.inline is None
        assert str(share.url).startswith("https://t.me/share/url?url=")


async def test_where_it_is_on_the_share_button_opens_it(tmp_path: Path) -> None:
    async with playing(tmp_path, "en") as play:
        nader = await play.phone(101)
        await nader.send("/link")
        await nader.receives("t.me")
        own = (await nader.receives("t.me")).button("Share")
        assert (own.inline, own.url) == ("", None)
        await nader.send("/link insta")
        assert (await nader.receives("insta")).button("Share").inline == "insta"


async def test_what_is_typed_in_other_chats_is_not_kept(tmp_path: Path) -> None:
    async with playing(tmp_path, "en") as play:
        nader = await play.phone(101)
        await nader.types("a secret word")
        rows = await play.app.stores.machine.fetch("SELECT content FROM inbox")
        assert rows == []
