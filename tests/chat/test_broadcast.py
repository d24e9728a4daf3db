"""A broadcast from its first word to its result, as an admin and the people who get it see it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from aftermath import opened, until_settled
from bot.kit.languages import Language
from bot.playground.client import Playground, playground_server
from bot.playground.phone import Phone, grey_png
from running import ADMIN, SECOND_ADMIN, running_app

PATIENCE = 60
WORDS: dict[str, dict[Language, str]] = {
    "new": {"en": "New broadcast", "fa": "پیام همگانی تازه"},
    "english": {"en": "Text in English", "fa": "متن انگلیسی"},
    "persian": {"en": "Text in Persian", "fa": "متن فارسی"},
    "ask": {"en": "Please send the text", "fa": "لطفاً متن"},
    "draft": {"en": "not sent yet", "fa": "هنوز ارسال نشده"},
    "audience": {"en": "Recipients", "fa": "گیرندگان"},
    "whom": {"en": "Who gets", "fa": "به چه کسانی"},
    "readers": {"en": "Persian", "fa": "فارسی"},
    "readers-of": {"en": "Persian speakers", "fa": "فارسی‌زبانان"},
    "all": {"en": "All languages", "fa": "همهٔ زبان‌ها"},
    "back": {"en": "Back", "fa": "بازگشت"},
    "preview": {"en": "Preview", "fa": "پیش‌نمایش"},
    "for-persian": {"en": "For Persian", "fa": "برای فارسی‌زبانان"},
    "test": {"en": "Test to myself", "fa": "ارسال آزمایشی به خودم"},
    "send": {"en": "Send", "fa": "ارسال"},
    "sure": {"en": "now?", "fa": "همین حالا ارسال شود؟"},
    "yes": {"en": "Yes, send it now", "fa": "بله، ارسال شود"},
    "done": {"en": "has been sent: 4 of 4", "fa": "ارسال شد: ۴ از ۴"},
    "list": {"en": "Broadcasts: 1", "fa": "پیام‌های همگانی: ۱"},
}


class BroadcastOffice:
    """An admin, two readers of English and one of Persian."""

    def __init__(self, playground: Playground, database: Path, admin: Phone, people: list[Phone]) -> None:
        self.playground = playground
        self.database = database
        self.admin = admin
        self.people = people

    async def settle(self) -> None:
        await until_settled(self.playground, self.database)

    def row(self, sql: str) -> tuple[object, ...]:
        with opened(self.database) as store:
            return tuple(store.execute(sql).fetchone())

    async def draft(self, text: str) -> None:
        """A draft with a text in English."""
        await self.admin.send("/broadcast new")
        card = await self.admin.receives("not sent yet", timeout=PATIENCE)
        await card.tap("Text in English")
        await self.admin.receives("Please send the text", timeout=PATIENCE)
        await self.admin.send(text)
        await self.admin.receives("Text: in English", timeout=PATIENCE)

    async def start(self, number: int) -> None:
        """It is sent, by a typed command."""
        await self.admin.send(f"/broadcast start {number}")
        card = await self.admin.receives(f"Send broadcast {number} now?", timeout=PATIENCE)
        await card.tap("Yes, send it now")
        await self.admin.receives("is being sent", timeout=PATIENCE)


async def settled_in(playground: Playground, database: Path, language: Language) -> BroadcastOffice:
    people = [
        await playground.phone(201, "Sara", language_code="en"),
        await playground.phone(202, "Maryam", language_code="fa"),
        await playground.phone(203, "Babak", language_code="en"),
    ]
    admin = await playground.phone(ADMIN, "Ali", language_code=language)
    office = BroadcastOffice(playground, database, admin, people)
    for phone in (admin, *people):
        await phone.send("/start")
    await office.settle()
    for phone in (admin, *people):
        await phone.read_all()
    return office


@asynccontextmanager
async def open_office(
    folder: Path, language: Language = "en", *, per_second: int = 100
) -> AsyncIterator[BroadcastOffice]:
    async with playground_server() as playground:
        database = folder / "moaref.db"
        async with running_app(playground, database, telegram={"broadcasts_per_second": per_second}):
            office = await settled_in(playground, database, language)
            yield office
            await playground.assert_no_violations()


@pytest.mark.parametrize("language", ["en", "fa"])
async def test_the_whole_way_by_buttons(tmp_path: Path, language: Language) -> None:
    said = {name: texts[language] for name, texts in WORDS.items()}
    async with open_office(tmp_path, language) as office:
        admin = office.admin
        await admin.send("/broadcast")
        card = await admin.receives(timeout=PATIENCE)
        await card.tap(said["new"])
        card = await admin.receives(said["draft"], timeout=PATIENCE)
        assert said["send"] not in str(card.labels), "there is nothing to send yet"
        await card.tap(said["english"])
        await admin.receives(said["ask"], timeout=PATIENCE)
        await office.playground.post(f"users/{ADMIN}/say", {"text": "Ten per cent off: https://shop.example/sale"})
        card = await admin.receives(said["draft"], timeout=PATIENCE)
        await card.tap(said["persian"])
        await admin.receives(said["ask"], timeout=PATIENCE)
        await admin.send("ده درصد تخفیف")
        card = await admin.receives(said["draft"], timeout=PATIENCE)
        await card.tap(said["audience"])
        card = await admin.receives(said["whom"], timeout=PATIENCE)
        await card.tap(said["readers"])
        card = await admin.receives(said["readers-of"], timeout=PATIENCE)
        await card.tap(said["all"])
        card = await admin.receives(timeout=PATIENCE)
        await card.tap(said["back"])
        card = await admin.receives(said["draft"], timeout=PATIENCE)
        await card.tap(said["preview"])
        await admin.receives(said["for-persian"], timeout=PATIENCE)
        await admin.receives("ده درصد تخفیف", timeout=PATIENCE)
        card = await admin.receives(said["draft"], timeout=PATIENCE)
        await admin.read_all()
        await card.tap(said["test"])
        await admin.receives("Ten per cent off" if language == "en" else "ده درصد", timeout=PATIENCE)
        card = await admin.receives(said["draft"], timeout=PATIENCE)
        await card.tap(said["send"])
        card = await admin.receives(said["sure"], timeout=PATIENCE)
        await card.tap(said["yes"])
        await admin.receives(said["done"], timeout=PATIENCE)
        await office.settle()
        texts = [[each.text for each in await phone.read_all()] for phone in office.people]
        english, persian = ["Ten per cent off: https://shop.example/sale"], ["ده درصد تخفیف"]
        assert texts == [english, persian, english]
        await admin.send("/broadcast")
        await admin.receives(said["list"], timeout=PATIENCE)
        print(admin.transcript())  # noqa: T201  to be looked at
        print(office.people[1].transcript())  # noqa: T201


async def test_a_second_press_of_start_changes_nothing(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await office.draft("hello")
        await office.admin.send("/broadcast start 1")
        card = await office.admin.receives("Send broadcast 1 now?", timeout=PATIENCE)
        for _ in range(3):
            await card.tap("Yes, send it now")
        await office.admin.receives("has been sent: 4 of 4", timeout=PATIENCE)
        await office.settle()
        assert [len(await phone.read_all()) for phone in office.people] == [1, 1, 1]
        await card.tap("Yes, send it now")
        await office.settle()
        assert [len(await phone.read_all()) for phone in office.people] == [0, 0, 0]


async def test_paused_it_waits_and_resumed_it_goes_on_and_stopped_it_ends(tmp_path: Path) -> None:
    async with open_office(tmp_path, per_second=1) as office:
        await office.draft("hello")
        await office.start(1)
        await office.people[0].receives("hello", timeout=PATIENCE)
        await office.admin.send("/broadcast pause 1")
        card = await office.admin.receives("is paused", timeout=PATIENCE)
        await asyncio.sleep(1.5)
        done = office.row("SELECT sent FROM broadcasts")
        assert done < (4,)
        await card.tap("Resume")
        await office.admin.receives("is being sent", timeout=PATIENCE)
        while office.row("SELECT sent FROM broadcasts") == done:
            await asyncio.sleep(0.02)
        await office.admin.send("/broadcast cancel 1")
        card = await office.admin.receives("Stop broadcast", timeout=PATIENCE)
        await card.tap("Yes, stop it")
        await office.admin.receives("was stopped", "Not sent:", timeout=PATIENCE)
        sent = office.row("SELECT sent FROM broadcasts")
        await asyncio.sleep(1.5)
        assert office.row("SELECT sent FROM broadcasts") == sent
        assert sent < (4,)


async def test_a_restart_goes_on_where_it_was(tmp_path: Path) -> None:
    slow = {"broadcasts_per_second": 1}
    database = tmp_path / "moaref.db"
    async with playground_server() as playground:
        async with running_app(playground, database, telegram=slow):
            office = await settled_in(playground, database, "en")
            await office.draft("hello")
            await office.start(1)
            await office.people[0].receives("hello", timeout=PATIENCE)
        state, sent = office.row("SELECT state, sent FROM broadcasts")
        assert (state, sent in (1, 2, 3)) == ("running", True)
        async with running_app(playground, database, telegram=slow, restarted=True):
            await office.admin.receives("has been sent: 4 of 4", "Sent: 4", timeout=PATIENCE)
            await office.settle()
        for phone in office.people[1:]:
            assert [card.text for card in await phone.read_all()] == ["hello"]
        await office.people[0].receives_nothing()


async def test_a_photo_keeps_its_caption_with_its_marks(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await office.admin.send("/broadcast new")
        card = await office.admin.receives("not sent yet", timeout=PATIENCE)
        await card.tap("Text in English")
        await office.admin.receives("Please send the text", timeout=PATIENCE)
        await office.admin.send_photo(caption="New & better shoes")
        card = await office.admin.receives("with a photo", timeout=PATIENCE)
        await office.start(1)
        await office.settle()
        shown = await office.people[0].receives("New & better shoes", timeout=PATIENCE)
        assert shown.photo == grey_png()


async def test_what_is_marked_in_a_text_stays_marked(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await office.admin.send("/broadcast new")
        card = await office.admin.receives("not sent yet", timeout=PATIENCE)
        await card.tap("Text in English")
        await office.admin.receives("Please send the text", timeout=PATIENCE)
        entities = [
            {"type": "bold", "offset": 0, "length": 3},
            {"type": "text_link", "offset": 6, "length": 5, "url": "https://shop.example/"},
        ]
        ali = {"id": ADMIN, "is_bot": False, "first_name": "Ali", "language_code": "en"}
        message = {"message_id": 4_000, "date": 1, "from": ali, "chat": {"id": ADMIN, "type": "private"}}
        await office.playground.inject({"message": {**message, "text": "New & shoes <3", "entities": entities}})
        await office.admin.receives("Text: in English", timeout=PATIENCE)
        await office.start(1)
        card = await office.people[0].receives("New & shoes <3", timeout=PATIENCE)
        assert card.message["entities"] == entities


async def test_a_draft_that_is_dropped_is_not_listed(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await office.draft("hello")
        await office.admin.send("/broadcast 1")
        await (await office.admin.receives("not sent yet", timeout=PATIENCE)).tap("Delete")
        await (await office.admin.receives("Delete broadcast 1?", timeout=PATIENCE)).tap("Yes, stop it")
        await (await office.admin.receives("is deleted", timeout=PATIENCE)).tap("Broadcasts")
        await office.admin.receives("No broadcasts yet", timeout=PATIENCE)


async def test_who_presses_the_button_below_gets_no_more_until_they_want_them_again(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        sara, maryam, _ = office.people
        await office.draft("first")
        await office.start(1)
        await (await sara.receives("first", timeout=PATIENCE)).tap("Stop these messages")
        off = await sara.receives("are off for you", timeout=PATIENCE)
        await (await maryam.receives("first", timeout=PATIENCE)).tap("این پیام‌ها را نمی‌خواهم")
        await maryam.receives("دیگر برای شما فرستاده نمی‌شود", timeout=PATIENCE)
        await office.settle()
        await office.draft("second")
        await office.start(2)
        await office.admin.receives("Broadcast 2 has been sent: 2 of 2", timeout=PATIENCE)
        await sara.receives_nothing()
        await off.tap("Get them again")
        await sara.receives("again", timeout=PATIENCE)
        await office.draft("third")
        await office.start(3)
        await sara.receives("third", timeout=PATIENCE)
        await office.admin.receives("Broadcast 3 has been sent: 3 of 3", timeout=PATIENCE)


async def test_another_admin_sees_it_and_a_member_does_not(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await office.draft("hello")
        hamid = await office.playground.phone(SECOND_ADMIN, "Hamid", language_code="en")
        await hamid.send("/broadcast")
        await hamid.receives("Broadcasts: 1", "Ali", "not sent yet", timeout=PATIENCE)
        await office.people[0].send("/broadcast")
        await office.people[0].receives("I don't know that command", timeout=PATIENCE)


async def test_what_became_of_a_message_is_on_the_card_of_its_person(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await office.playground.fault("cut_after", "sendMessage", chat_id=201)
        await office.draft("hello")
        await office.start(1)
        await office.admin.receives("has been sent", "May have arrived, not repeated: 1", timeout=PATIENCE)
        await office.admin.send("/member 201")
        card = await office.admin.receives("Last messages", timeout=PATIENCE)
        assert "Broadcast \u20681\u2069: may have arrived" in card.text
        assert "Answer: sent" in card.text
