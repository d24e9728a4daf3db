"""Sets up an office whose programme is in a file, and presses its buttons by their labels."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.kit.bidi import strip_controls
from bot.kit.effects import Effects
from bot.kit.languages import Language
from chat import UNILEVEL, buttons_of, texts_of
from office import Office, open_office

RATES = {"rates": [{"product": "phones", "commission": "10%"}, {"category": "books", "commission": "5%"}]}
CONFIRM = {"en": "Yes, apply it", "fa": "بله، اجرا شود"}
FILE = """# the shop's programme
[program]
currency = "IRT"            # toman
timezone = "Asia/Tehran"
min_withdrawal = 1000

[[ranks]]
id = "base"
commission = "20%"          # everybody's

[[rates]]
product = "phones"
commission = "10%"

[[rates]]
category = "books"
commission = "5%"

[plan]
kind = "unilevel"
levels = ["15%", "12%", "8%"]
"""


@asynccontextmanager
async def office_of(
    folder: Path, tables: Mapping[str, Any] = {**UNILEVEL, **RATES}, language: Language = "en"
) -> AsyncIterator[Office]:
    (folder / "config.toml").write_text(FILE, encoding="utf-8")
    async with open_office(folder, tables, language=language, config=folder / "config.toml") as office:
        office.chat.admins.owners = frozenset({office.nader.chat_id, office.karim.chat_id})
        yield office


def said(effects: Effects) -> str:
    return re.sub("<[^<>]+>", "", strip_controls("\n".join(texts_of(effects))))


async def press(office: Office, effects: Effects, label: str) -> Effects:
    found = {strip_controls(text): data for each in effects.outgoing for text, data in buttons_of(each).items()}
    return await office.chat.press(office.nader, found[label])


def alert(effects: Effects) -> str:
    assert effects.toast is not None
    return strip_controls(effects.toast.text)
