"""Everything that people, support and admins read of a conversation, word for word and in each language.

After a change of texts, look at what the change does to them:

    MOAREF_WRITE_TRANSCRIPTS=1 pytest tests/chat/test_support_screens.py && git diff tests/chat/transcripts
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from bot.kit.languages import LANGUAGES, Language
from bot.kit.texts import LOCALE, Texts
from bot.playground import Phone, Playground
from bot.playground.transcript import transcript
from helpdesk import GROUP, Helpdesk, support
from running import ADMIN, running_app

TRANSCRIPTS = Path(__file__).parent / "transcripts"
WRITE = "MOAREF_WRITE_TRANSCRIPTS"
PATIENCE = 20.0
MASKS = {
    r"\b[2-9A-HJKMNP-TV-Z]{7}\b": "CODE",
    r"E-[0-9A-Z]+": "E-REF",
    r"\d{4}-\d\d-\d\d( \d\d:\d\d)?": "DATE",
    r"[۰-۹]{1,2} \w+ [۰-۹]{4}(، ساعت [۰-۹:]{5})?": "DATE",
}


class Conversation:
    """Plays a conversation in one language, and knows the words by their ids."""

    def __init__(self, playground: Playground, language: Language) -> None:
        self._playground = playground
        self._texts = Texts(LOCALE, strict=True)
        self._language = language
        self.desk = Helpdesk(playground)
        self._in_group = 0

    async def phone(self, id: int, name: str) -> Phone:
        phone = await self._playground.phone(id, name, language_code=self._language)
        await phone.send("/start")
        await phone.receives(timeout=PATIENCE)
        return phone

    def words(self, text_id: str) -> str:
        """Returns a text's first line, without tags."""
        return re.sub("<[^>]+>", "", self._texts.plain(self._language, text_id).split("\n")[0])

    async def asks(self, phone: Phone, text: str) -> None:
        """Sends a text, and takes the offer to pass it on."""
        await phone.send(text)
        offer = await phone.receives(self.words("support-offer"), timeout=PATIENCE)
        await offer.press(self.words("button-support-send"), timeout=PATIENCE)
        await phone.receives(self.words("support-passed-on"), timeout=PATIENCE)

    async def group_has(self, more: int) -> dict[str, object]:
        """Waits until the group has so many more messages of the bot; returns the last."""
        self._in_group += more
        return (await self.desk.receives(self._in_group))[-1]

    async def written(self, *phones: Phone) -> str:
        """Returns what is in the chats of these people, and in the group."""
        parts = []
        for phone in phones:
            await phone.look()
            parts.append(f"--- {phone.name}\n\n{phone.transcript()}")
        events = await self._playground.events(chat_id=GROUP)
        parts.append(f"--- Support\n\n{transcript(events, self._playground.names)}")
        text = "\n\n".join(parts) + "\n"
        for pattern, mask in MASKS.items():
            text = re.sub(pattern, mask, text)
        return "\n".join(line.rstrip() for line in text.split("\n"))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_conversation_reads_like_its_transcript(
    language: Language, playground: Playground, tmp_path: Path
) -> None:
    await playground.add_group(GROUP, "Support")
    talk = Conversation(playground, language)
    async with running_app(playground, tmp_path / "m.db", more=support(messages_an_hour=5)):
        sara, nader = await talk.phone(101, "Sara"), await talk.phone(ADMIN, "Nader")
        await sara.send("/help")
        await sara.receives(talk.words("help-everybody"), timeout=PATIENCE)
        await sara.send("/privacy")
        await sara.receives(talk.words("privacy-card"), timeout=PATIENCE)
        await talk.asks(sara, "1. Where is it?")
        question = await talk.group_has(2)
        await talk.desk.reply(nader, question, "It is here.")
        answer = await sara.receives("It is here.", timeout=PATIENCE)
        await answer.press(talk.words("button-support-answer"), timeout=PATIENCE)
        await sara.receives(talk.words("support-ask"), timeout=PATIENCE)
        await sara.send_poll()
        await sara.receives(talk.words("support-not-copyable"), timeout=PATIENCE)
        number = await sara.send("2. Thanks!")
        await sara.receives(talk.words("support-passed-on"), timeout=PATIENCE)
        thanks = await talk.group_has(1)
        await sara.edit(number, "2. Thanks a lot!")
        await sara.receives(talk.words("support-edited"), timeout=PATIENCE)
        await talk.desk.reply(nader, thanks, "/done")
        done = await talk.group_has(1)
        await talk.desk.reply(nader, done, "For whom?")
        await talk.group_has(1)
        await playground.change_group(GROUP, refusal="rights")
        await talk.asks(sara, "3. And now?")
        await sara.receives(talk.words("support-not-reached"), timeout=PATIENCE)
        await nader.receives("Not enough rights", timeout=PATIENCE)
        await playground.change_group(GROUP)
        await talk.asks(sara, "4. Hello?")
        await talk.group_has(1)
        await talk.asks(sara, "5. Hello?")
        last = await talk.group_has(1)
        await sara.send("6. Hello?")
        offer = await sara.receives(talk.words("support-offer"), timeout=PATIENCE)
        assert await offer.press(talk.words("button-support-send"), timeout=PATIENCE) is not None
        await sara.send("/support")
        await sara.receives("5" if language == "en" else "۵", timeout=PATIENCE)
        await sara.block()
        await talk.desk.reply(nader, last, "Here I am.")
        await talk.group_has(1)
        await playground.assert_no_violations()
        written = await talk.written(sara, nader)
    file = TRANSCRIPTS / f"support.{language}.txt"
    if os.environ.get(WRITE):
        file.write_text(written, encoding="utf-8")
    assert written == file.read_text(encoding="utf-8")
