"""A third language is a row of the table, a catalogue and the operator's texts: Arabic, put beside the two for a test.

Only what the test looks at is translated; the rest of the catalogue is in English.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, FluentSerializer, ast

from bot.app import App
from bot.kit.bidi import strip_controls
from bot.kit.languages import HABITS, LANGUAGES, DateHabits, Habits, NumberHabits
from bot.kit.texts import LOCALE
from bot.playground import Playground, playground_server
from bot.playground.host.catalogue import load_catalogue
from bot.playground.host.people import visitors
from bot.playground.phone import Phone
from bot.playground.story import shop_tables
from running import ADMIN, TEXTS, running_app

ARABIC = Habits(
    "العربية", NumberHabits("٠١٢٣٤٥٦٧٨٩", "٬", "٫", "٪"), DateHabits("gregorian", "saturday"), right_to_left=True
)
OPERATOR = {"name": "متجر نادر", "welcome": "أحذية جيدة بأسعار منصفة.", "share": "شاهدوا هذه الأحذية:"}
TRANSLATED = """
currency-IRT = تومان
command-balance = رصيدي
button-balance = الرصيد
button-history = الحركات
toast-language-chosen = نتحدث العربية الآن.
home-newcomer =
    <b>أهلًا بكم في { $shop }</b>

    { $welcome }
home-friend =
    <b>أهلًا بكم في { $shop }</b>

    { $news }

    { $welcome }
home-inviter = دعاكم { $inviter }.
home-member =
    <b>{ $shop }</b>

    يمكنكم سحب { $available }.
link-card =
    <b>رابط الدعوة</b>
    { $link }
    الرمز: { $code }
notice-friend-came = جاء { $friend } عبر رابطكم.
notice-first-friend = { $came }
balance-card =
    <b>رصيدكم</b>
    { $lines }

    الأصدقاء: جاء { $came }، وانضم { $joined }، واشترى { $bought }.
balance-available = المتاح: <b>{ $amount }</b>
"""

pytestmark = pytest.mark.usefixtures("arabic")


def catalogue() -> str:
    """The English catalogue with what is translated in its place."""
    parser, whole = FluentParser(), FluentParser().parse((LOCALE / "en.ftl").read_text(encoding="utf-8"))
    messages = [each for each in parser.parse(TRANSLATED).body if isinstance(each, ast.Message)]
    new = {each.id.name: each for each in messages}
    assert len(new) == len(messages) > 10
    assert set(new) <= {each.id.name for each in whole.body if isinstance(each, ast.Message)}
    whole.body = [new.get(each.id.name, each) if isinstance(each, ast.Message) else each for each in whole.body]
    return FluentSerializer().serialize(whole)


@pytest.fixture
def arabic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The row, and the catalogue beside copies of the others."""
    folder = tmp_path / "locale"
    folder.mkdir()
    for file in LOCALE.glob("*.ftl"):
        (folder / file.name).write_bytes(file.read_bytes())
    (folder / "ar.ftl").write_text(catalogue(), encoding="utf-8")
    monkeypatch.setitem(HABITS, "ar", ARABIC)
    monkeypatch.setattr("bot.app.LOCALE", folder)


@asynccontextmanager
async def playing(folder: Path) -> AsyncIterator[tuple[Playground, App]]:
    texts = {"texts": {**TEXTS, "ar": OPERATOR}}
    async with (
        playground_server() as playground,
        running_app(playground, folder / "m.db", {**shop_tables(), **texts}) as app,
    ):
        yield playground, app
        await playground.assert_no_violations()


async def member(playground: Playground) -> tuple[Phone, str]:
    """Nader, who has asked for his link; returns it, too."""
    nader = await playground.phone(101, "Nader", language_code="ar")
    await nader.send("/link")
    card = await nader.receives("رابط الدعوة")
    await nader.receives(OPERATOR["share"])
    return nader, max(card.copy_texts, key=len)


async def test_the_beginning_of_the_story_is_told_in_arabic(tmp_path: Path) -> None:
    async with playing(tmp_path) as (playground, app):
        nader = await playground.phone(101, "Nader", language_code="ar-EG")
        await nader.send("/start")
        assert (
            "أهلًا بكم في \u2068متجر نادر\u2069\n\n\u2068أحذية جيدة بأسعار منصفة.\u2069"
            in (await nader.receives("أهلًا")).text
        )
        nader, link = await member(playground)

        karim = await playground.phone(105, "Karim", username="karim", language_code="ar")
        await karim.open(link)
        assert "دعاكم \u2068Nader\u2069." in (await karim.receives("أهلًا")).text
        assert (await nader.receives("عبر رابطكم")).text == "جاء \u2068Karim\u2069 عبر رابطكم."

        buyer, _ = await app.engine.get_or_create_person("telegram", "105")
        await app.engine.purchase("o-1", buyer, 65_000, "shoes", actor="shop")
        await nader.receives("١٣٬٠٠٠ تومان")
        await nader.send("/balance")
        card = await nader.receives("رصيدكم")
        assert "المتاح: ١٣٬٠٠٠ تومان" in card.text
        assert "جاء ١، وانضم ٠، واشترى ١." in card.text
        assert not any(each.isascii() and each.isdigit() for each in card.text)


async def test_menus_and_rows_of_buttons_follow_the_row_s_direction(tmp_path: Path) -> None:
    async with playing(tmp_path) as (playground, app):
        nader, _ = await member(playground)
        assert (await nader.commands())["balance"] == "رصيدي"
        buyer, _ = await app.engine.get_or_create_person("telegram", "101")
        await app.engine.adjust("a-1", buyer, 5_000, "x", actor="shop")
        await nader.send("/start")
        card = await nader.receives("يمكنكم سحب")
        row = next(row for row in card.labels if "الرصيد" in row)
        english = await playground.phone(102, "Sara", language_code="en")
        await english.send("/link")
        await english.receives("Your link")
        await english.receives(TEXTS["en"]["share"])
        await english.send("/start")
        same = next(row for row in (await english.receives("Your balance")).labels if "Balance" in row)
        assert row.index("الرصيد") == len(same) - 1 - same.index("Balance")


async def test_everybody_is_offered_the_language_in_its_own_name_and_old_buttons_still_work(tmp_path: Path) -> None:
    async with playing(tmp_path) as (playground, _):
        sara = await playground.phone(103, "Sara", language_code="en")
        await sara.send("/language")
        card = await sara.receives("Which language")
        offered = {each.text: each.data for row in card.buttons for each in row}
        assert {"فارسی": "speak:fa", "English": "speak:en", "العربية": "speak:ar"}.items() <= offered.items()
        told = await card.press("العربية")
        assert told is not None
        assert told.text == "نتحدث العربية الآن."
        assert (await sara.commands())["language"].endswith(" / العربية")
        await sara.receives("أهلًا")
        query = await sara.press_raw("speak:fa", card.id)
        told = await sara.answer_to(query)
        assert told is not None
        assert told.text == "زبان: فارسی"


async def test_broadcasts_can_be_written_in_it_and_places_of_old_buttons_mean_what_they_meant(tmp_path: Path) -> None:
    async with playing(tmp_path) as (playground, _):
        hamid = await playground.phone(ADMIN, "Hamid", language_code="en")
        await hamid.send("/start")
        await hamid.receives(TEXTS["en"]["name"])
        await hamid.send("/broadcast new")
        card = await hamid.receives("Broadcast 1: not sent yet")
        data = {strip_controls(each.text): each.data for row in card.buttons for each in row}
        assert data["Text in English"] == "bcw:1:en"
        assert data["Text in Persian"] == "bcw:1:fa"
        assert data["Text in Arabic"] == "bcw:1:ar"

        for place, readers in ((2, "Persian"), (1, "English"), (len(LANGUAGES), "Arabic")):
            await hamid.press_raw(f"bcd:1:language:{place}", card.id)
            await hamid.receives(f"To: {readers} speakers")

        await hamid.press_raw("bcw:1:ar", card.id)
        await hamid.receives("Please send the text in Arabic.")
        await hamid.send("تخفيض حتى الجمعة")
        await hamid.receives("Text: in Arabic, also for English")


def test_the_demo_goes_on_in_the_languages_that_its_data_has() -> None:
    assert [set(each.names) for each in visitors()] == [{"fa", "en"}] * 3
    assert all(set(each.names) == {"fa", "en"} for each in load_catalogue().goods.values())
