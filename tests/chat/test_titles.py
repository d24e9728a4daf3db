"""People read titles: no id of a rank, an offer, a product or a category reaches a member, whatever they look at."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.kit.languages import Language
from bot.kit.routes import Routes
from bot.playground import Playground
from bot.playground.phone import Phone
from bot.playground.story.words import story_languages
from engine.events.model import Line, Order
from handlers.chat import features
from running import ADMIN, running_app

MARK = "zz-id"
PATIENCE_S = 30
COMMANDS = [
    each.name
    for each in Routes(features(with_shops=False, with_products=False)).commands.values()
    if not each.admin and each.name not in ("cancel", "start", "language")
]


def title(name: str) -> dict[str, str]:
    return {"en": f"The {name}", "fa": f"عنوان {name}"}


def programme(gather_seconds: int = 0) -> dict[str, Any]:
    return {
        "program": {"currency": "IRT", "timezone": "Asia/Tehran"},
        "ranks": [
            {"id": f"{MARK}-first", "commission": "20%", "signup_bonus": 500, "title": title("first")},
            {
                "id": f"{MARK}-second",
                "commission": "25%",
                "bonus": 1000,
                "requires": {"sales": 150_000},
                "title": title("second"),
            },
            {"id": f"{MARK}-third", "commission": "30%", "requires": {"sales": 10**9}, "title": title("third")},
        ],
        "rates": [
            {"product": f"{MARK}-shoe", "commission": "10%"},
            {"category": f"{MARK}-hats", "commission": "5%"},
        ],
        "offers": [
            {"id": f"{MARK}-spring", "products": [f"{MARK}-shoe"], "commission": "12%", "title": title("spring")},
            {"id": f"{MARK}-caps", "categories": [f"{MARK}-hats"], "commission": "7%", "title": title("caps")},
        ],
        "plan": {"kind": "unilevel", "levels": ["15%"]},
        "titles": {
            "products": {f"{MARK}-shoe": title("shoe"), f"{MARK}-cap": title("cap")},
            "categories": {f"{MARK}-hats": title("hats")},
        },
        "shops": {"main": {"kind": "api", "secret": "a-secret-of-both-of-us"}},
        "http": {"port": 0},
        "notify": {"digest": "off", "gather_seconds": gather_seconds},
    }


async def asks(phone: Phone, text: str) -> None:
    await phone.send(text)
    await phone.receives(timeout=PATIENCE_S)


async def came(playground: Playground, link: str, id: int, name: str, language: Language) -> Phone:
    phone = await playground.phone(id, name, language_code=language)
    await phone.open(link)
    await phone.receives(timeout=PATIENCE_S)
    return phone


@pytest.mark.parametrize("language", story_languages())
@pytest.mark.parametrize("gather_seconds", [0, 2])
async def test_no_id_reaches_a_member(
    playground: Playground, tmp_path: Path, language: Language, gather_seconds: int
) -> None:
    async with running_app(playground, tmp_path / "m.db", programme(gather_seconds)) as app:
        nader = await playground.phone(101, "Nader", username="nader", language_code=language)
        await nader.send("/link")
        await nader.receives("t.me", timeout=PATIENCE_S)
        card = await nader.receives("t.me", timeout=PATIENCE_S)
        link = next(text for text in card.copy_texts if "://" in text)
        karim = await came(playground, link, 102, "Karim", language)
        sara = await came(playground, link, 103, "Sara", language)
        await asks(sara, "/link")
        buyer, _ = await app.engine.get_or_create_person("telegram", "102")
        lines = (
            Line(f"{MARK}-shoe", 100_000),
            Line(f"{MARK}-cap", 60_000, f"{MARK}-hats"),
            Line(f"{MARK}-cap", 60_000),
        )
        await app.engine.submit(Order("o-1", buyer, lines), key="o-1", actor="shop")
        await nader.receives("1,000" if language == "en" else "۱٬۰۰۰", timeout=PATIENCE_S)
        for command in COMMANDS:
            await asks(nader, f"/{command}")
        for number in (1, 2, 3):
            await asks(nader, f"/why {number}")
        await asks(karim, "/offers")
        for name in ("first", "second", "third", "shoe", "cap", "hats", "spring", "caps"):
            await until_read(nader, title(name)[language])
        for phone in (nader, karim, sara):
            assert MARK not in await transcript_of(phone)
        await playground.assert_no_violations()


async def test_admins_read_the_id_as_well(playground: Playground, tmp_path: Path) -> None:
    async with running_app(playground, tmp_path / "m.db", programme()) as app:
        admin = await playground.phone(ADMIN, "Hamid", language_code="en")
        await asks(admin, "/link")
        buyer, _ = await app.engine.get_or_create_person("shop", "somebody")
        seller, _ = await app.engine.get_or_create_person("telegram", str(ADMIN))
        await app.engine.attribute(buyer, seller, key="came")
        order = Order("o-1", buyer, (Line(f"{MARK}-shoe", 100_000),))
        await app.engine.submit(order, key="o-1", actor="shop")
        await asks(admin, "/why 1")
        await until_read(admin, f"The shoe ({MARK}-shoe)")
        await until_read(admin, f"The spring ({MARK}-spring)")


async def until_read(phone: Phone, words: str) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while words not in await transcript_of(phone):
            await asyncio.sleep(0.1)


async def transcript_of(phone: Phone) -> str:
    """Returns all that the phone was ever shown, without marks of direction."""
    messages = await phone.messages()
    shown = [part for each in messages for part in (each.text, *(b.text for row in each.buttons for b in row))]
    return "".join(letter for letter in "\n".join(shown) if letter not in "\u2066\u2068\u2069")
