"""Nobody gets stuck: whatever somebody taps, from any page, there is a way on, and no button is refused at once."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from bot.kit.bidi import strip_controls
from bot.kit.languages import Language
from bot.kit.person import Person
from bot.kit.routes import Routes
from bot.kit.support import SupportChannel
from chat import UNILEVEL, Chat, open_chat
from gifts import BOOK, SHARE, WELCOME, rules
from handlers.chat import FEATURES

SHEBA = "IR820540102680020817909002"
PRESSES_MAX = 700
MANUAL: dict[str, Any] = {**UNILEVEL, "program": {**UNILEVEL["program"], "approval": "manual"}}
SAME_FOR_EVERYBODY = frozenset({"set_zone", "set_quiet", "set_h", "set_g", "split", "bca", "bcf"})
"""Prefixes of buttons of which one is as good as another."""


@dataclass
class Walk:
    """Presses every button that is ever shown to one person, each kind once, the first shown first."""

    chat: Chat
    person: Person
    stuck: list[str] = field(default_factory=list)
    pressed: set[str] = field(default_factory=set)

    async def through(self, commands: list[str]) -> None:
        waiting: deque[str] = deque()
        for command in commands:
            waiting += self._targets(await self.chat.send(self.person, f"/{command}"), f"/{command}")
        while waiting and len(self.pressed) < PRESSES_MAX:
            data = waiting.popleft()
            if self._kind(data) in self.pressed:
                continue
            self.pressed.add(self._kind(data))
            effects = await self.chat.press(self.person, data)
            if not effects.outgoing and effects.toast is None:
                self.stuck.append(f"{data}: no answer")
            waiting += self._targets(effects, data)

    def _kind(self, data: str) -> str:
        """Returns one name for buttons that open the same page of different things."""
        prefix = data.partition(":")[0]
        return prefix if prefix in SAME_FOR_EVERYBODY else data

    def _targets(self, effects: Any, asked: str) -> list[str]:
        found = []
        for message in effects.outgoing:
            rows = message.params.get("reply_markup", {}).get("inline_keyboard", [])
            text = str(message.params.get("text", ""))
            if not (rows or message.picture or message.method == "sendInvoice" or "/cancel_withdrawal" in text):
                self.stuck.append(f"{asked}: {strip_controls(text)[:60]!r} leads nowhere")
            found += [each["callback_data"] for row in rows for each in row if "callback_data" in each]
        return found


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("who", ["newcomer", "friend", "member", "admin"])
async def test_every_page_has_a_way_on(tmp_path: Path, language: Language, who: str) -> None:
    async with open_chat(tmp_path, MANUAL, rules(WELCOME, BOOK, share=SHARE)) as chat:
        chat.facts = replace(
            chat.facts,
            support=SupportChannel(-100, 0, "", 10),
            shop_urls={"en": "https://shop.example/{code}", "fa": "https://shop.example/{code}"},
        )
        people = await busy(chat, language)
        walk = Walk(chat, people[who])
        known = Routes(FEATURES).commands.values()
        await walk.through(
            [each.name for each in known if each.name != "cancel" and (who == "admin" or not each.admin)]
        )
        assert not walk.stuck, "\n".join(walk.stuck)
        assert len(walk.pressed) > {"newcomer": 10, "friend": 10, "member": 40, "admin": 80}[who]


async def busy(chat: Chat, language: Language) -> dict[str, Person]:
    """Has friends buy, requests wait, and a broadcast be written."""
    nader = await chat.member("Nader", language=language)
    karim, sara = await chat.friend("Karim", nader, language=language), await chat.member("Sara", nader)
    for number, buyer in enumerate((karim, sara, karim)):
        await chat.buy(buyer, 100_000, f"o-{number}", "case")
    await chat.engine.adjust("plenty", nader.id, 50_000, "a present", actor="shell:shop")
    kept = await chat.engine.keep_destination(nader.id, "sheba", SHEBA)
    await chat.engine.withdraw("w-1", nader.id, 2_000, kept)
    hamid = await chat.arrive("Hamid", language=language, admin=True)
    newcomer = await chat.arrive("Babak", language=language)
    return {"newcomer": newcomer, "friend": karim, "member": nader, "admin": hamid}
