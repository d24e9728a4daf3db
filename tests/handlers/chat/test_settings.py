from dataclasses import replace
from pathlib import Path

import pytest

from bot.kit.languages import Language
from bot.kit.preferences import ChosenPreferences, Defaults, Quiet
from chat import buttons_of, open_chat, texts_of
from handlers.chat.buttons import AcceptBroadcasts, OpenSettings
from handlers.chat.settings_buttons import (
    ChooseFrequency,
    ChooseHour,
    ChooseQuiet,
    ChooseZone,
    SetAlways,
    SwitchBroadcasts,
    SwitchGroup,
)

EVERYTHING = {
    "en": [
        "Friends: on",
        "Commissions: on",
        "Released, due: on",
        "Rate, caps: on",
        "Withdrawals: on",
        "Bonuses: on",
        "Milestones: on",
    ],
    "fa": [
        "دوستان: روشن",
        "پورسانت: روشن",
        "آزادسازی و سررسید: روشن",
        "نرخ و سقف: روشن",
        "برداشت: روشن",
        "پاداش: روشن",
        "موفقیت‌ها: روشن",
    ],
}


@pytest.mark.parametrize("language", ["en", "fa"])
async def test_the_card_says_what_holds_and_has_a_switch_for_each_kind(tmp_path: Path, language: Language) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara", language=language)
        effects = await chat.send(sara, "/settings")
        text = texts_of(effects)[0]
        if language == "en":
            assert "Payout receipts and corrections to your account always come." in text
            assert "Balance digest: weekly, at 20:00\nTime zone: Tehran\nQuiet hours: none" in text
        else:
            assert "رسید تسویه و اصلاح حساب همیشه می‌آید." in text
            assert "خلاصهٔ موجودی: هفتگی، ساعت ۲۰:۰۰\nمنطقهٔ زمانی: تهران\nساعت سکوت: خاموش" in text
        labels = list(buttons_of(effects.outgoing[0]))
        assert set(EVERYTHING[language]) <= set(labels)


async def test_a_kind_is_switched_off_and_on_and_a_second_press_changes_nothing(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara")
        off = buttons_of((await chat.send(sara, "/settings")).outgoing[0])["Friends: on"]
        for _ in range(2):
            effects = await chat.press(sara, off)
            assert effects.outgoing[0].method == "editMessageText"
            assert "Friends: off" in buttons_of(effects.outgoing[0])
            assert (await chat.preferences.of(sara.id)).muted == {"friends"}
        await chat.press(sara, SwitchGroup("friends", on=True))
        assert await chat.preferences.of(sara.id) == ChosenPreferences()


async def test_the_digest_has_its_page_with_days_hours_and_what_to_do_about_silence(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara")
        card = (await chat.send(sara, "/settings")).outgoing[0]
        page = await chat.press(sara, buttons_of(card)["Balance digest"])
        buttons = buttons_of(page.outgoing[0])
        assert {"Never", "Daily", "Weekly", "Monthly", "00:00", "23:00", "Also when nothing is new: no"} <= set(buttons)
        await chat.press(sara, buttons["Daily"])
        await chat.press(sara, buttons["09:00"])
        last = await chat.press(sara, SetAlways(on=True))
        assert "Now: daily, at 09:00" in texts_of(last)[0]
        assert await chat.preferences.of(sara.id) == ChosenPreferences(digest="daily", hour=9, always=True)
        never = await chat.press(sara, ChooseFrequency("off"))
        assert "09:00" not in buttons_of(never.outgoing[0])


async def test_zone_and_quiet_hours_are_chosen_from_short_lists(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara", language="fa")
        card = buttons_of((await chat.send(sara, "/settings")).outgoing[0])
        zones = buttons_of((await chat.press(sara, card["منطقهٔ زمانی"])).outgoing[0])
        await chat.press(sara, zones["برلین"])
        nights = buttons_of((await chat.press(sara, card["ساعت سکوت"])).outgoing[0])
        text = texts_of(await chat.press(sara, nights["از ۲۳:۰۰ تا ۰۸:۰۰"]))[0]
        assert "منطقهٔ زمانی: برلین\nساعت سکوت: از ۲۳:۰۰ تا ۰۸:۰۰" in text
        assert await chat.preferences.of(sara.id) == ChosenPreferences(zone="Europe/Berlin", quiet=Quiet(23, 8))
        await chat.press(sara, zones["تهران"])
        assert (await chat.preferences.of(sara.id)).zone is None, (
            "the programme's own zone is followed wherever it goes"
        )
        await chat.press(sara, nights["بدون ساعت سکوت"])
        assert (await chat.preferences.of(sara.id)).quiet == Quiet()


@pytest.mark.parametrize(
    ("written", "zone"),
    [("Asia/Tokyo", "Asia/Tokyo"), ("tokyo", "Asia/Tokyo"), ("new york", "America/New_York"), ("utc", "UTC")],
)
async def test_any_other_zone_is_chosen_by_its_name_or_its_city(tmp_path: Path, written: str, zone: str) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara")
        card = await chat.send(sara, f"/settings {written}")
        assert (await chat.preferences.of(sara.id)).zone == zone
        assert zone in texts_of(card)[0]
        await chat.send(sara, "/settings Tehran")
        assert (await chat.preferences.of(sara.id)).zone is None, "the programme's own"


@pytest.mark.parametrize("written", ["Atlantis", "localtime", "../../etc/passwd", "a" * 3000, "تهران"])
async def test_a_zone_that_there_is_not_is_said_so_and_changes_nothing(tmp_path: Path, written: str) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara")
        effects = await chat.send(sara, f"/settings {written}")
        assert effects.preferences is None
        assert "/settings Tokyo" in texts_of(effects)[0]
        assert len(texts_of(effects)[0]) < 300


async def test_messages_to_everybody_are_switched_off_and_on_like_the_rest(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara")
        label = "Announcements"
        card = buttons_of((await chat.send(sara, "/settings")).outgoing[0])
        for _ in range(2):
            shown = await chat.press(sara, card[f"{label}: on"])
            assert f"{label}: off" in buttons_of(shown.outgoing[0])
        await chat.press(sara, AcceptBroadcasts())
        card = buttons_of((await chat.send(sara, "/settings")).outgoing[0])
        await chat.press(sara, card[f"{label}: on"])
        shown = await chat.press(sara, SwitchBroadcasts(on=True))
        assert f"{label}: on" in buttons_of(shown.outgoing[0])


@pytest.mark.parametrize(
    "data", [ChooseHour(24).pack(), ChooseZone("Mars/Base").pack(), ChooseQuiet(1, 2).pack(), "set_g:money:0"]
)
async def test_what_no_button_of_ours_says_changes_nothing(tmp_path: Path, data: str) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara")
        effects = await chat.press(sara, data)
        assert effects.preferences is None
        assert effects.toast is not None
        assert effects.toast.alert


async def test_under_a_digest_settings_come_as_a_message_of_their_own(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        effects = await chat.press(await chat.member("Sara"), OpenSettings(fresh=True))
        assert effects.outgoing[0].method == "sendMessage"


async def test_what_the_configuration_has_switched_off_is_switched_on_by_whoever_wants_it(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        chat.facts = replace(chat.facts, defaults=Defaults(muted=frozenset({"ranks"})))
        sara = await chat.member("Sara")
        card = buttons_of((await chat.send(sara, "/settings")).outgoing[0])
        assert "Friends: on" in card
        shown = await chat.press(sara, card["Rate, caps: off"])
        assert "Rate, caps: on" in buttons_of(shown.outgoing[0])


@pytest.mark.parametrize(
    ("language", "by_itself", "daily"),
    [
        ("en", "Commissions: each at once, or hourly if many come\n", "Commissions: once a day, at 20:00\n"),
        (
            "fa",
            "خبر پورسانت‌ها: هر کدام همان موقع؛ اگر زیاد شد، ساعتی یک بار\n",
            "خبر پورسانت‌ها: روزی یک بار، ساعت ۲۰:۰۰\n",
        ),
    ],
)
async def test_how_often_commissions_are_told_is_chosen(
    tmp_path: Path, language: Language, by_itself: str, daily: str
) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara", language=language)
        assert by_itself in texts_of(await chat.send(sara, "/settings"))[0]
        choices = await chat.press(sara, "set_c")
        assert list(buttons_of(choices.outgoing[0]).values()) == [
            "set_often:now",
            "set_often:hourly",
            "set_often:daily",
            "set:0",
        ]
        chosen = await chat.press(sara, "set_often:daily")
        assert daily in texts_of(chosen)[0]
        assert await chat.preferences.of(sara.id) == ChosenPreferences(gather="daily")
        assert (await chat.press(sara, "set_often:weekly")).preferences is None
