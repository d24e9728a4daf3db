"""Friends' rewards, shared links and invitations that wait, in the whole bot against the server, in both languages.

`transcripts/rewards.*.txt` hold what everybody sees, word for word; codes and dates are masked. After new texts:

    MOAREF_WRITE_TRANSCRIPTS=1 pytest tests/chat/test_rewards.py && git diff tests/chat/transcripts
"""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.app import App
from bot.kit.formatting import Argument, Count, Percent, Text
from bot.kit.languages import Language
from bot.kit.texts import LOCALE, Texts
from bot.playground import Phone, Playground, playground_server
from bot.playground.story.words import story_languages
from posters import scanned
from running import ADMIN, running_app
from storefront import API_SECRET, CONNECTED, small_order, until_it_listens
from stores import UNILEVEL

TRANSCRIPTS = Path(__file__).parent / "transcripts"
WRITE = "MOAREF_WRITE_TRANSCRIPTS"
MASKS = {
    r"\b(HI-|FRIEND-)[2-9A-HJKMNP-TV-Z]{9}\b": r"\1WORD",
    r"\bN-[0-9A-Z]+\b": "N-REF",
    r"\b[2-9A-HJKMNP-TV-Z]{7,8}\b": "CODE",
    r"\d{4}-\d\d-\d\d( \d\d:\d\d)?": "DATE",
    r"[۰-۹]{1,2} \w+ [۰-۹]{4}(، ساعت [۰-۹:]{5})?": "DATE",
}
NAMES: dict[Language, dict[int, str]] = {
    "en": {101: "Nader", 102: "Babak", 103: "Sara", 104: "Maryam", 105: "Karim", ADMIN: "Hamid"},
    "fa": {101: "نادر", 102: "بابک", 103: "سارا", 104: "مریم", 105: "کریم", ADMIN: "حمید"},
}
GIFTS: dict[str, Any] = {
    **CONNECTED,
    "rewards": [
        {
            "id": "welcome",
            "when": "coming",
            "prefix": "HI-",
            "percent": "10%",
            "valid_days": 30,
            "en": {"title": "10% off your first order"},
            "fa": {"title": "ده درصد تخفیف نخستین خرید"},
        },
        {
            "id": "book",
            "when": "first_purchase",
            "kind": "text",
            "en": {"title": "A book", "text": "Read it at https://shop.example/book"},
            "fa": {"title": "یک کتاب", "text": "آن را در فروشگاه بخوانید: https://shop.example/book"},
        },
    ],
    "share": {"budget": "14%", "step": "2%", "prefix": "FRIEND-"},
    "caution": {"friends_an_hour": 2, "ring_length": 0},
}


@dataclass
class Play:
    """People whose phones speak one language, the bot's words in it, and a shop's own program."""

    playground: Playground
    app: App
    web: httpx.AsyncClient
    language: Language
    texts: Texts
    phones: list[Phone] = field(default_factory=list)

    async def phone(self, id: int) -> Phone:
        phone = await self.playground.phone(id, NAMES[self.language][id], language_code=self.language)
        self.phones.append(phone)
        return phone

    def says(self, text_id: str, **arguments: Argument) -> str:
        return self.texts.plain(self.language, text_id, **arguments)

    async def person_of(self, phone: Phone) -> str:
        return (await self.app.engine.get_or_create_person("telegram", str(phone.id)))[0]

    async def burn(self, code: str, order: str) -> int:
        headers = {"Authorization": f"Bearer {API_SECRET}"}
        return (await self.web.post(f"/api/v1/rewards/{code}/use", json={"order": order}, headers=headers)).status_code

    async def written(self) -> str:
        """What everybody saw."""
        for phone in self.phones:
            await phone.look()
        text = "\n\n".join(f"== {phone.name}\n{phone.transcript()}" for phone in self.phones) + "\n"
        for pattern, mask in MASKS.items():
            text = re.sub(pattern, mask, text)
        return text


@asynccontextmanager
async def playing(folder: Path, language: Language) -> AsyncIterator[Play]:
    async with (
        playground_server() as playground,
        running_app(playground, folder / "books.db", UNILEVEL, GIFTS) as app,
    ):
        assert app.server is not None
        await until_it_listens(app.server.address)
        async with httpx.AsyncClient(base_url=app.server.address) as web:
            yield Play(playground, app, web, language, Texts(LOCALE, strict=True))
        await playground.assert_no_violations()


@pytest.mark.parametrize("language", story_languages())
async def test_a_day_with_gifts(tmp_path: Path, language: Language) -> None:
    async with playing(tmp_path, language) as play:
        nader, sara = await play.phone(101), await play.phone(103)
        await nader.send("/link")
        await nader.receives("t.me")
        card = await nader.receives("t.me")

        # a link that shares the commission, and the friend's two gifts
        await card.press(play.says("button-split"))
        slider = await nader.receives("14%" if language == "en" else "۱۴٪")
        await slider.press(play.says("button-split-part", discount=Percent("6%"), commission=Percent("8%")))
        shared = await nader.receives("t.me")
        await nader.receives("t.me")
        assert shared.photo is not None
        assert scanned(shared.photo) == shared.links[0]
        await sara.open(shared.links[0])
        await sara.receives(NAMES[language][101])
        gifts = [await sara.receives(prefix) for prefix in ("HI-", "FRIEND-")]
        code = gifts[0].copy_texts[0]
        await nader.receives(NAMES[language][103])

        # what the shop makes of a code
        assert [await play.burn(code.lower(), order) for order in ("17", "17", "18")] == [201, 200, 409]
        await sara.send("/claim")
        await sara.receives("HI-", "FRIEND-")

        # the first purchase brings the other reward, the second none, and the member the rest of the budget
        await play.app.engine.purchase("o-1", await play.person_of(sara), 100_000, "case", actor="shop")
        await sara.receives("https://shop.example/book")
        await nader.receives("8,000" if language == "en" else "۸٬۰۰۰")
        await play.app.engine.purchase("o-2", await play.person_of(sara), 100_000, "case", actor="shop")
        await nader.receives("8,000" if language == "en" else "۸٬۰۰۰")
        await sara.receives_nothing(within=0.5)
        await matches(play, f"rewards.{language}.txt")


@pytest.mark.parametrize("language", story_languages())
async def test_a_burst_waits_for_an_admin(tmp_path: Path, language: Language) -> None:
    async with playing(tmp_path, language) as play:
        hamid, nader = await play.phone(ADMIN), await play.phone(101)
        await hamid.send("/start")
        await hamid.receives()
        await nader.send("/link")
        link = (await nader.receives("t.me")).links[0]
        await nader.receives("t.me")
        names = NAMES[language]
        for id in (102, 103):
            friend = await play.phone(id)
            await friend.open(link)
            await friend.receives(names[101])
            await friend.receives("HI-")
            await nader.receives(names[id])
        maryam, karim = await play.phone(104), await play.phone(105)
        for friend in (maryam, karim):
            await friend.open(link)
            await friend.receives(names[101])
            await friend.receives()  # the home card

        # the member and the admin hear of it once
        await nader.receives(names[104])
        told = await hamid.receives(names[104])
        await nader.receives_nothing(within=0.3)
        await hamid.receives_nothing(within=0.3)

        # one counts, the other does not, and everybody hears it
        await told.press(play.says("button-admin-aside", number=Count(1)))
        card = await hamid.receives(names[104])
        toast = await card.press(play.says("button-admin-release"))
        assert toast is not None
        await maryam.receives(play.says("notice-released-friend", inviter=Text(names[101])))
        await maryam.receives("HI-")
        await nader.receives(names[104])
        await hamid.receives(names[105])
        await hamid.send("/aside drop 2 one phone for two")
        await hamid.receives()
        await hamid.receives(play.says("admin-asides-none"))
        await karim.receives("one phone for two")
        await nader.receives("one phone for two")
        sponsors = [await play.app.engine.person(await play.person_of(each)) for each in (maryam, karim)]
        assert [each.sponsor if each is not None else "" for each in sponsors] == [await play.person_of(nader), None]
        await matches(play, f"burst.{language}.txt")


async def test_a_reward_for_an_order_of_a_shop_reaches_the_linked_person(tmp_path: Path) -> None:
    async with playing(tmp_path, "en") as play:
        nader, sara = await play.phone(101), await play.phone(103)
        await nader.send("/link")
        await nader.receives("Your link")
        order = {**small_order(), "code": await play.person_of(nader)}
        headers = {"Authorization": f"Bearer {API_SECRET}"}
        assert (await play.web.post("/api/v1/orders", json=order, headers=headers)).status_code == 201
        await nader.receives("20,000")
        await sara.send("/shop")
        token = (await sara.receives("Your account at the shop")).copy_texts[0]
        linking = {**small_order(), "order": "2", "code": token}
        assert (await play.web.post("/api/v1/orders", json=linking, headers=headers)).status_code == 201
        await nader.receives("Sara")
        await sara.send("/claim")
        assert "A book" in (await sara.receives("Your gifts")).text


async def matches(play: Play, name: str) -> None:
    """The transcript is as it was reviewed."""
    text, file = await play.written(), TRANSCRIPTS / name
    if os.environ.get(WRITE):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")
